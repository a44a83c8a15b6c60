"""Attributions found by the trained tagger: what `find_candidates` returns goes to `combine`.

A small network over spaCy's output scores each token as the head of a cue; then, from each likely
cue, the tokens around it as source, cue or content. Figures, data and limits: `models/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.annotate.draft import Candidate
from kg.annotate.statements.confidence import Confidence, load_confidence
from kg.annotate.statements.learned_decoding import Reading, Runs, cue_tokens, read_window
from kg.annotate.statements.learned_features import (
    Inventory,
    TokenFeatures,
    token_features,
)
from kg.annotate.statements.learned_network import Network, read_weights
from kg.annotate.statements.learned_overlaps import settle
from kg.annotate.statements.learned_pairs import pair_features
from kg.annotate.statements.learned_parts import Part, parts_of
from kg.errors import ModelError
from kg.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

RULE = "learned"
WEIGHTS = Path(__file__).parent / "models" / "attribution.npz"
WEIGHTS_SHA256 = "c1813e3ef63ac98188cebbfa7c73ae100174ce3df5a5910fdaf11084ecb4786a"
_ASIDES = frozenset(("appos", "relcl", "acl"))
N_TENSOR = 96
N_VECTOR = 300
MIN_CUE_LOGIT = -1.5
"""Tokens less likely to be a cue are not looked at."""
BATCH_CUES = 1_024
"""Cues whose windows are scored together; hardly an article has more."""
MIN_SCORE = 0.04
"""Readings that are right less often have nothing to add to a rule's finding either."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """The weights, ready to run; load once, share freely."""

    network: Network
    inventory: Inventory
    confidence: Confidence

    @classmethod
    def load(cls, vocab: Vocab, *, path: Path = WEIGHTS, sha256: str = WEIGHTS_SHA256) -> Tagger:
        """The packaged tagger over the vectors of a vocabulary.

        Raises ModelError if the file is missing or changed, or the vectors are of another width.
        """
        weights, header = read_weights(path, sha256)
        vectors = vocab.vectors.data
        if vectors.shape[1] != N_VECTOR:
            raise ModelError(
                f"the attribution tagger needs word vectors of {N_VECTOR} numbers "
                f"(en_core_web_md); the pipeline has {vectors.shape[1]}"
            )
        inventory = Inventory.from_json(header["inventory"])
        return cls(Network(weights, vectors), inventory, load_confidence())

    def readings(self, doc: Doc, *, min_cue_logit: float = MIN_CUE_LOGIT) -> list[Reading]:
        """What the tagger reads from each likely cue, in text order of the cues."""
        if not len(doc):
            return []
        features = token_features(doc, self.inventory)
        return [
            reading
            for part in parts_of(features)
            for reading in self._readings_in(features, part, min_cue_logit)
        ]

    def _readings_in(
        self, features: TokenFeatures, part: Part, min_cue_logit: float
    ) -> Iterator[Reading]:
        rows = part.of(features)
        encoded = self.network.encode(rows)
        logits = self.network.cue_scores(encoded)
        likely = cue_tokens(logits, min_cue_logit)
        likely = likely[(likely >= part.first - part.start) & (likely < part.last - part.start)]
        for at in range(0, len(likely), BATCH_CUES):
            cues = likely[at : at + BATCH_CUES]
            pairs = pair_features(rows, cues)
            scores = self.network.role_scores(encoded, cues, pairs)
            starts = np.flatnonzero(np.diff(pairs.cues, prepend=-1))
            for cue, first, roles, *both in zip(
                (cues + part.start).tolist(),
                (pairs.tokens[starts] + part.start).tolist(),
                np.split(scores.roles, starts[1:]),
                logits[cues].tolist(),
                scores.valid.tolist(),
                strict=True,
            ):
                reading = read_window(features, cue, first, roles, logits=(both[0], both[1]))
                if reading is not None:
                    yield reading

    def score(self, reading: Reading) -> float:
        """In [0, 1]: how likely source, cue and content are all right, were there no rules."""
        return self.confidence.of_reading(reading.evidence)

    def find_candidates(self, doc: Doc) -> list[Candidate]:
        """One candidate for each likely cue, unlikely ones too; `combine` chooses."""
        return self.candidates_of(doc, self.readings(doc))

    def candidates_of(self, doc: Doc, readings: Sequence[Reading]) -> list[Candidate]:
        """The readings that are worth looking at, each word claimed by one of them."""
        scored = [(self.score(reading), reading) for reading in readings]
        likely = [(score, reading) for score, reading in scored if score >= MIN_SCORE]
        return [_candidate(doc, reading, score) for score, reading in settle(likely)]


def _candidate(doc: Doc, reading: Reading, score: float) -> Candidate:
    source = reading.source
    return Candidate(
        source=None if source is None else _span(doc, _bare_source(doc, source)),
        cue=(_span(doc, reading.cue),),
        content=tuple(_span(doc, run) for run in _without_that(doc, reading)),
        rule=RULE,
        score=round(score, 4),
        cue_head=reading.cue_head,
    )


def _bare_source(doc: Doc, source: tuple[int, int]) -> tuple[int, int]:
    """The source without the apposition or clause after its head: PolNeAR keeps it, we do not."""
    start, end = source
    root = doc[start:end].root
    for child in root.rights:
        comma = doc[child.left_edge.i - 1]
        if child.dep_ in _ASIDES and start < comma.i < end and comma.text == ",":
            return start, comma.i
    return source


def _without_that(doc: Doc, reading: Reading) -> Runs:
    """The content without a conjunction "that" in front, where something is left."""
    (start, end), *rest = reading.content
    skipped = doc[start].lower_ == "that" and doc[start].dep_ == "mark" and end - start > 1
    return [(start + skipped, end), *rest]


def _span(doc: Doc, run: tuple[int, int]) -> Span:
    """The characters of a run of tokens, without white space at its ends."""
    start, end = run
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


@lru_cache(maxsize=4)  # a key keeps its vocabulary, of 220 MB
def _packaged(vocab: Vocab) -> Tagger:
    return Tagger.load(vocab)


def is_usable(doc: Doc) -> bool:
    """True if the Doc carries what the tagger was trained on: md vectors and a contextual output.

    Docs of small models, and Docs stored without their tensor, do not; rules can read those.
    """
    return bool(doc.tensor.shape == (len(doc), N_TENSOR) and doc.vocab.vectors.shape[1] == N_VECTOR)


def find_candidates(doc: Doc) -> list[Candidate]:
    """Candidates of the packaged tagger, text order of their cues; weights are loaded once.

    The Doc must come from the pinned md pipeline: see `is_usable`.
    """
    return _packaged(doc.vocab).find_candidates(doc)
