"""Where a report comes from: the town at the head of a dateline, whatever the tagger says.

Capitals hide from the tagger what a word is: it takes the town for a firm, a person, or no name.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.annotate.breaks import find_towns
from kg.annotate.names.candidates import Candidate

_PLACE = (0.0, 0.0, 1.0, 0.0)


def complete_datelines(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with the town of each dateline as one; text order, no overlap."""
    towns = [Candidate(start, end, _PLACE) for start, end in find_towns(doc)]
    taken = {index for town in towns for index in range(town.start, town.end)}
    rest = [one for one in candidates if taken.isdisjoint(range(one.start, one.end))]
    return sorted([*rest, *towns], key=lambda one: one.start)
