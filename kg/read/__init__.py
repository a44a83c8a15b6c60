"""From files, folders and streams to articles.

    read_articles(inputs, options, *, is_known=None) -> Iterator[Article | Failure | Unchanged]

`Failure` (kg.model) covers warnings, skipped inputs and failed ones; `Unchanged` comes only where
the caller passes `is_known`. UsageError for an input that does not exist comes at once.
"""

from kg.read.articles import IsKnown, Unchanged, read_articles
from kg.read.options import FORMATS, ReadOptions

__all__ = ["FORMATS", "IsKnown", "ReadOptions", "Unchanged", "read_articles"]
