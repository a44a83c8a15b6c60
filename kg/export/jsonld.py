"""JSON-LD 1.1 with its context inside, so that it can be read without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from kg.export.rdf.article import Node
from kg.export.rdf.graphs import graphs
from kg.export.rdf.terms import prefixes
from kg.graph import GraphView

_LINKS = (
    "kg:act kg:addressee kg:certainty kg:citesEvidence kg:content kg:cue kg:evidence kg:inArticle "
    "kg:inWork kg:mentionOf kg:narratorOf kg:onBehalfOf kg:polarity kg:predicate kg:quote "
    "kg:reportedIn kg:resolvedTo kg:saidIn kg:sentence kg:span kg:speaker kg:speakerMention "
    "kg:stance kg:copyOf kg:subject kg:contradicts kg:sameClaimAs kg:supports kg:undercuts "
    "nif:referenceContext owl:sameAs prov:used prov:wasAssociatedWith prov:wasDerivedFrom "
    "prov:wasGeneratedBy schema:about schema:appearance schema:mentions schema:url "
    "skos:closeMatch skos:exactMatch"
)
_TYPED = {
    "kg:confidence": "xsd:decimal",
    "kg:depth": "xsd:integer",
    "kg:linkConfidence": "xsd:decimal",
    "kg:saidEarliest": "xsd:date",
    "kg:saidLatest": "xsd:date",
    "kg:textLength": "xsd:nonNegativeInteger",
    "nif:beginIndex": "xsd:nonNegativeInteger",
    "nif:endIndex": "xsd:nonNegativeInteger",
    "schema:datePublished": "xsd:date",
}
_IS_LINK = frozenset(_LINKS.split())


def context(base: str) -> dict[str, Any]:
    """The context for data under a base: prefixes, and what the values of a property are."""
    found: dict[str, Any] = dict(prefixes(base))
    found.update({name: {"@type": "@id"} for name in sorted(_IS_LINK)})
    found.update({name: {"@type": datatype} for name, datatype in _TYPED.items()})
    return found


def write_jsonld(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """One object with the named graphs in `@graph`, a node a line."""
    quads = 0
    out.write(f'{{"@context": {json.dumps(context(view.base))},\n"@graph": ['.encode())
    separator = "\n"
    for graph, nodes in graphs(view):
        if nodes:
            lines = ",\n".join([_node(node) for node in nodes])
            out.write(f'{separator}{{"@id": "{graph}", "@graph": [\n{lines}\n]}}'.encode())
            separator = ",\n"
            quads += sum(len(pairs) for _, pairs in nodes)
    out.write(b"\n]}\n")
    return {"quads": quads}


def _node(node: Node) -> str:
    subject, pairs = node
    values: dict[str, list[str]] = {}
    for pair in pairs:
        predicate, _, thing = pair.partition(" ")
        values.setdefault(predicate, []).append(thing)
    members = [f'"@id": "{subject}"']
    members += [_member(predicate, things) for predicate, things in values.items()]
    return f"{{{', '.join(members)}}}"


def _member(predicate: str, things: Iterable[str]) -> str:
    """A property with its values. Turtle's escapes in a literal are those of JSON too."""
    if predicate == "a":
        key, shown = "@type", [f'"{thing}"' for thing in things]
    elif predicate in _IS_LINK:
        key, shown = predicate, [f'"{thing.strip("<>")}"' for thing in things]
    elif predicate in _TYPED:
        key, shown = predicate, [f'"{_lexical(thing)}"' for thing in things]
    else:
        key, shown = predicate, [_value(thing) for thing in things]
    joined = ", ".join(shown)
    return f'"{key}": {joined}' if len(shown) == 1 else f'"{key}": [{joined}]'


def _lexical(thing: str) -> str:
    """The text of a typed literal, which has no quotation marks in it."""
    return thing.split('"')[1] if thing.startswith('"') else thing


def _value(thing: str) -> str:
    """A value of a property that can have values of several kinds."""
    if not thing.startswith('"'):
        return f'{{"@id": "{thing}"}}'
    text, _, tail = thing.rpartition('"')
    if tail.startswith("@"):
        return f'{{"@value": {text}", "@language": "{tail[1:]}"}}'
    if tail.startswith("^^"):
        return f'{{"@value": {text}", "@type": "{tail[2:]}"}}'
    return f'{text}"'
