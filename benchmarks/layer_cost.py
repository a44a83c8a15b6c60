"""What statements and chains cost over the bare language model: `python -m benchmarks.layer_cost`.

Article by article, first the model and then each layer, all in one process and in processor
seconds, so that a busy machine slows both sides alike. Prints the median over the articles of each
share, and exits with 1 if statements and chains together take more than `--limit` of the model.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.annotate.chains import build_chains
from kg.annotate.language_model import load
from kg.annotate.names import find_names
from kg.annotate.statements import find_attributions

SEEDS = Path(__file__).parents[1] / "seeds"
T = TypeVar("T")
MIN_TOKENS = 200
"""Shorter articles are left out: the clock is too coarse for them."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of one article."""

    tokens: int
    model: float
    names: float
    statements: float
    chains: float


def texts_of(paths: Sequence[Path]) -> Iterator[str]:
    """The texts of JSONL files (field "text"), of text files, and of folders of them."""
    for path in paths:
        if path.is_dir():
            yield from texts_of(sorted(path.iterdir()))
        elif path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                yield json.loads(line)["text"]
        elif path.suffix == ".txt":
            yield path.read_text(encoding="utf-8")


def _timed(spent: list[float], step: Callable[[], T]) -> T:
    begin = time.process_time()
    result = step()
    spent.append(time.process_time() - begin)
    return result


def cost_of(nlp: Callable, text: str) -> Cost:
    spent: list[float] = []
    doc = _timed(spent, lambda: nlp(text))
    names = _timed(spent, lambda: find_names(doc))
    found = _timed(spent, lambda: find_attributions(doc, published=None, names=names))
    _timed(spent, lambda: build_chains("cost", doc, names, found))
    return Cost(len(doc), *spent)


def report(costs: Sequence[Cost]) -> float:
    """Print the shares; the one of statements and chains together comes back."""
    tokens = sum(cost.tokens for cost in costs)
    print(f"{len(costs)} articles, {tokens} tokens; medians over the articles")
    for name in ("model", "names", "statements", "chains"):
        share = statistics.median(getattr(c, name) / c.model for c in costs)
        per_token = statistics.median(getattr(c, name) / c.tokens for c in costs)
        print(f"  {name:11} {share:6.1%} of the model, {per_token * 1e6:5.1f} us a token")
    both = statistics.median((c.statements + c.chains) / c.model for c in costs)
    print(f"  statements and chains together {both:.1%} of the model")
    return both


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path, default=[SEEDS], help="default: seeds/")
    parser.add_argument("--articles", type=int, default=40, help="at most so many")
    parser.add_argument("--limit", type=float, default=0.25, help="the share that may be taken")
    options = parser.parse_args()
    nlp = load().nlp
    texts = list(texts_of(options.texts))
    for text in texts[:2]:
        cost_of(nlp, text)  # weights and tables are loaded when first used
    costs: list[Cost] = []
    for text in texts:
        cost = cost_of(nlp, text)
        if cost.tokens >= MIN_TOKENS:
            costs.append(cost)
        if len(costs) == options.articles:
            break
    return int(report(costs) > options.limit)


if __name__ == "__main__":
    sys.exit(main())
