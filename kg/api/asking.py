"""Answers to SPARQL for one open graph: in this process, or in one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store import Store

if TYPE_CHECKING:
    from kg.query.index import Index
    from kg.query.live import LiveData
    from kg.query.memory import Dataset
    from kg.query.process import QueryProcess
    from kg.query.rows import Rows


class Asking:
    """What answers the queries of a graph: the index in the state of the store, however asked.

    `process` and `live` are None until something is asked of them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.process: QueryProcess | None = None
        self.live: LiveData | None = None

    def in_process(self, query: str, *, timeout_s: float, in_memory: bool | None) -> Rows:
        """The rows, found in a thread. Raises UsageError and QueryTimeoutError."""
        from kg.query.engine import run_query

        live = self._live_data()
        data = live.get(in_memory=in_memory)
        statistics = live.state.statistics if live.is_on_disk(data) else None
        with live.counted(data):
            return run_query(
                data, query, live.state.prefixes, statistics=statistics, timeout_s=timeout_s
            )

    def rows(self, query: str, *, timeout_s: float, in_memory: bool | None) -> Rows:
        """The rows, found in a process that ends with the time. Raises as `in_process` does."""
        from kg.query.process import QueryProcess

        if self.process is None:
            self.process = QueryProcess()
        state = self._index().state()
        return self.process.rows(state, query, timeout_s=timeout_s, in_memory=in_memory)

    def dataset(self) -> Dataset:
        """The graph as it is now, as rdflib reads it."""
        from kg.query.dataset import read_only_dataset

        return read_only_dataset(self._live_data())

    def close(self) -> None:
        """End the process, and let go of a copy."""
        self.live = None
        if self.process is not None:
            self.process.close()

    def _index(self) -> Index:
        from kg.query.index import Index

        index = Index(self._store.index)
        index.catch_up(self._store)
        return index

    def _live_data(self) -> LiveData:
        """The graph to ask in this process, in the state of the store."""
        from kg.query.live import LiveData

        state = self._index().state()
        if self.live is None or self.live.state != state:
            self.live = None  # never two copies at once
            self.live = LiveData(state)
        return self.live
