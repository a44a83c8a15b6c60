"""The store gives back what was put in, shows only what is whole, and follows updates."""

from __future__ import annotations

import gc
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import kg.store
from kg.errors import EvidenceError, StoreError
from kg.ids import article_id
from kg.model import Article, Failure, FailureKind, Span
from kg.store import Addition, StatementFilter, Store
from kg.store import schema as store_schema
from kg.vocabulary import EntityType, Review, Stance
from tests.factories import HARBOUR, a_run, harbour_article, leak_article
from tests.storing import fill, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


def article(text: str = "Some words.", source: str = "a.txt", **fields: object) -> Article:
    return Article(id=article_id(text), text=text, source=source, **fields)  # type: ignore[arg-type]


def test_graph_comes_back_as_it_was_put_in(store: Store) -> None:
    graph = fill(store)
    assert list(store.annotated()) == list(graph.annotated())
    assert list(store.articles()) == list(graph.articles())
    assert list(store.entities()) == list(graph.entities())
    assert list(store.links()) == list(graph.links())
    assert list(store.claim_links()) == list(graph.claim_links())
    assert list(store.runs()) == list(graph.runs())
    assert store.base == graph.base
    for entity in graph.entities():
        assert {store.entity_of(chain) for chain in entity.chains} == {entity.id}
    with pytest.raises(KeyError):
        store.entity_of("nobody")


def test_graph_comes_back_from_disk(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        graph = fill(store)
    with Store.open(tmp_path / ".kg", read_only=True) as store:
        assert list(store.annotated()) == list(graph.annotated())
        assert list(store.entities()) == list(graph.entities())


@pytest.mark.parametrize(
    ("skip", "text"),
    [
        ((Span(0, 17),), " date 2017-05-11 The Embassy said no."),  # header
        ((), "Nul \0 and horse 🐎 and bidi \u202e and half a pair \ufffd."),
        ((), "'); DROP TABLE articles; --"),
    ],
)
def test_article_comes_back_unchanged(store: Store, skip: tuple[Span, ...], text: str) -> None:
    put_in = article(
        text, title="T", url="u", publisher="p", author="a", published=date(2017, 5, 11), skip=skip
    )
    store.add(put_in)
    assert store.article(put_in.id) == put_in


def test_article_is_not_shown_until_its_chains_have_entities(store: Store) -> None:
    store.save_run(a_run())
    put_in, annotation = harbour_article().build(a_run().id)
    store.add(put_in)
    store.put(put_in, annotation)
    assert list(store.annotated()) == []
    assert [pair[1] for pair in store.all_annotated()] == [annotation]
    assert store.counts().pending == 1


def test_span_outside_the_text_is_refused_and_nothing_is_written(store: Store) -> None:
    store.save_run(a_run())
    put_in, annotation = harbour_article().build(a_run().id)
    store.add(put_in)
    beyond = replace(annotation.mentions[0], span=Span(len(HARBOUR), len(HARBOUR) + 5))
    with pytest.raises(EvidenceError):
        store.put(put_in, replace(annotation, mentions=(beyond, *annotation.mentions[1:])))
    assert store.pending(a_run().id) == [put_in.id]
    assert list(store.all_annotated()) == []


def test_two_records_with_one_id_are_refused(store: Store) -> None:
    store.save_run(a_run())
    put_in, annotation = harbour_article().build(a_run().id)
    store.add(put_in)
    twice = replace(annotation, claims=(*annotation.claims, annotation.claims[0]))
    with pytest.raises(EvidenceError, match="two claims with the key"):
        store.put(put_in, twice)


def test_chain_that_does_not_agree_with_its_mentions_is_refused(store: Store) -> None:
    store.save_run(a_run())
    put_in, annotation = harbour_article().build(a_run().id)
    store.add(put_in)
    with pytest.raises(EvidenceError, match="and its mentions disagree"):
        store.put(put_in, replace(annotation, mentions=annotation.mentions[1:]))


# -- sources and updates ---------------------------------------------------------------------------


def test_same_text_from_two_sources_is_one_article(store: Store) -> None:
    assert store.add(article(source="b.txt")) is Addition.NEW
    assert store.add(article(source="a.txt")) is Addition.COPY
    assert store.add(article(source="a.txt")) is Addition.SAME
    assert [source for source, _, _ in store.appearances(article().id)] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_earliest_appearance_leads_whatever_the_order(store: Store, order: tuple[int, ...]) -> None:
    appearances = [
        article(source="c.txt", published=date(2020, 1, 1)),
        article(source="b.txt", published=date(2020, 1, 2)),
        article(source="a.txt"),
    ]
    for index in order:
        store.add(appearances[index])
    assert store.article(article().id) == appearances[0]


def test_new_text_from_a_source_takes_the_place_of_the_old(store: Store) -> None:
    fill(store)
    old = harbour_article().article
    new = article("Nothing is left.", source=old.source)
    before = store.change
    assert store.add(new) is Addition.CHANGED
    assert store.pending(a_run().id) == [new.id]
    assert [shown.id for shown in store.articles()] == [leak_article().article.id]
    assert store.changes_since(before).removed == tuple(sorted((old.id, new.id)))
    with pytest.raises(KeyError):
        store.article(old.id)


def test_old_text_stays_while_another_source_has_it(store: Store) -> None:
    store.add(article(source="a.txt"))
    store.add(article(source="b.txt"))
    store.add(article("Other words.", source="a.txt"))
    assert store.article(article().id).source == "b.txt"


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("n/a.txt", ["n/a.txt"]),  # a file
        ("n/", ["n/a.txt", "n/b.jsonl#1", "n/b.jsonl#2"]),  # a folder
        ("n/b.jsonl", ["n/b.jsonl#1", "n/b.jsonl#2"]),  # all articles of a file
        ("n/b.jsonl#2", ["n/b.jsonl#2"]),  # one of them
        (article("2").id, ["n/b.jsonl#1"]),  # an article, by id
        ("n_", []),  # no pattern
        ("%", []),
    ],
)
def test_sources_are_removed_by_name(store: Store, name: str, gone: list[str]) -> None:
    for text, source in enumerate(("n", "n/a.txt", "n/b.jsonl#1", "n/b.jsonl#2", "nn/a.txt")):
        store.add(article(str(text), source=source))
    removed = store.remove(name)
    assert [source for source in removed if source != "n"] == gone
    kept = {"n", "n/a.txt", "n/b.jsonl#1", "n/b.jsonl#2", "nn/a.txt"} - set(removed)
    assert store.counts().appearances == len(kept)


