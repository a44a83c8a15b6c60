"""Commands that look: status, entities, show, says, explain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from kg.cli.context import Settings
from kg.cli.output import (
    explanation_object,
    note,
    show_explanation,
    show_json,
    show_statement,
    show_table,
    statement_object,
)
from kg.cli.reports import count_of
from kg.errors import UsageError
from kg.terminal import printable

if TYPE_CHECKING:
    from kg.api import EntityView
    from kg.query.explain import Explanation

_TYPES = click.Choice(["person", "organisation", "place", "group", "work", "other"])
_STANCES = click.Choice(["asserts", "denies", "questions", "requests", "commits", "noComment"])


@click.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """Counts, sources, model, last run, inputs that failed."""
    with settings.open() as graph:
        found = graph.status()
        if settings.json:
            show_json(found.as_object())
            return
        for name, value in found.lines():
            click.echo(f"{name:<16} {printable(value)}")
        for failure in found.failures:
            note(f"{failure.kind.value}: {failure}")


@click.command()
@click.argument("query", required=False)
@click.option("--type", "kind", type=_TYPES, help="Only these.")
@click.option("--min-mentions", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--rejected", is_flag=True, help="Those too that `kg reject` took for none.")
@click.pass_obj
def entities(
    settings: Settings, query: str | None, kind: str | None, min_mentions: int, *, rejected: bool
) -> None:
    """Who and what is in the graph; QUERY is a part of a name."""
    with settings.open() as graph:
        found = graph.list_entities(query, type=kind, min_mentions=min_mentions, rejected=rejected)
        if settings.json:
            show_json([each.as_object() for each in found])
            return
        columns = ("id", "type", "name", "mentions", "statements", "articles", "also")
        show_table(columns, (each.as_row() for each in found))
        if not found:
            note("No entity fits. Try: kg entities")


@click.command()
@click.argument("name")
@click.pass_obj
def show(settings: Settings, name: str) -> None:
    """An entity, statement or article: NAME is an id or a name."""
    with settings.open() as graph:
        explanation = graph.explain(graph.find_id(name))
        if explanation.kind == "entity":
            _show_entity(settings, graph.entity(explanation.id), explanation)
        elif settings.json:
            show_json(explanation_object(explanation))
        else:
            show_explanation(explanation)


def _show_entity(settings: Settings, view: EntityView, explanation: Explanation) -> None:
    parts = {"says": view.says(), "said of it": view.said_of()}
    if settings.json:
        said = {
            heading.replace(" ", "_"): [statement_object(each) for each in statements]
            for heading, statements in parts.items()
        }
        show_json({**explanation_object(explanation), **said})
        return
    click.echo(click.style(printable(explanation.title), bold=True))
    for key, value in explanation.facts:
        click.echo(f"  {key:<12}  {printable(value)}")
    for heading, statements in parts.items():
        if statements:
            click.echo(f"\n{heading}:")
        for statement in statements:
            show_statement(statement)
    if not settings.quiet:
        note(f"\nNext:  kg explain {explanation.id}")


@click.command()
@click.argument("name")
@click.option("--about", metavar="NAME", help="Only what mentions this entity.")
@click.option("--stance", type=_STANCES, help="Only this stance.")
@click.option("--since", metavar="DATE", help="From this day on (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Up to this day (YYYY-MM-DD).")
@click.pass_obj
def says(
    settings: Settings,
    name: str,
    about: str | None,
    stance: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """What NAME is reported to have said, and what it reports of others.

    The date is that of the saying where the article words it, else that of the article.
    """
    with settings.open() as graph:
        found = graph.entity(name).says(
            about=graph.entity(about).id if about else None,
            stance=stance,
            since=_day(since, "--since"),
            until=_day(until, "--until"),
        )
        if found.undated:
            note(f"{count_of(found.undated, 'undated statement')} left out.")
        if settings.json:
            show_json([statement_object(each) for each in found])
            return
        for statement in found:
            show_statement(statement)
        if not found:
            note(f"No such statement of {graph.entity(name).name}. Try: kg show {name!r}")


@click.command()
@click.argument("record_id", metavar="ID")
@click.pass_obj
def explain(settings: Settings, record_id: str) -> None:
    """The sentences, articles and rules behind a node or an edge."""
    with settings.open() as graph:
        explanation = graph.explain(graph.find_id(record_id))
        if settings.json:
            show_json(explanation_object(explanation))
        else:
            show_explanation(explanation)


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--links", is_flag=True, help="Items of services instead (kg link).")
@click.pass_obj
def suggest(settings: Settings, limit: int, links: bool) -> None:
    """Pairs that may be one and wait for a person, likeliest first."""
    with settings.open() as graph:
        if links:
            from kg.cli.linking import show_link_suggestions

            show_link_suggestions(settings, graph, limit)
            return
        shown = [each for each in graph.suggestions() if each.left.id != each.right.id][:limit]
        if settings.json:
            show_json([each.as_object() for each in shown])
            return
        for each in shown:
            pair = f"{printable(each.left.name)} = {printable(each.right.name)}?"
            click.echo(f"{each.score:.2f}  {pair}")
            click.echo(f"      {printable('; '.join(each.reasons))}")
            click.echo(f"      kg merge {each.left.id} {each.right.id}")
        if not shown:
            note("Nothing waits for a decision.")


def _day(written: str | None, option: str) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f"{option} is '{written}'; expected YYYY-MM-DD") from error
