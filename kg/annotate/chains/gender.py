"""Gender and number as far as the words tell; None means unknown, which agrees with everything."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

FEMALE = "female"
MALE = "male"

_FEMALE_TITLES = frozenset({
    "mrs", "ms", "miss", "mme", "madam", "madame", "lady", "queen", "dame", "princess", "duchess",
    "baroness", "countess", "empress", "sister", "señora", "frau",
})  # fmt: skip
_MALE_TITLES = frozenset({
    "mr", "sir", "lord", "king", "prince", "duke", "baron", "count", "emperor", "father",
    "brother", "señor", "herr", "monsieur", "tsar", "pope", "sheikh",
})  # fmt: skip
FEMALE_HEADS = frozenset({
    "woman", "girl", "mother", "wife", "daughter", "sister", "aunt", "niece", "grandmother",
    "granddaughter", "girlfriend", "actress", "spokeswoman", "chairwoman", "queen",
    "congresswoman", "businesswoman", "policewoman", "waitress", "princess", "duchess", "lady",
    "widow", "nun", "bride", "mum", "mom", "goddess", "heroine", "fiancée", "saleswoman", "female",
    "stepmother", "schoolgirl", "councilwoman", "empress", "mistress", "grandma",
})  # fmt: skip
MALE_HEADS = frozenset({
    "man", "boy", "father", "husband", "son", "brother", "uncle", "nephew", "grandfather",
    "grandson", "boyfriend", "actor", "spokesman", "chairman", "king", "congressman",
    "businessman", "policeman", "waiter", "prince", "duke", "gentleman", "widower", "monk",
    "priest", "pope", "groom", "dad", "god", "fiancé", "salesman", "male", "stepfather",
    "schoolboy", "guy", "councilman", "emperor", "lad", "bloke", "imam", "fisherman", "gunman",
    "grandpa",
})  # fmt: skip
# Names of public life that the lists of first names lack.
_MORE_FEMALE = frozenset({"tzipi", "ayaan", "condoleezza", "jacinda", "tsai", "suu", "ursula"})
_MORE_MALE = frozenset({
    "ramzan", "theo", "nikolay", "dmitry", "barack", "nouri", "haider", "narendra", "ehud",
    "yitzhak", "binyamin", "sergey", "abu", "hosni", "muammar", "bashar", "saddam", "kofi",
    "mahmoud", "recep", "vojislav", "slobodan", "jair", "hu", "wen", "shinzo", "silvio",
})  # fmt: skip
# Common to both somewhere, whatever the lists of one country say.
_BOTH = frozenset({"jean", "andrea", "nikita", "alex", "kim", "sasha", "robin", "jan", "simone"})


def fold(word: str) -> str:
    """The word in lower case without accents, as in the list of first names."""
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode("ascii")
    return plain.lower()


@cache
def first_names() -> dict[str, str]:
    """First name, folded, to its gender; names common to both are left out."""
    text = files("kg.annotate.chains").joinpath("first_names.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        gender, _, names = line.partition(" ")
        if gender in (FEMALE, MALE):
            found.update(dict.fromkeys(names.split(), gender))
    found.update(dict.fromkeys(_MORE_FEMALE, FEMALE))
    found.update(dict.fromkeys(_MORE_MALE, MALE))
    for name in _BOTH:
        found.pop(name, None)
    return found


def gender_of_name(parts: list[str], titles: list[str]) -> str | None:
    """The gender that a title before a person's name tells, or else the first name.

    A name of one word is no evidence: it is a surname more often than not.
    """
    for title in titles:
        if title in _FEMALE_TITLES or title in FEMALE_HEADS:
            return FEMALE
        if title in _MALE_TITLES or title in MALE_HEADS:
            return MALE
    return first_names().get(fold(parts[0].split("-")[0])) if len(parts) > 1 else None


def gender_of_head(lemma: str) -> str | None:
    """The gender that a common noun tells."""
    if lemma in FEMALE_HEADS:
        return FEMALE
    return MALE if lemma in MALE_HEADS else None
