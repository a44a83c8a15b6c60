"""Across articles: chains become entities, with scores, reasons and what people decided.

`resolve(annotated, judgements) -> Resolution`, or `resolving(...)` for collections that are too
large to be held; `suggestions(links)` for the pairs a person should look at.
"""

from kg.resolve.resolution import Resolution, Resolving, resolve, resolving, suggestions

__all__ = ["Resolution", "Resolving", "resolve", "resolving", "suggestions"]
