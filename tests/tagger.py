"""A tagger with small made-up weights, for tests that need shapes and rules, not quality."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from kg.annotate.statements.learned_decoding import EVIDENCE_NAMES, Reading
from kg.annotate.statements.learned_features import N_FLAGS, Inventory
from kg.annotate.statements.learned_pairs import (
    N_CLIMBS,
    N_DISTANCES,
    N_QUOTATIONS,
    N_SENTENCES,
)

N_TENSOR, N_VECTOR, WIDTH, PAIR, CUE = 96, 4, 8, 6, 5
INVENTORY = Inventory(
    tags=("NN", "NNP", "PRP", "VBD"),
    deps=("ROOT", "ccomp", "nsubj", "punct"),
    entities=("ORG", "PERSON"),
    lemmas=("fall", "say"),
)


def small_weights(seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights of the right shapes; the same for the same seed."""
    draw = np.random.default_rng(seed)
    n_deps = len(INVENTORY.deps)
    shapes = {
        "vector.weight": (2 * WIDTH, N_VECTOR),
        "tensor.weight": (WIDTH, N_TENSOR),
        "tensor.bias": (WIDTH,),
        "flag.weight": (WIDTH, N_FLAGS),
        "tag.weight": (len(INVENTORY.tags) + 1, 2 * WIDTH),
        "dep.weight": (n_deps + 1, 2 * WIDTH),
        "entity.weight": (len(INVENTORY.entities) + 1, WIDTH),
        "lemma.weight": (len(INVENTORY.lemmas) + 1, 2 * WIDTH),
        "child.weight": (n_deps + 1, WIDTH),
        "layers.0.weight": (WIDTH, 4 * WIDTH),
        "layers.0.bias": (WIDTH,),
        "cue_hidden.weight": (CUE, WIDTH),
        "cue_hidden.bias": (CUE,),
        "cue_out.weight": (1, CUE),
        "cue_out.bias": (1,),
        "pair_token.weight": (PAIR, WIDTH),
        "pair_token.bias": (PAIR,),
        "pair_cue.weight": (PAIR, WIDTH),
        "pair_cue.bias": (PAIR,),
        "pair_layer.weight": (PAIR, 3 * PAIR),
        "pair_layer.bias": (PAIR,),
        "pair_out.weight": (3, PAIR),
        "pair_out.bias": (3,),
        "valid_out.weight": (1, PAIR),
        "valid_out.bias": (1,),
        "pair_tables.climbs.weight": (N_CLIMBS, PAIR),
        "pair_tables.ups.weight": (n_deps + 1, PAIR),
        "pair_tables.downs.weight": (n_deps + 2, PAIR),
        "pair_tables.distances.weight": (N_DISTANCES, PAIR),
        "pair_tables.sentences.weight": (N_SENTENCES, PAIR),
        "pair_tables.quotations.weight": (N_QUOTATIONS, PAIR),
    }
    return {n: draw.normal(0, 0.3, s).astype(np.float32) for n, s in shapes.items()}


def with_tensor(doc: Doc) -> Doc:
    """The Doc with a contextual output and word vectors, as the pipeline leaves them."""
    draw = np.random.default_rng(1)
    doc.tensor = draw.normal(0, 1, (len(doc), N_TENSOR)).astype(np.float32)
    doc.vocab.set_vector("said", np.ones(N_VECTOR, dtype=np.float32))
    return doc


def reading(
    cue: int, *content: tuple[int, int], source: tuple[int, int] | None = None, logit: float = 2.0
) -> Reading:
    """A reading whose window begins at token 0 and gives `logit` to all of its content."""
    logits = np.full(max(end for _, end in content) + 1, -3.0, dtype=np.float32)
    for start, end in content:
        logits[start:end] = logit
    evidence = (0.0,) * len(EVIDENCE_NAMES)
    return Reading(cue, source, (cue, cue + 1), list(content), evidence, 0, logits)
