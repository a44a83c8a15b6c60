"""Territories by name, offline: whether a name is one, and its Wikidata item if beyond doubt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("territories.tsv")
"""Name, class and item in each line; written by benchmarks/make_territories.py."""

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


@cache
def _table() -> dict[str, Territory]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {_key(name): Territory(subtype, item or None) for name, subtype, item in rows}


def _key(name: str) -> str:
    return name if len(name) <= _LETTER_CASE_COUNTS else name.casefold()
