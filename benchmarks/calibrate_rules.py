"""Counts how often each cue is right in each frame, and fits the weights of the rules' scores.

usage: python -m benchmarks.calibrate_rules --docs DIR GOLD.jsonl [GOLD.jsonl ...]

Reads gold attributions and parsed copies (DIR/<stem>.spacy), and writes `cues.tsv` (counts by rule
and lemma) and `weights.tsv` (weights of a logistic regression) beside the rules. Needs
scikit-learn. No text of the gold goes into either file: lemmas of cues, counts and weights do.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from benchmarks.attribution import parsed_docs
from kg.annotate.statements import cues, rules_score
from kg.annotate.statements.cues import ANY, Lexicon
from kg.annotate.statements.layout import Layout
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules import findings
from kg.annotate.statements.rules_score import features, logit
from kg.annotate.statements.rules_syntax import to_span
from kg.annotate.statements.tokens import TokenIndex
from kg.model import Span

WORD = re.compile(r"\w+")
RARE = 5
"""Cues found at most so often tell what an unknown cue of the same rule is worth."""
MIN_COUNT = 30
"""Rarer features get no weight."""
MIN_TRUST = 0.04
"""Findings below it are not weighed: they never reach a threshold."""


class AnyWord(Lexicon):
    """Takes every word for a possible cue."""

    def __init__(self) -> None:
        super().__init__({}, frozenset(), frozenset(), frozenset())

    def has_verb(self, lemma: str) -> bool:
        return bool(lemma)

    has_noun = has_adjective = has_verb


@dataclass(frozen=True)
class Seen:
    """One finding, and whether the gold has it."""

    rule: str
    key: str
    right: bool
    features: tuple[str, ...]


def words(text: str, spans: Sequence[Sequence[int]]) -> set[int]:
    return {m.start() for start, end in spans for m in WORD.finditer(text, start, end)}


def pairs(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def seen_in(articles: Iterable[tuple[dict, Doc]]) -> Iterator[Seen]:
    """What the rules find in parsed articles, were every word a cue."""
    for record, doc in articles:
        text = record["text"]
        known = [
            (words(text, a["content"]), words(text, a["source"])) for a in record["attributions"]
        ]
        at = defaultdict(set)
        for i, (content, _) in enumerate(known):
            for start in content:
                at[start].add(i)
        tokens = TokenIndex(doc)
        layout = Layout(tokens, find_quotations(tokens))
        for found in findings(layout, AnyWord()):
            if not found.content:
                continue
            content = words(text, pairs([to_span(doc, part) for part in found.content]))
            source = words(text, pairs([to_span(doc, found.source)] if found.source else []))
            near = {i for start in content for i in at[start]}
            right = any(is_match(content, source, *known[i]) for i in near)
            if not right and found.head is not None and at[doc[found.head].idx]:
                continue  # second-hand: the gold leaves most of them out
            yield Seen(found.rule, found.key, right, tuple(features(layout, found)))


def is_match(content: set[int], source: set[int], gold: set[int], gold_source: set[int]) -> bool:
    if 2 * len(content & gold) < 0.5 * (len(content) + len(gold)):
        return False
    return bool(source & gold_source) if source or gold_source else True


def counts_of(seen: Sequence[Seen]) -> dict[tuple[str, str], tuple[int, int]]:
    total: Counter[tuple[str, str]] = Counter((s.rule, s.key) for s in seen)
    right: Counter[tuple[str, str]] = Counter((s.rule, s.key) for s in seen if s.right)
    table = {key: (n, right[key]) for key, n in total.items() if n > RARE - 2 or right[key]}
    rare: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key, n in total.items():
        sums = rare[key[0]]
        if n <= RARE:
            sums[0] += n
            sums[1] += right[key]
    table.update({(rule, ANY): (n, ok) for rule, (n, ok) in rare.items()})
    return table


def trust_without(table: dict[tuple[str, str], tuple[int, int]], one: Seen) -> float:
    """The trust in a finding as if it had not been counted itself."""
    n, ok = table.get((one.rule, one.key), (0, 0))
    if n:
        table = {
            (one.rule, ANY): table[one.rule, ANY],
            (one.rule, one.key): (n - 1, ok - one.right),
        }
    return Lexicon(table, frozenset(), frozenset(), frozenset()).trust(one.rule, one.key)


def fit(seen: Sequence[Seen], table: dict[tuple[str, str], tuple[int, int]]) -> dict[str, float]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, right = [], []
    often = Counter(name for one in seen for name in one.features)
    for one in seen:
        trust = trust_without(table, one)
        if trust > MIN_TRUST:
            row = {name: 1.0 for name in one.features if often[name] >= MIN_COUNT}
            rows.append({**row, "trust": logit(trust)})
            right.append(one.right)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=0.5, max_iter=2000).fit(vectorizer.fit_transform(rows), right)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {**weights, "bias": float(model.intercept_[0])}


def write_tables(seen: Sequence[Seen], cues_to: Path, weights_to: Path) -> int:
    """Write the counts and the weights; the number of the weights."""
    table = counts_of(seen)
    weights = fit(seen, table)
    lines = [f"{rule}\t{key}\t{n}\t{ok}\n" for (rule, key), (n, ok) in sorted(table.items())]
    cues_to.write_text("".join(lines), encoding="utf-8")
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in sorted(weights.items())]
    weights_to.write_text("".join(lines), encoding="utf-8")
    return len(weights)


def _parsed(gold: Path, folder: Path) -> Iterator[tuple[dict, Doc]]:
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    yield from zip(records, parsed_docs(records, gold.stem, folder), strict=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--docs", type=Path, required=True)
    args = parser.parse_args()
    seen = [one for gold in args.gold for one in seen_in(_parsed(gold, args.docs))]
    size = write_tables(seen, cues.TABLE, rules_score.WEIGHTS)
    print(f"{len(seen)} findings, {sum(s.right for s in seen)} right; {size} weights")


if __name__ == "__main__":
    main()
