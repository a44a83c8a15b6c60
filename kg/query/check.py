"""Whether the graph holds together: evidence for every record, and the shapes of its RDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import EvidenceError, UsageError
from kg.export import export
from kg.export.rdf.terms import prefixes
from kg.graph import GraphView, check_evidence
from kg.ids import article_id
from kg.model import Annotation, Article, Claim, Statement
from kg.vocabulary import Act, EntityType

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

MAX_DEPTH = 9
_SH = "http://www.w3.org/ns/shacl#"
_WHERE = re.compile(r"WHERE\s*\{", re.IGNORECASE)
_EVERY_SPARQL = f"""
SELECT ?class ?message ?select WHERE {{
  ?shape <{_SH}targetClass> ?class ; <{_SH}sparql> ?constraint .
  ?constraint <{_SH}select> ?select .
  OPTIONAL {{ ?constraint <{_SH}message> ?message }} }}
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that should not be so."""

    where: str
    """Id of the record, or the short IRI of the node."""
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check looked at and found."""

    articles: int
    spans: int
    """Mentions, cues, contents, speakers ... whose words were compared with the text."""
    problems: tuple[Problem, ...]
    shapes: bool
    """True if the RDF was held against the shapes."""

    @property
    def ok(self) -> bool:
        """True if nothing was found."""
        return not self.problems


def check(view: GraphView, *, shapes: Path | None = None, with_shapes: bool = True) -> Report:
    """Check evidence and structure of every record, then the RDF against the shapes.

    `shapes` is a file of shapes to use instead of ours. Raises ImportError that names the extra if
    pyshacl is missing and `with_shapes` is true, UsageError if the file of shapes cannot be read.
    """
    problems: list[Problem] = []
    articles = spans = 0
    for article, annotation in view.annotated():
        articles += 1
        spans += _count_spans(annotation)
        problems.extend(check_article(view, article, annotation))
    if with_shapes:
        problems.extend(check_shapes(view, shapes))
    return Report(articles, spans, tuple(problems), with_shapes)


def check_article(view: GraphView, article: Article, annotation: Annotation) -> Iterator[Problem]:
    """What is wrong with one article and its records."""
    if article_id(article.text) != article.id:
        yield Problem(article.id, "the text is not the one that the id was made from")
    try:
        check_evidence(article, annotation)
    except EvidenceError as error:
        yield Problem(article.id, str(error).removeprefix(f"{article.id}: "))
        return  # chains may be missing; the rest would only repeat that
    yield from _check_chains(view, annotation)
    yield from _check_statements(annotation)
    yield from _check_claims(annotation)


def check_shapes(view: GraphView, shapes: Path | None = None) -> list[Problem]:
    """Where the RDF does not conform to the shapes (SHACL); ours unless a file is given.

    pyshacl tests the core of our shapes and Oxigraph their SPARQL, a query for all nodes at once:
    pyshacl would run it for each node, in thirty times the time. Needs the graph in memory.
    """
    out = io.BytesIO()
    export(view, out, "turtle")
    names = prefixes(view.base)
    if shapes is not None:
        return _validate(out.getvalue(), _read_shapes(shapes), names)
    found = _validate(out.getvalue(), _own_shapes("shapes-core.ttl"), names)
    return found + _check_sparql(out.getvalue(), _own_shapes("shapes.ttl"), names)


def _count_spans(annotation: Annotation) -> int:
    counts = [len(annotation.mentions), len(annotation.relations)]
    counts += [len(claim.spans) for claim in annotation.claims]
    for one in annotation.statements:
        counts.append(1 + len(one.cue) + len(one.content) + len(one.quotes))
        counts.append((one.speaker_span is not None) + (one.said is not None))
    return sum(counts)


def _check_chains(view: GraphView, annotation: Annotation) -> Iterator[Problem]:
    for chain in annotation.chains:
        try:
            view.entity_of(chain.id)
        except KeyError:
            yield Problem(chain.id, f"the chain '{chain.name}' has no entity")


def _check_statements(annotation: Annotation) -> Iterator[Problem]:
    statements = {one.id: one for one in annotation.statements}
    types = {chain.id: chain.type for chain in annotation.chains}
    claimed = {claim.statement for claim in annotation.claims}
    for one in annotation.statements:
        found = _statement_problems(one, statements.get(one.parent or ""), one.id in claimed)
        yield from (Problem(one.id, what) for what in found)
        if types[one.speaker] is EntityType.NARRATOR and one.depth != 0:
            yield Problem(one.id, f"the narrator speaks at depth {one.depth}")


