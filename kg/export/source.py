"""How the place an article was read from is shown: alike on every machine."""

from __future__ import annotations


def file_name(source: str) -> str:
    """The last part of a path; a URL as it is."""
    if "://" in source:
        return source
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2]
