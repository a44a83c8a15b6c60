"""Quotations that go on in the next paragraph without a cue: they have the speaker of the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.annotate.statements.rules_quotations import Layout
from kg.annotate.statements.rules_syntax import Finding


def continuation_findings(layout: Layout, found: Sequence[Finding]) -> Iterator[Finding]:
    """Findings with an empty cue for quotations that fill a paragraph after an attributed one."""
    owners = {start: f for f in found for start, _ in f.content}
    text, doc = layout.text, layout.doc
    last: Finding | None = None
    last_end = 0
    for quoted in layout.quoted:
        held = owners.get(quoted.start)
        if held is not None:
            last, last_end = held, quoted.end
            continue
        span = quoted.quotation.outer
        if (
            last is None
            or quoted.quotation.is_term
            or not _fills_paragraph(text, span.start, span.end)
        ):
            continue
        if last.source is None or text[doc[last_end - 1].idx : span.start].count("\n\n") > 1:
            continue
        going_on = Finding("continued", "continued", [(quoted.start, quoted.end)], [], None)
        going_on.source, going_on.source_head = last.source, last.source_head
        last_end = quoted.end
        yield going_on


def _fills_paragraph(text: str, start: int, end: int) -> bool:
    before = text[max(start - 2, 0) : start]
    after = text[end : end + 2]
    return (not before or "\n" in before) and (not after.strip() or "\n" in after)
