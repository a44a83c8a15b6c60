from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import igraph
import networkx as nx
import pytest

from kg.errors import UsageError
from kg.export import export
from kg.export.elements import Edge, Node, shortened
from kg.export.graphml import write_graphml
from kg.export.networks import to_networkx
from kg.model import ClaimLink
from kg.vocabulary import EntityType, Stance
from tests.factories import NOMINAL, MemoryView, harbour_article, small_graph, view_of
from tests.reporting import BROTHER, brother_article, ferry_article, refusal_article

NS = "{http://graphml.graphdrawing.org/xmlns}"
VIEWS = pytest.mark.parametrize("projected", [False, True], ids=["full", "projected"])


def written(*, projected: bool, view: MemoryView | None = None) -> bytes:
    out = io.BytesIO()
    export(view or small_graph(), out, "graphml", projected=projected)
    return out.getvalue()


def parsed(*, projected: bool) -> ET.Element:
    return ET.fromstring(written(projected=projected))


@VIEWS
def test_networkx_and_igraph_read_the_counts_that_are_told(projected: bool, tmp_path) -> None:
    path = tmp_path / "g.graphml"
    counts = export(small_graph(), path, "graphml", projected=projected).counts
    by_networkx = nx.read_graphml(path)
    by_igraph = igraph.Graph.Read_GraphML(str(path))
    expected = (counts["nodes"], counts["edges"])
    assert (by_networkx.number_of_nodes(), by_networkx.number_of_edges()) == expected
    assert (by_igraph.vcount(), by_igraph.ecount()) == expected


@VIEWS
def test_only_the_types_that_every_reader_knows_are_declared(projected: bool) -> None:
    keys = list(parsed(projected=projected).iter(f"{NS}key"))
    assert {key.get("attr.type") for key in keys} == {"int", "double", "string"}
    assert {key.get("for") for key in keys} == {"node", "edge"}
    assert not any(re.fullmatch(r"d\d+", key.get("id", "")) for key in keys)  # older Gephi
    assert "id" not in {key.get("attr.name") for key in keys}
    assert len({key.get("id") for key in keys}) == len(keys)


PROJECTED = {
    "node": {"label", "name", "kind", "iri", "review", "statements"}
    | {"aliases", "wikidata", "exact_match"},
    "edge": {"interaction", "weight", "second_hand", "statement_ids", *Stance},
}


@pytest.mark.parametrize("measured", [True, False])
def test_only_what_the_view_uses_is_declared(measured: bool) -> None:
    measures = {"degree", "pagerank", "community"}
    full, projected = (declared(projected=each, measured=measured) for each in (False, True))
    expected = PROJECTED["node"] | (measures if measured else set()) | {"labels"}
    assert projected == {"node": expected, "edge": PROJECTED["edge"] | {"label"}}
    assert full["edge"] == {"label", "interaction", "weight", "confidence", "evidence"}
    assert "statements" not in full["node"]
    assert full["node"] & measures == (measures if measured else set())


def declared(*, projected: bool, measured: bool) -> dict[str, set[str | None]]:
    out, other = io.BytesIO(), io.BytesIO()
    export(small_graph(), out, "graphml", projected=projected, measured=measured)
    export(small_graph(), other, "gexf", projected=projected, measured=measured)
    found: dict[str, set[str | None]] = {"node": set(), "edge": set()}
    for key in ET.fromstring(out.getvalue()).iter(f"{NS}key"):
        found[key.get("for", "")].add(key.get("attr.name"))
    titles = re.findall(rb'<attribute id="\w+" title="(\w+)"', other.getvalue())
    assert {title.decode() for title in titles} == (
        found["node"] | found["edge"] - {"interaction", "weight"}
    ) - {"label", "labels"}
    return found


@VIEWS
def test_values_are_of_the_declared_type_and_none_is_empty(projected: bool) -> None:
    root = parsed(projected=projected)
    kinds = {key.get("id"): key.get("attr.type") for key in root.iter(f"{NS}key")}
    reads = {"int": int, "double": float, "string": str}
    values = list(root.iter(f"{NS}data"))
    assert values
    for data in values:
        assert data.text
        reads[kinds[data.get("key")]](data.text)


