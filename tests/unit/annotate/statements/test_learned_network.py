import hashlib
import json

import numpy as np
import pytest

from kg.annotate.statements.learned_features import token_features
from kg.annotate.statements.learned_network import Network, read_weights
from kg.annotate.statements.learned_pairs import pair_features
from kg.errors import ModelError
from tests.parsed import parsed
from tests.tagger import INVENTORY, WIDTH, small_weights, with_tensor

ROWS = """
    Marsh  PROPN nsubj said
    said   VERB  ROOT  said  say
    prices NOUN  nsubj fell price
    fell   VERB  ccomp said  fall
"""


@pytest.fixture
def network_and_features():
    doc = with_tensor(parsed(ROWS))
    return Network(small_weights(), doc.vocab.vectors.data), token_features(doc, INVENTORY)


def save(path):
    header = np.frombuffer(json.dumps({"seed": 3}).encode(), dtype=np.uint8)
    np.savez_compressed(path, header=header, bias=np.ones(2, dtype=np.float16))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_weights_with_the_pinned_digest_are_read_in_single_precision(tmp_path):
    path = tmp_path / "weights.npz"
    weights, header = read_weights(path, save(path))
    assert weights["bias"].dtype == np.float32
    assert header == {"seed": 3}


def test_weights_with_another_digest_are_refused(tmp_path):
    path = tmp_path / "weights.npz"
    digest = save(path)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ModelError, match=f"expected {digest}"):
        read_weights(path, digest)


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(ModelError, match="weights of the attribution tagger are missing"):
        read_weights(tmp_path / "gone.npz", "0" * 64)


def test_every_token_has_a_row_and_a_cue_score(network_and_features):
    network, features = network_and_features
    encoded = network.encode(features)
    assert encoded.shape == (4, WIDTH)
    assert network.cue_scores(encoded).shape == (4,)


def test_windows_are_scored_alone(network_and_features):
    network, features = network_and_features
    encoded = network.encode(features)

    def scores(*cues):
        pairs = pair_features(features, np.array(cues))
        return network.role_scores(encoded, np.array(cues), pairs)

    both, second = scores(1, 3), scores(3)
    assert both.roles.shape == (8, 3)
    np.testing.assert_allclose(both.roles[4:], second.roles, rtol=1e-5)
    np.testing.assert_allclose(both.valid[1:], second.valid, rtol=1e-5)


def test_no_cues_give_no_scores(network_and_features):
    network, features = network_and_features
    encoded = network.encode(features)
    none = np.zeros(0, dtype=np.int64)
    scores = network.role_scores(encoded, none, pair_features(features, none))
    assert len(scores.roles) == len(scores.valid) == 0
