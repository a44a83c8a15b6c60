from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.export import export
from kg.export.target import hold
from kg.query.engine import run_query
from kg.query.index import Index
from kg.store import Store
from tests.factories import small_graph
from tests.unit.query.conftest import fill


def exported(store: Store) -> set[ox.Quad]:
    out = io.BytesIO()
    export(store, out, "nquads")
    # Oxigraph keeps every kind of integer as xsd:integer, and decimals without a last zero.
    data = out.getvalue().replace(b"#nonNegativeInteger>", b"#integer>")
    data = data.replace(b'"1.0"^^', b'"1"^^')
    return set(ox.parse(data, format=ox.RdfFormat.N_QUADS))


def quads(index: Index) -> set[ox.Quad]:
    return set(index.open())


def test_index_holds_what_the_export_holds(store: Store, index: Index) -> None:
    assert quads(index) == exported(store)
    assert len(quads(index)) > 500


def test_loads_of_any_size_hold_the_same(store: Store, index: Index, monkeypatch) -> None:
    whole = quads(index)
    monkeypatch.setattr("kg.query.stream._LOAD_CHARS", 1)
    index.rebuild(store)
    assert quads(index) == whole


def test_index_knows_the_change_it_has_seen(store: Store, index: Index) -> None:
    assert index.change == store.change
    assert not index.catch_up(store)  # nothing to do


def test_removed_article_leaves_the_index(store: Store, index: Index) -> None:
    article = next(store.articles())
    store.remove(article.id)
    left = [entity for entity in store.entities() if _stays(entity.chains, store)]
    store.save_resolution(left, ())
    assert index.catch_up(store)
    assert quads(index) == exported(store)
    assert article.id not in str(quads(index))


def _stays(chains: tuple[str, ...], store: Store) -> bool:
    known = {chain.id for _, annotation in store.all_annotated() for chain in annotation.chains}
    return set(chains) <= known


def test_merged_entities_change_the_articles_that_name_them(store: Store, index: Index) -> None:
    entities = list(store.entities())
    vale = next(entity for entity in entities if entity.name == "Orrin Vale")
    marsh = next(entity for entity in entities if entity.name == "Ilda Marsh")
    merged = replace(marsh, chains=(*marsh.chains, *vale.chains))
    others = [entity for entity in entities if entity not in (vale, marsh)]
    store.save_resolution([merged, *others], store.links())
    index.catch_up(store)
    assert quads(index) == exported(store)
    assert vale.id not in str(quads(index))


def test_update_equals_rebuild_when_many_articles_stay(tmp_path: Path) -> None:
    from benchmarks.synthetic import synthetic_view

    view = synthetic_view(12)
    with Store.open(tmp_path / "kg", create=True) as store:
        fill(store, view)
        index = Index(store.index)
        index.catch_up(store)
        article, annotation = view.pairs[3]
        surer = tuple(replace(one, confidence=1.0) for one in annotation.statements)
        store.put(article, replace(annotation, statements=surer))
        store.save_resolution(view.entities(), ())
        before = index.open()
        assert index.catch_up(store)
        assert quads(index) == exported(store)
        assert quads(index) != set(before)  # a reader keeps the state that it opened


def test_what_articles_say_themselves_goes_with_the_last_of_them(
    store: Store, index: Index
) -> None:
    works_for = ox.NamedNode("https://schema.org/worksFor")
    assert len(list(index.open().quads_for_pattern(None, works_for, None, None))) == 1
    article = next(article for article, annotation in store.all_annotated() if annotation.relations)
    store.remove(article.id)
    left = [entity for entity in store.entities() if _stays(entity.chains, store)]
    store.save_resolution(left, ())
    index.catch_up(store)
    assert quads(index) == exported(store)
    assert not list(index.open().quads_for_pattern(None, works_for, None, None))


def test_no_triple_stands_in_two_graphs(index: Index) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    ((number,),) = run_query(index.open(), count, {})
    assert number == len({quad.triple for quad in index.open()})


def test_deleted_index_is_built_again(store: Store, index: Index) -> None:
    before = quads(index)
    index.delete()
    assert index.change is None
    assert index.catch_up(store)
    assert quads(index) == before


def test_broken_pointer_means_no_index(store: Store, index: Index) -> None:
    (index.folder / "current.json").write_text("{")
    assert index.change is None
    index.catch_up(store)
    assert index.change == store.change


