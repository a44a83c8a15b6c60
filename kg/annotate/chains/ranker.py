"""The trained ranker of antecedents: plain numbers, checked against their digest when loaded.

One hidden layer over the features of a phrase and one before it; trained by
`benchmarks/train_coreference.py`, described in `ranker.md` beside the weights.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from kg.annotate.chains.choosing import DESCRIPTIONS, PRONOUNS
from kg.annotate.chains.descriptions import DESCRIPTION_FEATURES
from kg.annotate.chains.features import FEATURES
from kg.errors import ModelError

FEATURES_OF = {PRONOUNS: FEATURES, DESCRIPTIONS: DESCRIPTION_FEATURES}
SHA256 = {
    PRONOUNS: "b2e9996bcb4d6c36544c962734ab4408d2a986979fe1432866f16e2dcbb33222",
    DESCRIPTIONS: "a633faa5769b0e888fb7a78eaa0ed0734212539c75aeaf977dfaa09febedfddd",
}
"""Digests of the weights; training prints the new ones."""

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
def trained_ranker(name: str) -> Ranker:
    """The weights that ship with kg. Raises ModelError if they are not the ones pinned here."""
    data = files("kg.annotate.chains").joinpath(f"{name}.npz").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256[name]:
        raise ModelError(
            f"kg/annotate/chains/{name}.npz: digest is {digest[:12]}, "
            f"expected {SHA256[name][:12]}; reinstall kg"
        )
    return read(data, FEATURES_OF[name])


def score(name: str, rows: list[list[float]]) -> list[float]:
    """Log odds of the rows, up to a constant, by the weights of that name."""
    found: list[float] = trained_ranker(name).scores(rows).tolist()
    return found


def read(data: bytes, features: Sequence[str]) -> Ranker:
    """The weights in an .npz file. Raises ModelError if they are for other features."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        if tuple(arrays["features"].tolist()) != tuple(features):
            raise ModelError("the weights were trained on other features; train them again")
        return Ranker(
            *(
                arrays[name].astype(np.float64)
                for name in ("mean", "scale", "hidden", "hidden_bias", "output", "direct")
            )
        )
