"""Statements inside statements: who reports whom, down to the one who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.export.source import file_name
from kg.model import Annotation, Article, Statement

Lineage = tuple[Statement, ...]
"""A statement as the last of those that report it; the outermost, which the article reports, first.
"""


def lineages(annotation: Annotation) -> Mapping[str, Lineage]:
    """Statement id to its lineage."""
    found: dict[str, Lineage] = {}
    for statement in sorted(annotation.statements, key=lambda one: one.depth):
        outer = found.get(statement.parent, ()) if statement.parent is not None else ()
        found[statement.id] = (*outer, statement)
    return found


def sources(lineage: Iterable[Statement], name_of: Callable[[str], str]) -> str:
    """The names of the speakers as `kg says` prints them: "Drewell > Chemical Workers' Union".

    `name_of`: chain id to name.
    """
    return " > ".join(name_of(statement.speaker) for statement in lineage)


def passage(statement: Statement, article: Article) -> str:
    """The sentence of a statement on one line, with its file and its characters."""
    span = statement.sentence
    place = f"{file_name(article.source) or article.id}:{span.start}-{span.end}"
    return f"{' '.join(span.of(article.text).split())} ({place})"