def test_removed_article_leaves_nothing_but_a_note_of_its_going(store: Store) -> None:
    fill(store)
    gone = harbour_article().article
    before = store.change
    assert store.remove(gone.id) == [gone.source]
    assert store.changes_since(before).removed == (gone.id,)
    assert [shown.id for shown in store.articles()] == [leak_article().article.id]
    chains = {chain for entity in store.entities() for chain in entity.chains}
    assert chains == {chain.id for chain in leak_article().chains}
    assert list(store.links()) == []
    assert list(store.check()) == []


def test_new_date_makes_an_article_wait_for_annotation_again(store: Store) -> None:
    fill(store)
    old = harbour_article().article
    store.add(replace(old, published=date(2021, 1, 1)))
    assert store.pending(a_run().id) == [old.id]
    assert old.id not in {shown.id for shown in store.articles()}


def test_new_address_changes_the_article_but_not_its_annotation(store: Store) -> None:
    fill(store)
    old = harbour_article().article
    before = store.change
    store.add(replace(old, url="https://example.org/new"))
    assert store.pending(a_run().id) == []
    assert store.changes_since(before).articles == (old.id,)


def test_another_run_makes_all_articles_pending(store: Store) -> None:
    graph = fill(store)
    assert store.pending(a_run().id) == []
    assert store.pending("hother") == [shown.id for shown in graph.articles()]


def test_failed_article_is_not_tried_again_by_the_same_run(store: Store) -> None:
    bad = article()
    store.add(bad)
    store.save_failure(Failure(bad.source, "too slow"), article=bad.id, run="hrun")
    assert store.pending("hrun") == []
    assert store.pending("hother") == [bad.id]
    store.annotate_again()
    assert store.pending("hrun") == [bad.id]
    assert list(store.failures()) == []


def test_failures_of_a_source_are_forgotten_with_those_of_its_lines(store: Store) -> None:
    for source in ("x.jsonl:3", "x.jsonl", "x.jsonl2"):
        store.save_failure(Failure(source, "no", FailureKind.FAILED))
    store.forget_failures("x.jsonl")
    assert [failure.source for failure in store.failures()] == ["x.jsonl2"]


# -- changes and resolution ------------------------------------------------------------------------


def test_same_resolution_again_changes_nothing(store: Store) -> None:
    graph = fill(store)
    before = store.change
    assert not store.save_resolution(graph.entities(), graph.links())
    assert not store.save_claim_links(graph.claim_links())
    assert store.change == before


def test_changes_tell_an_index_what_to_write_again(store: Store) -> None:
    graph = fill(store)
    everything = store.changes_since(0)
    assert everything.articles == tuple(shown.id for shown in graph.articles())
    assert everything.entities
    assert everything.links
    nothing = store.changes_since(everything.number)
    assert (nothing.articles, nothing.removed, nothing.entities) == ((), (), False)


