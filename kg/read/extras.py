"""Libraries that only some inputs need: loaded when used, named when missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kg.errors import ReadError


def load(module: str) -> ModuleType:
    """The module. Raises ReadError that says how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        raise ReadError(
            f"needs {library}, which is not installed. Run: pip install 'claimgraph[readers]'"
        ) from error
