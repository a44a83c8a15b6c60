"""The command that serves the graph to other programs on this machine."""

from __future__ import annotations

from ipaddress import ip_address

import click

from kg.cli.context import Settings
from kg.cli.interrupt import INTERRUPTED, leave_to_the_command
from kg.cli.output import note, show_json
from kg.errors import KgError


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7878,
    show_default=True,
    help="0 takes a free one.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another one opens it to the network."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="Seconds for a query.",
)
@click.option(
    "--in-memory/--on-disk",
    default=None,
    help="Answer from a copy in memory: quicker, for 340 MiB a million triples and process."
    "  [default: as soon as that pays]",
)
@click.pass_obj
def sparql(
    settings: Settings, port: int, host: str, timeout: float, *, in_memory: bool | None
) -> int:
    """Answer SPARQL over HTTP on this machine, read-only, until Ctrl-C.

    GET and POST of the SPARQL 1.1 protocol, at http://127.0.0.1:7878/sparql. What another kg
    changes in the graph meanwhile is in the next answer.
    """
    try:
        from kg.web.serving import ServerOptions, serve_sparql
    except ImportError as error:
        message = "serving needs starlette and uvicorn. Run: pip install 'claimgraph[server]'"
        raise KgError(message) from error
    with settings.open():  # says what is missing before a port is taken
        pass
    if not _is_loopback(host):
        note(f"Warning: whoever reaches {host} can read the whole graph.")

    def ready(address: str) -> None:
        if settings.json:
            show_json({"endpoint": address})
        else:
            note(f"Serving {settings.store} at {address} (read-only). Ctrl-C stops it.")

    leave_to_the_command()
    try:
        serve_sparql(settings.store, ServerOptions(host, port, timeout, in_memory), ready)
    except KeyboardInterrupt:
        note("Stopped.")
    return INTERRUPTED


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
