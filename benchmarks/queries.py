"""CPU seconds of the cookbook's queries beside rdflib in memory, on the same graph, in one run.

usage: python -m benchmarks.queries [--articles 1600]

The graph is made from synthetic articles (about 650 triples each) and kept in a store of our own.
*Evaluation*: both sides are open or loaded, all rows are fetched, and a time is the median of three
runs (one where it is longer than two seconds). *Whole
process*: the command `kg query`, start and output included, beside loading the graph into rdflib
and asking there. The ratio of a query is rdflib's time over ours; the last rows are the medians.
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
from pathlib import Path

import rdflib

import kg
from benchmarks.export import cpu, fill
from benchmarks.synthetic import synthetic_view
from kg.export import export
from kg.export.rdf.terms import prefixes
from kg.query import cookbook
from kg.query.engine import run_query
from kg.query.index import Index
from kg.query.rows import Rows
from kg.store import Store

STAND_INS = {"Ramzan Kadyrov": "Ada Arden", "Dmitry Alushkin": "Bo Brandt", "Chechnya": "Tarnby"}
_LONG_S = 2.0
_RUNS = 3


def median_cpu(action: Callable[[], Sized]) -> tuple[float, int]:
    """Median CPU seconds of an action, and the number of rows it gave."""
    times: list[float] = []
    rows = 0
    while len(times) < _RUNS and not (times and times[0] > _LONG_S):
        start = time.process_time()
        rows = len(action())
        times.append(time.process_time() - start)
    return statistics.median(times), rows


def queries() -> dict[str, str]:
    """The cookbook, with names that the synthetic graph has."""
    found = {name: cookbook.query(name) for name in cookbook.names()}
    for theirs, stand_in in STAND_INS.items():
        found = {name: query.replace(theirs, stand_in) for name, query in found.items()}
    return found


class Ours:
    """The ways to ask our graph."""

    def __init__(self, folder: Path) -> None:
        self.graph = kg.open(folder, read_only=True)
        store = self.graph.store
        self._disk = Index(store.index).open()
        self._prefixes = prefixes(store.base)
        self._dataset = self.graph.rdf
        self._copy = self.graph.to_rdflib()
        self._in_memory("ASK {}")

    def ways(self) -> dict[str, Callable[[str], Sized]]:
        """Name to what fetches all rows of a query."""
        return {
            "rdflib over the index on disk": lambda query: list(self._dataset.query(query)),
            "rdflib over the copy in memory": lambda query: list(self._copy.query(query)),
            "`kg query`, index on disk": lambda query: run_query(self._disk, query, self._prefixes),
            "`Graph.sparql`, in memory": self._in_memory,
        }

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
    heads = ["query", "rows", "rdflib in memory, ms", *ways, "`kg query`, whole process"]
    print(f"| {' | '.join(heads)} |")
    print("|" + "---|" * len(heads))
    for name, query in queries().items():
        theirs, expected = median_cpu(lambda q=query: list(memory.query(q)))
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
