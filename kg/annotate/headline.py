"""A headline in Title Case as the language model can read it: only names keep their capitals.

The model knows running text, and takes "Kolb Slams Rival's Plan" for one long name. Which words are
names is told by the text below: what stands there in small letters is none.
"""

from __future__ import annotations

import re

from kg.annotate.statements.cues import QUOTING

MAX_CHARS = 200
MIN_WORDS = 4
MIN_CAPITALISED = 0.75
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = re.compile(r"\b[a-z]+\b")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+|[A-Z][a-z]+(?= [A-Z])")
"""A capital inside a sentence, or before another one."""


def sentence_cased(text: str) -> str:
    """The text with its headline in small letters where no name stands; every offset stays."""
    end = text.find("\n")
    if not 0 < end <= MAX_CHARS:
        return text
    headline, body = text[:end], text[end:]
    found = list(_WORD.finditer(headline))
    capitals = sum(word[0][0].isupper() for word in found)
    if len(found) < MIN_WORDS or capitals < MIN_CAPITALISED * len(found) or headline.isupper():
        return text
    small, names = set(_SMALL.findall(body)), set(_NAME.findall(body))
    chars = list(headline)
    for word in found[1:]:
        if word[0].istitle() and word[0] not in names and _is_common(word[0].lower(), small):
            chars[word.start()] = chars[word.start()].lower()
    return "".join(chars) + body


def _is_common(word: str, small: set[str]) -> bool:
    """True for a word of the text below, or a verb of saying ("slams")."""
    return word in small or word.removesuffix("s") in QUOTING
