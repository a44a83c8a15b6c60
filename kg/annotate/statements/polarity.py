"""Whether a predicate is negated: "not", "never", "no one", "there is no", "failed to"."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from kg.annotate.statements.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATORS = words("not n't n’t nt never no hardly scarcely barely nowhere neither nor")
_NEGATING_ROLES = words("advmod det preconj")
_NEGATIVE_PRONOUNS = words("nobody none nothing no-one neither noone")
_FOCUS = words("only just merely simply solely")
_ARGUMENTS = words("nsubj nsubjpass dobj attr expl obj pobj npadvmod oprd preconj")
_FAILING = words("fail cease")


def is_negated(predicate: Token, outside: Container[int] = ()) -> bool:
    """True if the clause of this predicate says that it is not so.

    A "not" that is followed by "only" or "merely" negates nothing; neither do words outside, given
    by their index.
    """
    if any(_negates(child) for child in predicate.children if child.i not in outside):
        return True
    if predicate.dep_ == "xcomp" and predicate.head.lemma_ in _FAILING:
        return True
    if predicate.lemma_ in _FAILING and any(c.dep_ == "xcomp" for c in predicate.children):
        return True
    if any(child.dep_ == "acomp" and _is_no_longer(child) for child in predicate.children):
        return True
    return predicate.dep_ == "conj" and _shares_negation(predicate)


def _is_no_longer(adjective: Token) -> bool:
    return any(c.dep_ == "advmod" and _negates(c) for c in adjective.lefts)


def _negates(child: Token) -> bool:
    word, dep = child.lower_, child.dep_
    if dep == "neg" or (dep in _NEGATING_ROLES and word in NEGATORS):
        return not _is_focus(child)
    if dep == "advmod":  # "no longer": the "no" hangs on "longer"
        return any(c.lower_ == "no" for c in child.lefts)
    return dep in _ARGUMENTS and is_negative_phrase(child)


def is_negative_phrase(noun: Token) -> bool:
    """True for "nobody", "no victims", "none of them", "neither the police nor the army"."""
    if noun.lower_ in _NEGATIVE_PRONOUNS:
        return True
    return any(
        (c.dep_ in ("det", "neg", "preconj", "cc:preconj") or c.lower_ in ("not", "no"))
        and c.lower_ in ("no", "neither", "not", "zero")
        and c.i < noun.i
        and not _is_focus(c)
        for c in noun.lefts
    )


def _is_focus(negator: Token) -> bool:
    following = negator.i + 1
    if following >= len(negator.doc):
        return False
    word = negator.doc[following].lower_
    return word == "only" or (word in _FOCUS and negator.lower_ == "not")


def _shares_negation(predicate: Token) -> bool:
    """True for "did not resign or apologise": no subject or auxiliary of its own, and "or"."""
    first = predicate.head
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for c in predicate.lefts)
    linked = any(c.lower_ in ("or", "nor") for c in first.children if c.dep_ == "cc")
    return linked and not own and is_negated(first)
