"""The whole statement layer on the project's own passages. Floors only rise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.annotate.draft import Attribution
from kg.annotate.statements import find_attributions
from kg.model import Span
from tests.pipeline import pipeline
from tests.quality.passages import PUBLISHED, Found, Passage, Tally, overlap, read_passages

PASSAGES = Path(__file__).with_name("statements.txt")

FLOORS = {
    "triple F1": 0.98,
    "parent": 0.99,
    "stance": 0.99,
    "polarity": 0.99,
    "certainty": 0.99,
    "said": 0.97,
    "to": 0.98,
    "for": 0.98,
    "in": 0.98,
    "by": 0.98,
}


@pytest.fixture(scope="module")
def tally() -> Tally:
    nlp = pipeline()
    passages = read_passages(PASSAGES)
    tally = Tally()
    for passage, doc in zip(passages, nlp.pipe(p.text for p in passages), strict=True):
        tally.add(passage, as_found(find_attributions(doc, published=PUBLISHED, names=())))
    return tally


def as_found(attributions: Sequence[Attribution]) -> list[Found]:
    return [
        Found(
            source=_optional(one.source),
            cue=one.cue,
            content=one.content,
            stance=one.stance,
            polarity=one.claims[0].polarity if one.claims else "positive",
            certainty=one.claims[0].certainty if one.claims else "certain",
            parent=one.parent,
            roles={
                "to": _optional(one.addressee),
                "for": _optional(one.on_behalf_of),
                "in": _optional(one.work),
                "by": _optional(one.evidence),
            },
            said=(one.said.earliest, one.said.latest) if one.said is not None else None,
        )
        for one in attributions
        if not one.narrator
    ]


def _optional(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span is not None else ()


@pytest.mark.model
@pytest.mark.parametrize("name", FLOORS)
def test_statements_of_own_passages_reach_the_floor(tally: Tally, name: str) -> None:
    reached = tally.f1() if name == "triple F1" else tally.accuracy(name)
    assert reached >= FLOORS[name], "\n".join(tally.misses)


def test_passages_are_many_and_each_statement_is_marked() -> None:
    passages = read_passages(PASSAGES)
    assert sum(len(passage.statements) for passage in passages) >= 300
    assert all({"c", "k"} & statement.roles.keys() for p in passages for statement in p.statements)


def test_marks_become_spans_and_notes_become_properties(tmp_path: Path) -> None:
    path = tmp_path / "passages.txt"
    path.write_text(
        "== denial\n{s1 Ann} {c1 said} {k1 {s2 Bo} {c2 denied} {k2 it}}.\n2: denies in 1\n",
        encoding="utf-8",
    )
    (passage,) = read_passages(path)
    outer, inner = passage.statements
    assert passage.text == "Ann said Bo denied it."
    assert outer.roles["k"][0].of(passage.text) == "Bo denied it"
    assert (inner.stance, inner.parent, inner.polarity) == ("denies", 1, "positive")


def test_a_note_on_what_is_not_marked_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "passages.txt"
    path.write_text("{s1 Ann} {c1 said} {k1 no}.\n2: denies\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not marked"):
        read_passages(path)


def test_a_wrong_source_is_no_hit_and_an_extra_statement_costs_precision() -> None:
    passage = Passage("x", "Ann said no. Bo said yes.", ())
    tally = Tally()
    tally.add(passage, [Found((), (), (Span(0, 3),), "asserts", "positive", "certain")])
    assert tally.f1() == 0.0
    assert tally.counts["found"] == 1


def test_overlap_of_equal_sets_is_one() -> None:
    assert overlap(frozenset({1, 2}), frozenset({1, 2})) == 1.0
    assert overlap(frozenset({1, 2}), frozenset({3})) == 0.0
