"""How inputs are to be read."""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = ("auto", "text", "html", "warc", "pdf", "jsonl", "csv", "rss", "url")
"""Values of `ReadOptions.format`; everything but `auto` overrides the suffix of the file."""
FIELD_OPTIONS = ("text_field", "title_field", "date_field", "url_field")
"""The options that name fields of JSONL and columns of CSV."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Everything a reader may be told. Raises ValueError for an unknown format."""

    format: str = "auto"
    recursive: bool = False
    """Read the subfolders of a folder too."""
    encoding: str | None = None
    """Of all text inputs; None reads UTF-8 and guesses, with a warning, where that fails."""
    text_field: str | None = None
    """Field of JSONL or column of CSV; None tries the usual names (`text`, `body` ...)."""
    title_field: str | None = None
    date_field: str | None = None
    url_field: str | None = None
    limit: int | None = None
    """At most this many articles, None for all."""
    language: str | None = "en"
    """Articles in another language are skipped; None reads all."""
    max_chars: int = 1_000_000
    """Longer articles are skipped with their reason."""
    max_bytes: int = 256_000_000
    """Of one file after decompression, where it is read as a whole; a bomb stops here."""

    max_read_seconds: float = 60.0
    """For one article to be read; feeds and archives are read no further, other inputs are."""

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise ValueError(f"format is '{self.format}'; expected one of {', '.join(FORMATS)}")
