"""What `kg build` costs beside spaCy alone: the same texts, the same model, one run.

    python benchmarks/build.py [INPUT...] [--json FILE]

CPU seconds of this process, so that other work on the machine counts as little as it can. Model
loading is left out of both. The ratio is the whole build (reading, annotation, store, entities,
claims and SPARQL index) by `nlp.pipe` over the same texts; the aim is at most 2.0.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.annotate.annotator import EnglishAnnotator
from kg.annotate.language_model import borrowed_pipeline, find_model
from kg.annotate.parsing import parse_many
from kg.model import Article
from kg.pipeline import BuildReport, build
from kg.query.index import Index
from kg.read import ReadOptions, read_articles
from kg.store import Store

BATCH = 32


class Clock:
    """CPU seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self.seconds[name] += time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*", default=["seeds"])
    parser.add_argument("--text-field", default=None)
    parser.add_argument("--json", type=Path, help="write the figures to a file")
    parser.add_argument("--profile", action="store_true", help="show where the build spends time")
    chosen = parser.parse_args()
    options = ReadOptions(text_field=chosen.text_field)
    articles = [a for a in read_articles(chosen.inputs, options) if isinstance(a, Article)]
    annotator = EnglishAnnotator()
    list(annotator.annotate_many(articles[:2]))  # loads the model and warms it up
    clock = Clock()
    tokens = run_spacy(articles, clock)
    report = run_build(annotator, chosen.inputs, clock, profile=chosen.profile)
    figures = summary(articles, tokens, report, clock)
    print("\n".join(f"{name:22}{value}" for name, value in figures.items()))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def run_spacy(articles: list[Article], clock: Clock) -> int:
    """The tokens of the texts, after `nlp.pipe` alone has run over them."""
    tokens = 0
    with borrowed_pipeline(find_model()) as nlp:
        for start in range(0, len(articles), BATCH):
            with clock.of("spacy"), nlp.memory_zone():
                docs = parse_many(nlp, articles[start : start + BATCH])
                tokens += sum(len(doc) for doc in docs)
    return tokens


def run_build(
    annotator: EnglishAnnotator, inputs: list[str], clock: Clock, *, profile: bool
) -> BuildReport:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / ".kg", create=True)
        profiler = cProfile.Profile()
        with store:
            if profile:
                profiler.enable()
            with clock.of("build"):
                report = build(store, inputs, annotator=lambda: annotator)
            profiler.disable()
            with clock.of("index"):
                Index(store.index).catch_up(store)
            with clock.of("unchanged"):
                build(store, inputs, annotator=lambda: annotator)
    if profile:
        pstats.Stats(profiler).sort_stats("cumtime").print_stats("kg/", 60)
    return report


def summary(
    articles: list[Article], tokens: int, report: BuildReport, clock: Clock
) -> dict[str, float]:
    seconds = clock.seconds
    whole = seconds["build"] + seconds["index"]
    return {
        "articles": len(articles),
        "characters": sum(len(article.text) for article in articles),
        "tokens": tokens,
        "statements": report.counts.statements if report.counts else 0,
        "spacy_cpu_s": round(seconds["spacy"], 2),
        "build_cpu_s": round(seconds["build"], 2),
        "index_cpu_s": round(seconds["index"], 2),
        "unchanged_cpu_s": round(seconds["unchanged"], 2),
        "ratio": round(whole / seconds["spacy"], 2),
        "tokens_per_cpu_s": round(tokens / whole),
    }


if __name__ == "__main__":
    main()
