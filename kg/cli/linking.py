"""Commands for identifiers elsewhere: link, and what a person says of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.app import DONE, PARTIAL
from kg.cli.context import Settings
from kg.cli.correcting import tell, who_option, why_option
from kg.cli.output import note, show_json
from kg.cli.progress import progress_for
from kg.cli.reports import count_of
from kg.errors import UsageError
from kg.terminal import printable

if TYPE_CHECKING:
    from kg.api.graph import Graph
    from kg.pipeline import LinkReport

_MAX_NAMED = 5
_TYPES = click.Choice(["person", "organisation", "place"])


@click.command()
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option("--service", "url", metavar="URL", help="A reconciliation service.")
@click.option("--geonames", is_flag=True, help="Cities to GeoNames, offline (extra geonames).")
@click.option("--type", "types", multiple=True, type=_TYPES, help="Only these entities.")
@click.option("--as", "classes", multiple=True, metavar="TYPE=CLASS", help="person=Q5 ...")
@click.option("--hint", "hints", multiple=True, metavar="PROPERTY=RELATION", help="P17=locatedIn")
@click.option("--threshold", type=click.FloatRange(0, 1), help="Score to be believed. First: 0.9.")
@click.option("--refresh", is_flag=True, help="Ask again what was answered before.")
@click.option("--dry-run", is_flag=True, help="Show the names that would be sent; send none.")
@click.option("--forget", is_flag=True, help="Drop the service with all its answers.")
@click.pass_obj
def link(settings: Settings, /, url: str | None, geonames: bool, **given: object) -> int:
    """Ask a W3C Reconciliation service (OpenRefine's protocol) what entities are called there.

    ENTITY is an id or a name; by default all named people, organisations and places. Names are
    sent to URL, with nothing of the articles; answers are kept and never asked for twice.
    """
    if geonames == bool(url):
        raise UsageError("give one of --service URL, --geonames")
    with settings.open(write=True) as graph:
        if geonames and not given["forget"]:
            _tell(settings, graph.link_places())
            return DONE
        url = url or "geonames"
        if given["forget"]:
            return _forget(settings, graph, url)
        _announce(settings, graph, url, given)
        report = _ask(settings, graph, url, given)
    _tell(settings, report)
    return PARTIAL if report.unanswered or report.stopped else DONE


def _forget(settings: Settings, graph: Graph, url: str) -> int:
    from kg.api.linking import forget_service

    if not forget_service(graph, url):
        raise UsageError(f"'{url}' was never asked")
    if settings.json:
        show_json({"forgotten": url})
    else:
        click.echo(f"Forgot {url}.")
    return DONE


def _announce(settings: Settings, graph: Graph, url: str, given: dict[str, object]) -> None:
    """Say what is about to leave the machine, before it does."""
    if settings.quiet or given["dry_run"]:
        return
    report = _ask(settings, graph, url, {**given, "dry_run": True})
    if report.names:
        told = " and the words of --hint relations" if given["hints"] else ""
        names = count_of(len(report.names), "name")
        note(f"Sending {names}{told} to {url}; nothing else leaves this machine.")


def _ask(settings: Settings, graph: Graph, url: str, given: dict[str, object]) -> LinkReport:
    entities, pairs = given["entities"], ("classes", "hints")
    assert isinstance(entities, tuple)
    with progress_for(settings) as progress:
        return graph.link(
            url,
            *entities,
            progress=progress,
            types=given["types"],
            threshold=given["threshold"],
            refresh=given["refresh"],
            dry_run=given["dry_run"],
            **{name: _pairs(given[name], name) for name in pairs},
        )


def _pairs(given: object, name: str) -> dict[str, str]:
    assert isinstance(given, tuple)
    found: dict[str, str] = {}
    for each in given:
        key, mark, value = each.partition("=")
        if not (key and mark and value):
            option = {"classes": "--as TYPE=CLASS", "hints": "--hint PROPERTY=RELATION"}[name]
            raise UsageError(f"'{each}' is not of the form {option}")
        found[key] = value
    return found


def _tell(settings: Settings, report: LinkReport) -> None:
    if settings.json:
        show_json(_report_object(report))
        return
    if not report.asked and not report.known and report.names:  # a dry run
        for name in report.names:
            click.echo(printable(name))
        return
    counts = f"{report.asked:,} asked, {report.known:,} known"
    if not settings.quiet:
        click.echo(f"{report.linked:,} linked, {report.waiting:,} wait for you ({counts}).")
    for name, reason in report.unanswered[:_MAX_NAMED]:
        note(f"No answer for {printable(name)}: {printable(reason)}")
    if len(report.unanswered) > _MAX_NAMED:
        note(f"No answer for {len(report.unanswered) - _MAX_NAMED} more.")
    if report.stopped:
        note(f"Stopped early: the service {printable(report.stopped)}. Run the same command again.")
    if report.waiting:
        note("Next:  kg suggest --links")


def _report_object(report: LinkReport) -> dict[str, object]:
    return {
        "service": report.service,
        "names": list(report.names),
        "asked": report.asked,
        "known": report.known,
        "linked": report.linked,
        "waiting": report.waiting,
        "unanswered": [{"name": name, "reason": why} for name, why in report.unanswered],
        "stopped": report.stopped or None,
    }


@click.command()
@click.argument("entity", metavar="ENTITY")
@click.argument("iri", metavar="IRI")
@who_option
@why_option
@click.pass_obj
def accept(settings: Settings, entity: str, iri: str, who: str | None, why: str) -> int:
    """ENTITY is what IRI (or a QID of Wikidata) names; `kg reject ENTITY IRI` says it is not."""
    with settings.open(write=True) as graph:
        made = graph.corrections(who=who, why=why).accept_link(entity, iri)
        return tell(settings, graph, made)


def show_link_suggestions(settings: Settings, graph: Graph, limit: int) -> None:
    """Entities with candidates elsewhere, each with the command that takes it."""
    shown = graph.link_suggestions()[:limit]
    if settings.json:
        show_json([each.as_object() for each in shown])
        return
    for each in shown:
        click.echo(
            f"{printable(each.entity.name)} ({each.entity.type.value}): {printable(each.reason)}"
        )
        for offered in each.offered:
            kinds = f" ({', '.join(offered.types)})" if offered.types else ""
            sure = "  the service is sure" if offered.is_match else ""
            click.echo(f"  {offered.score:.2f}  {printable(offered.name + kinds)}{sure}")
            if offered.reason:
                click.echo(f"        {printable(offered.reason)}")
            click.echo(f"        kg accept {each.entity.id} {printable(offered.iri)}")
    if not shown:
        note("No link waits for a decision.")
