"""Parsed articles by hand, for tests that must not load a language model."""

from __future__ import annotations

from spacy.lang.lex_attrs import LEX_ATTRS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.draft import Attribution, Name
from kg.model import Span
from kg.vocabulary import Act, EntityType, QuoteType, Stance, StatementKind

_TAGS = {"NOUN": "NN", "PROPN": "NNP", "VERB": "VBD", "PRON": "PRP", "DET": "DT", "ADP": "IN"}
_NO_SPACE_BEFORE = frozenset({".", ",", "'s", ")", "?"})


def parsed(rows: str) -> Doc:
    """A Doc from rows of "word POS dep head [lemma] [tag]"; head is the nearest such word,
    or an index. A root (dep ROOT) starts its own sentence.
    """
    kept = [row.split() for row in rows.strip().splitlines() if row.strip()]
    words = [row[0] for row in kept]
    return Doc(
        Vocab(lex_attr_getters=LEX_ATTRS),
        words=words,
        spaces=[
            index + 1 < len(words) and words[index + 1] not in _NO_SPACE_BEFORE
            for index in range(len(words))
        ],
        pos=[row[1] for row in kept],
        tags=[row[5] if len(row) > 5 else _TAGS.get(row[1], "XX") for row in kept],
        deps=[row[2] for row in kept],
        heads=[_head(row[3], index, words) for index, row in enumerate(kept)],
        lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in kept],
    )


def _head(shown: str, index: int, words: list[str]) -> int:
    if shown.isdigit():
        return int(shown)
    return min((i for i, word in enumerate(words) if word == shown), key=lambda i: abs(i - index))


def span_of(doc: Doc, words: str, occurrence: int = 0) -> Span:
    """The span of some words of the text; `occurrence` counts from 0."""
    at = -1
    for _ in range(occurrence + 1):
        at = doc.text.index(words, at + 1)
    return Span(at, at + len(words))


def named(
    doc: Doc, words: str, type_: EntityType, occurrence: int = 0, wikidata: str | None = None
) -> Name:
    """A name in the text."""
    return Name(span_of(doc, words, occurrence), type_, wikidata=wikidata)


def said(
    source: Span | None, cue: Span, *content: Span, quotes: tuple[Span, ...] = (), **more: object
) -> Attribution:
    """An attribution that somebody said something."""
    fields: dict[str, object] = {
        "source": source,
        "cue": (cue,),
        "cue_lemma": "say",
        "content": content,
        "act": Act.SAY,
        "stance": Stance.ASSERTS,
        "kind": StatementKind.SPEECH,
        "quote_type": QuoteType.DIRECT if quotes else QuoteType.INDIRECT,
        "parent": None,
        "rule": "test",
        "confidence": 1.0,
        "quotes": quotes,
    }
    return Attribution(**{**fields, **more})  # type: ignore[arg-type]
