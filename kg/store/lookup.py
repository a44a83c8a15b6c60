"""Questions that people ask a store: names, sayings, words, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Article, Entity, Mention, Relation, Span, Statement
from kg.store import rows
from kg.store.articles import article_by_id
from kg.store.database import Database
from kg.store.resolution import entity_by_id, fold
from kg.vocabulary import EntityType, Stance


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity with how often it is mentioned and how many statements it makes."""

    entity: Entity
    mentions: int
    statements: int
    """What copies of an article repeat is not counted again."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A place in an article that has the words looked for."""

    article: Article
    span: Span


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements are wanted; None is any. Entities are named by their id."""

    speaker: str | None = None
    about: str | None = None
    stance: Stance | None = None
    since: date | None = None
    until: date | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What readers see in a store, and what waits or failed."""

    articles: int
    appearances: int
    copies: int
    """Articles that print the text of another one with small edits."""
    pending: int
    failed: int
    skipped: int
    warnings: int
    people: int
    organisations: int
    places: int
    entities: int
    mentions: int
    statements: int
    denials: int
    second_hand: int
    relations: int


_VISIBLE = "article IN (SELECT id FROM articles WHERE resolved = 1)"
_NAMED = "SELECT entity FROM entity_chains e JOIN chains c ON c.id = e.chain WHERE c.named"


def count_all(database: Database) -> Counts:
    """The counts of a store."""

    def count(sql: str, *parameters: str) -> int:
        return int(database.value(f"SELECT count(*) FROM {sql}", parameters))

    def failures(kind: str) -> int:
        return count("failures WHERE kind = ?", kind)

    def entities(type_: EntityType) -> int:
        return count(f"entities WHERE type = ? AND id IN ({_NAMED})", type_)

    return Counts(
        articles=count("articles WHERE resolved = 1"),
        appearances=count("appearances"),
        copies=count("copies"),
        pending=count("articles WHERE resolved = 0"),
        failed=failures("failed"),
        skipped=failures("skipped"),
        warnings=failures("warning"),
        people=entities(EntityType.PERSON),
        organisations=entities(EntityType.ORGANISATION),
        places=entities(EntityType.PLACE),
        entities=count("entities WHERE id IN (SELECT entity FROM entity_chains)"),
        mentions=count(f"mentions WHERE {_VISIBLE}"),
        statements=count(f"statements WHERE depth > 0 AND {_VISIBLE}"),
        denials=count(f"statements WHERE stance = 'denies' AND depth > 0 AND {_VISIBLE}"),
        second_hand=count(f"statements WHERE depth > 1 AND {_VISIBLE}"),
        relations=count(f"relations WHERE {_VISIBLE}"),
    )


def find_entities(
    database: Database, query: str | None, type_: EntityType | None, min_mentions: int
) -> Iterator[FoundEntity]:
    """Entities whose name or alias has the words of the query, whole words first, most mentioned
    first; without a query all entities that are named somewhere.
    """
    conditions, parameters = ["1"], []
    if query is None:
        conditions.append(f"n.id IN ({_NAMED})")
    else:
        folded = fold(query)
        like = "%" + re.sub(r"([%_\\])", r"\\\1", folded) + "%"
        conditions.append(
            "(n.folded LIKE ? ESCAPE '\\' OR n.id IN "
            "(SELECT entity FROM aliases WHERE folded LIKE ? ESCAPE '\\'))"
        )
        parameters += [like, like]
    if type_ is not None:
        conditions.append("n.type = ?")
        parameters.append(type_)
    sql = f"""
      SELECT n.id,
        (SELECT count(*) FROM entity_chains e JOIN mentions m ON m.chain = e.chain
         WHERE e.entity = n.id) AS mentions,
        (SELECT count(*) FROM entity_chains e JOIN statements s ON s.speaker = e.chain
         WHERE e.entity = n.id AND s.article NOT IN (SELECT article FROM copies)) AS statements
      FROM entities n WHERE {" AND ".join(conditions)}
      ORDER BY mentions DESC, statements DESC, n.folded, n.id
    """
    found = [row for row in database.rows(sql, parameters) if row[1] >= min_mentions]
    entities = [(entity_by_id(database, id_), mentions, said) for id_, mentions, said in found]
    hits = [FoundEntity(entity, m, s) for entity, m, s in entities if entity is not None]
    if query is not None:
        hits.sort(key=lambda hit: _rank(hit.entity, fold(query)))
    yield from hits


