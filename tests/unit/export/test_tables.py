from __future__ import annotations

import csv
import io
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kg.errors import UsageError
from kg.export import export
from kg.export.rows import TABLES
from kg.export.tables import safe_cell
from tests.factories import small_graph, view_of
from tests.reporting import ferry_article


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_folder_gets_all_tables(tmp_path: Path) -> None:
    counts = export(small_graph(), tmp_path, "csv").counts
    assert counts == {"statements": 8, "mentions": 14, "entities": 9, "relations": 2}
    assert {name: len(rows_of(tmp_path / f"{name}.csv")) for name in counts} == counts


def test_statement_is_a_row_with_names_words_and_offsets(tmp_path: Path) -> None:
    export(small_graph(), tmp_path / "g.csv", "csv")
    row = rows_of(tmp_path / "g.csv")[1]
    expected = {
        "file": "harbour.txt",
        "published": "2024-03-05",
        "speaker": "Ilda Marsh",
        "speaker_words": "she",
        "cue": "told",
        "stance": "asserts",
        "polarity": "negative",
        "quotes": "There is no leak, and there never was,",
        "addressee": "Tarnby Courier",
        "sentence_start": "68",
    }
    assert {name: row[name] for name in expected} == expected


def test_claims_that_differ_make_the_statement_mixed(tmp_path: Path) -> None:
    export(view_of(ferry_article()), tmp_path / "g.csv", "csv")
    export(view_of(ferry_article()), tmp_path / "g.parquet", "parquet")
    (row,) = rows_of(tmp_path / "g.csv")
    (other,) = pq.read_table(tmp_path / "g.parquet").to_pylist()
    assert (row["polarity"], row["certainty"]) == ("mixed", "mixed")
    assert (other["polarity"], other["certainty"]) == ("mixed", "mixed")


def test_archive_is_the_same_at_any_time_and_holds_the_tables(tmp_path: Path) -> None:
    export(small_graph(), tmp_path, "csv")
    first, second = io.BytesIO(), io.BytesIO()
    export(small_graph(), first, "zip")
    export(small_graph(), second, "zip")
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        for name in TABLES:
            assert archive.read(f"{name}.csv") == (tmp_path / f"{name}.csv").read_bytes()


def test_parquet_holds_what_csv_holds(tmp_path: Path) -> None:
    export(small_graph(), tmp_path, "csv")
    export(small_graph(), tmp_path, "parquet")
    for name in TABLES:
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert table.num_rows == len(rows_of(tmp_path / f"{name}.csv"))
    statements = pq.read_table(tmp_path / "statements.parquet").to_pylist()
    assert statements[0]["said_earliest"] == date(2024, 3, 4)
    assert statements[0]["confidence"] == 0.9


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),  # not at the start
        (-1, -1),  # a number is no text
        (None, None),
    ],
)
def test_text_is_never_a_formula(value: str | int | None, shown: str | int | None) -> None:
    assert safe_cell(value) == shown


def test_formula_in_a_name_is_defused_in_the_file(tmp_path: Path) -> None:
    view = small_graph()
    entities = tuple(replace(entity, name="=1+1") for entity in view.all_entities)
    export(replace(view, all_entities=entities), tmp_path, "csv")
    assert {row["name"] for row in rows_of(tmp_path / "entities.csv")} == {"'=1+1"}


def test_one_file_format_does_not_fill_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is a folder; turtle is one file\. Name the file\."):
        export(small_graph(), tmp_path, "turtle")


def test_missing_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'claimgraph\[tables\]'"):
        export(small_graph(), io.BytesIO(), "parquet")
