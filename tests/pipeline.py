"""The language model, loaded once for all tests that look at what it makes of a text."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from kg.annotate import language_model


@cache
def pipeline() -> Language:
    return language_model.load().nlp