def _rank(entity: Entity, query: str) -> int:
    """0 the name itself, 1 an alias, 2 whole words of one of them, 3 anything else."""
    names = [fold(name) for name in (entity.name, *entity.aliases)]
    if query in names:
        return 0 if names[0] == query else 1
    words = rf"(?<!\w){re.escape(query)}(?!\w)"
    return 2 if any(re.search(words, name) for name in names) else 3


_STATEMENTS = f"""
  FROM statements s JOIN appearances p ON p.article = s.article AND p.main = 1 WHERE s.{_VISIBLE}
"""


def count_undated(database: Database, wanted: StatementFilter) -> int:
    """How many statements fit but for `since` and `until`, because nothing tells their date."""
    conditions, parameters = _conditions(replace(wanted, since=None, until=None))
    undated = ("s.said_earliest IS NULL", "p.published IS NULL", *conditions)
    sql = f"SELECT count(*) {_STATEMENTS} {''.join(f' AND {each}' for each in undated)}"
    return int(database.value(sql, parameters))


def filter_statements(database: Database, wanted: StatementFilter) -> Iterator[Statement]:
    """The statements that fit, by date of publication, article and place in the text."""
    conditions, parameters = _conditions(wanted)
    sql = f"""
      SELECT s.* {_STATEMENTS} {"".join(f" AND {condition}" for condition in conditions)}
      ORDER BY p.published IS NULL, p.published, s.article, s.sentence_start, s.place
    """
    return map(rows.statement_of, database.rows(sql, parameters))


def _conditions(wanted: StatementFilter) -> tuple[list[str], list[str]]:
    of_entity = "(SELECT chain FROM entity_chains WHERE entity = ?)"
    table: list[tuple[str, object]] = [
        (f"s.speaker IN {of_entity}", wanted.speaker),
        (
            "s.id IN (SELECT c.statement FROM claims c JOIN claim_about b "
            f"ON b.article = c.article AND b.claim_place = c.place WHERE b.chain IN {of_entity})",
            wanted.about,
        ),
        ("s.stance = ?", wanted.stance),
        ("coalesce(s.said_latest, p.published) >= ?", wanted.since),
        ("coalesce(s.said_earliest, p.published) <= ?", wanted.until),
        ("s.article = ?", wanted.article),
    ]
    used = [(condition, str(value)) for condition, value in table if value is not None]
    return [condition for condition, _ in used], [value for _, value in used]


def mentions_of(database: Database, entity: str) -> Iterator[Mention]:
    """The mentions of an entity, by article and place in the text."""
    sql = """
      SELECT m.* FROM entity_chains e JOIN mentions m ON m.chain = e.chain
      WHERE e.entity = ? ORDER BY m.article, m.start, m.end
    """
    return map(rows.mention_of, database.rows(sql, (entity,)))


def relations_of(database: Database, entity: str) -> Iterator[Relation]:
    """The relations with the entity as subject or object, by article and place in the text."""
    sql = f"""
      SELECT * FROM relations WHERE {_VISIBLE} AND (
        subject IN (SELECT chain FROM entity_chains WHERE entity = :entity)
        OR object IN (SELECT chain FROM entity_chains WHERE entity = :entity))
      ORDER BY article, start, place
    """
    return map(rows.relation_of, database.rows(sql, {"entity": entity}))


def search_text(database: Database, words: str, limit: int) -> Iterator[FoundPassage]:
    """Articles that hold all the words, best first, with the first place of the first word.

    Quotation marks keep words together; nothing else in the query has a meaning of its own.
    """
    terms = re.findall(r'"([^"]+)"|(\S+)', words)
    phrases = [phrase or word.replace('"', "") for phrase, word in terms]
    query = " ".join(f'"{phrase}"' for phrase in phrases if re.search(r"\w", phrase))
    if not query:
        return
    sql = """
      SELECT a.id FROM article_words w JOIN articles a ON a.number = w.rowid
      WHERE article_words MATCH ? AND a.resolved = 1 ORDER BY w.rank, a.id LIMIT ?
    """
    for (id_,) in list(database.rows(sql, (query, limit))):
        article = article_by_id(database, id_)
        yield FoundPassage(article, _first_place(article.text, phrases[0]))


def _first_place(text: str, phrase: str) -> Span:
    words = re.findall(r"\w+", phrase)
    match = re.search(r"\W+".join(map(re.escape, words)), text, re.IGNORECASE)
    return Span(*match.span()) if match else Span(0, min(len(text), 80))
