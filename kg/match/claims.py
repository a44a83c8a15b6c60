"""Links between the claims of different statements: same claim, contradiction, support.

The links hold between claims as worded: `contradicts` means that one affirms what the other
negates. Who of two speakers denies a claim that both word alike is told by their stances, and by
the reasons of the `sameClaimAs` link. Precision comes first: what shares few words is not linked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.match.blocks import MIN_SHARED, Propositions, candidates
from kg.match.propositions import Proposition, propositions_of
from kg.model import Annotation, Article, ClaimLink
from kg.spill import Spill

SAME, CONTRADICTS, SUPPORTS = "sameClaimAs", "contradicts", "supports"

_MIN_LIKENESS = 0.6
"""Cosine of two claims' words, weighted by rarity, from which they are one."""
_MIN_COVERAGE = 0.99
"""Share of the shorter claim's words in the longer one, from which the longer one covers it."""
_MIN_CONTRADICTED = 0.5
"""Cosine that a claim needs besides to be contradicted by a shorter one that it covers."""
_MIN_SHARED_TO_SUPPORT = 3
_MIN_RUN = 4
"""Words in a row that two claims share when one quotes what the other reports."""
_RUN_COVERAGE = 0.5
_VERBATIM_RUN = 6
"""Words in a row that outweigh two readings of who is meant."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    cosine: float
    coverage: float
    shared: frozenset[str]
    run: int


def match(
    annotated: Iterable[tuple[Article, Annotation]],
    entity_of: Mapping[str, str],
    copies: Mapping[str, str] | None = None,
) -> tuple[ClaimLink, ...]:
    """Links between claims, by (left, relation, right); the order of articles does not matter.

    `entity_of`: chain id to entity id. `copies`: article id to the article it is a copy of
    (`copy_of`); what a copy says is left out, so a wire story printed a hundred times agrees with
    another report once. What the claims say waits on disk.
    """
    later = copies or {}
    with Spill() as spill:
        found = Propositions(
            spill,
            (
                proposition
                for article, annotation in annotated
                if article.id not in later
                for proposition in propositions_of(article, annotation, entity_of)
            ),
        )
        links = [_link(found[other], found[one], found.weights) for other, one in candidates(found)]
    kept = (link for link in links if link is not None)
    return tuple(sorted(kept, key=lambda link: (link.left, link.relation, link.right)))


def _link(one: Proposition, other: Proposition, weights: Mapping[str, float]) -> ClaimLink | None:
    if not _comparable(one, other):
        return None
    likeness = _likeness(one, other, weights)
    if len(likeness.shared) < MIN_SHARED or likeness.shared.isdisjoint(one.stems):
        return None
    if _name_other_people(one, other) and likeness.run < _VERBATIM_RUN:
        return None
    is_one_claim = likeness.cosine >= _MIN_LIKENESS or (
        likeness.run >= _MIN_RUN and likeness.coverage >= _RUN_COVERAGE
    )
    is_covered = likeness.coverage >= _MIN_COVERAGE
    if one.is_negative != other.is_negative:
        is_denied = is_covered and likeness.cosine >= _MIN_CONTRADICTED
        return _made(one, other, CONTRADICTS, likeness) if is_one_claim or is_denied else None
    if is_one_claim:
        return _made(one, other, SAME, likeness)
    if is_covered and len(likeness.shared) >= _MIN_SHARED_TO_SUPPORT:
        longer, shorter = (one, other) if len(one.keys) > len(other.keys) else (other, one)
        return _made(longer, shorter, SUPPORTS, likeness)
    return None


def _comparable(one: Proposition, other: Proposition) -> bool:
    """False for parts of one another, other numbers or times, or one about a saying."""
    if one.statement == other.statement:
        return False
    if one.article == other.article and any(
        left[0] < right[1] and right[0] < left[1] for left in one.spans for right in other.spans
    ):
        return False
    if not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return False
    if one.reports != other.reports:
        return False
    if not (one.is_polar and other.is_polar):
        return False
    return one.is_future == other.is_future


def _name_other_people(one: Proposition, other: Proposition) -> bool:
    return bool(one.people and other.people) and one.people.isdisjoint(other.people)


def _likeness(one: Proposition, other: Proposition, weights: Mapping[str, float]) -> _Likeness:
    shared = one.keys & other.keys
    mass = math.fsum(weights[key] ** 2 for key in shared)
    left = math.fsum(weights[key] ** 2 for key in one.keys)
    right = math.fsum(weights[key] ** 2 for key in other.keys)
    if not shared or not min(left, right):
        return _Likeness(0.0, 0.0, frozenset(), 0)
    run = _longest_run(one.words, other.words)
    return _Likeness(mass / math.sqrt(left * right), mass / min(left, right), shared, run)


def _longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match().size


def _made(left: Proposition, right: Proposition, relation: str, likeness: _Likeness) -> ClaimLink:
    if relation != SUPPORTS and right.claim < left.claim:
        left, right = right, left
    words = sorted(key for key in likeness.shared if key in left.numbers.union(left.stems))
    reasons = [f"both word {', '.join(words)}"] if words else []
    if likeness.run >= _MIN_RUN:
        reasons.append(f"{likeness.run} words in a row are the same")
    if relation == CONTRADICTS:
        reasons.append("one affirms what the other negates")
    elif relation == SUPPORTS:
        reasons.append("it says all that the other says, and more")
    reasons.extend(_stance_reasons(left, right))
    score = max(likeness.cosine, likeness.coverage * (0.6 if relation == SUPPORTS else 0.7))
    return ClaimLink(left.claim, right.claim, relation, round(score, 3), tuple(reasons))


def _stance_reasons(left: Proposition, right: Proposition) -> list[str]:
    if left.is_denied and right.is_denied:
        return ["both speakers deny it"]
    return ["one speaker denies the claim as worded"] if left.is_denied or right.is_denied else []
