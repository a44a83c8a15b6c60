"""Across articles: chains become entities, with scores, reasons and what people decided.

`resolve(annotated, judgements) -> Resolution`; `redirects(old_entities, resolution)`;
`suggestions(resolution)` for the pairs a person should look at.
"""

from kg.resolve.resolution import Resolution, redirects, resolve, suggestions

__all__ = ["Resolution", "redirects", "resolve", "suggestions"]
