"""Rows for people: as a data frame, or as a page fragment without script or outside address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

MAX_HTML_ROWS = 100


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows of equal length."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


def frame(table: Table) -> pandas.DataFrame:
    """The table as a data frame. Raises ImportError, naming the extra, where pandas is missing."""
    try:
        import pandas
    except ImportError as error:
        message = "to_pandas() needs pandas. Run: pip install 'claimgraph[tables]'"
        raise ImportError(message) from error
    return pandas.DataFrame(list(table.rows), columns=list(table.columns))


def html_table(table: Table, *, total: int | None = None) -> str:
    """The first hundred rows, of `total`, as an HTML table; every cell is escaped text."""
    head = _row(table.columns, "th")
    body = "".join(_row(row, "td") for row in table.rows[:MAX_HTML_ROWS])
    hidden = (len(table.rows) if total is None else total) - MAX_HTML_ROWS
    more = f"<p>{hidden} more rows</p>" if hidden > 0 else ""
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{more}"


def _row(cells: Sequence[str | int | float], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"