def test_article_is_written_again_when_a_chain_gets_another_entity(store: Store) -> None:
    graph = fill(store)
    before = store.change
    [vale] = [entity for entity in graph.entities() if entity.name == "Orrin Vale"]
    others = [entity for entity in graph.entities() if entity is not vale]
    store.save_resolution([*others, replace(vale, id="vale-new")], graph.links())
    changes = store.changes_since(before)
    assert changes.articles == (harbour_article().article.id,)
    assert changes.entities
    assert not changes.links
    assert store.entity(vale.id).id == "vale-new"


def test_corrected_annotation_is_shown_and_the_found_one_kept(store: Store) -> None:
    graph = fill(store)
    _, found = next(graph.annotated())
    rejected = replace(found.statements[0], review=Review.REJECTED)
    corrected = replace(found, statements=(rejected, *found.statements[1:]))
    before = store.change
    with store.transaction():
        store.save_corrected({found.article: corrected})
        store.save_resolution(graph.entities(), graph.links())
    assert store.annotation(found.article) == corrected
    assert [shown for _, shown in store.found({found.article}, ())] == [found]
    assert store.changes_since(before).articles == (found.article,)
    again = store.change
    store.save_corrected({found.article: corrected})
    assert store.change == again


def test_taking_a_correction_back_shows_what_was_found(store: Store) -> None:
    graph = fill(store)
    _, found = next(graph.annotated())
    store.save_corrected({found.article: replace(found, relations=(), claims=())})
    store.save_corrected({})
    store.save_resolution(graph.entities(), graph.links())
    assert [shown for _, shown in store.annotated()] == [shown for _, shown in graph.annotated()]


def test_new_annotation_forgets_the_one_that_was_corrected(store: Store) -> None:
    graph = fill(store)
    article_, found = next(graph.annotated())
    store.save_corrected({found.article: replace(found, relations=())})
    new = replace(found, claims=())
    store.put(article_, new)
    assert [shown for _, shown in store.found((), {article_.source})] == [new]


# -- questions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Ilda Marsh", ["Ilda Marsh"]),
        ("marsh", ["Ilda Marsh"]),  # an alias, in another case
        ("Tarnby", ["Tarnby", "Tarnby Courier"]),  # the exact name first
        ("TÁRNBY", ["Tarnby", "Tarnby Courier"]),  # accents and case do not count
        ("cour", ["Tarnby Courier"]),  # a part of a word
        ("%", []),  # no pattern
    ],
)
def test_entities_are_found_by_name(store: Store, query: str, names: list[str]) -> None:
    fill(store)
    assert [found.entity.name for found in store.find_entities(query)] == names


def test_entities_come_with_counts_and_by_type(store: Store) -> None:
    fill(store)
    people = list(store.find_entities(type_=EntityType.PERSON))
    assert [(found.entity.name, found.mentions, found.statements) for found in people] == [
        ("Ilda Marsh", 4, 4),
        ("Orrin Vale", 2, 1),
    ]
    assert len(list(store.find_entities(min_mentions=4))) == 1


def test_statements_are_filtered(store: Store) -> None:
    graph = fill(store)
    [marsh] = [entity.id for entity in graph.entities() if entity.name == "Ilda Marsh"]

    def cues(**wanted: object) -> list[str]:
        found = store.statements(StatementFilter(**wanted))  # type: ignore[arg-type]
        return [statement.cue_lemma for statement in found]

    assert cues(speaker=marsh) == ["say", "tell", "deny", "deny"]
    assert cues(speaker=marsh, stance=Stance.DENIES) == ["deny", "deny"]
    assert cues(about=marsh) == ["write"]
    assert cues(until=date(2024, 3, 3)) == ["say"]  # said on 2 March, published on the 6th
    assert cues(speaker=marsh, since=date(2024, 3, 6)) == ["deny"]


def test_words_are_found_in_articles(store: Store) -> None:
    fill(store)
    [passage] = store.search('"two DIVERS" oil')
    assert passage.span.of(passage.article.text) == "two divers"
    assert list(store.search('" OR NEAR( * ^')) == []


def test_counts_are_those_of_the_graph(store: Store) -> None:
    fill(store)
    counts = store.counts()
    assert (counts.articles, counts.people, counts.places) == (2, 2, 2)
    assert (counts.statements, counts.denials, counts.second_hand) == (8, 2, 1)


# -- opening ---------------------------------------------------------------------------------------


def test_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Make one with: kg build INPUT"):
        Store.open(tmp_path / ".kg")
    assert list(tmp_path.iterdir()) == []


def test_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        graph = fill(store)
        with pytest.raises(StoreError, match="another kg process is writing"):
            Store.open(tmp_path / ".kg")
        with Store.open(tmp_path / ".kg", read_only=True) as reader:
            store.remove(leak_article().article.id)
            assert list(reader.annotated()) == list(graph.annotated())
            reader.refresh()
            assert len(list(reader.annotated())) == 1


