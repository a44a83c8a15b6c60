"""Processes that tell their steps on stdout, and are killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KG_TEST_KILLS", "3"))
"""How often each test kills; `KG_TEST_KILLS=200 pytest tests/crashes` is the long run."""


def start(module: str, *arguments: object) -> subprocess.Popen[str]:
    """`python -m tests.MODULE ARGUMENTS`."""
    command = [sys.executable, "-m", f"tests.{module}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def read_steps(process: subprocess.Popen[str], count: int) -> int:
    """Wait until the process has told of so many steps, or has ended; how many it told."""
    assert process.stdout is not None
    return sum(1 for _, _ in zip(range(count), process.stdout, strict=False))


def kill_after(process: subprocess.Popen[str], steps: int, chance: Random) -> bool:
    """Kill the process a random moment after so many steps; False if it had ended before."""
    read_steps(process, steps)
    try:
        process.wait(timeout=chance.uniform(0, 0.02))
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return process.returncode < 0


def finish(process: subprocess.Popen[str]) -> None:
    """Let it end undisturbed."""
    read_steps(process, 100_000)
    assert process.wait(timeout=240) == 0
