"""Organisations and newspapers of the world's news, whose names do not say what they are.

"Transparency International" looks like nobody's name, "La Voix du Nord" like a place's. The list is
the project's own, one name a line, as written and without "the"; single words are in it only where
they mean nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from kg.annotate.names.candidates import Candidate

TABLE = Path(__file__).with_name("organisations.txt")
_ORGANISATION = (0.0, 1.0, 0.0, 0.0)


def complete_known(doc: Doc, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with each known organisation as one; text order, no overlap.

    A candidate that holds a known name and more ("Amnesty International Kenya") stays as it is.
    """
    found = [one for one in _known(doc) if not any(_holds(other, one) for other in candidates)]
    taken = {index for one in found for index in range(one.start, one.end)}
    rest = [one for one in candidates if taken.isdisjoint(range(one.start, one.end))]
    return sorted([*rest, *found], key=lambda one: one.start)


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if outer.start > inner.start or outer.end < inner.end:
        return False
    return outer.end - outer.start > inner.end - inner.start


def _known(doc: Doc) -> Iterator[Candidate]:
    """The known names of a text, the longest at each place."""
    names = _table()
    done = 0
    for token in doc:
        if token.i < done:
            continue
        for words in names.get(token.text, ()):
            end = token.i + len(words)
            if end <= len(doc) and all(doc[token.i + k].text == w for k, w in enumerate(words)):
                done = end
                yield Candidate(token.i, end, _ORGANISATION)
                break


@cache
def _table() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """By their first word the names as words, the longest first."""
    names: dict[str, list[tuple[str, ...]]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        words = tuple(line.replace("'s", " 's").split())
        names.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in names.items()}
