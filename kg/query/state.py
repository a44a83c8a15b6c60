"""One state of the SPARQL index, as those know it who ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError


@dataclass(frozen=True, slots=True)
class IndexState:
    """Where a state of the index lies, and what it holds; another state is another folder."""

    folder: Path
    """The data set of Oxigraph, to be opened read-only."""
    change: int
    """The number of the last change of the store that is in it."""
    triples: int
    """How many there are, all graphs together."""
    prefixes: Mapping[str, str]
    """What is bound in queries."""


def open_state(state: IndexState) -> ox.Store:
    """The data set on disk, read-only; it stays as it is. Raises StoreError."""
    try:
        return ox.Store.read_only(str(state.folder))
    except OSError as error:
        raise StoreError(f"the SPARQL index cannot be read: {error}") from error
