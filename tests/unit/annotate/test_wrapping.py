"""Wrapped paragraphs are read as one line each; everything else stays."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.wrapping import unwrap

PARAGRAPH = (
    "The mayor of Orvenne, Ilsa Veskari, told reporters on Friday that the water of the river "
    "Lisk was safe to drink again, and that the owner of the plant, Brenholt Chemicals, would pay "
    "for the work of the Tarvonian Water Inspectorate, which had found a solvent in it."
)


@pytest.mark.parametrize("width", [40, 60, 72])
def test_wrapped_paragraphs_become_one_line_each(width):
    wrapped = "\n\n".join([textwrap.fill(PARAGRAPH, width)] * 2)
    assert unwrap(wrapped) == f"{PARAGRAPH}\n\n{PARAGRAPH}"


def test_windows_line_ends_keep_the_length():
    wrapped = textwrap.fill(PARAGRAPH, 60).replace("\n", "\r\n")
    assert len(unwrap(wrapped)) == len(wrapped)
    assert unwrap(wrapped).split() == PARAGRAPH.split()
    assert "\n" not in unwrap(wrapped)


@pytest.mark.parametrize(
    "text",
    [
        # paragraphs of one line each
        f"{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}",
        # a list
        "1. Malta\n2. Singapore\n3. Fiji\n4. Chad\n5. Peru\n6. The Bottom",
        # a headline over a short text
        "Mayor Resigns\nShe was tired.",
        "",
        "\n",
    ],
)
def test_lines_that_are_no_wraps_stay(text):
    assert unwrap(text) == text


def test_headline_over_a_wrapped_text_stays_a_line():
    wrapped = "WATER SAFE AGAIN\n" + textwrap.fill(PARAGRAPH, 60)
    assert unwrap(wrapped) == f"WATER SAFE AGAIN\n{PARAGRAPH}"


@given(st.text(alphabet="abc \n\r.", max_size=300))
def test_length_and_all_but_line_ends_stay(text):
    unwrapped = unwrap(text)
    assert len(unwrapped) == len(text)
    assert all(a == b or a in "\r\n" for a, b in zip(text, unwrapped, strict=True))
