"""A correction that is killed anywhere is in the ledger or is not; ledger and graph agree."""

from __future__ import annotations

import signal
from functools import partial
from pathlib import Path
from random import Random

import pytest

import kg
from kg.ledger import read_ledger
from kg.pipeline import BuildOptions, build, derive
from kg.read import ReadOptions
from kg.store import Store
from tests.annotating import PlainAnnotator, write_articles
from tests.crashes.processes import KILLS, kill_after, start

ROUND = 5


def build_in(folder: Path, inputs: Path) -> None:
    options = BuildOptions(ReadOptions(language=None))
    with Store.open(folder, create=True) as store:
        build(store, [str(inputs)], options, annotator=partial(PlainAnnotator, "crash"))


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("corrections") / "in", 30)


def exported(folder: Path) -> bytes:
    with kg.open(folder, read_only=True) as graph:
        assert list(graph.store.check()) == []
        graph.export(folder.parent / "graph.ttl")
    return (folder.parent / "graph.ttl").read_bytes()


def test_killed_corrections_leave_ledger_and_graph_in_agreement(
    tmp_path: Path, inputs: Path
) -> None:
    chance = Random(7)
    folder = tmp_path / "killed" / ".kg"
    build_in(folder, inputs)
    told = killed = 0
    for number in range(KILLS):
        process = start("correcting", folder, number * ROUND, ROUND)
        steps = chance.randrange(0, ROUND)
        killed += kill_after(process, steps, chance)
        assert process.returncode in {0, -signal.SIGKILL}
        told += steps
        ledger = read_ledger(folder / "corrections.jsonl")
        assert len(ledger.corrections) >= told  # what was told is safe
        told = len(ledger.corrections)
        exported(folder)
    assert killed > KILLS / 2
    with Store.open(folder) as store:
        derive(store)
    afresh = tmp_path / "afresh" / ".kg"
    afresh.mkdir(parents=True)
    (afresh / "corrections.jsonl").write_bytes((folder / "corrections.jsonl").read_bytes())
    build_in(afresh, inputs)
    assert exported(folder) == exported(afresh)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_line_torn_by_a_crash_is_told_and_costs_no_other(
    tmp_path: Path, inputs: Path, share: float
) -> None:
    folder = tmp_path / ".kg"
    build_in(folder, inputs)
    with kg.open(folder) as graph:
        corrections = graph.corrections(who="tester")
        for name in ("Anna", "Boris"):
            corrections.rename(name, f"{name} Brandt")
    ledger = folder / "corrections.jsonl"
    first, second, _ = ledger.read_bytes().split(b"\n")
    ledger.write_bytes(first + b"\n" + second[: int(len(second) * share)])
    with kg.open(folder) as graph:
        corrections = graph.corrections(who="tester")
        (complaint,) = corrections.complaints()
        assert complaint.startswith("corrections.jsonl:2: torn: not JSON")
        assert graph.entity("Anna Brandt").name == "Anna Brandt"
        assert graph.entity("Boris").name == "Boris"
        corrections.rename("Clara", "Clara Coyle")
        assert [each.value for each in corrections] == ["Anna Brandt", "Clara Coyle"]
