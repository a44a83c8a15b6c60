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
_LATE = ("articles", "text", "html", "pdf", "jsonl", "table", "warc", "feed")


def main() -> None:
    import atheris

    if len(sys.argv) < 2 or sys.argv[1] not in _TARGETS:
        raise SystemExit(f"name what to fuzz: {', '.join(_TARGETS)}")
    name = sys.argv.pop(1)
    # Our own code guides it; that of the libraries below would take minutes to prepare.
    with atheris.instrument_imports(include=["kg"]):
        for module in _LATE:
            import_module(f"kg.read.{module}")
        checks = import_module("tests.fuzzing").CHECKS
    atheris.Setup(sys.argv, checks[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
