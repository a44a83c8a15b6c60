"""Finds who said what by rules over the dependency parse and the quotation marks.

`find_candidates` is the second step of the statement layer: quotations come in, candidates go out,
each with the name of its rule and a score. What they mean is asked later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.tokens import Doc, Token

from kg.annotate.draft import Candidate
from kg.annotate.statements.continuations import continuation_findings, uncued_findings
from kg.annotate.statements.coordination import end_contents
from kg.annotate.statements.cues import Lexicon, lexicon
from kg.annotate.statements.depth import within_depth
from kg.annotate.statements.labels import label_findings, signature_findings, turn_findings
from kg.annotate.statements.layout import Layout
from kg.annotate.statements.quotations import Quotation, paragraphs
from kg.annotate.statements.rules_asides import ASIDE, aside_findings, cut_asides
from kg.annotate.statements.rules_nouns import (
    adjective_finding,
    colon_findings,
    noun_finding,
)
from kg.annotate.statements.rules_passives import passive_finding
from kg.annotate.statements.rules_phrases import (
    HEARSAY,
    REFUSALS,
    SILENCE,
    UNANSWERED,
    VIEWS,
    WORKS,
    according_finding,
    hearsay_finding,
    silence_finding,
    view_finding,
    work_finding,
)
from kg.annotate.statements.rules_quotations import inner_findings, quotation_findings
from kg.annotate.statements.rules_score import score_of
from kg.annotate.statements.rules_syntax import Finding, Range, to_span, trimmed
from kg.annotate.statements.rules_verbs import verb_finding
from kg.annotate.statements.second_hand import weigh_second_hand
from kg.annotate.statements.tokens import TokenIndex
from kg.annotate.statements.verb_frames import clause_before
from kg.model import Span

_CLAUSES = frozenset(("that", "wh", "bare", "after", "inside"))
_VERBAL = frozenset(("VERB", "AUX"))
_CUE_PARTS = ("VERB", "AUX", "NOUN", "ADJ", "ADV")
MIN_SCORE = 0.15
"""Candidates that are right less often than this are not worth handing on."""


def find_candidates(tokens: TokenIndex, quotations: Sequence[Quotation]) -> list[Candidate]:
    """Possible attributions of a Doc in text order, with scores in [0, 1]."""
    return candidates_in(Layout(tokens, quotations))


def candidates_in(layout: Layout) -> list[Candidate]:
    """As `find_candidates`, of a Doc that was laid out before."""
    words = lexicon()
    candidates: dict[tuple[Span, ...], Candidate] = {}
    for finding in findings(layout, words):
        candidate = _candidate(layout, words, finding)
        if candidate is None or candidate.score < MIN_SCORE:
            continue
        key = candidate.content if candidate.content and finding.rule != ASIDE else candidate.cue
        held = candidates.get(key)
        if held is None or held.score < candidate.score:
            candidates[key] = candidate
    ended = end_contents(layout.text, candidates.values(), layout.ends)
    found = sorted(within_depth(ended), key=lambda c: (c.content, c.cue))
    return [c for c in weigh_second_hand(layout, found) if c.score >= MIN_SCORE]


def findings(layout: Layout, words: Lexicon) -> Iterator[Finding]:
    """Everything the rules see, before any of it is weighed."""
    doc = layout.doc
    quotations = (*inner_findings(layout), *quotation_findings(layout))
    quoting = {f.head: f for f in quotations if f.head is not None}
    at_words = [
        _fitted(layout, found)
        for i in _content_words(doc, quoting)
        if (found := _at_word(layout, words, doc[i], quoting.get(i))) is not None
    ]
    cut_asides(layout, at_words)
    yield from at_words
    yield from aside_findings(layout)
    yield from colon_findings(doc, _lines(layout))
    yield from signature_findings(layout)
    yield from label_findings(layout)
    yield from turn_findings(layout)
    yield from continuation_findings(layout, list(quoting.values()))
    yield from uncued_findings(layout, list(quoting.values()))


def _content_words(doc: Doc, cues: Iterable[int]) -> list[int]:
    """Tokens that can be a cue by their part of speech, and those that are, in text order."""
    parts = [doc.vocab.strings[name] for name in _CUE_PARTS]
    found = np.isin(doc.to_array("POS"), parts)
    found[list(cues)] = True
    return np.flatnonzero(found).tolist()


def _at_word(
    layout: Layout, words: Lexicon, token: Token, quoted: Finding | None
) -> Finding | None:
    """What one word attributes, if it can be a cue at all."""
    if token.pos_ in _VERBAL:
        return _at_verb(layout, words, token, quoted)
    if quoted is not None:
        return quoted
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        found = view_finding(token) if lemma in VIEWS else None
        if lemma in WORKS and token.dep_ == "pobj":
            found = work_finding(token)
        return found or (noun_finding(token) if words.has_noun(lemma) else None)
    if token.pos_ == "ADJ":
        return adjective_finding(token) if words.has_adjective(lemma) else None
    if token.pos_ == "ADV" and token.lower_ in HEARSAY:
        return hearsay_finding(token)
    return None


def _at_verb(layout: Layout, words: Lexicon, verb: Token, quoted: Finding | None) -> Finding | None:
    lemma = verb.lemma_.lower()
    if verb.lower_ == "according":
        return according_finding(layout, verb)
    if quoted is not None:
        return _with_quotations(layout, quoted, verb_finding(verb))
    if lemma in SILENCE:
        silence = silence_finding(verb)
        if silence is not None:
            return silence
    if verb.dep_ == "xcomp" and verb.head.lemma_ in REFUSALS:
        return None
    return passive_finding(verb) or (verb_finding(verb) if words.has_verb(lemma) else None)


def _lines(layout: Layout) -> Iterator[tuple[int, int]]:
    """Token ranges of the paragraphs."""
    for start, end in paragraphs(layout.text):
        first, last = bisect_left(layout.starts, start), bisect_left(layout.starts, end)
        if last > first:
            yield first, last


def _with_quotations(layout: Layout, quoted: Finding, parsed: Finding | None) -> Finding:
    """The quotation alone, or the clause around it where words outside the marks are said too."""
    introduced = _introduction(layout, quoted)
    if introduced is not None:
        quoted.content.insert(0, introduced)
        return quoted
    if parsed is None or parsed.rule not in _CLAUSES or not _is_embedded(layout, quoted):
        return quoted
    first = min(start for start, _ in parsed.content)
    last = max(end for _, end in parsed.content)
    if not any(first <= start < last for start, _ in quoted.content):
        return quoted
    parsed.content = sorted(parsed.content + quoted.content)
    parsed.source = parsed.source or quoted.source
    parsed.source_head = parsed.source_head or quoted.source_head
    parsed.quoted = True
    return parsed


def _introduction(layout: Layout, quoted: Finding) -> Range | None:
    """The P of 'said that P: "..."': both are said."""
    doc, verb = layout.doc, quoted.head
    colon = min(start for start, _ in quoted.content) - 1
    if verb is None or not verb < colon or doc[colon].text != ":":
        return None
    clause = clause_before(doc[verb], colon)
    if clause is None:
        return None
    start = clause.left_edge.i
    start += doc[start].lower_ == "that" and doc[start].dep_ == "mark"
    return trimmed(doc, max(start, verb + 1), colon)


def _is_embedded(layout: Layout, quoted: Finding) -> bool:
    """True if words of the same clause stand right before a quotation: they are said as well."""
    for start, _ in quoted.content:
        before = layout.doc[start - 1] if start > 0 else None
        if before is None or before.is_punct or before.is_space or before.i == quoted.head:
            continue
        if before.lower_ != "that":
            return True
    return False


def _fitted(layout: Layout, finding: Finding) -> Finding:
    """Content that starts or ends inside a quotation is made to hold it, or to stay within it."""
    holder = layout.at(finding.head) if finding.head is not None else None
    fitted: list[Range] = []
    for start, end in sorted(finding.content):
        if holder is not None:
            start, end = max(start, holder.start), min(end, holder.end)
            if start >= end:
                continue
        else:
            first, last = layout.at(start), layout.at(end - 1)
            start = first.start if first is not None else start
            end = last.end if last is not None else end
        start, end = _within_paragraph(layout, start, end, finding.head)
        if start >= end:
            continue
        if fitted and start <= fitted[-1][1]:
            fitted[-1] = (fitted[-1][0], max(end, fitted[-1][1]))
        else:
            fitted.append((start, end))
    finding.content = fitted
    return finding


def _within_paragraph(layout: Layout, start: int, end: int, head: int | None) -> Range:
    """The part of a range in the paragraph of the cue, unless a quotation carries it across."""
    if head is not None and layout.breaks(min(head, end), max(head, start)):
        return (start, end) if layout.at(start) is not None else (start, start)
    breaks = layout.breaks(start, end)
    if not breaks or (layout.at(start) is not None and layout.at(start) is layout.at(end - 1)):
        return start, end
    if head is None or head < start:
        return start, breaks[0]
    if head >= end:
        return breaks[-1] + 1, end
    return start, end


def _candidate(layout: Layout, words: Lexicon, finding: Finding) -> Candidate | None:
    doc = layout.doc
    if not finding.content and finding.rule != UNANSWERED:
        return None
    source = to_span(doc, finding.source) if finding.source is not None else None
    return Candidate(
        source=source,
        cue=tuple(to_span(doc, part) for part in finding.cue),
        content=tuple(to_span(doc, part) for part in finding.content),
        rule=finding.rule,
        score=score_of(layout, words, finding),
        cue_head=finding.head,
    )
