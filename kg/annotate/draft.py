"""What the steps of the annotator hand to each other, before chains have ids."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import SaidDate, Span
from kg.vocabulary import (
    Act,
    Certainty,
    EntityType,
    Polarity,
    QuoteType,
    Stance,
    StatementKind,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: the bare name, without "the", title or possessive."""

    span: Span
    type: EntityType
    subtype: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution, from a rule or a trained tagger, before anyone asks what it means."""

    source: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    rule: str
    score: float
    """In [0, 1]: how likely source, cue and content are all right."""
    cue_head: int | None = None
    """Index in the Doc of the head token of the cue (the verb of saying), if there is one."""
    second_hand: bool = False
    """True if it stands inside another statement, in so many words."""


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """One claim of a content."""

    spans: tuple[Span, ...]
    polarity: Polarity
    certainty: Certainty
    tense: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as spans: source, cue and content as PolNeAR defines them; no chains yet."""

    source: Span | None
    """The noun phrase that names the speaker, without apposition; None where nobody is named."""
    cue: tuple[Span, ...]
    cue_lemma: str
    content: tuple[Span, ...]
    act: Act
    stance: Stance
    kind: StatementKind
    quote_type: QuoteType
    parent: int | None
    """Index, in the same list, of the attribution whose content holds this one."""
    rule: str
    confidence: float
    quotes: tuple[Span, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    said: SaidDate | None = None
    addressee: Span | None = None
    on_behalf_of: Span | None = None
    work: Span | None = None
    evidence: Span | None = None
    narrator: bool = False
    """True for the article's own voice (depth 0), which has no source phrase."""
    references: tuple[Span, ...] = field(default=())
    """Pronouns of the first person inside the quotes: they mean the speaker."""
