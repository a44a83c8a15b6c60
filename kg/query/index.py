"""The SPARQL index: an Oxigraph data set on disk, derived from the store and never written else.

It carries the number of the last change it has seen, catches up when it is behind, and can be
deleted at any time. Each state is a folder of its own, to which a small file points, so that
readers never meet a half-written one.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.export.rdf.graphs import (
    ENTITIES,
    LINKS,
    RUNS,
    GraphNodes,
    article_graph,
    article_graphs,
    graphs,
    shared_graphs,
)
from kg.export.rdf.terms import prefixes
from kg.export.target import hold, whole_file
from kg.query.state import IndexState, open_state
from kg.query.statistics import Statistics, count
from kg.query.stream import bulk_load
from kg.spill import Sorter
from kg.store import Changes, Store
from kg.vocabulary import KG, PROV, RDF

_LAYOUT = 2
"""Raised when the triples of a graph change, so that older indexes are built again."""
_POINTER = "current.json"
_MAKING = "making-"
_MAX_CHANGED_SHARE = 0.5
_MAX_GROWTH = 2
"""Of the index until it is counted again; what planning compares grows alike meanwhile."""
_BYTES_A_TRIPLE = 250
"""On disk; found between 165 and 310."""


@dataclass(frozen=True, slots=True)
class _State:
    """What the pointer says."""

    layout: int
    base: str
    change: int
    articles: int
    folder: str
    triples: int | None = None
    """All graphs together; older indexes do not say."""
    statistics: Statistics | None = None
    """Counted when the index was built, or since it has doubled; older indexes have none."""

    @classmethod
    def read(cls, text: bytes) -> _State:
        """What `asdict` and JSON made of a state. Raises ValueError or TypeError."""
        fields = json.loads(text)
        if fields.get("statistics") is not None:
            fields["statistics"] = Statistics(**fields["statistics"])
        return cls(**fields)


class Index:
    """The SPARQL index of one store, in the folder `store.index`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def change(self) -> int | None:
        """The number of the last change of the store that it has seen; None if there is none."""
        state = self._state()
        return None if state is None else state.change

    def catch_up(self, store: Store) -> bool:
        """Bring the index to the state of the store; True if there was anything to do.

        What has changed is written again, or all of it where that is quicker. Raises StoreError if
        the disk does not allow it.
        """
        state = self._state()
        if state is None or state.base != store.base or state.change > store.change:
            self.rebuild(store)
            return True
        if state.change == store.change:
            return False
        changes = store.changes_since(state.change)
        touched = len(changes.articles) + len(changes.removed)
        if touched > _MAX_CHANGED_SHARE * state.articles:
            self.rebuild(store)
        else:
            self._apply(store, changes)
        return True

    def rebuild(self, store: Store) -> None:
        """Write the index anew. Raises StoreError if the disk does not allow it."""
        change = store.change
        with self._new_state(change) as folder:
            data = ox.Store(str(folder))
            triples = bulk_load(data, store.base, graphs(store))
            # One sorted run instead of one a million quads: a quarter to a third less for a query.
            data.optimize()
            data.flush()
            known = (_LAYOUT, store.base, change, _count(store), folder.name)
            self._publish(_State(*known, triples, count(data)))

    def open(self) -> ox.Store:
        """The data set, read-only; it stays as it is now. Raises StoreError if there is none."""
        return open_state(self.state())

    def state(self) -> IndexState:
        """What is there now. Raises StoreError if there is no index."""
        state = self._known_state()
        folder = self.folder / state.folder
        triples = _estimate(folder) if state.triples is None else state.triples
        bound = {"rdf": RDF, **prefixes(state.base)}
        return IndexState(folder, state.change, triples, bound, state.statistics or Statistics())

    def delete(self) -> None:
        """Remove the index; nothing is lost but the time to build it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _apply(self, store: Store, changes: Changes) -> None:
        with self._new_state(changes.number) as folder:
            # A backup links the files instead of copying them: cheap, and readers keep theirs.
            folder.rmdir()
            self.open().backup(str(folder))
            data = ox.Store(str(folder))
            update = _Update(data, store)
            update.remove_articles((*changes.articles, *changes.removed))
            update.add_articles(changes.articles)
            update.replace_shared()
            data.flush()
            known = (_LAYOUT, store.base, changes.number, _count(store), folder.name)
            triples = len(data)  # which Oxigraph counts one by one
            self._publish(_State(*known, triples, self._statistics(data, triples)))

    def _statistics(self, data: ox.Store, triples: int) -> Statistics:
        """Those of the state before, while they are about right."""
        before = self._known_state().statistics
        if before is None or triples > _MAX_GROWTH * before.triples:
            return count(data)
        return before

    def _known_state(self) -> _State:
        state = self._state()
        if state is None:
            raise StoreError(f"no SPARQL index in '{self.folder}'. Make one with: kg build INPUT")
        return state

    def _state(self) -> _State | None:
        """What the pointer says; None if it, or what it points to, is missing or of older kind."""
        try:
            state = _State.read((self.folder / _POINTER).read_bytes())
        except (OSError, ValueError, TypeError):
            return None
        is_usable = state.layout == _LAYOUT and (self.folder / state.folder).is_dir()
        return state if is_usable else None

    @contextmanager
    def _new_state(self, change: int) -> Iterator[Path]:
        """A folder for a state in the making, gone if the block raises.

        A file beside it is locked meanwhile, so that the next process knows what a kill left.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            folder = Path(tempfile.mkdtemp(prefix=_state_name(change), dir=self.folder))
            marker = (self.folder / f"{_MAKING}{folder.name}").open("wb")
        except OSError as error:
            raise StoreError(f"the SPARQL index cannot be written: {error}") from error
        with marker:
            hold(marker.fileno())
            try:
                yield folder
            except BaseException as error:
                shutil.rmtree(folder, ignore_errors=True)
                if isinstance(error, OSError):
                    message = f"the SPARQL index cannot be written: {error}"
                    raise StoreError(message) from error
                raise
            finally:
                Path(marker.name).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove the states whose makers were killed."""
        current = self._state()
        for marker in self.folder.glob(f"{_MAKING}*"):
            with suppress(OSError), marker.open("rb") as file:
                if hold(file.fileno()):
                    name = marker.name.removeprefix(_MAKING)
                    if current is None or current.folder != name:
                        shutil.rmtree(self.folder / name, ignore_errors=True)
                    marker.unlink()

    def _publish(self, state: _State) -> None:
        before = self._state()
        with whole_file(self.folder / _POINTER) as out:
            out.write(json.dumps(asdict(state)).encode())
        # Those who still read the state before keep it; newer ones are in the making elsewhere.
        oldest = _state_name(min(state.change, (before or state).change))
        for old in self.folder.glob("state-*"):
            if old.name < oldest:
                shutil.rmtree(old, ignore_errors=True)


def _estimate(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.sst")) // _BYTES_A_TRIPLE


def _count(store: Store) -> int:
    return sum(1 for _ in store.articles())


def _state_name(change: int) -> str:
    return f"state-{change:012d}-"


class _Update:
    """Brings a copy of an older state to that of the store."""

    def __init__(self, data: ox.Store, store: Store) -> None:
        self._data = data
        self._store = store
        self._prefixes = prefixes(store.base)
        self._runs = self._node(RUNS)

    def remove_articles(self, articles: Iterable[str]) -> None:
        """Take out the graphs of the articles and what says where these came from."""
        used = ox.NamedNode(f"{PROV}used")
        for article in articles:
            graph = self._node(article_graph(article))
            self._data.remove_graph(graph)
            self._remove(graph, None, None, self._runs)
            self._remove(None, used, self._node(f"art:{article}"), self._runs)

    def add_articles(self, articles: Iterable[str]) -> None:
        """Write the graphs of the articles."""
        store = self._store

        def pieces() -> Iterator[GraphNodes]:
            for id_ in articles:
                yield from article_graphs(store, store.article(id_), store.annotation(id_))

        bulk_load(self._data, store.base, pieces())

    def replace_shared(self) -> None:
        """Write entities, links and runs again."""
        for graph in (ENTITIES, LINKS):
            self._data.remove_graph(self._node(graph))
            self._remove(self._node(graph), None, None, self._runs)
        self._remove_old_runs()
        with Sorter() as speakers, Sorter() as relations:
            for speaker in self._speakers():
                speakers.add((speaker,))
            for relation in self._relations():
                relations.add(relation)
            pieces = shared_graphs(self._store, speakers, relations)
            bulk_load(self._data, self._store.base, pieces)

    def _remove_old_runs(self) -> None:
        kinds = ox.NamedNode(f"{RDF}type")
        known = {self._node(f"run:{run.id}") for run in self._store.runs()}
        for kind in ("Activity", "Agent"):
            named = ox.NamedNode(f"{PROV}{kind}")
            for quad in list(self._data.quads_for_pattern(None, kinds, named, self._runs)):
                subject = quad.subject
                # Agents are written again with their runs.
                if isinstance(subject, ox.NamedNode) and subject not in known:
                    self._remove(subject, None, None, self._runs)

    def _speakers(self) -> Iterator[str]:
        speaker = ox.NamedNode(f"{KG}speaker")
        start = len(self._prefixes["ent"])
        quads = self._data.quads_for_pattern(None, speaker, None, None)
        objects = (quad.object for quad in quads)
        return (one.value[start:] for one in objects if isinstance(one, ox.NamedNode))

    def _relations(self) -> Iterator[tuple[str, str]]:
        """What articles say themselves, as `shared_graphs` takes it."""
        query = """SELECT ?subject ?predicate ?object WHERE {
            ?relation kg:subject ?subject ; kg:predicate ?predicate ; kg:object ?object .
            FILTER NOT EXISTS { ?relation kg:saidIn ?statement } }"""
        found = self._data.query(query, prefixes=self._prefixes, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return ((str(subject), f"{predicate} {thing}") for subject, predicate, thing in found)

    def _remove(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        thing: ox.NamedNode | None,
        graph: ox.NamedNode,
    ) -> None:
        for quad in list(self._data.quads_for_pattern(subject, predicate, thing, graph)):
            self._data.remove(quad)

    def _node(self, name: str) -> ox.NamedNode:
        prefix, _, local = name.partition(":")
        return ox.NamedNode(self._prefixes[prefix] + local)
