"""An export in a process of its own, for tests that end it: STORE OUT FORMAT."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.export import export
from kg.model import Annotation, Article
from kg.store import Store


class Telling(Store):
    """A store that tells of each article that is read from it."""

    def annotated(self) -> Iterator[tuple[Article, Annotation]]:
        for pair in super().annotated():
            sys.stdout.write("article\n")
            sys.stdout.flush()
            yield pair


def main(store_folder: str, out: str, form: str) -> None:
    with Telling.open(Path(store_folder), read_only=True) as store:
        export(store, Path(out), form)


if __name__ == "__main__":
    main(*sys.argv[1:])
