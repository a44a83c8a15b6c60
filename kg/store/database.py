"""One SQLite file, opened so that a crash loses nothing and every failure has a clear message."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.store import schema

GRAPH_FILE = "graph.sqlite"
LEDGER_FILE = "corrections.jsonl"
_ELSEWHERE = "Name another store with --store"
LOCK_FILE = "writer.lock"

Row = tuple[Any, ...]
Parameters = Sequence[object] | Mapping[str, object]
"""Values for the `?` of a statement in their order, or for its `:name`s by name."""

_BUSY_TIMEOUT_S = 10.0
_CACHE_KIB = 64_000


class Database:
    """A connection whose errors are StoreErrors; `transaction()` is all or nothing."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def rows(self, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
        """The rows of a query, streamed."""
        with translated(self._folder):
            # Not the cursor itself: an unfinished one would complain that the store was closed.
            yield from chain(self._connection.execute(sql, parameters))

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row of a query, None if there is none."""
        return next(self.rows(sql, parameters), None)

    def value(self, sql: str, parameters: Parameters = ()) -> Any:  # noqa: ANN401
        """The first column of the first row, None if there is none."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; the number of rows it changed."""
        with translated(self._folder):
            return self._connection.execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        with translated(self._folder):
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written, or nothing; one inside another joins it."""
        if self._connection.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    def begin_snapshot(self) -> None:
        """From here on all reads see one state, whatever others write, until `end_snapshot`."""
        self.execute("BEGIN")
        self.value("SELECT count(*) FROM meta")

    def end_snapshot(self) -> None:
        """Let go of the state; the next read sees the newest one."""
        if self._connection.in_transaction:
            self._connection.rollback()

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Copy the database as it is now, while others read and write."""
        self._connection.backup(other)

    def close(self) -> None:
        """Close the connection; SQLite then folds its log into the file."""
        self._connection.close()


class GroupedRows:
    """Rows in the order of their first column, taken group by group."""

    def __init__(self, ordered: Iterator[Row]) -> None:
        self._groups = groupby(ordered, key=itemgetter(0))
        self._current = next(self._groups, None)

    def take(self, key: str) -> list[Row]:
        """The rows of the key; asked for in order; what is left out is passed over."""
        while self._current is not None and self._current[0] < key:
            self._current = next(self._groups, None)
        if self._current is None or self._current[0] != key:
            return []
        found = list(self._current[1])
        self._current = next(self._groups, None)
        return found


def open_writable(path: Path) -> Database:
    """The database at the path, made if it is new, migrated if it is old."""
    with translated(path.parent):
        connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        database = Database(connection, path.parent)
        _bring_up_to_date(connection, database, path.parent)
    return database


def open_read_only(path: Path) -> Database:
    """The database at the path for reading, on a read-only disk too."""
    with translated(path.parent):
        address = path.resolve().as_uri()
        try:
            connection = _connect_read_only(f"{address}?mode=ro")
        except sqlite3.OperationalError:
            if os.access(path.parent, os.W_OK) or not path.is_file():
                raise
            # Without write access no reader can make the files beside the log; nobody writes then.
            connection = _connect_read_only(f"{address}?mode=ro&immutable=1")
        database = Database(connection, path.parent)
        _refuse_other_version(database, path.parent)
    return database


def _connect_read_only(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, database: Database, folder: Path) -> None:
    version = _version(database)
    _refuse_newer(version, folder)
    if version == schema.VERSION:
        return
    steps = schema.DDL if version == 0 else _migration(version, folder)
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE; {steps}; PRAGMA user_version = {schema.VERSION}; COMMIT;"
        )
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _migration(version: int, folder: Path) -> str:
    if any(step not in schema.MIGRATIONS for step in range(version, schema.VERSION)):
        raise StoreError(
            f"the store in '{folder}' has schema {version}, too old for this kg (schema "
            f"{schema.VERSION}). Move it away and build again; keep its corrections.jsonl"
        )
    return "".join(schema.MIGRATIONS[step] for step in range(version, schema.VERSION))


def _refuse_other_version(database: Database, folder: Path) -> None:
    version = _version(database)
    _refuse_newer(version, folder)
    if version < schema.VERSION:
        raise StoreError(
            f"the store in '{folder}' has schema {version}; this kg reads {schema.VERSION}. "
            "Bring it up to date with: kg build INPUT"
        )


def _refuse_newer(version: int, folder: Path) -> None:
    if version > schema.VERSION:
        raise StoreError(
            f"the store in '{folder}' has schema {version}; this kg knows {schema.VERSION}. "
            "Update with: pip install -U claimgraph"
        )


def _version(database: Database) -> int:
    return int(database.value("PRAGMA user_version"))


def lock_for_writing(folder: Path) -> sqlite3.Connection:
    """A lock that one process at a time can hold; the system lets go of it when the process ends.

    Raises StoreError if another process holds it.
    """
    with translated(folder):
        connection = sqlite3.connect(folder / LOCK_FILE, isolation_level=None, timeout=0.2)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if "locked" not in str(error):
                raise
            raise StoreError(
                f"another kg process is writing to '{folder}'. Wait until it ends, or name "
                "another store with --store"
            ) from error
    return connection


@contextmanager
def translated(folder: Path, *, advice: str = _ELSEWHERE) -> Iterator[None]:
    """Errors of SQLite and of the file system inside become StoreErrors with what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_message(error, folder, advice)) from error
    except OSError as error:
        raise StoreError(f"cannot write to '{folder}' ({error.strerror}). {advice}") from error


def _message(error: sqlite3.Error, folder: Path, advice: str = _ELSEWHERE) -> str:
    text = str(error)
    if "full" in text:
        return (
            f"the disk of '{folder}' is full. Free some space and run the same command again: "
            "what was done is kept"
        )
    if "readonly" in text or "unable to open" in text:
        return f"cannot write to '{folder}' ({text}). {advice}"
    if "locked" in text:
        return f"'{folder}' is locked by another process. Wait until it ends and try again"
    if isinstance(error, sqlite3.DatabaseError) and ("malformed" in text or "not a data" in text):
        return (
            f"the store in '{folder}' is damaged ({text}). Restore a backup, or move the folder "
            "away and build again; keep its corrections.jsonl"
        )
    return f"the store in '{folder}' failed ({text})"
