"""Passives of telling, accusing and judging, whose complement the parser hangs under the speaker.

"Was accused by prosecutors of fraud", "was criticised by rivals for the delay", "was told by a
nurse that P": what follows the agent belongs to the verb, not to the prosecutors or the nurse.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.statements.rules_syntax import Finding, Range, cue_range, phrase_of, trimmed
from kg.annotate.statements.wordlists import words

ACCUSED = "accused"
"""The rule of "X was accused of P", by somebody or by nobody in particular."""
TOLD = "told"
"""The rule of "X was told by Y that P"."""

_ACCUSING = {"accuse": ("of",), "suspect": ("of",), "charge": ("with",), "indict": ("for", "on")}
_JUDGING = words(
    "applaud assail attack bash berate blame chide commend condemn criticise criticize denounce "
    "fault lambast lambaste mock praise rebuke ridicule scold slam"
)
"""Passives of these are followed by what somebody is blamed or praised for."""
_COMPLEMENTS = {**_ACCUSING, **dict.fromkeys(_JUDGING, ("for", "over"))}
_TELLING = frozenset(("tell", "inform", "warn", "advise", "assure", "remind", "promise"))
_CLAUSES = frozenset(("relcl", "acl", "ccomp", "advcl"))


def passive_finding(verb: Token) -> Finding | None:
    """What a passive of accusing or telling attributes; None for every other verb."""
    lemma = verb.lemma_.lower()
    if lemma not in _COMPLEMENTS and lemma not in _TELLING:
        return None
    patient = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    if patient is None or any(c.dep_ == "neg" for c in verb.lefts):
        return None
    agent = next((c for c in verb.rights if c.dep_ == "agent"), None)
    speaker = next(agent.children, None) if agent is not None else None
    if lemma in _COMPLEMENTS:
        return _accused(verb, patient, speaker)
    return _told(verb, speaker) if speaker is not None else None


def _accused(verb: Token, patient: Token, speaker: Token | None) -> Finding | None:
    heads = [verb, speaker] if speaker is not None else [verb]
    wanted = _COMPLEMENTS[verb.lemma_.lower()]
    complements = (c for head in heads for c in head.rights if c.lower_ in wanted)
    of = next((c for c in complements if not _is_time(c)), None)
    if of is None or of.right_edge.i == of.i:
        return None
    complement = trimmed(verb.doc, of.i, of.right_edge.i + 1)
    if complement is None:
        return None
    content = [(patient.left_edge.i, patient.right_edge.i + 1), complement]
    found = Finding(ACCUSED, verb.lemma_.lower(), content, cue_range(verb), verb.i)
    _set_speaker(found, speaker, of)
    return found


def _is_time(preposition: Token) -> bool:
    """True for "over the years", "for months"."""
    return any(c.ent_type_ in ("DATE", "TIME") for c in preposition.children)


def _told(verb: Token, speaker: Token) -> Finding | None:
    clause = next((c for c in speaker.rights if c.dep_ in _CLAUSES and _has_that(c)), None)
    if clause is None:
        return None
    start = next(c.i for c in clause.lefts if c.dep_ == "mark") + 1
    content = trimmed(verb.doc, start, clause.right_edge.i + 1)
    if content is None:
        return None
    found = Finding(TOLD, verb.lemma_.lower(), [content], cue_range(verb), verb.i)
    _set_speaker(found, speaker, clause)
    return found


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.lefts)


def _set_speaker(found: Finding, speaker: Token | None, complement: Token) -> None:
    """The agent's phrase, without the complement of the verb where that was hung under it."""
    if speaker is None:
        return
    start, end = phrase_of(speaker)
    phrase: Range = (start, min(end, max(complement.left_edge.i, speaker.i + 1)))
    found.source, found.source_head = phrase, speaker.i
