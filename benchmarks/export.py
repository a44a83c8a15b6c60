"""CPU seconds of exports and of the index beside other libraries on the same graph, in one run.

usage: python -m benchmarks.export [--articles 1600] [--graphml-articles 13850]

The graph is made from synthetic articles (about 650 triples each) and kept in a store of our own;
every export reads it from there. The writers of GraphML are compared on a larger one, which both
hold in memory. Prints a Markdown table. `benchmarks.queries` does the same for queries.
"""

from __future__ import annotations

import argparse
import gc
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
from kg.export.elements import Edge, Node
from kg.export.full import full_elements
from kg.export.graphml import write_graphml
from kg.query.index import Index
from kg.store import Store


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
    """GraphML from the store."""
    before = peak_mib()
    with (folder / "ours.graphml").open("wb") as out:
        seconds = cpu(lambda: write_graphml(full_elements(store), out))
    table.row("GraphML, ours, from the store", seconds)
    print(f"<!-- GraphML added {peak_mib() - before} MiB -->")


def measure_graphml_writers(table: Table, articles: int, folder: Path) -> None:
    """The writer of GraphML alone beside networkx's, on the same nodes and edges in memory."""
    held = list(full_elements(synthetic_view(articles)))
    graph = networkx_graph(held)
    gc.freeze()  # millions of objects: no walk through them while one of the writers is measured

    def write() -> None:
        with (folder / "ours.graphml").open("wb") as out:
            write_graphml(held, out)

    ours = statistics.median(cpu(write) for _ in range(3))
    table.row(f"GraphML, ours, {len(graph):,} nodes and {graph.size():,} edges", ours)
    path = folder / "theirs.graphml"
    before = peak_mib()
    with_lxml = cpu(lambda: nx.write_graphml_lxml(graph, path))
    table.row("GraphML, networkx's writer (with lxml) / ours", with_lxml, with_lxml / ours)
    plain = cpu(lambda: nx.write_graphml_xml(graph, path))
    table.row("GraphML, networkx's writer (without) / ours", plain, plain / ours)
    print(f"<!-- networkx's writers added {peak_mib() - before} MiB -->")


def networkx_graph(held: Iterable[Node | Edge]) -> nx.MultiDiGraph:
    """The nodes and edges as networkx holds them."""
    graph = nx.MultiDiGraph()
    for element in held:
        named = {"label": element.label, **element.attributes}
        if isinstance(element, Node):
            graph.add_node(element.id, **named)
        else:
            graph.add_edge(element.source, element.target, weight=element.weight, **named)
    return graph


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1600)
    parser.add_argument("--graphml-articles", type=int, default=13850)
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "kg", create=True) as store:
            fill(store, synthetic_view(arguments.articles))
            measure_graphml(table, store, folder)
            measure_rdf(table, store, folder)
        measure_graphml_writers(table, arguments.graphml_articles, folder)


if __name__ == "__main__":
    main()
