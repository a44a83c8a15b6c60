"""Corrections are applied to what was found, last a rebuild, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ledger import (
    Author,
    append_corrections,
    correct_stance,
    merge,
    read_ledger,
    rename,
    undo,
)
from kg.model import Entity, Statement
from kg.pipeline import BuildOptions, build, derive
from kg.store import Store
from kg.vocabulary import Review, Stance
from tests.annotating import PlainAnnotator, sentence, write_articles
from tests.storing import new_store

WHO = Author("ed", "2024-01-01T00:00:00Z", "I asked her")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "in", 6)


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        rebuild(opened, folder)
        yield opened


def rebuild(store: Store, folder: Path, **options) -> None:
    build(store, [str(folder)], BuildOptions(**options), annotator=PlainAnnotator)


def entity(store: Store, name: str) -> Entity:
    [found] = [each for each in store.entities() if each.name == name]
    return found


def a_denial(store: Store) -> Statement:
    return next(s for s in store.statements() if s.stance is Stance.DENIES)


def test_graph_without_corrections_is_derived_once(store: Store) -> None:
    assert derive(store).changed is False


def test_renamed_entity_keeps_its_name_through_a_rebuild(store: Store, folder: Path) -> None:
    made = rename(entity(store, "Marta"), "Marta Novak", store.annotated(), WHO)
    append_corrections(store.corrections, [made])
    assert derive(store).changed
    rebuild(store, folder, rebuild=True)
    assert entity(store, "Marta Novak").aliases == ("Marta",)


def test_merged_entities_leave_a_redirect_and_can_be_parted_again(store: Store) -> None:
    anna, marta = entity(store, "Anna"), entity(store, "Marta")
    made = merge(marta, [anna], list(store.annotated()), WHO, force=False)
    append_corrections(store.corrections, [made])
    derive(store)
    assert store.entity(anna.id) == store.entity(marta.id)
    back = undo(read_ledger(store.corrections).corrections, 1, WHO)
    append_corrections(store.corrections, back)
    derive(store)
    assert store.entity(anna.id).name == "Anna"
    assert store.entity(marta.id) == marta


def test_corrected_statement_outlives_a_new_version_of_its_article(
    store: Store, folder: Path
) -> None:
    denial = a_denial(store)
    article = store.article(denial.article)
    append_corrections(store.corrections, [correct_stance(denial, article, "questions", WHO)])
    derive(store)
    [corrected] = [s for s in store.statements() if s.review is Review.CORRECTED]
    assert corrected.stance is Stance.QUESTIONS
    Path(article.source).write_text(f"More is known. {article.text}")
    rebuild(store, folder)
    [still] = [s for s in store.statements() if s.review is Review.CORRECTED]
    assert (still.cue_lemma, still.stance) == (corrected.cue_lemma, Stance.QUESTIONS)
    assert list(store.check()) == []


def test_correction_of_what_is_gone_is_told_and_kept(store: Store, folder: Path) -> None:
    denial = a_denial(store)
    article = store.article(denial.article)
    append_corrections(store.corrections, [correct_stance(denial, article, "asserts", WHO)])
    Path(article.source).write_text(sentence(77))
    rebuild(store, folder)
    derived = derive(store)
    assert not derived.changed
    [complaint] = derived.complaints
    assert "no statement stands at 'denied'" in complaint
    assert len(read_ledger(store.corrections).corrections) == 1


def test_wire_story_printed_twice_is_counted_once(tmp_path: Path) -> None:
    story = "".join(sentence(number) for number in range(5))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(f"date 2020-01-01 {story}")
    (tmp_path / "in" / "b.txt").write_text(f"{story}Agencies contributed to this report.")
    with new_store(tmp_path) as store:
        rebuild(store, tmp_path / "in")
        [(copy, original)] = store.copies()
        assert store.article(copy).source.endswith("b.txt")
        assert store.article(original).source.endswith("a.txt")
        counts = store.counts()
        assert (counts.articles, counts.copies) == (2, 1)
        [marta] = store.find_entities("Marta")
        assert (marta.mentions, marta.statements) == (10, 5)


def test_claims_that_agree_are_linked(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    claim = "the old harbour bridge would be closed for repairs during the whole summer"
    (tmp_path / "in" / "a.txt").write_text(f"Anna said that {claim}. The town was full of rain.")
    (tmp_path / "in" / "b.txt").write_text(f"Boris said that {claim}. Nobody at all was surprised.")
    with new_store(tmp_path) as store:
        rebuild(store, tmp_path / "in")
        assert [link.relation for link in store.claim_links()] == ["sameClaimAs"]
