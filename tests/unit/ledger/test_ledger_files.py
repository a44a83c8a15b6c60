"""The file of corrections survives torn lines, hands, copies and repetition."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.ledger import (
    Action,
    Anchor,
    Author,
    Correction,
    Target,
    active,
    append_corrections,
    export_corrections,
    import_corrections,
    read_ledger,
    undo,
)
from kg.ledger.entries import correction, from_line, to_line

ME = Author("desk", "2024-03-09T10:00:00Z", "checked")


def a_correction(name: str = "Orvenne Town") -> Correction:
    anchor = Anchor("h0123456789abcdef", "news/a.txt", 4, 11, "Orvenne", "in ", " is")
    return correction(Action.RENAME, ME, Target("orvenne-1", "Orvenne", (anchor,)), value=name)


texts = st.text(st.characters(exclude_categories=()), max_size=12)


@given(texts, texts, texts, st.integers(0, 10**9))
def test_a_line_is_read_back_as_it_was_written(name: str, words: str, why: str, start: int) -> None:
    anchor = Anchor("h0", words, start, start + 1, words, why, name)
    target = Target("e", name, (anchor,), depth=2)
    made = correction(Action.STANCE, Author(name, "now", why), target, (target,), value=name)
    line = to_line(made)
    assert from_line(line) == made
    assert line.count("\n") == 1


def test_corrections_are_appended_and_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "store" / "corrections.jsonl"
    first, second = a_correction("A"), a_correction("B")
    assert append_corrections(path, [first]) == 1
    assert append_corrections(path, [second]) == 1
    assert read_ledger(path).corrections == (first, second)


def test_the_same_correction_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    assert append_corrections(path, [a_correction(), a_correction()]) == 1
    assert append_corrections(path, [a_correction()]) == 0


def test_a_torn_last_line_is_told_and_swallows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append_corrections(path, [a_correction("A"), a_correction("B")])
    path.write_bytes(path.read_bytes()[:-20])
    torn = read_ledger(path)
    assert [bad.number for bad in torn.bad_lines] == [2]
    assert torn.bad_lines[0].reason.startswith("torn")
    append_corrections(path, [a_correction("C")])
    assert [made.value for made in read_ledger(path).corrections] == ["A", "C"]
    assert [bad.number for bad in read_ledger(path).bad_lines] == [2]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"v": 2}', "another version"),
        ('{"v": 1, "action": "rename"}', "field is missing"),
        ('{"v": 1, "action": "sing", "who": "", "when": ""}', "not a valid Action"),
        ('{"v": 1, "id": "h1", "action": "undo", "who": "a", "when": "b"}', "edited by hand"),
    ],
)
def test_a_line_that_is_no_correction_is_told(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    ledger = read_ledger(path)
    assert ledger.corrections == ()
    assert reason in ledger.bad_lines[0].reason


@given(st.binary(max_size=200))
def test_no_file_content_stops_the_reading(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrections.jsonl"
        path.write_bytes(data)
        assert read_ledger(path).corrections == ()


def test_export_then_import_gives_the_same_ledger_once(tmp_path: Path) -> None:
    path, copy, other = (tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl"))
    append_corrections(path, [a_correction("A"), a_correction("B")])
    assert export_corrections(path, copy) == 2
    assert import_corrections(other, copy) == (2, ())
    assert import_corrections(other, copy) == (0, ())
    assert read_ledger(other) == read_ledger(path)
    assert other.read_bytes() == path.read_bytes()


def test_importing_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        import_corrections(tmp_path / "a.jsonl", tmp_path / "gone.jsonl")


def test_undo_takes_back_the_last_ones_in_force() -> None:
    made = [a_correction(name) for name in "ABC"]
    first = undo(made, 1, ME)
    assert [c.value for c in active([*made, *first])] == ["A", "B"]
    second = undo([*made, *first], 2, ME)
    assert active([*made, *first, *second]) == ()
