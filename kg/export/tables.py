"""Cells that a spreadsheet shows and never runs."""

from __future__ import annotations

from datetime import date

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | bool | date | None


def safe_cell(value: Cell) -> Cell:
    """The value; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
