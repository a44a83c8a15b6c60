"""FollowTheMoney, Web Annotation and nanopublications: what their readers rely on."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.export import export, format_of
from kg.ids import short_hash
from kg.vocabulary import EntityType
from tests.factories import NAME, MemoryView, harbour_article, small_graph, view_of
from tests.reporting import REFUSAL, refusal_article


def written(form: str, view: MemoryView | None = None) -> bytes:
    out = io.BytesIO()
    export(view or small_graph(), out, form)
    return out.getvalue()


def proxies(view: MemoryView | None = None) -> list[dict]:
    return [json.loads(line) for line in written("ftm", view).splitlines()]


def test_ftm_ids_are_unique_and_all_that_is_named_is_there() -> None:
    found = proxies()
    ids = {proxy["id"] for proxy in found}
    assert len(ids) == len(found)
    ends = {"document", "resolved", "entity", "subject", "object", "proof", "employee", "employer"}
    named = {
        value
        for proxy in found
        for name, values in proxy["properties"].items()
        if name in ends
        for value in values
    }
    assert named <= ids


def test_ftm_tie_is_one_that_the_article_words() -> None:
    found = defaultdict(list)
    for proxy in proxies():
        found[proxy["schema"]].append(proxy["properties"])
    (post,) = found["Employment"]
    assert post["summary"] == ["Vale works for the Coast Agency"]
    assert {role for link in found["UnknownLink"] for role in link["role"]} == {
        "Say (asserts)",
        "Write (asserts)",
        "Deny (denies)",
        "Ask (questions)",
    }


def test_ftm_statement_is_a_note_at_its_speaker() -> None:
    found = proxies()
    names = {proxy["id"]: proxy["properties"].get("name") for proxy in found}
    notes = [proxy["properties"] for proxy in found if proxy["schema"] == "Note"]
    assert len(notes) == 8
    assert all(names[note["entity"][0]] for note in notes)


def test_ftm_note_names_the_chain_of_sources_and_the_place() -> None:
    found = proxies(view_of(refusal_article()))
    (note,) = [one["properties"] for one in found if "denies" in str(one["properties"])]
    assert note["summary"] == ["Reject (denies), reported by Casimir Drewell"]
    assert note["description"] == [
        "Casimir Drewell > Chemical Workers' Union – Reject (denies): three invitations"
    ]
    assert note["notes"] == [f"{REFUSAL} (refusal.txt:0-{len(REFUSAL)})"]


def test_ftm_link_at_second_hand_names_its_reporter() -> None:
    made = refusal_article()
    inner = made.statements[-1].id
    guest = made.chain("three invitations", EntityType.PERSON, ("three invitations", 0, NAME))
    made.claims[-1] = replace(made.claims[-1], about=(guest,))
    (link,) = [
        one["properties"]
        for one in proxies(view_of(made))
        if one["id"] == short_hash("about", inner, view_of(made).entity_of(guest))
    ]
    assert link["role"] == ["Reject (denies), reported by Casimir Drewell"]
    assert link["description"] == [f"{REFUSAL} (refusal.txt:0-{len(REFUSAL)})"]


HOSTILE = pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",  # what followthemoney refuses the whole entity for
        "JavaScript:alert(1)//http://news.example/",
        "data:text/html,<script>alert(1)</script>",
        "http://[",  # no address at all
        "https:///etc/passwd",  # no host
        "http://news example/",
        "http://news.example:99999/",
    ],
)


def with_url(url: str) -> MemoryView:
    made = harbour_article()
    made.article = replace(made.article, url=url)
    return view_of(made)


@HOSTILE
def test_ftm_sends_nobody_to_what_is_no_web_address(url: str) -> None:
    (article,) = [one for one in proxies(with_url(url)) if one["schema"] == "Article"]
    assert "sourceUrl" not in article["properties"]


@HOSTILE
def test_web_annotation_sends_nobody_to_what_is_no_web_address(url: str) -> None:
    view = with_url(url)
    (article,) = view.articles()
    for item in json.loads(written("webannotation", view))["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        assert {target["source"] for target in targets} == {f"{view.base}article/{article.id}"}


def test_ftm_keeps_web_addresses() -> None:
    urls = [one["properties"].get("sourceUrl") for one in proxies() if one["schema"] == "Article"]
    assert urls == [["https://news.example/harbour?id=1&p=2"], None]


def test_web_annotation_points_at_its_words() -> None:
    page = json.loads(written("webannotation"))
    view = small_graph()
    texts = {article.id: article.text for article in view.articles()}
    urls = {a.url or f"{view.base}article/{a.id}": a.id for a in view.articles()}
    assert len(page["items"]) == 8 + 14  # statements, mentions
    for item in page["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            text = texts[urls[target["source"]]]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_annotation_names_the_chain_of_sources_and_the_place() -> None:
    page = json.loads(written("webannotation", view_of(refusal_article())))
    (text,) = [item["body"][0]["value"] for item in page["items"] if "denies" in str(item)]
    assert text.splitlines() == [
        "Casimir Drewell > Chemical Workers' Union – Reject, denies: three invitations",
        f"{REFUSAL} (refusal.txt:0-{len(REFUSAL)})",
    ]


def test_annotations_have_ids_of_their_own() -> None:
    page = json.loads(written("webannotation"))
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids)
    named = {  # what else has a name in the graph: an annotation is none of it
        term.value
        for quad in ox.parse(written("nquads"), format=ox.RdfFormat.N_QUADS)
        for term in (quad.subject, quad.object)
    }
    assert not named & set(ids)
    linked = {
        body["source"]
        for item in page["items"]
        for body in item["body"]
        if body.get("purpose") == "linking"
    }
    assert linked < named  # the statements themselves
    assert len(linked) == 8


def test_annotation_shows_the_name_in_the_graph_beside_that_of_the_article() -> None:
    view = small_graph()
    renamed = [
        replace(entity, name="Ilda Marsh-Bell") if entity.name == "Ilda Marsh" else entity
        for entity in view.entities()
    ]
    page = json.loads(written("webannotation", replace(view, all_entities=tuple(renamed))))
    texts = [
        body["value"]
        for item in page["items"]
        for body in item["body"]
        if body["type"] == "TextualBody" and body["value"].startswith("Ilda Marsh")
    ]
    assert len(texts) == 3 + 4  # statements at first hand, and mentions
    assert {text.partition(" – ")[0] for text in texts} == {'Ilda Marsh-Bell ("Ilda Marsh")'}


def test_nanopublication_has_its_four_graphs() -> None:
    graphs = defaultdict(set)
    for quad in ox.parse(written("nanopub"), format=ox.RdfFormat.TRIG):
        publication, _, part = quad.graph_name.value.partition("#")
        graphs[publication].add(part)
    assert len(graphs) == 8
    assert all(parts == {"Head", "assertion", "provenance", "pubinfo"} for parts in graphs.values())


def test_nanopublication_at_second_hand_holds_its_reporter() -> None:
    view = view_of(refusal_article())
    (_, annotation), *_ = view.annotated()
    outer, inner = (f"{view.base}statement/{one.id}" for one in annotation.statements)
    dataset = ox.Store()
    dataset.load(written("nanopub", view), format=ox.RdfFormat.TRIG)
    rows = dataset.query(
        """PREFIX kg: <https://w3id.org/claimgraph/ns#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?outer ?who ?stance ?depth ?inner ?whom ?denies WHERE { GRAPH ?assertion {
            ?outer kg:speaker/rdfs:label ?who ; kg:stance ?stance ; kg:depth ?depth ;
                kg:act kg:Claim ; kg:content ?inner .
            ?inner kg:speaker/rdfs:label ?whom ; kg:stance ?denies } }"""
    )
    ns = "https://w3id.org/claimgraph/ns#"
    drewell = [outer, "Casimir Drewell", f"{ns}asserts", "1"]
    union = [inner, "Chemical Workers' Union", f"{ns}denies"]
    assert [[term.value for term in row] for row in rows] == [[*drewell, *union]]


def test_nanopublication_says_no_more_of_the_reporter_than_leads_to_it() -> None:
    view = view_of(refusal_article())
    (_, annotation), *_ = view.annotated()
    outer, inner = (f"{view.base}statement/{one.id}" for one in annotation.statements)
    contents = {
        quad.object.value
        for quad in ox.parse(written("nanopub", view), format=ox.RdfFormat.TRIG)
        if quad.graph_name.value == f"{view.base}nanopub/{inner.rpartition('/')[2]}#assertion"
        and quad.subject.value == outer
        and quad.predicate.value.endswith("#content")
    }
    assert contents == {inner}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("g.nanopub.trig", "nanopub"),  # the longer suffix wins
        ("g.trig", "trig"),
        ("people.ftm.json", "ftm"),
        ("page.anno.json", "webannotation"),
    ],
)
def test_double_suffix_means_its_own_format(name: str, form: str) -> None:
    assert format_of(Path(name)) == form
