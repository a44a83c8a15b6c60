"""An export that is killed anywhere leaves no file or the whole one, and nothing in the way."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from random import Random

import pytest

from kg.pipeline import BuildOptions, build
from kg.read import ReadOptions
from kg.store import Store
from tests.annotating import PlainAnnotator, write_articles
from tests.crashes.processes import KILLS, finish, kill_after, start

ARTICLES = 40
WANTED = max(1, KILLS // 6)
FORMATS = {  # format to the name of the file, or of the folder, that it writes
    "turtle": "graph.ttl",
    "graphml": "graph.graphml",
    "zip": "graph.zip",
    "jsonl": "graph.jsonl",
    "csv": "tables",
    "parquet": "tables",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    write_articles(folder / "in", ARTICLES)
    options = BuildOptions(ReadOptions(language=None))
    with Store.open(folder / ".kg", create=True) as opened:
        build(opened, [str(folder / "in")], options, annotator=partial(PlainAnnotator, "crash"))
    return folder / ".kg"


def files_of(folder: Path) -> dict[str, bytes]:
    """What is there by name, without the hidden files and folders that are in the making."""
    paths = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*"))}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if path.is_file() and not name.startswith(".") and "/." not in name
    }


def target(folder: Path, form: str) -> Path:
    out = folder / FORMATS[form]
    if "." not in FORMATS[form]:
        out.mkdir(parents=True)
    return out


@pytest.mark.parametrize("form", FORMATS)
def test_killed_exports_are_whole_or_absent(tmp_path: Path, store: Path, form: str) -> None:
    chance = Random(form)
    whole, out = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    out.mkdir()
    finish(start("exporting", store, target(whole, form), form))
    expected, path = files_of(whole), target(out, form)
    killed = 0
    for _ in range(10 * WANTED):
        # The tables of a folder read the articles three times.
        steps = chance.randrange(1, ARTICLES * (3 if form in {"zip", "csv", "parquet"} else 1))
        killed += kill_after(start("exporting", store, path, form), steps, chance)
        found = files_of(out)
        assert found in ({}, expected)
        if killed == WANTED:
            break
    assert killed == WANTED
    finish(start("exporting", store, path, form))
    assert files_of(out) == expected
    assert [each.name for each in out.rglob(".*")] == []
