"""Statements inside statements: who reports whom, down to the one who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.export.source import file_name
from kg.model import Annotation, Article, Statement

Lineage = tuple[Statement, ...]
"""A statement as the last of those that report it; the outermost, which the article reports, first.
"""


def lineages(annotation: Annotation) -> Mapping[str, Lineage]:
    """Statement id to its lineage, in the order of the statements."""
    by_id = {statement.id: statement for statement in annotation.statements}
    found: dict[str, Lineage] = {}
    for statement in annotation.statements:
        lineage = [statement]
        while lineage[0].parent is not None and lineage[0].parent in by_id:
            lineage.insert(0, by_id[lineage[0].parent])
        found[statement.id] = tuple(lineage)
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
