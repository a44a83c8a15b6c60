"""Which statement stands inside which: "Alushkin wrote that Alexeev has rejected the reports"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.annotate.statements.frames import Frame

_INSIDE = 0.8
"""Share of the inner content that has to lie in the outer one: taggers cut contents short."""


def find_parents(frames: Sequence[Frame]) -> list[int | None]:
    """For each frame the index of the smallest one whose content holds its cue and content.

    A parent has more content words than its child, so that there is no cycle.
    """
    contents = [frozenset(frame.content) for frame in frames]
    holders: dict[int, list[int]] = defaultdict(list)
    for number, content in enumerate(contents):
        for token in content:
            holders[token].append(number)
    return [_parent(frames, contents, holders, index) for index in range(len(frames))]


def _parent(
    frames: Sequence[Frame],
    contents: Sequence[frozenset[int]],
    by_token: Mapping[int, Sequence[int]],
    index: int,
) -> int | None:
    child = frames[index]
    if not child.cue:
        return None
    holders = [
        other
        for other in by_token.get(child.cue[0], ())
        if len(contents[other]) > len(contents[index])
        and child.cue[-1] in contents[other]
        and len(contents[other] & contents[index]) >= _INSIDE * len(contents[index])
    ]
    return min(holders, key=lambda other: (len(contents[other]), other), default=None)
