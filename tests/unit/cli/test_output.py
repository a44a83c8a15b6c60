from __future__ import annotations

import json

import pytest

from kg.cli.output import note, show_json
from kg.terminal import printable

STEERING = "Anna \x1b[31mWeber\x1b]0;title\x07 \x9b2J\u202eso\u202c\x7f\u2028"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna\x1b[2J\x07 Weber", "Anna[2J Weber"),
        ("Anna\n\tWeber", "Anna  Weber"),
        ("\u202efdp.exe", "fdp.exe"),
        ("Müller Łódź 東京", "Müller Łódź 東京"),
    ],
)
def test_text_of_an_article_steers_no_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_notes_keep_their_lines_and_nothing_that_steers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    note(f"\nFailed: {STEERING}")
    said = capsys.readouterr().err
    assert said.startswith("\nFailed: Anna [31mWeber")
    assert all(char == "\n" or char.isprintable() for char in said)


def test_json_escapes_what_steers_and_means_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    show_json({"text": STEERING})
    said = capsys.readouterr().out
    assert all(char == "\n" or char.isprintable() for char in said)
    assert json.loads(said) == {"text": STEERING}
