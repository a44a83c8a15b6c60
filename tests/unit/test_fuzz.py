"""A short run of what `benchmarks/fuzz.py` does for minutes; the same inputs every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzzing import CHECKS

PIECES = st.sampled_from(
    [
        *(b"<p>", b"<script>", b"</", b"<!ENTITY", b"<item><description>", b"&#0;", b"&amp;"),
        *(b'{"text": "', b'"}', b"\\ud800", b"text,date\n", b"=1+1", b"\x1f\x8b", b"%PDF-1.4 "),
        *("\u201c".encode(), "\u201d".encode(), b'"', b"said", b"\r\n\n", "\u202e".encode()),
        *(b"WARC/1.0\r\n", b"Content-Length: 9\r\n", b"---\ndate: ", b"date 2017-05-11\n"),
    ]
)
BYTES = st.lists(PIECES | st.binary(max_size=12), max_size=30).map(b"".join)


@pytest.mark.parametrize("name", CHECKS)
def test_no_bytes_break_it(name: str) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(BYTES)
    def check(data: bytes) -> None:
        CHECKS[name](data)

    check()


@pytest.mark.parametrize("first", range(7))
def test_no_bytes_break_any_reader(first: int) -> None:
    @settings(max_examples=30, deadline=None, derandomize=True, database=None)
    @given(BYTES)
    def check(data: bytes) -> None:
        CHECKS["readers"](bytes([first]) + data)

    check()
