"""What the trained tagger sees of a parsed article: one row of numbers a token.

Training and run time both call `token_features`, so they cannot drift apart. Proper nouns carry no
word vector: the tagger may learn what a name does in a sentence, never whose name it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_ARRAY_ATTRIBUTES = ("ORTH", "LEMMA", "TAG", "DEP", "HEAD", "ENT_TYPE", "SENT_START")
_SHAPE_ATTRIBUTES = ("IS_TITLE", "IS_UPPER", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "IS_STOP")
_OPENING = ("“", "«", "``", "„", "‟")
_CLOSING = ("”", "»", "''")
_EITHER = ('"', "＂")
_MARKS = (":", ",", "-", "–", "—", "(", ")", "?", ";")
_NAME_TAGS = ("NNP", "NNPS")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The closed lists a set of weights was trained with; index 0 means "anything else"."""

    tags: tuple[str, ...]
    deps: tuple[str, ...]
    entities: tuple[str, ...]
    lemmas: tuple[str, ...]

    @classmethod
    def from_json(cls, lists: Mapping[str, Sequence[str]]) -> Inventory:
        """The inventory out of the header of a weights file."""
        return cls(*(tuple(lists[name]) for name in ("tags", "deps", "entities", "lemmas")))


@dataclass(frozen=True, slots=True)
class TokenFeatures:
    """One article as arrays; all have the length of the Doc, in token order."""

    vectors: Ints
    """Row of the vocabulary's vector table + 1; 0 for names and unknown words."""
    tensor: Floats
    """(tokens, 96): spaCy's contextual output for the token."""
    tags: Ints
    deps: Ints
    entities: Ints
    lemmas: Ints
    heads: Ints
    """Index of the syntactic head; a root is its own."""
    flags: Floats
    """(tokens, N_FLAGS), each 0 or 1 but for the last ones."""
    children: Ints
    """(arcs, 2): token and the dependency label of one of its children; labels as in `deps`."""
    sentences: Ints
    """Number of the sentence the token stands in."""
    paragraphs: Ints
    """Number of the paragraph."""
    quotations: Ints
    """Number of the stretch between quotation marks: odd inside, even outside; never falls."""
    lefts: Ints
    """First token of the subtree of each token."""
    rights: Ints
    """Last token of the subtree."""


N_FLAGS = len(_SHAPE_ATTRIBUTES) + len(_MARKS) + 6


@lru_cache(maxsize=8)
def _sorted_ids(strings: tuple[str, ...]) -> tuple[NDArray[np.uint64], Ints]:
    ids = np.array([get_string_id(string) for string in strings], dtype=np.uint64)
    order = np.argsort(ids, kind="stable")
    return ids[order], order.astype(np.int64) + 1


def _index(values: NDArray[np.uint64], strings: tuple[str, ...]) -> Ints:
    """Place of each string id in the list, counted from 1; 0 if it is not in the list."""
    if not strings:
        return np.zeros(len(values), dtype=np.int64)
    ids, places = _sorted_ids(strings)
    at = np.minimum(np.searchsorted(ids, values), len(ids) - 1)
    return np.where(ids[at] == values, places[at], 0)


def _is_one_of(orths: NDArray[np.uint64], strings: tuple[str, ...]) -> NDArray[np.bool_]:
    return _index(orths, strings) > 0


def _paragraphs(doc: Doc) -> Ints:
    """Number of the paragraph of each token: a token with a line break ends one."""
    breaks = np.zeros(len(doc), dtype=np.int64)
    for index in np.flatnonzero(doc.to_array("IS_SPACE")[:-1]):
        breaks[index + 1] = "\n" in doc[int(index)].text
    return np.cumsum(breaks)


