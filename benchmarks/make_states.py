"""Writes kg/states.tsv: capitals and nationalities of states in English, with the Wikidata item.

    pip install countryinfo && python benchmarks/make_states.py

Capitals and nationalities are those of countryinfo 1.0 (MIT), items those of rigour (MIT). Words
that two states share are left out; seats that countryinfo lacks or words otherwise are below.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from countryinfo import all_countries
from rigour.territories import lookup_territory

OUT = Path(__file__).parents[1] / "kg" / "states.tsv"

SEATS = {
    "Washington": "United States",
    "The Hague": "Netherlands",
    "Tel Aviv": "Israel",
    "La Paz": "Bolivia",
    "Astana": "Kazakhstan",
    "Kiev": "Ukraine",
    "Yangon": "Myanmar",
    "Rangoon": "Myanmar",
    "Dar es Salaam": "Tanzania",
    "Abidjan": "Ivory Coast",
    "Delhi": "India",
    "Peking": "China",
    "Bern": "Switzerland",
    "Luxembourg City": "Luxembourg",
    "Bogota": "Colombia",
    "Brasilia": "Brazil",
    "Reykjavik": "Iceland",
}
"""Where states send embassies to, beside capitals and other spellings of them."""

NATIONALITIES = {
    "Argentine": "Argentina",
    "Kazakh": "Kazakhstan",
    "Saudi": "Saudi Arabia",
    "Uzbek": "Uzbekistan",
    "Turkmen": "Turkmenistan",
    "Kyrgyz": "Kyrgyzstan",
    "Afghan": "Afghanistan",
    "Bosnian": "Bosnia and Herzegovina",
    "Slovenian": "Slovenia",
    "Belarussian": "Belarus",
    "Filipino": "Philippines",
    "Icelandic": "Iceland",
    "Indian": "India",
    "Nepali": "Nepal",
    "Tajik": "Tajikistan",
    "Philippine": "Philippines",
    "Vatican": "Holy See",
}


def main() -> None:
    capitals: dict[str, set[str]] = defaultdict(set)
    nationalities: dict[str, set[str]] = defaultdict(set)
    for country in all_countries():
        territory = lookup_territory(country.name())
        if territory is None or not territory.is_country:
            continue
        capitals[_plain(country.capital())].add(territory.qid)
        nationalities[_plain(country.demonym())].add(territory.qid)
    for table, extra in ((capitals, SEATS), (nationalities, NATIONALITIES)):
        for word, name in extra.items():
            territory = lookup_territory(name)
            assert territory is not None, name
            table[word] = {territory.qid}
    rows = [
        f"{word}\t{kind}\t{next(iter(items))}\n"
        for kind, table in (("capital", capitals), ("nationality", nationalities))
        for word, items in sorted(table.items())
        if word and len(items) == 1
    ]
    OUT.write_text("".join(rows), encoding="utf-8")
    print(f"{OUT}: {len(rows)} words")


def _plain(word: object) -> str:
    text = word if isinstance(word, str) else ""
    return " ".join(text.replace("D.C.", "DC").split())


if __name__ == "__main__":
    main()
