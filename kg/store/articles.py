"""Articles and where they appeared: one row for one text, however often it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from kg.model import Article, Failure, FailureKind
from kg.store.changes import next_change
from kg.store.database import Database, Row
from kg.store.rows import ARTICLE_COLUMNS, appearance_row, article_of, seen_by_annotator

# A `#` in a source sets off an article of a file with many, or belongs to the name of a file
# (`report#1.txt`): these readers read one article a file, and archives number their pages.
_IN_FILE = """
  source > :file || '#' AND source < :file || '$'
  AND reader NOT LIKE 'text/%' AND reader NOT LIKE 'pdf/%'
  AND (reader NOT LIKE 'html/%' OR ltrim(substr(source, length(:file) + 2), '0123456789') = '')
"""
_FROM = "FROM articles a JOIN appearances p ON p.article = a.id AND p.main = 1"


class Addition(StrEnum):
    """What an article was to the store."""

    NEW = "new"
    CHANGED = "changed"  # its source had another text before, which is gone if it was the last
    COPY = "copy"  # its text is known from another source
    SAME = "same"


class Again(StrEnum):
    """Why an article that has an annotation waits for another one."""

    ASKED = "asked"  # of a rebuild, also of one that was stopped
    RUN = "run"  # another configuration, model or version
    METADATA = "metadata"  # the annotator would be shown another date, title ... or header


def add_article(database: Database, article: Article, read_with: str) -> Addition:
    """Note an article and where it was read; it waits to be annotated if its text is new."""
    row = appearance_row(article, read_with)
    with database.transaction():
        old = database.row(
            "SELECT source, article, title, url, publisher, author, published, language, skip, "
            "source_sha256, reader, read_with FROM appearances WHERE source = ?",
            (article.source,),
        )
        if old == row:
            return Addition.SAME
        known = database.row("SELECT 1 FROM articles WHERE id = ?", (article.id,)) is not None
        if not known:
            _insert_article(database, article)
        database.execute(
            "INSERT OR REPLACE INTO appearances (source, article, title, url, publisher, author, "
            "published, language, skip, source_sha256, reader, read_with) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        _choose_main(database, article.id)
        if old is None:
            return Addition.COPY if known else Addition.NEW
        if old[1] == article.id:
            return Addition.SAME
        _leave(database, old[1])
        return Addition.CHANGED


def would_add(database: Database, article: Article) -> Addition:
    """What `add_article` would answer."""
    old = database.value("SELECT article FROM appearances WHERE source = ?", (article.source,))
    if old is not None:
        return Addition.SAME if old == article.id else Addition.CHANGED
    known = database.row("SELECT 1 FROM articles WHERE id = ?", (article.id,)) is not None
    return Addition.COPY if known else Addition.NEW


def _insert_article(database: Database, article: Article) -> None:
    database.execute("DELETE FROM removed WHERE article = ?", (article.id,))
    database.execute(
        "INSERT INTO articles (id, text, change) VALUES (?, ?, ?)",
        (article.id, article.text, next_change(database)),
    )


def remove_source(database: Database, name: str) -> list[str]:
    """Take sources out: an exact one, all of a file or folder, or all of an article (by its id).

    The sources that went, sorted; an article goes with the last of them.
    """
    file = name.rstrip("/")
    pattern = file.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    named = {"name": name, "start": pattern, "file": file}
    with database.transaction():
        rows = list(
            database.rows(
                "SELECT source, article FROM appearances WHERE source = :name OR article = :name "
                f"OR source LIKE :start || '/%' ESCAPE '\\' OR ({_IN_FILE}) ORDER BY source",
                named,
            )
        )
        _drop(database, rows)
        database.execute(
            "DELETE FROM failures WHERE source = :name OR source LIKE :start || '/%' ESCAPE '\\' "
            "OR source LIKE :start || '#%' ESCAPE '\\' OR source LIKE :start || ':%' ESCAPE '\\'",
            named,
        )
    return [source for source, _ in rows]


def drop_sources(database: Database, sources: Sequence[str]) -> None:
    """Take out exactly these sources; an article goes with the last of them."""
    with database.transaction():
        for source in sources:
            sql = "SELECT source, article FROM appearances WHERE source = ?"
            _drop(database, list(database.rows(sql, (source,))))


def _drop(database: Database, rows: Sequence[Row]) -> None:
    for source, _ in rows:
        database.execute("DELETE FROM appearances WHERE source = ?", (source,))
    for article in sorted({article for _, article in rows}):
        _leave(database, article)


def sources_in(database: Database, file: str) -> list[tuple[str, str]]:
    """(source, reader) of the articles of a file with many of them, by source."""
    rows = database.rows(
        f"SELECT source, reader FROM appearances WHERE {_IN_FILE} ORDER BY source",
        {"file": file},
    )
    return [(source, reader) for source, reader in rows]


def articles_from(database: Database, source: str) -> list[tuple[str, str]]:
    """(source, article) of what readers see from a source, else in that file, else in any file of
    that name, by source.
    """
    named = {"file": source, "end": "/" + source}
    for condition in (
        "source = :file",
        _IN_FILE,
        "substr(source, -length(:end)) = :end",
    ):
        rows = database.rows(
            "SELECT source, article FROM appearances JOIN articles a ON a.id = article "
            f"WHERE a.resolved = 1 AND ({condition}) ORDER BY source",
            named,
        )
        found = [(where, article) for where, article in rows]
        if found:
            return found
    return []


def _leave(database: Database, article: str) -> None:
    """An appearance of the article is gone: the next one leads, or the article goes."""
    if database.row("SELECT 1 FROM appearances WHERE article = ?", (article,)) is not None:
        _choose_main(database, article)
        return
    database.execute("DELETE FROM articles WHERE id = ?", (article,))
    database.execute(
        "INSERT OR REPLACE INTO removed (article, change) VALUES (?, ?)",
        (article, next_change(database)),
    )


def _choose_main(database: Database, article: str) -> None:
    """Let the earliest dated appearance lead, whatever order they came in."""
    main = database.value(
        "SELECT source FROM appearances WHERE article = ? "
        "ORDER BY published IS NULL, published, source",
        (article,),
    )
    database.execute(
        "UPDATE appearances SET main = (source = ?) WHERE article = ?", (main, article)
    )
    seen_as = seen_by_annotator(article_by_id(database, article))
    database.execute(
        "UPDATE articles SET seen_as = :seen_as, change = :change, "
        "resolved = resolved AND annotated_as IS :seen_as WHERE id = :id",
        {"seen_as": seen_as, "change": next_change(database), "id": article},
    )


def article_by_id(database: Database, article: str) -> Article:
    """An article, annotated or not. Raises KeyError for an unknown id."""
    row = database.row(f"SELECT {ARTICLE_COLUMNS} {_FROM} WHERE a.id = ?", (article,))
    if row is None:
        raise KeyError(article)
    return article_of(row)


def resolved_articles(database: Database) -> Iterator[Article]:
    """The articles that readers see, by id."""
    sql = f"SELECT {ARTICLE_COLUMNS} {_FROM} WHERE a.resolved = 1 ORDER BY a.id"
    return map(article_of, database.rows(sql))


_PENDING = """
  (a.run IS NOT :run OR a.annotated_as IS NOT a.seen_as) AND NOT EXISTS (
    SELECT 1 FROM failures f WHERE f.article = a.id AND f.tried_as = a.seen_as || ' ' || :run)
