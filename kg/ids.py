"""Ids that come from content: a short SHA-256, never a counter or a random number."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SEPARATOR = "\x1f"
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_MAX_SLUG_CHARS = 48


def text_sha256(text: str) -> str:
    """The full SHA-256 of a text, 64 hexadecimal digits; lone surrogates are hashed as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def short_hash(*parts: object) -> str:
    """`h` and 16 hexadecimal digits over the parts in order.

    The letter in front lets Turtle abbreviate the IRI that ends in it.
    """
    return "h" + text_sha256(_SEPARATOR.join(str(part) for part in parts))[:16]


def article_id(text: str) -> str:
    """The id of an article: from its text alone, so the same text is the same article."""
    return "h" + text_sha256(text)[:16]


def slug(name: str) -> str:
    """A name in lower-case ASCII with hyphens: a letter first, at most 48 characters."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    words = _NOT_IN_SLUG.sub("-", ascii_name.lower()).strip("-")[:_MAX_SLUG_CHARS].strip("-")
    if not words:
        return "e"
    return words if words[0].isalpha() else f"e-{words}"


def entity_id(name: str, founding_chain: str) -> str:
    """The id of an entity: the name and the hash of the chain that founded it.

    The founding chain is the one of the earliest article (by date of publication, then by article
    id, then by place in the text), so newer articles leave the id as it is.
    """
    return f"{slug(name)}-{text_sha256(founding_chain)[:8]}"
