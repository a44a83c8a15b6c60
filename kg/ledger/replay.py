"""Corrections applied to what was found: changed annotations, judgements, changed entities.

`replay` comes before resolution, `correct_entities` after it. What no longer fits is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from kg.ids import short_hash
from kg.ledger.anchors import (
    Corpus,
    chain_at,
    locate,
    statement_at,
    wanted_articles,
)
from kg.ledger.entries import Action, Anchor, Correction, Target
from kg.ledger.files import active
from kg.model import (
    Annotation,
    Article,
    Chain,
    Entity,
    Link,
    LinkOrigin,
    Mention,
    Span,
    Statement,
)
from kg.vocabulary import EntityType, Judgement, MentionKind, Review, Stance


@dataclass(frozen=True, slots=True)
class Unfit:
    """A correction, or a part of it, that finds nothing to correct now; it stays in the ledger."""

    correction: Correction
    reason: str


LINK_ACTIONS = (Action.LINK, Action.NOT_LINK)
"""What `kg.link` reads: they change identifiers elsewhere, and nothing of the entity itself."""


@dataclass(frozen=True, slots=True)
class EntityChange:
    """A new name, type, identifier or verdict for the entity of these chains."""

    chains: tuple[str, ...]
    action: Action
    value: str | None


@dataclass(frozen=True, slots=True)
class Applied:
    """What the corrections in force amount to."""

    judgements: tuple[Link, ...]
    """For resolution, by (left, right); one a pair, the latest decision."""
    annotations: Mapping[str, Annotation]
    """Article id to its corrected annotation; only those that changed."""
    entity_changes: tuple[EntityChange, ...]
    """For `correct_entities`, in the order they were made."""
    unfit: tuple[Unfit, ...]


def wanted(corrections: Sequence[Correction]) -> tuple[frozenset[str], frozenset[str]]:
    """The article ids and the sources (a file's, without `#n`) that `replay` needs to see."""
    return wanted_articles(
        target
        for made in active(corrections)
        for target in (*((made.subject,) if made.subject else ()), *made.others)
    )


def replay(
    corrections: Sequence[Correction], annotated: Iterable[tuple[Article, Annotation]]
) -> Applied:
    """What the corrections in force do to these articles.

    `annotated`: as found, without any correction; all articles, or at least those `wanted`.
    """
    state = _State(Corpus.of(annotated))
    for made in active(corrections):
        _APPLY[made.action](state, made)
    return Applied(
        judgements=state.links(),
        annotations={a: state.corpus.annotations[a] for a in sorted(state.changed)},
        entity_changes=tuple(state.entity_changes),
        unfit=tuple(state.unfit),
    )


def correct_entities(
    entities: Iterable[Entity], changes: Sequence[EntityChange]
) -> Iterator[Entity]:
    """The entities with new names, types and verdicts; ids stay. Those that change come last.

    Where a split has parted the chains of a change since, most of them say whose it is: who takes
    one mention out of "Graham A. Pell" does not take his name along.
    """
    named = {chain for change in changes for chain in change.chains}
    found: dict[str, Entity] = {}
    for entity in entities:
        if named.isdisjoint(entity.chains):
            yield entity
        else:
            found[entity.id] = entity
    home = {chain: entity.id for entity in found.values() for chain in entity.chains}
    for change in changes:
        homes = Counter(home[chain] for chain in change.chains if chain in home)
        for entity_id, _ in homes.most_common(1):  # of equals the one of the founding chain
            found[entity_id] = _changed(found[entity_id], change)
    yield from found.values()


def _changed(entity: Entity, change: EntityChange) -> Entity:
    if change.action in (Action.RENAME, Action.MERGE) and change.value is not None:
        aliases = tuple(sorted({*entity.aliases, entity.name} - {change.value}))
        return replace(entity, name=change.value, aliases=aliases, review=Review.CORRECTED)
    if change.action is Action.RETYPE and change.value is not None:
        return replace(entity, type=EntityType(change.value), review=Review.CORRECTED)
    if change.action is Action.REJECT:
        return replace(entity, review=Review.REJECTED)
    if change.action in LINK_ACTIONS:
        return entity
    return replace(entity, review=entity.review or Review.CORRECTED)


@dataclass(slots=True)
class _State:
    """What was decided so far, while the corrections are read in their order."""

    corpus: Corpus
    pairs: dict[tuple[str, str], tuple[Judgement, Correction]] = field(default_factory=dict)
    splits: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)
    entity_changes: list[EntityChange] = field(default_factory=list)
    unfit: list[Unfit] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def judge(self, left: str, right: str, judgement: Judgement, made: Correction) -> None:
        """Keep the latest decision on a pair."""
        if left != right:
            self.pairs[min(left, right), max(left, right)] = (judgement, made)

    def links(self) -> tuple[Link, ...]:
        """The decisions as links of a person."""
        return tuple(
            Link(left, right, judgement, _score(judgement), (_reason(made),), LinkOrigin.PERSON)
            for (left, right), (judgement, made) in sorted(self.pairs.items(), key=lambda i: i[0])
        )

    def chains_at(self, target: Target, made: Correction) -> list[str]:
        """The chains at the anchors of a target; those that went are told."""
        found: dict[str, None] = {}
        for anchor in target.anchors:
            chain = chain_at(anchor, self.corpus)
            if chain is None:
                self.tell(made, _missing(anchor))
            else:
                found[chain] = None
        return list(found)

    def tell(self, made: Correction, reason: str) -> None:
        """Note what does not fit."""
        self.unfit.append(Unfit(made, reason))

    def change(self, article: str, annotation: Annotation) -> None:
        """Put a corrected annotation in the place of the one before."""
        self.corpus.annotations[article] = annotation
        self.changed.add(article)