@pytest.mark.parametrize("read_only", [True, False])
def test_store_of_a_newer_version_is_refused(tmp_path: Path, read_only: bool) -> None:
    new_store(tmp_path).close()
    _set_version(tmp_path, store_schema.VERSION + 1)
    with pytest.raises(StoreError, match="pip install -U claimgraph"):
        Store.open(tmp_path / ".kg", read_only=read_only)


def test_store_of_an_older_version_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_store(tmp_path) as store:
        graph = fill(store)
    old = store_schema.VERSION
    monkeypatch.setattr(store_schema, "VERSION", old + 1)
    with pytest.raises(StoreError, match="too old"):
        Store.open(tmp_path / ".kg")
    with pytest.raises(StoreError, match="Bring it up to date"):
        Store.open(tmp_path / ".kg", read_only=True)
    monkeypatch.setitem(store_schema.MIGRATIONS, old, "CREATE TABLE extra (a TEXT);")
    with Store.open(tmp_path / ".kg") as store:
        assert list(store.annotated()) == list(graph.annotated())
    with pytest.raises(StoreError, match="Update with"):
        monkeypatch.setattr(store_schema, "VERSION", old)
        Store.open(tmp_path / ".kg")


def test_migration_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_store(tmp_path).close()
    old = store_schema.VERSION
    with monkeypatch.context() as newer:
        newer.setattr(store_schema, "VERSION", old + 1)
        newer.setitem(store_schema.MIGRATIONS, old, "CREATE TABLE extra (a TEXT); NONSENSE;")
        with pytest.raises(StoreError, match="failed"):
            Store.open(tmp_path / ".kg")
    with Store.open(tmp_path / ".kg") as store:
        assert store.counts().articles == 0


def test_damaged_store_says_so(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    (tmp_path / ".kg" / "graph.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"is damaged .* keep its corrections.jsonl"):
        Store.open(tmp_path / ".kg")


def test_file_in_the_place_of_the_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / ".kg").write_text("")
    with pytest.raises(StoreError, match="Name another store with --store"):
        new_store(tmp_path)


def test_full_disk_is_a_clear_error_and_loses_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        graph = fill(store)
        store._database.execute("PRAGMA max_page_count = 1")  # SQLite's own way to run out
        with pytest.raises(StoreError, match="is full"):
            for number in range(100):
                store.add(article(f"{number}" * 5_000, source=f"{number}.txt"))
    with Store.open(tmp_path / ".kg", read_only=True) as store:
        assert list(store.annotated()) == list(graph.annotated())


def test_backup_of_an_open_store_is_a_whole_store(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        graph = fill(store)
        (tmp_path / "copy").mkdir()
        store.backup(tmp_path / "copy" / "graph.sqlite")
    with Store.open(tmp_path / "copy", read_only=True) as copy:
        assert list(copy.annotated()) == list(graph.annotated())


def test_check_finds_what_someone_changed_behind_our_back(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        fill(store)
        assert list(store.check()) == []
    connection = sqlite3.connect(tmp_path / ".kg" / "graph.sqlite")
    with connection:
        connection.execute("UPDATE mentions SET end = 100000 WHERE start = 6")
    connection.close()
    with Store.open(tmp_path / ".kg", read_only=True) as store:
        assert len(list(store.check())) == 1


def _set_version(folder: Path, version: int) -> None:
    connection = sqlite3.connect(folder / ".kg" / "graph.sqlite")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_error_before_anything_was_written_leaves_no_store(tmp_path: Path) -> None:
    with pytest.raises(KeyError), new_store(tmp_path):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_filled", [True, False])
def test_error_in_a_store_that_was_there_or_has_content_leaves_it(
    tmp_path: Path, is_filled: bool
) -> None:
    if not is_filled:
        new_store(tmp_path).close()
    with pytest.raises(KeyError), new_store(tmp_path) as store:
        if is_filled:
            fill(store)
        raise KeyError
    with Store.open(tmp_path / ".kg", read_only=True) as store:
        assert (store.counts().articles == 2) is is_filled


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_reader_that_stops_midway_leaves_no_complaint_when_the_store_closes(
    tmp_path: Path,
) -> None:
    store = new_store(tmp_path)
    fill(store)
    reading = store.annotated()
    assert next(reading)
    store.close()
    del reading
    gc.collect()


@pytest.mark.parametrize(
    "module", sorted(Path(kg.store.__path__[0]).glob("*.py")), ids=lambda path: path.stem
)
def test_no_statement_numbers_its_values(module: Path) -> None:
    # Python 3.12 warns of `?1` with a sequence, and 3.14 refuses it
    assert not re.search(r"\?\d", module.read_text(encoding="utf-8"))
