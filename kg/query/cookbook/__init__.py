"""Twenty questions to start with, as SPARQL; the first line of each says what it answers."""

from __future__ import annotations

from importlib.resources import files


def names() -> list[str]:
    """The names of the queries, sorted: `01-said-by-a-person` ..."""
    found = (entry.name for entry in files(__name__).iterdir())
    return sorted(name.removesuffix(".rq") for name in found if name.endswith(".rq"))


def query(name: str) -> str:
    """The text of a query. Raises KeyError for an unknown name."""
    if name not in names():
        raise KeyError(name)
    return (files(__name__) / f"{name}.rq").read_text(encoding="utf-8")


def title(name: str) -> str:
    """What a query answers, in one sentence."""
    return query(name).partition("\n")[0].removeprefix("# ")
