"""Records to rows and back. The order of columns is that of the tables in `kg.store.schema`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from kg.ids import short_hash
from kg.model import (
    Annotation,
    Article,
    Chain,
    Claim,
    ClaimLink,
    Link,
    LinkOrigin,
    Mention,
    Relation,
    SaidDate,
    Span,
    Statement,
)
from kg.store.database import Row
from kg.vocabulary import (
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

# Looking a member up in a dict takes a third of the time of calling the enum.
_KINDS = {member.value: member for member in MentionKind}
_TYPES = {member.value: member for member in EntityType}
_ACTS = {member.value: member for member in Act}
_STANCES = {member.value: member for member in Stance}
_QUOTE_TYPES = {member.value: member for member in QuoteType}
_STATEMENT_KINDS = {member.value: member for member in StatementKind}
_POLARITIES = {member.value: member for member in Polarity}
_CERTAINTIES = {member.value: member for member in Certainty}

ARTICLE_COLUMNS = (
    "a.id, a.text, p.title, p.url, p.publisher, p.author, p.published, p.language, p.source, "
    "p.skip, p.source_sha256, p.reader"
)


def spans_text(spans: Sequence[Span]) -> str:
    """Spans as they are stored: "12-40 45-50"."""
    return " ".join([f"{span.start}-{span.end}" for span in spans])


def parse_spans(text: str) -> tuple[Span, ...]:
    """The spans of a stored text, in its order."""
    if not text:
        return ()
    if " " not in text:
        start, _, end = text.partition("-")
        return (Span(int(start), int(end)),)
    pairs = [pair.partition("-") for pair in text.split(" ")]
    return tuple([Span(int(first), int(last)) for first, _, last in pairs])


def seen_by_annotator(article: Article) -> str:
    """Digest of all that an annotator may look at, besides the text itself."""
    return short_hash(
        spans_text(article.skip),
        article.published,
        article.title,
        article.publisher,
        article.author,
        article.language,
    )


def appearance_row(article: Article, read_with: str) -> Row:
    """The row of `appearances`, without `main`."""
    return (
        article.source,
        article.id,
        article.title,
        article.url,
        article.publisher,
        article.author,
        _iso(article.published),
        article.language,
        spans_text(article.skip),
        article.source_sha256,
        article.reader,
        read_with,
    )


def article_of(row: Row) -> Article:
    """An article from ARTICLE_COLUMNS."""
    id_, text, title, url, publisher, author, published, language, source, *rest = row
    day = _date(published)
    skip, sha256, reader = rest
    spans = parse_spans(skip)
    return Article(
        id_, text, title, url, publisher, author, day, language, source, spans, sha256, reader
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def mention_rows(annotation: Annotation) -> list[Row]:
    """The rows of `mentions`."""
    return [
        (m.article, m.span.start, m.span.end, m.kind, m.type, m.chain, m.rule, m.confidence)
        for m in annotation.mentions
    ]


def mention_of(row: Row) -> Mention:
    """A mention from its row."""
    article, start, end, kind, type_, chain, rule, confidence = row
    span = Span(start, end)
    return Mention(article, span, _KINDS[kind], _TYPES[type_], chain, rule, confidence)


def chain_rows(annotation: Annotation) -> list[Row]:
    """The rows of `chains`; which mentions belong to one is in `mentions`."""
    return [
        (c.article, i, c.id, c.type, c.name, c.named, c.gender, c.plural, c.subtype, c.wikidata)
        for i, c in enumerate(annotation.chains)
    ]


def chain_of(row: Row, mentions: Sequence[Span]) -> Chain:
    """A chain from its row and the spans of its mentions, in text order."""
    article, _, id_, type_, name, named, gender, plural, subtype, wikidata = row
    return Chain(
        id_,
        article,
        _TYPES[type_],
        name,
        tuple(mentions),
        bool(named),
        gender,
        bool(plural),
        subtype,
        wikidata,
    )


def statement_rows(annotation: Annotation) -> list[Row]:
    """The rows of `statements`."""
    return [_statement_row(place, s) for place, s in enumerate(annotation.statements)]


def _statement_row(place: int, s: Statement) -> Row:
    speaker, said = s.speaker_span, s.said
    return (
        *(s.article, place, s.id, s.speaker),
        *((None, None) if speaker is None else (speaker.start, speaker.end)),
        *(spans_text(s.cue), s.cue_lemma, spans_text(s.content), s.act, s.stance, s.quote_type),
        *(s.depth, s.parent, s.sentence.start, s.sentence.end, s.kind, spans_text(s.quotes)),
        *(
            (None, None, None, None)
            if said is None
            else (_iso(said.earliest), _iso(said.latest), said.span.start, said.span.end)
        ),
        *(s.addressee, s.on_behalf_of, s.work, s.evidence, s.rule, s.confidence, s.review),
    )


def statement_of(row: Row) -> Statement:
    """A statement from its row."""
    said = None
    if row[18] is not None:
        days = (date.fromisoformat(row[18]), date.fromisoformat(row[19]))
        said = SaidDate(*days, Span(row[20], row[21]))
    return Statement(
        row[2],
        row[0],
        row[3],
        None if row[4] is None else Span(row[4], row[5]),
        parse_spans(row[6]),
        row[7],
        parse_spans(row[8]),
        _ACTS[row[9]],
        _STANCES[row[10]],
        _QUOTE_TYPES[row[11]],
        row[12],
        row[13],
        Span(row[14], row[15]),
        _STATEMENT_KINDS[row[16]],
        parse_spans(row[17]),
        said,
        row[22],
        row[23],
        row[24],
        row[25],
        row[26],
        row[27],
        None if row[28] is None else Review(row[28]),
    )


def claim_rows(annotation: Annotation) -> list[Row]:
    """The rows of `claims`; what they are about is in `claim_about`."""
    return [
        (
            *(c.article, place, c.id, c.statement, spans_text(c.spans)),
            *(c.polarity, c.certainty, c.tense),
        )
        for place, c in enumerate(annotation.claims)
    ]


def about_rows(annotation: Annotation) -> list[Row]:
    """The rows of `claim_about`."""
    return [
        (claim.article, claim_place, place, chain)
        for claim_place, claim in enumerate(annotation.claims)
        for place, chain in enumerate(claim.about)
    ]


def claim_of(row: Row, about: Sequence[str]) -> Claim:
    """A claim from its row and the chains it is about."""
    article, _, id_, statement, spans, polarity, certainty, tense = row
    return Claim(
        id_,
        article,
        statement,
        parse_spans(spans),
        _POLARITIES[polarity],
        _CERTAINTIES[certainty],
        tense,
        tuple(about),
    )


def relation_rows(annotation: Annotation) -> list[Row]:
    """The rows of `relations`."""
    return [
        (
            *(r.article, place, r.id, r.subject, r.predicate, r.object, r.text),
            *(r.span.start, r.span.end, r.statement, r.rule, r.confidence),
        )
        for place, r in enumerate(annotation.relations)
    ]


def relation_of(row: Row) -> Relation:
    """A relation from its row."""
    article, _, id_, subject, predicate, object_, text, start, end, *rest = row
    statement, rule, confidence = rest
    span = Span(start, end)
    return Relation(
        id_, article, subject, predicate, object_, text, span, statement, rule, confidence
    )


def link_row(link: Link) -> Row:
    """The row of `links`."""
    reasons = json.dumps(link.reasons, ensure_ascii=False)
    return (link.left, link.right, link.judgement, link.score, reasons, link.origin)


def link_of(row: Row) -> Link:
    """A link from its row."""
    left, right, judgement, score, reasons, origin = row
    reasons = tuple(json.loads(reasons))
    return Link(left, right, Judgement(judgement), score, reasons, LinkOrigin(origin))


def claim_link_row(link: ClaimLink) -> Row:
    """The row of `claim_links`."""
    reasons = json.dumps(link.reasons, ensure_ascii=False)
    return (link.left, link.relation, link.right, link.score, reasons)


def claim_link_of(row: Row) -> ClaimLink:
    """A link of claims from its row."""
    left, relation, right, score, reasons = row
    return ClaimLink(left, right, relation, score, tuple(json.loads(reasons)))
