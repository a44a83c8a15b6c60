"""Compares two names without any context: what they share, in words, and how much it weighs.

A weight is a log-odds: 0 says nothing, above 0 speaks for one entity. `kg.resolve.scoring` adds
what the articles know.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.resolve.words import (
    COMMON_GIVEN,
    COMMON_SURNAMES,
    CONNECTIVES,
    GENERIC_HEADS,
    LEGAL_FORMS,
    NICKNAMES,
    POST_HEADS,
    REGIONS,
    SUFFIXES,
    TITLES,
    TRADE_WORDS,
)
from kg.territories import embassy_words
from kg.vocabulary import EntityType

_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|&", re.UNICODE)
_STATES = ((re.compile(r"\bu\.?\s?s\.?(?:\s?a\.?)?(?=\W|$)"), "united states"),)
_KINGDOM = re.compile(r"\bu\.?k\.?(?=\W|$)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_VOWELS = frozenset("aeiouy")
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_NAMES = TITLES | CONNECTIVES
_MIN_FUZZY_CHARS = 5
_MIN_RATIO = 90.0


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How two names agree. A `weak` match needs a shared context, whatever its weight."""

    reason: str
    weight: float
    weak: bool = False


def fold(name: str) -> str:
    """A name in lower case, without accents, leading article and possessive; "" if none is left."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.strip()))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = plain.replace("’", "'")
    for pattern, words in _STATES:
        plain = pattern.sub(words, plain)
    plain = _KINGDOM.sub("united kingdom", plain)
    plain = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", plain)
    tokens = [_POSSESSIVE.sub("", token) for token in _TOKEN.findall(plain)]
    while len(tokens) > 1 and tokens[0] in {"the", "a", "an"}:
        tokens = tokens[1:]
    return " ".join(tokens)


@lru_cache(maxsize=65536)
def person_tokens(folded: str) -> tuple[str, ...]:
    """The given names and the surname, titles and suffixes left out; all tokens if only titles."""
    tokens = folded.replace("'", "").split()
    start, end = 0, len(tokens)
    while start < end - 1 and (tokens[start] in _NO_NAMES or _is_abbreviation(tokens[start])):
        start += 1
    while end > start + 1 and tokens[end - 1] in SUFFIXES:
        end -= 1
    return tuple(tokens[start:end])


def _is_abbreviation(token: str) -> bool:
    """True for `wr`, `ltc`: ranks and positions; two letters at the start may be initials."""
    return len(token) == 3 and _VOWELS.isdisjoint(token)


@lru_cache(maxsize=65536)
def core_tokens(folded: str) -> tuple[str, ...]:
    """The tokens of an organisation or place that tell it from others, in order."""
    words = embassy_words(folded.split())
    tokens = [token for token in words if token not in CONNECTIVES] or list(words)
    core = [token for token in tokens if token not in LEGAL_FORMS] or tokens
    return tuple({"mt": "mount", "mt.": "mount"}.get(token, token) for token in core)


def is_generic(tokens: tuple[str, ...]) -> bool:
    """True if every token is shared by many organisations (`Defence Ministry`, `Senate`)."""
    return all(token in GENERIC_HEADS for token in tokens)


def has_post(folded: str) -> bool:
    """True for an embassy, consulate or mission whose post is named."""
    core = core_tokens(folded)
    return not POST_HEADS.isdisjoint(core) and core[-1] not in POST_HEADS


@lru_cache(maxsize=32768)
def match_names(left: str, right: str, entity_type: EntityType) -> NameMatch | None:
    """How two folded names of one type agree; None if they cannot mean the same."""
    if not left or not right:
        return None
    if entity_type is EntityType.PERSON:
        return _match_people(person_tokens(left), person_tokens(right))
    if entity_type in (EntityType.ORGANISATION, EntityType.PLACE):
        return _match_cores(left, right, entity_type)
    return NameMatch("same name", 1.5) if left == right else None


def conflict(left: str, right: str, entity_type: EntityType) -> bool:
    """True if two folded names tell two entities apart although they share words."""
    if left == right or match_names(left, right, entity_type) is not None:
        return False
    if entity_type is EntityType.PERSON:
        one, other = person_tokens(left), person_tokens(right)
        return len(one) > 1 and len(other) > 1
    one, other = core_tokens(left), core_tokens(right)
    return bool(set(one) & set(other)) or (len(one) > 1 and len(other) > 1)


def _match_people(left: tuple[str, ...], right: tuple[str, ...]) -> NameMatch | None:
    if len(left) > len(right):
        left, right = right, left
    if len(left) == 1:
        return _match_single(left[0], right)
    if sorted(left) == sorted(right):
        return NameMatch("same full name", _full_name_weight(right))
    if _is_inside(left, right):
        return NameMatch("full name inside a longer phrase", 0.6, weak=True)
    if not _same_word(left[-1], right[-1]):
        return None
    if left[-1] != right[-1] and left[0] != right[0]:
        return None
    given = _match_given(left[:-1], right[:-1])
    if given is None:
        return None
    weight = _full_name_weight(right) + given.weight
    if left[-1] != right[-1]:
        return NameMatch(f"{given.reason}, surname spelt alike", weight - 1.0, weak=True)
    return NameMatch(given.reason, weight)


def _is_inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True for a name with a word too many (`Ellen Vesk Returns`), not for a middle name."""
    extra = len(long) - len(short)
    return extra > 0 and short in (long[:-extra], long[extra:])


