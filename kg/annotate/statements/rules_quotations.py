"""Finds the cue and the speaker of each quotation, from the words just before and after it.

The parser is often wrong around quotation marks and inverted cues ("said X"), so the search is for
a verb of saying beside the marks; the parse only says whose verb it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.annotate.statements.cues import QUOTING, QUOTING_PHRASES
from kg.annotate.statements.layout import Layout, Quoted
from kg.annotate.statements.rules_passives import TOLD
from kg.annotate.statements.rules_syntax import (
    Finding,
    Range,
    cue_range,
    phrase_beside,
    phrase_of,
    subject_of,
)

MAX_AFTER = 60
"""Tokens after a quotation in which its cue is looked for."""
MAX_BEFORE = 60
MAX_SPEAKER_TOKENS = 12
MAX_LEAD_IN = 3
"""A cue so near before a quotation is its own."""
_LEAD_INS = ([","], [":"])
_SENTENCE_FINAL = frozenset((".", "!", "?"))
_OCCASIONS = frozenset(("when", "after", "before", "while", "because", "although", "though"))
_ADDRESSING = frozenset(("ask", "tell", "remind", "warn", "inform"))
_STARTS_CUE = frozenset(("he", "she", "they", "said", "says"))
_CUE_TAGS = frozenset(("VERB", "AUX", "NOUN", "PROPN", "ADJ"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))


def quotation_findings(layout: Layout) -> list[Finding]:
    """One finding for each cue beside a quotation, with all quotations that it introduces."""
    found: dict[int, Finding] = {}
    owner: list[int | None] = []
    for i, quoted in enumerate(layout.quoted):
        verb = _cue_of(layout, i)
        held = owner[-1] if owner else None
        if verb is not None and held is not None and _is_interrupted(layout, i, held, verb):
            verb = layout.doc[held]
        if verb is None and not quoted.quotation.is_term:
            verb_index = _carried_over(layout, i, owner)
            if verb_index is not None:
                found[verb_index].spans.append(quoted.quotation.outer)
                found[verb_index].content.append((quoted.start, quoted.end))
            owner.append(verb_index)
            continue
        if verb is None:
            owner.append(
                owner[-1] if owner and owner[-1] is not None and _same_line(layout, i) else None
            )
            continue
        if verb.i not in found:
            found[verb.i] = _finding(layout, verb)
        found[verb.i].spans.append(quoted.quotation.outer)
        found[verb.i].content.append((quoted.start, quoted.end))
        owner.append(verb.i)
    return list(found.values())


def inner_findings(layout: Layout) -> Iterator[Finding]:
    """ "He said: 'Go,'" she told us: quotations inside another one, with a cue before them."""
    doc = layout.doc
    for quoted in layout.inner:
        k = quoted.start - 1
        holder = layout.at(quoted.start)
        if holder is None or doc[k].text not in (",", ":") or quoted.quotation.is_term:
            continue
        verb = _last_cue(doc, max(holder.start + 1, k - MAX_LEAD_IN), k)
        if verb is not None and verb.tag_ != "VB":  # "to say", "would say": by whom is unsure
            found = _finding(layout, verb)
            found.content.append((quoted.start, quoted.end))
            found.spans.append(quoted.quotation.outer)
            yield found


def _is_interrupted(layout: Layout, i: int, held: int, verb: Token) -> bool:
    """'"A," X wrote in a letter explaining it, "and B."': both belong to the first cue."""
    left, right = layout.quoted[i - 1], layout.quoted[i]
    if not left.end <= held < verb.i < right.start - MAX_LEAD_IN or not _same_line(layout, i):
        return False
    first = layout.text[right.quotation.inner[0].start]
    return _last_mark(layout, left) == "," and first.islower()


def _same_line(layout: Layout, i: int) -> bool:
    if i == 0:
        return False
    text = layout.text
    left, right = layout.quoted[i - 1].quotation.outer, layout.quoted[i].quotation.outer
    return "\n" not in text[left.end : right.start]


def _carried_over(layout: Layout, i: int, owner: Sequence[int | None]) -> int | None:
    """The cue of the quotation before, if only that cue's own sentence stands between them."""
    if i == 0 or owner[i - 1] is None or not _same_line(layout, i):
        return None
    left, right = layout.quoted[i - 1], layout.quoted[i]
    if right.start - left.end > MAX_AFTER:
        return None
    words = (layout.doc[k] for k in range(left.end, right.start))
    between = [word.text for word in words if not word.is_space]
    ends = sum(word in _SENTENCE_FINAL for word in between)
    if ends > 1 or (between and between[-1][-1] not in ".,:!?—–"):
        return None
    cue = owner[i - 1]
    if ends == 1 and cue is not None and not left.end <= cue < right.start:
        return None
    return cue