@VIEWS
def test_ids_are_ascii_and_unique_and_nodes_come_first(projected: bool) -> None:
    graph = parsed(projected=projected).find(f"{NS}graph")
    tags = [child.tag.removeprefix(NS) for child in graph]
    assert tags == sorted(tags, reverse=True)  # all nodes, then all edges
    ids = [child.get("id", "") for child in graph]
    assert len(set(ids)) == len(ids)
    assert all(id_.isascii() for id_ in ids)
    nodes = {child.get("id") for child in graph.iter(f"{NS}node")}
    edges = list(graph.iter(f"{NS}edge"))
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= nodes


def test_neo4j_finds_labels_of_nodes_and_edges() -> None:
    graph = parsed(projected=False).find(f"{NS}graph")
    first = {child.find(f"{NS}data").get("key") for child in graph}
    assert first == {"labels", "label"}
    labels = {d.text for d in graph.iter(f"{NS}data") if d.get("key") == "labels"}
    assert {":Person", ":Statement", ":Article"} < labels


def test_forbidden_and_special_characters_do_not_break_the_file() -> None:
    nasty = 'a\x00\x0b <b> & "c"\r\n\ud800\uffff é'
    node = Node("ent:x", nasty, {"name": nasty, "kind": "person"})
    out = io.BytesIO()
    write_graphml([node, Edge("ent:x", "ent:x", "about")], out)
    root = ET.fromstring(out.getvalue())
    texts = {data.text for data in root.iter(f"{NS}data") if data.get("key") == "node_name"}
    assert texts == {'a <b> & "c"\r\n é'}


def test_projected_edge_counts_statements_by_stance() -> None:
    graph = to_networkx(small_graph(), projected=True)
    found = {
        (graph.nodes[s]["name"], graph.nodes[t]["name"]): {
            key: value
            for key, value in data.items()
            if value and key not in {"label", "interaction", "statement_ids"}
        }
        for s, t, data in graph.edges(data=True)
    }
    assert found == {
        ("Ilda Marsh", "Tarnby"): {"weight": 2.0, "asserts": 1, "denies": 1},
        ("Orrin Vale", "Ilda Marsh"): {"weight": 1.0, "asserts": 1},  # speaker of the nested one
        ("two divers", "Tarnby"): {"weight": 1.0, "asserts": 1},
        ("Moldavia", "Coast Agency"): {"weight": 1.0, "questions": 1},
    }


def test_projected_edge_tells_what_is_at_second_hand() -> None:
    made = refusal_article()
    guest = made.chain("three invitations", EntityType.WORK, ("three invitations", 0, NOMINAL))
    made.claims = [replace(claim, about=(*claim.about, guest)) for claim in made.claims]
    graph = to_networkx(view_of(made), projected=True)
    found = {
        (graph.nodes[s]["name"], graph.nodes[t]["name"]): (data["weight"], data["second_hand"])
        for s, t, data in graph.edges(data=True)
    }
    assert found == {
        ("Casimir Drewell", "Chemical Workers' Union"): (1.0, 0),
        ("Casimir Drewell", "three invitations"): (1.0, 0),
        ("Chemical Workers' Union", "three invitations"): (1.0, 1),  # as Drewell has it
    }


def test_projected_edge_names_its_earliest_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    view = small_graph()
    marsh = [
        (article.published, one.id)
        for article, annotation in view.annotated()
        for one in annotation.statements
        if one.content
        and one.content[0].of(article.text) in {"the harbour of Tarnby is safe", '"any leak"'}
    ]
    first, second = (f"st:{statement}" for _, statement in sorted(marsh))
    assert ids_of_marsh_on_tarnby(view) == f"{first} | {second}"
    monkeypatch.setattr("kg.export.projection.MAX_STATEMENT_IDS", 1)
    assert ids_of_marsh_on_tarnby(view) == first


def ids_of_marsh_on_tarnby(view: MemoryView) -> str:
    graph = to_networkx(view, projected=True)
    (ids,) = [
        ids
        for s, t, ids in graph.edges(data="statement_ids")
        if (graph.nodes[s]["name"], graph.nodes[t]["name"]) == ("Ilda Marsh", "Tarnby")
    ]
    return ids


def test_nested_topic_is_what_the_outer_speaker_speaks_about_too() -> None:
    view = small_graph()
    (article, annotation), *others = view.annotations
    tarnby = next(chain.id for chain in annotation.chains if chain.name == "Tarnby")
    inner = next(one.id for one in annotation.statements if one.depth == 2)
    claims = tuple(
        replace(claim, about=(tarnby,)) if claim.statement == inner else claim
        for claim in annotation.claims
    )
    changed = replace(annotation, claims=claims)
    graph = to_networkx(replace(view, annotations=((article, changed), *others)), projected=True)
    pairs = {(graph.nodes[s]["name"], graph.nodes[t]["name"]) for s, t in graph.edges()}
    assert ("Orrin Vale", "Tarnby") in pairs


