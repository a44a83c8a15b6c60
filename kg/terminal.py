"""What an article or a file may put on a terminal."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Categories of Unicode: what steers a terminal, turns a line's direction, or shows nothing."""


def printable(text: str) -> str:
    """One line of text for a person, without control and direction characters."""
    return "".join(" " if char.isspace() else char for char in text if _is_shown(char))


def _is_shown(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in _HIDDEN
