"""`kg annotate`: articles in, annotations out, no store."""

from __future__ import annotations

import click

from kg.cli.app import DONE, PARTIAL
from kg.cli.context import Settings
from kg.cli.output import note, to_json


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@click.option("--text-field", metavar="F", help="JSONL: which field is the article.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after this many articles.")
@click.pass_obj
def annotate(
    settings: Settings, inputs: tuple[str, ...], text_field: str | None, limit: int | None
) -> int:
    """Annotate without a store: one JSON object a line, with the ids and texts of the input.

    INPUT is as for `kg build`; without one, JSONL from stdin.
    """
    from kg.api import annotate_inputs

    failures = 0
    outcomes = annotate_inputs(
        inputs or ("-",), model=settings.model, text_field=text_field, limit=limit
    )
    for outcome in outcomes:
        if isinstance(outcome, str):
            failures += 1
            note(f"Failed: {outcome}")
        else:
            click.echo(to_json(outcome))
    return PARTIAL if failures else DONE
