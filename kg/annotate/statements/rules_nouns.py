"""Cues that are nouns, adjectives and colons: "X's claim that", "is sure that", "X: ..."."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.annotate.statements.rules_syntax import (
    Finding,
    Range,
    phrase_of,
    subject_of,
    trimmed,
    without,
)
from kg.annotate.statements.wordlists import words

MAX_NAME_TOKENS = 9
"""Tokens before the colon of a headline "Name: what he said"."""

ALLEGATION = "allegation"
"""The rule of "X's claim that P" and "reports that P", which are statements whosever they are."""

_ALLEGATIONS = words(
    "claim allegation accusation assertion denial report rumour rumor complaint admission "
    "suggestion remark warning confession testimony contention insistence"
)
_UTTERING = words(
    "make issue repeat voice express file lodge raise level publish release deliver give offer "
    "renew reiterate advance spread circulate write submit bring air sound be have put"
)
"""Verbs whose subject makes the claim; who rejects, ignores or investigates one has not made it."""
_QUANTITIES = words("much many more most less least few little several enough other same first")
_LABELS = words(
    "analysis answer breaking commentary correction editorial exclusive explainer factbox gallery "
    "interview latest live note opinion photos question quiz review timeline transcript update "
    "video watch"
)
"""Labels of a kind of text, not of a speaker."""
_TITLE_PREPOSITIONS = words("after against behind during for in inside over under with")
"""Of titles: "Stealth over health: ..."; "Brandt on the harbour: ..." is what Brandt says."""
_SPEAKERS = words(
    "adviser agency aide ally analyst army author bishop boss brother camp campaign candidate ceo "
    "chair chairman charity chief church coach company cop court critic daughter doctor document "
    "economist embassy expert family father firm government governor group husband judge lawyer "
    "leader mayor memo military minister ministry mother neighbor neighbour newspaper nominee "
    "official owner paper party player police poll premier president prosecutor regulator report "
    "researcher rival scientist senator sister source spokesman spokesperson spokeswoman study "
    "survey union watchdog widow wife witness"
)
"""Common nouns that speak in a headline: "Police: Driver was asleep"."""
_VERBAL = frozenset(("VERB", "AUX"))
_CONTENT_PREPOSITIONS = frozenset(
    ("of", "for", "about", "on", "to", "over", "against", "with", "in", "from", "toward", "towards")
)


def noun_finding(noun: Token) -> Finding | None:
    """ "X's claim that P", "criticism of P by X", "made the promise to P"."""
    content, frame = None, ""
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in ("acl", "ccomp", "relcl") and child.pos_ in _VERBAL:
            clause = _clause_frame(child)
            if clause:
                content, frame = child, clause
                break
        elif child.dep_ == "prep" and child.lower_ in _CONTENT_PREPOSITIONS and content is None:
            content, frame = child, f"n-of:{child.lower_}"
    if content is None:
        return None
    start = content.left_edge.i if content.dep_ != "prep" else content.i + 1
    end = content.right_edge.i + 1
    if frame == "n-that" and noun.lemma_.lower() in _ALLEGATIONS:
        frame = ALLEGATION
    found = Finding(frame, noun.lemma_.lower(), [], [(noun.i, noun.i + 1)], noun.i)
    _set_source(found, _owner(noun))
    holes = [found.source] if found.source and start < found.source[0] < end else []
    for part in without((start, end), holes):
        cut = _content(noun.doc, part)
        if cut:
            found.content.append(cut)
    return found if found.content else None


def _clause_frame(clause: Token) -> str:
    words = {child.lower_: child.dep_ for child in clause.children if child.i < clause.i}
    if words.get("that") == "mark":
        return "n-that"
    if words.get("to") == "aux" and clause.tag_ == "VB":
        return "n-to"
    if any(words.get(w) in ("mark", "advmod") for w in ("whether", "if", "how", "why")):
        return "n-wh"
    return ""


def _owner(noun: Token) -> Token | None:
    """Whose claim it is: possessor, "by X", or the subject of the verb that takes the noun."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "among", "of"):
            pobj = next((t for t in child.children if t.dep_ == "pobj"), None)
            if pobj is not None and (child.lower_ != "of"):
                return pobj
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and not _clause_frame(child):
            return subject_of(child)
    verb = noun.head if noun.dep_ in ("dobj", "attr", "oprd") else None
    if noun.dep_ == "pobj":
        verb = noun.head.head
    if verb is None or verb.pos_ not in _VERBAL:
        return None
    is_made = noun.dep_ != "pobj" and verb.lemma_ in _UTTERING
    return None if noun.lemma_.lower() in _ALLEGATIONS and not is_made else subject_of(verb)


