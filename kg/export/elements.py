"""The graph as nodes and edges with flat attributes, for programs that draw and measure graphs.

The full view is in `kg.export.full`, the projected view in `kg.export.projection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Article, Entity, Statement

Value = str | int | float

MAX_LABEL_CHARS = 80

NODE_TYPES: Mapping[str, str] = {
    "name": "string",
    "kind": "string",
    "iri": "string",
    "aliases": "string",
    "wikidata": "string",
    "exact_match": "string",
    "date": "string",
    "copy_of": "string",
    "file": "string",
    "text": "string",
    "sentence": "string",
    "sentence_start": "int",
    "sentence_end": "int",
    "cue": "string",
    "predicate": "string",
    "act": "string",
    "stance": "string",
    "polarity": "string",
    "certainty": "string",
    "quote_type": "string",
    "depth": "int",
    "said_earliest": "string",
    "said_latest": "string",
    "confidence": "double",
    "review": "string",
    "statements": "int",
    "degree": "int",
    "pagerank": "double",
    "community": "int",
}
"""Attributes of nodes beside `label`, in the order of the file; types are those of GraphML."""

EDGE_TYPES: Mapping[str, str] = {
    "confidence": "double",
    "evidence": "string",
    "asserts": "int",
    "denies": "int",
    "questions": "int",
    "requests": "int",
    "commits": "int",
    "noComment": "int",
    "second_hand": "int",
    "statement_ids": "string",
}
"""Attributes of edges beside `label`, `interaction` and `weight`."""


MEASURES = ("degree", "pagerank", "community")
_ENTITY = ("name", "kind", "iri", "aliases", "wikidata", "exact_match", "review")
_PROJECTED_NODES = frozenset((*_ENTITY, "statements", *MEASURES))
_FULL_NODES = frozenset(NODE_TYPES) - {"statements"}
_FULL_EDGES = frozenset(("confidence", "evidence"))


@dataclass(frozen=True, slots=True)
class Declared:
    """The attributes that nodes and edges of a graph may have, with their types."""

    nodes: Mapping[str, str]
    edges: Mapping[str, str]


EVERYTHING = Declared(NODE_TYPES, EDGE_TYPES)


def declared(*, projected: bool, measured: bool) -> Declared:
    """What a view can have: a reader shows a column for each, so none that stays empty."""
    nodes = _PROJECTED_NODES if projected else _FULL_NODES
    left_out = frozenset() if measured else frozenset(MEASURES)
    return Declared(
        {name: kind for name, kind in NODE_TYPES.items() if name in nodes - left_out},
        {name: kind for name, kind in EDGE_TYPES.items() if (name in _FULL_EDGES) != projected},
    )


@dataclass(slots=True)
class Node:
    """A node; `start` and `end` of its time are days (YYYY-MM-DD), empty where unknown."""

    id: str
    """ASCII."""
    label: str
    attributes: dict[str, Value]
    first_day: str = ""
    last_day: str = ""
    counted: bool = True
    """False for what a near copy adds: measures leave it out."""


@dataclass(slots=True)
class Edge:
    """A directed edge; what `label` says of source and target reads from left to right."""

    source: str
    target: str
    label: str
    weight: float = 1.0
    attributes: dict[str, Value] = field(default_factory=dict)
    first_day: str = ""
    last_day: str = ""
    counted: bool = True
    """As of a node."""


def entity_node(entity: Entity, base: str) -> Node:
    """The node of an entity."""
    attributes: dict[str, Value] = {
        "name": entity.name,
        "kind": entity.type.value,
        "iri": f"{base}entity/{entity.id}",
    }
    if entity.aliases:
        attributes["aliases"] = " | ".join(entity.aliases)
    wikidata = [(one.score, one.id) for one in entity.external if one.scheme == "wikidata"]
    if wikidata:
        attributes["wikidata"] = max(wikidata)[1]
    if entity.external:
        attributes["exact_match"] = " | ".join(one.iri for one in entity.external)
    if entity.review is not None:
        attributes["review"] = entity.review.value
    return Node(f"ent:{entity.id}", entity.name, attributes)


def shortened(text: str) -> str:
    """The text on one line, cut at a word to what a picture of a graph can show."""
    flat = " ".join(text.split())
    if len(flat) <= MAX_LABEL_CHARS:
        return flat
    return flat[:MAX_LABEL_CHARS].rpartition(" ")[0] + " …"


def said_days(statement: Statement, article: Article) -> tuple[str, str]:
    """First and last day on which it can have been said; the day of the article if not worded."""
    if statement.said is not None:
        return statement.said.earliest.isoformat(), statement.said.latest.isoformat()
    day = article.published.isoformat() if article.published is not None else ""
    return day, day