def test_contradiction_joins_the_statements_of_both_claims() -> None:
    graph = to_networkx(small_graph())
    ((source, target),) = [
        (graph.nodes[s]["text"], graph.nodes[t]["text"])
        for s, t, label in graph.edges(data="label")
        if label == "contradicts"
    ]
    assert source == "Oil has leaked into the harbour of Tarnby"
    assert target == "There is no leak, and there never was,"


def test_relation_that_is_only_said_is_no_edge_between_entities() -> None:
    graph = to_networkx(view_of(brother_article()))
    names = nx.get_node_attributes(graph, "name")
    entities = {n for n, kind in graph.nodes(data="kind") if kind in {"person", "organisation"}}
    ties = [
        (names[source], label, names[target])
        for source, target, label in graph.edges(data="label")
        if {source, target} <= entities
    ]
    assert ties == [("Tomasz Wilk", "worksFor", "Harbour Trust")]  # the article's own words


def test_relation_that_is_only_said_is_a_node_with_the_stance() -> None:
    graph = to_networkx(view_of(brother_article()))
    ((node, data),) = [one for one in graph.nodes(data=True) if one[1]["kind"] == "relation"]
    expected = {
        "label": "denies: relative – Tomasz Wilk was the brother of Eva Kral",
        "predicate": "relative",
        "text": "Tomasz Wilk was the brother of Eva Kral",
        "stance": "denies",
        "polarity": "positive",
        "depth": 1,
    }
    assert {name: data[name] for name in expected} == expected
    ends = {label: graph.nodes[end] for _, end, label in graph.out_edges(node, data="label")}
    assert ends["saidIn"]["sentence"] == BROTHER
    assert (ends["subject"]["name"], ends["object"]["name"]) == ("Tomasz Wilk", "Eva Kral")
    assert not graph.in_degree(node)


def test_relations_said_are_nodes_for_neo4j_and_in_gexf() -> None:
    view = view_of(brother_article())
    out = io.BytesIO()
    export(view, out, "gexf")
    assert b'<data key="labels">:Relation</data>' in written(projected=False, view=view)
    graph = nx.read_gexf(io.BytesIO(out.getvalue()))
    assert [d["stance"] for _, d in graph.nodes(data=True) if d["kind"] == "relation"] == ["denies"]


def test_claims_that_differ_make_the_statement_mixed() -> None:
    graph = to_networkx(view_of(ferry_article()))
    (said,) = [data for _, data in graph.nodes(data=True) if data["kind"] == "statement"]
    assert (said["polarity"], said["certainty"]) == ("mixed", "mixed")


def test_measures_are_attributes_of_every_node() -> None:
    graph = to_networkx(small_graph())
    for node, data in graph.nodes(data=True):
        assert data["degree"] == graph.degree(node)
    assert sum(data["pagerank"] for _, data in graph.nodes(data=True)) == pytest.approx(1, abs=1e-4)
    communities = {data["community"] for _, data in graph.nodes(data=True)}
    assert communities == set(range(len(communities)))


def printed_again() -> tuple[MemoryView, MemoryView]:
    """An article alone, and with a near copy of it; their narrators, who say nothing, left out."""
    made = harbour_article()
    copy = harbour_article(f"{made.article.text} Agencies contributed to this report.")
    for each in (made, copy):
        each.chains.pop()
    both = view_of(made, copy)
    return view_of(made), replace(both, all_copies=((copy.article.id, made.article.id),))


def test_copies_count_once_in_the_projected_view() -> None:
    one, both = (to_networkx(view, projected=True) for view in printed_again())
    assert dict(both.nodes(data=True)) == dict(one.nodes(data=True))
    assert list(both.edges(data=True)) == list(one.edges(data=True))


def test_copies_count_once_in_the_measures_of_the_full_view() -> None:
    one, both = (to_networkx(view) for view in printed_again())
    for node, data in one.nodes(data=True):
        assert both.nodes[node] == data
    unmeasured = [data for _, data in both.nodes(data=True) if "degree" not in data]
    assert [data["copy_of"] for data in unmeasured] == 6 * [unmeasured[0]["copy_of"]]


