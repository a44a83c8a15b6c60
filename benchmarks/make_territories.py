"""Writes kg/territories.tsv: names of territories in English, class, Wikidata item.

    python benchmarks/make_territories.py

The names are those of rigour (MIT), whose own lookup takes over a second to get ready, also knows
codes and cities, and takes "British" for a country.
"""

from __future__ import annotations

import re
from pathlib import Path

from rigour.territories import Territory, lookup_territory
from rigour.territories.lookup import _load_territory_names

from kg.annotate.names.demonyms import is_demonym

OUT = Path(__file__).parents[1] / "kg" / "territories.tsv"


def _parts(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


SHORT = "US USA UK UAE DRC U.S. U.K. U.S.A.".split()  # noqa: SIM905 - a list of words
"""Abbreviations that are names in a text; other short names are codes."""

WEAK = _parts(
    """
    America | Britain | Burma | Holland | Congo | Macedonia | Ivory Coast | Czech Republic |
    Swaziland | East Timor | Cape Verde | Korea | Vatican | Vatican City | Taiwan | Tibet
    Autonomous Region | Autonomous Republic of Crimea | Republic of Crimea | Republic of the
    Congo | Zaire | Siam | Ceylon | Rhodesia | England and Wales | Turkiye | Saint Lucia | St.
    Lucia | Republic of North Macedonia | Bosnia | Trinidad
    """
)
"""Names of the second rank are those of all languages; these are in use in English."""

DOUBTFUL = frozenset(
    _parts(
        """
    Abu Dhabi | Acre | Ajman | Crimea | Amazonas | Beijing | Berlin | Bern | Bremen | Chongqing
    | Congo | Donetsk | Dubai | Fribourg | Fujairah | Geneva | Georgia | Hamburg | Jura |
    Kashmir | Korea | Kurdistan | Kyiv | Luhansk | Lugansk | Lucerne | Madeira | Macedonia |
    Moscow | Neuchâtel | New York | Para | Pará | Paraná | Punjab | Rio de Janeiro | Saint
    Martin | Saint Petersburg | St. Petersburg | St Petersburg | Santa Catarina | São Paulo |
    Sao Paulo | Schaffhausen | Shanghai | Sharjah | Solothurn | Tianjin | Timor | Uri | Victoria
    | Virgin Islands | Washington | Zug | Zurich | Zürich | Goa | Nevis | Valais | Vaud
    """
    )
)
"""A city, a region or another country has the same name: a territory, but which is not said."""

NO_PLACES = frozenset(
    {"Mann", "Global", "Cyberspace", "United Nations", "European Union", "Federal District"}
)


def main() -> None:
    rows: dict[str, str] = {}
    for territory, strong, _, _ in _load_territory_names():
        names = [*strong, territory.name, territory.full_name]
        for name in map(_plain, names):
            if _is_english(name) and NO_PLACES.isdisjoint((name, territory.name)):
                rows.setdefault(name.casefold(), _row(name, territory))
    for name in (*SHORT, *WEAK):
        found = lookup_territory(name)
        assert found is not None, name
        rows.setdefault(name.casefold(), _row(name, found))
    OUT.write_text("".join(rows[name] for name in sorted(rows)), encoding="utf-8")
    print(f"{OUT}: {len(rows)} names")


def _plain(name: str) -> str:
    return re.sub(r"^[Tt]he | \(.*\)$", "", name)


def _is_english(name: str) -> bool:
    if is_demonym(name) or not name[:1].isupper() or not re.fullmatch(r"[\w .'’–-]+", name):
        return False
    long = len(name) > 3 and not name.isupper()
    return (long or name in SHORT) and all(letter < "ɐ" for letter in name)


def _row(name: str, territory: Territory) -> str:
    territory = lookup_territory(name) or territory  # the country comes before its namesakes
    kind = "Country" if territory.is_country else "AdministrativeArea"
    item = "" if name in DOUBTFUL else territory.qid
    return f"{name}\t{kind}\t{item}\n"


if __name__ == "__main__":
    main()
