"""Numbers of changes: what a derived index has to do to catch up with the store."""

from __future__ import annotations

from dataclasses import dataclass

from kg.store.database import Database


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a number; `number` is the one to remember once that is done."""

    number: int
    articles: tuple[str, ...]
    """Articles to write again, sorted: new, annotated again, or with other entities."""
    removed: tuple[str, ...]
    """Articles that are no longer there (or not yet there again), sorted."""
    entities: bool
    links: bool
    claim_links: bool
    runs: bool


def read_meta(database: Database, key: str, default: str = "") -> str:
    """A value of the table `meta`."""
    value = database.value("SELECT value FROM meta WHERE key = ?", (key,))
    return default if value is None else str(value)


def write_meta(database: Database, key: str, value: str) -> None:
    """Set a value of the table `meta`."""
    database.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def current_change(database: Database) -> int:
    """The number of the last change; 0 in a new store."""
    return int(read_meta(database, "change", "0"))


def next_change(database: Database, *parts: str) -> int:
    """Count one change on, inside a transaction; it is noted for the parts (`entities` ...)."""
    number = current_change(database) + 1
    write_meta(database, "change", str(number))
    for part in parts:
        write_meta(database, f"change:{part}", str(number))
    return number


def changes_since(database: Database, number: int) -> Changes:
    """What changed after the number; 0 means everything."""

    def part_changed(part: str) -> bool:
        return int(read_meta(database, f"change:{part}", "0")) > number

    changed = database.rows(
        "SELECT id, resolved FROM articles WHERE change > ? ORDER BY id", (number,)
    )
    visible: list[str] = []
    hidden: list[str] = []
    for article, resolved in changed:
        (visible if resolved else hidden).append(article)
    gone = database.rows("SELECT article FROM removed WHERE change > ?", (number,))
    return Changes(
        number=current_change(database),
        articles=tuple(visible),
        removed=tuple(sorted({*hidden, *(article for (article,) in gone)})),
        entities=part_changed("entities"),
        links=part_changed("links"),
        claim_links=part_changed("claim_links"),
        runs=part_changed("runs"),
    )
