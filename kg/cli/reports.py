"""What a build says at the end."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.terminal import printable

if TYPE_CHECKING:
    from kg.model import Failure
    from kg.pipeline import BuildReport

_MAX_NAMED = 5
_AGAIN = {
    "asked": "annotated again as asked (--rebuild)",
    "run": "annotated again: the configuration, the model or kg itself changed",
    "metadata": "annotated again: date, title or other details are not those of before",
}


def count_of(number: int, word: str, plural: str | None = None) -> str:
    """`1 article`, `2 articles`, `12,000 people`."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def show_report(report: BuildReport) -> None:
    """What was done and what the graph holds now, on three lines at most."""
    counts = report.counts
    if counts is None:
        click.echo(f"Would annotate {count_of(report.new + report.changed, 'article')}.")
    else:
        found = ", ".join(
            (
                count_of(counts.people, "person", "people"),
                count_of(counts.organisations, "organisation"),
                count_of(counts.places, "place"),
                count_of(counts.statements, "statement"),
            )
        )
        details = f"{count_of(counts.denials, 'denial')}, {counts.second_hand:,} at second hand"
        click.echo(
            f"{count_of(counts.articles, 'article')}: {found} ({details}). {report.seconds:.1f} s"
        )
    done = _done(report)
    if done:
        click.echo(done)
    if report.skipped:
        named = "; ".join(
            _skipped(each.source, each.reason) for each in report.skipped[:_MAX_NAMED]
        )
        more = len(report.skipped) - _MAX_NAMED
        rest = f" and {more} more (kg status)" if more > 0 else ""
        click.echo(f"Skipped {len(report.skipped)}: {named}{rest}")


def fields_told(report: BuildReport) -> list[str]:
    """A line for each set of field options that holds from an earlier build."""
    files_of: dict[str, list[str]] = {}
    for file, typed in report.fields_as_before.items():
        files_of.setdefault(typed, []).append(file)
    return [f"Read with {typed}, as before: {_few(files)}." for typed, files in files_of.items()]


def failure_word(failure: Failure) -> str:
    """What a complaint begins with: a line that is skipped costs only itself."""
    return "Warning" if failure.reason.endswith("line skipped") else "Failed"


def _few(files: list[str]) -> str:
    more = len(files) - _MAX_NAMED
    return ", ".join(files[:_MAX_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _skipped(source: str, reason: str) -> str:
    return f"{printable(source)} ({printable(reason)})"


def _done(report: BuildReport) -> str:
    again = {why.value: number for why, number in report.again_because.items()}
    parts = (
        (report.new, "new"),
        (report.changed, "changed"),
        (report.copies, "known from another source"),
        (report.unchanged, "unchanged"),
        *((again.get(why, 0), words) for why, words in _AGAIN.items()),
    )
    told = [f"{number:,} {word}" for number, word in parts if number]
    only_new = len(told) == 1 and report.new == report.read
    return "" if only_new else f"Read {report.read:,}: {', '.join(told)}." if told else ""


def report_object(report: BuildReport) -> dict[str, object]:
    """The same numbers for `--json`."""
    return {
        "new": report.new,
        "changed": report.changed,
        "copies": report.copies,
        "unchanged": report.unchanged,
        "annotated": report.annotated,
        "again": report.again,
        "again_because": {why.value: number for why, number in report.again_because.items()},
        "fields_as_before": report.fields_as_before,
        "failed": [{"source": each.source, "reason": each.reason} for each in report.failed],
        "skipped": [{"source": each.source, "reason": each.reason} for each in report.skipped],
        "warnings": [str(each) for each in report.warnings],
        "corrections": list(report.complaints),
        "counts": asdict(report.counts) if report.counts else None,
        "seconds": round(report.seconds, 3),
    }
