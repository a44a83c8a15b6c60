"""CPU seconds of exports, index and queries beside other libraries on the same graph, in one run.

usage: python -m benchmarks.export [--articles 1600] [--query-articles 200]

The graph is made from synthetic articles (about 650 triples each) and kept in a store of our own;
every export below reads it from there. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import rdflib

from benchmarks.synthetic import SyntheticView, synthetic_view
from kg.export import export
from kg.export.elements import Edge, Node, full_elements
from kg.export.graphml import write_graphml
from kg.export.rdf.terms import prefixes
from kg.query import cookbook
from kg.query.engine import run_query
from kg.query.index import Index
from kg.store import Store

STAND_INS = {"Ramzan Kadyrov": "Ada Arden", "Dmitry Alushkin": "Bo Brandt", "Chechnya": "Tarnby"}


def cpu(action: Callable[[], object]) -> float:
    """CPU seconds of an action, all its threads included."""
    start = time.process_time()
    action()
    return time.process_time() - start


def peak_mib() -> int:
    """The most memory that this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def fill(store: Store, view: SyntheticView) -> None:
    """Put the graph into a store."""
    for run in view.runs():
        store.save_run(run)
    for article, annotation in view.annotated():
        store.add(article)
        store.put(article, annotation)
    store.save_resolution(view.entities(), ())
    store.save_claim_links(view.claim_links())


class Table:
    """Rows of a Markdown table; ratios are to the row that was named."""

    def __init__(self) -> None:
        print("| what | CPU s | ratio |\n|---|---|---|")

    def row(self, what: str, seconds: float, ratio: float | None = None) -> None:
        shown = "" if ratio is None else f"{ratio:.1f}"
        print(f"| {what} | {seconds:.2f} | {shown} |", flush=True)


def measure_rdf(table: Table, store: Store, folder: Path) -> None:
    """Turtle and the index, beside rdflib and Oxigraph."""
    turtle, nt, trig = folder / "g.ttl", folder / "g.nt", folder / "g.trig"
    before = peak_mib()
    counts: list[int] = []
    ours = cpu(lambda: counts.extend(export(store, turtle, "turtle").counts.values()))
    print(f"<!-- {counts[0]:,} triples; Turtle export added {peak_mib() - before} MiB -->")
    table.row("Turtle, ours, from the store", ours)
    export(store, nt, "nt")
    export(store, trig, "trig")

    index = Index(store.index)
    built = cpu(lambda: index.rebuild(store))
    own = ox.Store(str(folder / "own"))
    bulk = cpu(lambda: own.bulk_load(path=str(trig)))
    table.row("Index from the store / Oxigraph's bulk load of the file", built, built / bulk)
    dumped = cpu(lambda: own.dump(str(folder / "dump.trig"), ox.RdfFormat.TRIG))
    table.row("TriG, Oxigraph's dump from disk / ours", dumped, dumped / ours)

    graph = rdflib.Graph().parse(nt, format="nt")
    theirs = cpu(lambda: graph.serialize(str(folder / "theirs.ttl"), format="turtle"))
    table.row("Turtle, rdflib's serializer / ours", theirs, theirs / ours)


def measure_graphml(table: Table, store: Store, folder: Path) -> None:
    """GraphML of the same nodes and edges, beside networkx's writer."""

    def write(found: Iterable[Node | Edge]) -> None:
        with (folder / "ours.graphml").open("wb") as out:
            write_graphml(found, out)

    before = peak_mib()
    table.row("GraphML, ours, from the store", cpu(lambda: write(full_elements(store))))
    print(f"<!-- GraphML added {peak_mib() - before} MiB -->")
    held = list(full_elements(store))
    ours = cpu(lambda: write(held))
    graph = nx.MultiDiGraph()
    for element in held:
        if isinstance(element, Node):
            graph.add_node(element.id, label=element.label, **element.attributes)
        else:
            graph.add_edge(
                element.source,
                element.target,
                label=element.label,
                weight=element.weight,
                **element.attributes,
            )
    table.row(
        f"GraphML, ours, the writer alone, {len(graph):,} nodes, {graph.size():,} edges", ours
    )
    path = folder / "theirs.graphml"
    theirs = cpu(lambda: nx.write_graphml_xml(graph, path))
    table.row("GraphML, networkx's writer / ours", theirs, theirs / ours)
    with_lxml = cpu(lambda: nx.write_graphml_lxml(graph, path))
    table.row("GraphML, networkx's writer with lxml / ours", with_lxml, with_lxml / ours)


def measure_queries(table: Table, articles: int, folder: Path) -> None:
    """The cookbook's queries: rdflib in memory, rdflib over the index, and ours."""
    with Store.open(folder / "kg-queries", create=True) as store:
        fill(store, synthetic_view(articles))
        index = Index(store.index)
        index.rebuild(store)
        out = io.BytesIO()
        export(store, out, "trig")
        memory = rdflib.Dataset(default_union=True).parse(data=out.getvalue(), format="trig")
        disk, dataset, names = index.open(), index.dataset(), prefixes(store.base)
        times: list[tuple[float, float, float]] = []
        for name in cookbook.names():
            query = cookbook.query(name)
            for theirs, stand_in in STAND_INS.items():
                query = query.replace(theirs, stand_in)
            slow = cpu(lambda q=query: list(memory.query(q)))
            through = _best(lambda q=query: list(dataset.query(q)))
            direct = _best(lambda q=query: run_query(disk, q, names))
            times.append((slow, through, direct))
    slow, through, direct = (sum(column) for column in zip(*times, strict=True))
    median = statistics.median
    table.row(f"20 queries, rdflib in memory, {len(memory):,} triples", slow)
    table.row(
        "20 queries, rdflib over our index (median ratio)",
        through,
        median(a / b for a, b, _ in times),
    )
    table.row("20 queries, kg query (median ratio)", direct, median(a / c for a, _, c in times))


def _best(action: Callable[[], Iterable[object]]) -> float:
    return min(cpu(action) for _ in range(3))


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1600)
    parser.add_argument("--query-articles", type=int, default=200)
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_queries(table, arguments.query_articles, folder)
        with Store.open(folder / "kg", create=True) as store:
            fill(store, synthetic_view(arguments.articles))
            measure_graphml(table, store, folder)
            measure_rdf(table, store, folder)


if __name__ == "__main__":
    main()