def _merge(state: _State, made: Correction) -> None:
    assert made.subject is not None
    keep = state.chains_at(made.subject, made)
    others = [chain for target in made.others for chain in state.chains_at(target, made)]
    if not keep or not others:
        return
    both = {*keep, *others}
    # The later decision counts: a split that parted the two is taken back as a whole.
    for rest, moved in state.splits:
        if both & rest and both & moved:
            for pair in product(sorted(rest), sorted(moved)):
                state.pairs.pop((min(pair), max(pair)), None)
    for chain in [*keep[1:], *others]:
        state.judge(keep[0], chain, Judgement.POSITIVE, made)
    state.entity_changes.append(EntityChange(tuple(keep), made.action, made.subject.name))


def _split(state: _State, made: Correction) -> None:
    assert made.subject is not None
    if made.value == "mention":
        moved = _cut_mentions(state, made)
    else:
        moved = state.chains_at(made.others[0], made)
    rest = [chain for chain in state.chains_at(made.subject, made) if chain not in moved]
    if not moved or not rest:
        return
    state.splits.append((frozenset(rest), frozenset(moved)))
    for one, other in product(rest, moved):
        state.judge(one, other, Judgement.NEGATIVE, made)
    for chain in moved[1:]:
        state.judge(moved[0], chain, Judgement.POSITIVE, made)
    for part in (rest, moved):
        state.entity_changes.append(EntityChange(tuple(part), made.action, None))


def _cut_mentions(state: _State, made: Correction) -> list[str]:
    """Take mentions out of their chains; those of one article and chain become a new chain."""
    groups: dict[tuple[str, str], list[Span]] = {}
    for anchor in made.others[0].anchors:
        place, chain = locate(anchor, state.corpus), chain_at(anchor, state.corpus)
        if place is None or chain is None:
            state.tell(made, _missing(anchor))
        else:
            groups.setdefault((place.article, chain), []).append(Span(place.start, place.end))
    return [
        _cut(state, article, chain, spans) for (article, chain), spans in sorted(groups.items())
    ]


def _cut(state: _State, article_id: str, chain_id: str, spans: list[Span]) -> str:
    annotation = state.corpus.annotations[article_id]
    moved = [
        mention
        for mention in annotation.mentions
        if mention.chain == chain_id and any(mention.span.overlaps(span) for span in spans)
    ]
    old = next(chain for chain in annotation.chains if chain.id == chain_id)
    stays = tuple(span for span in old.mentions if span not in {m.span for m in moved})
    if not stays:
        return chain_id
    new = _new_chain(state.corpus.articles[article_id], old, moved)
    gone = {mention.span for mention in moved}
    state.change(
        article_id,
        replace(
            annotation,
            mentions=tuple(
                replace(m, chain=new.id, rule="corrected") if m in moved else m
                for m in annotation.mentions
            ),
            chains=(
                *(replace(c, mentions=stays) if c is old else c for c in annotation.chains),
                new,
            ),
            statements=tuple(
                replace(s, speaker=new.id, review=Review.CORRECTED)
                if s.speaker == chain_id and s.speaker_span in gone
                else s
                for s in annotation.statements
            ),
        ),
    )
    return new.id


