"""The file of corrections: read, appended to, exported, imported. Lines are never rewritten."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.ledger.entries import Action, Author, Correction, correction, from_line, to_line

FILE_NAME = "corrections.jsonl"
"""In the folder of the store."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no correction; it stays in the file."""

    number: int
    """From 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a file holds."""

    corrections: tuple[Correction, ...] = ()
    """In the order they were made, each once."""
    bad_lines: tuple[BadLine, ...] = ()


def read_ledger(path: Path) -> Ledger:
    """The corrections of a file; none if it does not exist. Bad lines are told, not raised."""
    if not path.exists():
        return Ledger()
    found: dict[str, Correction] = {}
    bad: list[BadLine] = []
    data = path.read_bytes()
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            made = from_line(raw.decode("utf-8", "surrogatepass"))
        except ValueError as error:
            is_torn = number == data.count(b"\n") + 1
            reason = f"torn: {error}" if is_torn else str(error)
            bad.append(BadLine(number, reason))
        else:
            found.setdefault(made.id, made)
    return Ledger(tuple(found.values()), tuple(bad))


def append_corrections(path: Path, corrections: Sequence[Correction]) -> int:
    """Add those that the file does not have yet, safe on disk on return. Returns how many."""
    known = {made.id for made in read_ledger(path).corrections}
    new = {made.id: made for made in corrections if made.id not in known}
    if not new:
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(to_line(made) for made in new.values()).encode("utf-8", "surrogatepass")
    with path.open("ab") as file:
        # A line torn by a crash must not swallow the next one.
        file.write((b"\n" if _ends_torn(path) else b"") + data)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)
    return len(new)


def _ends_torn(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as safe as its content; not every system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def export_corrections(path: Path, target: Path) -> int:
    """Write all corrections of a ledger to a file, whole or not at all. Returns how many."""
    corrections = read_ledger(path).corrections
    partial = target.with_name(target.name + ".partial")
    lines = "".join(to_line(made) for made in corrections)
    partial.write_bytes(lines.encode("utf-8", "surrogatepass"))
    partial.replace(target)
    return len(corrections)


def import_corrections(path: Path, origin: Path) -> tuple[int, tuple[BadLine, ...]]:
    """Add the corrections of another file; twice is as once. Returns how many were new.

    Raises UsageError if there is no such file.
    """
    if not origin.exists():
        raise UsageError(f"'{origin}' does not exist.")
    ledger = read_ledger(origin)
    return append_corrections(path, ledger.corrections), ledger.bad_lines


def active(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those in force: without the undone ones, and without the undoing."""
    undone = {made.value for made in corrections if made.action is Action.UNDO}
    return tuple(
        made for made in corrections if made.action is not Action.UNDO and made.id not in undone
    )


def undo(corrections: Sequence[Correction], count: int, author: Author) -> tuple[Correction, ...]:
    """The corrections that take back the last `count` ones in force, the last first.

    Raises UsageError if there are not that many.
    """
    if count < 1:
        raise UsageError(f"cannot undo {count} corrections; give a number from 1.")
    in_force = active(corrections)
    if count > len(in_force):
        held = {0: "none is", 1: "1 is"}.get(len(in_force), f"{len(in_force)} are")
        what = "1 correction" if count == 1 else f"{count} corrections"
        raise UsageError(f"cannot undo {what}: {held} in force. Try: kg corrections")
    last = in_force[::-1][:count]
    return tuple(correction(Action.UNDO, author, value=made.id) for made in last)
