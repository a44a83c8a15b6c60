"""Articles at once or bit by bit, in any order: the graph is the same."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ledger import Author, append_corrections, split
from kg.pipeline import build, derive, remove
from kg.store import Store
from tests.annotating import PlainAnnotator
from tests.storing import new_store

WHO = Author("ed", "2024-01-01T00:00:00Z")
TEXTS = (
    " date 2024-03-01 Marta said that the valve was open. Ilsa denied that it leaked.",
    " date 2024-03-02 Marta said that the river was dead. Falk said that it rained.",
    " date 2024-03-03 Ilsa said that the valve was open. Marta denied that it leaked.",
    " date 2024-02-01 Falk said that the bridge was closed.",
    " Ilsa said that nobody had asked. Marta said that nobody was told.",
)


def graph_of(batches: Sequence[Sequence[int]]) -> tuple[object, ...]:
    """What readers see after the articles came in these batches."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder) / "in"
        inputs.mkdir()
        with new_store(Path(folder)) as store:
            for batch in batches:
                for number in batch:
                    (inputs / f"{number}.txt").write_text(TEXTS[number])
                build(store, [str(inputs)], annotator=PlainAnnotator)
            return seen(store)


def seen(store: Store) -> tuple[object, ...]:
    return (
        tuple(store.entities()),
        tuple(store.links()),
        tuple(store.claim_links()),
        tuple(annotation for _, annotation in store.annotated()),
    )


AT_ONCE = graph_of([range(len(TEXTS))])


@given(st.permutations(range(len(TEXTS))), st.sets(st.integers(1, len(TEXTS) - 1)))
@settings(max_examples=6, deadline=None)
def test_order_and_batches_of_articles_do_not_matter(order: list[int], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[start:end] for start, end in pairwise(edges)]
    assert graph_of(batches) == AT_ONCE


def test_graph_has_something_to_compare() -> None:
    entities, _, claim_links, _ = AT_ONCE
    assert isinstance(entities, tuple)
    assert isinstance(claim_links, tuple)
    assert max(len(entity.chains) for entity in entities) > 2
    assert claim_links


def test_split_lasts_however_often_entities_are_resolved(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        inputs = tmp_path / "in"
        inputs.mkdir()
        (inputs / "0.txt").write_text(TEXTS[0])
        (inputs / "1.txt").write_text(TEXTS[1])
        build(store, [str(inputs)], annotator=PlainAnnotator)
        [marta] = [each for each in store.entities() if each.name == "Marta"]
        assert len(marta.chains) == 2
        moved = [m for m in store.mentions_of(marta.id) if m.chain == marta.chains[1]]
        append_corrections(store.corrections, [split(marta, moved, store.annotated(), WHO)])
        derive(store)
        for number in (2, 3, 4):
            (inputs / f"{number}.txt").write_text(TEXTS[number])
            build(store, [str(inputs)], annotator=PlainAnnotator)
            assert store.entity_of(marta.chains[0]) != store.entity_of(marta.chains[1])


@pytest.mark.parametrize("late", range(len(TEXTS)))
def test_ids_stay_or_lead_on_whatever_article_comes_last(tmp_path: Path, late: int) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number, text in enumerate(TEXTS):
        if number != late:
            (inputs / f"{number}.txt").write_text(text)
    with new_store(tmp_path) as store:
        build(store, [str(inputs)], annotator=PlainAnnotator)
        before = list(store.entities())
        (inputs / f"{late}.txt").write_text(TEXTS[late])
        build(store, [str(inputs)], annotator=PlainAnnotator)
        for entity in before:
            assert entity.chains[0] in store.entity(entity.id).chains


def test_an_older_article_takes_over_and_the_old_id_leads_on(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "1.txt").write_text(TEXTS[1])
    with new_store(tmp_path) as store:
        build(store, [str(inputs)], annotator=PlainAnnotator)
        [falk] = [entity for entity in store.entities() if entity.name == "Falk"]
        (inputs / "3.txt").write_text(TEXTS[3])
        build(store, [str(inputs)], annotator=PlainAnnotator)
        [older] = [entity for entity in store.entities() if entity.name == "Falk"]
        assert older.id != falk.id
        assert store.entity(falk.id) == older


def test_id_of_an_entity_without_any_chain_left_leads_nowhere(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in (0, 3):
        (inputs / f"{number}.txt").write_text(TEXTS[number])
    with new_store(tmp_path) as store:
        build(store, [str(inputs)], annotator=PlainAnnotator)
        [falk] = [entity for entity in store.entities() if entity.name == "Falk"]
        remove(store, [str(inputs / "3.txt")])
        with pytest.raises(KeyError):
            store.entity(falk.id)
