"""Finds the names of an article: tagged stretches, bare spans, one type for each name."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.draft import Name
from kg.annotate.names.again import find_again
from kg.annotate.names.candidates import find_candidates
from kg.annotate.names.datelines import complete_datelines
from kg.annotate.names.headlines import cut_headlines
from kg.annotate.names.joining import (
    complete_organisations,
    complete_people,
    join_missions,
    without_nationality,
)
from kg.annotate.names.known import complete_known
from kg.annotate.names.subtypes import find_subtype
from kg.annotate.names.tagger import tag
from kg.annotate.names.voting import Typed, vote
from kg.model import Span


def find_names(doc: Doc) -> list[Name]:
    """The bare names of a parsed article, in text order, without overlap.

    Titles, "the" and possessives are no part of a name. A name has one type in the whole article.
    Nationalities, events, laws and products are names of type OTHER; dates and numbers are none.
    """
    candidates = complete_datelines(doc, find_candidates(doc, tag(doc)))
    candidates = complete_people(doc, candidates)
    candidates = complete_known(doc, complete_organisations(doc, candidates))
    candidates = without_nationality(doc, cut_headlines(doc, candidates))
    candidates = join_missions(doc, find_again(doc, candidates))
    return [_name(doc, typed) for typed in vote(doc, candidates)]


def _name(doc: Doc, typed: Typed) -> Name:
    tokens = doc[typed.start : typed.end]
    subtype, wikidata = find_subtype(tokens.text, typed.type)
    return Name(Span(tokens.start_char, tokens.end_char), typed.type, subtype, wikidata)
