"""Commands for what people decide: merge, split, rename, retype, reject, correct, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.app import DONE
from kg.cli.context import Settings
from kg.cli.decisions import about, told
from kg.cli.output import note, show_json, show_table
from kg.cli.reports import count_of
from kg.errors import UsageError
from kg.terminal import printable

if TYPE_CHECKING:
    from kg.api.corrections import Corrections
    from kg.api.graph import Graph
    from kg.ledger import Correction

why_option = click.option("--why", default="", metavar="TEXT", help="The reason, for the ledger.")
who_option = click.option("--who", metavar="NAME", help="Who decides. Default: the login name.")


def tell(settings: Settings, graph: Graph, made: Correction) -> int:
    """Say what was written to the ledger, and what of it finds nothing any more."""
    if settings.json:
        show_json({"id": made.id, "action": made.action.value})
        return DONE
    if not settings.quiet:
        click.echo(printable(told(graph, made)))
    for complaint in graph.corrections().complaints():
        note(f"Warning: {complaint}")
    if not settings.quiet:
        note("Take it back:  kg undo")
    return DONE


@click.command()
@click.argument("keep")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@click.option("--force", is_flag=True, help="Merge a person and a place all the same.")
@who_option
@why_option
@click.pass_obj
def merge(
    settings: Settings, keep: str, others: tuple[str, ...], force: bool, who: str | None, why: str
) -> int:
    """KEEP and the OTHERs are one; ids or names."""
    with settings.open(write=True) as graph:
        made = graph.corrections(who=who, why=why).merge(keep, *others, force=force)
        return tell(settings, graph, made)


@click.command()
@click.argument("entity", metavar="ID")
@click.option("--mention", "mentions", multiple=True, required=True, metavar="M")
@who_option
@why_option
@click.pass_obj
def split(
    settings: Settings, entity: str, mentions: tuple[str, ...], who: str | None, why: str
) -> int:
    """Mentions M (ARTICLE:START-END, or le:CHAIN) mean another one than the rest of ID."""
    with settings.open(write=True) as graph:
        made = graph.corrections(who=who, why=why).split(entity, mentions)
        return tell(settings, graph, made)


@click.command()
@click.argument("entity", metavar="ID")
@click.argument("name")
@who_option
@why_option
@click.pass_obj
def rename(settings: Settings, entity: str, name: str, who: str | None, why: str) -> int:
    """The entity is called NAME; the names in the articles stay as they are."""
    with settings.open(write=True) as graph:
        return tell(settings, graph, graph.corrections(who=who, why=why).rename(entity, name))


@click.command()
@click.argument("entity", metavar="ID")
@click.argument("kind", metavar="TYPE")
@who_option
@why_option
@click.pass_obj
def retype(settings: Settings, entity: str, kind: str, who: str | None, why: str) -> int:
    """The entity is a person, organisation, place, group, work or other."""
    with settings.open(write=True) as graph:
        return tell(settings, graph, graph.corrections(who=who, why=why).retype(entity, kind))


@click.command()
@click.argument("entity", metavar="ID")
@click.argument("iri", metavar="[IRI]", required=False)
@who_option
@why_option
@click.pass_obj
def reject(settings: Settings, entity: str, iri: str | None, who: str | None, why: str) -> int:
    """The entity is none: its words were misread. With IRI: it is not what IRI names."""
    with settings.open(write=True) as graph:
        held = graph.corrections(who=who, why=why)
        made = held.reject(entity) if iri is None else held.reject_link(entity, iri)
        return tell(settings, graph, made)


@click.command()
@click.argument("statement", metavar="ID")
@click.option("--speaker", metavar="E", help="This entity says it (id or name).")
@click.option("--stance", metavar="S", help="asserts, denies, questions, requests, commits ...")
@click.option("--not-a-statement", "none", is_flag=True, help="Nobody says this.")
@who_option
@why_option
@click.pass_obj
def correct(settings: Settings, /, statement: str, **given: str | bool | None) -> int:
    """Correct who makes a statement, its stance, or that it is one."""
    with settings.open(write=True) as graph:
        who, why = given["who"], given["why"]
        corrections = graph.corrections(who=str(who) if who else None, why=str(why or ""))
        return tell(settings, graph, _decide(corrections, statement, given))


def _decide(
    corrections: Corrections, statement: str, given: dict[str, str | bool | None]
) -> Correction:
    chosen = [name for name in ("speaker", "stance", "none") if given[name]]
    if len(chosen) != 1:
        raise UsageError("give one of --speaker E, --stance S, --not-a-statement")
    if given["speaker"]:
        return corrections.speaker(statement, str(given["speaker"]))
    if given["stance"]:
        return corrections.stance(statement, str(given["stance"]))
    return corrections.not_a_statement(statement)


@click.command()
@click.argument("count", type=click.IntRange(min=1), default=1, metavar="[N]")
@who_option
@why_option
@click.pass_obj
def undo(settings: Settings, count: int, who: str | None, why: str) -> int:
    """Take back the last N corrections (1)."""
    with settings.open(write=True) as graph:
        made = graph.corrections(who=who, why=why).undo(count)
        if settings.json:
            show_json({"undone": [each.value for each in made]})
        elif not settings.quiet:
            click.echo(f"Took back {count_of(len(made), 'correction')}.")
    return DONE


@click.group(invoke_without_command=True)
@click.pass_context
def corrections(ctx: click.Context) -> int:
    """The corrections in force; export and import the ledger."""
    if ctx.invoked_subcommand is not None:
        return DONE
    settings: Settings = ctx.obj
    with settings.open(write=True) as graph:
        held = graph.corrections()
        rows = [
            (
                each.id,
                each.author.when[:10],
                each.author.who,
                each.action.value,
                *about(each),
                each.author.why,
            )
            for each in held
        ]
        columns = ("id", "when", "who", "action", "about", "value", "why")
        if settings.json:
            show_json([dict(zip(columns, row, strict=True)) for row in rows])
        else:
            show_table(columns, rows)
        for complaint in held.complaints():
            note(f"Warning: {complaint}")
    return DONE


@corrections.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_ledger(settings: Settings, file: Path) -> int:
    """Write the ledger to FILE (line JSON)."""
    with settings.open(write=True) as graph:
        count = graph.corrections().export(file)
    if not settings.quiet:
        click.echo(f"Wrote {count_of(count, 'correction')} to {file}.")
    return DONE


@corrections.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def import_ledger(settings: Settings, file: Path) -> int:
    """Add the corrections of FILE; those known already are not added again."""
    with settings.open(write=True) as graph:
        added, bad = graph.corrections().import_from(file)
        complaints = (*bad, *graph.corrections().complaints())
    if not settings.quiet:
        click.echo(f"Added {count_of(added, 'correction')}.")
    for complaint in complaints:
        note(f"Warning: {complaint}")
    return DONE
