"""Asks queries of one of our exports with rdflib, in a process that gives its memory back.

`python rdflib_client.py FILE.nq QUERIES.json` writes the rows of each query, in JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rdflib import Dataset


def rows(file: str, queries: str) -> dict[str, list[list[str]]]:
    """The texts of the terms, empty where there is none."""
    dataset = Dataset(default_union=True).parse(file, format="nquads")
    return {
        name: [["" if term is None else str(term) for term in row] for row in dataset.query(query)]
        for name, query in json.loads(Path(queries).read_text()).items()
    }


if __name__ == "__main__":
    json.dump(rows(*sys.argv[1:]), sys.stdout)