def test_new_base_rebuilds_the_index(store: Store, index: Index) -> None:
    store.set_base("https://data.example/")
    assert index.catch_up(store)
    assert quads(index) == exported(store)


def test_missing_index_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no SPARQL index in .*kg build"):
        Index(tmp_path).open()


def test_readers_cannot_write(index: Index) -> None:
    store = index.open()
    quad = ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c"))
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(quad)


def test_old_states_go_but_the_one_before_stays(store: Store, index: Index) -> None:
    for _ in range(3):
        links = list(store.claim_links())
        store.save_claim_links([])
        index.catch_up(store)
        store.save_claim_links(links)
        index.catch_up(store)
    assert len(list(index.folder.glob("state-*"))) == 2


def test_state_says_how_many_triples_there_are(store: Store, index: Index) -> None:
    assert index.state().triples == len(index.open())
    store.save_claim_links([])
    index.catch_up(store)
    assert index.state().triples == len(index.open())


def test_index_that_does_not_say_how_many_there_are_is_not_built_again(
    store: Store, index: Index
) -> None:
    pointer = index.folder / "current.json"
    said = json.loads(pointer.read_text())
    del said["triples"]
    pointer.write_text(json.dumps(said))
    assert index.catch_up(store) is False
    assert index.state().triples == pytest.approx(len(index.open()), rel=0.5)


def test_interrupted_build_leaves_the_index_as_it_was(store: Store, index: Index, monkeypatch):
    before = quads(index)

    def fail(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.query.index.bulk_load", fail)
    with pytest.raises(KeyboardInterrupt):
        index.rebuild(store)
    assert quads(index) == before
    assert len(list(index.folder.glob("state-*"))) == 1


def test_view_and_store_export_the_same_bytes(store: Store) -> None:
    def written(view) -> bytes:
        out = io.BytesIO()
        export(view, out, "nquads")
        return out.getvalue()

    assert written(store) == written(small_graph())


def test_states_whose_makers_were_killed_go_with_the_next_one(store: Store, index: Index) -> None:
    state = index.folder / "state-000000000099-left"
    state.mkdir()
    (index.folder / "making-state-000000000099-left").touch()
    index.rebuild(store)
    assert not state.exists()
    assert list(index.folder.glob("making-*")) == []
    assert quads(index) == exported(store)


def test_a_state_in_the_making_elsewhere_stays(store: Store, index: Index) -> None:
    state = index.folder / "state-000000000099-busy"
    state.mkdir()
    with (index.folder / "making-state-000000000099-busy").open("wb") as marker:
        assert hold(marker.fileno())
        index.rebuild(store)
        assert state.exists()


def test_a_state_that_was_published_before_the_kill_stays(store: Store, index: Index) -> None:
    (index.folder / f"making-{index.state().folder.name}").touch()
    before = index.state().folder
    store.set_base("https://example.org/other/")
    index.catch_up(store)
    assert before.exists()  # readers of the state before keep it
    assert list(index.folder.glob("making-*")) == []


def test_the_prefix_of_rdf_is_bound_in_queries(index: Index) -> None:
    query = "SELECT ?s WHERE { ?s rdf:type kg:Statement }"
    rows = run_query(index.open(), query, index.state().prefixes)
    assert len(rows) > 0


def test_triples_are_counted_again_once_they_have_doubled(tmp_path: Path, monkeypatch) -> None:
    from benchmarks.synthetic import synthetic_view

    monkeypatch.setattr("kg.query.index._MAX_CHANGED_SHARE", 10)  # no index is built anew
    with Store.open(tmp_path / "kg", create=True) as store:
        index = Index(store.index)
        counted = []
        for articles in (12, 16, 40):
            fill(store, synthetic_view(articles))
            index.catch_up(store)
            counted.append(index.state())
    first, second, last = counted
    assert first.triples < second.triples
    assert first.statistics == second.statistics
    assert first.statistics.triples == first.triples
    assert last.statistics.triples == last.triples


def test_index_without_statistics_is_asked_as_before(index: Index) -> None:
    pointer = index.folder / "current.json"
    said = json.loads(pointer.read_text())
    del said["statistics"]
    pointer.write_text(json.dumps(said))
    state = index.state()
    assert state.statistics.triples == 0
    query = "SELECT ?who WHERE { ?s kg:speaker/rdfs:label ?who ; kg:stance kg:denies }"
    assert len(run_query(index.open(), query, state.prefixes, statistics=state.statistics)) == 2
