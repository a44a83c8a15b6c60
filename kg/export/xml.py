"""Text that is safe inside XML 1.0."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r'[&<>"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",  # would become a space inside an attribute
    "\t": "&#9;",
    "\r": "&#13;",
}


def xml_text(value: str | float) -> str:
    """The value for an element or an attribute; characters that XML 1.0 forbids are left out."""
    text = str(value)
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text or '"' in text):
        return text
    return _UNSAFE.sub(_replace, text)


def _replace(found: re.Match[str]) -> str:
    char = found.group()
    if "\x7f" <= char <= "\x9f":
        return char  # allowed, though discouraged
    return _ESCAPES.get(char, "")
