"""The choice of an antecedent: scores of phrases become shares of the clusters they are in."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from kg.annotate.chains.features import Candidate
from kg.annotate.chains.phrases import Phrase

PRONOUNS = "pronouns"
DESCRIPTIONS = "descriptions"

Scorer = Callable[[str, Phrase, Sequence[Candidate], list[list[float]]], Sequence[float]]
"""By name of the weights: log odds for the rows of the candidates and, last, of "none"."""


def choose(
    candidates: Sequence[Candidate], scores: Sequence[float], min_odds: float
) -> tuple[Candidate, float] | None:
    """The best candidate of the likeliest cluster, and the cluster's probability in [0, 1].

    None if the odds of the cluster against "none", whose score is the last, are below `min_odds`.
    """
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = math.fsum(weights)
    shares: dict[int, float] = {}
    for candidate, weight in zip(candidates, weights, strict=False):
        shares[id(candidate.cluster)] = shares.get(id(candidate.cluster), 0.0) + weight / total
    # The first of equals is the nearest: candidates come last first.
    best = max(candidates, key=lambda candidate: shares[id(candidate.cluster)])
    share = shares[id(best.cluster)]
    return None if share < min_odds * weights[-1] / total else (best, share)
