"""`docs/seed.svg` is what the committed GraphML of the seed article looks like.

`KG_UPDATE_GOLDEN=1 pytest tests/golden` draws it again after a change that is meant.
"""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx

from tests.picture import draw

ROOT = Path(__file__).resolve().parents[2]
GRAPH = ROOT / "exports" / "seed.graphml"
PICTURE = ROOT / "docs" / "seed.svg"


def test_the_picture_is_drawn_from_the_export() -> None:
    drawn = draw(GRAPH)
    if os.environ.get("KG_UPDATE_GOLDEN"):
        PICTURE.write_text(drawn, encoding="utf-8")
    is_same = drawn == PICTURE.read_text(encoding="utf-8")
    assert is_same, "the export has changed: KG_UPDATE_GOLDEN=1 pytest tests/golden"


def test_the_picture_shows_every_statement_and_every_denial() -> None:
    graph = nx.read_graphml(GRAPH, force_multigraph=True)
    statements = [data for _, data in graph.nodes(data=True) if data["kind"] == "statement"]
    denials = [
        data
        for data in statements
        if data["stance"] == "denies" or data.get("polarity") == "negative"
    ]
    cards = [
        one
        for one in ElementTree.fromstring(draw(GRAPH)).iter("{http://www.w3.org/2000/svg}rect")
        if one.get("rx") == "6"
    ]
    assert len(cards) == len(statements) > 10
    assert len([one for one in cards if one.get("stroke-dasharray")]) == len(denials) > 2


def test_the_picture_stands_in_the_readme() -> None:
    assert "(docs/seed.svg)" in (ROOT / "README.md").read_text(encoding="utf-8")
