"""Commands for queries, exports and checks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.app import DONE
from kg.cli.context import Settings
from kg.cli.output import note, show_json
from kg.errors import UsageError

_FORMATS = ("table", "csv", "json", "ttl")


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--format", "kind", metavar="NAME", help="Default: from the suffix of OUT.")
@click.option(
    "--view",
    type=click.Choice(["full", "projected"]),
    default="full",
    show_default=True,
    help="projected: who speaks about whom.",
)
@click.pass_obj
def export(settings: Settings, out: Path, kind: str | None, view: str) -> int:
    """Write the graph to OUT; - is stdout and wants --format."""
    if str(out) == "-" and kind is None:
        raise UsageError("stdout has no suffix: add --format, for instance --format turtle")
    with settings.open() as graph:
        target = sys.stdout.buffer if str(out) == "-" else out
        counts = graph.export(target, format=kind, view=view)
    if settings.json and str(out) != "-":
        show_json({"format": counts.format, **counts.counts})
    elif not settings.quiet:
        note(f"Wrote {out}: {counts}")
    return DONE
