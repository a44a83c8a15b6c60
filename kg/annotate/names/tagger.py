"""A small convolutional tagger of names over what spaCy found: where they are and of which type.

Two thirds of what spaCy loses are types: it was made from American news of before 2013. The tagger
sees spaCy's entities, word vectors, spelling and the labels of the same word in the whole article,
and was trained on other text (see tagger.md). Weights: tagger.npz, made by benchmarks/train_names.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import NumpyOps

from kg.annotate.names.features import VECTOR_DIMS, Features, extract
from kg.errors import ModelError
from kg.vocabulary import EntityType

WEIGHTS = Path(__file__).with_name("tagger.npz")
SHA256 = "673dfc919c27319277f2acd4ee51b15cc04b71771575532af4445ea8f776058c"

TYPES = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.OTHER)
"""Order of the types in all scores. Labels: 0 outside, 1 + 2 i begins a name of type i, 2 + 2 i
goes on with it."""

# spaCy's own multiplication: one thread. That of numpy starts one for each core, which costs more
# than it saves on matrices of this size, and eight times as much beside other work.
_OPS = NumpyOps()

Weights = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of tokens (half-open) that is a name, with the likelihood of each of TYPES."""

    start: int
    end: int
    scores: tuple[float, ...]


@cache
def load_weights() -> Weights:
    """The arrays of the tagger. Raises ModelError if the file is not the one that was pinned."""
    content = WEIGHTS.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise ModelError(
            f"{WEIGHTS}: SHA-256 is {found}; expected {SHA256}. Install the package again"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def tag(doc: Doc) -> list[Tagged]:
    """The names of a parsed article as the tagger sees them, in text order, without overlap."""
    if not len(doc):
        return []
    features = extract(doc)
    likelihoods = _likelihoods(doc, features, load_weights())
    likelihoods[features.spaces] = 0
    likelihoods[features.spaces, 0] = 1
    return _decode(likelihoods)


def _likelihoods(doc: Doc, features: Features, weights: Weights) -> NDArray[np.float32]:
    """[tokens, 9]: how likely each label is."""
    tables = [weights[f"table{i}"][features.classes[:, i]] for i in range(5)]
    hidden = np.concatenate([*tables, _vectors(doc, features, weights), features.flags], axis=1)
    hidden = _convolve(hidden, weights, "0")
    for layer in ("1", "2"):
        hidden = hidden + _convolve(hidden, weights, layer)
    logits = _OPS.gemm(hidden, weights["out"]) + weights["out_bias"]
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _vectors(doc: Doc, features: Features, weights: Weights) -> NDArray[np.float32]:
    """[tokens, n]: the word vectors, projected; the bias alone where a word has none."""
    table = doc.vocab.vectors.data
    known, which = np.unique(features.rows, return_inverse=True)
    projected = np.tile(weights["vector_bias"], (len(known), 1))
    if table.shape[1] == VECTOR_DIMS:
        has = known >= 0
        projected[has] += _OPS.gemm(table[known[has]], weights["vector"])
    return np.asarray(projected[which])


def _convolve(hidden: NDArray[np.float32], weights: Weights, layer: str) -> NDArray[np.float32]:
    """A convolution over neighbouring tokens, [tokens, in] to [tokens, out], and a rectifier."""
    kernel = weights[f"kernel{layer}"]  # [width, in, out]
    reach = len(kernel) // 2
    padded = np.pad(hidden, ((reach, reach), (0, 0)))
    total = weights[f"kernel{layer}_bias"] + _OPS.gemm(padded[: len(hidden)], kernel[0])
    for offset in range(1, len(kernel)):
        total += _OPS.gemm(padded[offset : offset + len(hidden)], kernel[offset])
    return np.asarray(np.maximum(total, 0))


def _decode(likelihoods: NDArray[np.float32]) -> list[Tagged]:
    """Names from labels: one goes on while tokens go on, whatever the type; the type is a score."""
    labels = likelihoods.argmax(axis=1).tolist()
    starts = [
        i for i, label in enumerate(labels) if label and (label % 2 or not i or not labels[i - 1])
    ]
    scores = likelihoods[:, 1::2] + likelihoods[:, 2::2]
    found = []
    for start in starts:
        end = start + 1
        while end < len(labels) and labels[end] and labels[end] % 2 == 0:
            end += 1
        found.append(Tagged(start, end, tuple(scores[start:end].mean(axis=0).tolist())))
    return found
