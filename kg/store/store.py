"""The store: one folder that holds the state of a graph; everything else in it is derived."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import EvidenceError, StoreError
from kg.graph import check_evidence
from kg.model import (
    Annotation,
    Article,
    ClaimLink,
    Entity,
    Failure,
    Link,
    Mention,
    Relation,
    Run,
    Statement,
)
from kg.store import annotated, articles, lookup, resolution
from kg.store.articles import Addition, Again
from kg.store.backup import write_backup
from kg.store.changes import Changes, changes_since, current_change, read_meta, write_meta
from kg.store.database import (
    GRAPH_FILE,
    LEDGER_FILE,
    LOCK_FILE,
    Database,
    lock_for_writing,
    open_read_only,
    open_writable,
    translated,
)
from kg.store.identifiers import Identifiers
from kg.store.lookup import Counts, FoundEntity, FoundPassage, StatementFilter
from kg.vocabulary import DEFAULT_BASE, EntityType


class Store:
    """Articles, their annotations, and what was resolved across them; a `GraphView`.

    One process writes, any number read beside it. A read-only store shows one state of the graph
    until `refresh()`. Reading methods show articles that are annotated and resolved; all orders
    are stable. Every method raises StoreError where the disk does not do what is asked.
    """

    def __init__(self, folder: Path, database: Database, lock: sqlite3.Connection | None) -> None:
        self.folder = folder
        self.read_only = lock is None
        self._database = database
        self.identifiers = Identifiers(database)
        self._lock = lock
        self._is_new = False
        self.entity_of_chain = resolution.EntityOfChain(database)
        """Chain id to entity id, as a mapping."""

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, read_only: bool = False) -> Store:
        """The store in the folder; with `create` it is made if it is not there.

        Raises StoreError if it does not exist, another process writes to it, it was written by a
        newer version, it is damaged, or the disk does not allow it.
        """
        path = folder / GRAPH_FILE
        if not path.is_file() and not (create and not read_only):
            raise StoreError(f"no store in '{folder}'. Make one with: kg build INPUT")
        if read_only:
            database = open_read_only(path)
            database.begin_snapshot()
            return cls(folder, database, None)
        with translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lock = lock_for_writing(folder)
        is_new = not path.exists()
        try:
            store = cls(folder, open_writable(path), lock)
        except BaseException:
            lock.close()
            raise
        store._is_new = is_new
        return store

    def close(self) -> None:
        """Let go of the files; the store cannot be used afterwards."""
        self._database.close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close; where an error ends the first use of a store, an empty one is taken away."""
        is_leftover = error is not None and self._is_new and self.change == 0
        self.close()
        if is_leftover:
            for name in (GRAPH_FILE, LOCK_FILE):
                (self.folder / name).unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # something else lies in it
                self.folder.rmdir()

    def refresh(self) -> None:
        """Show the newest state of the graph from here on (only read-only stores need it)."""
        if self.read_only:
            self._database.end_snapshot()
            self._database.begin_snapshot()
        self.entity_of_chain.forget()

    @property
    def graph_file(self) -> Path:
        """The SQLite file."""
        return self.folder / GRAPH_FILE

    @property
    def corrections(self) -> Path:
        """The ledger of corrections: plain text, the only other file that is not derived."""
        return self.folder / LEDGER_FILE

    @property
    def index(self) -> Path:
        """The folder of the SPARQL index, derived; it can be deleted at any time."""
        return self.folder / "index"

    # -- what was read -------------------------------------------------------------------------

    def add(self, article: Article, *, read_with: str = "") -> Addition:
        """Note an article and where it was read; `read_with` is the digest of reader options."""
        return articles.add_article(self._database, article, read_with)

    def would_add(self, article: Article) -> Addition:
        """What `add` would answer; writes nothing."""
        return articles.would_add(self._database, article)

    def is_known(self, source: str, source_sha256: str, read_with: str = "") -> bool:
        """True if the source was read from these bytes with the same options."""
        sql = "SELECT 1 FROM appearances WHERE source = ? AND source_sha256 = ? AND read_with = ?"
        return self._database.row(sql, (source, source_sha256, read_with)) is not None

    def remove(self, name: str) -> list[str]:
        """Take out a source, all sources of a file or folder, or an article by its id.

        The sources that went, sorted; resolve again afterwards.
        """
        return articles.remove_source(self._database, name)

    def drop(self, sources: Sequence[str]) -> None:
        """Take out exactly these sources; resolve again afterwards."""
        articles.drop_sources(self._database, sources)

    def sources_in(self, file: str) -> list[tuple[str, str]]:
        """(source, reader) of each article of a file that holds many (`file#...`), by source."""
        return articles.sources_in(self._database, file)

    def articles_from(self, source: str) -> list[tuple[str, str]]:
        """(source, article) of a source, else of that file, else of any file of that name."""
        return articles.articles_from(self._database, source)

    def count_articles(self) -> int:
        """How many articles there are."""
        sql = "SELECT count(*) FROM articles WHERE resolved = 1"
        return int(self._database.value(sql))

    def appearances(self, article: str) -> list[tuple[str, str | None, str | None]]:
        """(source, url, day of publication) of each place where the article was read."""
        return list(articles.appearances_of(self._database, article))

    def save_failure(self, failure: Failure, *, article: str | None = None, run: str = "") -> None:
        """Keep a failure; that of an article takes its annotation out and ends its waiting."""
        with self._database.transaction():
            if article is not None:
                annotated.delete_annotation(self._database, article)
            articles.write_failure(self._database, failure, article, run)

    def forget_failures(self, source: str) -> None:
        """Drop what an earlier reading of the source complained of (lines of a file included)."""
        self._database.execute(
            "DELETE FROM failures WHERE article IS NULL AND (source = :source OR "
            "substr(source, 1, length(:source) + 1) IN (:source || ':', :source || '#'))",
            {"source": source},
        )

    def failures(self) -> Iterator[Failure]:
        """What the last reading of each input complained of, by source."""
        return articles.failures(self._database)

    # -- what was annotated --------------------------------------------------------------------

    def save_run(self, run: Run) -> None:
        """Note what is about to produce annotations."""
        self._database.execute(
            "INSERT OR IGNORE INTO runs VALUES (?, ?, ?, ?, ?, ?)",
            (
                *(run.id, run.version, run.annotator),
                *(run.config_sha256, run.model, run.model_sha256),
            ),
        )

    def pending(self, run: str) -> list[str]:
        """Ids of the articles that the run has still to annotate, sorted."""
        return articles.pending_articles(self._database, run)

    def why_again(self, run: str) -> list[tuple[Again, int]]:
        """How many articles that have an annotation the run has still to annotate, by reason."""
        return articles.why_again(self._database, run)

    def annotate_again(self) -> None:
        """Make every article pending, those that failed too."""
        articles.annotate_again(self._database)

    def put(self, article: Article, annotation: Annotation) -> None:
        """Replace what is known of an article in one transaction; `add` and `save_run` came first.

        Raises EvidenceError, and writes nothing, where a span does not hold.
        """
        annotated.write_annotation(self._database, article, annotation)

    def all_annotated(self) -> Iterator[tuple[Article, Annotation]]:
        """Like `annotated`, with articles that wait to be resolved: the input of resolution."""
        return annotated.stream_annotated(self._database, resolved_only=False)

    def found(
        self, ids: Container[str], files: Container[str]
    ) -> Iterator[tuple[Article, Annotation]]:
        """Annotations as found, before any correction: of these articles, and of all articles
        whose source is one of the files or in one; by article id.
        """
        return annotated.stream_found(self._database, ids, files)

    def save_corrected(self, corrected: Mapping[str, Annotation]) -> None:
        """Show these annotations (by article), and all others as they were found.

        Raises EvidenceError, and changes nothing, where a span does not hold.
        """
        annotated.write_corrected(self._database, corrected)

    def transaction(self) -> AbstractContextManager[None]:
        """What is written inside is written whole, or not at all; readers see the state before."""
        return self._database.transaction()

    # -- what was resolved ---------------------------------------------------------------------

    def save_resolution(self, entities: Iterable[Entity], links: Iterable[Link]) -> bool:
        """Replace entities and links in one transaction; True if that changed anything.

        An id that goes leads from then on to the entity that has its founding chain.
        """
        self.entity_of_chain.forget()
        return resolution.save_resolution(self._database, entities, links)

    def save_claim_links(self, links: Iterable[ClaimLink]) -> bool:
        """Replace the links between claims; True if that changed anything."""
        return resolution.save_claim_links(self._database, links)

    def save_copies(self, copies: Iterable[tuple[str, str, float]]) -> bool:
        """Replace which articles are copies: (article, representative, similarity in [0, 1])."""
        return resolution.save_copies(self._database, copies)

    def copies(self) -> Iterator[tuple[str, str]]:
        """Ids of near copies, each with that of the article that it repeats, by id of the copy."""
        rows = self._database.rows("SELECT article, representative FROM copies ORDER BY article")
        return ((article, representative) for article, representative in rows)

    # -- GraphView -----------------------------------------------------------------------------

    @property
    def base(self) -> str:
        """Base IRI of the data, ending in `/` or `#`."""
        return read_meta(self._database, "base", DEFAULT_BASE)

    def set_base(self, base: str) -> None:
        """Set the base IRI. Raises ValueError unless it ends in `/` or `#`."""
        if not base.endswith(("/", "#")):
            raise ValueError(f"base is '{base}'; expected an IRI that ends in / or #")
        write_meta(self._database, "base", base)

    def articles(self) -> Iterator[Article]:
        """All articles, by id."""
        return articles.resolved_articles(self._database)

    def annotated(self) -> Iterator[tuple[Article, Annotation]]:
        """Articles with their annotations, by article id; corrections applied."""
        found = annotated.stream_annotated(self._database, resolved_only=True)
        return self.entity_of_chain.beside(found)

    def entities(self) -> Iterator[Entity]:
        """All entities, by id."""
        return resolution.stream_entities(self._database)

    def entity_of(self, chain: str) -> str:
        """The id of the entity of a chain. Raises KeyError for an unknown chain."""
        return self.entity_of_chain[chain]

    def links(self) -> Iterator[Link]:
        """Judged pairs of chains, by (left, right)."""
        return resolution.ordered_links(self._database)

    def claim_links(self) -> Iterator[ClaimLink]:
        """Pairs of claims, by (left, relation, right)."""
        return resolution.ordered_claim_links(self._database)

    def runs(self) -> Iterator[Run]:
        """What produced the annotations that readers see, by id."""
        rows = self._database.rows(
            "SELECT * FROM runs WHERE id IN (SELECT run FROM articles WHERE resolved) ORDER BY id"
        )
        return (Run(*row) for row in rows)

    # -- questions -----------------------------------------------------------------------------

    def article(self, id_: str) -> Article:
        """An article, annotated or not. Raises KeyError for an unknown id."""
        return articles.article_by_id(self._database, id_)

    def annotation(self, article: str) -> Annotation:
        """The annotation of an article. Raises KeyError for an unknown or unannotated one."""
        return annotated.read_annotation(self._database, article)

    def entity(self, id_: str) -> Entity:
        """An entity by its id or by one that leads to it. Raises KeyError for an unknown id."""
        followed = resolution.follow_redirects(self._database, id_)
        entity = resolution.entity_by_id(self._database, followed)
        if entity is None:
            raise KeyError(id_)
        return entity

    def find_entities(
        self, query: str | None = None, *, type_: EntityType | None = None, min_mentions: int = 0
    ) -> Iterator[FoundEntity]:
        """Entities by name or alias, exact names first, then most mentioned first."""
        return lookup.find_entities(self._database, query, type_, min_mentions)

    def mentions_of(self, entity: str) -> Iterator[Mention]:
        """The mentions of an entity, by article and place in the text."""
        return lookup.mentions_of(self._database, entity)

    def relations_of(self, entity: str) -> Iterator[Relation]:
        """The relations with the entity as subject or object."""
        return lookup.relations_of(self._database, entity)

    def statements(self, wanted: StatementFilter | None = None) -> Iterator[Statement]:
        """The statements that fit, by date of publication, article and place in the text."""
        wanted = wanted or StatementFilter()
        return lookup.filter_statements(self._database, wanted)

    def count_undated(self, wanted: StatementFilter) -> int:
        """How many statements fit but for the days wanted, because nothing tells their date."""
        return lookup.count_undated(self._database, wanted)

    def article_of(self, record: str) -> str:
        """The id of the article that holds a chain, statement, claim or relation. KeyError."""
        for table in ("statements", "claims", "relations", "chains"):
            sql = f"SELECT article FROM {table} WHERE id = ?"
            found = self._database.value(sql, (record,))
            if found is not None:
                return str(found)
        raise KeyError(record)

    def search(self, words: str, *, limit: int = 20) -> Iterator[FoundPassage]:
        """Articles that hold all the words, best first."""
        return lookup.search_text(self._database, words, limit)

    def counts(self) -> Counts:
        """How much of everything there is."""
        return lookup.count_all(self._database)

    # -- the store itself ----------------------------------------------------------------------

    @property
    def change(self) -> int:
        """The number of the last change; it only grows."""
        return current_change(self._database)

    def changes_since(self, number: int) -> Changes:
        """What a derived index has to do to catch up from a change; 0 means everything."""
        return changes_since(self._database, number)

    def stamp(self, name: str) -> str:
        """What a stage noted about its last work, empty if nothing."""
        return read_meta(self._database, f"stamp:{name}")

    def set_stamp(self, name: str, value: str) -> None:
        """Note what a stage worked on, so that the next run can tell that it need not."""
        write_meta(self._database, f"stamp:{name}", value)

    def backup(self, file: Path) -> None:
        """Copy graph and ledger to a file, whole or not at all, while others read and write.

        `restore_backup` makes a store of it again.
        """
        write_backup(self._database, self.corrections, file)

    def check(self) -> Iterator[str]:
        """What is wrong with the store, a sentence each; nothing if all is well."""
        for (problem,) in self._database.rows("PRAGMA quick_check"):
            if problem != "ok":
                yield f"the database is damaged: {problem}"
        for row in self._database.rows("PRAGMA foreign_key_check"):
            yield f"a row of '{row[0]}' names something in '{row[2]}' that is not there"
        for article, annotation in self.annotated():
            try:
                check_evidence(article, annotation)
            except EvidenceError as error:
                yield str(error)
