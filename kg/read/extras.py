"""Libraries that only some inputs need: loaded when used, named when missing or broken."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kg.errors import ReadError

READERS = ("trafilatura", "pypdf", "warcio.archiveiterator", "feedparser")
"""The modules of the extra `readers`."""


def load(module: str) -> ModuleType:
    """The module. Raises ReadError that says how to install it, or why it does not load."""
    library = module.partition(".")[0]
    try:
        return import_module(module)
    except Exception as error:  # whatever a broken installation does, the batch goes on
        if isinstance(error, ModuleNotFoundError) and error.name == library:
            reason = "is not installed. Run: pip install 'claimgraph[readers]'"
        else:
            reason = _broken(library, error)
        raise ReadError(f"needs {library}, which {reason}") from error


def _broken(library: str, error: Exception) -> str:
    """Why a library that is there does not load; the extra would not be installed anew."""
    said = " ".join(str(error).split())
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    is_foreign = missing is not None and missing.partition(".")[0] != library
    run = f"Run: pip install --force-reinstall {library}"
    advice = f"Install {missing} too" if is_foreign else run
    return f"is installed but does not load ({type(error).__name__}: {said}). {advice}"
