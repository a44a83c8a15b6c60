"""Words of saying that say nothing: "claimed nine lives", "called the police", "signed a striker".

Neither rules nor tagger learn these from news, where they are rare; the table is written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg.annotate.draft import Candidate
from kg.annotate.statements.wordlists import words

_CLAIMS = words(
    "claim allegation accusation complaint report rumour rumor warning suggestion admission remark"
)
"""What others have said: who ignores or examines it says nothing by that."""
_OBJECTS: Mapping[str, frozenset[str]] = {
    "claim": words(
        "life victim seat title prize medal benefit crown scalp expense refund compensation "
        "insurance asylum pension win wicket point trophy"
    ),
    "call": words(
        "police ambulance taxi cab doctor 911 999 112 election referendum strike meeting vote "
        "session conference summit"
    ),
    "sign": words(
        "striker midfielder defender goalkeeper player forward winger deal contract bill law "
        "treaty agreement lease register"
    ),
    "post": words("profit loss gain revenue rise fall drop increase decline bail earnings"),
    "report": words("profit loss gain revenue earnings income sale"),
    "raise": words("child money fund cash capital flag hand glass cattle price rate tax"),
    "throw": words("party"),
    "deny": words("access entry bail visa"),
    "charge": words("fee rent price battery phone"),
    "order": words("meal coffee beer wine drink pizza"),
    **dict.fromkeys(
        words("ignore investigate probe examine review receive face read see"), _CLAIMS
    ),
}
"""Heads of objects with which the verb is no verb of saying."""
_NEEDING = words("recipe plot script occasion job situation formula dish weather")
"""What calls for something without a word."""

_NAMED = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_SOURCES = words(
    "official officer people person source witness report document record statement letter paper "
    "file filing email memo study survey poll expert lawyer diplomat relative resident colleague "
    "spokesman spokeswoman spokesperson newspaper agency police prosecutor scientist doctor mother "
    "father grandmother grandfather interview audit inquiry result finding data figure"
)
"""What is cited as evidence; a reason that is cited ("citing the cold") is a statement."""


def says_nothing(doc: Doc, candidate: Candidate) -> bool:
    """True if the cue, in company with its object or subject, is an idiom without any saying."""
    if candidate.cue_head is None:
        return False
    verb = doc[candidate.cue_head]
    lemma = verb.lemma_.lower()
    if lemma in ("cite", "quote"):
        return _gives_evidence(verb)
    if lemma == "call" and any(
        c.dep_ == "nsubj" and c.lemma_.lower() in _NEEDING for c in verb.lefts
    ):
        return True
    if any(c.dep_ in ("oprd", "ccomp", "xcomp") for c in verb.rights):
        return False
    heads = _OBJECTS.get(lemma, frozenset())
    return any(c.dep_ == "dobj" and c.lemma_.lower() in heads for c in verb.rights)


def _gives_evidence(verb: Token) -> bool:
    """True for "citing two officials" beside another cue, whose evidence they are."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "acl"):
        return False
    if any(c.lower_ == "as" or c.dep_ == "ccomp" for c in verb.rights):
        return False
    cited = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    return cited is not None and (cited.ent_type_ in _NAMED or cited.lemma_.lower() in _SOURCES)
