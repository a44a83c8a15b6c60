"""Names to a service on loopback that fails in the ways that services do; no test sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kg.errors import UsageError
from kg.link import Outcome, Question, Service, ServiceDownError, Transport
from kg.link.transport import Limits
from kg.vocabulary import EntityType
from tests.reconciling import (
    MANIFEST,
    FakeClock,
    FakeService,
    Fault,
    body,
    changed,
    cut,
    row,
    serving,
    status,
)

KNOWN = {f"N{i}": [row(f"M{i}", f"N{i}", 100, match=True)] for i in range(30)}


@pytest.fixture
def fake() -> Iterator[FakeService]:
    with serving(FakeService(dict(KNOWN))) as service:
        yield service


def asked(*names: str) -> list[Question]:
    return [Question(EntityType.PERSON, name, f"c{name}") for name in names]


def connected(fake: FakeService, clock: FakeClock | None = None, **limits: Any) -> Service:
    """A service whose manifest was read; faults come after it."""
    faults, fake.faults = fake.faults, []
    transport = Transport(Limits(**limits), clock=clock or FakeClock())
    service = Service.connect(fake.url, transport, threshold=0.9)
    fake.faults = faults
    fake.requests.clear()
    return service


def answers(service: Service, *names: str) -> list[Outcome]:
    return [each for batch in service.ask(asked(*names)) for each in batch]


def found(outcomes: list[Outcome]) -> dict[str, str | None]:
    return {
        each.question.name: each.candidates[0].iri.rpartition("/")[2] if each.candidates else None
        for each in outcomes
    }


def test_names_go_in_batches_and_come_back_in_order(fake: FakeService) -> None:
    names = [f"N{i}" for i in range(23)]
    outcomes = answers(connected(fake), *names)
    assert [each.question.name for each in outcomes] == names
    assert [len(sent) for _, _, sent in fake.requests] == [10, 10, 3]
    assert found(outcomes)["N22"] == "M22"


def test_batch_size_of_the_manifest_is_kept(fake: FakeService) -> None:
    fake.manifest = {**MANIFEST, "batchSize": 2}
    answers(connected(fake), "N1", "N2", "N3")
    assert [len(sent) for _, _, sent in fake.requests] == [2, 1]


def test_draft_of_version_1_is_spoken(fake: FakeService) -> None:
    fake.manifest = {**MANIFEST, "versions": ["1.0-draft"]}
    assert found(answers(connected(fake), "N1", "N2")) == {"N1": "M1", "N2": "M2"}
    assert [(method, path) for method, path, _ in fake.requests] == [("POST", "/reconcile/match")]


@pytest.mark.parametrize(
    ("fault", "pauses_s"),
    [
        (status(503), [1.0]),  # tries again after a second
        (status(503, Retry_After="7"), [7.0]),  # or after what the service says
        (status(429, Retry_After="0"), [0.0]),
        # a date counts from the service's own clock
        (status(429, Date="Mon, 01 Jan 2024 00:00:00 GMT", Retry_After="Mon, 01 Jan 2024 00:00:09 GMT"), [9.0]),
        (status(429, Retry_After="soon"), [1.0]),  # neither seconds nor a date
        (status(500), [1.0]),
        (body(b"<html>maintenance</html>"), [1.0]),  # no JSON
        (body(b""), [1.0]),
        (body(b"[" * 100_000), [1.0]),  # JSON that is too deep to read
        (cut, [1.0]),  # ends early
    ],
)  # fmt: skip
def test_what_fails_once_is_asked_again(
    fake: FakeService, fault: Fault, pauses_s: list[float]
) -> None:
    fake.faults, clock = [fault], FakeClock()
    outcomes = answers(connected(fake, clock), "N1")
    assert found(outcomes) == {"N1": "M1"}
    assert clock.waited == pauses_s


def test_pauses_grow(fake: FakeService) -> None:
    fake.faults, clock = [status(503)] * 3, FakeClock()
    assert found(answers(connected(fake, clock), "N1")) == {"N1": "M1"}
    assert clock.waited == [1.0, 2.0, 4.0]


def test_service_that_stays_busy_is_given_up(fake: FakeService) -> None:
    fake.faults = [status(503)] * 9
    service = connected(fake)
    with pytest.raises(ServiceDownError, match="answers 503 Service Unavailable"):
        answers(service, "N1")
    assert len(fake.requests) == 4


def test_service_that_asks_to_wait_for_long_is_left_alone(fake: FakeService) -> None:
    fake.faults, clock = [status(429, Retry_After="3600")], FakeClock()
    service = connected(fake, clock)
    with pytest.raises(ServiceDownError, match="asks to wait 3,600 s"):
        answers(service, "N1")
    assert clock.waited == []


def test_service_that_forbids_is_not_asked_again(fake: FakeService) -> None:
    fake.faults = [status(403)]
    service = connected(fake)
    with pytest.raises(ServiceDownError, match="answers 403 Forbidden"):
        answers(service, "N1")
    assert len(fake.requests) == 1


def test_one_bad_name_costs_no_other_its_answer(fake: FakeService) -> None:
    fake.bad_names = frozenset({"N4"})
    outcomes = answers(connected(fake), *(f"N{i}" for i in range(10)))
    assert {name for name, id_ in found(outcomes).items() if id_ is None} == {"N4"}
    assert [each.reason for each in outcomes if each.candidates is None] == [
        "answers 500 Internal Server Error"
    ]


def test_service_that_fails_on_every_name_is_given_up(fake: FakeService) -> None:
    fake.bad_names = frozenset({"N"})
    service = connected(fake)
    with pytest.raises(ServiceDownError, match="3 times in a row"):
        answers(service, *(f"N{i}" for i in range(10)))


def test_partial_answer_keeps_what_it_has(fake: FakeService) -> None:
    fake.faults = [changed(lambda good: {key: good[key] for key in ("q0", "q2")})]
    outcomes = answers(connected(fake), "N1", "N2", "N3")
    assert found(outcomes) == {"N1": "M1", "N2": None, "N3": "M3"}
    assert outcomes[1].reason == "no answer of the right form"


def test_answers_under_wrong_ids_are_not_believed(fake: FakeService) -> None:
    def moved(good: dict[str, Any]) -> dict[str, Any]:
        return {"q0": good["q0"], "x1": good["q1"]}

    fake.faults = [changed(moved)]
    assert found(answers(connected(fake), "N1", "N2")) == {"N1": "M1", "N2": None}


def test_answer_that_is_too_large_is_asked_for_in_parts(fake: FakeService) -> None:
    many = ["N0", "N1", "N2", "N3"]
    outcomes = answers(connected(fake, max_bytes=200), *many)
    assert found(outcomes) == {name: name.replace("N", "M") for name in many}
    assert [len(sent) for _, _, sent in fake.requests] == [4, 2, 2]


def test_answer_that_trickles_is_given_up(fake: FakeService) -> None:
    service = connected(fake, FakeClock(step_s=50.0), deadline_s=120.0)
    assert found(answers(service, "N1")) == {"N1": "M1"}
    slow = Transport(Limits(deadline_s=100.0), clock=FakeClock(step_s=150.0))
    [outcome] = answers(Service(service.record, slow), "N1")
    assert outcome.reason == "takes longer than 100 s to answer"


def test_nobody_there_is_told(fake: FakeService) -> None:
    gone = fake.url.replace(fake.url.split(":")[2].split("/")[0], "9")
    with pytest.raises(ServiceDownError, match="does not answer"):
        Service.connect(gone, Transport(clock=FakeClock()), threshold=0.9)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://h/x", "h/x", "", "https://", "http://me:secret@h/x"],
)
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(UsageError):
        Service.connect(url, Transport(clock=FakeClock()), threshold=0.9)


def test_redirect_of_the_same_host_is_followed(fake: FakeService) -> None:
    fake.moved_to = fake.url
    old = fake.url.replace("/reconcile", "/old")
    service = Service.connect(old, Transport(clock=FakeClock()), threshold=0.9)
    assert found(answers(service, "N1")) == {"N1": "M1"}
    assert fake.requests[-1][:2] == ("POST", "/reconcile")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://elsewhere.example/r", "name that with --service"),  # another host
        ("file:///etc/passwd", "answers 302 Found"),
        ("/old", "does not answer|answers 302"),  # for ever
    ],
)
def test_redirect_to_somewhere_else_is_not_followed(
    fake: FakeService, target: str, expected: str
) -> None:
    fake.moved_to = target
    old = fake.url.replace("/reconcile", "/old")
    with pytest.raises(ServiceDownError, match=expected):
        Service.connect(old, Transport(clock=FakeClock()), threshold=0.9)
