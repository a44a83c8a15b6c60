"""Territories by name, offline: whether a name is one, and its Wikidata item if beyond doubt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.annotate.names.demonyms import is_demonym

# The lookup below also knows two- and three-letter codes; in a text only these are names.
_SHORT_NAMES = frozenset({"US", "USA", "UK", "UAE", "EU", "DRC", "U.S.", "U.K.", "U.S.A.", "CAR"})

# A city, a region or another country has the same name: a territory, but which is not said.
_DOUBTFUL = frozenset(
    {
        "Abu Dhabi", "Acre", "Ajman", "Amazonas", "Berlin", "Bern", "Bremen", "Congo", "Donetsk",
        "Dubai", "Federal District", "Fribourg", "Fujairah", "Geneva", "Georgia", "Hamburg",
        "Jura", "Kashmir", "Korea", "Kurdistan", "Luhansk", "Lugansk", "Lucerne", "Madeira",
        "Macedonia", "Neuchâtel", "New York", "Para", "Paraná", "Punjab", "Rio de Janeiro",
        "Saint Martin", "Santa Catarina", "São Paulo", "Sao Paulo", "Schaffhausen", "Sharjah",
        "Solothurn", "Timor", "Uri", "Victoria", "Virgin Islands", "Washington", "Zug", "Zurich",
        "Zürich", "Global", "Cyberspace", "Federation",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Territory:
    """A country, or an area with a government of its own."""

    subtype: str
    """`Country` or `AdministrativeArea` (schema.org)."""
    wikidata: str | None
    """None where several places have the name."""


@lru_cache(maxsize=4096)
def find_territory(name: str) -> Territory | None:
    """The territory of that name; None for cities, adjectives, codes and unknown names."""
    from rigour.territories import lookup_territory  # late: it reads its tables when imported

    if name not in _SHORT_NAMES and (len(name) < 4 or (len(name) == 4 and not name.istitle())):
        return None
    if is_demonym(name):  # the lookup has "British" for the United Kingdom
        return None
    found = lookup_territory(name)
    if found is None or name in found.places:
        return None
    subtype = "Country" if found.is_country else "AdministrativeArea"
    return Territory(subtype, None if name in _DOUBTFUL else found.qid)