def _cue_of(layout: Layout, i: int) -> Token | None:
    after = _cue_after(layout, i)
    if after is not None:
        return after
    return _cue_before(layout, i)


def _cue_after(layout: Layout, i: int) -> Token | None:
    """'"...," said X', '"...," X, who is Y, said'."""
    doc, quoted = layout.doc, layout.quoted[i]
    begin = quoted.end
    if begin >= len(doc) or not _goes_on(layout, quoted):
        return None
    limit = min(begin + (MAX_AFTER if not quoted.quotation.is_term else 4), len(doc))
    if i + 1 < len(layout.quoted):
        limit = min(limit, layout.quoted[i + 1].start)
    fallback = None
    for k in range(begin, limit):
        token = doc[k]
        if token.text in _SENTENCE_FINAL or "\n" in token.text:
            break
        if not _can_follow(token) or _is_occasion(token, begin):
            continue
        if _last_mark(layout, quoted) in _SENTENCE_FINAL and _says_more(token):
            return None
        if token.tag_ in _FINITE and token.dep_ not in ("amod", "acl"):
            return None if _leads_on(layout, i, token) else token
        if fallback is None and token.tag_ == "VBN" and k - begin < 3:
            fallback = token
    return fallback


def _leads_on(layout: Layout, i: int, verb: Token) -> bool:
    """True if the sentence of a quotation is over and the verb leads to the next one.

    '"A." He added, "B"': his words are B.
    """
    if _last_mark(layout, layout.quoted[i]) != "." or i + 1 == len(layout.quoted):
        return False
    between = layout.doc[verb.i + 1 : layout.quoted[i + 1].start]
    return len(between) <= MAX_LEAD_IN and [t.text for t in between if not t.is_space] in _LEAD_INS


def _goes_on(layout: Layout, quoted: Quoted) -> bool:
    """True if the sentence of a quotation goes on after it, with no "but" or "and"."""
    doc, begin = layout.doc, quoted.end
    last = _last_mark(layout, quoted)
    first = doc[begin]
    if last not in ",?!—–-…" and first.text not in (",", "—", "–", "-"):
        return first.lower_ in _STARTS_CUE
    following = doc[min(begin + 1, len(doc) - 1)]
    return first.dep_ != "cc" and following.lower_ not in ("but", "and")


def _last_mark(layout: Layout, quoted: Quoted) -> str:
    """The last character inside the marks, those of a quotation in the quotation left out."""
    inner = quoted.quotation.inner[-1]
    end = inner.end
    while end - 1 > inner.start and layout.text[end - 1] in "\"'”’» \xa0":
        end -= 1
    return layout.text[end - 1]


def _can_follow(token: Token) -> bool:
    if not _is_quoting(token) or token.pos_ not in _CUE_TAGS:
        return False
    return token.dep_ != "relcl" and not _has_own_clause(token)


def _is_occasion(verb: Token, begin: int) -> bool:
    """True for the "asked" of '"No," when Moen asked': the words are another one's."""
    first = verb.left_edge
    return verb.dep_ == "advcl" and first.i <= begin + 1 and first.lower_ in _OCCASIONS


def _says_more(verb: Token) -> bool:
    """True for '"A." He also said he had "B"': the sentence of A is over, and his words are B."""
    return any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.rights)


def _has_own_clause(verb: Token) -> bool:
    """True if what the verb announces follows it ("..., he wrote that")."""
    return any(
        child.dep_ == "ccomp" and child.i > verb.i and any(t.dep_ == "mark" for t in child.children)
        for child in verb.children
    )


def _cue_before(layout: Layout, i: int) -> Token | None:
    """'X said: "..."', 'X told reporters on Friday, "..."', 'saying "..."'."""
    doc, quoted = layout.doc, layout.quoted[i]
    floor = layout.quoted[i - 1].end if i else 0
    k = quoted.start - 1
    while k >= floor and doc[k].is_space:
        k -= 1
    if k < floor:
        return None
    crosses = bool(layout.breaks(k + 1, quoted.start))
    mark = doc[k].text
    if crosses and mark != ":":
        return None
    if mark not in (",", ":", "—", "–", "-"):
        near = doc[k] if doc[k].lower_ not in ("that", "as") else doc[max(k - 1, floor)]
        return near if _is_cue(near) and not quoted.quotation.is_term else None
    return _last_cue(doc, max(floor, k - MAX_BEFORE), k)


def _last_cue(doc: Doc, floor: int, stop: int) -> Token | None:
    fallback = None
    for k in range(stop - 1, floor - 1, -1):
        token = doc[k]
        if token.text in _SENTENCE_FINAL or "\n" in token.text:
            break
        if _is_cue(token):
            if token.dep_ != "relcl" or token.right_edge.i + 1 < stop - 12:
                return token
            fallback = fallback or token
    return fallback


