"""Which of the formats on offer a client takes: the header Accept of HTTP (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

RESULT_TYPES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of rows and truth values, the one to prefer first; to the formats of a query."""

TRIPLE_TYPES: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "text/plain": "nt",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
    "application/json": "jsonld",
}
"""The same for triples."""


def choose(accept: str, offers: Mapping[str, str]) -> str | None:
    """The offer that fits best, the first of equals; None if the client takes none of them.

    A client that says nothing takes everything. Of the ranges that fit an offer the closest one
    counts (`text/csv` before `text/*` before `*/*`); a quality that is no number counts as 0.
    """
    ranges = _ranges(accept)
    if not ranges:
        return next(iter(offers))
    best = max(offers, key=lambda offer: _quality(offer, ranges))  # max keeps the first
    return best if _quality(best, ranges) > 0 else None


def content_type(media_type: str) -> str:
    """The header Content-Type of an answer, which is in UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            found[name] = _quality_of(parameters)
    return found


def _quality_of(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _quality(offer: str, ranges: Mapping[str, float]) -> float:
    kind = offer.partition("/")[0]
    for name in (offer, f"{kind}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0
