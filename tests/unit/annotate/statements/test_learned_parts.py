from functools import partial

import numpy as np
import pytest

from kg.annotate.statements import learned
from kg.annotate.statements.confidence import Confidence
from kg.annotate.statements.learned_decoding import EVIDENCE_NAMES
from kg.annotate.statements.learned_features import token_features
from kg.annotate.statements.learned_network import Network
from kg.annotate.statements.learned_parts import Part, parts_of
from tests.parsed import parsed
from tests.tagger import INVENTORY, small_weights, with_tensor

ROWS = """
    Marsh  PROPN nsubj said
    said   VERB  ROOT  said  say
    prices NOUN  nsubj fell price
    fell   VERB  ccomp said  fall
"""
LONG = ROWS * 60


def test_a_short_article_is_one_part_as_it_is():
    features = token_features(with_tensor(parsed(ROWS)), INVENTORY)
    [part] = parts_of(features)
    assert part == Part(0, 0, 4, 4)
    assert part.of(features) is features


def test_every_token_is_a_cue_of_one_part():
    features = token_features(with_tensor(parsed(LONG)), INVENTORY)
    parts = list(parts_of(features, 10))
    assert len(parts) == 20
    assert [part.first for part in parts[1:]] == [part.last for part in parts[:-1]]
    assert (parts[0].first, parts[-1].last) == (0, 240)


@pytest.mark.parametrize("part_tokens", [1, 10, 100])
def test_parts_read_what_the_whole_article_reads(monkeypatch, part_tokens):
    doc = with_tensor(parsed(LONG))
    sure = Confidence((0.0,) * len(EVIDENCE_NAMES) + (1.0,), {"intercept": 0.0}, 0.5)
    network = Network(small_weights(), doc.vocab.vectors.data)
    tagger = learned.Tagger(network, INVENTORY, sure)
    whole = tagger.readings(doc)
    monkeypatch.setattr(learned, "parts_of", partial(parts_of, part_tokens=part_tokens))
    monkeypatch.setattr(learned, "BATCH_CUES", 7)
    parts = tagger.readings(doc)
    assert whole
    assert [each.cue_head for each in parts] == [each.cue_head for each in whole]
    assert [(each.source, each.content) for each in parts] == [
        (each.source, each.content) for each in whole
    ]
    scores = [np.array([each.evidence for each in found]) for found in (parts, whole)]
    np.testing.assert_allclose(*scores, atol=1e-5)
