"""Near copies among the articles: what they say is shown, and counted once."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph import GraphView
from kg.model import Annotation, Article

_LAST = ("\U0010ffff", "")
"""Comes after the id of every article."""


def beside_originals(view: GraphView) -> Iterator[tuple[Article, Annotation, str | None]]:
    """Articles by id, each with the id of the one that it nearly repeats; None if it is no copy.

    Copies come by id as well, so memory holds one of each.
    """
    copies = view.copies()
    copy, original = next(copies, _LAST)
    for article, annotation in view.annotated():
        while copy < article.id:
            copy, original = next(copies, _LAST)
        yield article, annotation, original if copy == article.id else None
