"""What statements mean: from candidates to attributions with act, stance, claims and nesting.

The candidates come from rules or a trained tagger; nothing here finds or drops one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kg.annotate.draft import Attribution, Candidate
from kg.annotate.nearby import SpanIndex
from kg.annotate.statements.backward import add_later_details
from kg.annotate.statements.claims import split_claims
from kg.annotate.statements.combine import JOINT
from kg.annotate.statements.frames import Frame, build_frame
from kg.annotate.statements.labels import TURN
from kg.annotate.statements.narrator import find_narrator
from kg.annotate.statements.nesting import find_parents
from kg.annotate.statements.participants import find_participants
from kg.annotate.statements.quoting import first_person, inner_quotes, quote_type_of
from kg.annotate.statements.rules_phrases import UNANSWERED
from kg.annotate.statements.said import find_said
from kg.annotate.statements.stance import read_cue
from kg.annotate.statements.tokens import TokenIndex
from kg.model import Span
from kg.vocabulary import Act, QuoteType


def interpret(
    tokens: TokenIndex,
    candidates: Sequence[Candidate],
    quoted: Sequence[Span],
    *,
    published: date | None,
) -> list[Attribution]:
    """The attributions of a text in text order: one for each candidate, and the narrator's own.

    `quoted` are the stretches inside quotation marks, in text order. Dates of saying that the text
    words relatively ("on Thursday") are read against `published`, and left out without it.
    """
    timeless = [_without_time_of_silence(tokens, candidate) for candidate in candidates]
    frames = [build_frame(tokens, candidate) for candidate in sorted(timeless, key=_extent)]
    parents = find_parents(frames)
    places = SpanIndex(quoted)
    quotes = [inner_quotes(frame, _quoted_near(frame, quoted, places)) for frame in frames]
    own_words = [_own_words(frame, quotes[i]) for i, frame in enumerate(frames)]
    references = first_person(tokens, own_words)
    found = [
        _attribute(frame, quotes[i], parents[i], references[i], published)
        for i, frame in enumerate(frames)
    ]
    return _with_narrator(add_later_details(frames, found, published), find_narrator(frames))


def _without_time_of_silence(tokens: TokenIndex, candidate: Candidate) -> Candidate:
    """ "Declined to comment on Friday" tells when, and not what about."""
    if candidate.rule.removesuffix(JOINT) != UNANSWERED:
        return candidate
    words = [tokens.doc[i] for i in tokens.all_inside(candidate.content)]
    is_time = all(word.ent_type_ in ("DATE", "TIME") for word in words)
    return replace(candidate, content=()) if is_time else candidate


def _own_words(frame: Frame, quotes: tuple[Span, ...]) -> tuple[Span, ...]:
    """What is in the speaker's own words, with or without marks."""
    return frame.candidate.content if _is_turn(frame) else quotes


def _is_turn(frame: Frame) -> bool:
    return frame.candidate.rule.removesuffix(JOINT) == TURN


def _quoted_near(frame: Frame, quoted: Sequence[Span], places: SpanIndex) -> list[Span]:
    """The quoted stretches that may belong to the content."""
    content = frame.candidate.content
    if not content:
        return []
    around = Span(min(span.start for span in content), max(span.end for span in content))
    return [quoted[number] for number in places.overlapping(around)]


def _with_narrator(
    attributions: Sequence[Attribution], narrated: Iterable[Attribution]
) -> list[Attribution]:
    """Both in text order; the parents are indices into the new list."""
    merged = [*attributions, *narrated]
    order = sorted(range(len(merged)), key=lambda i: _extent(merged[i]))
    place = {old: new for new, old in enumerate(order)}
    return [
        replace(one, parent=place[one.parent]) if one.parent is not None else one
        for one in (merged[i] for i in order)
    ]


def _extent(statement: Candidate | Attribution) -> tuple[int, int]:
    spans = (*statement.cue, *statement.content)
    return min(span.start for span in spans), -max(span.end for span in spans)


def _attribute(
    frame: Frame,
    quotes: tuple[Span, ...],
    parent: int | None,
    references: tuple[Span, ...],
    published: date | None,
) -> Attribution:
    reading = read_cue(frame)
    participants = find_participants(frame)
    candidate = frame.candidate
    return Attribution(
        source=participants.source,
        cue=candidate.cue,
        cue_lemma=reading.lemma,
        content=candidate.content,
        act=reading.sense.act,
        stance=reading.sense.stance,
        kind=reading.sense.kind,
        quote_type=QuoteType.DIRECT if _is_turn(frame) else quote_type_of(frame, quotes),
        parent=parent,
        rule=candidate.rule,
        confidence=candidate.score,
        quotes=quotes,
        claims=split_claims(frame, reading.sense.certainty),
        said=find_said(frame, published, silent=reading.sense.act is Act.NO_COMMENT),
        addressee=participants.addressee,
        on_behalf_of=participants.on_behalf_of,
        work=participants.work,
        evidence=participants.evidence,
        references=references,
    )
