"""The trained tagger in numpy: weights in, scores of tokens and of cue windows out.

Weights are plain arrays (no pickle), checked against a pinned SHA-256 before anything is read. The
network is the one of `benchmarks/attribution_model.py`, which trains it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from kg.annotate.statements.learned_features import Floats, Ints, TokenFeatures
from kg.annotate.statements.learned_pairs import PairFeatures
from kg.errors import ModelError

ONE_THREAD = 1 << 18
"""Multiplications in a product of matrices up to which OpenBLAS stays on one thread."""
_PAIR_TABLES = (("climbs", "distances"), ("sentences", "quotations"), ("ups", "downs"))
"""Two by two: their rows are added once, when the weights are loaded, and looked up together."""


@dataclass(frozen=True, slots=True)
class RoleScores:
    """What the tagger thinks of the windows of some cues; all are logits."""

    roles: Floats
    """(pairs, 3): source, cue, content."""
    valid: Floats
    """(cues,): is this the cue of an attribution at all, seen with its window."""


def read_weights(path: Path, sha256: str) -> tuple[dict[str, Floats], dict[str, Any]]:
    """The arrays of a weights file in single precision, and its header.

    Raises ModelError if the file is missing or its digest is not `sha256`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: the weights of the attribution tagger are missing; reinstall the package"
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ModelError(
            f"{path}: SHA-256 is {found}; expected {sha256}; reinstall the package, "
            "or train again with benchmarks/train_attribution.py"
        )
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        header = json.loads(bytes(arrays["header"]).decode("utf-8"))
        weights = {
            name: arrays[name].astype(np.float32) for name in arrays.files if name != "header"
        }
    return weights, header


def times(x: Floats, weight: Floats) -> Floats:
    """x times the transposed weights, a few rows at a time.

    A larger product starts a thread a core, which costs more processor time than it takes; the
    portable kernels that spaCy uses stay on one thread but are two to three times as slow.
    """
    turned = np.ascontiguousarray(weight.T)
    found = np.empty((len(x), turned.shape[1]), dtype=np.float32)
    step = max(1, ONE_THREAD // max(1, turned.size))
    for first in range(0, len(x), step):
        np.matmul(x[first : first + step], turned, out=found[first : first + step])
    return found


class Network:
    """The forward pass. Safe to share between threads: nothing is kept between calls."""

    def __init__(self, weights: dict[str, Floats], vectors: Floats) -> None:
        """`vectors` is the vector table of the vocabulary, (rows, 300)."""
        self._w = weights
        words = vectors.astype(np.float32) @ weights["vector.weight"].T
        self._words = np.concatenate([np.zeros((1, words.shape[1]), np.float32), words])
        self._pairs = [self._summed(*names) for names in _PAIR_TABLES]
        self._n_layers = sum(name.startswith("layers.") for name in weights) // 2

    def _summed(self, first: str, second: str) -> Floats:
        """(rows of the first, rows of the second, width): the sum of any two of their rows."""
        left, right = (self._w[f"pair_tables.{name}.weight"] for name in (first, second))
        return np.asarray(left[:, None, :] + right[None, :, :])

    def encode(self, features: TokenFeatures) -> Floats:
        """(tokens, width): each token in its context."""
        w, heads = self._w, features.heads
        words = self._words[features.vectors] + w["lemma.weight"][features.lemmas]
        words += w["tag.weight"][features.tags]
        words += w["dep.weight"][features.deps]
        width = words.shape[1] // 2
        x = words[:, :width] + words[heads, width:]
        x += times(features.tensor, w["tensor.weight"]) + w["tensor.bias"]
        x += times(features.flags, w["flag.weight"])
        x += w["entity.weight"][features.entities]
        x += self._children(features, len(x))
        np.maximum(x, 0, out=x)
        for layer in range(self._n_layers):
            wide = np.concatenate([*_neighbours(x), x[heads]], axis=1)
            x += self._relu(f"layers.{layer}", wide)
        return x

    def _children(self, features: TokenFeatures, n_tokens: int) -> Floats:
        """Sum over the labels of each token's children."""
        table = self._w["child.weight"]
        counts = np.zeros((n_tokens, len(table)), dtype=np.float32)
        np.add.at(counts, (features.children[:, 0], features.children[:, 1]), 1)
        return times(counts, table.T)

    def _relu(self, name: str, x: Floats) -> Floats:
        found = self._linear(name, x)
        return np.maximum(found, 0, out=found)

    def _linear(self, name: str, x: Floats) -> Floats:
        found = times(x, self._w[f"{name}.weight"])
        found += self._w[f"{name}.bias"]
        return found

    def cue_scores(self, x: Floats) -> Floats:
        """(tokens,): logit of being the head of a cue."""
        return self._linear("cue_out", self._relu("cue_hidden", x))[:, 0]

    def role_scores(self, x: Floats, cues: Ints, pairs: PairFeatures) -> RoleScores:
        """Scores of the windows of the cues; both empty where there is no cue."""
        if not len(cues):
            return RoleScores(np.zeros((0, 3), np.float32), np.zeros(0, np.float32))
        z = self._linear("pair_token", x)[pairs.tokens]
        z += self._linear("pair_cue", x[cues])[pairs.cues]
        for (first, second), table in zip(_PAIR_TABLES, self._pairs, strict=True):
            z += table[getattr(pairs, first), getattr(pairs, second)]
        np.maximum(z, 0, out=z)
        starts = np.flatnonzero(np.diff(pairs.cues, prepend=-1))
        z += self._relu("pair_layer", np.concatenate(_neighbours(z, starts), axis=1))
        top = np.maximum.reduceat(z, starts, axis=0)
        return RoleScores(self._linear("pair_out", z), self._linear("valid_out", top)[:, 0])


def _neighbours(x: Floats, starts: Ints | None = None) -> list[Floats]:
    """The row before, the row, the row after; zeros across the starts of sequences."""
    left, right = np.zeros_like(x), np.zeros_like(x)
    left[1:], right[:-1] = x[:-1], x[1:]
    if starts is not None:
        left[starts] = 0
        right[starts[1:] - 1] = 0
    return [left, x, right]
