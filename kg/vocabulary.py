"""Closed sets of the model, and the namespaces of the IRIs they become."""

from __future__ import annotations

from enum import StrEnum

KG = "https://w3id.org/claimgraph/ns#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
GRASP_FACTUALITY = "http://groundedannotationframework.org/grasp/factuality#"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"

DEFAULT_BASE = "https://w3id.org/claimgraph/id/"
"""Base of the data's IRIs unless the user sets one."""


NEGATED_CUE = "not "
"""Begins the lemma of a cue that is negated: `not say` for "never said"."""


class EntityType(StrEnum):
    """What a mention or entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"  # an unnamed or plural source: "two officials", "rights groups"
    WORK = "work"  # a document or inquiry: a letter, a report, an investigation
    NARRATOR = "narrator"  # the article's own voice
    OTHER = "other"  # events, laws, products, nationalities: kept as mentions, no sources


class MentionKind(StrEnum):
    """How a mention refers (OntoNotes)."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Stance(StrEnum):
    """What the speaker does to the content as worded."""

    ASSERTS = "asserts"
    DENIES = "denies"
    QUESTIONS = "questions"
    REQUESTS = "requests"
    COMMITS = "commits"
    NO_COMMENT = "noComment"


class Act(StrEnum):
    """The communicative act of a statement; the value is the local name of its IRI."""

    SAY = "Say"
    WRITE = "Write"
    TELL = "Tell"
    CLAIM = "Claim"
    CONFIRM = "Confirm"
    CORROBORATE = "Corroborate"
    DENY = "Deny"
    REJECT = "Reject"
    ANNOUNCE = "Announce"
    ASK = "Ask"
    REQUEST = "Request"
    IMPLY = "Imply"
    ACCUSE = "Accuse"
    COMMIT = "Commit"
    WARN = "Warn"
    ADMIT = "Admit"
    FIND = "Find"
    REPORT = "Report"
    CALL = "Call"
    EXPRESS = "Express"
    ASSERT = "Assert"
    BELIEVE = "Believe"
    WANT = "Want"
    EXPECT = "Expect"
    NO_COMMENT = "NoComment"


class QuoteType(StrEnum):
    """How much of the content stands inside quotation marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    NONE = "none"


class StatementKind(StrEnum):
    """Speech is uttered; an attitude (wants, believes) is ascribed (PolNeAR counts both)."""

    SPEECH = "speech"
    ATTITUDE = "attitude"


class Polarity(StrEnum):
    """Of the content as worded (GRaSP)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNDERSPECIFIED = "underspecified"


class Certainty(StrEnum):
    """Of the content as worded (GRaSP)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNDERSPECIFIED = "underspecified"


class Judgement(StrEnum):
    """A decision on a pair (nomenklatura). NEGATIVE is never merged through."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class Review(StrEnum):
    """What a person decided on a record."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
