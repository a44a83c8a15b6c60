"""Names of several parts made whole, and parts that do not belong to a name taken off.

"Russian Embassy to Israel" is one organisation; "Russian Novaya Gazeta" is Novaya Gazeta.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.annotate.names.candidates import Candidate
from kg.annotate.names.demonyms import is_demonym
from kg.annotate.names.words import LAST_WORDS, NEWS_ORGANISATIONS, ORGANISATION_HEADS, TITLES
from kg.vocabulary import EntityType

_MISSIONS = frozenset({"Embassy", "Consulate", "Consulate-General"})
_CERTAIN = (0.0, 1.0, 0.0, 0.0)
"""Scores of an organisation beyond doubt."""


def complete_people(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, those of people with the given name that the tagger left outside.

    "Finance Minister Thandiwe Mokoena", where only "Mokoena" was tagged.
    """
    completed: list[Candidate] = []
    done = 0
    for one in candidates:
        start = one.start
        if one.type is EntityType.PERSON and one.end - one.start == 1:
            while start > done and one.start - start < 2 and _is_given_name(doc[start - 1]):
                start -= 1
        done = one.end
        completed.append(replace(one, start=start))
    return completed


def _is_given_name(token: Token) -> bool:
    """True for a capitalised proper noun that is no title, no nationality and no organisation."""
    plain = token.lower_.rstrip(".")
    if token.tag_ != "NNP" or not token.is_title or plain in TITLES or plain in ORGANISATION_HEADS:
        return False
    return not (token.ent_type_ in ("DATE", "TIME") or is_demonym(token.text))


def complete_organisations(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, those of organisations with the last word that the tagger left outside.

    "Tarvonian Water Inspectorate", where only "Tarvonian Water" was tagged.
    """
    taken = {one.start for one in candidates}
    return [
        replace(one, end=one.end + 1, scores=_CERTAIN)
        if one.end < len(doc) and one.end not in taken and _is_last_word(doc[one.end])
        else one
        for one in candidates
    ]


def _is_last_word(token: Token) -> bool:
    return token.tag_ in ("NNP", "NNPS") and token.is_title and token.lower_ in LAST_WORDS


def join_missions(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with each embassy as one, its sender and its seat included; text order."""
    joined = list(_missions(doc, candidates))
    if not joined:
        return candidates
    taken = {index for one in joined for index in range(one.start, one.end)}
    rest = [one for one in candidates if taken.isdisjoint(range(one.start, one.end))]
    return sorted([*rest, *joined], key=lambda one: one.start)


def _missions(doc: Doc, candidates: list[Candidate]) -> Iterator[Candidate]:
    starts = {one.start: one for one in candidates}
    ends = {one.end: one for one in candidates}
    done = 0
    for token in doc:
        if token.text not in _MISSIONS or token.i < done:
            continue
        start, end = token.i, token.i + 1
        around = next((one for one in candidates if one.start <= token.i < one.end), None)
        if around:
            start, end = around.start, around.end
        before = ends.get(start)
        if before and start > done and before.type is not EntityType.PERSON:
            start = before.start
        for words in (("of",), ("to", "in", "at")):
            seat = _after(doc, end, words, starts)
            end = seat.end if seat else end
        if end - start > 1:
            done = end
            yield Candidate(start, end, _CERTAIN)


def _after(
    doc: Doc, index: int, words: tuple[str, ...], starts: dict[int, Candidate]
) -> Candidate | None:
    """The place that follows one of the words, "the" or nothing between them."""
    if index >= len(doc) or doc[index].text not in words:
        return None
    index += 1
    if index < len(doc) and doc[index].text == "the":
        index += 1
    seat = starts.get(index)
    return seat if seat and seat.type is EntityType.PLACE else None


def without_nationality(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates; where a nationality stands before a name known without it, two of them."""
    known = {one.text(doc) for one in candidates}
    return [part for one in candidates for part in _parts(doc, one, known)]


def _parts(doc: Doc, one: Candidate, known: set[str]) -> list[Candidate]:
    rest = str(doc[one.start + 1 : one.end])
    if not is_demonym(doc[one.start].text) or not rest:
        return [one]
    if rest not in known and rest.lower() not in NEWS_ORGANISATIONS:
        return [one]
    nationality = Candidate(one.start, one.start + 1, (0.0, 0.0, 0.0, 1.0))
    return [nationality, replace(one, start=one.start + 1)]
