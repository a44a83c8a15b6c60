"""How results look in a terminal: aligned columns, marked sentences, JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from kg.terminal import printable

if TYPE_CHECKING:
    from kg.api import StatementView
    from kg.query.explain import Evidence, Explanation

_COLOURS = {"speaker": "cyan", "cue": "yellow", "content": "green", "date": "magenta"}
_MAX_CELL_CHARS = 60
_DAY_CHARS = 10
# DEL, the control characters beyond ASCII, and the marks of direction; `json` escapes the others.
_STEERING = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def show_json(value: Any) -> None:  # noqa: ANN401  (anything JSON holds)
    """One JSON document on stdout, the same keys in the same order each time."""
    click.echo(to_json(value, indent=2))


def to_json(value: Any, *, indent: int | None = None) -> str:  # noqa: ANN401
    """JSON that shows letters as they are and escapes what would steer a terminal."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def note(text: str) -> None:
    """One line for the person, on stderr; without what an article or a file name hides."""
    click.echo("\n".join(map(printable, text.split("\n"))), err=True)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their widest cell, long cells cut; the last column as it is."""
    cells = [[printable(str(cell)) for cell in row] for row in rows]
    if not cells:
        return
    table = [list(columns), *cells]
    widths = [
        min(_MAX_CELL_CHARS, max(width(row[i]) for row in table)) for i in range(len(columns) - 1)
    ]
    widths.append(max(width(row[-1]) for row in table))
    for row in table:
        line = "  ".join(_pad(cell, size) for cell, size in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def width(text: str) -> int:
    """Columns that the text takes in a terminal; wide East Asian characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(cell: str, size: int) -> str:
    if width(cell) > size:
        cell = cell[: size - 1] + "…"
    return cell + " " * max(0, size - width(cell))


def show_statement(view: StatementView) -> None:
    """Two lines: when, who to whom, how; what, where and the id."""
    day = f"{view.day or 'undated':<{_DAY_CHARS}}"
    speakers = " > ".join(printable(each.name) for each in view.speakers)
    cue = printable(view.cue) or "(goes on)"
    click.echo(f"{day}  {click.style(speakers, bold=True)}   {cue}   {_capitals(view.stance)}")
    content = printable(view.content) or "(no content)"
    click.echo(f"            {content}      {view.passage.location}   st:{view.id}")


def _capitals(stance: str) -> str:
    """`NO COMMENT` for `noComment`."""
    return re.sub(r"(?=[A-Z])", " ", stance).upper()


def statement_object(view: StatementView) -> dict[str, object]:
    """A statement for `--json`."""
    published, said = view.article.published, view.record.said
    return {
        "id": view.id,
        "article": view.article.id,
        "source": view.article.source,
        "published": published.isoformat() if published else None,
        "said": [said.earliest.isoformat(), said.latest.isoformat()] if said else None,
        "speakers": [{"id": each.id, "name": each.name} for each in view.speakers],
        "cue": view.cue,
        "act": view.record.act.value,
        "stance": view.stance.value,
        "content": view.content,
        "sentence": view.sentence.text,
        "start": view.passage.start,
        "end": view.passage.end,
        "depth": view.record.depth,
        "confidence": view.record.confidence,
    }


def show_explanation(explanation: Explanation) -> None:
    """The title, the facts, then each sentence with its parts marked and its place."""
    click.echo(click.style(printable(explanation.title), bold=True))
    size = max((len(name) for name, _ in explanation.facts), default=0)
    for name, value in explanation.facts:
        click.echo(f"  {name:<{size}}  {printable(value)}")
    for evidence in explanation.evidence:
        click.echo("")
        click.echo(f"  {marked(evidence)}")
        click.echo(f"    {_place(evidence)}  {', '.join(filter(None, evidence.notes))}")
    if not explanation.evidence:
        note("No sentence words this record: it stands for what the articles leave unnamed.")


def _place(evidence: Evidence) -> str:
    source = evidence.article.source or evidence.article.id
    marks = " ".join(f"{role} {span.start}-{span.end}" for role, span in evidence.marks)
    return f"{source}:{evidence.sentence.start}-{evidence.sentence.end}  {marks}"


def marked(evidence: Evidence) -> str:
    """The sentence with its parts in brackets, in colour where the terminal has it.

    Marks that overlap an earlier one are left out.
    """
    text, position, parts = evidence.article.text, evidence.sentence.start, []
    for role, span in evidence.marks:
        if span.start < position:
            continue
        parts.append(printable(text[position : span.start]))
        parts.append(click.style(f"[{printable(span.of(text))}]", fg=_COLOURS.get(role)))
        position = span.end
    parts.append(printable(text[position : evidence.sentence.end]))
    return "".join(parts)


def explanation_object(explanation: Explanation) -> dict[str, object]:
    """An explanation for `--json`."""
    return {
        "id": explanation.id,
        "kind": explanation.kind,
        "title": explanation.title,
        "facts": _grouped(explanation.facts),
        "evidence": [
            {
                "article": each.article.id,
                "source": each.article.source,
                "sentence": each.sentence.of(each.article.text),
                "start": each.sentence.start,
                "end": each.sentence.end,
                "marks": [
                    {"role": role, "start": span.start, "end": span.end}
                    for role, span in each.marks
                ],
                "notes": [text for text in each.notes if text],
            }
            for each in explanation.evidence
        ],
    }


def _grouped(facts: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in facts:
        grouped.setdefault(name, []).append(value)
    return grouped
