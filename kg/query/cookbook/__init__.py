"""Twenty questions to start with, as SPARQL; the first line of each says what it answers."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

from kg.errors import UsageError
from kg.export.rdf.terms import escape

_NAME = re.compile(r'(?<=schema:name )"[^"]*"')
_DATE = re.compile(r'"\d{4}-\d\d-\d\d"(?=\^\^xsd:date)')


def names() -> list[str]:
    """The names of the queries, sorted: `01-said-by-a-person` ..."""
    found = (entry.name for entry in files(__name__).iterdir())
    return sorted(name.removesuffix(".rq") for name in found if name.endswith(".rq"))


def query(name: str) -> str:
    """The text of a query. Raises KeyError for an unknown name."""
    if name not in names():
        raise KeyError(name)
    return (files(__name__) / f"{name}.rq").read_text(encoding="utf-8")


def asked_about(query: str) -> str | None:
    """The name that a query of the cookbook asks about, if it asks about one."""
    found = _NAME.search(query)
    return None if found is None else found[0].strip('"')


def about(query: str, *, name: str | None = None, day: date | None = None) -> str:
    """A query of the cookbook with another name, and another day, than those it has.

    Raises UsageError if it asks about no name, or no day.
    """
    written = None if day is None else f"{day:%Y-%m-%d}"
    for value, place, word in ((name, _NAME, "name"), (written, _DATE, "date")):
        if value is not None:
            before, *after = place.split(query)
            if not after:
                raise UsageError(f"the query asks about no {word}. See: kg query --list")
            query = f'"{escape(value)}"'.join((before, *after))
    return query


def title(name: str) -> str:
    """What a query answers, in one sentence."""
    return query(name).partition("\n")[0].removeprefix("# ")
