"""The real command with worker processes, one of which is killed: the same bytes as without."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crashes.processes import ROOT

pytestmark = pytest.mark.model
SEEDS = ROOT / "seeds"
_DEADLINE_S = 240.0


def command(store: Path, *arguments: object) -> list[str]:
    words = ("-m", "kg", "--store", store, "-q", *arguments)
    return [sys.executable, *map(str, words)]


def export_of(store: Path) -> bytes:
    subprocess.run(command(store, "export", store / "graph.nq"), cwd=ROOT, check=True)
    return (store / "graph.nq").read_bytes()


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    pids = [int(pid) for pid in children.read_text(encoding="ascii").split()]
    return [pid for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def kill_one(process: subprocess.Popen[bytes], least_bytes: int) -> bool:
    """Kill the first worker that has so much memory; False if the build ends before."""
    deadline = time.monotonic() + _DEADLINE_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            for pid in workers_of(process):
                if resident_bytes(pid) >= least_bytes:
                    os.kill(pid, signal.SIGKILL)
                    return True
        except (FileNotFoundError, ProcessLookupError, IndexError):
            continue  # it ended while we looked
    return False


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    store = tmp_path_factory.mktemp("one") / ".kg"
    subprocess.run(command(store, "build", SEEDS), cwd=ROOT, check=True)
    return export_of(store)


@pytest.mark.parametrize(
    "least_bytes",
    [
        1 << 20,  # it starts
        300 << 20,  # it annotates: the model is loaded when the first articles have come
    ],
)
def test_killed_worker_changes_nothing(
    tmp_path: Path, undisturbed: bytes, least_bytes: int
) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("this system does not list the children of a process")
    store = tmp_path / ".kg"
    process = subprocess.Popen(command(store, "build", SEEDS, "--jobs", 2), cwd=ROOT)
    assert kill_one(process, least_bytes)
    assert process.wait(_DEADLINE_S) == 0
    assert export_of(store) == undisturbed
