"""Closed lists of words, written as one text that a person can read and extend."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of the text."""
    return frozenset(text.split())
