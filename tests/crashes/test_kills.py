"""A build that is killed anywhere leaves a store that opens, is in order, and is gone on with.

`KG_TEST_KILLS=200 pytest tests/crashes` is the long run.
"""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.export import export
from kg.store import Store
from tests.annotating import write_articles
from tests.crashes.processes import KILLS, finish, kill_after, read_steps, start

ARTICLES = 200 if KILLS > 20 else 30
EXPORTS = ("turtle", "nquads", "graphml", "gexf", "jsonl", "zip")


def graph_of(folder: Path) -> tuple[object, ...]:
    with Store.open(folder, read_only=True) as store:
        assert list(store.check()) == []
        return (
            list(store.annotated()),
            list(store.entities()),
            list(store.links()),
            list(store.runs()),
        )


def exports_of(folder: Path, out: Path) -> dict[str, bytes]:
    out.mkdir()
    with Store.open(folder, read_only=True) as store:
        for form in EXPORTS:
            export(store, out / form, form)
    return {form: (out / form).read_bytes() for form in EXPORTS}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("kills") / "in", ARTICLES)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, inputs: Path) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed") / ".kg"
    finish(start("building", folder, inputs, 1))
    return folder


def test_killed_builds_end_in_the_graph_of_an_undisturbed_one(
    tmp_path: Path, inputs: Path, undisturbed: Path
) -> None:
    chance = random.Random(5)
    folder = tmp_path / ".kg"
    whole = graph_of(undisturbed)[0]
    assert isinstance(whole, list)
    killed = 0
    for number in range(KILLS):
        if number % 20 == 19:  # start over now and then, so that early stages are killed as well
            folder = tmp_path / f"{number}.kg"
        process = start("building", folder, inputs, 1 + 2 * (number % 10 == 9))
        # Reading tells a step an article, then comes annotation, resolution and matching.
        killed += kill_after(process, chance.randrange(1, 2 * ARTICLES + 3), chance)
        try:
            shown = graph_of(folder)[0]
        except StoreError as error:
            assert "no store" in str(error)  # killed before there was anything
        else:
            assert isinstance(shown, list)
            assert all(pair in whole for pair in shown)
    assert killed > KILLS / 3
    finish(start("building", folder, inputs, 1))
    assert graph_of(folder) == graph_of(undisturbed)
    assert exports_of(folder, tmp_path / "a") == exports_of(undisturbed, tmp_path / "b")


def test_interrupted_build_ends_soon_and_is_gone_on_with(
    tmp_path: Path, inputs: Path, undisturbed: Path
) -> None:
    folder = tmp_path / ".kg"
    process = start("building", folder, inputs, 2)
    read_steps(process, ARTICLES + 3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode in {130, 0}
    finish(start("building", folder, inputs, 2))
    assert graph_of(folder) == graph_of(undisturbed)


def test_workers_end_when_their_parent_is_killed(tmp_path: Path, inputs: Path) -> None:
    process = start("building", tmp_path / ".kg", inputs, 2)
    read_steps(process, ARTICLES + 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not list the children of a process")
    pids = [int(pid) for pid in children.read_text().split()]
    process.kill()
    # Ends only when every process that holds the pipe has ended, the workers among them.
    process.communicate(timeout=20)
    assert pids
