"""Tables for spreadsheets and data frames: statements, mentions, entities and relations."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO, TYPE_CHECKING, BinaryIO

from kg.export.rows import TABLES, Cell, Row, Table
from kg.graph import GraphView

if TYPE_CHECKING:
    import pyarrow as pa

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CHUNK_ROWS = 256
_BATCH_ROWS = 10_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive knows: the same bytes at any time."""


def safe_cell(value: Cell) -> Cell:
    """The value; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def write_csv(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """The table of statements as one CSV file; `write_zip` has all tables."""
    return {"rows": write_csv_table(view, "statements", out)}


def write_zip(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """All tables as CSV files in a ZIP archive."""
    counts = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in TABLES:
            info = zipfile.ZipInfo(f"{name}.csv", date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                counts[name] = write_csv_table(view, name, member)
    return counts


def write_csv_table(view: GraphView, name: str, out: IO[bytes]) -> int:
    """One table as CSV (UTF-8, RFC 4180) with heads; the number of rows."""
    table = TABLES[name]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    rows = 0
    for row in table.rows(view):
        writer.writerow([safe_cell(cell) for cell in row])
        rows += 1
        if rows % _CHUNK_ROWS == 0:
            _drain(text, out)
    _drain(text, out)
    return rows


def _drain(text: io.StringIO, out: IO[bytes]) -> None:
    out.write(text.getvalue().encode(errors="replace"))
    text.seek(0)
    text.truncate()


def write_parquet(view: GraphView, out: BinaryIO) -> dict[str, int]:
    """The table of statements as Parquet. Raises ImportError if pyarrow is not installed."""
    return {"rows": write_parquet_table(view, "statements", out)}


def write_parquet_table(view: GraphView, name: str, out: IO[bytes]) -> int:
    """One table as Parquet, a group for 10,000 rows; the number of rows."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = "Parquet needs pyarrow. Run: pip install 'claimgraph[tables]'"
        raise ImportError(message) from error
    table = TABLES[name]
    schema = _schema(table)
    rows = 0
    with pq.ParquetWriter(out, schema) as writer:
        for batch in _batches(table.rows(view)):
            columns = zip(*batch, strict=True)
            arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            rows += len(batch)
    return rows


def _schema(table: Table) -> pa.Schema:
    import pyarrow as pa

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), date: pa.date32()}
    return pa.schema([(name, types[kind]) for name, kind in table.columns.items()])


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH_ROWS:
            yield batch
            batch = []
    if batch:
        yield batch
