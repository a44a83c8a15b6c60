"""Pairs as numbers come back as they were scored, likeliest first, and none twice."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.pairs import Pairs
from kg.resolve.scoring import Score
from kg.spill import Spill

BY_PLACE = array("I", range(9))


def scored(value: float, *, weak: bool = False, rank: float = 0.0) -> Score:
    return Score(value, (f"scored {value}",), weak, context=0.0, rank=rank)


@pytest.fixture
def pairs() -> Iterator[Pairs]:
    with Spill() as reasons:
        yield Pairs(reasons)


@given(st.integers(0, 10_000), st.booleans(), st.floats(-9, 9))
def test_pair_comes_back_as_it_was_scored(points: int, weak: bool, rank: float) -> None:
    score = scored(round(points / 10_000, 4), weak=weak, rank=rank)
    with Spill() as reasons:
        pairs = Pairs(reasons)
        pairs.add(3, 7, score)
        assert (pairs.places(0), pairs.reasons(0)) == ((3, 7), score.reasons)
        assert (pairs.value(0), pairs.rank(0)) == (score.value, score.rank)
        assert (pairs.is_weak(0), pairs.merges(0)) == (score.weak, score.merges)


def test_likeliest_comes_first_and_of_equals_the_one_with_the_earlier_id(pairs: Pairs) -> None:
    for left, right, value in ((0, 1, 0.5), (2, 3, 0.9), (1, 2, 0.5)):
        pairs.add(left, right, scored(value))
    backwards = array("I", reversed(BY_PLACE))
    assert [pairs.places(n) for n in pairs.by_rank(BY_PLACE)] == [(2, 3), (0, 1), (1, 2)]
    assert [pairs.places(n) for n in pairs.by_rank(backwards)] == [(2, 3), (1, 2), (0, 1)]


def test_pair_that_was_scored_twice_comes_once(pairs: Pairs) -> None:
    for left, right in ((0, 1), (2, 3), (0, 1)):
        pairs.add(left, right, scored(0.5))
    assert [pairs.places(n) for n in pairs.by_rank(BY_PLACE)] == [(0, 1), (2, 3)]


def test_no_pairs_have_no_order(pairs: Pairs) -> None:
    assert list(pairs.by_rank(BY_PLACE)) == []
