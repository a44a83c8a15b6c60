"""Who is introduced as somebody's relative: "his daughter, the actress Ada Quill"."""

from __future__ import annotations

from kg.annotate.chains.clusters import Cluster
from kg.annotate.chains.words import Words

_KIN = frozenset({
    "wife", "husband", "widow", "widower", "spouse", "partner", "son", "daughter", "father",
    "mother", "brother", "sister", "uncle", "aunt", "nephew", "niece", "cousin", "grandson",
    "granddaughter", "grandfather", "grandmother", "stepson", "stepdaughter", "stepfather",
    "stepmother",
})  # fmt: skip
_MAX_BETWEEN_TOKENS = 5
"""Between the noun and the name: ", the actress", ", a doctor of law,"."""
_LINKING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PUNCT", "ADP", "NUM"})


def is_introduced_as_kin(words: Words, cluster: Cluster) -> bool:
    """True if the first mention of a person follows a relative's noun that somebody possesses.

    News calls the person whom an article is about by the surname alone, and names relatives in
    full: after "Ivo Quill" and "his daughter Ada Quill", "Quill" is Ivo.
    """
    first = min((member.phrase for member in cluster.members), key=lambda phrase: phrase.span)
    for index in range(first.first - 1, max(-1, first.first - 2 - _MAX_BETWEEN_TOKENS), -1):
        if words.lower[index] in _KIN:
            return any(words.dep[child] == "poss" for child in words.children[index])
        if words.pos[index] not in _LINKING or words.sentence[index] != first.sentence:
            return False
    return False
