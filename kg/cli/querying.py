"""Commands for queries, exports and checks."""

from __future__ import annotations

import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import click

from kg.cli.app import DONE, FAILED
from kg.cli.context import Settings
from kg.cli.output import note, show_json, show_table
from kg.cli.reports import count_of
from kg.errors import UsageError
from kg.query import cookbook
from kg.terminal import printable

_FORMATS = ("table", "csv", "json", "ttl")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--list", "titles", is_flag=True, help="The queries that come with kg.")
@click.option("-e", "text", metavar="SPARQL", help="The query itself.")
@click.option("--name", metavar="NAME", help="Whom or what a query of --list asks about.")
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that a query of --list asks about.",
)
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="Default: table.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True)
@click.pass_obj
def query(
    settings: Settings, /, file: Path | None, text: str | None, titles: bool, **options: object
) -> int:
    """Ask in SPARQL: FILE, -e, or - for stdin; FILE can be a query of --list.

    The usual prefixes are bound: kg, schema, prov, nif, skos, rdfs, xsd, ent, st, g ...
    """
    if titles:
        _list_queries(settings)
        return DONE
    written = _written(file, text)
    timeout, name, day = options["timeout"], options["name"], options["day"]
    assert isinstance(timeout, float)
    assert day is None or isinstance(day, date)
    with settings.open() as graph:
        # As `kg says` finds it: by id, name or alias; the graph has it under its own name.
        known = None if name is None else graph.entity(str(name)).name
        written = cookbook.about(written, name=known, day=day)
        found = graph.sparql(written, timeout_s=timeout, in_process=True)
    kind = options["kind"] or ("json" if settings.json else "table")
    click.echo(found.to_text(str(kind)), nl=False)
    asked = cookbook.asked_about(written)
    if not found and asked is not None and not settings.quiet:
        note(f"No rows: the query asks about '{asked}'. Another: --name NAME")
    return DONE


def _list_queries(settings: Settings) -> None:
    listed = [(name, cookbook.title(name)) for name in cookbook.names()]
    if settings.json:
        show_json([{"query": name, "answers": title} for name, title in listed])
    else:
        show_table(("query", "answers"), listed)


def _written(file: Path | None, text: str | None) -> str:
    if (file is None) == (text is None):
        message = "give one query: kg query FILE, or kg query -e 'SELECT ...'; kg query --list"
        raise UsageError(message)
    if text is not None:
        return text
    assert file is not None
    if str(file) == "-":
        return sys.stdin.read()
    if file.is_file():
        return file.read_text(encoding="utf-8")
    try:
        return cookbook.query(str(file))
    except KeyError as error:
        raise UsageError(f"'{file}' does not exist. Try: kg query --list") from error


@click.command()
@click.argument("out", metavar="OUT")
@click.option("--format", "kind", metavar="NAME", help="Default: from the suffix of OUT.")
@click.option(
    "--view",
    type=click.Choice(["full", "projected"]),
    default="full",
    show_default=True,
    help="projected: who speaks about whom.",
)
@click.option(
    "--metrics/--no-metrics",
    "measured",
    default=None,
    help="Degree, PageRank and community in GraphML and GEXF, for 2 KB of memory a node or edge."
    "  [default: up to 100,000 of them]",
)
@click.pass_obj
def export(
    settings: Settings, out: str, kind: str | None, view: str, *, measured: bool | None
) -> int:
    """Write the graph to OUT; - is stdout and wants --format.

    \b
    Formats, by suffix or --format NAME:
      .ttl turtle   .nt nt   .trig trig   .nq nquads   .jsonld jsonld
      .graphml graphml   .gexf gexf (both in two views)
      .csv csv, .parquet parquet (statements)   .zip zip (all four tables as CSV)
      .jsonl jsonl   .ftm.json ftm   .anno.json webannotation   .nanopub.trig nanopub

    `kg export DIR/ --format csv` (or parquet) writes all four tables into a folder.
    """
    if out == "-" and kind is None:
        raise UsageError("stdout has no suffix: add --format, for instance --format turtle")
    with settings.open() as graph:
        target = sys.stdout.buffer if out == "-" else _target(out, kind)
        counts = graph.export(target, format=kind, view=view, measured=measured)
    if settings.json and out != "-":
        show_json({"format": counts.format, **counts.counts})
    elif not settings.quiet:
        note(f"Wrote {out}: {counts}")
    return DONE


def _target(out: str, kind: str | None) -> Path:
    """The file or folder; a folder is made where OUT ends like one."""
    path = Path(out)
    if out.endswith("/") or path.is_dir():
        if kind is None:
            message = f"'{out}' is a folder. Which tables? Add --format csv, or --format parquet"
            raise UsageError(message)
        if kind in ("csv", "parquet"):
            path.mkdir(parents=True, exist_ok=True)
        elif not path.is_dir():
            raise UsageError(f"'{out}' is a folder; {kind} is one file. Name the file.")
    return path


@click.command()
@click.option("--shapes", type=click.Path(path_type=Path), help="Other SHACL shapes than ours.")
@click.pass_obj
def check(settings: Settings, shapes: Path | None) -> int:
    """Does every span show what it says, and does the graph fit its SHACL shapes?"""
    with_shapes = shapes is not None or find_spec("pyshacl") is not None
    with settings.open() as graph:
        report = graph.check(shapes, with_shapes=with_shapes)
    problems = [str(problem) for problem in report.problems]
    if settings.json:
        found = {"articles": report.articles, "spans": report.spans, "problems": problems}
        show_json({"ok": report.ok, "shapes": report.shapes, **found})
        return DONE if report.ok else FAILED
    for problem in problems:
        click.echo(printable(problem))
    held = f"{count_of(report.spans, 'span')} of {count_of(report.articles, 'article')}"
    click.echo(f"{held} checked: {count_of(len(problems), 'problem')}.")
    if not with_shapes:
        note("The SHACL shapes were not checked. Run: pip install 'claimgraph[shacl]'")
    return DONE if report.ok else FAILED


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(settings: Settings, file: Path) -> int:
    """Copy graph and corrections to FILE, also while others use them; `kg restore` reads it."""
    with settings.open() as graph:
        graph.backup(file)
    if not settings.quiet:
        note(f"Wrote {file}.")
    return DONE


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(settings: Settings, file: Path) -> int:
    """Make the graph of a backup again, where --store says; nothing is written over."""
    from kg.store import restore_backup

    restore_backup(file, settings.store)
    if not settings.quiet:
        note(f"Restored to {settings.store}. Next: kg status")
    return DONE
