"""Small hand-made graphs for tests: two invented articles that disagree, and a view over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.ids import article_id, entity_id, short_hash
from kg.model import (
    Annotation,
    Article,
    Chain,
    Claim,
    ClaimLink,
    Entity,
    ExternalId,
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
    Judgement,
    MentionKind,
    Polarity,
    QuoteType,
    Stance,
    StatementKind,
)

HARBOUR = (
    "Mayor Ilda Marsh said on Monday that the harbour of Tarnby is safe. "
    '"There is no leak, and there never was," she told the Tarnby Courier. '
    "Inspector Orrin Vale wrote that Marsh has denied the reports. "
    "Vale works for the Coast Agency. "
    "The Coast Agency did not comment."
)
LEAK = (
    "Oil has leaked into the harbour of Tarnby, two divers said on 2 March.\n"
    'Ilda Marsh denied "any leak". '
    "Moldavia asked why the Coast Agency had waited."
)


@dataclass(frozen=True)
class MemoryView:
    """A GraphView over tuples."""

    annotations: tuple[tuple[Article, Annotation], ...]
    all_entities: tuple[Entity, ...]
    all_links: tuple[Link, ...] = ()
    all_claim_links: tuple[ClaimLink, ...] = ()
    all_copies: tuple[tuple[str, str], ...] = ()
    all_runs: tuple[Run, ...] = ()
    base: str = DEFAULT_BASE

    def articles(self) -> Iterator[Article]:
        return (article for article, _ in self.annotated())

    def annotated(self) -> Iterator[tuple[Article, Annotation]]:
        return iter(sorted(self.annotations, key=lambda pair: pair[0].id))

    def entities(self) -> Iterator[Entity]:
        return iter(sorted(self.all_entities, key=lambda entity: entity.id))

    def entity_of(self, chain: str) -> str:
        for entity in self.all_entities:
            if chain in entity.chains:
                return entity.id
        raise KeyError(chain)

    def links(self) -> Iterator[Link]:
        return iter(self.all_links)

    def claim_links(self) -> Iterator[ClaimLink]:
        return iter(self.all_claim_links)

    def copies(self) -> Iterator[tuple[str, str]]:
        return iter(sorted(self.all_copies))

    def runs(self) -> Iterator[Run]:
        return iter(self.all_runs)


def span_of(text: str, words: str, nth: int = 0) -> Span:
    """The span of the n-th occurrence of the words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


class ArticleBuilder:
    """Collects the records of one article; words stand for spans."""

    def __init__(self, text: str, **fields: object) -> None:
        self.article = Article(id=article_id(text), text=text, **fields)  # type: ignore[arg-type]
        self.mentions: list[Mention] = []
        self.chains: list[Chain] = []
        self.statements: list[Statement] = []
        self.claims: list[Claim] = []
        self.relations: list[Relation] = []

    def span(self, words: str, nth: int = 0) -> Span:
        return span_of(self.article.text, words, nth)

    def chain(
        self, name: str, type_: EntityType, *mentions: tuple[str, int, MentionKind], **fields
    ) -> str:
        chain = short_hash(self.article.id, "chain", name, type_)
        spans = tuple(sorted(self.span(words, nth) for words, nth, _ in mentions))
        named = any(kind is MentionKind.NAME for _, _, kind in mentions)
        self.chains.append(Chain(chain, self.article.id, type_, name, spans, named=named, **fields))
        self.mentions.extend(
            Mention(self.article.id, self.span(words, nth), kind, type_, chain, rule="name-exact")
            for words, nth, kind in mentions
        )
        return chain

    def statement(self, speaker: str, cue: str | None, content: str | None, **fields) -> str:
        cues = (self.span(cue),) if cue else ()
        depth = fields.pop("depth", 1)
        sentence = self.span(fields.pop("sentence"))
        speaker_words = fields.pop("speaker_words", None)
        identity = cues[0].start if cues else sentence.start
        statement = Statement(
            id=short_hash(self.article.id, identity, depth),
            article=self.article.id,
            speaker=speaker,
            speaker_span=self.span(speaker_words) if speaker_words else None,
            cue=cues,
            cue_lemma=fields.pop("lemma", ""),
            content=(self.span(content),) if content else (),
            act=fields.pop("act", Act.SAY),
            stance=fields.pop("stance", Stance.ASSERTS),
            quote_type=fields.pop("quote_type", QuoteType.INDIRECT),
            depth=depth,
            parent=fields.pop("parent", None),
            sentence=sentence,
            rule=fields.pop("rule", "verb-clause"),
            confidence=fields.pop("confidence", 0.9),
            **fields,
        )
        self.statements.append(statement)
        return statement.id

    def claim(self, statement: str, *words: str, about: tuple[str, ...] = (), **fields) -> str:
        spans = tuple(self.span(part) for part in words)
        claim = Claim(
            id=short_hash(statement, *(f"{s.start}-{s.end}" for s in spans)),
            article=self.article.id,
            statement=statement,
            spans=spans,
            polarity=fields.pop("polarity", Polarity.POSITIVE),
            certainty=fields.pop("certainty", Certainty.CERTAIN),
            about=about,
            **fields,
        )
        self.claims.append(claim)
        return claim.id

    def relation(
        self,
        subject: str,
        predicate: str,
        object_: str | None,
        text: str,
        words: str,
        *,
        statement: str | None = None,
    ):
        span = self.span(words)
        self.relations.append(
            Relation(
                id=short_hash(self.article.id, "relation", predicate, span.start, span.end),
                article=self.article.id,
                subject=subject,
                predicate=predicate,
                object=object_,
                text=text,
                span=span,
                statement=statement,
                rule="title-before-name",
                confidence=0.95,
            )
        )

    def build(self, run: str) -> tuple[Article, Annotation]:
        return self.article, Annotation(
            article=self.article.id,
            run=run,
            mentions=tuple(sorted(self.mentions, key=lambda mention: mention.span)),
            chains=tuple(self.chains),
            statements=tuple(self.statements),
            claims=tuple(self.claims),
            relations=tuple(self.relations),
        )