def adjective_finding(adjective: Token) -> Finding | None:
    """ "She is sure that P", "confident of P", "is ready to P"; not "much of P"."""
    if adjective.lemma_.lower() in _QUANTITIES:
        return None
    verb = adjective.head
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        if child.dep_ in ("ccomp", "xcomp") and child.pos_ in _VERBAL:
            frame = "a-to" if child.dep_ == "xcomp" else "a-that"
            start, end = child.left_edge.i, child.right_edge.i + 1
        elif child.dep_ == "prep":
            frame = f"a-of:{child.lower_}"
            start, end = child.i + 1, child.right_edge.i + 1
        else:
            continue
        cut = _content(adjective.doc, (start, end))
        if cut is None:
            continue
        found = Finding(
            frame, adjective.lemma_.lower(), [cut], [(adjective.i, adjective.i + 1)], adjective.i
        )
        if verb.pos_ in _VERBAL:
            _set_source(found, subject_of(verb))
        return found
    return None


def colon_findings(doc: Doc, lines: Iterator[tuple[int, int]]) -> Iterator[Finding]:
    """ "Name: what they say" at the start of a line (token ranges of the lines)."""
    for start, end in lines:
        for k in range(start, min(start + MAX_NAME_TOKENS, end)):
            if doc[k].text == ":":
                if (
                    k > start
                    and k + 2 < end
                    and _is_name(doc, start, k)
                    and _speaks(doc, start, k, end)
                ):
                    yield _colon(doc, start, k, end)
                break
            if doc[k].pos_ in _VERBAL and doc[k].tag_ in ("VBD", "VBP", "MD"):
                break


def _is_name(doc: Doc, start: int, stop: int) -> bool:
    words = [doc[k] for k in range(start, stop)]
    return (
        words[-1].pos_ in ("PROPN", "NOUN")
        and words[0].text[:1].isupper()
        and (sum(w.text[:1].isupper() for w in words) * 2 >= len(words))
    )


def _speaks(doc: Doc, start: int, colon: int, end: int) -> bool:
    """False for a title ("Harbour fire: Blaze destroys ferry"), unless quotation marks follow."""
    if any(doc[k].is_quote for k in range(colon + 1, end)):
        return True
    label = [doc[k] for k in range(start, colon)]
    if any(word.lower_ in _TITLE_PREPOSITIONS for word in label):
        return False
    last = label[-1]
    if last.lower_ in _LABELS or (len(label) > 1 and label[0].lower_ == "the" and last.is_title):
        return False
    return not last.is_lower or last.lemma_ in _SPEAKERS


def _colon(doc: Doc, start: int, colon: int, end: int) -> Finding:
    content = trimmed(doc, colon + 1, end) or (colon + 1, end)
    found = Finding("colon", ":", [content], [(colon, colon + 1)], None)
    found.source, found.source_head = (start, colon), colon - 1
    return found


def _set_source(found: Finding, head: Token | None) -> None:
    if head is not None:
        found.source, found.source_head = phrase_of(head), head.i


def _content(doc: Doc, part: Range) -> Range | None:
    cut = trimmed(doc, *part)
    if cut is not None and doc[cut[0]].lower_ == "that" and doc[cut[0]].dep_ == "mark":
        return trimmed(doc, cut[0] + 1, cut[1])
    return cut
