"""Fit how far findings can be trusted: `python -m benchmarks.fit_confidence`, on held-out articles.

Run it whenever the rules or the weights of the tagger change; it writes `models/confidence.json`
(one minute). Needs scikit-learn, and the data of `train_attribution`. Nothing here is a gate: the
figures that count come from articles that are not read here.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.attribution_data import Article, is_right, load_pipeline, read_corpora
from kg.annotate.draft import Candidate
from kg.annotate.statements import cues, learned, rules_score
from kg.annotate.statements.combine import Finding, features, pair_up
from kg.annotate.statements.confidence import FITTED, INTERCEPT, Confidence, load_confidence
from kg.annotate.statements.learned_decoding import EVIDENCE_NAMES
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules import find_candidates
from kg.annotate.statements.tokens import TokenIndex
from kg.model import Span

MIN_FINDINGS = 15
"""A feature of fewer findings has no weight."""
GIVEN_UP = 0.005
"""F1 that is given for recall: a reader drops a doubtful statement sooner than find a lost one."""


def _token_set(article: Article, spans: tuple[Span, ...]) -> set[int]:
    found: set[int] = set()
    for span in spans:
        part = article.doc.char_span(span.start, span.end, alignment_mode="expand")
        found.update(range(part.start, part.end))
    return found


def is_right_candidate(article: Article, candidate: Candidate) -> bool:
    source = (candidate.source,) if candidate.source is not None else ()
    content = _token_set(article, candidate.content)
    return is_right(article, _token_set(article, source), content)


def fit_evidence(tagger: learned.Tagger, articles: list[Article]) -> list[float]:
    """Weights of the logistic regression that turns a reading's evidence into a score."""
    rows, labels = [], []
    for article in articles:
        for reading in tagger.readings(article.doc):
            source = range(*reading.source) if reading.source else range(0)
            content = [i for run in reading.content for i in range(*run)]
            rows.append(reading.evidence)
            labels.append(is_right(article, set(source), set(content)))
    fitted = LogisticRegression(max_iter=2000).fit(np.array(rows), np.array(labels))
    weights = [round(float(w), 5) for w in (*fitted.coef_[0], fitted.intercept_[0])]
    names = (*EVIDENCE_NAMES, INTERCEPT)
    print(len(rows), "readings;", dict(zip(names, weights, strict=True)))
    return weights


def fit_agreement(findings: list[tuple[Article, Finding]]) -> dict[str, float]:
    """Weights of the logistic regression over the features of findings."""
    rows = [features(finding) for _, finding in findings]
    labels = [is_right_candidate(article, finding.merged) for article, finding in findings]
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= MIN_FINDINGS)
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    fitted = LogisticRegression(max_iter=5000).fit(table, np.array(labels))
    weights = {n: round(float(w), 4) for n, w in zip(names, fitted.coef_[0], strict=True)}
    return weights | {INTERCEPT: round(float(fitted.intercept_[0]), 4)}


def choose_threshold(
    confidence: Confidence, findings: list[tuple[Article, Finding]], n_gold: int
) -> float:
    """The lowest confidence whose F1 is within `GIVEN_UP` of the best: the curve is flat there."""
    scored = sorted(
        (
            (confidence.of_features(features(f)), is_right_candidate(a, f.merged))
            for a, f in findings
        ),
        reverse=True,
    )
    right = np.cumsum([label for _, label in scored])
    f1 = 2 * right / (np.arange(1, len(scored) + 1) + n_gold)
    last = int(np.flatnonzero(f1 >= f1.max() - GIVEN_UP)[-1])
    print(f"held-out F1 at best about {f1.max():.3f}; {f1[last]:.3f} from {scored[last][0]:.2f}")
    return round(scored[last][0], 2)


def _findings(tagger: learned.Tagger, articles: list[Article]) -> list[tuple[Article, Finding]]:
    found = []
    for article in articles:
        tokens = TokenIndex(article.doc)
        rules = find_candidates(tokens, find_quotations(tokens))
        pairs = pair_up([c for c in rules if c.content], tagger.find_candidates(article.doc))
        found += [(article, finding) for finding in pairs]
    return found


def _write(confidence: Confidence) -> None:
    numbers = {
        "evidence": list(confidence.evidence),
        "agreement": dict(confidence.agreement),
        "min_confidence": confidence.min_confidence,
    }
    FITTED.write_text(json.dumps(numbers, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    load_confidence.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/data"))
    parser.add_argument("--parsed", type=Path, help="folder with DocBins named as the JSONL files")
    parser.add_argument("--rules", type=Path, help="cues.tsv and weights.tsv of rules_held_out")
    options = parser.parse_args()
    if options.rules is not None:
        cues.TABLE, rules_score.WEIGHTS = options.rules / "cues.tsv", options.rules / "weights.tsv"
    nlp = load_pipeline()
    articles = read_corpora(options.data, nlp, options.parsed, held_out_only=True)
    if not FITTED.exists():
        _write(Confidence((0.0,) * (len(EVIDENCE_NAMES) + 1), {INTERCEPT: 0.0}, 0.0))
    evidence = fit_evidence(learned.Tagger.load(nlp.vocab), articles)
    _write(Confidence(tuple(evidence), {INTERCEPT: 0.0}, 0.0))
    findings = _findings(learned.Tagger.load(nlp.vocab), articles)
    agreement = fit_agreement(findings)
    threshold = choose_threshold(
        Confidence(tuple(evidence), agreement, 0.0),
        findings,
        sum(len(article.gold) for article in articles),
    )
    _write(Confidence(tuple(evidence), agreement, threshold))


if __name__ == "__main__":
    main()