NAME, NOMINAL, PRONOUN = MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN


def a_run() -> Run:
    """The run of the small graph."""
    return Run("hrun0000000000001", "0.1.0", "rules", "c" * 64, "test-model 1.0", "d" * 64)


def harbour_article(text: str = HARBOUR) -> ArticleBuilder:
    """The mayor asserts a negation; an inspector reports a denial; an agency does not comment."""
    made = ArticleBuilder(
        text,
        title="Harbour is safe, mayor says",
        url="https://news.example/harbour?id=1&p=2",
        publisher="Tarnby Courier",
        author='A. "Quill" Pen',
        published=date(2024, 3, 5),
        source="news/harbour.txt",
    )
    marsh = made.chain(
        "Ilda Marsh",
        EntityType.PERSON,
        ("Ilda Marsh", 0, NAME),
        ("she", 0, PRONOUN),
        ("Marsh", 1, NAME),
        gender="female",
    )
    tarnby = made.chain("Tarnby", EntityType.PLACE, ("Tarnby", 0, NAME), subtype="City")
    courier = made.chain(
        "Tarnby Courier",
        EntityType.ORGANISATION,
        ("Tarnby Courier", 0, NAME),
        subtype="NewsMediaOrganization",
    )
    vale = made.chain("Orrin Vale", EntityType.PERSON, ("Orrin Vale", 0, NAME), ("Vale", 1, NAME))
    agency = made.chain(
        "Coast Agency",
        EntityType.ORGANISATION,
        ("Coast Agency", 0, NAME),
        ("Coast Agency", 1, NAME),
    )
    made.chain("the narrator", EntityType.NARRATOR)
    first = made.statement(
        marsh,
        "said",
        "the harbour of Tarnby is safe",
        lemma="say",
        sentence="Mayor Ilda Marsh said on Monday that the harbour of Tarnby is safe.",
        speaker_words="Ilda Marsh",
        said=SaidDate(date(2024, 3, 4), date(2024, 3, 4), made.span("Monday")),
    )
    made.claim(first, "the harbour of Tarnby is safe", about=(tarnby,), tense="present")
    quote = "There is no leak, and there never was,"
    second = made.statement(
        marsh,
        "told",
        quote,
        act=Act.TELL,
        lemma="tell",
        sentence=f'"{quote}" she told the Tarnby Courier.',
        speaker_words="she",
        quote_type=QuoteType.DIRECT,
        quotes=(made.span(quote),),
        addressee=courier,
    )
    for words in ("There is no leak", "there never was"):
        made.claim(second, words, polarity=Polarity.NEGATIVE)
    third = made.statement(
        vale,
        "wrote",
        "Marsh has denied the reports",
        act=Act.WRITE,
        lemma="write",
        sentence="Inspector Orrin Vale wrote that Marsh has denied the reports.",
        speaker_words="Orrin Vale",
        on_behalf_of=agency,
    )
    made.claim(third, "Marsh has denied the reports", about=(marsh,), tense="present-perfect")
    fourth = made.statement(
        marsh,
        "denied",
        "the reports",
        act=Act.DENY,
        stance=Stance.DENIES,
        lemma="deny",
        depth=2,
        parent=third,
        sentence="Inspector Orrin Vale wrote that Marsh has denied the reports.",
        confidence=0.8,
    )
    made.claim(fourth, "the reports", certainty=Certainty.PROBABLE)
    made.statement(
        agency,
        "did not comment",
        None,
        act=Act.NO_COMMENT,
        stance=Stance.NO_COMMENT,
        lemma="comment",
        sentence="The Coast Agency did not comment.",
    )
    made.relation(marsh, "jobTitle", None, "Mayor", "Mayor Ilda Marsh")
    made.relation(vale, "worksFor", agency, "the Coast Agency", "Vale works for the Coast Agency")
    return made


