"""CPU seconds of the cookbook's queries beside rdflib in memory, on the same graph, in one run.

usage: python -m benchmarks.queries [--articles 1600]

The graph is made from synthetic articles (about 650 triples each) and kept in a store of our own.
*Evaluation*: both sides are open or loaded, all rows are fetched, and a time is the median of three
runs (one where it is longer than two seconds, many together where it is shorter than 50 ms). *Whole
process*: the command `kg query`, start and output included, beside loading the graph into rdflib
and asking there. The ratio of a query is rdflib's time over ours; the last rows are the medians.

*Sessions* ask the twenty queries once, one after the other, of a graph that was just opened, as
`graph.rdf` and `Graph.sparql` do it unless they are told otherwise: on disk, until a copy in memory
pays, which is then made. Their time has all of it, the copy too; *after its session* are the same
ways once they have the copy.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sized
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import rdflib

import kg
from benchmarks.export import cpu, fill
from benchmarks.synthetic import synthetic_view
from kg.export import export
from kg.export.rdf.terms import prefixes
from kg.query import cookbook
from kg.query.dataset import read_only_dataset
from kg.query.engine import run_query
from kg.query.index import Index
from kg.query.live import LiveData
from kg.query.rows import Rows
from kg.store import Store

STAND_INS = {"Ramzan Kadyrov": "Ada Arden", "Dmitry Alushkin": "Bo Brandt", "Chechnya": "Tarnby"}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_LONG_S = 2.0
_SHORT_S = 0.05
_RUNS = 3


def cpu_s() -> float:
    """CPU seconds of this process and of the children that it has now."""
    ran = 0
    for child in _words("self", "children"):
        ran += sum(int(ns) for ns in _words(child, "schedstat")[::3])
    return time.process_time() + ran / 1e9


def _words(process: str, file: str) -> list[str]:
    """The words of a file that each thread of a process has in /proc."""
    found: list[str] = []
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):  # it has ended
            found += (thread / file).read_text().split()
    return found


def median_cpu(action: Callable[[], Sized]) -> tuple[float, int]:
    """Median CPU seconds of an action, and the number of rows it gave.

    A short action is measured many times at once: to read the clocks of all processes takes as long
    as a query that finds nothing.
    """
    start = cpu_s()
    rows = len(action())
    first = cpu_s() - start
    if first > _LONG_S:
        return first, rows
    repeats = max(1, round(_SHORT_S / first))
    times = []
    for _ in range(_RUNS):
        start = cpu_s()
        for _ in range(repeats):
            action()
        times.append((cpu_s() - start) / repeats)
    return statistics.median(times), rows


def queries() -> dict[str, str]:
    """The cookbook, with names that the synthetic graph has."""
    found = {name: cookbook.query(name) for name in cookbook.names()}
    for theirs, stand_in in STAND_INS.items():
        found = {name: query.replace(theirs, stand_in) for name, query in found.items()}
    return found


class OnDisk(LiveData):
    """What never pays for a copy."""

    def get(self, *, in_memory: bool | None = None) -> ox.Store:  # noqa: ARG002 - it stays there
        return super().get(in_memory=False)


class Session:
    """A graph that was just opened, asked in the default way."""

    def __init__(self, folder: Path, way: str) -> None:
        self.graph = kg.open(folder, read_only=True)
        self._way = way
        self._dataset: rdflib.Dataset | None = None
        self.seconds = 0.0
        """CPU time of one pass over the queries, copy included."""
        self.on_disk = 0
        """How many of them were answered before the copy was; 0 if all."""

    def ask(self, query: str) -> Sized:
        if self._way == "graph.rdf":
            if self._dataset is None:
                self._dataset = self.graph.rdf
            return list(self._dataset.query(query))
        return self.graph.sparql(query)

    def is_in_memory(self) -> bool:
        live, queries = self.graph._asking.live, self.graph._asking.process
        in_process = live is not None and live.is_in_memory
        return in_process or (queries is not None and queries._copied is not None)

    def run(self) -> None:
        start = cpu_s()
        for number, query in enumerate(queries().values(), 1):
            self.ask(query)
            if not self.on_disk and self.is_in_memory():
                self.on_disk = number - 1
        self.ask("ASK {}")  # a copy that was begun after the last answer is waited for
        self.seconds = cpu_s() - start
        while not self.is_in_memory():
            self.ask(COUNT)


class Ours:
    """The ways to ask our graph."""

    def __init__(self, folder: Path) -> None:
        self.sessions = {way: Session(folder, way) for way in ("graph.rdf", "Graph.sparql")}
        for session in self.sessions.values():
            session.run()
        self.graph = kg.open(folder, read_only=True)
        store = self.graph.store
        self._disk = Index(store.index).open()
        self._prefixes = prefixes(store.base)
        self._statistics = Index(store.index).state().statistics
        self._dataset = read_only_dataset(OnDisk(Index(store.index).state()))
        self._copy = self.graph.to_rdflib()
        self._in_memory("ASK {}")

    def ways(self) -> dict[str, Callable[[str], Sized]]:
        """Name to what fetches all rows of a query."""
        return {
            "rdflib over the index on disk": lambda query: list(self._dataset.query(query)),
            "rdflib over the copy in memory": lambda query: list(self._copy.query(query)),
            "`kg query`, index on disk": self._on_disk,
            "`Graph.sparql`, in memory": self._in_memory,
            **{
                f"`{way}`, after its session": session.ask for way, session in self.sessions.items()
            },
        }

    def _on_disk(self, query: str) -> Rows:
        return run_query(self._disk, query, self._prefixes, statistics=self._statistics)

    def _in_memory(self, query: str) -> Rows:
        return self.graph.sparql(query, in_process=True, in_memory=True)


def command_cpu(*arguments: str) -> float:
    """CPU seconds of a `kg` command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(folder: Path, memory: rdflib.Dataset, loading: float) -> None:
    """Print a row for each query and the medians."""
    ours = Ours(folder)
    ways = ours.ways()
    ratios: dict[str, list[float]] = {name: [] for name in ways} | {"whole": []}
    in_all = 0.0
    heads = ["query", "rows", "rdflib in memory, ms", *ways, "`kg query`, whole process"]
    print(f"| {' | '.join(heads)} |")
    print("|" + "---|" * len(heads))
    for name, query in queries().items():
        theirs, expected = median_cpu(lambda q=query: list(memory.query(q)))
        in_all += theirs
        cells = []
        for way, ask in ways.items():
            seconds, rows = median_cpu(lambda q=query, a=ask: a(q))
            assert rows == expected, f"{name}: {rows} rows, not {expected}"
            ratios[way].append(theirs / seconds)
            cells.append(f"{1000 * seconds:.1f} ({theirs / seconds:.1f}x)")
        whole = command_cpu("--store", str(folder), "query", "-e", query, "--format", "csv")
        ratios["whole"].append((loading + theirs) / whole)
        cells.append(f"{1000 * whole:.0f} ({ratios['whole'][-1]:.0f}x)")
        print(f"| {name} | {expected} | {1000 * theirs:.1f} | {' | '.join(cells)} |", flush=True)
    medians = [f"**{statistics.median(found):.1f}x**" for found in ratios.values()]
    print(f"| median | | | {' | '.join(medians)} |")
    print(f"\nA session; rdflib in memory: {in_all:.1f} s, and {loading:.1f} s to load the graph.")
    for way, session in ours.sessions.items():
        evaluated, whole = in_all / session.seconds, (in_all + loading) / session.seconds
        print(
            f"- `{way}`: {session.seconds:.1f} s, {session.on_disk or 'all'} queries on disk"
            f" ({evaluated:.1f}x; with loading {whole:.1f}x)"
        )
        session.graph.close()
    ours.graph.close()


def main() -> None:
    """Build the graph, load it on both sides, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1600)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, trig = Path(name) / "kg", Path(name) / "graph.trig"
        with Store.open(folder, create=True) as store:
            fill(store, synthetic_view(arguments.articles))
            Index(store.index).rebuild(store)
            export(store, trig, "trig")
        memory = rdflib.Dataset(default_union=True)
        loading = cpu(lambda: memory.parse(trig, format="trig"))
        gc.freeze()  # rdflib's millions of objects: no walk through them while others are measured
        memory.query("ASK {}")
        print(f"{len(memory):,} triples; rdflib took {loading:.1f} s to load them")
        start = statistics.median(
            command_cpu("--store", str(folder), "query", "-e", "ASK {}") for _ in range(5)
        )
        plain = statistics.median(command_cpu("--help") for _ in range(5))
        print(
            f"start of `kg query`: {1000 * start:.0f} ms; of `kg --help`: {1000 * plain:.0f} ms\n"
        )
        measure(folder, memory, loading)


if __name__ == "__main__":
    main()
