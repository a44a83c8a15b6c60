"""Second verbs of saying, in parses made by hand as the language model makes them."""

from __future__ import annotations

import pytest

from kg.annotate.draft import Candidate
from kg.annotate.statements.coordination import end_contents, ends_of_contents, verb_above
from kg.annotate.statements.rules_syntax import subject_of
from kg.model import Span
from tests.parsed import parsed

WOULD_AND_SAID = """
Moen PROPN nsubj said Moen NNP
said VERB ROOT said say VBD
ice NOUN nsubj melt ice NN
would AUX aux melt would MD
melt VERB ccomp said melt VB
and CCONJ cc melt and CC
warned VERB conj melt warn VBD
skaters NOUN dobj warned skater NNS
. PUNCT punct said . .
"""
DID_BUT_SAID = """
Moen PROPN nsubj said Moen NNP
said VERB ROOT said say VBD
ice NOUN nsubj melted ice NN
melted VERB ccomp said melt VBD
, PUNCT punct melted , ,
but CCONJ cc melted but CC
warned VERB conj melted warn VBD
skaters NOUN dobj warned skater NNS
. PUNCT punct said . .
"""
DID_AND_SAID = """
Moen PROPN nsubj said Moen NNP
said VERB ROOT said say VBD
guard NOUN nsubj left guard NN
left VERB ccomp said leave VBD
and CCONJ cc left and CC
warned VERB conj left warn VBD
skaters NOUN dobj warned skater NNS
. PUNCT punct said . .
"""
SAID_THEM = """
Skaters NOUN nsubj said skater NNS
said VERB ROOT said say VBD
guards NOUN nsubj left guard NNS
left VERB ccomp said leave VBD
, PUNCT punct left , ,
but CCONJ cc left but CC
warned VERB conj left warn VBD
them PRON dobj warned they PRP
. PUNCT punct said . .
"""
HAS_AND_SAID = """
Moen PROPN nsubj said Moen NNP
said VERB ROOT said say VBD
guard NOUN nsubj left guard NN
has AUX aux left have VBZ
left VERB ccomp said leave VBN
and CCONJ cc left and CC
warned VERB conj left warn VBD
skaters NOUN dobj warned skater NNS
. PUNCT punct said . .
"""


@pytest.mark.parametrize(
    ("rows", "speaker"),
    [
        (WOULD_AND_SAID, "Moen"),  # "would" wants "warn"
        (DID_BUT_SAID, "Moen"),  # set off
        (DID_AND_SAID, "guard"),  # one story
        (SAID_THEM, "guards"),  # "them" are who speaks first
        (HAS_AND_SAID, "guard"),  # "has left and warned"
    ],
)
def test_a_second_verb_of_saying_has_the_speaker_that_its_form_tells(rows: str, speaker: str):
    doc = parsed(rows)
    warned = next(token for token in doc if token.text == "warned")
    subject = subject_of(warned)
    assert subject is not None
    assert subject.text == speaker


def test_what_is_said_ends_before_the_second_verb():
    doc = parsed(DID_BUT_SAID)
    content = Span(doc[2].idx, doc[7].idx + len(doc[7]))
    said = Candidate(Span(0, 4), (Span(5, 9),), (content,), "bare", 0.9, 1)
    (ended,) = end_contents(doc.text, [said], ends_of_contents(doc))
    assert [span.of(doc.text) for span in ended.content] == ["ice melted"]


def test_a_verb_that_is_no_second_one_has_none_above():
    doc = parsed(DID_AND_SAID)
    assert all(verb_above(token) is None for token in doc)
    assert ends_of_contents(doc) == {}
