"""Names that the tagger saw once and missed elsewhere: repetitions, family names, abbreviations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.annotate.names.candidates import Candidate
from kg.annotate.names.demonyms import is_demonym
from kg.annotate.names.words import ORGANISATION_HEADS, TITLES
from kg.territories import find_territory
from kg.vocabulary import EntityType

Words = tuple[str, ...]


def find_again(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates and, where no candidate stands, the same words again; text order."""
    found = sorted([*candidates, *_abbreviations(doc, candidates)], key=lambda one: one.start)
    known = _known(doc, found)
    taken = {index for one in found for index in range(one.start, one.end)}
    more = list(_repetitions(doc, known, taken)) if known else []
    return sorted([*found, *more], key=lambda one: one.start)


def _abbreviations(doc: Doc, candidates: list[Candidate]) -> Iterator[Candidate]:
    """ "BoG" in "Bank of Ghana (BoG)", if the tagger does not have it."""
    starts = {one.start for one in candidates}
    for one in candidates:
        inside = one.end + 1
        if inside + 1 >= len(doc) or inside in starts or doc[one.end].text != "(":
            continue
        if doc[inside + 1].text == ")" and abbreviates(doc[inside].text, one.text(doc)):
            yield replace(one, start=inside, end=inside + 1)


def abbreviates(short: str, name: str) -> bool:
    """True if the short form is made of letters of the name, beginning with its first.

    At least two capital letters and no more letters than twice the words: "BoG", "PML-N", "EAAB".
    """
    letters = [letter.lower() for letter in short if letter.isalpha()]
    if sum(letter.isupper() for letter in short) < 2 or len(letters) > 2 * len(name.split()):
        return False
    rest = iter(name.lower())
    return bool(name) and letters[0] == name[0].lower() and all(one in rest for one in letters)


def _known(doc: Doc, candidates: list[Candidate]) -> dict[Words, Candidate]:
    """The words of each name that may be looked for, with the surest of its candidates."""
    known: dict[Words, Candidate] = {}
    for one in sorted(candidates, key=lambda one: max(one.scores)):
        words = tuple(token.text for token in doc[one.start : one.end])
        if len(words) > 1:
            known[words] = one
            if one.type is EntityType.PERSON:
                known.setdefault((words[-1],), one)
        elif max(one.scores) > _SURE:
            known[words] = one
    return {words: one for words, one in known.items() if len(words) > 1 or _is_rare(words[0])}


_SURE = 0.6
"""A name of one word is looked for again if one mention is as sure as this."""


def _is_rare(word: str) -> bool:
    """True for words that are a name wherever they stand."""
    plain = word.lower()
    if len(word) < 3 or not word[0].isupper() or plain in TITLES or plain in ORGANISATION_HEADS:
        return False
    return not is_demonym(word) and not (word.isupper() and find_territory(word.title()))


def _repetitions(doc: Doc, known: dict[Words, Candidate], taken: set[int]) -> Iterator[Candidate]:
    lengths: dict[str, set[int]] = {}
    for words in known:
        lengths.setdefault(words[0], set()).add(len(words))
    # Not the names themselves: of a long list of people hundreds share a given name.
    longest_first = {first: sorted(found, reverse=True) for first, found in lengths.items()}
    texts = [token.text for token in doc]
    lower = {text for text in texts if text.islower()}
    index = 0
    while index < len(texts):
        ranges = (range(index, index + n) for n in longest_first.get(texts[index], ()))
        one = next(
            (
                words
                for place in ranges
                if (words := tuple(texts[place.start : place.stop])) in known
                and taken.isdisjoint(place)
            ),
            None,
        )
        if one and not (len(one) == 1 and one[0].lower() in lower):
            yield replace(known[one], start=index, end=index + len(one))
            index += len(one)
        else:
            index += 1
