import numpy as np
import pytest

from kg.annotate.statements.learned_decoding import best_run, read_window
from kg.annotate.statements.learned_features import token_features
from tests.tagger import INVENTORY
from tests.unit.annotate.statements.test_learned_features import plain

WORDS = ["Marsh", "said", "prices", "fell", "sharply", ",", "then", "left"]


def roles(source=(), cue=(), content=()):
    scores = np.full((len(WORDS), 3), -3.0, dtype=np.float32)
    for column, tokens in enumerate((source, cue, content)):
        scores[list(tokens), column] = 2.0
    return scores


def read(scores, cue=1):
    features = token_features(plain(WORDS), INVENTORY)
    return read_window(features, cue, 0, scores, logits=(1.0, 1.0))


@pytest.mark.parametrize(
    ("scores", "run"),
    [
        ([-1, 2, 3, -1], (1, 3, 5.0)),
        # a dip that costs less than what follows is bridged
        ([3, -1, 2], (0, 3, 4.0)),
        # nothing above zero
        ([-1, -2], (0, 0, 0.0)),
    ],
)
def test_best_run_has_the_greatest_sum(scores, run):
    assert best_run(np.array(scores, dtype=np.float32)) == run


def test_source_cue_and_content_are_read_off_the_scores():
    found = read(roles(source=[0], cue=[1], content=[2, 3, 4]))
    assert (found.source, found.cue, found.content) == ((0, 1), (1, 2), [(2, 5)])


def test_a_source_that_nobody_scores_is_none():
    assert read(roles(cue=[1], content=[2, 3])).source is None


def test_a_small_gap_in_the_content_is_closed():
    scores = roles(source=[0], cue=[1], content=[2, 4])
    scores[3, 2] = -0.5
    assert read(scores).content == [(2, 5)]


def test_a_wide_gap_in_the_content_stays_open():
    assert read(roles(source=[0], cue=[1], content=[2, 3, 6, 7])).content == [(2, 4), (6, 8)]


def test_without_content_there_is_no_reading():
    assert read(roles(source=[0], cue=[1])) is None
