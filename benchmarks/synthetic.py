"""Graphs of any size from our own records: invented articles, made the same way every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from kg.ids import article_id, entity_id, short_hash
from kg.model import (
    Annotation,
    Article,
    Chain,
    Claim,
    ClaimLink,
    Entity,
    Link,
    Mention,
    Relation,
    Run,
    SaidDate,
    Span,
    Statement,
)
from kg.vocabulary import (
    DEFAULT_BASE,
    Act,
    Certainty,
    EntityType,
    MentionKind,
    Polarity,
    QuoteType,
    Stance,
)

STATEMENTS_AN_ARTICLE = 9
_GIVEN = tuple(
    "Ada Bo Cleo Dara Edo Fenna Gil Hanne Ivo Jana Kees Lotte Mika Nora Otis Pia".split()  # noqa: SIM905 - one line of words
)
_FAMILY = tuple(
    "Arden Brandt Coyle Dorn Elster Finch Garland Holt Imber Jessen Kroll Lund".split()  # noqa: SIM905 - one line of words
)
_PLACES = tuple(
    "Tarnby Oxmoor Velden Skerry Harrow Ness Lindal Marrow Quill Dunmore".split()  # noqa: SIM905 - one line of words
)
_KINDS = tuple(
    "Council Agency Union Bank Institute Party Trust Committee".split()  # noqa: SIM905 - one line of words
)
_VERBS = (
    ("said", "say", Act.SAY, Stance.ASSERTS),
    ("wrote", "write", Act.WRITE, Stance.ASSERTS),
    ("denied", "deny", Act.DENY, Stance.DENIES),
    ("warned", "warn", Act.WARN, Stance.ASSERTS),
    ("asked", "ask", Act.ASK, Stance.QUESTIONS),
    ("promised", "promise", Act.COMMIT, Stance.COMMITS),
)
_THINGS = (
    "the bridge at {} would not be repaired this year",
    'the "harbour" of {} had no money',
    "nobody in {} had seen the letter before it was printed",
    "a report on {} — the third – would be published on Friday",
)


@dataclass
class SyntheticView:
    """A GraphView in memory."""

    base: str
    pairs: list[tuple[Article, Annotation]]
    found: list[Entity]
    entity_ids: dict[str, str]
    claim_pairs: list[ClaimLink]
    all_runs: tuple[Run, ...]
    copy_pairs: list[tuple[str, str]] = field(default_factory=list)

    def articles(self) -> Iterator[Article]:
        return (article for article, _ in self.pairs)

    def annotated(self) -> Iterator[tuple[Article, Annotation]]:
        return iter(self.pairs)

    def entities(self) -> Iterator[Entity]:
        return iter(self.found)

    def entity_of(self, chain: str) -> str:
        return self.entity_ids[chain]

    def links(self) -> Iterator[Link]:
        return iter(())

    def claim_links(self) -> Iterator[ClaimLink]:
        return iter(self.claim_pairs)

    def copies(self) -> Iterator[tuple[str, str]]:
        return iter(self.copy_pairs)

    def runs(self) -> Iterator[Run]:
        return iter(self.all_runs)


@dataclass
class _Writer:
    """One article in the making: text, and the records whose offsets count in it."""

    random: Random
    names: list[tuple[str, EntityType]]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    spans: dict[str, list[Span]] = field(default_factory=dict)
    statements: list[tuple] = field(default_factory=list)
    relations: list[tuple[str, str, Span]] = field(default_factory=list)

    def add(self, words: str) -> Span:
        span = Span(self.length, self.length + len(words))
        self.parts.append(words)
        self.length += len(words)
        return span

    def name(self, name: str) -> Span:
        span = self.add(name)
        self.spans.setdefault(name, []).append(span)
        return span

    def sentence(self) -> None:
        start = self.length
        speaker, about = self.random.sample(self.names, 2)
        source = self.name(speaker[0])
        self.add(" ")
        word, lemma, act, stance = self.random.choice(_VERBS)
        cue = self.add(word)
        self.add(" that ")
        before, after = self.random.choice(_THINGS).split("{}")
        content = self.length
        self.add(before)
        self.name(about[0])
        self.add(after)
        whole = Span(content, self.length)
        self.add(". ")
        row = (speaker[0], about[0], source, cue, lemma, act, stance, whole)
        self.statements.append((*row, Span(start, self.length - 1)))

    def relation(self) -> None:
        person = next(name for name, kind in self.names if kind is EntityType.PERSON)
        company = next(name for name, kind in self.names if kind is EntityType.ORGANISATION)
        start = self.length
        self.name(person)
        self.add(" works for ")
        self.name(company)
        self.relations.append((person, company, Span(start, self.length)))
        self.add(".\n\n")


def synthetic_view(articles: int, *, seed: int = 0) -> SyntheticView:
    """A graph of so many articles, with nine statements each and about 760 triples."""
    random = Random(seed)
    names = _names(max(40, articles // 4))
    run = Run("hsynthetic0000001", "0.1.0", "synthetic", "c" * 64, "none", "d" * 64)
    pairs = sorted(
        (_article(number, random, names, run.id) for number in range(articles)),
        key=lambda pair: pair[0].id,
    )
    entities = _entities(pairs)
    ids = {chain: entity.id for entity in entities for chain in entity.chains}
    claims = sorted(claim.id for _, annotation in pairs for claim in annotation.claims)
    links = [
        ClaimLink(left, right, "contradicts", 0.7, ("stance",))
        for left, right in zip(claims[::20], claims[1::20], strict=False)
    ]
    return SyntheticView(DEFAULT_BASE, pairs, entities, ids, links, (run,))


def _names(count: int) -> list[tuple[str, EntityType]]:
    found: list[tuple[str, EntityType]] = []
    for number in range(count):
        suffix = f" {number // 16}" if number >= 16 else ""
        given, family = _GIVEN[number % 16], _FAMILY[number % 12]
        found.append((f"{given} {family}{suffix}", EntityType.PERSON))
        place = _PLACES[number % 10]
        if number % 2 == 0:
            found.append((f"{place} {_KINDS[number % 8]}{suffix}", EntityType.ORGANISATION))
        if number % 4 == 0:
            found.append((f"{place}{suffix}", EntityType.PLACE))
    return list(dict(found).items())


def _article(
    number: int, random: Random, names: list[tuple[str, EntityType]], run: str
) -> tuple[Article, Annotation]:
    people = [name for name in names if name[1] is EntityType.PERSON]
    companies = [name for name in names if name[1] is EntityType.ORGANISATION]
    chosen = [*random.sample(people, 2), *random.sample(companies, 2), *random.sample(names, 3)]
    writer = _Writer(random, list(dict(chosen).items()))
    writer.add(f"Report {number}. ")
    for _ in range(STATEMENTS_AN_ARTICLE):
        writer.sentence()
    writer.relation()
    text = "".join(writer.parts)
    published = date(2020, 1, 1) + timedelta(days=number % 1500)
    article = Article(
        article_id(text),
        text,
        title=f"Report {number}",
        published=published,
        source=f"report-{number}.txt",
    )
    return article, _annotation(article, writer, run)


def _annotation(article: Article, writer: _Writer, run: str) -> Annotation:
    types = dict(writer.names)
    ids = {name: short_hash(article.id, "chain", name) for name in writer.spans}
    chains = [
        Chain(ids[name], article.id, types[name], name, tuple(spans), named=True)
        for name, spans in writer.spans.items()
    ]
    narrator = short_hash(article.id, "narrator")
    chains.append(Chain(narrator, article.id, EntityType.NARRATOR, "", (), named=False))
    mentions = [
        Mention(article.id, span, MentionKind.NAME, types[name], ids[name], "name-exact")
        for name, spans in writer.spans.items()
        for span in spans
    ]
    statements, claims = _statements(article, writer, ids)
    relations = tuple(
        Relation(
            short_hash(article.id, "relation", span.start),
            article.id,
            ids[subject],
            "worksFor",
            ids[thing],
            thing,
            span,
            None,
            "works-for",
            0.9,
        )
        for subject, thing, span in writer.relations
    )
    ordered = tuple(sorted(mentions, key=lambda mention: mention.span))
    return Annotation(
        article.id, run, ordered, tuple(chains), tuple(statements), tuple(claims), relations
    )


def _statements(
    article: Article, writer: _Writer, ids: dict[str, str]
) -> tuple[list[Statement], list[Claim]]:
    statements, claims = [], []
    for row in writer.statements:
        speaker, about, source, cue, lemma, act, stance, content, sentence = row
        nested = len(statements) % 5 == 4  # every fifth is told by the speaker before
        parent = statements[-1] if nested else None
        id_ = short_hash(article.id, cue.start, 1 + nested)
        said = article.published if len(statements) % 3 == 0 else None
        statements.append(
            Statement(
                id=id_,
                article=article.id,
                speaker=ids[speaker],
                speaker_span=source,
                cue=(cue,),
                cue_lemma=lemma,
                content=(content,),
                act=act,
                stance=stance,
                quote_type=QuoteType.INDIRECT,
                depth=1 + nested,
                parent=parent.id if parent else None,
                sentence=sentence,
                said=SaidDate(said, said, cue) if said else None,
                rule="verb-clause",
                confidence=0.5 + 0.05 * (len(statements) % 10),
            )
        )
        claims.append(
            Claim(
                short_hash(id_, content.start, content.end),
                article.id,
                id_,
                (content,),
                Polarity.NEGATIVE if " no" in content.of(article.text) else Polarity.POSITIVE,
                Certainty.CERTAIN,
                "past",
                (ids[about],),
            )
        )
    return statements, claims


def _entities(pairs: list[tuple[Article, Annotation]]) -> list[Entity]:
    chains: dict[tuple[str, EntityType], list[Chain]] = {}
    for article, annotation in pairs:
        for chain in annotation.chains:
            chains.setdefault((chain.name or article.id, chain.type), []).append(chain)
    found = [
        Entity(
            id=entity_id(name, group[0].id),
            type=kind,
            name=name,
            aliases=(),
            chains=tuple(chain.id for chain in group),
            links={chain.id: 1.0 - 0.01 * (i % 9) for i, chain in enumerate(group)},
        )
        for (name, kind), group in chains.items()
    ]
    return sorted(found, key=lambda entity: entity.id)
