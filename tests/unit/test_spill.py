"""What waits on disk comes back as it was, and leaves nothing behind."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from sys import intern

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import spill as waiting
from kg.errors import KgError
from kg.spill import Lookup, Sorter, Spill

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = st.tuples(plain, st.tuples(plain), st.frozensets(st.text()), st.binary())


@given(st.lists(values))
def test_values_come_back_in_any_order(kept: list[tuple[object, ...]]) -> None:
    with Spill() as spill:
        numbers = [spill.append(value) for value in kept]
        assert numbers == list(range(len(spill)))
        assert [spill[number] for number in reversed(numbers)] == kept[::-1]
        assert list(spill) == kept


def test_values_can_be_added_after_one_was_read() -> None:
    with Spill() as spill:
        spill.append(("one",))
        assert spill[0] == ("one",)
        spill.append(("two",))
        assert list(spill) == [("one",), ("two",)]


def test_interned_words_are_one_string_again() -> None:
    word = intern("mot" + "ley")
    with Spill() as spill:
        spill.append((word,))
        assert spill[0][0] is word


rows = st.lists(st.tuples(st.text(max_size=2), st.integers(0, 3)))


@pytest.fixture(autouse=True, scope="module")
def _short_runs() -> Iterator[None]:
    """So that a few rows fill runs of several lengths, and blocks leave memory."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("MAX_WAITING_ROWS", 3), ("MAX_RUNS", 2), ("BLOCK_ROWS", 2)):
            patch.setattr(waiting, f"_{name}", value)
        patch.setattr(waiting, "_KEPT_BLOCKS", 1)
        yield


@given(rows)
@example([(str(number % 7), number) for number in range(40)])
def test_rows_come_back_in_their_order(kept: list[tuple[str, int]]) -> None:
    with Sorter() as sorter:
        for row in kept:
            sorter.add(row)
        assert list(sorter) == sorted(kept)
        assert list(sorter) == sorted(kept)  # a second time too


def test_few_runs_are_open_at_once() -> None:
    with Sorter() as sorter:
        for number in range(1000):
            sorter.add((-number,))
        assert sum(map(len, sorter._runs)) <= 9  # of 333: two of a length become one


@given(st.dictionaries(st.text(max_size=2), st.integers()), st.text(max_size=2))
def test_values_are_found_by_their_keys(kept: dict[str, int], other: str) -> None:
    with Lookup(sorted(kept.items())) as lookup:
        assert {key: lookup[key] for key in kept} == kept
        assert dict(lookup) == kept
        assert lookup.get(other) == kept.get(other)
        if other not in kept:
            with pytest.raises(KeyError, match=re.escape(repr(other))):
                lookup[other]


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(KgError, match="TMPDIR"):
        Spill()
