"""The projected view: entities alone, and who speaks about whom, with counts by stance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.export.elements import Edge, Node, Value, entity_node, said_days
from kg.graph import GraphView
from kg.model import Annotation, Article, Statement
from kg.vocabulary import Stance

_STANCES = tuple(Stance)


@dataclass(slots=True)
class _Tie:
    """What one entity says about another, over all articles."""

    stances: Counter[Stance] = field(default_factory=Counter)
    first_day: str = ""
    last_day: str = ""

    def add(self, stance: Stance, first: str, last: str) -> None:
        self.stances[stance] += 1
        if first:
            self.first_day = min(self.first_day or first, first)
            self.last_day = max(self.last_day, last)


def projected_elements(view: GraphView) -> Iterator[Node | Edge]:
    """Entities that speak or are spoken about, then an edge for each pair of them.

    A speaker speaks about whom the claims of a statement name, those of the statements inside it
    included, and about the speakers of these; the weight is the number of such statements. Nobody
    speaks about itself here. Memory holds the pairs.
    """
    ties: dict[tuple[str, str], _Tie] = {}
    spoken: Counter[str] = Counter()
    for article, annotation in view.annotated():
        _add_article(view, article, annotation, ties, spoken)
    shown = {entity for pair in ties for entity in pair} | spoken.keys()
    for entity in view.entities():
        if entity.id in shown:
            node = entity_node(entity, view.base)
            node.attributes["statements"] = spoken[entity.id]
            yield node
    for (source, target), tie in sorted(ties.items()):
        yield _edge(source, target, tie)


def _edge(source: str, target: str, tie: _Tie) -> Edge:
    counts: dict[str, Value] = {stance.value: tie.stances[stance] for stance in _STANCES}
    return Edge(
        f"ent:{source}",
        f"ent:{target}",
        "speaksAbout",
        float(tie.stances.total()),
        counts,
        tie.first_day,
        tie.last_day,
    )


def _add_article(
    view: GraphView,
    article: Article,
    annotation: Annotation,
    ties: dict[tuple[str, str], _Tie],
    spoken: Counter[str],
) -> None:
    topics = _topics(annotation)
    for statement in annotation.statements:
        speaker = view.entity_of(statement.speaker)
        spoken[speaker] += 1
        targets = {view.entity_of(chain) for chain in topics[statement.id]} - {speaker}
        for target in targets:
            tie = ties.setdefault((speaker, target), _Tie())
            tie.add(statement.stance, *said_days(statement, article))


def _topics(annotation: Annotation) -> dict[str, set[str]]:
    """Statement to the chains it is about: of its claims, and of the statements inside it."""
    topics: dict[str, set[str]] = {one.id: set() for one in annotation.statements}
    for claim in annotation.claims:
        topics[claim.statement].update(claim.about)
    for statement in sorted(annotation.statements, key=_innermost_first):
        if statement.parent is not None:
            topics[statement.parent] |= topics[statement.id] | {statement.speaker}
    return topics


def _innermost_first(statement: Statement) -> int:
    return -statement.depth
