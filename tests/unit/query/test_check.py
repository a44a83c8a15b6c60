from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Annotation, Article, SaidDate, Span
from kg.query.check import check
from kg.vocabulary import EntityType
from tests.factories import MemoryView, small_graph

Change = Callable[[Article, Annotation], tuple[Article, Annotation]]


def changed(change: Change) -> MemoryView:
    view = small_graph()
    (article, annotation), *others = view.annotations
    return replace(view, annotations=(change(article, annotation), *others))


def of_statement(number: int, **fields: object) -> Change:
    def change(article: Article, annotation: Annotation) -> tuple[Article, Annotation]:
        statements = list(annotation.statements)
        statements[number] = replace(statements[number], **fields)
        return article, replace(annotation, statements=tuple(statements))

    return change


def of_claim(**fields: object) -> Change:
    def change(article: Article, annotation: Annotation) -> tuple[Article, Annotation]:
        first, *others = annotation.claims
        return article, replace(annotation, claims=(replace(first, **fields), *others))

    return change


def of_relation(**fields: object) -> Change:
    def change(article: Article, annotation: Annotation) -> tuple[Article, Annotation]:
        first, *others = annotation.relations
        return article, replace(annotation, relations=(replace(first, **fields), *others))

    return change


def without_claims(article: Article, annotation: Annotation) -> tuple[Article, Annotation]:
    return article, replace(annotation, claims=())


def other_text(article: Article, annotation: Annotation) -> tuple[Article, Annotation]:
    return replace(article, text=article.text + "!"), annotation


MONDAY, TUESDAY = date(2024, 3, 4), date(2024, 3, 5)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (other_text, "the text is not the one that the id was made from"),
        (of_statement(0, cue=(Span(16, 21),)), "at 16-21 is ' said'"),  # evidence
        (of_statement(0, cue=(Span(159, 164),)), "reaches out of its sentence"),
        (of_statement(0, speaker="hnobody"), "names an unknown chain hnobody"),
        (of_statement(0, content=()), "has no content, yet the act is not NoComment"),
        (of_statement(3, depth=3), "has depth 3; expected 2"),
        (of_statement(3, parent="hgone"), "lies in hgone, which is not there"),
        (of_statement(3, parent=None), "has depth 2 and no parent"),
        (of_statement(0, confidence=1.5), "has confidence 1.5"),
        (of_statement(0, said=SaidDate(TUESDAY, MONDAY, Span(25, 31))), "ends before it begins"),
        (without_claims, "has a content and no claim"),
        (of_claim(statement="hgone"), "belongs to hgone, which is not there"),
        (of_claim(spans=()), "has no words"),
        (of_claim(spans=(Span(159, 164),)), "reaches out of the sentence of "),
        (of_claim(about=("hgone",)), "is about the chain hgone, which is not there"),
        (of_relation(statement="hgone"), "is said in hgone, which is not there"),
    ],
)
def test_what_does_not_hold_together_is_found(change: Change, expected: str) -> None:
    report = check(changed(change), with_shapes=False)
    assert not report.ok
    assert any(expected in str(problem) for problem in report.problems), report.problems


def test_whole_graph_has_no_problem() -> None:
    report = check(small_graph())
    assert (report.ok, report.articles, report.spans, report.shapes) == (True, 2, 57, True)


def test_chain_without_an_entity_is_found() -> None:
    view = small_graph()
    people = tuple(e for e in view.all_entities if e.type is not EntityType.PERSON)
    report = check(replace(view, all_entities=people), with_shapes=False)
    assert {problem.what for problem in report.problems} == {
        "the chain 'Ilda Marsh' has no entity",
        "the chain 'Orrin Vale' has no entity",
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (of_statement(0, confidence=1.5), "kg:confidence: "),  # a core constraint
        (of_statement(3, depth=3), "nested depth must be parent depth + 1"),  # one in SPARQL
    ],
)
def test_shapes_find_what_is_wrong_in_the_rdf(change: Change, expected: str) -> None:
    report = check(changed(change))
    assert any(expected in str(problem) for problem in report.problems), report.problems
    assert any(problem.where.startswith("st:") for problem in report.problems)


def test_shapes_of_ones_own_are_used(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .\n"
        "<x:article> a sh:NodeShape ; sh:targetClass schema:NewsArticle ;\n"
        "  sh:property [ sh:path schema:headline ; sh:minCount 1 ; sh:message 'no headline' ] ."
    )
    report = check(small_graph(), shapes=shapes)
    assert [problem.what for problem in report.problems] == ["schema:headline: no headline"]


@pytest.mark.parametrize("text", [None, "not turtle"])
def test_shapes_that_cannot_be_read_are_a_usage_error(tmp_path: Path, text: str | None) -> None:
    shapes = tmp_path / "shapes.ttl"
    if text is not None:
        shapes.write_text(text)
    with pytest.raises(UsageError, match=r"cannot read the shapes in .*shapes\.ttl"):
        check(small_graph(), shapes=shapes)


def test_missing_pyshacl_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(ImportError, match=r"pip install 'claimgraph\[shacl\]'"):
        check(small_graph())
    assert check(small_graph(), with_shapes=False).ok
