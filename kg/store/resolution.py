"""What was resolved across articles: entities, links, and the ids that went."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Annotation, Article, ClaimLink, Entity, ExternalId, Link
from kg.store import rows
from kg.store.changes import next_change
from kg.store.database import Database, GroupedRows, Row
from kg.vocabulary import EntityType, Review

_MAX_NEAR = 50_000
_ENTITY_TABLES = ("entities", "aliases", "external_ids", "entity_chains")


def fold(name: str) -> str:
    """A name for comparing: no case, no accents, one space between words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def save_resolution(database: Database, entities: Iterable[Entity], links: Iterable[Link]) -> bool:
    """Replace entities and links, in one transaction; True if anything changed.

    Ids that went lead to those that came, for ever. From here on readers see the articles whose
    chains all have an entity.
    """
    with database.transaction():
        entities_changed = _replace_entities(database, entities)
        links_changed = _replace_links(database, links)
        database.execute("DELETE FROM redirects WHERE old IN (SELECT id FROM entities)")
        shown = _show_resolved(database)
        runs_changed = _forget_unused_runs(database)
    return entities_changed or links_changed or shown or runs_changed


def _replace_entities(database: Database, entities: Iterable[Entity]) -> bool:
    for table in _ENTITY_TABLES:
        _make_new_table(database, table)
    for entity in entities:
        _insert_entity(database, entity)
    if not any(_differs(database, table) for table in _ENTITY_TABLES):
        return False
    number = next_change(database, "entities")
    database.execute(
        "UPDATE articles SET change = ? WHERE id IN (SELECT c.article FROM new_entity_chains n "
        "JOIN chains c ON c.id = n.chain LEFT JOIN entity_chains o ON o.chain = n.chain "
        "WHERE o.entity IS NOT n.entity OR o.confidence IS NOT n.confidence)",
        (number,),
    )
    _write_redirects(database)
    database.execute("DELETE FROM entities")
    for table in _ENTITY_TABLES:
        database.execute(f"INSERT INTO {table} SELECT * FROM new_{table}")
    return True


def _make_new_table(database: Database, table: str) -> None:
    database.execute(f"DROP TABLE IF EXISTS temp.new_{table}")
    database.execute(f"CREATE TEMP TABLE new_{table} AS SELECT * FROM {table} WHERE 0")


def _differs(database: Database, table: str) -> bool:
    new, old = f"SELECT * FROM new_{table}", f"SELECT * FROM {table}"
    return any(
        database.row(f"SELECT 1 FROM ({left} EXCEPT {right})") is not None
        for left, right in ((new, old), (old, new))
    )


def _insert_entity(database: Database, entity: Entity) -> None:
    id_, review = entity.id, entity.review
    database.execute(
        "INSERT INTO new_entities VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(id_, str(entity.type), entity.name, fold(entity.name)),
            *(entity.subtype, entity.gender, None if review is None else str(review)),
        ),
    )
    database.execute_many(
        "INSERT INTO new_aliases VALUES (?, ?, ?, ?)",
        [(id_, i, name, fold(name)) for i, name in enumerate(entity.aliases)],
    )
    database.execute_many(
        "INSERT INTO new_external_ids VALUES (?, ?, ?, ?, ?, ?)",
        [(id_, i, e.scheme, e.id, e.score, e.origin) for i, e in enumerate(entity.external)],
    )
    database.execute_many(
        "INSERT INTO new_entity_chains VALUES (?, ?, ?, ?)",
        [(id_, i, chain, entity.links.get(chain)) for i, chain in enumerate(entity.chains)],
    )


def _write_redirects(database: Database) -> None:
    """Let each id that goes lead to the entity where the first of its chains that is left is now.

    Usually that is the founding chain; an entity of which no chain is left leads nowhere.
    """
    database.execute(
        "INSERT OR REPLACE INTO redirects SELECT old, new FROM ("
        "SELECT o.entity AS old, n.entity AS new, "
        "row_number() OVER (PARTITION BY o.entity ORDER BY o.place) AS nth "
        "FROM entity_chains o JOIN new_entity_chains n ON n.chain = o.chain "
        "WHERE o.entity NOT IN (SELECT id FROM new_entities)) WHERE nth = 1"
    )


def _replace_links(database: Database, links: Iterable[Link]) -> bool:
    _make_new_table(database, "links")
    database.execute_many(
        "INSERT INTO new_links VALUES (?, ?, ?, ?, ?, ?)", map(rows.link_row, links)
    )
    return _swap(database, "links")


def _swap(database: Database, table: str) -> bool:
    if not _differs(database, table):
        return False
    next_change(database, table)
    database.execute(f"DELETE FROM {table}")
    database.execute(f"INSERT INTO {table} SELECT * FROM new_{table}")
    return True


def _show_resolved(database: Database) -> bool:
    hidden = database.value("SELECT count(*) FROM articles WHERE NOT resolved AND run IS NOT NULL")
    if not hidden:
        return False
    shown = database.execute(
        "UPDATE articles SET resolved = 1, change = ? WHERE NOT resolved AND run IS NOT NULL "
        "AND annotated_as = seen_as AND id NOT IN (SELECT c.article FROM chains c "
        "LEFT JOIN entity_chains e ON e.chain = c.id WHERE e.chain IS NULL)",
        (next_change(database),),
    )
    return shown > 0


