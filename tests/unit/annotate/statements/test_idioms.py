"""Verbs of saying in the company of what cannot be said."""

from __future__ import annotations

import pytest

from kg.annotate.draft import Candidate
from kg.annotate.statements.idioms import says_nothing
from kg.model import Span
from tests.unit.annotate.statements.test_rules import doc_of

CLAIMED = """
Frost frost NOUN NN 1 nsubj
claimed claim VERB VBD 1 ROOT
lives life NOUN NNS 1 dobj
"""
CLAIMED_FRAUD = CLAIMED.replace("lives life NOUN NNS", "fraud fraud NOUN NN")
CALLED_A_MISTAKE = """
Moen Moen PROPN NNP 1 nsubj
called call VERB VBD 1 ROOT
votes vote NOUN NNS 1 dobj
wrong wrong ADJ JJ 1 oprd
"""
RECIPE = """
Recipe recipe NOUN NN 1 nsubj
calls call VERB VBZ 1 ROOT
for for ADP IN 1 prep
eggs egg NOUN NNS 2 pobj
"""
UNVEILED = """
Moen Moen PROPN NNP 1 nsubj
unveiled unveil VERB VBD 1 ROOT
rounds round NOUN NNS 1 dobj
of of ADP IN 2 prep
attacks attack NOUN NNS 3 pobj
"""
UNVEILED_TOYS = UNVEILED.replace("attacks attack NOUN NNS", "toys toy NOUN NNS")
SIGNED_BY = """
Warrants warrant NOUN NNS 2 nsubjpass
were be AUX VBD 2 auxpass
signed sign VERB VBN 2 ROOT
"""
PRESENTED_AS = """
Moen Moen PROPN NNP 1 nsubj
presented present VERB VBD 1 ROOT
Kolb Kolb PROPN NNP 1 dobj
as as ADP IN 1 prep
traitor traitor NOUN NN 3 pobj
"""
CITING = """
Moen Moen PROPN NNP 3 nsubj
citing cite VERB VBG 3 advcl
officials official NOUN NNS 1 dobj
left leave VERB VBD 3 ROOT
"""
CITING_COLD = CITING.replace("officials official NOUN NNS", "cold cold NOUN NN")


@pytest.mark.parametrize(
    ("rows", "idiom"),
    [
        (CLAIMED, True),
        (CLAIMED_FRAUD, False),  # a claim
        (CALLED_A_MISTAKE, False),  # votes are called, but not named, without a word
        (RECIPE, True),
        (UNVEILED, False),  # attacks are said
        (UNVEILED_TOYS, True),
        (SIGNED_BY, True),  # passives have the same objects
        (PRESENTED_AS, False),  # that he is one
        (CITING, True),  # evidence for what is said beside it
        (CITING_COLD, False),  # a reason is given
    ],
)
def test_idioms_say_nothing(rows: str, idiom: bool) -> None:
    doc = doc_of(rows)
    head = next(token.i for token in doc if token.pos_ == "VERB")
    cue = Span(doc[head].idx, doc[head].idx + len(doc[head]))
    candidate = Candidate(None, (cue,), (), "object", 0.9, cue_head=head)
    assert says_nothing(doc, candidate) is idiom


def test_a_candidate_without_a_verb_is_no_idiom() -> None:
    doc = doc_of(CLAIMED)
    assert not says_nothing(doc, Candidate(None, (), (), "colon", 0.9))
