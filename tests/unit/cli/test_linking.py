"""`kg link`, `kg suggest --links`, `kg accept` and `kg reject ENTITY IRI`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.pipeline import derive
from tests.reconciling import SPACE, FakeService, row, serving
from tests.storing import fill, new_store
from tests.unit.cli.conftest import Outcome, Run


@pytest.fixture
def fake() -> Iterator[FakeService]:
    known = {
        "Ilda Marsh": [row("M1", "Ilda Marsh", 100, match=True)],
        "Orrin Vale": [row("M2", "Orrin Wale", 80, type=[{"id": "p", "name": "person"}])],
    }
    with serving(FakeService(known)) as service:
        yield service


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        fill(store)
        derive(store)
    return tmp_path / ".kg"


@pytest.fixture
def link(run: Run, folder: Path, fake: FakeService):
    def call(*words: str, flags: tuple[str, ...] = ()) -> Outcome:
        return run(*flags, "--store", folder, "link", "--service", fake.url, *words)

    return call


def test_link_says_what_leaves_the_machine_and_what_came_of_it(link, fake: FakeService) -> None:
    outcome = link("--type", "person")
    assert outcome.code == 0
    assert outcome.out == "1 linked, 1 wait for you (2 asked, 0 known).\n"
    assert f"Sending 2 names to {fake.url}; nothing else leaves this machine." in outcome.err
    assert "Sending" not in link("--type", "person").err


def test_dry_run_shows_the_names(link, fake: FakeService) -> None:
    assert link("--type", "person", "--dry-run").out == "Ilda Marsh\nOrrin Vale\n"
    assert fake.requests == []


def test_entities_can_be_named(link, fake: FakeService) -> None:
    link("Vale")
    assert fake.names == ["Orrin Vale"]


def test_link_as_json(link, fake: FakeService) -> None:
    found = link("--type", "person", flags=("--json",)).json()
    assert found == {
        "service": fake.url,
        "names": ["Ilda Marsh", "Orrin Vale"],
        "asked": 2,
        "known": 0,
        "linked": 1,
        "waiting": 1,
        "unanswered": [],
        "stopped": None,
    }


def test_name_without_an_answer_makes_exit_code_3(link, fake: FakeService) -> None:
    fake.bad_names = frozenset({"Orrin"})
    outcome = link("--type", "person", flags=("-q",))
    assert outcome.code == 3
    assert "No answer for Orrin Vale: answers 500 Internal Server Error" in outcome.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--as", "person"), "'person' is not of the form --as TYPE=CLASS"),
        (("--as", "ship=Q1"), "cannot link a 'ship'. One of: person, organisation, place"),
        (("--hint", "P17=inside"), "unknown relation 'inside'. One of: jobTitle"),
        (("--forget",), "was never asked"),
        (("Nobody",), "'Nobody' is not in the graph"),
    ],
)
def test_wrong_options_are_told(link, words: tuple[str, ...], expected: str) -> None:
    outcome = link(*words)
    assert outcome.code == 2
    assert expected in outcome.err


def test_link_without_a_service_is_refused(run: Run, folder: Path) -> None:
    outcome = run("--store", folder, "link")
    assert outcome.code == 2
    assert outcome.err == "Error: give one of --service URL, --geonames\n"


def test_suggestions_are_accepted_and_links_rejected(link, run: Run, folder: Path) -> None:
    link("--type", "person")
    shown = run("--store", folder, "suggest", "--links").out
    assert "Orrin Vale (person): score 0.80 is below 0.90\n  0.80  Orrin Wale (person)\n" in shown
    command = next(line for line in shown.splitlines() if "kg accept" in line).split()[1:]
    accepted = run("--store", folder, *command, "--why", "same man")
    assert accepted.out == f"link: Orrin Vale → {SPACE}M2\n"
    assert f"{SPACE}M2 (person, 1.00)" in run("--store", folder, "show", "Orrin Vale").out
    run("--store", folder, "reject", "Ilda Marsh", f"{SPACE}M1")
    assert SPACE not in run("--store", folder, "show", "Ilda Marsh").out
    run("--store", folder, "undo", "2")
    assert f"{SPACE}M1 (http://127" in run("--store", folder, "show", "Ilda Marsh").out


def test_suggestions_as_json(link, run: Run, folder: Path, fake: FakeService) -> None:
    link("--type", "person")
    [found] = run("--json", "--store", folder, "suggest", "--links").json()
    assert (found["name"], found["service"]) == ("Orrin Vale", fake.url)
    assert found["candidates"][0]["types"] == ["person"]


def test_forgotten_service_leaves_nothing(link, run: Run, folder: Path) -> None:
    link("--type", "person")
    assert link("--forget").out.startswith("Forgot http://127.0.0.1")
    assert SPACE not in run("--store", folder, "show", "Ilda Marsh").out
