"""Sources keep to one paragraph."""

from __future__ import annotations

import pytest

from kg.annotate.draft import Candidate
from kg.annotate.statements.sources import within_paragraph
from kg.model import Span

TEXT = "A heading\n\nThe mayor said no.\n\nThe end"
SAID = Span(21, 25)


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        (Span(11, 20), "The mayor"),  # as it was
        (Span(0, 20), "The mayor"),  # the heading goes
        (Span(26, 37), "no."),  # what follows in the next paragraph goes
    ],
)
def test_a_source_keeps_to_the_paragraph_of_its_cue(source: Span, kept: str) -> None:
    (one,) = within_paragraph(TEXT, [Candidate(source, (SAID,), (), "that", 0.9)])
    assert one.source is not None
    assert one.source.of(TEXT) == kept


def test_a_source_without_a_cue_keeps_to_its_last_paragraph() -> None:
    (one,) = within_paragraph(TEXT, [Candidate(Span(0, 20), (), (), "colon", 0.9)])
    assert one.source == Span(11, 20)


def test_nobody_stays_nobody() -> None:
    nobody = Candidate(None, (SAID,), (), "hearsay", 0.9)
    assert within_paragraph(TEXT, [nobody]) == [nobody]
