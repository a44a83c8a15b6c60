"""Exact bytes of every export of the small graph. `KG_UPDATE_GOLDEN=1 pytest tests/golden` rewrites
the files after a change that is meant; the diff is then part of the review."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from kg.export import export
from tests.factories import small_graph

HERE = Path(__file__).parent

FILES = {
    "small.ttl": ("turtle", False),
    "small.nt": ("nt", False),
    "small.trig": ("trig", False),
    "small.nq": ("nquads", False),
    "small.jsonld": ("jsonld", False),
    "small.graphml": ("graphml", False),
    "small.projected.graphml": ("graphml", True),
    "small.gexf": ("gexf", False),
    "small.projected.gexf": ("gexf", True),
    "small.csv": ("csv", False),
    "small.ftm.json": ("ftm", False),
    "small.anno.json": ("webannotation", False),
    "small.nanopub.trig": ("nanopub", False),
    "small.jsonl": ("jsonl", False),
}


@pytest.mark.parametrize("name", FILES)
def test_export_is_the_golden_file(name: str) -> None:
    form, projected = FILES[name]
    out = io.BytesIO()
    export(small_graph(), out, form, projected=projected)
    golden = HERE / name
    if os.environ.get("KG_UPDATE_GOLDEN"):
        golden.write_bytes(out.getvalue())
    assert out.getvalue() == golden.read_bytes()
