"""Docs written by hand for the tests of names."""

import spacy
from spacy.tokens import Doc

from kg.annotate.names.candidates import Candidate
from kg.annotate.names.tagger import TYPES, Tagged

VOCAB = spacy.blank("en").vocab
LETTERS = dict(zip("POLX", TYPES, strict=True))
"""Person, organisation, place (location), other."""


def make_doc(text):
    """A Doc and what a tagger would say of it, out of `[O the Guardian 's] editor ¶ [P Okoro]`.

    The letter after a bracket is the type; ¶ is a new line.
    """
    words, tagged, letter, start = [], [], "", 0
    for word in text.replace("¶", "\n").split(" "):
        if word.startswith("[") and len(word) == 2:
            letter, start = word[1], len(words)
            continue
        words.append(word.removesuffix("]") if letter else word)
        if letter and word.endswith("]"):
            tagged.append(Tagged(start, len(words), scores(letter)))
            letter = ""
    return Doc(VOCAB, words=words), tagged


def scores(letter, likelihood=0.9):
    """Scores of a tagger that is as sure as that."""
    rest = (1 - likelihood) / 3
    return tuple(likelihood if LETTERS[letter] is type_ else rest for type_ in TYPES)


def make_candidate(start, end, letter, likelihood=0.9):
    return Candidate(start, end, scores(letter, likelihood))
