"""How likely an attribution is right, fitted on articles that no rule or weight was made from.

The numbers are those of `models/confidence.json`, written by `benchmarks/cross_validate.py`: two
logistic regressions, one over what the tagger saw, one over what rules and tagger say together.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FITTED = Path(__file__).parent / "models" / "confidence.json"
INTERCEPT = "intercept"


@dataclass(frozen=True, slots=True)
class Confidence:
    """The fitted numbers; every result is in [0, 1]."""

    evidence: tuple[float, ...]
    """Weight of each number in `learned_decoding.EVIDENCE_NAMES`; the last is the intercept."""
    agreement: Mapping[str, float]
    """Weight of each feature of `combine`; features that are not here weigh nothing."""
    min_confidence: float
    """What is right less often is left out; chosen for the best F1."""

    def of_reading(self, evidence: Sequence[float]) -> float:
        """Of a finding of the tagger, were there no rules."""
        *weights, intercept = self.evidence
        return logistic(sum(w * x for w, x in zip(weights, evidence, strict=True)) + intercept)

    def of_features(self, features: Mapping[str, float]) -> float:
        """Of a finding described by what rules and tagger say of it."""
        known = self.agreement
        total = sum(known.get(name, 0.0) * value for name, value in features.items())
        return logistic(total + known[INTERCEPT])


def logistic(x: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-min(max(x, -30.0), 30.0)))


def logit(p: float) -> float:
    """The inverse of `logistic`, for p limited to [0.001, 0.999]."""
    limited = min(max(p, 0.001), 0.999)
    return math.log(limited / (1 - limited))


@cache
def load_confidence(path: Path = FITTED) -> Confidence:
    """The packaged numbers, read once."""
    numbers = json.loads(path.read_text(encoding="utf-8"))
    return Confidence(
        tuple(numbers["evidence"]), numbers["agreement"], float(numbers["min_confidence"])
    )
