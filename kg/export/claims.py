"""The claims of each statement, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Annotation, Claim

MIXED = "mixed"
"""Polarity or certainty of a statement whose claims differ in it."""


def claims_of(annotation: Annotation) -> dict[str, list[Claim]]:
    """Statement id to its claims, in text order; a statement without claims is left out."""
    found: dict[str, list[Claim]] = {}
    for claim in annotation.claims:
        found.setdefault(claim.statement, []).append(claim)
    return found


def shared(values: Iterable[str]) -> str | None:
    """The value that all have, `mixed` where they differ, None where there is none."""
    found = {str(value) for value in values}
    if len(found) > 1:
        return MIXED
    return found.pop() if found else None


def factuality(claims: Iterable[Claim]) -> dict[str, str]:
    """Polarity and certainty that the claims of a statement share; empty if there are none."""
    held = list(claims)
    polarity = shared(claim.polarity for claim in held)
    certainty = shared(claim.certainty for claim in held)
    if polarity is None or certainty is None:
        return {}
    return {"polarity": polarity, "certainty": certainty}