def _match_single(name: str, other: tuple[str, ...]) -> NameMatch | None:
    if len(other) == 1:
        if name == other[0]:
            return NameMatch("same single name", -0.6, weak=True)
        return None
    penalty = 0.9 if name in COMMON_SURNAMES else 0.0
    if name == other[-1]:
        return NameMatch("surname of the full name", -0.2 - penalty, weak=True)
    if name == other[0]:
        common = 1.5 if name in COMMON_GIVEN else 0.6
        return NameMatch("first part of the full name", -0.6 - common, weak=True)
    return None


def _full_name_weight(tokens: tuple[str, ...]) -> float:
    """Tuned on two collections of news; a name of two common parts must not merge by itself."""
    given, surname = tokens[0] in COMMON_GIVEN, tokens[-1] in COMMON_SURNAMES
    if given and surname:
        return -0.9
    return 1.5 if surname else 2.2


def _match_given(left: tuple[str, ...], right: tuple[str, ...]) -> NameMatch | None:
    one, other = left[0], right[0]
    if one == other:
        return NameMatch("same given name and surname", -0.1)
    if _are_initials(one) or _are_initials(other):
        if one[0] != other[0]:
            return None
        return NameMatch("same surname, initial fits", -1.2)
    if any(one in names and other in names for names in NICKNAMES):
        return NameMatch("same surname, short form of the given name", -0.5)
    if one in right or other in left:
        return NameMatch("same surname, one given name shared", -0.6)
    if _same_word(one, other):
        return NameMatch("same surname, given name spelt alike", -0.8)
    return None


def _are_initials(name: str) -> bool:
    return len(name) == 1 or (len(name) == 2 and _VOWELS.isdisjoint(name))


def _same_word(left: str, right: str) -> bool:
    if left == right:
        return True
    if min(len(left), len(right)) < _MIN_FUZZY_CHARS - 1 or left[0] != right[0]:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(left, right) <= 1


def _match_cores(left: str, right: str, entity_type: EntityType) -> NameMatch | None:
    one, other = core_tokens(left), core_tokens(right)
    if len(one) > len(other):
        one, other = other, one
    if _posts_differ(one, other) or is_coordination(left, right):
        return None
    if sorted(one) == sorted(other):
        return _equal_cores(one, entity_type)
    if len(one) == 1 and is_initials(one[0], max(left, right, key=len)):
        letters = len(one[0])
        return NameMatch("acronym of the long form", 0.3 if letters < 3 else 1.0, weak=True)
    if len(one) == len(other) and _alike(one, other):
        return NameMatch("same name, spelt alike", 1.2, weak=len(one) == 1)
    return _match_part(one, other, entity_type)


def is_coordination(left: str, right: str) -> bool:
    """True if one name is a part of two names joined (`Keldmark`, `Keldmark and Brenholt`)."""
    short, long = sorted((left, right), key=len)
    return long.startswith(f"{short} and ") or long.endswith(f" and {short}")


def _equal_cores(core: tuple[str, ...], entity_type: EntityType) -> NameMatch:
    if entity_type is EntityType.PLACE:
        return NameMatch("same name", 1.6)
    if is_generic(core) or core[-1] in POST_HEADS:
        return NameMatch("same name, which many organisations have", -0.9, weak=True)
    return NameMatch("same name", 2.2)


def is_initials(short: str, long: str) -> bool:
    """True if a single folded word is made of the first letters of a folded name."""
    words = [word for word in long.split() if word != "&"]
    for drop in (CONNECTIVES, CONNECTIVES | LEGAL_FORMS, frozenset[str]()):
        letters = "".join(word[0] for word in words if word not in drop)
        if len(letters) > 1 and short.replace(".", "") in (letters, letters + "s"):
            return True
    return False


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    from rapidfuzz import fuzz

    if any(a != b and a[0] != b[0] for a, b in zip(one, other, strict=True)):
        return False
    left, right = " ".join(one), " ".join(other)
    return min(len(left), len(right)) >= _MIN_FUZZY_CHARS and fuzz.ratio(left, right) >= _MIN_RATIO


def _match_part(
    short: tuple[str, ...], long: tuple[str, ...], entity_type: EntityType
) -> NameMatch | None:
    """One name is the beginning or the end of the other."""
    extra = long[len(short) :] if long[: len(short)] == short else ()
    if extra:
        if any(word in REGIONS for word in extra) or entity_type is EntityType.PLACE:
            return None
        if all(word in TRADE_WORDS for word in extra):
            return NameMatch("short form of the company's name", 0.6, weak=True)
        return NameMatch("beginning of the long name", -0.9, weak=True)
    if long[-len(short) :] == short:
        if entity_type is EntityType.PLACE:
            return NameMatch("end of the long name", -1.2, weak=True)
        return NameMatch("end of the long name", -0.4, weak=True)
    return None


def _posts_differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True for two embassies that are not at the same post, or where one post is not named."""
    # In order: the Embassy of A in B is not the Embassy of B in A.
    return bool(set(one) & POST_HEADS or set(other) & POST_HEADS) and one != other
