"""Commands that change the graph's articles: demo, build, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.app import DONE, FAILED, PARTIAL
from kg.cli.context import Settings
from kg.cli.output import note, show_json
from kg.cli.progress import progress_for
from kg.cli.reports import count_of, failure_word, fields_told, report_object, show_report
from kg.errors import KgError, UsageError
from kg.terminal import printable

if TYPE_CHECKING:
    from kg.pipeline import BuildReport

_FORMATS = ("auto", "text", "html", "warc", "pdf", "jsonl", "csv", "rss", "url")
_NEXT = "Next:  kg says NAME   ·   kg query -e '...'   ·   kg export graph.ttl"
_DEMO_EXPORTS = ("graph.ttl", "graph.graphml")


@click.command()
@click.option(
    "--exports",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Where the exports go.",
)
@click.pass_obj
def demo(settings: Settings, folder: Path) -> int:
    """Build the bundled articles, export them, print what was found and what to do next."""
    with settings.open(create=True) as graph:
        with progress_for(settings) as progress:
            report = graph.add(str(find_seeds()), progress=progress)
        folder.mkdir(parents=True, exist_ok=True)
        for name in _DEMO_EXPORTS:
            graph.export(folder / name)
        if settings.json:
            show_json(report_object(report))
            return DONE
        if settings.quiet:
            return DONE
        show_report(report)
        click.echo(f"Wrote {' and '.join(str(folder / name) for name in _DEMO_EXPORTS)}.")
        click.echo("\nWho is quoted most:")
        for entity, count in graph.most_quoted(5):
            click.echo(f"  {count:>3}  {printable(entity.name)} ({entity.type.value})")
        click.echo("\nNext:  kg says Alushkin")
        click.echo("       kg says Alushkin --stance denies")
        click.echo("       kg entities --type person")
        click.echo("       kg build YOUR-ARTICLES/   then   kg export graph.graphml")
    return DONE


def find_seeds() -> Path:
    """The folder of bundled articles, as seen from here. Raises KgError where it is missing."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "seeds", package.parent / "seeds"):
        if folder.is_dir():
            here = Path.cwd()
            return folder.relative_to(here) if folder.is_relative_to(here) else folder
    raise KgError("the bundled articles are missing. Install claimgraph again.")


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-r", "recursive", is_flag=True, help="Subfolders too.")
@click.option("--from", "format", type=click.Choice(_FORMATS), default="auto", show_default=True)
@click.option("--text-field", metavar="F", help="JSONL, CSV: which field is the article.")
@click.option("--title-field", metavar="F", help="JSONL, CSV: which field is the title.")
@click.option("--date-field", metavar="F", help="JSONL, CSV: which field is the date.")
@click.option("--url-field", metavar="F", help="JSONL, CSV: which field is the address.")
@click.option("--encoding", metavar="NAME", help="Of text files; default UTF-8, else guessed.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--limit", type=click.IntRange(min=1), help="Stop after this many articles.")
@click.option("--max-chars", type=click.IntRange(min=1), help="Longer articles fail.")
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0.1),
    default=600.0,
    show_default=True,
    help="Slower articles fail.",
)
@click.option("--language", metavar="CODE", help="Skip other languages. Default: en.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--rebuild", is_flag=True, help="Annotate unchanged articles again too.")
@click.option("--strict", is_flag=True, help="Exit with 1 where an input failed (else 3).")
@click.pass_obj
def build(settings: Settings, /, inputs: tuple[str, ...], strict: bool, **options: object) -> int:
    """Read articles and add them to the graph. INPUT: file, folder, glob, URL, - (stdin).

    A text file has its date from a first line "date 2025-03-14", from the "date:" of a Markdown
    header, from a date alone on one of its first three lines (2025-03-14, March 14, 2025 or 14
    March 2025), or from a dateline: LIVERPOOL, March 14, 2025 (Reuters) - ... A date without a year
    is none.
    """
    known = {name: value for name, value in options.items() if value is not None}
    with settings.open(create=True) as graph, progress_for(settings) as progress:
        report = graph.add(*inputs, progress=progress, **known)
    return _tell(settings, report, strict=strict)


def _tell(settings: Settings, report: BuildReport, *, strict: bool) -> int:
    for warning in report.warnings:
        note(f"Warning: {warning}")
    for complaint in report.complaints:
        note(f"Warning: {printable(complaint)}")
    for failure in report.failed:
        note(f"{failure_word(failure)}: {failure}")
    if not settings.quiet:
        for line in fields_told(report):
            note(line)
    if settings.json:
        show_json(report_object(report))
    elif not settings.quiet:
        show_report(report)
        if report.counts and report.counts.articles:
            click.echo(_NEXT)
    if not report.failed:
        return DONE
    return FAILED if strict or not _has_articles(report) else PARTIAL


def _has_articles(report: BuildReport) -> bool:
    """True if the graph has any now, of this build or of an earlier one."""
    return bool(report.counts.articles if report.counts else report.read)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.pass_obj
def remove(settings: Settings, sources: tuple[str, ...]) -> int:
    """Take articles out again. SOURCE: a path or URL as it was built, or an article id."""
    with settings.open(write=True) as graph:
        removed = graph.remove(*sources)
    if not removed:
        raise UsageError(f"no article was read from '{sources[0]}'. Try: kg status")
    if settings.json:
        show_json({"removed": removed})
    elif not settings.quiet:
        click.echo(f"Removed {count_of(len(removed), 'source')}.")
    return DONE
