"""Corrections in a process of its own, for tests that end it: STORE FIRST COUNT."""

from __future__ import annotations

import sys

import kg


def main(store_folder: str, first: int, count: int) -> None:
    """Rename and retype entities in turn, one decision a line told."""
    with kg.open(store_folder) as graph:
        for number in range(first, first + count):
            corrections = graph.corrections(who="tester", why=f"test {number}")
            entities = sorted(each.id for each in graph.entities())
            chosen = entities[number % len(entities)]
            if number % 3:
                corrections.rename(chosen, f"Name {number}")
            else:
                corrections.retype(chosen, "organisation" if number % 2 else "person")
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
