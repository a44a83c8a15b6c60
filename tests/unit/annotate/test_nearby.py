"""Spans are found by place, as if each had been looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.nearby import SpanIndex
from kg.model import Span

SPANS = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 3_000), st.integers(1, 2_000)
)


@given(spans=st.lists(SPANS, max_size=20), place=SPANS)
def test_overlapping_spans_are_those_that_a_walk_finds(spans: list[Span], place: Span) -> None:
    walked = [number for number, span in enumerate(spans) if span.overlaps(place)]
    assert SpanIndex(spans).overlapping(place) == walked
    holding = [number for number, span in enumerate(spans) if span.contains(place)]
    assert SpanIndex(spans).around(place) == holding
