"""From statements of many articles to links between their claims, and groups of copied articles.

`find_copies(articles) -> tuple[CopyGroup, ...]`, `copy_of(groups)` for article id to its
representative, `match(annotated, entity_of, copies) -> tuple[ClaimLink, ...]`.
"""

from kg.match.claims import match
from kg.match.copies import CopyGroup, copy_of, find_copies

__all__ = ["CopyGroup", "copy_of", "find_copies", "match"]
