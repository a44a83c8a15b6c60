"""Fits how far findings can be trusted; `benchmarks/cross_validate.py` says on what.

Two logistic regressions: one over what the tagger saw of a reading, one over what rules and tagger
say of a finding together. Nothing here is a gate: the figures that count come from articles that
are not read here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.attribution_data import Article, is_right
from kg.annotate.draft import Candidate
from kg.annotate.statements.combine import Finding, Setting, features, merged_in
from kg.annotate.statements.confidence import FITTED, INTERCEPT, Confidence, load_confidence
from kg.annotate.statements.learned_decoding import EVIDENCE_NAMES, Reading
from kg.model import Span

MIN_FINDINGS = 60
"""A feature of fewer findings has no weight."""
GUM_WEIGHT = 3.0
"""What an article of GUM counts for: there are five of PolNeAR to one of it, and all are news."""
THRESHOLDS = np.arange(0.30, 0.55, 0.01)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding in its article, and whether the gold has it."""

    corpus: str
    finding: Finding
    setting: Setting
    right: bool

    @property
    def weight(self) -> float:
        return GUM_WEIGHT if self.corpus == "gum" else 1.0


def _token_set(article: Article, spans: Sequence[Span]) -> set[int]:
    found: set[int] = set()
    for span in spans:
        part = article.doc.char_span(span.start, span.end, alignment_mode="expand")
        found.update(range(part.start, part.end))
    return found


def is_right_candidate(article: Article, candidate: Candidate) -> bool:
    source = (candidate.source,) if candidate.source is not None else ()
    content = _token_set(article, candidate.content)
    return is_right(article, _token_set(article, source), content)


def judged(article: Article, findings: Sequence[Finding], setting: Setting) -> list[Judged]:
    corpus = article.record["id"].partition("/")[0]
    return [
        Judged(corpus, one, setting, is_right_candidate(article, merged_in(one, setting)))
        for one in findings
    ]


def fit_evidence(read: Sequence[tuple[Article, Sequence[Reading]]]) -> list[float]:
    """Weights of the logistic regression that turns a reading's evidence into a score."""
    rows, labels = [], []
    for article, readings in read:
        for reading in readings:
            source = range(*reading.source) if reading.source else range(0)
            content = [i for run in reading.content for i in range(*run)]
            rows.append(reading.evidence)
            labels.append(is_right(article, set(source), set(content)))
    fitted = LogisticRegression(max_iter=3000).fit(np.array(rows), np.array(labels))
    weights = [round(float(w), 5) for w in (*fitted.coef_[0], fitted.intercept_[0])]
    names = (*EVIDENCE_NAMES, INTERCEPT)
    print(len(rows), "readings;", dict(zip(names, weights, strict=True)))
    return weights


def fit_agreement(found: Sequence[Judged]) -> dict[str, float]:
    """Weights of the logistic regression over the features of findings."""
    rows = [features(one.finding, one.setting) for one in found]
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= MIN_FINDINGS)
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    fitted = LogisticRegression(max_iter=5000).fit(
        table, [one.right for one in found], sample_weight=[one.weight for one in found]
    )
    weights = {n: round(float(w), 4) for n, w in zip(names, fitted.coef_[0], strict=True)}
    return weights | {INTERCEPT: round(float(fitted.intercept_[0]), 4)}


def choose_threshold(
    confidence: Confidence, found: Sequence[Judged], n_gold: dict[str, int]
) -> float:
    """The confidence from which F1 is best, on the mean of the corpora."""
    scored = [
        (one.corpus, confidence.of_features(features(one.finding, one.setting)), one.right)
        for one in found
    ]

    def mean_f1(threshold: float) -> float:
        kept = [(corpus, right) for corpus, score, right in scored if score >= threshold]
        total, hits = Counter(c for c, _ in kept), Counter(c for c, right in kept if right)
        return sum(2 * hits[c] / (total[c] + n) for c, n in n_gold.items()) / len(n_gold)

    best = max(THRESHOLDS.tolist(), key=mean_f1)
    print(f"mean F1 of findings {mean_f1(best):.3f} from {best:.2f}")
    return round(best, 2)


def write(confidence: Confidence, path: Path = FITTED) -> None:
    """Write the fitted numbers; the package reads them from then on."""
    numbers = {
        "evidence": list(confidence.evidence),
        "agreement": dict(confidence.agreement),
        "min_confidence": confidence.min_confidence,
    }
    path.write_text(json.dumps(numbers, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    load_confidence.cache_clear()
