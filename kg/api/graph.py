"""An open graph: articles in, questions and exports out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.api.asking import Asking
from kg.api.names import article_at, entity_named, word_of
from kg.api.options import build_options
from kg.api.status import EntityRow, EntityRows, Status, is_none
from kg.api.tables import Table, html_table
from kg.api.views import (
    Articles,
    Entities,
    EntityView,
    Passage,
    Statements,
    StatementView,
    Suggestion,
)
from kg.errors import AmbiguousNameError, UsageError
from kg.model import Article, Entity
from kg.query.explain import Explanation, bare_id, explain, kind_of
from kg.store import StatementFilter, Store
from kg.vocabulary import EntityType, Stance

if TYPE_CHECKING:
    from kg.api.corrections import Corrections
    from kg.api.linking import LinkSuggestion
    from kg.export import ExportCounts
    from kg.export.networks import MultiDiGraph
    from kg.pipeline import BuildReport, LinkReport, ProgressHook
    from kg.query.check import Report
    from kg.query.memory import Dataset
    from kg.query.rows import Rows

_CACHED_ARTICLES = 256


def open_graph(
    path: str | Path = ".kg",
    *,
    create: bool = False,
    read_only: bool = False,
    base: str | None = None,
    model: str | None = None,
) -> Graph:
    """The graph kept in the folder `path`; with `create`, a new one where there is none.

    `base` is the base IRI of the data, kept in a new store. `model` names an official spaCy model
    to be used instead of the pinned one. Raises StoreError.
    """
    store = Store.open(Path(path), create=create, read_only=read_only)
    return Graph(store, model=model, base=base)


class Graph:
    """Articles, entities and statements of one store. A context manager; `len` counts articles."""

    def __init__(self, store: Store, *, model: str | None = None, base: str | None = None) -> None:
        self.store = store
        self._model = model
        self._article = lru_cache(_CACHED_ARTICLES)(store.article)
        self._annotation = lru_cache(_CACHED_ARTICLES)(store.annotation)
        self._asking = Asking(store)
        if base is not None and base != store.base:
            store.set_base(base)

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._asking.close()
        self.store.__exit__(kind, error, trace)

    def close(self) -> None:
        """Release the store, and end the process that runs queries."""
        self._asking.close()
        self.store.close()

    def __len__(self) -> int:
        return self.store.count_articles()

    def _repr_html_(self) -> str:
        counts = asdict(self.store.counts())
        rows = tuple((name.replace("_", " "), count) for name, count in counts.items())
        return html_table(Table(("in the graph", "count"), rows))

    def add(
        self, *inputs: str | Path, progress: ProgressHook | None = None, **options: Any
    ) -> BuildReport:
        """Read, annotate and link articles: files, folders, globs, URLs or `-`.

        `options` are those of `kg build`. One bad input never ends the run: the report names it.
        """
        from kg.annotate.annotator import AnnotatorConfig, EnglishAnnotator
        from kg.pipeline import build

        annotator = partial(EnglishAnnotator, AnnotatorConfig(model=self._model))
        report = build(
            self.store,
            [str(each) for each in inputs],
            build_options(options),
            annotator=annotator,
            progress=progress,
        )
        self._forget()
        return report

    def remove(self, *sources: str) -> tuple[str, ...]:
        """Take out what was read from these paths, URLs or ids; the sources that went, sorted."""
        from kg.pipeline import remove

        removed = remove(self.store, sources)
        self._forget()
        return tuple(removed)

    def articles(self) -> Articles:
        """All articles, by id."""
        return Articles(self.store)

    def article(self, name: str) -> Article:
        """The article with this id, or that was read from this file or address; UsageError."""
        try:
            return self._article(bare_id(name))
        except KeyError as error:
            found = article_at(self.store, name)
            if found is None:
                message = f"no article has the id '{name}' or was read from it. Try: kg status"
                raise UsageError(message) from error
            return self._article(found)

    def entities(
        self, query: str | None = None, *, type: str | None = None, rejected: bool = False
    ) -> Entities:
        """Entities whose name or alias holds the words of the query, most mentioned first.

        Those that a person rejected (their words were misread) are among them if asked for.
        """
        rows = self.list_entities(query, type=type, rejected=rejected)
        return Entities(tuple(EntityView(self, row.found.entity) for row in rows))

    def list_entities(
        self,
        query: str | None = None,
        *,
        type: str | None = None,
        min_mentions: int = 1,
        rejected: bool = False,
    ) -> EntityRows:
        """The same with their counts, for tables."""
        type_ = word_of(EntityType, "type", type)
        found = self.store.find_entities(query, type_=type_, min_mentions=min_mentions)
        return EntityRows(tuple(EntityRow(row) for row in found if rejected or not is_none(row)))

    def entity(self, name: str) -> EntityView:
        """The entity with this id, name or alias.

        Raises AmbiguousNameError, with the candidates, where several fit equally well, and
        UsageError where none does.
        """
        try:
            return EntityView(self, self.store.entity(bare_id(name)))
        except KeyError:
            return EntityView(self, entity_named(self.store, name))

    def entity_of(self, chain: str) -> EntityView:
        """The entity of a chain. Raises KeyError."""
        return EntityView(self, self.store.entity(self.store.entity_of(chain)))

    def statement(self, statement: str) -> StatementView:
        """The statement with this id. Raises UsageError."""
        identifier = bare_id(statement)
        try:
            records = self._annotation(self.store.article_of(identifier)).statements
            return StatementView(self, next(each for each in records if each.id == identifier))
        except (KeyError, StopIteration) as error:
            message = f"no statement has the id '{statement}'. Try: kg says NAME"
            raise UsageError(message) from error

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        stance: str | Stance | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Statements:
        """Statements by date of the article and position.

        `speaker` and `about` are ids or names; `since` and `until` are days, ends included, of the
        saying where the text words it, else of the article. What has no date is left out by them,
        and counted in `undated`.
        """
        wanted = StatementFilter(
            speaker=self.entity(speaker).id if speaker else None,
            about=self.entity(about).id if about else None,
            stance=word_of(Stance, "stance", stance),
            since=since,
            until=until,
        )
        found = tuple(StatementView(self, each) for each in self.store.statements(wanted))
        is_by_date = since is not None or until is not None
        return Statements(found, undated=self.store.count_undated(wanted) if is_by_date else 0)

    def mentions_of(self, entity: Entity) -> tuple[Passage, ...]:
        """Each place of the articles that means the entity, by article and position."""
        return tuple(
            Passage(self.article(each.article), each.span.start, each.span.end)
            for each in self.store.mentions_of(entity.id)
        )

    def find_id(self, name: str) -> str:
        """The id of a record: as given, or of the entity with the name, or the article of a file.

        Raises UsageError where nothing fits.
        """
        if kind_of(self.store, bare_id(name)) is not None:
            return bare_id(name)
        try:
            return self.entity(name).id
        except AmbiguousNameError:
            raise
        except UsageError:
            article = article_at(self.store, name) if name else None
            if article is None:
                raise
            return article

    def explain(self, record: str) -> Explanation:
        """The sentences, rules, links and runs behind a record. Raises UsageError."""
        return explain(self.store, record)

    def sparql(
        self,
        query: str,
        *,
        timeout_s: float = 60.0,
        in_process: bool = False,
        in_memory: bool | None = None,
    ) -> Rows:
        """Rows of a SPARQL query over all named graphs; read-only. Raises UsageError.

        It runs in a process of its own, which the first query starts: after `timeout_s` seconds
        that process is ended, with all that the query holds, and QueryTimeoutError raised. With
        `in_process` it runs in a thread, which goes on until this process ends: for commands.

        Once the answers from disk have cost as much time as copying the graph into the memory of
        that process would (340 MiB and four seconds for a million triples; at most four million,
        and half of the memory that is free), it does so between two queries, and answers up to
        four times as quickly until the store changes. `in_memory` says so at once, or never.
        Rows that no ORDER BY puts in order can come in another one then.
        """
        ask = self._asking.in_process if in_process else self._asking.rows
        return ask(query, timeout_s=timeout_s, in_memory=in_memory)

    @property
    def rdf(self) -> Dataset:
        """A read-only rdflib Dataset of the graph as it is now, one named graph an article.

        It asks the index on disk until that has cost as much time as a copy in memory takes to
        make, and then the copy; see `sparql`.
        """
        return self._asking.dataset()

    def to_rdflib(self) -> Dataset:
        """A copy in memory as an rdflib Dataset, one named graph an article."""
        from kg.query.memory import to_rdflib

        return to_rdflib(self.store)

    def to_networkx(self, *, view: str = "full") -> MultiDiGraph[str]:
        """The graph for analysis: `full` (statements are nodes) or `projected`."""
        from kg.export.networks import to_networkx

        return to_networkx(self.store, projected=view == "projected")

    def export(
        self,
        target: str | Path | BinaryIO,
        *,
        format: str | None = None,
        view: str = "full",
        measured: bool | None = None,
    ) -> ExportCounts:
        """Write the graph to a file, whole or not at all, or a stream; format from the suffix.

        `measured` tells GraphML and GEXF to give nodes degree, PageRank and community, or not;
        None does so up to 100,000 nodes and edges. Larger graphs are held in memory for it.
        """
        from kg.export import export, format_of

        path = Path(target) if isinstance(target, str) else target
        if format is None:
            if not isinstance(path, Path):
                raise UsageError("a stream has no suffix: name the format")
            format = format_of(path)  # noqa: A001
        return export(self.store, path, format, projected=view == "projected", measured=measured)

    def check(self, shapes: Path | None = None, *, with_shapes: bool = True) -> Report:
        """Does every span show what it says, and does the graph fit its SHACL shapes?

        Raises ImportError, naming the extra, where pyshacl is missing and shapes are to be checked.
        """
        from kg.query.check import check

        return check(self.store, shapes=shapes, with_shapes=with_shapes)

    def corrections(self, *, who: str | None = None, why: str = "") -> Corrections:
        """The ledger of what people decided, and the way to add to it."""
        from kg.api.corrections import Corrections

        return Corrections(self, who=who, why=why)

    def refresh(self) -> None:
        """Bring entities and links up to date with the ledger."""
        from kg.pipeline import derive

        derive(self.store)
        self._forget()

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Pairs that may mean the same and wait for a person, likeliest first."""
        from kg.resolve import suggestions

        return tuple(
            Suggestion(
                self.entity_of(each.left), self.entity_of(each.right), each.score, each.reasons
            )
            for each in suggestions(self.store.links())
        )

    def link(
        self,
        service: str,
        *entities: str,
        progress: ProgressHook | None = None,
        **options: Any,
    ) -> LinkReport:
        """Ask a W3C Reconciliation service for identifiers; of these entities, or of all.

        The one method that uses the network: the names go to `service` and nothing else does.
        Answers are kept, so a second call asks nothing. Options: `types` (of entities), `classes`
        (type to a class of the service), `hints` (property of the service to a relation of ours,
        whose words are sent too), `threshold` in [0, 1], `refresh`, `dry_run`.
        """
        from kg.api.linking import ask_service

        return ask_service(self, service, entities, progress=progress, **options)

    def link_places(self) -> LinkReport:
        """Link cities to GeoNames, offline; needs the extra `geonames`, else ImportError."""
        from kg.pipeline import link_places

        report = link_places(self.store)
        self._forget()
        return report

    def link_suggestions(self) -> tuple[LinkSuggestion, ...]:
        """Entities with candidates elsewhere that wait for a person, likeliest first."""
        from kg.api.linking import link_suggestions

        return link_suggestions(self)

    def backup(self, file: str | Path) -> None:
        """Copy the store's graph to a file, whole or not at all, also while others use it."""
        self.store.backup(Path(file))

    def status(self) -> Status:
        """Counts, sources, model, last run, inputs that failed."""
        return Status(self.store)

    def most_quoted(self, limit: int = 10) -> tuple[tuple[EntityView, int], ...]:
        """The entities with most statements, and how many; narrators and the unnamed left out."""
        rows = sorted(self.list_entities(), key=lambda row: -row.found.statements)
        return tuple(
            (EntityView(self, row.found.entity), row.found.statements) for row in rows[:limit]
        )

    def _forget(self) -> None:
        self._article.cache_clear()
        self._annotation.cache_clear()
