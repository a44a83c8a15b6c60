"""Files appear whole, and what killed writers left goes with the next one."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kg.export import export
from kg.export.target import hold, whole_file
from tests.factories import small_graph


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    with whole_file(path) as out:
        out.write(b"words")
        assert not path.exists()
    assert path.read_bytes() == b"words"
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_writer_left_goes_with_the_next_one(tmp_path: Path) -> None:
    left, other = tmp_path / ".[1].ttl.abc.part", tmp_path / ".other.ttl.abc.part"
    left.touch()
    other.touch()
    with whole_file(tmp_path / "[1].ttl"):
        assert not left.exists()
    assert other.exists()  # of another file: not ours to judge


def test_what_is_in_the_making_elsewhere_stays(tmp_path: Path) -> None:
    with (tmp_path / ".graph.ttl.abc.part").open("wb") as making:
        assert hold(making.fileno())
        with whole_file(tmp_path / "graph.ttl"):
            assert Path(making.name).exists()


def test_two_writers_of_one_file_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    with whole_file(path) as one:
        with whole_file(path) as other:
            other.write(b"other")
        one.write(b"one")
        assert path.read_bytes() == b"other"
    assert path.read_bytes() == b"one"


def older_tables(folder: Path) -> dict[str, bytes]:
    """The tables of the small graph, one of them out of date."""
    export(small_graph(), folder, "csv")
    (folder / "statements.csv").write_bytes(b"older")
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("others", [(), ("notes.txt",)])  # a folder of its own, and a shared one
def test_tables_that_fail_leave_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: tuple[str, ...]
) -> None:
    def fail(*_: object) -> int:
        raise ZeroDivisionError

    folder = tmp_path / "tables"
    folder.mkdir()
    for name in others:
        (folder / name).write_text("mine", encoding="utf-8")
    before = older_tables(folder)
    monkeypatch.setattr("kg.export.tables._drain", fail)
    with pytest.raises(ZeroDivisionError):
        export(small_graph(), folder, "csv")
    assert contents(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_no_one_sees_some_tables_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir(mode=0o750)
    before = older_tables(folder)
    inode = folder.stat().st_ino
    export(small_graph(), folder, "csv")
    assert folder.stat().st_ino != inode  # not the old folder with some tables of the new
    assert contents(folder).keys() == before.keys()
    assert contents(folder)["statements.csv"] != b"older"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_with_other_files_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    before = older_tables(tmp_path)
    export(small_graph(), tmp_path, "csv")
    after = contents(tmp_path)
    assert after.keys() == before.keys()
    assert after["notes.txt"] == b"mine"
    assert after["statements.csv"] != b"older"


def test_the_folder_someone_works_in_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    export(small_graph(), Path(), "csv")
    assert Path.cwd() == tmp_path
    assert (Path.cwd() / "statements.csv").exists()


def test_a_folder_that_a_killed_writer_left_goes_with_the_next_one(tmp_path: Path) -> None:
    folder, left = tmp_path / "tables", tmp_path / ".tables.abc.part"
    folder.mkdir()
    left.mkdir()
    (left / "statements.csv").write_bytes(b"half")
    export(small_graph(), folder, "csv")
    assert list(tmp_path.iterdir()) == [folder]
