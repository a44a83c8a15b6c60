"""Annotations in normalised tables: written once an article, read one by one or as a stream."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from kg.errors import EvidenceError
from kg.graph import check_evidence
from kg.model import Annotation, Article, Chain, Claim, Span
from kg.store import rows
from kg.store.articles import article_by_id
from kg.store.changes import next_change
from kg.store.database import Database, GroupedRows, Row

# Table and the order within an article.
_TABLES = {
    "mentions": "start, end",
    "chains": "place",
    "statements": "place",
    "claims": "place",
    "claim_about": "claim_place, place",
    "relations": "place",
}


def write_annotation(database: Database, article: Article, annotation: Annotation) -> None:
    """Replace what is known of an article, after checking its evidence; all or nothing.

    Raises EvidenceError where a span does not hold, or records contradict each other.
    """
    check_evidence(article, annotation)
    check_keys(annotation)
    with database.transaction():
        delete_annotation(database, article.id)
        for table, values in _rows_of(annotation).items():
            _insert(database, table, values)
        database.execute(
            "UPDATE articles SET run = ?, annotated_as = seen_as, resolved = 0, change = ? "
            "WHERE id = ?",
            (annotation.run, next_change(database), article.id),
        )
        database.execute("DELETE FROM failures WHERE article = ?", (article.id,))


def _rows_of(annotation: Annotation) -> dict[str, list[Row]]:
    return {
        "mentions": rows.mention_rows(annotation),
        "chains": rows.chain_rows(annotation),
        "statements": rows.statement_rows(annotation),
        "claims": rows.claim_rows(annotation),
        "claim_about": rows.about_rows(annotation),
        "relations": rows.relation_rows(annotation),
    }


def delete_annotation(database: Database, article: str) -> None:
    """Take out all records of an article but the article itself."""
    for table in (*_TABLES, "found"):
        database.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    database.execute(
        "UPDATE articles SET run = NULL, annotated_as = NULL, resolved = 0, change = ? "
        "WHERE id = ? AND run IS NOT NULL",
        (next_change(database), article),
    )


def _insert(database: Database, table: str, values: list[Row]) -> None:
    if values:
        places = ", ".join("?" * len(values[0]))
        database.execute_many(f"INSERT INTO {table} VALUES ({places})", values)


def check_keys(annotation: Annotation) -> None:
    """Raises EvidenceError where two records share a key, or chains and mentions disagree."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for mention in annotation.mentions:
        spans[mention.chain].append(mention.span)
    for chain in annotation.chains:
        if sorted(spans[chain.id]) != list(chain.mentions):
            raise EvidenceError(f"{annotation.article}: chain {chain.id} and its mentions disagree")
    _check_unique(annotation, "mention", (mention.span for mention in annotation.mentions))
    for kind in ("chains", "statements", "claims", "relations"):
        _check_unique(annotation, kind, (record.id for record in getattr(annotation, kind)))


def _check_unique(annotation: Annotation, kind: str, keys: Iterable[object]) -> None:
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            raise EvidenceError(f"{annotation.article}: two {kind} with the key {key}")
        seen.add(key)


def read_annotation(database: Database, article: str) -> Annotation:
    """The annotation of an article. Raises KeyError if it is unknown or not annotated."""
    run = _run_of(database, article)
    groups = {
        table: list(
            database.rows(f"SELECT * FROM {table} WHERE article = ? ORDER BY {order}", (article,))
        )
        for table, order in _TABLES.items()
    }
    return _assemble(article, run, groups)


def read_found(database: Database, article: str) -> Annotation:
    """The annotation of an article as it was before any correction. KeyError as above."""
    tables = database.value("SELECT tables FROM found WHERE article = ?", (article,))
    if tables is None:
        return read_annotation(database, article)
    return _assemble(article, _run_of(database, article), json.loads(tables))


def stream_found(
    database: Database, ids: Container[str], files: Container[str]
) -> Iterator[tuple[Article, Annotation]]:
    """Articles by id or by the file they were read from, as they were found, by article id."""
    listed = database.rows(
        "SELECT a.id, p.source FROM articles a JOIN appearances p ON p.article = a.id "
        "AND p.main = 1 WHERE a.run IS NOT NULL ORDER BY a.id"
    )
    for article, source in list(listed):
        if article in ids or source in files or source.partition("#")[0] in files:
            yield article_by_id(database, article), read_found(database, article)


def _run_of(database: Database, article: str) -> str:
    run = database.value("SELECT run FROM articles WHERE id = ?", (article,))
    if run is None:
        raise KeyError(article)
    return str(run)


def write_corrected(database: Database, corrected: Mapping[str, Annotation]) -> None:
    """Let the tables show these corrected annotations, and all others as they were found.

    Raises EvidenceError where a span does not hold.
    """
    with database.transaction():
        shown = [article for (article,) in database.rows("SELECT article FROM found")]
        for article in sorted({*shown, *corrected}):
            found = read_found(database, article)
            wanted = corrected.get(article, found)
            if wanted != read_annotation(database, article):
                write_annotation(database, article_by_id(database, article), wanted)
            if wanted != found:
                _keep_found(database, found)


def _keep_found(database: Database, found: Annotation) -> None:
    tables = json.dumps(_rows_of(found), ensure_ascii=False)
    database.execute("INSERT OR REPLACE INTO found VALUES (?, ?)", (found.article, tables))


def stream_annotated(
    database: Database, *, resolved_only: bool
) -> Iterator[tuple[Article, Annotation]]:
    """All annotated articles, by id, in one pass over each table."""
    condition = "resolved = 1" if resolved_only else "run IS NOT NULL"
    articles = database.rows(
        f"SELECT {rows.ARTICLE_COLUMNS}, a.run "
        "FROM articles a JOIN appearances p ON p.article = a.id AND p.main = 1 "
        f"WHERE a.{condition} ORDER BY a.id"
    )
    streams = {
        table: GroupedRows(database.rows(f"SELECT * FROM {table} ORDER BY article, {order}"))
        for table, order in _TABLES.items()
    }
    for row in articles:
        article = rows.article_of(row[:-1])
        groups = {table: stream.take(article.id) for table, stream in streams.items()}
        yield article, _assemble(article.id, row[-1], groups)


def _assemble(article: str, run: str, groups: Mapping[str, list[Row]]) -> Annotation:
    mentions = tuple(map(rows.mention_of, groups["mentions"]))
    spans: dict[str, list[Span]] = defaultdict(list)
    for mention in mentions:
        spans[mention.chain].append(mention.span)
    return Annotation(
        article,
        run,
        mentions,
        tuple(_chains(groups["chains"], spans)),
        tuple(map(rows.statement_of, groups["statements"])),
        tuple(_claims(groups["claims"], groups["claim_about"])),
        tuple(map(rows.relation_of, groups["relations"])),
    )


def _chains(found: list[Row], spans: Mapping[str, list[Span]]) -> Iterator[Chain]:
    for row in found:
        yield rows.chain_of(row, spans.get(row[2], ()))


def _claims(found: list[Row], about_rows: list[Row]) -> Iterator[Claim]:
    about: dict[int, list[str]] = defaultdict(list)
    for _, claim_place, _, chain in about_rows:
        about[claim_place].append(chain)
    for row in found:
        yield rows.claim_of(row, about.get(row[1], ()))
