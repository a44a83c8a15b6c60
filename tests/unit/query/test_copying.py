from __future__ import annotations

from pathlib import Path

import pytest

import kg.query.copying as copying
from kg.query.copying import MAX_TRIPLES, Spending, copy_cost_s, fits_in_memory, free_bytes
from kg.query.state import IndexState

MIB = 1 << 20


def state(change: int = 1, triples: int = 1_000_000) -> IndexState:
    return IndexState(Path(f"index/state-{change}"), change, triples, {})


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "free_bytes", lambda: 64 * 1024 * MIB)


def test_a_copy_pays_when_answers_have_cost_as_much() -> None:
    spending = Spending()
    cost = copy_cost_s(1_000_000)
    assert 3 < cost < 8
    assert not spending.pays_for_copy(state())
    spending.add(state(), 0.6 * cost)
    assert not spending.pays_for_copy(state())
    spending.add(state(), 0.6 * cost)
    assert spending.pays_for_copy(state())


def test_another_state_begins_at_nought() -> None:
    spending = Spending()
    spending.add(state(1), 1000)
    assert not spending.pays_for_copy(state(2))
    spending.add(state(2), 0.1)
    assert not spending.pays_for_copy(state(2))


def test_what_was_lost_is_paid_for_again() -> None:
    spending = Spending()
    spending.add(state(), 1000)
    spending.start_again()
    assert not spending.pays_for_copy(state())
    spending.add(state(), 1000)
    assert spending.pays_for_copy(state())
    spending.give_up()
    assert not spending.pays_for_copy(state())


@pytest.mark.parametrize(
    ("triples", "free", "fits"),
    [
        (1_000_000, 2048 * MIB, True),
        # a copy may have half of what is free
        (1_000_000, 512 * MIB, False),
        (1_000, MIB, True),
        # too large, however much is free
        (MAX_TRIPLES + 1, 1 << 50, False),
        # nobody knows what is free
        (MAX_TRIPLES, None, True),
        (MAX_TRIPLES + 1, None, False),
    ],
)
def test_a_copy_leaves_room_for_others(
    triples: int, free: int | None, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "free_bytes", lambda: free)
    assert fits_in_memory(triples) is fits


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, None),
        ({"meminfo": "MemTotal: 99 kB\nMemAvailable:   2048 kB\n"}, 2 * MIB),
        # no limit
        ({"meminfo": "MemAvailable: 2048 kB\n", "memory.max": "max\n"}, 2 * MIB),
        # a container with less; what the kernel caches of files is free
        (
            {
                "meminfo": "MemAvailable: 2048 kB\n",
                "memory.max": "1000000\n",
                "memory.current": "900000\n",
                "memory.stat": "anon 1\ninactive_file 50000\n",
            },
            150_000,
        ),
        # a container that has used all
        ({"memory.max": "1000\n", "memory.current": "1000\n"}, 1),
    ],
)
def test_free_memory_is_that_of_the_machine_or_of_the_container(
    files: dict[str, str], expected: int | None, tmp_path: Path
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert free_bytes(tmp_path / "meminfo", tmp_path) == expected
