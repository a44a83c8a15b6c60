"""Runs the SPARQL endpoint of a store until it is stopped."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from kg.errors import UsageError
from kg.web.answers import Answers
from kg.web.sparql import PATH, sparql_app

_BACKLOG = 64
_MAX_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Where to listen, and how long a query may take."""

    host: str = "127.0.0.1"
    port: int = 7878
    """0 takes a free one."""
    timeout_s: float = 60.0
    in_memory: bool | None = None
    """Each process answers from a copy in its memory; None makes one as soon as that pays."""


def serve_sparql(folder: Path, options: ServerOptions, ready: Callable[[str], None]) -> None:
    """Serve the store in the folder until SIGINT (then KeyboardInterrupt is raised) or SIGTERM.

    `ready` gets the address of the endpoint once it can be reached. Raises UsageError if it cannot
    listen there, StoreError if there is no store.
    """
    processes = min(_MAX_PROCESSES, os.cpu_count() or 1)
    answers = Answers(
        folder,
        processes=processes,
        timeout_s=options.timeout_s,
        in_memory=options.in_memory,
    )
    answers.newest()  # now, and not with the first query
    with _listen(options) as listening:
        config = uvicorn.Config(
            sparql_app(answers, name=options.host),
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
        )
        ready(_address(listening))
        _Server(config, answers).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that ends the queries which run when it is told to stop."""

    def __init__(self, config: uvicorn.Config, answers: Answers) -> None:
        super().__init__(config)
        self._answers = answers

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop: those who wait get an error instead of a server that lingers for them."""
        self._answers.kill()
        super().handle_exit(sig, frame)


def _listen(options: ServerOptions) -> socket.socket:
    try:
        kind, *_, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.create_server(address[:2], family=kind, backlog=_BACKLOG)
        # asyncio does not see that this is TCP; without it the body of an answer waits 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        where = f"{options.host}:{options.port}"
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise UsageError(f"cannot listen on {where}: {reason.lower()}. Try --port 0") from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{PATH}"
