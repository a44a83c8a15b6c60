"""Options of a build as keywords: `graph.add("news/", text_field="body", jobs=2)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pipeline import BuildOptions


def build_options(options: dict[str, Any]) -> BuildOptions:
    """Options of reading and of building, told apart by their names. Raises TypeError."""
    from kg.pipeline import BuildOptions
    from kg.read import ReadOptions

    reading = {name for name in options if name in ReadOptions.__dataclass_fields__}
    read = ReadOptions(**{name: options[name] for name in sorted(reading)})
    rest = {name: value for name, value in options.items() if name not in reading}
    return BuildOptions(read=read, **rest)