def test_link_of_a_claim_of_a_copy_is_left_out_of_the_measures() -> None:
    one, both = printed_again()
    ((_, annotation),) = one.annotated()
    ours = [claim.id for claim in annotation.claims]
    (theirs,) = (a for _, a in both.annotated() if a.article != annotation.article)
    link = ClaimLink(theirs.claims[0].id, ours[0], "sameClaimAs", 0.9, ())
    graph = to_networkx(replace(both, all_claim_links=(link,)))
    assert "sameClaimAs" in {label for *_, label in graph.edges(data="label")}
    for node, data in to_networkx(one).nodes(data=True):
        assert graph.nodes[node] == data


def test_copies_count_once_where_elements_wait_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    _, both = printed_again()
    at_once = written(projected=False, view=both)
    monkeypatch.setattr("kg.export.networks.MAX_MEASURED_ELEMENTS", 3)
    out = io.BytesIO()
    export(both, out, "graphml", measured=True)
    assert out.getvalue() == at_once


def test_copy_is_shown_and_tied_to_its_original() -> None:
    _, both = printed_again()
    ((copy, original),) = both.copies()
    graph = to_networkx(both)
    assert ("art:" + copy, "art:" + original) in {
        (s, t) for s, t, label in graph.edges(data="label") if label == "copyOf"
    }
    marked = [data["kind"] for _, data in graph.nodes(data=True) if data.get("copy_of")]
    assert sorted(marked) == ["article"] + 5 * ["statement"]
    assert {data.get("copy_of") for _, data in graph.nodes(data=True)} == {None, f"art:{original}"}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
@pytest.mark.parametrize("projected", [True, False])
@pytest.mark.parametrize(
    ("limit", "measured", "has_measures"),
    [
        (1_000, None, True),
        # too large, unless someone asks
        (3, None, False),
        (3, True, True),
        (1_000, False, False),
    ],
)
def test_large_graphs_are_measured_when_someone_asks(
    form: str,
    projected: bool,
    limit: int,
    measured: bool | None,
    has_measures: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.export.networks.MAX_MEASURED_ELEMENTS", limit)
    out, usual = io.BytesIO(), io.BytesIO()
    counts = export(small_graph(), out, form, projected=projected, measured=measured)
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form]
    nodes = read(io.BytesIO(out.getvalue())).nodes(data=True)
    assert len(nodes) == counts.counts["nodes"]
    assert {"pagerank" in data for _, data in nodes} == {has_measures}
    if has_measures:
        monkeypatch.undo()
        export(small_graph(), usual, form, projected=projected)
        assert out.getvalue() == usual.getvalue()


def test_formats_without_nodes_have_no_measures() -> None:
    with pytest.raises(UsageError, match=r"nt has no measures of nodes. One of: graphml, gexf"):
        export(small_graph(), io.BytesIO(), "nt", measured=True)


def test_pagerank_is_that_of_networkx() -> None:
    graph = to_networkx(small_graph())
    expected = nx.algorithms.link_analysis.pagerank_alg._pagerank_python(nx.DiGraph(graph))
    for node, data in graph.nodes(data=True):
        assert data["pagerank"] == pytest.approx(expected[node], abs=1e-4)


@VIEWS
def test_networkx_has_the_attributes_of_the_graphml(projected: bool) -> None:
    made = to_networkx(small_graph(), projected=projected)
    read = nx.read_graphml(io.BytesIO(written(projected=projected)), force_multigraph=True)
    theirs = {
        node: {k: v for k, v in data.items() if k != "labels"} for node, data in read.nodes.items()
    }
    assert dict(made.nodes(data=True)) == theirs
    ours = [(*ends, data) for *ends, data in made.edges(data=True)]
    others = [(*ends, data) for *ends, data in read.edges(data=True)]
    assert sorted(ours, key=str) == sorted(others, key=str)


def test_empty_graph_is_a_whole_file() -> None:
    empty = MemoryView((), ())
    for projected in (False, True):
        graph = nx.read_graphml(io.BytesIO(written(projected=projected, view=empty)))
        assert graph.number_of_nodes() == 0


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("two\n lines", "two lines"),  # a label is one line
        ("word " * 40, "word " * 16 + "…"),  # cut at a word
    ],
)
def test_label_fits_a_picture(text: str, label: str) -> None:
    assert shortened(text) == label


def test_networkx_can_write_what_it_is_given(tmp_path) -> None:
    for projected in (False, True):
        graph = to_networkx(small_graph(), projected=projected)
        nx.write_graphml(graph, tmp_path / "g.graphml")
        assert len(nx.read_graphml(tmp_path / "g.graphml")) == len(graph)
