"""Finds the names of an article: candidates, one type for each name, subtypes."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.draft import Name
from kg.annotate.names.candidates import Candidate, find_candidates
from kg.annotate.names.subtypes import find_subtype
from kg.annotate.names.voting import vote
from kg.model import Span


def find_names(doc: Doc) -> list[Name]:
    """The bare names of a parsed article, in text order, without overlap.

    Titles, "the" and possessives are no part of a name. A name has one type in the whole article.
    Nationalities, events, laws and products are names of type OTHER; dates and numbers are none.
    """
    return [_name(doc, candidate) for candidate in vote(doc, find_candidates(doc))]


def _name(doc: Doc, candidate: Candidate) -> Name:
    tokens = doc[candidate.start : candidate.end]
    subtype, wikidata = find_subtype(tokens.text, candidate.type)
    return Name(Span(tokens.start_char, tokens.end_char), candidate.type, subtype, wikidata)
