"""Backups: one file with the graph and what people decided, and back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from kg.errors import StoreError
from kg.store.database import (
    GRAPH_FILE,
    LEDGER_FILE,
    Database,
    lock_for_writing,
    open_writable,
    translated,
)

_LEDGER = "corrections"
"""The key of the ledger's bytes in the table `meta`, which no store but a backup has."""


def write_backup(database: Database, ledger: Path, target: Path) -> None:
    """Copy the database as it is now, and the ledger, while others read and write.

    The file appears whole or not at all. Raises StoreError if the disk does not allow it.
    """
    if not target.parent.is_dir():
        raise StoreError(f"'{target.parent}' does not exist. Make it, or name another file")
    partial = target.with_name(f".{target.name}.part")
    with translated(target.parent, advice="Name another file"):
        partial.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(partial)) as copy:
                database.copy_to(copy)
                # Read after the graph: it may know more than the graph, which the next build adds.
                if ledger.exists():
                    values = (_LEDGER, ledger.read_bytes())
                    with copy:
                        copy.execute("INSERT INTO meta (key, value) VALUES (?, ?)", values)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def restore_backup(file: Path, folder: Path) -> None:
    """Make a store in the folder from a backup, ledger and all; it appears whole or not at all.

    A backup of an older version is brought up to date. Raises StoreError if either is there
    already, the file is no backup, a newer version wrote it, or the disk does not allow it.
    """
    graph, ledger = folder / GRAPH_FILE, folder / LEDGER_FILE
    for path in (graph, ledger):
        if path.exists():
            raise StoreError(f"'{path}' is there already. Name another store with --store")
    with translated(folder):
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
    partial = graph.with_name(f".{graph.name}.part")
    lock = lock_for_writing(folder)
    try:
        with translated(folder):
            shutil.copyfile(file, partial)
        corrections = _take_ledger(partial, file)
        with translated(folder):
            if corrections is not None:
                ledger.write_bytes(corrections)
            partial.replace(graph)
    finally:
        lock.close()
        for suffix in ("", "-wal", "-shm"):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)
        if is_new and not graph.exists():
            shutil.rmtree(folder, ignore_errors=True)
        elif not graph.exists():
            ledger.unlink(missing_ok=True)


def _take_ledger(partial: Path, file: Path) -> bytes | None:
    """Take the ledger out of the copy of a backup; None if it has none."""
    if not _is_graph(partial):
        raise StoreError(f"'{file}' is no backup of a graph")
    database = open_writable(partial)
    try:
        found = database.value("SELECT value FROM meta WHERE key = ?", (_LEDGER,))
        database.execute("DELETE FROM meta WHERE key = ?", (_LEDGER,))
    finally:
        database.close()
    return None if found is None else bytes(found)


def _is_graph(path: Path) -> bool:
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        return {"meta", "articles"} <= names
    return False
