"""Bytes of no sense into readers, quotation matching and exporters, guided by coverage (atheris).

    python -m benchmarks.fuzz readers|quotations|exporters [-max_total_time=200] [FOLDER]

FOLDER keeps the inputs that reach new code. Ends with a traceback and the input at the first
exception that is not an answer, and at the first output that its own parser refuses. Needs
`pip install atheris`; a short run of the same checks is `tests/unit/test_fuzz.py`.
"""

from __future__ import annotations

import sys
from importlib import import_module

_TARGETS = ("readers", "quotations", "exporters")
# Modules that are imported when they are used; only what is imported below is guided.
_LATE = (
    *("kg.read.articles", "kg.read.text", "kg.read.html", "kg.read.pdf", "kg.read.jsonl"),
    *("kg.read.table", "kg.read.warc", "kg.read.feed", "kg.export.tables", "kg.export.jsonl"),
    *("kg.export.graphml", "kg.export.gexf", "kg.export.jsonld", "kg.export.ftm"),
    *("kg.export.nanopub", "kg.export.webannotation", "kg.export.rdf.graphs"),
)


def main() -> None:
    import atheris

    if len(sys.argv) < 2 or sys.argv[1] not in _TARGETS:
        raise SystemExit(f"name what to fuzz: {', '.join(_TARGETS)}")
    name = sys.argv.pop(1)
    # Our own code guides it; that of the libraries below would take minutes to prepare.
    with atheris.instrument_imports(include=["kg"]):
        for module in _LATE:
            import_module(module)
        checks = import_module("tests.fuzzing").CHECKS
    atheris.Setup(sys.argv, checks[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
