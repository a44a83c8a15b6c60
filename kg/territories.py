"""Territories by name, offline: whether a name is one, and its Wikidata item if beyond doubt.

Also which state a capital or a nationality belongs to, so that the embassy "in Washington" is the
one "to the United States".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("territories.tsv")
"""Name, class and item in each line; written by benchmarks/make_territories.py."""

STATES = Path(__file__).with_name("states.tsv")
"""Capital or nationality, which of them, and item in each line; by benchmarks/make_states.py."""

_LETTER_CASE_COUNTS = 4
"""Names of at most so many letters are looked up as they stand: "US" is one, "us" is not."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A country, or an area with a government of its own."""

    subtype: str
    """`Country` or `AdministrativeArea` (schema.org)."""
    wikidata: str | None
    """None where several places have the name."""


def find_territory(name: str) -> Territory | None:
    """The territory of that name, with or without "the", in any letter case.

    None for cities, adjectives, codes and unknown names.
    """
    bare = " ".join(name.split()).removeprefix("the ").removeprefix("The ")
    return _table().get(_key(bare))


def embassy_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words of an embassy's name with the item of each state in its place: sender, `embassy`,
    host; other names as they are. In lower case.

    "Russian Embassy in Washington" and "Embassy of Russia to the United States" have the same.
    """
    lower = tuple(word.lower() for word in words)
    if _EMBASSY not in lower:
        return lower
    at = lower.index(_EMBASSY)
    parts: dict[str, list[str]] = {"of": list(lower[:at]), "in": []}
    if len(lower) > at + 1 and lower[at + 1] not in _OF_STATES:
        return lower  # "Embassy Theatre"
    part = "in"
    for word in lower[at + 1 :]:
        part = _OF_STATES.get(word, part)
        if word not in _OF_STATES:
            parts[part].append(word)
    return (*_state(parts["of"], "nationality"), _EMBASSY, *_state(parts["in"], "capital"))


_EMBASSY = "embassy"
_OF_STATES = {"of": "of", "to": "in", "in": "in", "at": "in"}


def _state(words: Sequence[str], kind: str) -> tuple[str, ...]:
    """The item of a state, if the words name it, its capital or its people; else the words."""
    kept = [word for word in words if word != "the"]
    name = " ".join(kept)
    # Short names count only as they stand ("US"), and here nothing else can be meant.
    names = (name, name.title(), name.upper())
    found = (territory.wikidata for each in names if (territory := find_territory(each)))
    item = next(filter(None, found), None) or _states().get((kind, name))
    return (item.lower(),) if item else tuple(kept)


def state_of(nationality: str) -> str | None:
    """The Wikidata item of the state of a nationality: "Austrian"."""
    return _states().get(("nationality", nationality.lower()))


@cache
def _states() -> dict[tuple[str, str], str]:
    rows = (line.split("\t") for line in STATES.read_text(encoding="utf-8").splitlines())
    return {(kind, word.lower().removeprefix("the ")): item for word, kind, item in rows}


@cache
def _table() -> dict[str, Territory]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {_key(name): Territory(subtype, item or None) for name, subtype, item in rows}


def _key(name: str) -> str:
    return name if len(name) <= _LETTER_CASE_COUNTS else name.casefold()
