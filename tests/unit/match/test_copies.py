"""Copies of one text are found, whatever their order; different texts never meet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ids import article_id
from kg.match import CopyGroup, copy_of, find_copies
from kg.model import Article, Span

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


def article(text: str, day: int | None = 1, **fields) -> Article:
    published = None if day is None else date(2024, 3, day)
    return Article(article_id(text), text, published=published, **fields)


def seed(name: str, day: int) -> Article:
    return article((SEEDS / name).read_text(encoding="utf-8"), day)


WIRE = seed("003_wire_inspectorate.txt", 7)
LATER = seed("004_wire_inspectorate_late.txt", 8)
OTHERS = tuple(seed(path.name, 9) for path in sorted(SEEDS.glob("0*.txt")) if path.name[:3] > "004")


def test_a_wire_story_with_small_edits_is_one_text() -> None:
    (group,) = find_copies([*OTHERS, LATER, WIRE])
    assert (group.representative, group.articles) == (WIRE.id, (WIRE.id, LATER.id))
    assert 0.6 <= group.similarity < 1.0


def test_the_same_words_are_one_text_however_short() -> None:
    one, other = article("Rain fell."), article("rain  FELL", day=2)
    assert find_copies([one, other]) == (CopyGroup(one.id, (one.id, other.id), 1.0),)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Rain fell in Orvenne.", "Rain fell in Lissen."),  # short texts share much by chance
        ("", "Rain fell."),
    ],
)
def test_other_words_are_another_text(left: str, right: str) -> None:
    assert find_copies([article(left), article(right)]) == ()


def test_a_header_with_another_date_does_not_tell_copies_apart() -> None:
    one = article("2024-03-01 Rain fell.", skip=(Span(0, 10),))
    other = article("2024-03-02 Rain fell.", skip=(Span(0, 10),), day=None)
    assert copy_of(find_copies([other, one])) == {other.id: one.id}


@given(st.permutations([WIRE, LATER, *OTHERS]))
@settings(max_examples=10, deadline=None)
def test_the_order_of_articles_does_not_matter(shuffled: list[Article]) -> None:
    assert find_copies(shuffled) == find_copies([WIRE, LATER, *OTHERS])


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40), max_size=8))
def test_any_text_can_be_compared(texts: list[str]) -> None:
    articles = {a.id: a for a in map(article, texts)}
    for group in find_copies(articles.values()):
        assert set(group.articles) <= articles.keys()
