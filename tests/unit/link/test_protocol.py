"""Questions as the specification words them; answers of any other form are refused."""

from __future__ import annotations

import json

import pytest

from kg.link.protocol import (
    MalformedError,
    Question,
    classic_batch,
    draft_batch,
    read_answer,
    service_of,
    speaks_draft,
)
from kg.model import LinkService
from kg.vocabulary import EntityType
from tests.reconciling import MANIFEST, row

MARSH = Question(EntityType.PERSON, "Ilda Marsh", "c1", "Q5", (("P17", "Moldavia"),))
VALE = Question(EntityType.PERSON, "Orrin Vale", "c2")
SERVICE = service_of("http://h/r", MANIFEST, threshold=0.9)


def a_service(**manifest: object) -> LinkService:
    return service_of("http://h/r", {**MANIFEST, **manifest}, threshold=0.9)


def test_classic_batch_numbers_the_names() -> None:
    sent = json.loads(classic_batch([MARSH, VALE]))
    assert sent == {
        "q0": {
            "query": "Ilda Marsh",
            "limit": 5,
            "type": "Q5",
            "type_strict": "should",
            "properties": [{"pid": "P17", "v": "Moldavia"}],
        },
        "q1": {"query": "Orrin Vale", "limit": 5},
    }


def test_draft_batch_words_the_name_as_a_condition() -> None:
    first, second = json.loads(draft_batch([MARSH, VALE]))["queries"]
    assert first["conditions"][0] == {"matchType": "name", "propertyValue": "Ilda Marsh"}
    assert first["conditions"][1]["propertyId"] == "P17"
    assert first["type"] == "Q5"
    assert second == {
        "conditions": [{"matchType": "name", "propertyValue": "Orrin Vale"}],
        "limit": 5,
    }


@pytest.mark.parametrize(
    ("versions", "is_draft"),
    [
        ([], False),  # old services name none
        (["0.1"], False),  # csv-reconcile
        (["0.1", "0.2"], False),  # Wikidata
        (["0.2", "1.0-draft"], False),  # the older one is the surer
        (["1.0-draft"], True),
        (["0.3.0-alpha"], True),  # the draft's earlier name
    ],
)
def test_version_is_chosen_from_the_manifest(versions: list[str], is_draft: bool) -> None:
    assert speaks_draft(a_service(versions=versions)) is is_draft


def test_service_of_an_unknown_version_is_refused() -> None:
    with pytest.raises(MalformedError, match=r"speaks version 7\.0; kg speaks 0\.1"):
        speaks_draft(a_service(versions=["7.0"]))


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ([], "no manifest"),  # a list
        ({"name": "x"}, "no manifest"),  # some other JSON interface
        ({"identifierSpace": "javascript:alert(1)"}, "expected an IRI"),
        ({"identifierSpace": 7}, "a int where a text belongs"),
    ],
)
def test_what_is_no_manifest_is_refused(manifest: object, expected: str) -> None:
    with pytest.raises(MalformedError, match=expected):
        service_of("http://h/r", manifest, threshold=0.9)


@pytest.mark.parametrize(
    ("space", "view", "id_", "iri"),
    [
        ("http://example.org/p/", "", "M1", "http://example.org/p/M1"),
        ("http://example.org/p#", "", "M1", "http://example.org/p#M1"),
        ("http://example.org/?id=", "", "M1", "http://example.org/?id=M1"),
        # no separator: the page about it says more
        ("http://example.org/ids", "http://example.org/show/{{id}}", "a/b", "http://example.org/show/a%2Fb"),
        ("http://example.org/ids", "", "M1", "http://example.org/ids/M1"),
        ("http://example.org/p/", "", "http://other.org/9", "http://other.org/9"),  # is an IRI
        ("http://example.org/p/", "", 'x" <y>', "http://example.org/p/x%22%20%3Cy%3E"),  # hostile
    ],
)  # fmt: skip
def test_id_becomes_an_iri(space: str, view: str, id_: str, iri: str) -> None:
    service = a_service(identifierSpace=space, view={"url": view})
    [[candidate]] = read_answer({"q0": {"result": [row(id_, "n", 1)]}}, 1, service)
    assert candidate.iri == iri


def test_candidates_come_best_first_each_once_and_not_too_many() -> None:
    rows = [row(f"M{i}", "n", i) for i in range(9)] + [row("M8", "again", 3)]
    [found] = read_answer({"q0": {"result": rows}}, 1, SERVICE)
    assert [each.score for each in found] == [8, 7, 6, 5, 4]
    assert found[0].name == "n"


def test_draft_answers_are_read_by_position() -> None:
    answer = {"results": [{"candidates": []}, {"candidates": [row("M1", "Vale", 5)]}]}
    assert [len(each or ()) for each in read_answer(answer, 2, SERVICE)] == [0, 1]


def test_classes_are_read_in_either_form() -> None:
    kinds = [{"id": "Q5", "name": "human"}, "actor", 7]
    [[candidate]] = read_answer({"q0": {"result": [row("M1", "n", 1, type=kinds)]}}, 1, SERVICE)
    assert candidate.types == ("human", "actor")


def test_answers_to_other_questions_are_left_out() -> None:
    answer = {"q0": {"result": []}, "q7": {"result": [row("M1", "n", 1)]}}
    assert read_answer(answer, 2, SERVICE) == [(), None]


@pytest.mark.parametrize(
    "candidate",
    [
        {"name": "no id"},
        {"id": "", "name": "empty id", "score": 1},
        {"id": ["x"], "name": "id is a list", "score": 1},
        {"id": "M1", "name": ["a list"], "score": 1},
        {"id": "M1", "name": "n", "score": "high"},
        {"id": "M1", "name": "n", "score": float("nan")},
        "M1",
    ],
    ids=repr,
)
def test_malformed_candidate_spoils_the_answer(candidate: object) -> None:
    assert read_answer({"q0": {"result": [candidate]}}, 1, SERVICE) == [None]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ([], "a list instead of an object"),
        ({"error": "no such type"}, "answered an error: no such type"),
        ({"status": "error", "message": "broken"}, "answered an error: broken"),
        ({"q9": {"result": []}}, "answered none of the names"),
        ({"results": []}, "gave 0 answers to 1 names"),
    ],
)
def test_answer_of_another_form_is_refused(answer: object, expected: str) -> None:
    with pytest.raises(MalformedError, match=expected):
        read_answer(answer, 1, SERVICE)


def test_match_is_what_json_calls_true() -> None:
    rows = [row("M1", "n", 1, match=True), {**row("M2", "n", 1), "match": "yes"}]
    [found] = read_answer({"q0": {"result": rows}}, 1, SERVICE)
    assert [each.is_match for each in found] == [True, False]


def test_control_characters_and_lines_leave_a_name() -> None:
    [[candidate]] = read_answer({"q0": {"result": [row("M1", "a\x1b[31m\n b", 1)]}}, 1, SERVICE)
    assert candidate.name == "a[31m b"