def _forget_unused_runs(database: Database) -> bool:
    unused = "SELECT id FROM runs EXCEPT SELECT run FROM articles"
    if database.row(unused) is None:
        return False
    next_change(database, "runs")
    return database.execute(f"DELETE FROM runs WHERE id IN ({unused})") > 0


def save_claim_links(database: Database, links: Iterable[ClaimLink]) -> bool:
    """Replace the links between claims; True if anything changed."""
    with database.transaction():
        _make_new_table(database, "claim_links")
        database.execute_many(
            "INSERT INTO new_claim_links VALUES (?, ?, ?, ?, ?)", map(rows.claim_link_row, links)
        )
        return _swap(database, "claim_links")


def save_copies(database: Database, copies: Iterable[tuple[str, str, float]]) -> bool:
    """Replace (article, representative, similarity) of the copies; True if anything changed."""
    with database.transaction():
        _make_new_table(database, "copies")
        database.execute_many("INSERT INTO new_copies VALUES (?, ?, ?)", copies)
        return _swap(database, "copies")


class EntityOfChain(Mapping[str, str]):
    """Chain id to entity id, read from disk with the article that has the chain."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._near: dict[str, str] = {}
        """The chains of the articles that were read last."""

    def __getitem__(self, chain: str) -> str:
        if chain not in self._near:
            found = self._database.rows(
                "SELECT e.chain, e.entity FROM chains c JOIN chains o ON o.article = c.article "
                "JOIN entity_chains e ON e.chain = o.id WHERE c.id = ?",
                (chain,),
            )
            self._keep((chain, entity) for chain, entity in found)
        return self._near[chain]

    def beside(
        self, articles: Iterable[tuple[Article, Annotation]]
    ) -> Iterator[tuple[Article, Annotation]]:
        """The same articles, by id; the entities of each are at hand, from one query for all."""
        sql = (
            "SELECT c.article, c.id, e.entity FROM chains c CROSS JOIN entity_chains e "
            "ON e.chain = c.id ORDER BY c.article, c.place"  # CROSS: in the order that chains have
        )
        found = GroupedRows(self._database.rows(sql))
        for article, annotation in articles:
            self._keep([(chain, entity) for _, chain, entity in found.take(article.id)])
            yield article, annotation

    def _keep(self, pairs: Iterable[tuple[str, str]]) -> None:
        if len(self._near) > _MAX_NEAR:
            self._near.clear()
        self._near.update(pairs)

    def __iter__(self) -> Iterator[str]:
        return (chain for (chain,) in self._database.rows("SELECT chain FROM entity_chains"))

    def __len__(self) -> int:
        return int(self._database.value("SELECT count(*) FROM entity_chains"))

    def forget(self) -> None:
        """Read again from here on."""
        self._near.clear()


def stream_entities(database: Database) -> Iterator[Entity]:
    """All entities that still have a chain, by id."""
    return _entities(database, "", ())


def entity_by_id(database: Database, id_: str) -> Entity | None:
    """One entity, None if the id is unknown."""
    return next(_entities(database, "WHERE {} = ?", (id_,)), None)


def _entities(database: Database, where: str, parameters: tuple[str, ...]) -> Iterator[Entity]:
    def select(table: str, key: str, order: str) -> Iterator[Row]:
        sql = f"SELECT * FROM {table} {where.format(key)} ORDER BY {order}"
        return database.rows(sql, parameters)

    parts = [
        GroupedRows(select(table, "entity", "entity, place"))
        for table in ("aliases", "external_ids", "entity_chains")
    ]
    for row in select("entities", "id", "id"):
        aliases, external, chains = (part.take(row[0]) for part in parts)
        if chains:
            yield _entity_of(row, aliases, external, chains)


def _entity_of(row: Row, aliases: list[Row], external: list[Row], chains: list[Row]) -> Entity:
    id_, type_, name, _, subtype, gender, review = row
    return Entity(
        id_,
        EntityType(type_),
        name,
        tuple(alias[2] for alias in aliases),
        tuple(chain[2] for chain in chains),
        tuple(ExternalId(*found[2:6]) for found in external),
        subtype,
        gender,
        None if review is None else Review(review),
        {chain[2]: chain[3] for chain in chains if chain[3] is not None},
    )


def follow_redirects(database: Database, id_: str) -> str:
    """The id that an id leads to: itself, unless it went when entities merged or split."""
    seen = {id_}
    while True:
        new = database.value("SELECT new FROM redirects WHERE old = ?", (id_,))
        if new is None or new in seen:
            return id_
        seen.add(new)
        id_ = new


def ordered_links(database: Database) -> Iterator[Link]:
    """Links by (left, right)."""
    return map(rows.link_of, database.rows("SELECT * FROM links ORDER BY left, right"))


def ordered_claim_links(database: Database) -> Iterator[ClaimLink]:
    """Links between claims by (left, relation, right)."""
    sql = "SELECT * FROM claim_links ORDER BY left, relation, right"
    return map(rows.claim_link_of, database.rows(sql))
