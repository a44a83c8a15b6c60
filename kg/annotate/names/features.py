"""What the name tagger sees of a parsed article, as arrays with a row for each token."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.tokens import Doc

from kg.annotate.names.demonyms import is_demonym
from kg.annotate.names.words import ORGANISATION_HEADS, SPEECH_VERBS, TITLES
from kg.territories import find_territory

# Kinds of names of OntoNotes, as spaCy labels them, and which of our four types each one is.
_KINDS = {
    "PERSON": 0,
    "ORG": 1,
    "GPE": 2,
    "LOC": 2,
    "FAC": 2,
    "NORP": 3,
    "EVENT": 3,
    "LAW": 3,
    "PRODUCT": 3,
    "WORK_OF_ART": 3,
    "LANGUAGE": 3,
}
_STRINGS = StringStore()
_KIND_IDS = {_STRINGS.add(kind): index for index, kind in enumerate(_KINDS)}
_TYPE_OF = np.array([*_KINDS.values(), 4])

TABLES = (1024, 4096, 256, 64, 2 * len(_KINDS) + 1)
"""Rows of the tables for shape, last letters, first letter, tag (hashed) and spaCy's entity."""

_COLUMNS: list[int | str] = [
    "SHAPE", "SUFFIX", "PREFIX", "TAG", "ENT_TYPE", "ENT_IOB", "ORTH", "LOWER", "SENT_START",
    "IS_SPACE",
]  # fmt: skip

VECTOR_DIMS = 300
FLAGS = 13


@dataclass(frozen=True, slots=True)
class Features:
    """All that is known of the tokens of an article before the tagger runs."""

    classes: NDArray[np.int64]
    """[tokens, 5]: a row of each of TABLES."""
    rows: NDArray[np.int64]
    """[tokens]: the row of the model's word vectors, or -1."""
    flags: NDArray[np.float32]
    """[tokens, 13]: how spaCy labels the same word in the whole article; kinds of words."""
    spaces: NDArray[np.bool_]
    """[tokens]: true for white space, which spaCy keeps as tokens."""


def extract(doc: Doc) -> Features:
    """The features of each token of a Doc with tags, entities and sentences."""
    columns = doc.to_array(_COLUMNS).astype(np.uint64).T
    kinds = np.array([_KIND_IDS.get(int(kind), len(_KINDS)) for kind in columns[4]], dtype=int)
    begins = columns[5] == 3  # spaCy's code of the first token of an entity
    named = kinds < len(_KINDS)
    entity = np.where(named, 2 * kinds + 2 - begins, 0)
    hashed = [columns[i] % np.uint64(TABLES[i]) for i in range(4)]
    classes = np.stack([*hashed, entity], axis=1).astype(np.int64)
    rows = np.asarray(doc.vocab.vectors.find(keys=columns[6])).astype(np.int64)
    capital = columns[6] != columns[7]
    starts = (columns[8].astype(np.int64) == 1).astype(np.float32)
    words = np.array([_word_flags(doc.vocab.strings, int(word)) for word in columns[6]])
    article = _in_article(columns[7], capital, _TYPE_OF[kinds])
    flags = np.concatenate([article, starts[:, None], words.reshape(len(doc), 5)], axis=1)
    return Features(classes, rows, np.asarray(flags, dtype=np.float32), columns[9] == 1)


def _in_article(
    words: NDArray[np.uint64], capital: NDArray[np.bool_], types: NDArray[np.int64]
) -> NDArray[np.float64]:
    """[tokens, 7]: the shares of four types and of no type among the capitalised occurrences of
    the word in the article, how often it is capitalised, and how often it is not."""
    unique, which = np.unique(words, return_inverse=True)
    count = np.bincount(which, minlength=len(unique))
    capitals = np.bincount(which, weights=capital, minlength=len(unique))
    columns = [
        np.bincount(which, weights=capital & (types == kind), minlength=len(unique))
        / np.maximum(capitals, 1)
        for kind in range(5)
    ]
    columns += [np.log1p(capitals) / 3, 1 - capitals / np.maximum(count, 1)]
    return np.stack(columns, axis=1)[which] * capital[:, None]


_WORD_FLAGS: dict[int, tuple[bool, bool, bool, bool, bool]] = {}
_MOST_WORDS = 500_000  # of the cache: long runs see ever new words


def _word_flags(strings: StringStore, word: int) -> tuple[bool, bool, bool, bool, bool]:
    """Whether a word is a title, a head of organisations, a verb of speech, a territory, a
    demonym."""
    flags = _WORD_FLAGS.get(word)
    if flags is None:
        text = strings[word]
        plain = text.lower().rstrip(".")
        flags = (
            plain in TITLES,
            plain in ORGANISATION_HEADS,
            plain in SPEECH_VERBS or plain in ("said", "told", "says", "added"),
            text[:1].isupper() and find_territory(text) is not None,
            is_demonym(text),
        )
        if len(_WORD_FLAGS) >= _MOST_WORDS:
            _WORD_FLAGS.clear()
        _WORD_FLAGS[word] = flags
    return flags
