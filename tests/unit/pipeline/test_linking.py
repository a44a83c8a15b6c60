"""`link` asks once, keeps what it is told, and what it made lasts through rebuilds."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from kg.errors import StoreError, UsageError
from kg.export import export
from kg.ledger import Author, append_corrections, export_corrections, import_corrections
from kg.ledger import link as link_correction
from kg.link import Hint, ServiceDownError, Transport, Wanted
from kg.model import Entity
from kg.pipeline import LinkOptions, LinkReport, derive, forget, link, open_links
from kg.store import Store
from kg.vocabulary import EntityType
from tests.factories import small_graph
from tests.reconciling import SPACE, FakeClock, FakeService, body, row, serving, status
from tests.storing import fill, new_store

WHO = Author("ed", "2024-01-01T00:00:00Z", "I asked her")
PEOPLE = LinkOptions(Wanted(types=(EntityType.PERSON,)))
KNOWN = {
    "Ilda Marsh": [row("M1", "Ilda Marsh", 100, match=True)],
    "Orrin Vale": [row("M2", "Orrin Wale", 80), row("M3", "O. Vale", 70)],
    "Coast Agency": [row("M4", "Coast Agency", 97), row("M5", "Coastal Agency", 60)],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with filled(tmp_path) as opened:
        yield opened


@pytest.fixture
def fake() -> Iterator[FakeService]:
    with serving(FakeService(dict(KNOWN))) as service:
        yield service


def filled(folder: Path) -> Store:
    folder.mkdir(exist_ok=True)
    store = new_store(folder)
    fill(store)
    derive(store)
    return store


def ask(store: Store, fake: FakeService, options: LinkOptions | None = None) -> LinkReport:
    return link(store, fake.url, options, transport=Transport(clock=FakeClock()))


def identifiers(store: Store) -> dict[str, list[str]]:
    return {
        each.name: [known.iri for known in each.external]
        for each in store.entities()
        if any(known.origin != "gazetteer" for known in each.external)
    }


def entity(store: Store, name: str) -> Entity:
    [found] = [each for each in store.entities() if each.name == name]
    return found


LINKED = {"Ilda Marsh": [f"{SPACE}M1"], "Coast Agency": [f"{SPACE}M4"]}


def test_sure_answers_become_identifiers_and_others_wait(store: Store, fake: FakeService) -> None:
    report = ask(store, fake)
    assert identifiers(store) == LINKED
    assert [each.entity.name for each in open_links(store)] == ["Orrin Vale"]
    assert (report.linked, report.waiting, report.known) == (2, 1, 0)
    assert report.asked == len(fake.names) == len(set(fake.names))


def test_nothing_but_names_is_sent(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    sent = [query for _, _, queries in fake.requests if queries for query in queries.values()]
    assert {frozenset(query) for query in sent} == {frozenset({"query", "limit"})}
    assert {"Ilda Marsh", "Orrin Vale", "Coast Agency"} <= set(fake.names)
    assert "Marsh" not in fake.names


def test_second_call_uses_no_network(store: Store, fake: FakeService) -> None:
    first = ask(store, fake)
    fake.requests.clear()
    again = ask(store, fake)
    assert fake.requests == []
    assert (again.asked, again.known, again.linked) == (0, first.asked, first.linked)


def test_refresh_asks_again_and_believes_the_new_answer(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    fake.known["Ilda Marsh"] = [row("M9", "Ilda Marsh", 100, match=True)]
    ask(store, fake, LinkOptions(refresh=True))
    assert identifiers(store)["Ilda Marsh"] == [f"{SPACE}M9"]


def test_other_classes_are_another_question(store: Store, fake: FakeService) -> None:
    ask(store, fake, PEOPLE)
    fake.requests.clear()
    wanted = Wanted(types=(EntityType.PERSON,), classes={EntityType.PERSON: "human"})
    assert ask(store, fake, LinkOptions(wanted)).asked == 2
    [(_, _, queries)] = fake.requests
    assert {query["type"] for query in queries.values()} == {"human"}


def test_hints_tell_the_words_of_relations(store: Store, fake: FakeService) -> None:
    wanted = Wanted(types=(EntityType.PERSON,), hints=(Hint("P108", "worksFor"),))
    ask(store, fake, LinkOptions(wanted))
    sent = {q["query"]: q.get("properties") for q in fake.requests[-1][2].values()}
    assert sent["Orrin Vale"] == [{"pid": "P108", "v": "Coast Agency"}]
    assert sent["Ilda Marsh"] is None


def test_wikidata_is_asked_by_class(store: Store, fake: FakeService) -> None:
    fake.manifest = {**fake.manifest, "identifierSpace": "http://www.wikidata.org/entity/"}
    fake.known = {"Ilda Marsh": [row("Q42", "Ilda Marsh", 100, match=True)]}
    ask(store, fake, PEOPLE)
    assert {query["type"] for query in fake.requests[-1][2].values()} == {"Q5"}
    [known] = entity(store, "Ilda Marsh").external
    assert (known.scheme, known.id) == ("wikidata", "Q42")


def test_threshold_is_remembered(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    ask(store, fake, LinkOptions(threshold=0.99))
    assert identifiers(store) == {"Ilda Marsh": [f"{SPACE}M1"]}
    ask(store, fake)
    assert identifiers(store) == {"Ilda Marsh": [f"{SPACE}M1"]}


def test_dry_run_names_what_would_be_sent_and_sends_nothing(
    store: Store, fake: FakeService
) -> None:
    report = ask(store, fake, LinkOptions(dry_run=True))
    assert {"Ilda Marsh", "Coast Agency"} <= set(report.names)
    assert fake.requests == []
    assert list(store.identifiers.services()) == []


def test_links_last_through_resolving_again(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    fake.requests.clear()
    for article, annotation in small_graph().annotated():
        store.put(article, annotation)
    assert derive(store).changed
    assert identifiers(store) == LINKED
    assert fake.requests == []


def test_nothing_is_asked_without_link(store: Store, fake: FakeService) -> None:
    derive(store)
    assert fake.requests == []
    assert identifiers(store) == {}


def test_what_was_answered_before_the_service_went_down_is_kept(
    store: Store, fake: FakeService
) -> None:
    fake.manifest = {**fake.manifest, "batchSize": 1}
    ask(store, fake, PEOPLE)  # two names, one batch each
    forget(store, fake.url)
    fake.requests.clear()
    calls = iter(range(99))
    good = fake.answer

    def failing(method: str, path: str, sent: bytes) -> tuple:
        return good(method, path, sent) if next(calls) < 2 else (403, {}, b"")

    fake.answer = failing  # type: ignore[method-assign]
    report = ask(store, fake, PEOPLE)
    assert (report.asked, report.stopped) == (1, "answers 403 Forbidden")
    fake.answer = good  # type: ignore[method-assign]
    assert ask(store, fake, PEOPLE).known == 1


def test_name_without_an_answer_is_told_and_asked_again(store: Store, fake: FakeService) -> None:
    fake.bad_names = frozenset({"Orrin"})
    report = ask(store, fake, PEOPLE)
    assert report.unanswered == [("Orrin Vale", "answers 500 Internal Server Error")]
    fake.bad_names = frozenset()
    assert ask(store, fake, PEOPLE).asked == 1


@pytest.mark.parametrize("fault", [status(404), body(b"<html>"), body(b'{"a": 1}')])
def test_what_is_no_service_changes_nothing(store: Store, fake: FakeService, fault) -> None:
    fake.faults, before = [fault] * 5, store.change
    with pytest.raises(ServiceDownError, match=r"^http://127\.0\.0\.1"):
        ask(store, fake)
    assert store.change == before


def test_forgotten_service_takes_its_identifiers_along(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    assert forget(store, fake.url)
    assert identifiers(store) == {}
    assert not forget(store, fake.url)


def decide(store: Store, name: str, iri: str, *, is_same: bool) -> None:
    made = link_correction(entity(store, name), iri, list(store.annotated()), WHO, is_same=is_same)
    append_corrections(store.corrections, [made])
    derive(store)


def test_persons_word_stands_against_the_service(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    decide(store, "Ilda Marsh", f"{SPACE}M1", is_same=False)
    decide(store, "Orrin Vale", f"{SPACE}M3", is_same=True)
    wanted = {"Orrin Vale": [f"{SPACE}M3"], "Coast Agency": [f"{SPACE}M4"]}
    assert identifiers(store) == wanted
    ask(store, fake, LinkOptions(refresh=True))
    assert identifiers(store) == wanted


def test_persons_word_is_replayed_in_a_new_store(
    store: Store, fake: FakeService, tmp_path: Path
) -> None:
    decide(store, "Orrin Vale", "Q42", is_same=True)
    decide(store, "Moldavia", "Q217", is_same=False)
    export_corrections(store.corrections, tmp_path / "decisions.jsonl")
    with filled(tmp_path / "new") as other:
        import_corrections(other.corrections, tmp_path / "decisions.jsonl")
        assert derive(other).complaints == ()
        [known] = entity(other, "Orrin Vale").external
        assert (known.iri, known.origin) == ("http://www.wikidata.org/entity/Q42", "person")


def test_latest_word_on_a_link_counts(store: Store) -> None:
    decide(store, "Orrin Vale", "Q42", is_same=True)
    decide(store, "Orrin Vale", "https://www.wikidata.org/wiki/Q42", is_same=False)
    assert identifiers(store) == {}


@pytest.mark.parametrize("iri", ["", "Ilda", "javascript:alert(1)", "http://h/<script>"])
def test_what_is_no_iri_is_refused(store: Store, iri: str) -> None:
    with pytest.raises(UsageError, match="neither an http or https address nor a QID"):
        decide(store, "Orrin Vale", iri, is_same=True)


def exported(store: Store, form: str) -> str:
    out = io.BytesIO()
    export(store, out, form)
    return out.getvalue().decode()


def test_identifiers_stand_in_every_export(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    decide(store, "Orrin Vale", "Q42", is_same=True)
    for form in ("turtle", "nt", "trig", "nquads", "jsonld", "graphml", "gexf", "ftm", "jsonl"):
        text = exported(store, form)
        assert f"{SPACE}M1" in text, form
        assert "Q42" in text, form
        assert f"{SPACE}M2" not in text, form  # an open candidate is nobody's identifier


def test_exact_match_of_a_service_and_sameness_of_a_person(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    decide(store, "Orrin Vale", "Q42", is_same=True)
    graph = rdflib.Graph().parse(data=exported(store, "nt"))
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    matches = {str(thing) for thing in graph.objects(None, skos.exactMatch)}
    assert {f"{SPACE}M1", f"{SPACE}M4", "http://www.wikidata.org/entity/Q42"} <= matches
    same = {str(thing) for thing in graph.objects(None, rdflib.OWL.sameAs)}
    assert same == {"http://www.wikidata.org/entity/Q42"}


def test_eval_format_names_the_item_of_each_mention(store: Store, fake: FakeService) -> None:
    ask(store, fake)
    lines = map(json.loads, exported(store, "jsonl").splitlines())
    found = {
        line["text"][m["start"] : m["end"]]: m.get("exact_match")
        for line in lines
        for m in line["entities"]
    }
    assert found["Ilda Marsh"] == [f"{SPACE}M1"]
    assert found["Orrin Vale"] is None


def test_reader_of_a_store_from_before_is_told_to_bring_it_up_to_date(tmp_path: Path) -> None:
    import sqlite3

    filled(tmp_path).close()
    connection = sqlite3.connect(tmp_path / ".kg" / "graph.sqlite")
    connection.executescript("DROP TABLE answers; DROP TABLE services; PRAGMA user_version = 1;")
    connection.close()
    with pytest.raises(StoreError, match="Bring it up to date"):
        Store.open(tmp_path / ".kg", read_only=True)
    with Store.open(tmp_path / ".kg") as store:
        assert list(store.identifiers.answers()) == []
        assert identifiers(store) == {}
