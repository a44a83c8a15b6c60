"""A build that is killed anywhere leaves a store that opens, is in order, and is gone on with.

`KG_TEST_KILLS=200 pytest tests/crashes` is the long run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Store
from tests.annotating import write_articles

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KG_TEST_KILLS", "3"))
ARTICLES = 200 if KILLS > 20 else 30


def start(store: Path, inputs: Path, jobs: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.building", str(store), str(inputs), str(jobs)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def read_steps(process: subprocess.Popen[str], count: int) -> int:
    """Wait until the process has told of so many steps, or has ended; how many it told."""
    assert process.stdout is not None
    return sum(1 for _, _ in zip(range(count), process.stdout, strict=False))


def finish(store: Path, inputs: Path, jobs: int = 1) -> None:
    process = start(store, inputs, jobs)
    read_steps(process, 10_000)
    assert process.wait(timeout=120) == 0


def graph_of(folder: Path) -> tuple[object, ...]:
    with Store.open(folder, read_only=True) as store:
        assert list(store.check()) == []
        return (
            list(store.annotated()),
            list(store.entities()),
            list(store.links()),
            list(store.runs()),
        )


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("kills") / "in", ARTICLES)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, inputs: Path) -> tuple[object, ...]:
    folder = tmp_path_factory.mktemp("undisturbed") / ".kg"
    finish(folder, inputs)
    return graph_of(folder)


def test_killed_builds_end_in_the_graph_of_an_undisturbed_one(
    tmp_path: Path, inputs: Path, undisturbed: tuple[object, ...]
) -> None:
    chance = random.Random(5)
    folder = tmp_path / ".kg"
    killed = 0
    for number in range(KILLS):
        if number % 20 == 19:  # start over now and then, so that early stages are killed as well
            folder = tmp_path / f"{number}.kg"
        process = start(folder, inputs, jobs=1 + 2 * (number % 10 == 9))
        read_steps(process, chance.randrange(1, ARTICLES + 10))
        killed += process.poll() is None
        process.kill()
        process.communicate()
        try:
            shown = graph_of(folder)[0]
        except StoreError as error:
            assert "no store" in str(error)  # killed before there was anything
        else:
            assert isinstance(shown, list)
            assert all(pair in undisturbed[0] for pair in shown)
    assert killed > KILLS / 2
    finish(folder, inputs)
    assert graph_of(folder) == undisturbed


def test_interrupted_build_ends_soon_and_is_gone_on_with(
    tmp_path: Path, inputs: Path, undisturbed: tuple[object, ...]
) -> None:
    folder = tmp_path / ".kg"
    process = start(folder, inputs, jobs=2)
    read_steps(process, ARTICLES + 3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode in {130, 0}
    finish(folder, inputs)
    assert graph_of(folder) == undisturbed


def test_workers_end_when_their_parent_is_killed(tmp_path: Path, inputs: Path) -> None:
    process = start(tmp_path / ".kg", inputs, jobs=2)
    read_steps(process, ARTICLES + 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not list the children of a process")
    pids = [int(pid) for pid in children.read_text().split()]
    process.kill()
    # Ends only when every process that holds the pipe has ended, the workers among them.
    process.communicate(timeout=20)
    assert pids
