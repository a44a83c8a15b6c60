"""Writes the attributions of a gold file in the format of its scorer, and says what they cost.

usage: python benchmarks/attribution.py GOLD.jsonl PRED.jsonl [--docs DIR] [--limit N]

`--docs DIR` reads parsed copies (DIR/<stem of GOLD>.spacy) instead of parsing again. Gold fields
are never looked at; score the result with the scorer that came with the gold.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from spacy.tokens import Doc

from kg.annotate.draft import Attribution, Name
from kg.annotate.statements import find_attributions, learned
from kg.model import Span


def parsed_docs(gold: Sequence[dict], stem: str, folder: Path | None) -> Iterator[Doc]:
    """A Doc for each article, in order: from the folder of parsed copies, or parsed now."""
    if folder is None:
        from kg.annotate.language_model import load

        yield from load().nlp.pipe(record["text"] for record in gold)
        return
    import spacy
    from spacy.tokens import DocBin

    store = DocBin(store_user_data=True).from_disk(folder / f"{stem}.spacy")
    for record, doc in zip(gold, store.get_docs(spacy.blank("en").vocab), strict=True):
        if doc.text != record["text"]:
            raise SystemExit(f"the parsed copy of {record['id']} has another text")
        yield doc


def pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def as_record(found: Attribution, index: int) -> dict:
    return {
        "id": str(index),
        "parent": None if found.parent is None else str(found.parent),
        "source": pairs([found.source] if found.source is not None else []),
        "cue": pairs(found.cue),
        "content": pairs(found.content),
        "act": found.act,
        "stance": found.stance,
        "kind": found.kind,
        "polarity": found.claims[0].polarity if found.claims else "positive",
        "certainty": found.claims[0].certainty if found.claims else "certain",
        "confidence": round(found.confidence, 4),
        "rule": found.rule,
    }


def annotate(doc: Doc, record: dict) -> list[dict]:
    published = date.fromisoformat(record["date"]) if record.get("date") else None
    names: Sequence[Name] = ()
    found = find_attributions(doc, published=published, names=names)
    return [as_record(one, i) for i, one in enumerate(found)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    gold = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
    spent_s, tokens = 0.0, 0
    with args.pred.open("w", encoding="utf-8") as out:
        for record, doc in zip(gold, parsed_docs(gold, args.gold.stem, args.docs), strict=False):
            if len(doc) and not learned.is_usable(doc):
                raise SystemExit(
                    f"{record['id']}: no contextual output (Doc.tensor), so that the tagger is off "
                    "and these would be figures of the rules alone; parse without --docs"
                )
            begin = time.perf_counter()
            found = annotate(doc, record)
            spent_s += time.perf_counter() - begin
            tokens += len(doc)
            out.write(json.dumps({**record_of(record), "attributions": found}) + "\n")
    print(f"{tokens} tokens, {1e6 * spent_s / max(tokens, 1):.1f} us a token", file=sys.stderr)


def record_of(record: dict) -> dict:
    return {key: record[key] for key in ("id", "text")}


if __name__ == "__main__":
    main()
