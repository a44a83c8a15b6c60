"""Whether a predicate is negated: "not", "never", "no one", "there is no", "failed to"."""

from __future__ import annotations

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


def is_negated(predicate: Token) -> bool:
    """True if the clause of this predicate says that it is not so.

    A "not" that is followed by "only" or "just" negates nothing.
    """
    if any(_negates(child) for child in predicate.children):
        return True
    if predicate.dep_ == "xcomp" and predicate.head.lemma_ in _FAILING:
        return True
    if predicate.lemma_ in _FAILING and any(c.dep_ == "xcomp" for c in predicate.children):
        return True
    return predicate.dep_ == "conj" and _shares_negation(predicate)


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
    return following < len(negator.doc) and negator.doc[following].lower_ in _FOCUS


def _shares_negation(predicate: Token) -> bool:
    """True for "did not resign or apologise": no subject or auxiliary of its own, and "or"."""
    first = predicate.head
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for c in predicate.lefts)
    linked = any(c.lower_ in ("or", "nor") for c in first.children if c.dep_ == "cc")
    return linked and not own and is_negated(first)
