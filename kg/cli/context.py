"""Settings of one call: from options, the environment and a configuration file, in this order."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.api import Graph

DEFAULT_STORE = Path(".kg")
_KNOWN = frozenset({"store", "base", "model"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What every command is given."""

    store: Path = DEFAULT_STORE
    base: str | None = None
    model: str | None = None
    quiet: bool = False
    verbose: bool = False
    json: bool = False
    color: bool = True
    config: Path | None = None

    def open(self, *, create: bool = False, write: bool = False) -> Graph:
        """The graph of the store, to read it unless `create` or `write` is given.

        Raises UsageError where there is none and none is to be made.
        """
        import kg

        if not create and not self.store.exists():
            raise UsageError(f"no graph in '{self.store}'. Make one: kg build INPUT, or kg demo")
        read_only = not (create or write)
        return kg.open(
            self.store, create=create, read_only=read_only, base=self.base, model=self.model
        )


def find_settings(options: Mapping[str, str | bool | None]) -> Settings:
    """`--store` before `$KG_STORE` before the file before `.kg`."""
    config, table = _read_config(options.get("config"))
    store = options.get("store") or os.environ.get("KG_STORE") or table.get("store")
    return Settings(
        store=Path(str(store)) if store else DEFAULT_STORE,
        base=table.get("base"),
        model=table.get("model"),
        quiet=bool(options.get("quiet")),
        verbose=bool(options.get("verbose")),
        json=bool(options.get("as_json")),
        color=not options.get("no_color") and "NO_COLOR" not in os.environ,
        config=config,
    )


def _read_config(named: str | bool | None) -> tuple[Path | None, dict[str, str]]:
    if named:
        path = Path(str(named))
        if not path.is_file():
            raise UsageError(f"'{path}' does not exist.")
        return path, _table(path, _load(path))
    for path, inner in ((Path("kg.toml"), False), (Path("pyproject.toml"), True)):
        if path.is_file():
            content = _load(path)
            found = content.get("tool", {}).get("kg") if inner else content
            if isinstance(found, dict):
                return path, _table(path, found)
    return None, {}


def _load(path: Path) -> dict[str, dict[str, object]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error


def _table(path: Path, content: Mapping[str, object]) -> dict[str, str]:
    unknown = sorted(set(content) - _KNOWN)
    if unknown:
        known = ", ".join(sorted(_KNOWN))
        raise UsageError(f"{path}: unknown setting '{unknown[0]}'. One of: {known}")
    for key, value in content.items():
        if not isinstance(value, str):
            raise UsageError(f"{path}: '{key}' is {value!r}; expected text in quotes")
    return {key: str(value) for key, value in content.items()}
