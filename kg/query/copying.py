"""When a copy of the graph in memory pays, for all that asks more than one question.

Whoever hires skis until the hire has cost as much as a pair, and then buys, never pays more than
twice what he would who knew how long it snows (Karlin, Manasse, Rudolph, Sleator: Competitive
snoopy caching, Algorithmica 3, 1988). Here an answer from the disk is the hire, the copy the pair.
"""

from __future__ import annotations

import re
from pathlib import Path

from kg.query.state import IndexState

START_S = 0.2
COPY_S_A_TRIPLE = 4.5e-6
"""Wall-clock seconds, of starting and of each triple, on a machine of 2024; `kg.query.memory`."""
BYTES_A_TRIPLE = 360
MAX_TRIPLES = 4_000_000
"""More are not copied unasked: 1.4 GB and a wait of 18 seconds."""
_MAX_SHARE = 0.5
"""Of the memory that is free."""
_MEMINFO = Path("/proc/meminfo")
_CGROUP = Path("/sys/fs/cgroup")


class Spending:
    """What the answers from disk have cost since one state of the index came, in seconds."""

    def __init__(self) -> None:
        self._state: IndexState | None = None
        self._spent_s = 0.0
        self._is_given_up = False

    def add(self, state: IndexState, seconds: float) -> None:
        """Count an answer; another state begins at nought."""
        if state != self._state:
            self._state = state
            self._spent_s = 0.0
        self._spent_s += seconds

    def start_again(self) -> None:
        """Count from nought: a copy was lost, or could not be made."""
        self._spent_s = 0.0

    def give_up(self) -> None:
        """Making a copy has ended the process: never try again."""
        self._is_given_up = True

    def pays_for_copy(self, state: IndexState) -> bool:
        """True once the answers have cost what a copy costs, if there is memory for one."""
        return (
            state == self._state
            and not self._is_given_up
            and self._spent_s >= copy_cost_s(state.triples)
            and fits_in_memory(state.triples)
        )


def copy_cost_s(triples: int) -> float:
    """About how many seconds a copy takes to make."""
    return START_S + COPY_S_A_TRIPLE * triples


def fits_in_memory(triples: int) -> bool:
    """True if a copy is of sensible size: `MAX_TRIPLES`, and half of the memory that is free."""
    if triples > MAX_TRIPLES:
        return False
    free = free_bytes()
    return free is None or triples * BYTES_A_TRIPLE <= _MAX_SHARE * free


def free_bytes(meminfo: Path = _MEMINFO, cgroup: Path = _CGROUP) -> int | None:
    """The memory that this machine, or the container, could still give; None if nothing tells."""
    found = [each for each in (_free_on_machine(meminfo), _free_in_container(cgroup)) if each]
    return min(found, default=None)


def _free_on_machine(meminfo: Path) -> int | None:
    kib = _number_after("MemAvailable:", meminfo)
    return None if kib is None else kib * 1024


def _free_in_container(cgroup: Path) -> int | None:
    """Of version 2; caches of files count as free, as the kernel drops them."""
    limit = _number_after("", cgroup / "memory.max")
    used = _number_after("", cgroup / "memory.current")
    if limit is None or used is None:
        return None
    caches = _number_after("inactive_file", cgroup / "memory.stat") or 0
    return max(1, limit - used + caches)


def _number_after(word: str, file: Path) -> int | None:
    try:
        found = re.search(rf"^{word}\s*(\d+)\b", file.read_text(), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) if found else None
