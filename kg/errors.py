"""The errors a caller can act on. A message says where, what was found, and what to type next."""

from __future__ import annotations

from collections.abc import Sequence


class KgError(Exception):
    """Something the tool could not do; the message is meant for the user as it is. Exit code 1."""


class UsageError(KgError):
    """The call itself is wrong: a path, an option, a name or a query. Exit code 2."""


class AmbiguousNameError(UsageError):
    """A name that fits several entities; `candidates` holds their ids, best first."""

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class ModelError(KgError):
    """The language model is missing, or its weights are not the ones that were pinned."""


class EvidenceError(KgError):
    """A span that does not hold what its record says; such a record is never written."""


class ReadError(KgError):
    """One input that could not be read; the rest of the batch goes on."""


class StoreError(KgError):
    """The store cannot be opened, is locked, or was written by a newer version."""
