"""Cues of more than one word: "according to X", "in X's view", "reportedly", and silence.

"Did not respond to a request" and "declined to comment" report that nothing was said; the content
is what was asked about, if the text says so, and empty otherwise.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.statements.layout import Layout
from kg.annotate.statements.rules_syntax import (
    Finding,
    Range,
    cue_range,
    phrase_beside,
    phrase_of,
    subject_of,
    trimmed,
    without,
)

UNANSWERED = "silence"
"""Name of the rule for who does not answer."""
WORKS = frozenset(("poll", "survey", "study", "report", "statement", "tweet", "letter", "analysis"))
HEARSAY = frozenset(("reportedly", "allegedly", "supposedly", "purportedly"))
VIEWS = frozenset(("view", "opinion", "word", "account", "telling", "estimation", "judgment"))
REFUSALS = frozenset(("decline", "refuse"))
ANSWERS = frozenset(("respond", "reply", "answer", "comment", "elaborate"))
SILENCE = REFUSALS | ANSWERS | {"reach", "return", "have", "make", "offer"}
"""Lemmas of verbs at which `silence_finding` looks."""

_REQUESTS = frozenset(
    ("request", "question", "call", "email", "message", "letter", "query", "inquiry", "comment")
)
"""What goes unanswered, and says nothing of what it is about."""
_ABOUT = frozenset(("to", "on", "about", "for", "regarding", "over"))
_OWN_SUBJECT = frozenset(("nsubj", "nsubjpass", "expl"))
_VERBAL = frozenset(("VERB", "AUX"))
_NO_SOURCES = frozenset(("plan", "schedule", "need", "size", "taste", "type", "age", "custom"))
"""What things go according to, without anybody saying so."""
_CALLS = frozenset(("call", "message", "request", "email", "inquiry", "enquiry", "comment"))


def according_finding(layout: Layout, word: Token) -> Finding | None:
    """ "P, according to X": the clause that the phrase hangs on, or the quotation beside it."""
    doc, index = layout.doc, word.i
    to = next((c for c in word.children if c.lower_ == "to"), None)
    if to is None and index + 1 < len(doc) and doc[index + 1].lower_ == "to":
        to = doc[index + 1]
    person = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or person is None:
        return None
    if person.lemma_.lower() in _NO_SOURCES and not any(c.dep_ == "poss" for c in person.children):
        return None
    found = Finding("according", "according", [], [(index, to.i + 1)], index)
    found.source, found.source_head = phrase_of(person), person.i
    phrase = (word.left_edge.i, max(person.right_edge.i, word.right_edge.i) + 1)
    found.content = _host_clause(doc, word, phrase)
    beside = _beside(layout, phrase)
    if beside is not None:
        found.content = [beside]
    return found if found.content else None


def view_finding(noun: Token) -> Finding | None:
    """ "In X's view, P", "in the words of X, P"."""
    preposition = noun.head
    if preposition.lower_ not in ("in", "by") or preposition.head.pos_ not in _VERBAL:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    of = next((c for c in noun.children if c.lower_ == "of"), None)
    if owner is None and of is not None:
        owner = next((c for c in of.children if c.dep_ == "pobj"), None)
    if owner is None:
        return None
    cue = [(preposition.i, preposition.i + 1), (noun.i, noun.i + 1)]
    found = Finding("view", noun.lemma_.lower(), [], cue, noun.i)
    found.source, found.source_head = phrase_of(owner), owner.i
    phrase = (preposition.left_edge.i, preposition.right_edge.i + 1)
    found.content = _host_clause(noun.doc, preposition, phrase)
    return found if found.content else None


def work_finding(noun: Token) -> Finding | None:
    """ "In a poll, P", "P, in a statement": what a work says, without a verb of saying."""
    preposition = noun.head
    host = preposition.head
    if preposition.lower_ != "in" or host.pos_ not in _VERBAL:
        return None
    found = Finding("work", noun.lemma_.lower(), [], [(preposition.i, preposition.i + 1)], noun.i)
    found.source, found.source_head = phrase_of(noun), noun.i
    phrase = (preposition.left_edge.i, preposition.right_edge.i + 1)
    found.content = _host_clause(noun.doc, preposition, phrase)
    return found if found.content else None


def hearsay_finding(adverb: Token) -> Finding | None:
    """ "The consul reportedly left": the clause without the adverb; nobody is named."""
    host = adverb.head
    if host.pos_ not in _VERBAL:
        return None
    found = Finding("hearsay", adverb.lower_, [], [(adverb.i, adverb.i + 1)], adverb.i)
    found.content = _host_clause(adverb.doc, adverb, (adverb.i, adverb.i + 1))
    return found if found.content else None


def silence_finding(verb: Token) -> Finding | None:
    """ "Did not respond", "declined to comment", "had no comment", "could not be reached"."""
    lemma = verb.lemma_.lower()
    if lemma in REFUSALS:
        spoken = next((c for c in verb.children if c.dep_ == "xcomp"), None)
        if spoken is None or spoken.lemma_.lower() not in ANSWERS:
            return None
        return _silence(verb, (cue_range(verb)[0][0], spoken.i + 1), spoken)
    if lemma in ANSWERS and verb.dep_ != "xcomp" and _is_negated(verb):
        return _silence(verb, cue_range(verb)[0], verb)
    if lemma == "reach" and verb.tag_ == "VBN" and _is_negated(verb):
        return _silence(verb, (cue_range(verb)[0][0], verb.right_edge.i + 1), None)
    said = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if said is None or said.i < verb.i:
        return None
    if lemma == "return" and _is_negated(verb) and said.lemma_.lower() in _CALLS:
        return _silence(verb, cue_range(verb)[0], None, (said.left_edge.i, said.right_edge.i + 1))
    if said.lemma_.lower() == "comment" and any(c.lower_ == "no" for c in said.children):
        return _silence(verb, (verb.i, said.i + 1), said)
    return None


def _silence(verb: Token, cue: Range, asked: Token | None, content: Range | None = None) -> Finding:
    found = Finding(UNANSWERED, UNANSWERED, [], [cue], verb.i)
    doc = verb.doc
    if asked is not None:
        content = content or _topic(asked)
    part = trimmed(doc, *content) if content is not None else None
    if part is not None:
        found.content = [part]
    source = next((c for c in verb.children if c.dep_ == "nsubjpass"), None) or subject_of(verb)
    if source is not None:
        found.source, found.source_head = phrase_beside(source, verb), source.i
    return found


def _topic(asked: Token) -> Range | None:
    """What the silence is about: "to a request for the findings", "on the arrest"."""
    for child in asked.children:
        if child.dep_ == "prep" and child.lower_ in _ABOUT and child.i > asked.i:
            noun = next(child.children, None)
            if noun is not None and noun.lemma_.lower() in _REQUESTS:
                return _topic(noun)
            return child.i + 1, child.right_edge.i + 1
        if child.dep_ in ("dobj", "ccomp") and child.i > asked.i:
            return child.left_edge.i, child.right_edge.i + 1
    return None


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or (c.dep_ == "nsubj" and _is_nobody(c)) for c in verb.children)


def _is_nobody(subject: Token) -> bool:
    """True for "no one at the bank", "none of them", "neither the bank nor its auditors"."""
    words = {subject.lower_, *(child.lower_ for child in subject.lefts)}
    return not words.isdisjoint(("no", "nobody", "none", "neither"))


def _host_clause(doc: Doc, word: Token, phrase: Range) -> list[Range]:
    """The clause that a phrase comments on, without the phrase, within the sentence."""
    host = _host_verb(word)
    sentence = word.sent
    start = max(host.left_edge.i, sentence.start)
    end = min(host.right_edge.i + 1, sentence.end)
    parts = (trimmed(doc, *part) for part in without((start, end), [phrase]))
    said = (_without_that(doc, part) for part in parts if part is not None)
    return [part for part in said if part[0] < part[1]]


def _without_that(doc: Doc, part: Range) -> Range:
    """Empty for the "that" of "that, according to X, P"."""
    marks = doc[part[0]].lower_ == "that" and doc[part[0]].dep_ == "mark"
    return (part[0] + 1, part[1]) if marks else part


def _ends_sentence(token: Token) -> bool:
    start, end = token.left_edge.i, token.right_edge.i + 1
    doc = token.doc
    after = doc[end] if end < len(doc) else None
    if start == 0 or doc[start - 1].text != ",":
        return False
    return after is None or after.is_sent_start or after.text in ".!?"


def _host_verb(token: Token) -> Token:
    """The clause that a phrase comments on: the nearest verb above it that is no participle.

    After a comma at the end of a sentence it comments on the whole ("X told them P, according to").
    """
    head = token.head
    if _ends_sentence(token):
        while head.dep_ == "ccomp" and head.head.i < head.i and head.head.pos_ in _VERBAL:
            head = head.head
    for _ in range(6):
        shares = head.dep_ == "conj" and not any(c.dep_ in _OWN_SUBJECT for c in head.children)
        if head.pos_ in _VERBAL and head.dep_ not in ("amod", "acl") and not shares:
            return head
        if head.head.i == head.i:
            return head
        head = head.head
    return head


def _beside(layout: Layout, phrase: Range) -> Range | None:
    """The quotation that ends or starts right at the phrase."""
    doc = layout.doc
    k = phrase[0] - 1
    if k >= 0 and doc[k].text == ",":
        k -= 1
    quoted = layout.at(k) if k >= 0 else None
    if quoted is not None and quoted.end == k + 1 and not quoted.quotation.is_term:
        return quoted.start, quoted.end
    k = phrase[1]
    if k < len(doc) and doc[k].text in (",", ":"):
        k += 1
    quoted = layout.at(k) if k < len(doc) else None
    if quoted is not None and quoted.start == k and not quoted.quotation.is_term:
        return quoted.start, quoted.end
    return None
