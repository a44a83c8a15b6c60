"""From files, folders and streams to articles.

    read_articles(inputs, options, *, is_known=None) -> Iterator[Article | Failure | Unchanged]
    read_files(inputs, options, *, is_known=None, options_for=None) -> Iterator[Found]
                                                # the same, with file and options of each

`Failure` (kg.model) covers warnings, skipped inputs and failed ones; `Unchanged` comes only where
the caller passes `is_known`. UsageError for an input that does not exist comes at once.
"""

from kg.read.articles import Found, IsKnown, Unchanged, read_articles, read_files
from kg.read.options import FIELD_OPTIONS, FORMATS, ReadOptions

__all__ = [
    "FIELD_OPTIONS",
    "FORMATS",
    "Found",
    "IsKnown",
    "ReadOptions",
    "Unchanged",
    "read_articles",
    "read_files",
]
