"""Ctrl-C ends a process soon, with 130, whatever it is doing. Real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from kg.cli.interrupt import INTERRUPTED, STOPPED
from kg.store import Store
from tests.storing import fill

ROOT = Path(__file__).resolve().parents[2]
# SQLite listens to no signal while it works, and this query has no end; nor does the loop listen.
DEAF = """
while True:
    try:
        print("ready", flush=True)
        sqlite3.connect(":memory:").execute(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
        )
    except KeyboardInterrupt:
        pass
"""
# What is let go cannot raise: Python would complain of the exception and go on.
LETTING_GO = """
class Held:
    def __del__(self):
        print("ready", flush=True)
        time.sleep(600)
held = Held()
del held
time.sleep(600)
"""
POLITE = """
try:
    print("ready", flush=True)
    time.sleep(600)
except KeyboardInterrupt:
    interrupts.tell()
    sys.exit(7)
"""
WORKER = "multiprocessing.get_context('spawn').Process(target=time.sleep, args=(600,)).start()"


def start(code: str) -> subprocess.Popen[str]:
    script = (
        "import sqlite3, sys, time, multiprocessing\n"
        "from kg.cli.interrupt import hard_interrupts\n"
        "with hard_interrupts() as interrupts:\n"
    ) + indent(code, "    ")
    return run("-c", script)


def run(*arguments: str, start_new_session: bool = False) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=start_new_session,
    )


def interrupt(process: subprocess.Popen[str]) -> str:
    """Send Ctrl-C once the process has told that it is at work; what it said on stderr."""
    assert process.stdout is not None
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    try:
        return process.communicate(timeout=20)[1]
    finally:
        process.kill()


@pytest.mark.parametrize("code", [DEAF, LETTING_GO], ids=["a call", "a finalizer"])
def test_what_does_not_listen_is_ended(code: str) -> None:
    process = start(code)
    assert interrupt(process) == f"{STOPPED}\n"
    assert process.returncode == INTERRUPTED


def test_workers_go_with_the_process() -> None:
    process = start(WORKER + DEAF)
    interrupt(process)  # its pipe closes only when the worker, which holds it too, has ended
    assert process.returncode == INTERRUPTED


def test_a_command_that_listens_leaves_by_itself() -> None:
    process = start(POLITE)
    assert interrupt(process) == f"{STOPPED}\n"
    assert process.returncode == 7


@pytest.mark.parametrize("form", ["nt", "jsonl", "graphml"])
def test_an_export_to_a_pipe_is_stopped_without_noise(tmp_path: Path, form: str) -> None:
    with Store.open(tmp_path / ".kg", create=True) as store:
        fill(store)
    # Nobody reads the pipe, so the command is stopped while it writes, or while it ends.
    process = run("-m", "kg", "--store", str(tmp_path / ".kg"), "export", "-", "--format", form)
    said = interrupt(process)
    assert process.returncode in {INTERRUPTED, -signal.SIGINT, 0}
    assert "Traceback" not in said
    assert "Exception ignored" not in said


@pytest.mark.model
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_stops_in_the_middle_of_an_article(tmp_path: Path, jobs: str) -> None:
    text = tmp_path / "long.txt"
    text.write_text("Ada Quill said that the harbour was closed. " * 5_000, encoding="utf-8")
    words = ("-v", "--store", str(tmp_path / ".kg"), "build", str(text), "--jobs", jobs)
    process = run("-m", "kg", *words, start_new_session=True)
    assert process.stderr is not None
    assert "Annotating 0/1\n" in iter(process.stderr.readline, "")
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to the workers too
    try:
        said = process.communicate(timeout=20)[1]  # ends when the workers have ended, too
    finally:
        process.kill()
    assert said.strip() == STOPPED
    assert process.returncode == INTERRUPTED
    with Store.open(tmp_path / ".kg", read_only=True) as store:
        assert store.counts().pending == 1
