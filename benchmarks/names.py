"""Measures the names of an evaluation file with the scorer that came with it.

    python benchmarks/names.py EVAL_FOLDER STEM [--docs FOLDER] [--every N] [--errors KIND]

EVAL_FOLDER holds score_entities.py and data/STEM.jsonl; with --docs, parsed copies (STEM.spacy).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from kg.annotate import language_model
from kg.annotate.draft import Name
from kg.annotate.names import find_names
from kg.vocabulary import EntityType

TYPES = {
    EntityType.PERSON: "PERSON",
    EntityType.ORGANISATION: "ORG",
    EntityType.PLACE: "PLACE",
    EntityType.OTHER: "OTHER",
}


def main() -> None:
    options = _options()
    gold_path = options.folder / "data" / f"{options.stem}.jsonl"
    gold = [json.loads(line) for line in gold_path.open(encoding="utf-8")]
    docs = list(parsed(gold, options.docs, options.stem))
    kept = range(options.offset, len(gold), options.every)
    seconds, rows = 0.0, []
    find_names(docs[0])  # loads tables
    for index in kept:
        started = time.process_time()
        names = find_names(docs[index])
        seconds += time.process_time() - started
        rows.append(predicted(gold[index], names))
    tokens = sum(len(docs[index]) for index in kept)
    print(f"{1e6 * seconds / tokens:.1f} microseconds a token", file=sys.stderr)
    if options.errors:
        show_errors([gold[index] for index in kept], rows, options.errors)
    else:
        score(options.folder, [gold[index] for index in kept], rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("stem")
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--errors", choices=["type", "boundary", "missed", "spurious"])
    return parser.parse_args()


def parsed(gold: list[dict[str, Any]], folder: Path | None, stem: str) -> Iterator[Doc]:
    """The texts of a file as Docs, parsed or from a DocBin in the same order."""
    if folder and (folder / f"{stem}.spacy").is_file():
        vocab = language_model.load().nlp.vocab  # the tagger of names reads its word vectors
        yield from DocBin().from_disk(folder / f"{stem}.spacy").get_docs(vocab)
        return
    yield from language_model.load().nlp.pipe(row["text"] for row in gold)


def predicted(gold: dict[str, Any], names: list[Name]) -> dict[str, Any]:
    """One line of predictions in the scorer's format."""
    entities = [
        {
            "start": name.span.start,
            "end": name.span.end,
            "type": TYPES[name.type],
            "mention_type": "NAM",
        }
        for name in names
    ]
    return {"id": gold["id"], "text": gold["text"], "entities": entities}


def score(folder: Path, gold: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        paths = Path(temporary) / "gold.jsonl", Path(temporary) / "pred.jsonl"
        for path, lines in zip(paths, (gold, rows), strict=True):
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        scorer = [sys.executable, str(folder / "score_entities.py"), *map(str, paths)]
        done = subprocess.run([*scorer, "--task", "ner"], check=True, capture_output=True)
    figures = json.loads(done.stdout)["ner"]
    for name in ("exact", "exact_norm", "overlap", "span_only"):
        print(name, " ".join(f"{key} {figures[name][key]}" for key in "PRF"))
    for name, row in figures["exact_by_type"].items():
        print(name, " ".join(f"{key} {row[key]}" for key in "PRF"))
    print("types right:", figures["type_acc"])


def show_errors(gold: list[dict[str, Any]], rows: list[dict[str, Any]], kind: str) -> None:
    """Print the errors of one kind with their context, a line each."""
    for truth, row in zip(gold, rows, strict=True):
        theirs = [e for e in truth["entities"] if e["mention_type"] == "NAM"]
        for line in _errors(theirs, row["entities"], truth["text"], kind):
            print(f"{truth['id']}\t{line}")


def _errors(
    theirs: list[dict[str, Any]], ours: list[dict[str, Any]], text: str, kind: str
) -> Iterator[str]:
    if kind == "missed":
        theirs, ours = ours, theirs
    for one in ours:
        if one["type"] == "OTHER" and kind in ("missed", "spurious"):
            continue
        touching = [o for o in theirs if o["start"] < one["end"] and one["start"] < o["end"]]
        other = touching[0] if touching else None
        found = _kind(one, other)
        if found == kind or (found == "spurious" and kind == "missed"):
            said = f"{other['type']}:{text[other['start'] : other['end']]}" if other else "-"
            around = text[max(0, one["start"] - 40) : one["end"] + 30].replace("\n", " / ")
            yield f"{one['type']}:{text[one['start'] : one['end']]}\t{said}\t{around}"


def _kind(one: dict[str, Any], other: dict[str, Any] | None) -> str:
    if other is None:
        return "spurious"
    if one["type"] != other["type"]:
        return "type"
    same = (one["start"], one["end"]) == (other["start"], other["end"])
    return "none" if same else "boundary"


if __name__ == "__main__":
    main()