def _new_chain(article: Article, old: Chain, moved: Sequence[Mention]) -> Chain:
    spans = tuple(sorted(mention.span for mention in moved))
    names = [m.span.of(article.text) for m in moved if m.kind is MentionKind.NAME]
    words = max(names or [span.of(article.text) for span in spans], key=len)
    identity = short_hash(article.id, "split", *(span.start for span in spans))
    return Chain(identity, article.id, old.type, words, spans, named=bool(names))


def _change_entity(state: _State, made: Correction) -> None:
    assert made.subject is not None
    chains = state.chains_at(made.subject, made)
    if chains:
        state.entity_changes.append(EntityChange(tuple(chains), made.action, made.value))


def _change_statement(state: _State, made: Correction) -> None:
    assert made.subject is not None
    statement = statement_at(made.subject, state.corpus)
    if statement is None:
        state.tell(made, _missing(made.subject.anchors[0], "statement"))
        return
    annotation = state.corpus.annotations[statement.article]
    if made.action is Action.NOT_A_STATEMENT:
        state.change(statement.article, _without_statement(annotation, statement))
        return
    if made.action is Action.SPEAKER:
        speaker, annotation = _speaker(state, made, annotation)
        if speaker is None:
            return
        new = replace(statement, speaker=speaker, speaker_span=None, review=Review.CORRECTED)
    else:
        new = replace(statement, stance=Stance(made.value or ""), review=Review.CORRECTED)
    state.change(statement.article, _with_statement(annotation, new))


def _speaker(
    state: _State, made: Correction, annotation: Annotation
) -> tuple[str | None, Annotation]:
    """The chain of the right speaker in the article; a new one if it is not named there."""
    entity = made.others[0]
    chains = state.chains_at(entity, made)
    if not chains:
        return None, annotation
    here = {chain.id for chain in annotation.chains}
    own = next((chain for chain in chains if chain in here), None)
    if own is not None:
        return own, annotation
    identity = short_hash(annotation.article, "speaker", entity.name, chains[0])
    if identity not in here:
        kind = EntityType(made.value or EntityType.PERSON)
        new = Chain(identity, annotation.article, kind, entity.name, (), named=True)
        annotation = replace(annotation, chains=(*annotation.chains, new))
    state.judge(identity, chains[0], Judgement.POSITIVE, made)
    return identity, annotation


def _with_statement(annotation: Annotation, new: Statement) -> Annotation:
    statements = tuple(new if s.id == new.id else s for s in annotation.statements)
    return replace(annotation, statements=statements)


def _without_statement(annotation: Annotation, gone: Statement) -> Annotation:
    """Without the statement, its claims and the relations it words; what it reports moves up."""
    inner = {statement.id for statement in annotation.statements if statement.parent == gone.id}
    while True:
        deeper = {each.id for each in annotation.statements if each.parent in inner} - inner
        if not deeper:
            break
        inner |= deeper
    return replace(
        annotation,
        statements=tuple(
            _moved_up(statement, gone) if statement.id in inner else statement
            for statement in annotation.statements
            if statement.id != gone.id
        ),
        claims=tuple(claim for claim in annotation.claims if claim.statement != gone.id),
        relations=tuple(each for each in annotation.relations if each.statement != gone.id),
    )


def _moved_up(statement: Statement, gone: Statement) -> Statement:
    parent = gone.parent if statement.parent == gone.id else statement.parent
    return replace(statement, parent=parent, depth=statement.depth - 1)


def _missing(anchor: Anchor, what: str = "entity") -> str:
    return f"no {what} stands at '{anchor.words}' in {anchor.source or anchor.article} any more"


def _reason(made: Correction) -> str:
    why = f": {made.author.why}" if made.author.why else ""
    return f"{made.author.who} decided on {made.author.when}{why}"


def _score(judgement: Judgement) -> float:
    return 1.0 if judgement is Judgement.POSITIVE else 0.0


_APPLY: dict[Action, Callable[[_State, Correction], None]] = {
    Action.MERGE: _merge,
    Action.SPLIT: _split,
    Action.RENAME: _change_entity,
    Action.RETYPE: _change_entity,
    Action.REJECT: _change_entity,
    Action.LINK: _change_entity,
    Action.NOT_LINK: _change_entity,
    Action.SPEAKER: _change_statement,
    Action.STANCE: _change_statement,
    Action.NOT_A_STATEMENT: _change_statement,
}
