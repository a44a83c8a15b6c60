"""The records that every stage reads and writes. A newcomer starts here, then opens `kg.pipeline`.

All are frozen and hold no other record but spans: they refer to each other by id. Offsets are
half-open, in Unicode code points of `Article.text`, for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kg.vocabulary import (
    GEONAMES,
    WIKIDATA,
    Act,
    Certainty,
    EntityType,
    Judgement,
    MentionKind,
    Polarity,
    QuoteType,
    Review,
    Stance,
    StatementKind,
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Article.text`: half-open, in code points.

    Raises ValueError unless 0 <= start < end.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end; found {self.start}, {self.end}")

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """True if the other span lies inside this one, or is the same."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True if the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read. `text` is what all offsets count in; it is never changed."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    language: str = "en"
    source: str = ""
    """Where it was read: a path as the user typed it (`#n` for the n-th in a file), or a URL."""
    skip: tuple[Span, ...] = ()
    """Parts of `text` that are metadata (a header), left out of the analysis; text order."""
    source_sha256: str = ""
    """Digest of the raw bytes (of the line, for line-oriented files) the article was read from."""
    reader: str = ""
    """Name and version of the reader, for the provenance."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the text that means an entity; (article, span) is its key."""

    article: str
    span: Span
    kind: MentionKind
    type: EntityType
    chain: str
    rule: str
    """What put it into its chain: `name-exact`, `surname`, `pronoun-subject`, `apposition` ..."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Chain:
    """The mentions of one article that mean the same; the local entity of RDF.

    Every statement has a chain as its speaker. Besides the chains of the text an article has one of
    type NARRATOR (its own voice; no mentions), and one of type GROUP without mentions and with the
    name "unnamed source" if a statement names nobody. An unresolved pronoun is a chain of its own.
    """

    id: str
    article: str
    type: EntityType
    name: str
    """The fullest name or phrase among the mentions, as worded, without article or possessive."""
    mentions: tuple[Span, ...]
    """Text order."""
    named: bool
    """True if at least one mention is a name; only such chains are resolved across articles."""
    gender: str | None = None
    """`female`, `male`, or None: unknown is a value."""
    plural: bool = False
    subtype: str | None = None
    """A finer schema.org class where known: `NewsMediaOrganization`, `Country` ..."""
    wikidata: str | None = None
    """QID where an offline gazetteer of territories knows the name without doubt."""


@dataclass(frozen=True, slots=True)
class SaidDate:
    """When a statement was made, as far as the text words it: a closed range of days."""

    earliest: date
    latest: date
    span: Span
    """The words of the time ("last Friday")."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The article reports that a speaker says, denies, asks ... a content; never that it is so."""

    id: str
    article: str
    speaker: str
    """Chain id."""
    speaker_span: Span | None
    """The phrase that names the speaker here, pronouns included; None where nobody is named."""
    cue: tuple[Span, ...]
    """The words of saying, text order; empty for a quotation that goes on without a cue."""
    cue_lemma: str
    content: tuple[Span, ...]
    """What is said, as worded, text order, without cue and "that"; empty for `noComment` only."""
    act: Act
    stance: Stance
    """What the speaker does to the content AS WORDED: "denied that P" is P and `denies`."""
    quote_type: QuoteType
    depth: int
    """1 a source reported by the article; 2 a source reported by a source; 0 the narrator."""
    parent: str | None
    """The statement whose content reports this one, one level up; None at depth 0 and 1."""
    sentence: Span
    """The sentence (or run of sentences) that holds cue and content."""
    kind: StatementKind = StatementKind.SPEECH
    quotes: tuple[Span, ...] = ()
    """The stretches of the content inside quotation marks, marks left out."""
    said: SaidDate | None = None
    addressee: str | None = None
    """Chain id: to whom."""
    on_behalf_of: str | None = None
    """Chain id: for whom a spokesperson speaks."""
    work: str | None = None
    """Chain id: the letter, report, interview that carries the words."""
    evidence: str | None = None
    """Chain id of what the speaker cites."""
    rule: str = ""
    """What found it, for `kg explain`."""
    confidence: float = 1.0
    """The builder's confidence in its own reading, in [0, 1]; never a degree of truth."""
    review: Review | None = None
    """A person's verdict, from the ledger; None where nobody looked."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A content as worded, or one coordinated part of it, with its own polarity and certainty."""

    id: str
    article: str
    statement: str
    spans: tuple[Span, ...]
    polarity: Polarity
    certainty: Certainty
    tense: str | None = None
    """`past`, `present`, `present-perfect`, `past-perfect`, `future`; None if no verb tells."""
    about: tuple[str, ...] = ()
    """Chain ids that are mentioned inside, text order, without repetition."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as worded at one place ("Chechnya's leader Ramzan Kadyrov")."""

    id: str
    article: str
    subject: str
    """Chain id."""
    predicate: str
    """`jobTitle`, `worksFor`, `memberOf`, `leaderOf`, `spokespersonFor`, `spouse`, `relative`,
    `locatedIn` or `formerly`."""
    object: str | None
    """Chain id, or None where the object is a literal (a job title)."""
    text: str
    """The object as worded."""
    span: Span
    """The words that state it, from the first of its parts to the last."""
    statement: str | None
    """The innermost statement whose content words it; None where the article itself does."""
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotation:
    """One article with all that was found in it; records in text order, none twice."""

    article: str
    run: str
    """Id of the run: kg's version, configuration and model."""
    mentions: tuple[Mention, ...] = ()
    chains: tuple[Chain, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What produced an annotation. The id is a digest of the rest, so equal runs are one."""

    id: str
    version: str
    """Version of kg."""
    annotator: str
    config_sha256: str
    model: str
    """Name and version of the language model."""
    model_sha256: str


class LinkOrigin(StrEnum):
    """Who decided a link."""

    RESOLVER = "resolver"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of chains (of two articles) that were compared; `left < right`."""

    left: str
    right: str
    judgement: Judgement
    score: float
    """In [0, 1]; 1 is certain that both mean the same."""
    reasons: tuple[str, ...]
    """Words for a person: `same full name`, `both worksFor Haaretz` ..."""
    origin: LinkOrigin = LinkOrigin.RESOLVER


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """How two claims stand: `sameClaimAs`, `contradicts`, `supports` (left to right)."""

    left: str
    right: str
    relation: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExternalId:
    """An identifier of an entity elsewhere, with who says so."""

    scheme: str
    """`wikidata`, `geonames`, or the identifier space of a reconciliation service."""
    id: str
    """The QID of Wikidata, the number of GeoNames, the whole IRI elsewhere."""
    score: float
    """In [0, 1]; 1 is certain."""
    origin: str
    """`gazetteer`, `person`, or the service that was asked."""

    @property
    def iri(self) -> str:
        """What the identifier names, as an IRI where the service gives one."""
        prefix, suffix = _IRI_OF.get(self.scheme, ("", ""))
        return f"{prefix}{self.id}{suffix}"


_IRI_OF = {"wikidata": (WIKIDATA, ""), "geonames": (GEONAMES, "/")}
_KNOWN_IRI = (
    (re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)"), "wikidata"),
    (re.compile(r"https?://(?:sws|www)\.geonames\.org/([1-9]\d*)(?:/.*)?"), "geonames"),
    (re.compile(r"(Q[1-9]\d*)"), "wikidata"),
)


def external_id(iri: str, *, score: float, origin: str) -> ExternalId:
    """The identifier that an IRI (or a bare QID) is; one thing has one, whoever writes it."""
    for pattern, scheme in _KNOWN_IRI:
        found = pattern.fullmatch(iri)
        if found is not None:
            return ExternalId(scheme, found.group(1), score, origin)
    space = iri[: max(iri.rfind("/"), iri.rfind("#"), iri.rfind("=")) + 1]
    return ExternalId(space, iri, score, origin)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a service offers for a name."""

    iri: str
    name: str
    score: float
    """On the service's own scale."""
    is_match: bool = False
    """True if the service itself is sure."""
    types: tuple[str, ...] = ()
    """Names of its classes there."""
    reason: str = ""
    """Words for a person, where something but the name was looked at."""


@dataclass(frozen=True, slots=True)
class LinkService:
    """A source of identifiers that was asked, and from which score on it is believed."""

    url: str
    """Of a reconciliation service; `geonames` for the offline table."""
    name: str
    space: str
    """The beginning of the IRIs that it gives, its identifier space."""
    threshold: float
    """In [0, 1]."""
    view: str = ""
    """Address of a page about one of its items, `{{id}}` in place of the id."""
    versions: tuple[str, ...] = ()
    """Of the reconciliation protocol."""
    batch_size: int = 0
    """The most names at once; 0 where the service does not say."""


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """What a service answered to one question; kept, so that nothing is asked twice."""

    service: str
    """Its `LinkService.url`."""
    type: EntityType
    name: str
    """As it was asked."""
    asked: str
    """All that was asked, as JSON."""
    chain: str
    """The founding chain of the entity that was asked for."""
    candidates: tuple[Candidate, ...]
    """Best first."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place, group or work across articles: the node of its chains."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    """Other names in the articles, sorted."""
    chains: tuple[str, ...]
    """Founding chain first, then sorted."""
    external: tuple[ExternalId, ...] = ()
    subtype: str | None = None
    gender: str | None = None
    review: Review | None = None
    links: Mapping[str, float] = field(default_factory=dict, hash=False)
    """Chain id to the confidence of its link to the entity, in [0, 1]; the founding chain has 1."""


class FailureKind(StrEnum):
    """What became of an input that did not read cleanly."""

    WARNING = "warning"  # read, with a guess that the user should know of
    SKIPPED = "skipped"  # no article by its nature: an image, another language
    FAILED = "failed"  # should have been an article and is not: exit code 3


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that is not an article, or not quite; the batch goes on."""

    source: str
    """As in `Article.source`; `file:line` for one line of a file."""
    reason: str
    """For a person: follows the source in "old.doc (use pdf, html or txt)"."""
    kind: FailureKind = FailureKind.FAILED
    message: str = ""
    """The whole sentence for stderr, where "source: reason" would not do."""

    def __str__(self) -> str:
        return self.message or f"{self.source}: {self.reason}"
