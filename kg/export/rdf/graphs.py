"""The whole graph as named graphs of nodes, streamed: an article, its provenance, the next one.

No triple stands in two of them, so the union of all, which queries ask, has each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from kg.export.rdf.article import ArticleNodes, Node
from kg.export.rdf.terms import decimal, escape, is_iri
from kg.graph import GraphView
from kg.ids import slug
from kg.model import Annotation, Article, Entity, ExternalId, Run
from kg.spill import Row, Sorter
from kg.vocabulary import EntityType

ENTITIES = "g:entities"
LINKS = "g:links"
RUNS = "g:runs"

_BATCH_NODES = 1000

_CLASS = {
    EntityType.PERSON: "schema:Person",
    EntityType.ORGANISATION: "schema:Organization",
    EntityType.PLACE: "schema:Place",
    EntityType.GROUP: "kg:SourceGroup",
    EntityType.WORK: "kg:SourceWork",
    EntityType.NARRATOR: "kg:Narrator",
    EntityType.OTHER: "schema:Thing",
}
_CLASS_AS_SPEAKER = {
    EntityType.PLACE: "schema:Organization",  # "Moscow said": a polity as an actor
    EntityType.OTHER: "kg:SourceGroup",
}

GraphNodes = tuple[str, list[Node]]
"""The name of a graph and some of its nodes; a graph can come in several pieces."""


def graphs(view: GraphView) -> Iterator[GraphNodes]:
    """Every triple of the graph once per named graph it stands in, in an order that is stable.

    Memory holds one article at a time.
    """
    with Sorter() as speakers, Sorter() as relations:
        for article, annotation in view.annotated():
            yield from article_graphs(view, article, annotation, relations)
            for speaker in {view.entity_of(one.speaker) for one in annotation.statements}:
                speakers.add((speaker,))
        yield from shared_graphs(view, speakers, relations)


def article_graphs(
    view: GraphView, article: Article, annotation: Annotation, relations: Sorter | None = None
) -> Iterator[GraphNodes]:
    """What one article adds: its own graph, and its provenance.

    What it says itself of entities is added to `relations`, as `shared_graphs` takes it.
    """
    nodes = ArticleNodes(article, annotation, view.entity_of)
    yield article_graph(article.id), nodes.build()
    if relations is not None:
        for relation in nodes.plain:
            relations.add(relation)
    yield RUNS, _article_provenance(article, annotation)


def shared_graphs(view: GraphView, speakers: Sorter, relations: Sorter) -> Iterator[GraphNodes]:
    """The graphs that belong to no single article.

    `speakers`: ids of the entities that speak in any. `relations`: what any article says itself of
    entities, as subject, and predicate with object; several may say the same.
    """
    yield from _batched(ENTITIES, _entities(view, speakers))
    yield from _batched(ENTITIES, _relations(relations))
    yield from _batched(LINKS, _links(view))
    yield RUNS, _run_nodes(list(view.runs()))


def article_graph(article: str) -> str:
    """The name of the graph of an article."""
    return f"g:article-{article}"


def _batched(graph: str, nodes: Iterator[Node]) -> Iterator[GraphNodes]:
    while batch := list(islice(nodes, _BATCH_NODES)):
        yield graph, batch


def _article_provenance(article: Article, annotation: Annotation) -> list[Node]:
    iri, run = f"art:{article.id}", f"run:{annotation.run}"
    pairs = ["a prov:Entity", f"prov:wasDerivedFrom {iri}", f"prov:wasGeneratedBy {run}"]
    return [(article_graph(article.id), pairs), (run, [f"prov:used {iri}"])]


def _run_nodes(runs: list[Run]) -> list[Node]:
    made_by = [f"prov:wasGeneratedBy run:{run.id}" for run in runs]
    nodes: list[Node] = [(graph, ["a prov:Entity", *made_by]) for graph in (ENTITIES, LINKS)]
    versions = sorted({run.version for run in runs})
    for version in versions:
        label = f'rdfs:label "kg {escape(version)}"'
        nodes.append((_agent(version), ["a prov:Agent", "a prov:SoftwareAgent", label]))
    nodes.extend((f"run:{run.id}", _run_pairs(run)) for run in runs)
    return nodes


def _agent(version: str) -> str:
    return f"run:agent-{slug(f'kg {version}')}"


def _run_pairs(run: Run) -> list[str]:
    return [
        "a prov:Activity",
        f"prov:wasAssociatedWith {_agent(run.version)}",
        f'kg:annotator "{escape(run.annotator)}"',
        f'kg:configSha256 "{escape(run.config_sha256)}"',
        f'kg:model "{escape(run.model)}"',
        f'kg:modelSha256 "{escape(run.model_sha256)}"',
    ]


def _entities(view: GraphView, speakers: Iterable[Row]) -> Iterator[Node]:
    """All entities; they and the speakers (id alone) come in the order of their ids."""
    left = iter(speakers)
    speaker: str | None = ""
    for entity in view.entities():
        while speaker is not None and speaker < entity.id:
            (speaker,) = next(left, (None,))
        yield f"ent:{entity.id}", _entity_pairs(entity, is_speaker=speaker == entity.id)


def _relations(relations: Iterable[Row]) -> Iterator[Node]:
    for subject, rows in groupby(relations, key=lambda row: row[0]):
        yield subject, [pair for (_, pair), _ in groupby(rows)]


def _entity_pairs(entity: Entity, *, is_speaker: bool) -> list[str]:
    name = escape(entity.name)
    pairs = [f"a {kind}" for kind in _classes(entity, is_speaker=is_speaker)]
    pairs.append(f'rdfs:label "{name}"')
    if entity.type is EntityType.NARRATOR:
        return pairs
    pairs.append(f'schema:name "{name}"')
    pairs += [f'schema:alternateName "{escape(alias)}"' for alias in entity.aliases]
    if entity.gender is not None and entity.type is EntityType.PERSON:
        pairs.append(f'schema:gender "{entity.gender}"')
    if entity.review is not None:
        pairs.append(f'kg:review "{entity.review}"')
    return list(dict.fromkeys(pairs + _external_pairs(entity.external)))


def _classes(entity: Entity, *, is_speaker: bool) -> list[str]:
    classes = [_CLASS[entity.type]]
    subtype = entity.subtype
    if subtype is not None and subtype.isascii() and subtype.isalpha():
        classes.append(f"schema:{subtype}")
    if is_speaker and entity.type in _CLASS_AS_SPEAKER:
        classes.append(_CLASS_AS_SPEAKER[entity.type])
    return list(dict.fromkeys(classes))


def _external_pairs(external: tuple[ExternalId, ...]) -> list[str]:
    """The same elsewhere: one item a scheme, the surest; sameness only where a person said so."""
    best: dict[str, ExternalId] = {}
    for one in sorted(external, key=lambda one: (one.score, one.id)):
        best[one.scheme] = one
    pairs = []
    for scheme, one in sorted(best.items()):
        if not is_iri(one.iri):
            pairs.append(f'schema:identifier "{escape(f"{scheme}:{one.id}")}"')
            continue
        item = f"wd:{one.id}" if scheme == "wikidata" else f"<{one.iri}>"
        pairs.append(f"skos:exactMatch {item}")
        if one.origin == "person":
            pairs.append(f"owl:sameAs {item}")
    return pairs


def _links(view: GraphView) -> Iterator[Node]:
    for link in view.claim_links():
        yield f"cl:{link.left}", [f"kg:{link.relation} cl:{link.right}"]
    for article, original in view.copies():
        yield f"art:{article}", [f"kg:copyOf art:{original}"]
    for entity in view.entities():
        for chain in entity.chains[1:]:  # the first founded the entity: nothing was compared
            score = entity.links.get(chain)
            if score is not None:
                yield f"le:{chain}", [f"kg:linkConfidence {decimal(score)}"]
