"""Score the statement layer against gold: `python -m benchmarks.attribution_report`.

Prints, for the rules alone, the tagger alone and both, the figures of the scorer beside the data,
then how well the confidence keeps its word, and what the layer costs over the bare pipeline.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from spacy.tokens import Doc

from benchmarks.attribution_data import Article, load_pipeline, read_articles
from kg.annotate.draft import Candidate
from kg.annotate.statements import find_attributions, learned
from kg.annotate.statements.doubles import without_doubles
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules import find_candidates
from kg.annotate.statements.tokens import TokenIndex
from kg.model import Span

DEFAULT_FILES = ("attribution.polnear.dev", "attribution.gum.dev")
MIN_SCORE_ALONE = 0.35
BANDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)

ROLES = ("source", "cue", "content")

System = Callable[[Doc, dict], list[dict]]


def load_scorer(folder: Path) -> ModuleType:
    """`score_attribution.py` of a folder as a module."""
    spec = importlib.util.spec_from_file_location("scorer", folder / "score_attribution.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _plain(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def prediction(found: Candidate, confidence: float) -> dict:
    return {
        "source": _plain((found.source,) if found.source is not None else ()),
        "cue": _plain(found.cue),
        "content": _plain(found.content),
        "confidence": confidence,
        "rule": found.rule,
    }


def rules_alone(doc: Doc, record: dict) -> list[dict]:
    del record
    tokens = TokenIndex(doc)
    found = find_candidates(tokens, find_quotations(tokens))
    return [prediction(c, c.score) for c in found if c.score >= MIN_SCORE_ALONE]


def tagger_alone(doc: Doc, record: dict) -> list[dict]:
    del record
    found = [c for c in learned.find_candidates(doc) if c.score >= MIN_SCORE_ALONE]
    return [prediction(c, c.score) for c in without_doubles(found)]


def whole_layer(doc: Doc, record: dict) -> list[dict]:
    published = date.fromisoformat(record["date"]) if record.get("date") else None
    found = find_attributions(doc, published=published, names=())
    return [prediction(a, a.confidence) for a in found]


SYSTEMS: dict[str, System] = {
    "rules alone": rules_alone,
    "tagger alone": tagger_alone,
    "statement layer": whole_layer,
}


def speech_view(scorer: ModuleType, cues: Path) -> Callable[[str, dict], bool]:
    """The filter that `--cues` of the scorer applies."""
    words = {line.strip().lower() for line in cues.read_text(encoding="utf-8").splitlines()}
    return lambda text, a: any(w in words for w in scorer.toks(text, a.get("cue")).values())


def _line(name: str, result: dict) -> str:
    triple = result["triple"]
    kinds = "  ".join(f"{k} {v['triple_R']:.2f}" for k, v in result["by_type"].items())
    exact = " / ".join(f"{result['span_exact_' + r]['F1']:.3f}" for r in ROLES)
    return (
        f"{name:24} triple P {triple['P']:.3f} R {triple['R']:.3f} F1 {triple['F1']:.3f}  "
        f"content F1 {result['content_overlap']['F1']:.3f}  recall {kinds}  span exact {exact}"
    )


def reliability(scorer: ModuleType, gold: dict, predicted: dict) -> list[tuple[str, int, float]]:
    """(band of confidence, predictions, share that is right: content F1 >= .5 and source)."""
    rows = []
    for low, high in pairwise(BANDS):
        labels = [
            is_right(scorer, gold[id_], a)
            for id_, prediction in predicted.items()
            for a in prediction["attributions"]
            if low <= a["confidence"] < high
        ]
        share = sum(labels) / len(labels) if labels else 0.0
        rows.append((f"{low:.2f}-{min(high, 1):.2f}", len(labels), share))
    return rows


def is_right(scorer: ModuleType, record: dict, predicted: dict) -> bool:
    text = record["text"]
    content, source = (scorer.toks(text, predicted[r]) for r in ("content", "source"))
    return any(
        scorer.f1(scorer.toks(text, a["content"]), content) >= 0.5
        and scorer.src_overlap(scorer.toks(text, a["source"]), source)
        for a in record["attributions"]
    )


def predict(articles: list[Article], system: System) -> dict[str, dict]:
    """Predictions by id, in the format of the scorer.

    Raises ValueError for a Doc that the tagger cannot read: the rules would stand alone unnoticed.
    """
    for a in articles:
        if len(a.doc) and not learned.is_usable(a.doc):
            raise ValueError(f"{a.record['id']}: no Doc.tensor or no vectors; the tagger is off")
    return {
        a.record["id"]: {"id": a.record["id"], "attributions": system(a.doc, a.record)}
        for a in articles
    }


def report(name: str, articles: list[Article], eval_folder: Path) -> None:
    scorer = load_scorer(eval_folder)
    gold = {a.record["id"]: a.record for a in articles}
    spoken = speech_view(scorer, eval_folder / "cues_speech.txt")
    n_tokens = sum(len(a.doc) for a in articles)
    print(f"\n{name}: {len(articles)} articles, {n_tokens} tokens")
    for label, system in SYSTEMS.items():
        began = time.process_time()
        predicted = predict(articles, system)
        cost_us = (time.process_time() - began) / n_tokens * 1e6
        print(_line(label, scorer.score(gold, predicted)), f" {cost_us:.0f} us a token")
        if name.startswith("attribution.polnear"):
            print(_line("  speech view", scorer.score(gold, predicted, 0.5, spoken, spoken)))
    print("confidence of the statement layer: band, statements, share right")
    for band, count, share in reliability(scorer, gold, predicted):
        print(f"  {band}  {count:5d}  {share:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=DEFAULT_FILES)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--parsed", type=Path, help="folder with DocBins named as the JSONL files")
    options = parser.parse_args()
    nlp = load_pipeline()
    for name in options.files:
        path = options.eval / "data" / f"{name}.jsonl"
        report(name, read_articles(path, nlp, options.parsed), options.eval)


if __name__ == "__main__":
    main()
