"""Which statement stands inside which: "Alushkin wrote that Alexeev has rejected the reports"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.statements.frames import Frame

_INSIDE = 0.8
"""Share of the inner content that has to lie in the outer one: taggers cut contents short."""


def find_parents(frames: Sequence[Frame]) -> list[int | None]:
    """For each frame the index of the smallest one whose content holds its cue and content.

    A parent has more content words than its child, so that there is no cycle.
    """
    contents = [frozenset(frame.content) for frame in frames]
    return [_parent(frames, contents, index) for index in range(len(frames))]


def _parent(frames: Sequence[Frame], contents: Sequence[frozenset[int]], index: int) -> int | None:
    child = frames[index]
    if not child.cue:
        return None
    holders = [
        other
        for other, content in enumerate(contents)
        if len(content) > len(contents[index])
        and child.cue[0] in content
        and child.cue[-1] in content
        and len(content & contents[index]) >= _INSIDE * len(contents[index])
    ]
    return min(holders, key=lambda other: (len(contents[other]), other), default=None)
