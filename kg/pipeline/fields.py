"""Which fields of a file hold what: as this build is told, else as an earlier one was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.model import Failure
from kg.read import FIELD_OPTIONS, Found, ReadOptions
from kg.store import Store

_STDIN = "-"


class Fields:
    """The field options of each file (`--date-field` ...), kept in the store."""

    def __init__(self, store: Store, options: ReadOptions, *, is_dry: bool) -> None:
        self._store = store
        self._options = options
        self._given = _named(options)
        self._is_dry = is_dry
        self._kept: dict[str, Mapping[str, str]] = {}
        self.as_before: dict[str, str] = {}
        """File to the options that only an earlier build was given, as they would be typed."""

    def options_for(self, file: str) -> ReadOptions:
        """How to read a file with fields: what is given now wins, one by one."""
        wanted: dict[str, Any] = {**self._before(file), **self._given}
        return replace(self._options, **wanted)

    def see(self, found: Found) -> None:
        """Note what came out of a file with fields; its options are kept for the next build."""
        if isinstance(found.what, Failure) or not found.has_fields or found.file == _STDIN:
            return
        used, before = _named(found.options), self._before(found.file)
        only_before = {name: used[name] for name in used if name not in self._given}
        if only_before:
            self.as_before[found.file] = _typed(only_before)
        if used != before and not self._is_dry:
            self._store.set_stamp(_key(found.file), json.dumps(used, ensure_ascii=False))
            self._kept[found.file] = used

    def _before(self, file: str) -> Mapping[str, str]:
        if file not in self._kept:
            self._kept[file] = json.loads(self._store.stamp(_key(file)) or "{}")
        return self._kept[file]


def forget_fields(store: Store, file: str) -> None:
    """Read the file as if it were new."""
    if store.stamp(_key(file)):
        store.set_stamp(_key(file), "")


def _key(file: str) -> str:
    return f"fields:{file}"


def _named(options: ReadOptions) -> dict[str, str]:
    values = {name: getattr(options, name) for name in FIELD_OPTIONS}
    return {name: value for name, value in values.items() if value is not None}


def _typed(fields: Mapping[str, str]) -> str:
    return " ".join(f"--{name.replace('_', '-')} {value}" for name, value in fields.items())
