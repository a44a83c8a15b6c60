"""The cookbook's queries on the small graph: its people stand in for those of the queries."""

from __future__ import annotations

from kg.query.cookbook import query

STAND_INS = {
    "Ramzan Kadyrov": "Ilda Marsh",
    "Dmitry Alushkin": "Ilda Marsh",
    "Chechnya": "Tarnby",
    "2017-05-05": "2024-03-05",
}

ROWS = {
    "01-said-by-a-person": 5,
    "02-contradictions": 1,
    "03-most-quoted": 5,
    "04-third-hand": 1,
    "05-sources-on-a-place-before-a-date": 2,
    "06-denials": 4,
    "07-who-speaks-about-whom": 4,
    "08-who-speaks-for-whom": 1,
    "09-no-comment": 1,
    "10-mentions-with-offsets": 4,
    "11-graphs-and-runs": 4,
    "12-roles": 2,
    "13-names-of-an-entity": 2,
    "14-timeline": 2,
    "15-promises-and-demands": 1,
    "16-quotations": 2,
    "17-disputed-topics": 1,
    "18-least-sure": 8,
    "19-unnamed-sources": 1,
    "20-in-several-articles": 3,
}
"""How many rows each query has on the small graph."""


def query_for_small_graph(name: str) -> str:
    """A query of the cookbook with the names of the small graph."""
    text = query(name)
    for theirs, ours in STAND_INS.items():
        text = text.replace(theirs, ours)
    return text
