from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.export import FORMATS, export, format_of
from kg.graph import GraphView
from tests.factories import MemoryView, small_graph


class Broken(MemoryView):
    """Fails in the middle of an export."""

    def entities(self):
        raise RuntimeError("lost")


def broken() -> GraphView:
    whole = small_graph()
    return Broken(whole.annotations, whole.all_entities)


def test_file_holds_what_the_stream_gets(tmp_path: Path) -> None:
    out = io.BytesIO()
    export(small_graph(), out, "turtle")
    export(small_graph(), tmp_path / "g.ttl", "turtle")
    assert (tmp_path / "g.ttl").read_bytes() == out.getvalue()


def test_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "g.ttl"
    path.write_text("old")
    with pytest.raises(RuntimeError, match="lost"):
        export(broken(), path, "turtle")
    assert [p.name for p in tmp_path.iterdir()] == ["g.ttl"]
    assert path.read_text() == "old"


def test_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    export(small_graph(), tmp_path / "g.ttl", "turtle")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot write '.*nowhere.*g\.ttl': No such file"):
        export(small_graph(), tmp_path / "nowhere" / "g.ttl", "turtle")


def test_unknown_suffix_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"^cannot tell the format from '\.foo'\. One of: \.ttl "):
        format_of(Path("g.foo"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_suffix_means_its_format(name: str) -> None:
    for suffix in FORMATS[name].suffixes:
        assert format_of(Path(f"out/G{suffix.upper()}")) == name


def test_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"unknown format 'foo'\. One of: "):
        export(small_graph(), io.BytesIO(), "foo")


def test_format_without_projected_view_says_so() -> None:
    with pytest.raises(UsageError, match="turtle has no projected view"):
        export(small_graph(), io.BytesIO(), "turtle", projected=True)