def _statement_problems(one: Statement, parent: Statement | None, is_claimed: bool) -> list[str]:
    silent = one.act is Act.NO_COMMENT
    expected_depth = one.depth if parent is None else parent.depth + 1
    said = one.said
    tests = (
        (not one.content and not silent, "has no content, yet the act is not NoComment"),
        (bool(one.content) and not is_claimed, "has a content and no claim"),
        (one.parent is not None and parent is None, f"lies in {one.parent}, which is not there"),
        (one.depth != expected_depth, f"has depth {one.depth}; expected {expected_depth}"),
        (one.parent is None and one.depth > 1, f"has depth {one.depth} and no parent"),
        (not 0 <= one.depth <= MAX_DEPTH, f"has depth {one.depth}"),
        (not 0 <= one.confidence <= 1, f"has confidence {one.confidence}"),
        (said is not None and said.earliest > said.latest, "ends before it begins"),
    )
    return [what for is_wrong, what in tests if is_wrong]


def _check_claims(annotation: Annotation) -> Iterator[Problem]:
    statements = {one.id: one for one in annotation.statements}
    chains = {chain.id for chain in annotation.chains}
    for claim in annotation.claims:
        yield from (
            Problem(claim.id, what)
            for what in _claim_problems(claim, statements.get(claim.statement), chains)
        )
    for relation in annotation.relations:
        if relation.statement is not None and relation.statement not in statements:
            yield Problem(relation.id, f"is said in {relation.statement}, which is not there")


def _claim_problems(claim: Claim, statement: Statement | None, chains: set[str]) -> Iterator[str]:
    if statement is None:
        yield f"belongs to {claim.statement}, which is not there"
    elif not all(statement.sentence.contains(span) for span in claim.spans):
        yield f"reaches out of the sentence of {claim.statement}"
    if not claim.spans:
        yield "has no words"
    for chain in claim.about:
        if chain not in chains:
            yield f"is about the chain {chain}, which is not there"


def _own_shapes(name: str) -> Graph:
    from rdflib import Graph

    return Graph().parse(data=(files("kg.export") / "data" / name).read_text(), format="turtle")


def _read_shapes(path: Path) -> Graph:
    from rdflib import Graph
    from rdflib.plugins.parsers.notation3 import BadSyntax

    try:
        return Graph().parse(data=path.read_bytes(), format="turtle")
    except (OSError, BadSyntax, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the shapes in '{path}': {error}") from error


def _validate(data: bytes, shapes: Graph, names: dict[str, str]) -> list[Problem]:
    """What pyshacl finds, in an order that is stable."""
    try:
        from pyshacl import validate
    except ImportError as error:
        message = "checking shapes needs pyshacl. Run: pip install 'claimgraph[shacl]'"
        raise ImportError(message) from error
    from rdflib import Graph, URIRef

    graph = Graph().parse(data=data, format="turtle")
    conforms, results, _ = validate(graph, shacl_graph=shapes)
    if conforms:
        return []
    found = []
    for result in results.subjects(None, URIRef(f"{_SH}ValidationResult")):
        node = results.value(result, URIRef(f"{_SH}focusNode"))
        path = results.value(result, URIRef(f"{_SH}resultPath"))
        messages = results.objects(result, URIRef(f"{_SH}resultMessage"))
        what = "; ".join(sorted(str(message) for message in messages))
        of = f"{_short(path, names)}: " if isinstance(path, URIRef) else ""
        found.append(Problem(_short(node, names), f"{of}{what}"))
    return sorted(found, key=str)


def _check_sparql(data: bytes, shapes: Graph, names: dict[str, str]) -> list[Problem]:
    """What the SPARQL constraints of the shapes find, each run once for all nodes of its class."""
    store = ox.Store()
    store.bulk_load(data, format=ox.RdfFormat.TURTLE)
    found = []
    for target, message, select in _rows(shapes.query(_EVERY_SPARQL)):
        query = _WHERE.sub(f"WHERE {{ $this a <{target}> . ", str(select), count=1)
        answer = store.query(query, prefixes=names)
        assert isinstance(answer, ox.QuerySolutions)
        nodes = {solution["this"] for solution in answer}
        iris = [node.value for node in nodes if isinstance(node, ox.NamedNode)]
        found += [Problem(_short(iri, names), str(message)) for iri in iris]
    return sorted(found, key=str)


def _rows(result: object) -> Iterable[tuple[Node, Node, Node]]:
    return result  # type: ignore[return-value]


def _short(node: object, names: dict[str, str]) -> str:
    iri = str(node)
    for prefix, namespace in names.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
