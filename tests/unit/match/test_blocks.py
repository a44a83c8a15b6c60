"""Claims meet by rare words, and the work for a word that many share is bounded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.match.blocks import Propositions, candidates
from kg.match.propositions import Proposition
from kg.spill import Spill


def worded(claim: str, *stems: str) -> Proposition:
    return Proposition(
        claim,
        f"s{claim}",
        f"a{claim}",
        ((0, 9),),
        is_denied=False,
        is_negative=False,
        is_polar=True,
        is_future=False,
        reports=False,
        stems=tuple(sorted(stems)),
        entities=frozenset(),
        people=frozenset(),
        numbers=frozenset(),
        words=stems,
    )


@pytest.fixture
def spill() -> Iterator[Spill]:
    with Spill() as opened:
        yield opened


def test_propositions_are_read_by_claim_whatever_their_order(spill: Spill) -> None:
    one, other = worded("c1", "river"), worded("c2", "harbour")
    found = Propositions(spill, [other, one])
    assert list(found) == [one, other]
    assert found[1] == other


def test_the_rarer_word_weighs_more(spill: Spill) -> None:
    said = [worded("c1", "river", "harbour"), worded("c2", "river")]
    weights = Propositions(spill, said).weights
    assert weights["harbour"] > weights["river"]


def test_two_words_in_common_make_a_pair_and_one_does_not(spill: Spill) -> None:
    said = [
        worded("c1", "river", "harbour", "flood"),
        worded("c2", "river", "bridge"),
        worded("c3", "harbour", "flood"),
    ]
    assert list(candidates(Propositions(spill, said))) == [(0, 2)]


def test_words_of_many_claims_pair_only_the_first_of_them(spill: Spill) -> None:
    said = [worded(f"c{number:03}", "river", "harbour") for number in range(200)]
    pairs = list(candidates(Propositions(spill, said)))
    assert len(pairs) == 80 * 81 // 2
    assert max(later for _, later in pairs) == 80
