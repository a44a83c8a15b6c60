"""The projected view: entities alone, and who speaks about whom, with counts by stance.

An edge counts what is reported of a speaker too; `second_hand` tells how much of it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from kg.export.copies import beside_originals
from kg.export.elements import Edge, Node, Value, entity_node, said_days
from kg.graph import GraphView
from kg.model import Annotation, Article, Statement
from kg.spill import Row, Sorter
from kg.vocabulary import Stance

MAX_STATEMENT_IDS = 10
"""Of one edge: enough to read, and an edge stays small when a thousand statements make it."""

_STANCES = tuple(stance.value for stance in Stance)


def projected_elements(view: GraphView) -> Iterator[Node | Edge]:
    """Entities that speak or are spoken about, then an edge for each pair of them.

    A speaker speaks about whom the claims of a statement name, those of the statements inside it
    included, and about the speakers of these; the weight is the number of such statements. Nobody
    speaks about itself here. What a near copy says is left out, so a wire story printed a hundred
    times counts once. Who speaks about whom is sorted on disk.
    """
    with Sorter() as said, Sorter() as spoken:
        for article, annotation, original in beside_originals(view):
            if original is None:
                _add_article(view, article, annotation, said, spoken)
        yield from _nodes(view, spoken)
        for (source, target), rows in groupby(said, key=itemgetter(0, 1)):
            yield _edge(source, target, rows)


def _nodes(view: GraphView, spoken: Iterable[Row]) -> Iterator[Node]:
    """The entities of the rows (id, statements); both come in the order of the ids."""
    base = view.base
    entities = view.entities()
    for shown, rows in groupby(spoken, key=itemgetter(0)):
        entity = next(entity for entity in entities if entity.id == shown)
        node = entity_node(entity, base)
        node.attributes["statements"] = sum(count for _, count in rows)
        yield node


def _edge(source: str, target: str, rows: Iterable[Row]) -> Edge:
    """What one entity says about another, over all articles; the rows are those of `_add_article`.

    `statement_ids` are those of the earliest statements, for `kg explain`.
    """
    stances: Counter[str] = Counter()
    first_day = last_day = ""
    ids: list[str] = []
    second_hand = 0
    for _, _, first, last, statement, stance, depth in rows:
        stances[stance] += 1
        second_hand += depth > 1
        if len(ids) < MAX_STATEMENT_IDS:
            ids.append(f"st:{statement}")
        if first:
            first_day = min(first_day or first, first)
            last_day = max(last_day, last)
    attributes: dict[str, Value] = {stance: stances[stance] for stance in _STANCES}
    attributes.update(second_hand=second_hand, statement_ids=" | ".join(ids))
    weight = float(stances.total())
    ends = f"ent:{source}", f"ent:{target}"
    return Edge(*ends, "speaksAbout", weight, attributes, first_day, last_day)


def _add_article(
    view: GraphView, article: Article, annotation: Annotation, said: Sorter, spoken: Sorter
) -> None:
    """Add a row for each statement and topic, and (entity, statements that it makes).

    A row is (speaker, topic, first day, last day, id of the statement, stance, depth), in this
    order, so that the statements of a pair come by day.
    """
    entities = {chain.id: view.entity_of(chain.id) for chain in annotation.chains}
    topics = _topics(annotation)
    counts: Counter[str] = Counter()
    for statement in annotation.statements:
        speaker = entities[statement.speaker]
        counts[speaker] += 1
        told = (*said_days(statement, article), statement.id, statement.stance.value)
        for target in {entities[chain] for chain in topics[statement.id]} - {speaker}:
            counts[target] += 0
            said.add((speaker, target, *told, statement.depth))
    for row in counts.items():
        spoken.add(row)


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
