"""The trained ranker of antecedents: plain numbers, checked against their digest when loaded.

One hidden layer over the features of a pronoun and a phrase; trained by
`benchmarks/train_coreference.py`, described in `ranker.md` beside the weights.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from kg.annotate.chains.features import FEATURES
from kg.errors import ModelError

WEIGHTS = "ranker.npz"
SHA256 = "c932d22e2f2f8c0e1625e5f2d82d1341e4040ae458ac0e5f5a8c3b7977798ec9"
"""Digest of the weights; training prints the new one."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of one hidden layer."""

    mean: Matrix
    scale: Matrix
    hidden: Matrix
    """Shape (features, units)."""
    hidden_bias: Matrix
    output: Matrix
    """Shape (units,)."""
    direct: Matrix
    """Shape (features,): a linear path beside the hidden layer."""

    def scores(self, rows: list[list[float]]) -> Matrix:
        """Log odds of each row, up to a constant; higher is likelier."""
        inputs = (np.array(rows) - self.mean) * self.scale
        units = np.maximum(inputs @ self.hidden + self.hidden_bias, 0.0)
        found: Matrix = units @ self.output + inputs @ self.direct
        return found


@cache
def trained_ranker() -> Ranker:
    """The weights that ship with kg. Raises ModelError if they are not the ones pinned here."""
    data = files("kg.annotate.chains").joinpath(WEIGHTS).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        raise ModelError(
            f"kg/annotate/chains/{WEIGHTS}: digest is {digest[:12]}, expected {SHA256[:12]}; "
            "reinstall kg"
        )
    return read(data)


def read(data: bytes) -> Ranker:
    """The weights in an .npz file. Raises ModelError if they are for other features."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        if tuple(arrays["features"].tolist()) != FEATURES:
            raise ModelError(f"{WEIGHTS} was trained on other features; train it again")
        return Ranker(
            *(
                arrays[name].astype(np.float64)
                for name in ("mean", "scale", "hidden", "hidden_bias", "output", "direct")
            )
        )
