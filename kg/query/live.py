"""One state of the graph for any number of questions in this process: on disk, later in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pyoxigraph as ox

from kg.query.copying import Spending
from kg.query.memory import copy_of
from kg.query.state import IndexState, open_state

_T = TypeVar("_T")


class LiveData:
    """The data set of Oxigraph to ask: the index on disk until a copy in memory pays.

    What is answered stays the same: a copy is made of this state or not at all. For several
    threads. Raises StoreError if the index cannot be read.
    """

    def __init__(self, state: IndexState) -> None:
        self.state = state
        self._disk = open_state(state)
        self._copy: ox.Store | None = None
        self._spending = Spending()
        self._lock = threading.Lock()

    @property
    def is_in_memory(self) -> bool:
        """True once there is a copy."""
        return self._copy is not None

    def get(self, *, in_memory: bool | None = None) -> ox.Store:
        """The data set to ask now; None takes the copy as soon as it pays, which then is made."""
        if in_memory is False:
            return self._disk
        with self._lock:
            if self._copy is None and (in_memory or self._spending.pays_for_copy(self.state)):
                self._copy = copy_of(self.state.folder, self.state.change)
                self._spending.start_again()
        return self._disk if self._copy is None else self._copy

    def is_on_disk(self, data: ox.Store) -> bool:
        """True of the data set that `get` gives before there is a copy."""
        return data is self._disk

    @contextmanager
    def counted(self, data: ox.Store) -> Iterator[None]:
        """The time that the block takes is counted, if the data set is that on disk."""
        start = time.perf_counter()
        try:
            yield
        finally:
            if self.is_on_disk(data):
                self._spending.add(self.state, time.perf_counter() - start)

    def each_counted(self, data: ox.Store, lazy: Iterable[_T]) -> Iterator[_T]:
        """The same for what is found while it is taken."""
        if not self.is_on_disk(data):
            yield from lazy
            return
        start = time.perf_counter()
        for found in lazy:
            self._spending.add(self.state, time.perf_counter() - start)
            yield found
            start = time.perf_counter()
        self._spending.add(self.state, time.perf_counter() - start)
