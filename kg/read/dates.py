"""Dates of publication, read strictly: an invented date is worse than none."""

from __future__ import annotations

import re
from datetime import date

from kg.model import Failure, FailureKind

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?\Z", re.DOTALL)


def parse_date(value: str) -> date | None:
    """The day of `2017-05-11` or `2017-05-11T08:00:00Z`; None for anything else."""
    match = _ISO.match(value.strip())
    if match is None:
        return None
    try:
        return date.fromisoformat(match[1])
    except ValueError:
        return None


def read_date(value: object, where: str, field: str) -> tuple[date | None, Failure | None]:
    """The date in a field, or None and a warning that says what was found instead."""
    if value is None or value == "":
        return None, None
    found = parse_date(value) if isinstance(value, str) else None
    if found is not None:
        return found, None
    shown = str(value)[:40]
    reason = f"'{field}' is '{shown}'; expected YYYY-MM-DD"
    return None, Failure(where, reason, FailureKind.WARNING)