"""


def pending_articles(database: Database, run: str) -> list[str]:
    """Ids of the articles that the run has still to annotate, sorted."""
    sql = f"SELECT a.id FROM articles a WHERE {_PENDING} ORDER BY a.id"
    return [article for (article,) in database.rows(sql, {"run": run})]


def why_again(database: Database, run: str) -> list[tuple[Again, int]]:
    """How many annotated articles the run has still to annotate, by reason."""
    sql = f"""
      SELECT CASE WHEN a.annotated_as IS NULL THEN 'asked' WHEN a.run IS NOT :run THEN 'run'
        ELSE 'metadata' END AS why, count(*)
      FROM articles a WHERE a.run IS NOT NULL AND {_PENDING} GROUP BY why ORDER BY why
    """
    return [(Again(why), number) for why, number in database.rows(sql, {"run": run})]


def annotate_again(database: Database) -> None:
    """Make every article pending, those that failed too."""
    with database.transaction():
        database.execute("UPDATE articles SET annotated_as = NULL")
        database.execute("DELETE FROM failures WHERE article IS NOT NULL")


def appearances_of(database: Database, article: str) -> list[Row]:
    """(source, url, published) of each appearance of an article; the leading one first."""
    return list(
        database.rows(
            "SELECT source, url, published FROM appearances WHERE article = ? "
            "ORDER BY main DESC, published IS NULL, published, source",
            (article,),
        )
    )


def write_failure(database: Database, failure: Failure, article: str | None, run: str) -> None:
    """Keep a failure; the run does not try its article again."""
    with database.transaction():
        tried_as = None
        if article is not None:
            seen_as = database.value("SELECT seen_as FROM articles WHERE id = ?", (article,))
            tried_as = f"{seen_as} {run}"
            database.execute("DELETE FROM failures WHERE article = ?", (article,))
        database.execute(
            "INSERT OR REPLACE INTO failures (source, reason, kind, message, article, tried_as) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (failure.source, failure.reason, failure.kind, failure.message, article, tried_as),
        )


def failures(database: Database) -> Iterator[Failure]:
    """What the last reading of each input complained of, by source."""
    rows = database.rows(
        "SELECT source, reason, kind, message FROM failures ORDER BY source, reason"
    )
    for source, reason, kind, message in rows:
        yield Failure(source, reason, FailureKind(kind), message)
