"""A backup holds graph and ledger, and is a store again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Store, restore_backup
from tests.storing import fill, new_store

LINES = b'{"id": "c1"}\n{"torn'


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        fill(store)
        store.corrections.write_bytes(LINES)
        store.backup(tmp_path / "day.kg")
    return tmp_path / "day.kg"


def test_a_restored_store_has_graph_and_ledger(tmp_path: Path, backup: Path) -> None:
    restore_backup(backup, tmp_path / "new" / ".kg")
    with (
        Store.open(tmp_path / ".kg", read_only=True) as old,
        Store.open(tmp_path / "new" / ".kg", read_only=True) as new,
    ):
        assert list(new.annotated()) == list(old.annotated())
        assert new.change == old.change
        assert new.corrections.read_bytes() == LINES
    assert {path.name for path in (tmp_path / "new" / ".kg").iterdir()} <= {
        "graph.sqlite",
        "graph.sqlite-shm",
        "graph.sqlite-wal",
        "corrections.jsonl",
        "writer.lock",
    }


def test_a_store_without_ledger_gets_none(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.backup(tmp_path / "day.kg")
    restore_backup(tmp_path / "day.kg", tmp_path / "new")
    assert not (tmp_path / "new" / "corrections.jsonl").exists()


@pytest.mark.parametrize("name", ["graph.sqlite", "corrections.jsonl"])
def test_nothing_is_written_over(tmp_path: Path, backup: Path, name: str) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).write_bytes(b"mine")
    with pytest.raises(StoreError, match="is there already"):
        restore_backup(backup, tmp_path / "new")
    assert [path.name for path in (tmp_path / "new").iterdir()] == [name]
    assert (tmp_path / "new" / name).read_bytes() == b"mine"


@pytest.mark.parametrize("data", [b"", b"words", None])  # None: a database of someone else
def test_what_is_no_backup_leaves_nothing(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "day.kg"
    if data is None:
        connection = sqlite3.connect(file)
        connection.execute("CREATE TABLE meta (key TEXT)")
        connection.close()
    else:
        file.write_bytes(data)
    with pytest.raises(StoreError, match=r"day\.kg' is no backup of a graph"):
        restore_backup(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, backup: Path) -> None:
    connection = sqlite3.connect(backup)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="Update with: pip install"):
        restore_backup(backup, tmp_path / "new")
    assert not (tmp_path / "new").exists()
