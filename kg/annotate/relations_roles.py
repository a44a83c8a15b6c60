"""Nouns for what people are to others, and the relation each of them words."""

from __future__ import annotations

from kg.annotate.chains.lexicon import TYPE_OF_HEAD
from kg.vocabulary import EntityType

_LEADERS = """
leader president head chief chairman chairwoman chairperson chair director mayor governor premier
ceo chancellor king queen emperor commander prime-minister principal
editor-in-chief editor boss captain manager dictator ruler secretary-general president-elect
superintendent rector dean minister-president emir sultan pope monarch co-chair
chief-executive
"""
_SPOKESPEOPLE = """
spokesman spokeswoman spokesperson spokesmen spokespeople press-secretary
"""
_MEMBERS = """
member deputy senator mp lawmaker legislator congressman congresswoman councillor councilman
councilwoman delegate representative activist militant fighter supporter
"""
_SPOUSES = """
wife husband spouse widow widower partner fiancé fiancée
"""
_RELATIVES = """
son daughter father mother brother sister uncle aunt nephew niece cousin grandson granddaughter
grandfather grandmother stepson stepdaughter stepfather stepmother son-in-law daughter-in-law
brother-in-law sister-in-law father-in-law mother-in-law relative parent child sibling twin
"""
# Titles of public life that are written with a capital, so the tagger takes them for names.
_TITLES = """
attaché attache ambassador minister secretary general colonel lieutenant sergeant major admiral
judge justice prosecutor attorney professor detective inspector constable commissioner senator
representative congressman congresswoman chancellor marshal bishop archbishop cardinal reverend
imam ayatollah sheikh rabbi undersecretary envoy commodore brigadier treasurer advisor adviser
"""

PREDICATE_OF_ROLE: dict[str, str] = {
    **dict.fromkeys(_RELATIVES.split(), "relative"),
    **dict.fromkeys(_SPOUSES.split(), "spouse"),
    **dict.fromkeys(_MEMBERS.split(), "memberOf"),
    **dict.fromkeys(_SPOKESPEOPLE.split(), "spokespersonFor"),
    **dict.fromkeys(_LEADERS.split(), "leaderOf"),
}
_TITLE_WORDS = frozenset(_TITLES.split())
# Roles whose body is no employer.
_NO_BODY = frozenset({"owner", "founder", "co-founder", "successor", "predecessor", "critic",
    "opponent", "rival", "buyer", "investor", "customer", "fan", "heir"})  # fmt: skip
_SECONDS = frozenset({"vice", "deputy", "assistant", "associate", "junior"})
KINSHIP = frozenset({"spouse", "relative"})
FORMER = frozenset({"former", "ex", "erstwhile", "onetime", "one-time", "ex-", "then"})
_NO_ROLES = frozenset({
    "man", "woman", "boy", "girl", "person", "people", "guy", "individual", "adult", "human",
    "kid", "baby", "teen", "teenager", "lady", "gentleman", "friend", "victim", "suspect", "mr",
    "mrs", "ms", "miss", "sir", "dr", "one", "mother", "fan", "hero", "star", "successor",
    "predecessor", "rival", "opponent",
})  # fmt: skip


def is_role(lemma: str) -> bool:
    """True if the noun says what a person does or is to somebody."""
    if lemma in PREDICATE_OF_ROLE or lemma in _TITLE_WORDS:
        return True
    return TYPE_OF_HEAD.get(lemma) is EntityType.PERSON and lemma not in _NO_ROLES


def whole_role(before: str, lemma: str) -> str:
    """The role in two words if that is another: "chief executive", "deputy head"."""
    whole = f"{before}-{lemma}"
    return whole if whole in PREDICATE_OF_ROLE or before in _SECONDS else lemma


def is_title(lemma: str) -> bool:
    """False for a spouse, a relative or a plain member: those are relations alone."""
    return PREDICATE_OF_ROLE.get(lemma) not in KINSHIP and lemma != "member"


def predicate_of(lemma: str, preposition: str, target: EntityType) -> str | None:
    """The relation to what the role belongs to ("head of Y", "Y reporter"), or None.

    The preposition is "" for what stands before the noun. "A commander in the navy" does not lead
    it.
    """
    if lemma in _NO_BODY:
        return None
    predicate = PREDICATE_OF_ROLE.get(lemma)
    bodies = (EntityType.ORGANISATION, EntityType.GROUP)
    if predicate in KINSHIP:
        return predicate if target is EntityType.PERSON else None
    if predicate == "leaderOf" and preposition not in ("", "of", "for"):
        predicate = None
    if predicate in ("leaderOf", "spokespersonFor"):
        return predicate if target in (*bodies, EntityType.PLACE) else None
    if target is not EntityType.ORGANISATION:
        return None
    return predicate or "worksFor"