def leak_article() -> ArticleBuilder:
    """A group asserts what the mayor denies; a place speaks; a later article than the harbour's."""
    made = ArticleBuilder(LEAK, published=date(2024, 3, 6), source="/home/someone/leak.txt")
    tarnby = made.chain("Tarnby", EntityType.PLACE, ("Tarnby", 0, NAME), subtype="City")
    divers = made.chain("two divers", EntityType.GROUP, ("two divers", 0, NOMINAL), plural=True)
    marsh = made.chain("Ilda Marsh", EntityType.PERSON, ("Ilda Marsh", 0, NAME))
    moldavia = made.chain("Moldavia", EntityType.PLACE, ("Moldavia", 0, NAME), subtype="Country")
    agency = made.chain("Coast Agency", EntityType.ORGANISATION, ("Coast Agency", 0, NAME))
    made.chain("the narrator", EntityType.NARRATOR)
    first = made.statement(
        divers,
        "said",
        "Oil has leaked into the harbour of Tarnby",
        lemma="say",
        sentence="Oil has leaked into the harbour of Tarnby, two divers said on 2 March.",
        speaker_words="two divers",
        said=SaidDate(date(2024, 3, 2), date(2024, 3, 2), made.span("2 March")),
    )
    made.claim(first, "Oil has leaked into the harbour of Tarnby", about=(tarnby,))
    second = made.statement(
        marsh,
        "denied",
        '"any leak"',
        act=Act.DENY,
        stance=Stance.DENIES,
        lemma="deny",
        sentence='Ilda Marsh denied "any leak".',
        speaker_words="Ilda Marsh",
        quote_type=QuoteType.MIXED,
        quotes=(made.span("any leak"),),
    )
    made.claim(second, '"any leak"', about=(tarnby,))
    third = made.statement(
        moldavia,
        "asked",
        "why the Coast Agency had waited",
        act=Act.ASK,
        stance=Stance.QUESTIONS,
        lemma="ask",
        sentence="Moldavia asked why the Coast Agency had waited.",
        speaker_words="Moldavia",
        kind=StatementKind.SPEECH,
    )
    made.claim(third, "why the Coast Agency had waited", about=(agency,), tense="past-perfect")
    return made


def _entities(pairs: tuple[tuple[Article, Annotation], ...]) -> tuple[Entity, ...]:
    """One entity a name and type; narrators stay apart. The first article founds."""
    found: dict[tuple[str, EntityType, str], Entity] = {}
    for article, annotation in pairs:
        for chain in annotation.chains:
            own = article.id if chain.type is EntityType.NARRATOR else ""
            key = (chain.name, chain.type, own)
            entity = found.get(key)
            if entity is None:
                found[key] = _founded_by(chain)
                continue
            links = {**entity.links, chain.id: 0.97}
            found[key] = replace(entity, chains=(*entity.chains, chain.id), links=links)
    return tuple(found.values())


def _founded_by(chain: Chain) -> Entity:
    is_moldavia = chain.name == "Moldavia"
    return Entity(
        id=entity_id(chain.name, chain.id),
        type=chain.type,
        name=chain.name,
        aliases=("Marsh",) if chain.name == "Ilda Marsh" else (),
        chains=(chain.id,),
        external=(ExternalId("wikidata", "Q217", 0.9, "gazetteer"),) if is_moldavia else (),
        subtype=chain.subtype,
        gender=chain.gender,
        links={chain.id: 1.0},
    )


def view_of(*made: ArticleBuilder) -> MemoryView:
    """A view over these articles; chains of one name and type are one entity."""
    run = a_run()
    pairs = tuple(each.build(run.id) for each in made)
    return MemoryView(pairs, _entities(pairs), all_runs=(run,))


def small_graph(base: str = DEFAULT_BASE) -> MemoryView:
    """Two articles, eight statements (one nested, three denials, one without comment)."""
    run = a_run()
    harbour, leak = harbour_article(), leak_article()
    pairs = (harbour.build(run.id), leak.build(run.id))
    left = next(c for c in leak.claims if leak.article.text[c.spans[0].start] == "O")
    right = next(c for c in harbour.claims if c.polarity is Polarity.NEGATIVE)
    chains = sorted(c.id for made in (harbour, leak) for c in made.chains if c.name == "Ilda Marsh")
    return MemoryView(
        annotations=pairs,
        all_entities=_entities(pairs),
        all_links=(Link(chains[0], chains[1], Judgement.POSITIVE, 0.97, ("same full name",)),),
        all_claim_links=(
            ClaimLink(left.id, right.id, "contradicts", 0.8, ("one affirms, one negates",)),
        ),
        all_runs=(run,),
        base=base,
    )
