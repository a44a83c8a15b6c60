"""How certain a content is as worded: modal verbs, adverbs, nouns and hearsay (GRaSP's scale)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.annotate.statements.wordlists import words
from kg.vocabulary import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token

_POSSIBLE = words(
    "may might could possibly perhaps maybe possible conceivable conceivably potentially "
    "potential feasible unclear uncertain unsure whether"
)
_CHANCES = words("chance possibility risk danger")
_PROBABLE = words(
    "probably likely probable presumably apparently seemingly reportedly allegedly supposedly "
    "purportedly evidently arguably unlikely alleged purported supposed apparent reported "
    "ostensibly suspected presumed doubtless"
)
_PROBABLE_VERBS = words(
    "seem appear expect believe think suspect assume presume reckon allege rumour rumor"
)
_SCALE = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)
_HEDGING = words("aux advmod acomp attr amod neg nsubj npadvmod oprd")


def lower_of(left: Certainty, right: Certainty) -> Certainty:
    """The less certain of the two."""
    return max(left, right, key=_SCALE.index)


def certainty_of(predicate: Token) -> Certainty:
    """How certain the clause of this predicate is as worded."""
    children = list(predicate.children)
    unable = any(child.dep_ == "neg" or child.lower_ == "hardly" for child in children)
    found = [
        _of_word(child)
        for child in children
        if child.dep_ in _HEDGING and not (unable and child.lower_ == "could")
    ]
    found.append(_of_predicate(predicate))
    return _least(found)


def _of_predicate(predicate: Token) -> Certainty:
    if predicate.lemma_ in _PROBABLE_VERBS:
        first_person = any(c.lower_ in ("i", "we") for c in predicate.lefts)
        impersonal = any(
            c.dep_ in ("auxpass", "expl") or c.lower_ == "it" or c.dep_ == "xcomp"
            for c in predicate.children
        )
        if first_person or impersonal or predicate.lemma_ in ("seem", "appear"):
            return Certainty.PROBABLE
    if predicate.lemma_ == "rule" and any(c.dep_ == "neg" for c in predicate.children):
        return Certainty.POSSIBLE
    return _of_word(predicate)


def _of_word(token: Token) -> Certainty:
    word = token.lower_
    if word in _POSSIBLE or (word in _CHANCES and _has_complement(token)):
        return Certainty.POSSIBLE
    if word in _PROBABLE:
        return Certainty.PROBABLE
    return Certainty.CERTAIN


def _has_complement(noun: Token) -> bool:
    """True for "a chance that", "the risk of"; not for "no second chance"."""
    return any(child.dep_ in ("prep", "acl", "relcl") for child in noun.rights)


def _least(found: Iterable[Certainty]) -> Certainty:
    least = Certainty.CERTAIN
    for certainty in found:
        least = lower_of(least, certainty)
    return least
