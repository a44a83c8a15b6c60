"""What is meant by what a person types: names of entities, sources of articles, closed sets."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from kg.errors import AmbiguousNameError, UsageError
from kg.model import Entity
from kg.store import FoundEntity, Store
from kg.store.resolution import fold

_MAX_CANDIDATES = 8
_MAX_NEAR = 3
_MIN_LIKENESS = 75.0
"""Of 100, by the letters that two words share in order: `Wber` is 89 like `Weber`."""
_MIN_WORD_CHARS = 3

Word = TypeVar("Word", bound=StrEnum)


def entity_named(store: Store, name: str) -> Entity:
    """The entity with this name or alias.

    Raises AmbiguousNameError where several fit equally well, UsageError where none does.
    """
    if not name.strip():
        raise UsageError("the name is empty. Try: kg entities")
    rows = list(store.find_entities(name))
    best = _best_fit(name, rows)
    if not best:
        near = [row.entity.name for row in rows[:_MAX_NEAR]] or _near_names(store, name)
        hint = f" Near: {', '.join(near)}." if near else ""
        raise UsageError(f"'{name}' is not in the graph.{hint} Try: kg entities")
    if len(best) > 1:
        listed = ", ".join(_candidate(row) for row in best[:_MAX_CANDIDATES])
        raise AmbiguousNameError(
            f"'{name}' is ambiguous: {listed}.", [row.entity.id for row in best]
        )
    return best[0].entity


def article_at(store: Store, source: str) -> str | None:
    """The id of the article that was read from this file or address; of a file its last part does.

    None where nothing was. Raises UsageError, naming them, for a file of several articles.
    """
    found = store.articles_from(source)
    if not found and "://" not in source:
        found = store.articles_from(os.path.normpath(source))
    if len({article for _, article in found}) > 1:
        listed = ", ".join(where for where, _ in found[:_MAX_CANDIDATES])
        more = " ..." if len(found) > _MAX_CANDIDATES else ""
        raise UsageError(f"'{source}' holds {len(found):,} articles: {listed}{more}. Name one.")
    return found[0][1] if found else None


def word_of(words: type[Word], what: str, value: str | Word | None) -> Word | None:
    """The member of a closed set with this value. Raises UsageError that names all."""
    if not value:
        return None
    try:
        return words(value)
    except ValueError as error:
        raise UsageError(f"unknown {what} '{value}'. One of: {', '.join(words)}") from error


def _best_fit(name: str, rows: Sequence[FoundEntity]) -> list[FoundEntity]:
    """The rows that fit best: the whole name, else an alias, else a word of the name."""
    wanted = name.casefold()

    def fit(row: FoundEntity) -> int:
        if row.entity.name.casefold() == wanted:
            return 3
        if any(alias.casefold() == wanted for alias in row.entity.aliases):
            return 2
        return 1 if wanted in row.entity.name.casefold().split() else 0

    top = max((fit(row) for row in rows), default=0)
    # A surname is the name of each who bears it: an alias match must not hide a namesake.
    floor = min(top, 1) if top < 3 else 3
    return [row for row in rows if fit(row) >= floor] if top else []


def _near_names(store: Store, name: str) -> list[str]:
    """Names of entities that are, or have a word, like the name; likest first."""
    from rapidfuzz import fuzz, process

    words = [
        (word, row.entity.name)
        for row in store.find_entities()
        for each in (row.entity.name, *row.entity.aliases)
        for word in {
            fold(each),
            *(part for part in fold(each).split() if len(part) >= _MIN_WORD_CHARS),
        }
    ]
    likest = process.extract(
        fold(name),
        [word for word, _ in words],
        scorer=fuzz.ratio,
        score_cutoff=_MIN_LIKENESS,
        limit=None,
    )
    return list(dict.fromkeys(words[place][1] for _, _, place in likest))[:_MAX_NEAR]


def _candidate(row: FoundEntity) -> str:
    times = "1 mention" if row.mentions == 1 else f"{row.mentions} mentions"
    return f"{row.entity.id} {row.entity.name} ({times})"
