"""What the SPARQL endpoint says of itself: a SPARQL 1.1 service description."""

from __future__ import annotations

import pyoxigraph as ox

from kg.vocabulary import RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def service_description(endpoint: str, format: str) -> bytes:  # noqa: A002 - word of the protocol
    """The description of the endpoint with this address, as `turtle`, `nt`, `rdfxml` or `jsonld`.

    It answers SPARQL 1.1 queries, no updates; the union of all graphs is its default graph.
    """
    service = ox.NamedNode(f"{endpoint}#service")
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    graph = ox.NamedNode(f"{endpoint}#default-graph")
    pairs = [
        (service, f"{RDF}type", f"{_SD}Service"),
        (service, f"{_SD}endpoint", endpoint),
        (service, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"),
        (service, f"{_SD}feature", f"{_SD}UnionDefaultGraph"),
        (service, f"{_SD}defaultDataset", dataset.value),
        (dataset, f"{RDF}type", f"{_SD}Dataset"),
        (dataset, f"{_SD}defaultGraph", graph.value),
        (graph, f"{RDF}type", f"{_SD}Graph"),
        *((service, f"{_SD}resultFormat", f"{_FORMATS}{name}") for name in _RESULTS),
    ]
    triples = [ox.Triple(s, ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in pairs]
    names = {"sd": _SD, "formats": _FORMATS}
    data = ox.serialize(triples, format=_SYNTAXES[format], prefixes=names)
    assert data is not None
    return data
