"""A build in a process of its own, for tests that end it: `python -m tests.building STORE INPUT`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from kg.pipeline import BuildOptions, Progress, build
from kg.read import ReadOptions
from kg.store import Store
from tests.annotating import PlainAnnotator


def tell(step: Progress) -> None:
    sys.stdout.write(f"{step.stage} {step.done}\n")
    sys.stdout.flush()


def main(store_folder: str, inputs: str, jobs: str) -> int:
    options = BuildOptions(ReadOptions(language=None), jobs=int(jobs))
    try:
        with Store.open(Path(store_folder), create=True) as store:
            factory = partial(PlainAnnotator, "crash")
            build(store, [inputs], options, annotator=factory, progress=tell)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
