import numpy as np

from kg.annotate.statements.learned_features import token_features
from kg.annotate.statements.learned_pairs import MAX_TOKENS_BEFORE, pair_features, window
from tests.parsed import parsed
from tests.tagger import INVENTORY, with_tensor

ROWS = """
    Marsh  PROPN nsubj said
    said   VERB  ROOT  said  say
    prices NOUN  nsubj fell price
    fell   VERB  ccomp said  fall
"""
NSUBJ, CCOMP = 3, 2


def pairs_from(cue):
    features = token_features(with_tensor(parsed(ROWS)), INVENTORY)
    return pair_features(features, np.array([cue]))


def test_branches_below_the_cue_carry_their_label():
    pairs = pairs_from(1)
    assert pairs.climbs.tolist() == [0, 0, 0, 0]
    assert pairs.downs.tolist() == [NSUBJ + 1, 1, CCOMP + 1, CCOMP + 1]


def test_a_climb_carries_the_label_it_leaves_by():
    pairs = pairs_from(3)
    assert pairs.climbs.tolist() == [1, 1, 0, 0]
    assert pairs.ups.tolist() == [CCOMP, CCOMP, 0, 0]
    assert pairs.downs.tolist() == [NSUBJ + 1, 1, NSUBJ + 1, 1]


def test_windows_of_several_cues_follow_each_other():
    features = token_features(with_tensor(parsed(ROWS)), INVENTORY)
    pairs = pair_features(features, np.array([1, 3]))
    assert pairs.cues.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert pairs.tokens.tolist() == [0, 1, 2, 3, 0, 1, 2, 3]


def test_no_cues_give_no_pairs():
    features = token_features(with_tensor(parsed(ROWS)), INVENTORY)
    assert len(pair_features(features, np.zeros(0, dtype=np.int64)).tokens) == 0


def test_a_window_reaches_no_further_back_than_the_limit():
    rows = "\n".join(f"w{i} NOUN dep 0" for i in range(1, 120))
    features = token_features(with_tensor(parsed(f"w0 VERB ROOT 0\n{rows}")), INVENTORY)
    assert window(features, 100) == (100 - MAX_TOKENS_BEFORE, 120)
