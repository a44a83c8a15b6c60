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
        "treaty agreement lease register autograph warrant measure legislation pact memorandum "
        "cheque check"
    ),
    "post": words(
        "profit loss gain revenue rise fall drop increase decline bail earnings photo photograph "
        "picture image selfie video clip time score win victory guard"
    ),
    "report": words("profit loss gain revenue earnings income sale"),
    "raise": words("child money fund cash capital flag hand glass cattle price rate tax revenue"),
    "share": words("photo photograph picture image selfie video clip room table border"),
    "write": words("cheque check novel song poem opera script sequel play"),
    "publish": words("book novel memoir album"),
    "release": words("prisoner hostage film movie album single song game trailer record"),
    "issue": words("visa passport ticket bond share warrant subpoena summons waiver"),
    "file": words("suit lawsuit case return"),
    "address": words(
        "meeting rally crowd conference congress summit symposium audience gathering forum "
        "parliament assembly"
    ),
    "attack": words(
        "ship vessel boat trawler tanker ferry convoy base camp village town position post outpost "
        "embassy station school hospital mosque church train bus car truck plane target soldier "
        "troop"
    ),
    "celebrate": words("birthday anniversary goal win victory holiday feast wedding"),
    "pass": words("bill law legislation measure deadline test exam resolution budget"),
    "throw": words("party"),
    "deny": words("access entry bail visa"),
    "charge": words("fee rent price battery phone"),
    "order": words(
        "meal coffee beer wine drink pizza plane airliner aircraft jet helicopter ship copy car "
        "truck tank unit"
    ),
    **dict.fromkeys(
        words("ignore investigate probe examine review receive face read see"), _CLAIMS
    ),
}
"""Heads of objects with which the verb is no verb of saying."""
_PUTTING_OUT = words("deliver introduce launch present unveil")
_SAYABLE = words(
    "accusation address apology appeal argument assessment attack bid call campaign case charge "
    "claim complaint comment condemnation criticism critique defence defense demand denial "
    "evidence explanation idea initiative message opinion petition plan plea policy promise "
    "proposal question rebuke remark report response ruling speech statement strategy threat "
    "tirade ultimatum verdict view vision vow warning"
)
"""What is said when somebody delivers or unveils it; toys and jets are delivered without a word."""
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
    if candidate.rule.startswith("quote") or any(_words_follow(c) for c in verb.rights):
        return False
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    heads = {c.lemma_.lower() for c in objects}
    if lemma in _PUTTING_OUT:
        heads.update(noun.lemma_.lower() for c in objects for noun in _amounts_to(c))
        return bool(heads) and _SAYABLE.isdisjoint(heads)
    return not _OBJECTS.get(lemma, frozenset()).isdisjoint(heads)


def _words_follow(child: Token) -> bool:
    """True for what makes a statement of any object: "called it a shame", "presents it as one"."""
    return child.dep_ in ("oprd", "ccomp", "xcomp") or (
        child.dep_ == "prep" and child.lower_ == "as"
    )


def _amounts_to(noun: Token) -> list[Token]:
    """The attacks of "a round of attacks"."""
    return [inner for c in noun.rights if c.lower_ == "of" for inner in c.rights]


def _gives_evidence(verb: Token) -> bool:
    """True for "citing two officials" beside another cue, whose evidence they are."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "acl"):
        return False
    if any(c.lower_ == "as" or c.dep_ == "ccomp" for c in verb.rights):
        return False
    cited = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    return cited is not None and (cited.ent_type_ in _NAMED or cited.lemma_.lower() in _SOURCES)
