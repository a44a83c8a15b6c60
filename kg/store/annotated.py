"""Annotations in normalised tables: written once an article, read one by one or as a stream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import EvidenceError
from kg.graph import check_evidence
from kg.model import Annotation, Article, Chain, Claim, Span
from kg.store import rows
from kg.store.articles import article_by_id
from kg.store.changes import next_change
from kg.store.database import Database, GroupedRows, Row
from kg.vocabulary import Review

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
        _insert(database, "mentions", rows.mention_rows(annotation))
        _insert(database, "chains", rows.chain_rows(annotation))
        _insert(database, "statements", rows.statement_rows(annotation))
        _insert(database, "claims", rows.claim_rows(annotation))
        _insert(database, "claim_about", rows.about_rows(annotation))
        _insert(database, "relations", rows.relation_rows(annotation))
        database.execute(
            "UPDATE articles SET run = ?, annotated_as = seen_as, resolved = 0, change = ? "
            "WHERE id = ?",
            (annotation.run, next_change(database), article.id),
        )
        database.execute("DELETE FROM failures WHERE article = ?", (article.id,))


def delete_annotation(database: Database, article: str) -> None:
    """Take out all records of an article but the article itself."""
    for table in _TABLES:
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


def read_annotation(
    database: Database, article: str, reviews: Mapping[str, Review]
) -> tuple[Article, Annotation]:
    """One annotated article. Raises KeyError if it is unknown or not annotated."""
    run = database.value("SELECT run FROM articles WHERE id = ?", (article,))
    if run is None:
        raise KeyError(article)
    groups = {
        table: list(
            database.rows(
                f"SELECT * FROM {table} WHERE article = ? ORDER BY {order}",
                (article,),
            )
        )
        for table, order in _TABLES.items()
    }
    return article_by_id(database, article), _assemble(article, run, groups, reviews)


def stream_annotated(
    database: Database, reviews: Mapping[str, Review], *, resolved_only: bool
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
        yield article, _assemble(article.id, row[-1], groups, reviews)


def _assemble(
    article: str, run: str, groups: Mapping[str, list[Row]], reviews: Mapping[str, Review]
) -> Annotation:
    mentions = tuple(map(rows.mention_of, groups["mentions"]))
    spans: dict[str, list[Span]] = defaultdict(list)
    for mention in mentions:
        spans[mention.chain].append(mention.span)
    return Annotation(
        article,
        run,
        mentions,
        tuple(_chains(groups["chains"], spans)),
        tuple([rows.statement_of(row, reviews) for row in groups["statements"]]),
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


def read_reviews(database: Database) -> dict[str, Review]:
    """What people decided, by the id of the record."""
    rows_ = database.rows("SELECT id, review FROM reviews ORDER BY id")
    return {id_: Review(review) for id_, review in rows_}


def write_reviews(database: Database, reviews: Mapping[str, Review]) -> bool:
    """Replace what people decided; True if an article has to be shown anew."""
    with database.transaction():
        old = read_reviews(database)
        differ = [id_ for id_ in {**old, **reviews} if old.get(id_) != reviews.get(id_)]
        database.execute("DELETE FROM reviews")
        database.execute_many("INSERT INTO reviews VALUES (?, ?)", sorted(reviews.items()))
        number = next_change(database)
        database.execute_many(
            "UPDATE articles SET change = ? "
            "WHERE id = (SELECT article FROM statements WHERE id = ?)",
            [(number, id_) for id_ in sorted(differ)],
        )
    return bool(differ)
