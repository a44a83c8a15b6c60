"""Attributions of articles that no part was made from: `python -m benchmarks.cross_validate`.

The articles of the training parts of PolNeAR and GUM are dealt into folds. For each fold a tagger
is trained, and the tables of the rules are counted, on the other folds alone. On what these find,
the confidence is fitted (`models/confidence.json`); then the figures are printed: triple F1 and how
well the confidence keeps its word, for PolNeAR, and for GUM with its development part, which the
tagger of the first fold reads. The confidence has some 100 numbers, fitted on all folds at once.

Needs torch and scikit-learn. Weights and tables stay in `--work`; those that are there are used.
About 15 minutes of one core with 3 folds of 6 epochs; run it after any change of rules or tagger.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language

from benchmarks import calibrate_rules
from benchmarks.attribution_data import Article, load_pipeline, read_articles, read_corpora
from benchmarks.attribution_report import load_scorer, prediction, reliability
from benchmarks.fit_confidence import (
    choose_threshold,
    fit_agreement,
    fit_evidence,
    judged,
    write,
)
from benchmarks.train_attribution import train_on
from benchmarks.train_attribution import write as write_weights
from kg.annotate.draft import Candidate
from kg.annotate.statements import cues, learned, rules_score, setting_of
from kg.annotate.statements.combine import Setting, combine, pair_up
from kg.annotate.statements.confidence import INTERCEPT, Confidence, load_confidence
from kg.annotate.statements.layout import Layout
from kg.annotate.statements.learned_decoding import Reading
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.rules import candidates_in
from kg.annotate.statements.tokens import TokenIndex


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the rules and the tagger of other folds read it."""

    article: Article
    setting: Setting
    rules: tuple[Candidate, ...]
    readings: tuple[Reading, ...]


def deal(articles: Sequence[Article], folds: int) -> list[list[Article]]:
    """The articles by fold: each corpus is dealt out in its own order."""
    dealt: list[list[Article]] = [[] for _ in range(folds)]
    places: Counter[str] = Counter()
    for article in articles:
        corpus = article.record["id"].partition("/")[0]
        dealt[places[corpus] % folds].append(article)
        places[corpus] += 1
    return dealt


def tagger_of(path: Path, articles: list[Article], nlp: Language, epochs: int) -> learned.Tagger:
    """The tagger in a weights file; trained on the articles if there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        last: dict = {}
        train_on(articles, nlp, epochs=epochs, seed=1, after_epoch=lambda *w: last.update(w=w))
        write_weights(path, *last["w"])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return learned.Tagger.load(nlp.vocab, path=path, sha256=digest)


@contextmanager
def rules_counted_on(articles: Sequence[Article], folder: Path) -> Iterator[None]:
    """Inside, the rules use tables that were counted on these articles alone."""
    packaged = cues.TABLE, rules_score.WEIGHTS
    tables = folder / "cues.tsv", folder / "weights.tsv"
    if not all(table.exists() for table in tables):
        folder.mkdir(parents=True, exist_ok=True)
        seen = list(calibrate_rules.seen_in((a.record, a.doc) for a in articles))
        calibrate_rules.write_tables(seen, *tables)
    _use_tables(*tables)
    yield
    _use_tables(*packaged)


def _use_tables(cue_table: Path, weights: Path) -> None:
    cues.TABLE, rules_score.WEIGHTS = cue_table, weights
    cues.lexicon.cache_clear()
    rules_score._weights.cache_clear()


def read(article: Article, tagger: learned.Tagger) -> Read:
    tokens = TokenIndex(article.doc)
    layout = Layout(tokens, find_quotations(tokens))
    readings = tagger.readings(article.doc)
    return Read(article, setting_of(layout), tuple(candidates_in(layout)), tuple(readings))


def fit(reads: Sequence[Read], tagger: learned.Tagger) -> Confidence:
    """The confidence that fits the findings of all folds, written to the package."""
    evidence = tuple(fit_evidence([(one.article, one.readings) for one in reads]))
    known = Confidence(evidence, {INTERCEPT: 0.0}, 0.0)
    tagger = replace(tagger, confidence=known)
    found = []
    for one in reads:
        tagged = tagger.candidates_of(one.article.doc, one.readings)
        findings = pair_up([c for c in one.rules if c.content], tagged)
        found += judged(one.article, findings, one.setting)
    known = replace(known, agreement=fit_agreement(found))
    n_gold = Counter(
        one.article.record["id"].partition("/")[0] for one in reads for _ in one.article.gold
    )
    fitted = replace(known, min_confidence=choose_threshold(known, found, n_gold))
    write(fitted)
    return fitted


def report(name: str, reads: Sequence[Read], tagger: learned.Tagger, folder: Path) -> None:
    scorer = load_scorer(folder)
    gold = {one.article.record["id"]: one.article.record for one in reads}
    predicted = {}
    for one in reads:
        tagged = tagger.candidates_of(one.article.doc, one.readings)
        found = combine(one.rules, tagged, one.setting)
        id_ = one.article.record["id"]
        predicted[id_] = {"id": id_, "attributions": [prediction(c, c.score) for c in found]}
    result = scorer.score(gold, predicted)
    triple = result["triple"]
    kinds = "  ".join(f"{k} {v['triple_R']:.2f}" for k, v in result["by_type"].items())
    figures = " ".join(f"{key} {triple[key]:.3f}" for key in ("P", "R", "F1"))
    print(f"\n{name}: {len(reads)} articles, triple {figures}  recall {kinds}")
    for band, count, share in reliability(scorer, gold, predicted):
        print(f"  {band}  {count:5d}  {share:.3f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--parsed", type=Path, help="folder with DocBins named as the JSONL files")
    parser.add_argument("--work", type=Path, default=Path("build/folds"))
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    return parser.parse_args()


def main() -> None:
    """Train, count, fit, write, report."""
    options = _arguments()
    nlp = load_pipeline()
    data = options.eval / "data"
    articles = read_corpora(data, nlp, options.parsed)
    unseen = read_articles(data / "attribution.gum.dev.jsonl", nlp, options.parsed)
    reads: list[Read] = []
    others: list[Read] = []
    for number, fold in enumerate(deal(articles, options.folds)):
        held_out = {article.record["id"] for article in fold}
        rest = [article for article in articles if article.record["id"] not in held_out]
        tagger = tagger_of(options.work / f"fold{number}.npz", rest, nlp, options.epochs)
        with rules_counted_on(rest, options.work / f"rules{number}"):
            reads += [read(article, tagger) for article in fold]
            others += [read(article, tagger) for article in unseen if number == 0]
    tagger = replace(tagger, confidence=fit(reads, tagger))
    load_confidence.cache_clear()
    gum = [one for one in reads if one.article.record["id"].startswith("gum")]
    news = [one for one in reads if one.article.record["id"].startswith("polnear")]
    report("PolNeAR train", news, tagger, options.eval)
    report("GUM train and dev", gum + others, tagger, options.eval)


if __name__ == "__main__":
    main()