def _is_cue(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and _is_quoting(token)


def _is_quoting(token: Token) -> bool:
    return token.lemma_.lower() in QUOTING or _phrase_of(token) in QUOTING_PHRASES


def _phrase_of(verb: Token) -> str:
    """The verb with the word after it: "shoot back"."""
    following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    return f"{verb.lemma_.lower()} {following}"


def _finding(layout: Layout, verb: Token) -> Finding:
    phrase, cue = _phrase_of(verb), cue_range(verb)
    if phrase in QUOTING_PHRASES:
        cue = [(cue[0][0], verb.i + 2)]
    key = phrase if phrase in QUOTING_PHRASES else verb.lemma_.lower()
    found = Finding("quote", key, [], cue, verb.i, quoted=True)
    if _is_addressed(verb):
        found.rule = TOLD
        return found
    source = speaker_beside(layout, verb)
    if source is not None:
        found.source, found.source_head = _outside_marks(layout, source[0]), source[1]
    return found


def _is_addressed(verb: Token) -> bool:
    """True for "Moen was asked": by whom nobody says."""
    if verb.lemma_ not in _ADDRESSING or any(c.dep_ == "agent" for c in verb.rights):
        return False
    return any(c.dep_ == "auxpass" for c in verb.lefts)


def _outside_marks(layout: Layout, phrase: Range) -> Range:
    """The phrase without the quotation that the parser made a part of it: '"...," Moen said'."""
    start, end = phrase
    quoted = layout.at(start)
    if quoted is None or quoted.end >= end:
        return phrase
    return quoted.end, end


def speaker_beside(layout: Layout, verb: Token) -> tuple[Range, int] | None:
    """The subject of a cue by the parse, or the nearest noun phrase beside it."""
    doc = layout.doc
    holder = layout.at(verb.i)
    subject = subject_of(verb)
    between = _between(layout, verb, subject)
    if between is not None:
        return phrase_beside(between, verb), between.i
    if subject is not None and layout.at(subject.i) is holder:
        return phrase_beside(subject, verb), subject.i
    for k in range(verb.i + 1, min(verb.i + 4, len(doc))):
        head = _phrase_head(doc[k])
        if head is not None and layout.at(head.i) is holder:
            return phrase_of(head), head.i
        if doc[k].is_punct or doc[k].pos_ in ("ADP", "SCONJ", "VERB"):
            break
    for k in range(verb.i - 1, max(verb.i - 12, -1), -1):
        if doc[k].text in _SENTENCE_FINAL or "\n" in doc[k].text or layout.at(k) is not holder:
            break
        if doc[k].pos_ in ("PROPN", "PRON") and doc[k].dep_ in (
            "nsubj",
            "ROOT",
            "appos",
            "npadvmod",
            "dep",
            "nsubjpass",
            "pobj",
        ):
            return phrase_of(doc[k]), k
    return None


def _between(layout: Layout, verb: Token, subject: Token | None) -> Token | None:
    """The noun that heads all that stands between a quotation and its cue: '"...," Jane Roe said'.

    Right next to the marks the order of words says more than the parse, which often errs there.
    """
    doc, first = layout.doc, verb.i
    while first > 0 and verb.i - first <= MAX_SPEAKER_TOKENS and layout.at(first - 1) is None:
        first -= 1
        if doc[first].pos_ in ("VERB", "AUX", "SCONJ") or doc[first].text in (";", ":"):
            return None
    if first == 0 or first == verb.i or layout.at(first - 1) is None or layout.at(verb.i):
        return None
    if any("\n" in doc[k].text or doc[k].text in _SENTENCE_FINAL for k in range(first, verb.i)):
        return None
    if subject is not None and first <= subject.i < verb.i:
        return subject
    tops = (doc[k] for k in range(first, verb.i) if not first <= doc[k].head.i < verb.i)
    return next((top for top in tops if _can_speak(top)), None)


def _can_speak(noun: Token) -> bool:
    if noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.tag_ in ("WDT", "WP"):
        return False
    return noun.ent_type_ not in ("DATE", "TIME")


def _phrase_head(token: Token) -> Token | None:
    """The head of the noun phrase that starts here."""
    for _ in range(8):
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in (
            "compound",
            "poss",
            "nmod",
            "amod",
            "det",
        ):
            return token
        if token.head.i <= token.i or token.dep_ not in (
            "compound",
            "det",
            "amod",
            "poss",
            "nmod",
            "nummod",
            "case",
        ):
            return None
        token = token.head
    return None
