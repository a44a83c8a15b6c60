"""What waits on disk comes back as it was, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from sys import intern

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.spill import Spill

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


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(KgError, match="TMPDIR"):
        Spill()
