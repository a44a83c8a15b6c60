"""`kg doctor`: what runs here, whether it is what was pinned, and every path that is used."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import click

from kg import __version__
from kg.cli.app import DONE, FAILED
from kg.cli.context import Settings
from kg.cli.output import show_json
from kg.errors import KgError, ReadError
from kg.read.extras import READERS, load

_LIBRARIES = ("spacy", "rdflib", "oxrdflib", "pyoxigraph", "networkx", "rapidfuzz")
_OPTIONAL = (
    "pandas",
    "pyarrow",
    "pyshacl",
    "starlette",
    "uvicorn",
)
_MIB = 1024 * 1024


@click.command()
@click.pass_obj
def doctor(settings: Settings) -> int:
    """Python, language model and its digest, store, disk, versions, paths."""
    rows = list(_rows(settings))
    if settings.json:
        show_json({name: {"ok": ok, "value": value} for name, value, ok in rows})
    else:
        for name, value, ok in rows:
            click.echo(f"{'ok  ' if ok else 'FAIL'}  {name:<14} {value}")
    return DONE if all(ok for _, _, ok in rows) else FAILED


def _rows(settings: Settings) -> Iterator[tuple[str, str, bool]]:
    yield "kg", f"{__version__} in {Path(__file__).resolve().parents[1]}", True
    version = platform.python_version()
    yield "python", f"{version} ({sys.executable})", (3, 11) <= sys.version_info < (3, 14)
    yield _model(settings)
    for library in _LIBRARIES:
        yield _library(library, required=True)
    for library in _OPTIONAL:
        yield _library(library, required=False)
    for module in READERS:
        yield _reader(module)
    yield "config", str(settings.config or "none (kg.toml or [tool.kg] would be read)"), True
    yield from _store(settings)
    yield "temporary", f"{tempfile.gettempdir()} (TMPDIR)", True
    yield "network", "never used unless a command is given a URL", True


def _model(settings: Settings) -> tuple[str, str, bool]:
    from kg.api import language_model

    try:
        name, version, digest = language_model(settings.model)
    except KgError as error:
        return "model", str(error), False
    return "model", f"{name} {version}, weights sha256 {digest[:16]}", True


def _library(name: str, *, required: bool) -> tuple[str, str, bool]:
    try:
        return name, metadata.version(name), True
    except metadata.PackageNotFoundError:
        return name, "missing" if required else "not installed (optional)", not required


def _reader(module: str) -> tuple[str, str, bool]:
    """A library of the extra `readers`, imported: pip may have left one that does not load."""
    row = _library(module.partition(".")[0], required=False)
    try:
        load(module)
    except ReadError as error:
        if isinstance(error.__cause__, ModuleNotFoundError) and row[1].startswith("not"):
            return row
        return row[0], f"{row[1]}; {error}", False
    return row


def _store(settings: Settings) -> Iterator[tuple[str, str, bool]]:
    folder = settings.store.resolve()
    if folder.is_dir():
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        yield "store", f"{folder} ({size / _MIB:.1f} MiB)", True
        try:
            with settings.open() as graph:
                articles = len(graph)
            yield "articles", str(articles), True
        except KgError as error:
            yield "articles", str(error), False
    else:
        yield "store", f"{folder} (not there yet)", True
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    yield "disk", f"{free / _MIB:.0f} MiB free", free > 100 * _MIB
