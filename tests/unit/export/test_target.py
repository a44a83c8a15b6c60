"""Files appear whole, and what killed writers left goes with the next one."""

from __future__ import annotations

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


def test_the_tables_of_a_folder_appear_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise ZeroDivisionError

    export(small_graph(), tmp_path, "csv")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(before) > 2
    last = sorted(before)[-1].removesuffix(".csv")
    (tmp_path / sorted(before)[0]).write_bytes(b"older")
    monkeypatch.setattr("kg.export.tables._drain", fail)
    with pytest.raises(ZeroDivisionError):
        export(small_graph(), tmp_path, "csv")
    assert {path.name for path in tmp_path.iterdir()} == set(before)
    assert (tmp_path / sorted(before)[0]).read_bytes() == b"older"
    assert (tmp_path / f"{last}.csv").read_bytes() == before[f"{last}.csv"]
