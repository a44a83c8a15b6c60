"""claimgraph: turns news articles into a graph of who said what about whom.

    import kg

    with kg.open("news", create=True) as graph:
        graph.add("articles/")
        for statement in graph.entity("Alushkin").says(stance="denies"):
            print(statement.passage)

Names are loaded when they are used: `import kg` alone is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from kg.api import EntityView as EntityView
    from kg.api import Graph, Passage, StatementView
    from kg.api import open_graph as open  # noqa: A004  (kg.open reads as sqlite3.connect does)
    from kg.errors import AmbiguousNameError as AmbiguousName
    from kg.errors import KgError

_LATE = {
    "open": ("kg.api", "open_graph"),
    "Graph": ("kg.api", "Graph"),
    "Passage": ("kg.api", "Passage"),
    "StatementView": ("kg.api", "StatementView"),
    "EntityView": ("kg.api", "EntityView"),
    "KgError": ("kg.errors", "KgError"),
    "AmbiguousName": ("kg.errors", "AmbiguousNameError"),
}

__all__ = ["AmbiguousName", "EntityView", "Graph", "KgError", "Passage", "StatementView", "open"]


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    import importlib

    module, attribute = _LATE[name]
    return getattr(importlib.import_module(module), attribute)
