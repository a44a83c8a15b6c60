import hashlib

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.statements import learned
from kg.annotate.statements.confidence import Confidence
from kg.annotate.statements.learned_decoding import EVIDENCE_NAMES
from kg.annotate.statements.learned_network import Network
from kg.errors import ModelError
from tests.parsed import parsed
from tests.pipeline import pipeline
from tests.tagger import INVENTORY, small_weights, with_tensor

ROWS = """
    Marsh  PROPN nsubj said
    said   VERB  ROOT  said  say
    prices NOUN  nsubj fell price
    fell   VERB  ccomp said  fall
"""


@pytest.fixture
def tagger():
    doc = with_tensor(parsed(ROWS))
    sure = Confidence((0.0,) * len(EVIDENCE_NAMES) + (1.0,), {"intercept": 0.0}, 0.5)
    return learned.Tagger(Network(small_weights(), doc.vocab.vectors.data), INVENTORY, sure)


def test_candidates_are_spans_of_the_text(tagger):
    doc = with_tensor(parsed(ROWS))
    found = tagger.find_candidates(doc)
    assert found
    for candidate in found:
        assert candidate.rule == learned.RULE
        assert 0 <= candidate.score <= 1
        for span in (*candidate.cue, *candidate.content):
            assert span.of(doc.text).strip() == span.of(doc.text)


def test_the_same_text_gives_the_same_candidates(tagger):
    first, second = (tagger.find_candidates(with_tensor(parsed(ROWS))) for _ in range(2))
    assert first == second


def test_an_empty_text_has_no_readings(tagger):
    assert tagger.readings(Doc(Vocab())) == []


def test_the_packaged_weights_are_the_pinned_ones():
    data = learned.WEIGHTS.read_bytes()
    assert hashlib.sha256(data).hexdigest() == learned.WEIGHTS_SHA256
    assert len(data) < 20_000_000


def test_vectors_of_another_width_are_refused():
    with pytest.raises(ModelError, match="word vectors of 300 numbers"):
        learned.Tagger.load(with_tensor(parsed(ROWS)).vocab)


def test_the_packaged_arrays_hold_no_objects():
    with np.load(learned.WEIGHTS, allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"f", "u"}


def test_a_doc_without_a_tensor_is_left_to_the_rules():
    doc = parsed(ROWS)
    assert not learned.is_usable(doc)


@pytest.mark.model
def test_the_packaged_tagger_finds_a_plain_statement():
    text = "The mayor of Tarnby said on Monday that the old harbour would be closed for a year."
    found = max(learned.find_candidates(pipeline()(text)), key=lambda c: c.score)
    assert found.source is not None
    assert found.source.of(text) == "The mayor of Tarnby"
    assert "the old harbour would be closed" in found.content[0].of(text)