def _quotations(orths: NDArray[np.uint64], paragraphs: Ints) -> Ints:
    """Number of the quotation of each token; see `TokenFeatures.quotations`.

    A mark belongs to the inside. A quotation left open at the end of a paragraph goes on only if
    the next paragraph begins with an opening mark, as newspapers set it.
    """
    opens = _is_one_of(orths, _OPENING + _EITHER)
    closes = _is_one_of(orths, _CLOSING + _EITHER)
    starts = np.diff(paragraphs, prepend=-1) > 0
    steps = np.zeros(len(orths) + 1, dtype=np.int64)
    inside = False
    for index in np.flatnonzero(opens | closes | starts):
        if inside and starts[index]:
            inside = bool(opens[index])
            steps[index] += 0 if inside else 1
        elif inside and closes[index]:
            inside = False
            steps[index + 1] += 1
        elif not inside and opens[index]:
            inside = True
            steps[index] += 1
    return np.cumsum(steps[:-1])


def _vector_rows(doc: Doc, orths: NDArray[np.uint64], is_name: NDArray[np.bool_]) -> Ints:
    rows = np.asarray(doc.vocab.vectors.find(keys=orths.tolist()), dtype=np.int64) + 1
    return np.where(is_name, 0, rows)


def _subtree_edges(heads: Ints) -> tuple[Ints, Ints]:
    """First and last token of each subtree, passed up the tree until nothing moves."""
    lefts = np.arange(len(heads))
    rights = np.arange(len(heads))
    while True:
        before_lefts, before_rights = lefts.copy(), rights.copy()
        np.minimum.at(lefts, heads, before_lefts)
        np.maximum.at(rights, heads, before_rights)
        if np.array_equal(lefts, before_lefts) and np.array_equal(rights, before_rights):
            return lefts, rights


def _flags(doc: Doc, orths: NDArray[np.uint64], positions: dict[str, Ints]) -> Floats:
    columns = list(doc.to_array(list(_SHAPE_ATTRIBUTES)).T)
    columns += [_is_one_of(orths, (mark,)) for mark in _MARKS]
    columns.append(_is_one_of(orths, _OPENING + _CLOSING + _EITHER))
    columns.append(positions["quotations"] % 2)
    columns += [np.diff(positions[name], prepend=-1) > 0 for name in ("sentences", "paragraphs")]
    columns.append(np.diff(positions["paragraphs"], append=positions["paragraphs"][-1] + 1) > 0)
    columns.append(positions["sentences"] == 0)
    return np.stack(columns, axis=1).astype(np.float32)


def token_features(doc: Doc, inventory: Inventory) -> TokenFeatures:
    """The article as the tagger sees it; the Doc needs tags, parse, entities and `Doc.tensor`.

    Raises ValueError for an empty Doc.
    """
    if not len(doc):
        raise ValueError("the tagger needs at least one token; found an empty Doc")
    table = doc.to_array(list(_ARRAY_ATTRIBUTES))
    orths, lemmas, tags, deps, offsets, entities, starts = table.T
    tokens = np.arange(len(doc))
    heads = tokens + offsets.astype(np.int64)
    lefts, rights = _subtree_edges(heads)
    dep_numbers = _index(deps, inventory.deps)
    arcs = np.flatnonzero(heads != tokens)
    paragraphs = _paragraphs(doc)
    positions = {
        "sentences": np.cumsum(starts.astype(np.int64) == 1) - 1,
        "paragraphs": paragraphs,
        "quotations": _quotations(orths, paragraphs),
    }
    is_name = _is_one_of(tags, _NAME_TAGS)
    return TokenFeatures(
        vectors=_vector_rows(doc, orths, is_name),
        tensor=np.asarray(doc.tensor, dtype=np.float32),
        tags=_index(tags, inventory.tags),
        deps=dep_numbers,
        entities=_index(entities, inventory.entities),
        lemmas=_index(lemmas, inventory.lemmas),
        heads=heads,
        flags=_flags(doc, orths, positions),
        children=np.stack([heads[arcs], dep_numbers[arcs]], axis=1),
        lefts=lefts,
        rights=rights,
        **positions,
    )
