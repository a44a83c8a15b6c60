"""One state of the SPARQL index, as those know it who ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.query.statistics import Statistics


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
    statistics: Statistics = field(default_factory=Statistics)
    """About how often each predicate is in it; empty if an older version made the index."""


def open_state(state: IndexState) -> ox.Store:
    """The data set on disk, read-only; it stays as it is. Raises StoreError."""
    try:
        return ox.Store.read_only(str(state.folder))
    except OSError as error:
        raise StoreError(f"the SPARQL index cannot be read: {error}") from error
