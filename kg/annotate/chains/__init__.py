"""Coreference inside one article: names, noun phrases and pronouns become chains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.annotate.chains.chainset import ChainSet, chain_set
from kg.annotate.chains.features import Candidate
from kg.annotate.chains.names import cluster_names
from kg.annotate.chains.phrases import Phrase, name_phrases
from kg.annotate.chains.ranker import score
from kg.annotate.chains.reading import Reading
from kg.annotate.chains.words import words_of
from kg.annotate.draft import Attribution, Name

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["ChainSet", "build_chains"]


def _score(
    name: str, phrase: Phrase, candidates: Sequence[Candidate], rows: list[list[float]]
) -> Sequence[float]:
    del phrase, candidates
    return score(name, rows)


def build_chains(
    article_id: str, doc: Doc, names: Sequence[Name], attributions: Sequence[Attribution]
) -> ChainSet:
    """The chains of a parsed article; every phrase that an attribution names has one.

    Offsets of `names` and `attributions` count in `doc.text`. Time grows with the number of tokens:
    candidates come from a window of sentences and from indexes, never from all pairs.
    """
    words = words_of(doc)
    named = cluster_names(words, name_phrases(words, names))
    clusters = Reading(words, named, attributions, _score).read()
    return chain_set(article_id, words, clusters, attributions)
