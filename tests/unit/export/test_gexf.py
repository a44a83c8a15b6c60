from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from kg.export import export
from tests.factories import small_graph

NS = "{http://gexf.net/1.3}"


def written(*, projected: bool) -> bytes:
    out = io.BytesIO()
    export(small_graph(), out, "gexf", projected=projected)
    return out.getvalue()


@pytest.mark.parametrize("projected", [False, True])
def test_networkx_reads_the_counts_that_are_told(projected: bool) -> None:
    counts = export(small_graph(), io.BytesIO(), "gexf", projected=projected).counts
    graph = nx.read_gexf(io.BytesIO(written(projected=projected)))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (counts["nodes"], counts["edges"])


def times(tag: str, *, projected: bool) -> dict[str, tuple[str | None, str | None]]:
    root = ET.fromstring(written(projected=projected))
    return {e.get("label"): (e.get("start"), e.get("end")) for e in root.iter(f"{NS}{tag}")}


def test_statement_stands_at_the_day_it_was_made() -> None:
    found = times("node", projected=False)
    assert found["Oil has leaked into the harbour of Tarnby"] == ("2024-03-02", "2024-03-02")
    assert found["why the Coast Agency had waited"] == ("2024-03-06", "2024-03-06")  # the article
    assert found["Ilda Marsh"] == (None, None)  # people have no day


def test_projected_edge_spans_the_days_of_its_statements() -> None:
    assert times("edge", projected=True)["speaksAbout"] == ("2024-03-02", "2024-03-02")
