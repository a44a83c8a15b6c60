"""Peak memory of every export and of the index, on a graph and on one ten times as large.

usage: python -m benchmarks.memory [--articles 1600] [--formats turtle graphml ...]

Each export runs in a process of its own, from a store on disk. Prints a Markdown table in MiB:
what a process needs that opens the store and writes nothing is shown first.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.export import export
from kg.export.formats import FORMATS
from kg.query.index import Index
from kg.store import Store

_NOTHING, _INDEX = "nothing", "index"


def peak_mib(folder: Path, format_: str) -> int:
    """The most memory that a process has which writes one export of the store in the folder."""
    command = [sys.executable, "-m", "benchmarks.memory", "--export", format_, str(folder)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def write(folder: Path, name: str) -> None:
    """Write one export and print the most memory that it took, in MiB."""
    format_, _, view = name.partition(" ")
    with Store.open(folder, read_only=True) as store, tempfile.TemporaryDirectory() as out:
        next(store.articles())
        if format_ == _INDEX:
            Index(store.index).rebuild(store)
        elif format_ != _NOTHING:
            export(store, Path(out) / "out", format_, projected=view == "projected")
    # Not getrusage: its maximum counts the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    print(int(found[1]) // 1024)


def main() -> None:
    """Build both stores and measure, or (with --export) write one export."""
    names = [_NOTHING, _INDEX, *FORMATS, "graphml projected", "gexf projected"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1600)
    parser.add_argument("--formats", nargs="+", default=names)
    parser.add_argument("--export", nargs=2, metavar=("FORMAT", "STORE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.export:
        write(Path(arguments.export[1]), arguments.export[0])
        return
    with tempfile.TemporaryDirectory() as name:
        folders = _fill(Path(name), arguments.articles)
        print("| format | a tenth, MiB | the whole, MiB | grows by |\n|---|---|---|---|")
        for format_ in arguments.formats:
            small, large = (peak_mib(folder, format_) for folder in folders)
            print(f"| {format_} | {small} | {large} | {large - small} |", flush=True)


def _fill(folder: Path, articles: int) -> list[Path]:
    from benchmarks.export import fill
    from benchmarks.synthetic import synthetic_view

    folders = [folder / "small", folder / "large"]
    for store_folder, count in zip(folders, (articles // 10, articles), strict=True):
        with Store.open(store_folder, create=True) as store:
            fill(store, synthetic_view(count))
    return folders


if __name__ == "__main__":
    main()
