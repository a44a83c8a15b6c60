"""What a run saw of each file: its complaints, and the articles that it no longer holds."""

from __future__ import annotations

from collections import defaultdict

from kg.model import Failure, FailureKind
from kg.read import Found, Unchanged
from kg.store import Store

# A feed drops its older entries and stdin has no yesterday: what they said stays.
_PASSING_READERS = "rss/"
_STDIN = "-"


class Files:
    """Follows the stream of what was read, file by file."""

    def __init__(self, store: Store, *, is_dry: bool) -> None:
        self._store = store
        self._is_dry = is_dry
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._broken: set[str] = set()

    def see(self, each: Found) -> None:
        """Note what came out of a file; complaints of an earlier run about it go."""
        file, found = each.file, each.what
        is_whole = isinstance(found, Unchanged) and file == found.source
        if file not in self._seen and not is_whole and not self._is_dry:
            self._store.forget_failures(file)
        self._seen[file].add(found.source)
        if isinstance(found, Failure):
            if found.kind is FailureKind.FAILED:
                self._broken.add(file)
            if not self._is_dry:
                self._store.save_failure(found)

    def remove_vanished(self) -> int:
        """Take out the articles that their files no longer hold; how many sources went.

        A file in which something could not be read keeps all: it may be torn.
        """
        if self._is_dry:
            return 0
        read = set().union(*self._seen.values())
        gone = [
            source
            for file, seen in self._seen.items()
            if file != _STDIN and file not in self._broken and seen != {file}
            for source, reader in self._store.sources_in(file)
            if source not in read and not reader.startswith(_PASSING_READERS)
        ]
        self._store.drop(gone)
        return len(gone)
