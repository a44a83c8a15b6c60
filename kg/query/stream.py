"""A file made of chunks, for readers that want one."""

from __future__ import annotations

from collections.abc import Iterator


class ChunkReader:
    """What `read` gives from chunks that are made while it is read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes (all that are left if negative); empty at the end."""
        if size < 0:
            rest = self._rest + b"".join(self._chunks)
            self._rest = b""
            return rest
        if not self._rest:
            self._rest = next(self._chunks, b"")
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def readable(self) -> bool:
        """Always true."""
        return True
