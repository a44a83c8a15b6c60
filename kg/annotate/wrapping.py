"""Text that was broken into lines of equal length reads as paragraphs again, offsets unchanged."""

from __future__ import annotations

import re

MAX_WIDTH = 110
"""Code points: longer lines are paragraphs of their own and not lines of a wrapped one."""

MIN_WRAPPED_LINES = 4
"""So many lines must end for want of room before any break is taken for a mere wrap."""

_BREAK = re.compile(r"\r?\n(?=[^\s])")


def unwrap(text: str) -> str:
    """The text with the line breaks inside wrapped paragraphs as spaces; the same length.

    A line ends for want of room if the next word would have made it longer than the longest line.
    Headlines, lists and paragraphs that are one line each stay as they are.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    width = max(map(len, lines))
    if width > MAX_WIDTH or len(lines) < MIN_WRAPPED_LINES:
        return text
    breaks = [found for found in _BREAK.finditer(text) if _lacks_room(text, found, width)]
    if len(breaks) < MIN_WRAPPED_LINES:
        return text
    pieces, position = [], 0
    for found in breaks:
        pieces += [text[position : found.start()], " " * len(found[0])]
        position = found.end()
    return "".join([*pieces, text[position:]])


def _lacks_room(text: str, found: re.Match[str], width: int) -> bool:
    line = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    word = re.compile(r"\S+").match(text, found.end())
    return line > 0 and word is not None and line + 1 + len(word[0]) > width
