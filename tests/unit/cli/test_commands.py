"""The commands on a real graph of four articles."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

import kg
from tests.unit.cli.conftest import Outcome, Run

pytestmark = pytest.mark.model


def test_says_tells_date_words_stance_and_place(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "says", "Alushkin")
    assert outcome.code == 0
    assert "2017-05-11  Dmitry Alushkin   wrote   ASSERTS" in outcome.out
    assert "activist Nikolay Alexeev has rejected the reports" in outcome.out
    assert "000_ac290a27def8f6b2.txt:1843-1903" in outcome.out


def test_a_statement_inside_a_statement_shows_the_chain_of_sources(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "says", "Alexeev", "--stance", "denies")
    assert "Dmitry Alushkin > Nikolay Alexeev   has rejected   DENIES" in outcome.out
    assert "the reports" in outcome.out


def test_says_by_date_leaves_out_the_rest(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "says", "Alushkin", "--since", "2020-01-01")
    assert outcome.out == ""
    assert "No such statement of Dmitry Alushkin" in outcome.err


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of what one person said: on a worded day, in a dated article, nobody knows when."""
    folder = tmp_path_factory.mktemp("dated")
    (folder / "a.txt").write_text(
        "Date: 2024-03-20\n\nMayor Ada Quill said on March 4 that it rained. "
        "Mayor Ada Quill said that the harbour was closed.\n"
    )
    (folder / "b.txt").write_text("Mayor Ada Quill said that the bridge was open.\n")
    with kg.open(folder / ".kg", create=True) as graph:
        graph.add(folder)
    return folder / ".kg"


def test_says_shows_the_day_of_saying_where_the_article_words_it(run: Run, dated: Path) -> None:
    said = run("--store", dated, "says", "Quill")
    days = [line.split()[0] for line in said.out.splitlines() if "ASSERTS" in line]
    assert days == ["2024-03-04", "2024-03-20", "undated"]
    found = run("--store", dated, "--json", "says", "Quill").json()
    assert isinstance(found, list)
    assert found[0]["said"] == ["2024-03-04", "2024-03-04"]
    with kg.open(dated, read_only=True) as graph:
        dates = [row[1] for row in graph.statements(speaker="Quill").rows().rows]
        assert dates == ["2024-03-04", "2024-03-20", ""]


def test_says_by_date_goes_by_the_date_that_it_shows(run: Run, dated: Path) -> None:
    since = run("--store", dated, "says", "Quill", "--since", "2024-03-10")
    assert "harbour" in since.out
    assert since.err == "1 undated statement left out.\n"
    assert ("rained" in since.out, "bridge" in since.out) == (False, False)
    until = run("--store", dated, "says", "Quill", "--until", "2024-03-10").out
    assert ("rained" in until, "harbour" in until) == (True, False)
    assert run("--store", dated, "says", "Quill").err == ""


def test_a_date_in_another_form_is_refused(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "says", "Alushkin", "--since", "3 May")
    assert (outcome.code, outcome.err) == (2, "Error: --since is '3 May'; expected YYYY-MM-DD\n")


def test_explain_shows_the_sentence_the_rule_and_the_run(run: Run, built: Path) -> None:
    found = run("--store", built / ".kg", "--json", "says", "Alexeev", "--stance", "denies").json()
    assert isinstance(found, list)
    outcome = run("--store", built / ".kg", "explain", f"st:{found[0]['id']}")
    assert outcome.code == 0
    assert "Dmitry Alushkin > Nikolay Alexeev" in outcome.out
    assert "denies the content as worded" in outcome.out
    assert "2 (a source of a source)" in outcome.out
    assert "sha256" in outcome.out


def test_show_of_an_entity_lists_what_it_says(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "show", "Ramzan Kadyrov")
    assert "Ramzan Kadyrov (person)" in outcome.out
    assert "there is no crackdown" in outcome.out


def test_entities_by_type_as_json(run: Run, built: Path) -> None:
    found = run("--store", built / ".kg", "--json", "entities", "--type", "person").json()
    assert isinstance(found, list)
    assert {"Dmitry Alushkin", "Ramzan Kadyrov", "Vladimir Putin"} <= {
        each["name"] for each in found
    }
    assert {each["type"] for each in found} == {"person"}


def test_show_as_json_has_what_an_entity_says_and_what_is_said_of_it(run: Run, built: Path) -> None:
    found = run("--store", built / ".kg", "--json", "show", "Nikolay Alexeev").json()
    assert isinstance(found, dict)
    assert {each["stance"] for each in found["says"]} == {"denies", "asserts"}
    assert {each["cue"] for each in found["said_of_it"]} >= {"wrote", "calls"}


def test_silence_is_told_in_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mayor Ada Quill declined to comment on the leak.")
    store = ("--store", tmp_path / ".kg")
    run(*store, "build", tmp_path / "a.txt")
    said = run(*store, "says", "Quill").out
    assert "NO COMMENT\n" in said
    identifier = said.split("st:")[1].strip()
    assert "stance      was asked and does not comment\n" in run(*store, "explain", identifier).out


def test_queries_of_the_cookbook_are_listed_as_json(run: Run) -> None:
    found = run("--json", "query", "--list").json()
    assert isinstance(found, list)
    assert found[3]["query"] == "04-third-hand"
    assert "a source behind a source" in found[3]["answers"]


def test_a_folder_gets_all_tables(run: Run, built: Path, tmp_path: Path) -> None:
    store = ("--store", built / ".kg")
    outcome = run(*store, "export", f"{tmp_path}/tables/", "--format", "csv")
    assert outcome.code == 0
    assert len(list((tmp_path / "tables").glob("*.csv"))) == 4
    for words, message in (
        ((f"{tmp_path}/tables/",), "is a folder. Which tables? Add --format csv"),
        ((f"{tmp_path}/new/", "--format", "turtle"), "is a folder; turtle is one file."),
    ):
        refused = run(*store, "export", *words)
        assert (refused.code, message in refused.err) == (2, True)
    assert not (tmp_path / "new").exists()


def test_help_of_export_names_every_format(run: Run) -> None:
    from kg.export import FORMATS

    told = run("export", "--help").out
    for name, form in FORMATS.items():
        assert all(f"{suffix} {name}" in told for suffix in form.suffixes[:1]), name


def test_a_backup_to_nowhere_says_so(run: Run, built: Path, tmp_path: Path) -> None:
    outcome = run("--store", built / ".kg", "backup", tmp_path / "no" / "x")
    message = f"Error: '{tmp_path / 'no'}' does not exist. Make it, or name another file\n"
    assert (outcome.code, outcome.err) == (1, message)


def test_quiet_commands_print_nothing(run: Run, copy: Path) -> None:
    store = ("--store", copy / ".kg", "-q")
    (source, *_) = kg_sources(copy)
    for words in (
        ("rename", "Ramzan Kadyrov", "Kadyrov"),
        ("undo",),
        ("backup", copy / "b"),
        ("corrections", "export", copy / "c.jsonl"),
        ("corrections", "import", copy / "c.jsonl"),
        ("remove", source),
    ):
        outcome = run(*store, *words)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", ""), words


def kg_sources(folder: Path) -> list[str]:
    with kg.open(folder / ".kg", read_only=True) as graph:
        return [article.source for article in graph.articles()]


def test_an_unknown_name_gets_a_hint(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "says", "Nobody Atall")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "Error: 'Nobody Atall' is not in the graph. Try: kg entities\n"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Alushkn", "Dmitry Alushkin"),  # a surname
        ("dmitri alushkin", "Dmitry Alushkin"),
        ("Kadirov", "Ramzan Kadyrov"),
    ],
)
def test_a_name_with_a_slip_gets_near_ones(run: Run, built: Path, name: str, near: str) -> None:
    outcome = run("--store", built / ".kg", "says", name)
    assert outcome.err == f"Error: '{name}' is not in the graph. Near: {near}. Try: kg entities\n"


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_none(run: Run, built: Path, name: str) -> None:
    for command in ("says", "show"):
        outcome = run("--store", built / ".kg", command, name)
        assert (outcome.code, outcome.err) == (
            2,
            "Error: the name is empty. Try: kg entities\n",
        )


def test_show_finds_an_article_by_its_file(run: Run, built: Path) -> None:
    name = "000_ac290a27def8f6b2.txt"
    path = built / "articles" / name
    shown = run("--store", built / ".kg", "show", path)
    assert f"read from   {path}\n" in shown.out
    for given in (name, f"{built}/articles/./{name}"):
        assert run("--store", built / ".kg", "show", given).out == shown.out
    assert run("--store", built / ".kg", "show", "nowhere.txt").code == 2


def test_show_of_a_file_with_several_articles_lists_them(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Mayor Ada Quill said that it rained {n}."}) for n in "ab"]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    store = ("--store", tmp_path / ".kg")
    run(*store, "build", tmp_path / "x.jsonl")
    path = tmp_path / "x.jsonl"
    outcome = run(*store, "show", path)
    assert outcome.code == 2
    assert outcome.err == (f"Error: '{path}' holds 2 articles: {path}#1, {path}#2. Name one.\n")
    assert run(*store, "show", f"{path}#2").code == 0


def test_an_unknown_id_gets_a_hint(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "explain", "st:h0000000000000000")
    assert outcome.code == 2
    assert "Try: kg entities" in outcome.err


def test_query_counts_the_articles(run: Run, built: Path) -> None:
    text = "SELECT (COUNT(?a) AS ?n) WHERE { ?a a schema:NewsArticle }"
    outcome = run("--store", built / ".kg", "query", "-e", text, "--format", "csv")
    assert (outcome.code, outcome.out.split()) == (0, ["n", "4"])


def test_a_query_with_a_slip_says_where(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "query", "-e", "SELEC")
    assert outcome.code == 2
    assert outcome.err.startswith("Error: SPARQL line 1, column 1: expected SELECT, ASK")


def test_a_query_of_the_cookbook_runs_by_its_name(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "query", "04-third-hand", "--format", "csv")
    assert outcome.code == 0
    assert "Dmitry Alushkin,Nikolay Alexeev," in outcome.out
    listed = run("query", "--list").out
    assert "04-third-hand" in listed
    assert "a source behind a source" in listed


def test_a_query_of_the_cookbook_asks_about_whom_one_names(run: Run, built: Path) -> None:
    def ask(*words: str) -> Outcome:
        return run("--store", built / ".kg", "query", *words)

    known = ask("13-names-of-an-entity", "--name", "Alexeev", "--format", "csv")
    assert "Nikolay Alexeev" in known.out
    assert known.err == ""
    refused = ask("06-denials", "--name", "Alexeev")
    assert (refused.code, "asks about no name" in refused.err) == (2, True)
    empty = ask("05-sources-on-a-place-before-a-date", "--date", "1999-01-01")
    assert "No rows: the query asks about 'Chechnya'. Another: --name NAME" in empty.err


def test_export_writes_turtle_and_graphml(run: Run, built: Path, tmp_path: Path) -> None:
    import networkx
    import rdflib

    assert run("--store", built / ".kg", "export", tmp_path / "graph.ttl").code == 0
    assert run("--store", built / ".kg", "export", tmp_path / "graph.graphml").code == 0
    turtle = rdflib.Graph().parse(tmp_path / "graph.ttl")
    kadyrov = list(
        turtle.subjects(rdflib.URIRef("https://schema.org/name"), rdflib.Literal("Ramzan Kadyrov"))
    )
    assert len(kadyrov) == 1
    nodes = networkx.read_graphml(tmp_path / "graph.graphml").nodes(data=True)
    assert "Ramzan Kadyrov" in {data.get("name") for _, data in nodes}


def test_an_unknown_suffix_names_the_known_ones(run: Run, built: Path, tmp_path: Path) -> None:
    outcome = run("--store", built / ".kg", "export", tmp_path / "g.foo")
    assert outcome.code == 2
    assert "cannot tell the format from '.foo'. One of: .ttl .nt .trig .nq" in outcome.err
    assert not list(tmp_path.glob("g.*"))


def test_check_finds_no_problem(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "check")
    assert outcome.code == 0, outcome.out
    assert outcome.out.endswith("checked: 0 problems.\n")


def test_check_without_pyshacl_holds_the_spans(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    outcome = run("--store", built / ".kg", "check")
    assert (outcome.code, outcome.out.endswith("checked: 0 problems.\n")) == (0, True)
    assert "The SHACL shapes were not checked. Run: pip install 'claimgraph[shacl]'" in outcome.err


def test_status_counts(run: Run, built: Path) -> None:
    found = run("--store", built / ".kg", "--json", "status").json()
    assert isinstance(found, dict)
    assert found["counts"]["articles"] == 4
    assert found["failures"] == []


def test_status_tells_a_guess_from_a_failure(run: Run, copy: Path) -> None:
    (copy / "in").mkdir()
    (copy / "in" / "old.txt").write_bytes("Café owner Ada Arden said no.".encode("cp1252"))
    (copy / "in" / "none.txt").touch()
    run("--store", copy / ".kg", "build", copy / "in")
    told = run("--store", copy / ".kg", "status").err
    assert f"failed: {copy / 'in' / 'none.txt'}: empty\n" in told
    assert f"warning: {copy / 'in' / 'old.txt'} is not UTF-8; read as cp1252" in told


def test_an_article_says_where_it_was_read(run: Run, copy: Path) -> None:
    first, *_ = sorted((copy / "articles").iterdir())
    other = first.with_name(f"zz_{first.name}")
    other.write_bytes(first.read_bytes())
    run("--store", copy / ".kg", "build", copy / "articles")
    with kg.open(copy / ".kg", read_only=True) as graph:
        (article,) = (each for each in graph.store.articles() if each.source.endswith(first.name))
    shown = run("--store", copy / ".kg", "show", f"art:{article.id}").out
    assert f"also in     {other}\n" in shown
    assert f"sha256 {sha256(first.read_bytes()).hexdigest()}\n" in shown


def test_doctor_names_model_and_store(run: Run, built: Path) -> None:
    outcome = run("--store", built / ".kg", "doctor")
    assert outcome.code == 0
    assert "en_core_web_md 3.7.1" in outcome.out
    assert str(built) in outcome.out


def test_doctor_names_a_reader_that_does_not_load(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf._reader", None)
    for name in [each for each in sys.modules if each == "pypdf"]:
        monkeypatch.delitem(sys.modules, name)
    outcome = run("--store", built / ".kg", "doctor")
    assert outcome.code == 1
    (line,) = [line for line in outcome.out.splitlines() if line.startswith("FAIL")]
    assert "pypdf" in line
    assert "is installed but does not load (ModuleNotFoundError: " in line


def test_building_again_does_nothing(run: Run, copy: Path) -> None:
    # other paths than at first: the same texts are known from another source
    outcome = run("--store", copy / ".kg", "--json", "build", copy / "articles")
    assert outcome.code == 0
    found = json.loads(outcome.out)
    assert (found["annotated"], found["copies"], found["counts"]["articles"]) == (0, 4, 4)


def test_an_article_is_taken_out_again(run: Run, copy: Path, built: Path) -> None:
    source = next((built / "articles").glob("000*"))
    assert run("--store", copy / ".kg", "remove", source).out == "Removed 1 source.\n"
    assert run("--store", copy / ".kg", "says", "Alushkin").code == 2


def test_a_broken_line_costs_only_itself(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"text": "Mayor Ada Quill said that it rained."}), "{'text': 1}"]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    outcome = run("--store", tmp_path / ".kg", "build", tmp_path / "x.jsonl")
    assert outcome.code == 3
    assert f"Warning: {tmp_path / 'x.jsonl'}:2 is not JSON (" in outcome.err
    assert "line skipped" in outcome.err
    assert "1 article:" in outcome.out
    strict = run("--store", tmp_path / ".kg2", "build", "--strict", tmp_path / "x.jsonl")
    assert strict.code == 1


def test_a_first_build_without_anything_usable_fails_and_advises_nothing(
    run: Run, tmp_path: Path, copy: Path
) -> None:
    (tmp_path / "none.txt").touch()
    outcome = run("--store", tmp_path / ".kg", "build", tmp_path / "none.txt")
    assert outcome.code == 1
    assert f"Failed: {tmp_path / 'none.txt'}: empty\n" in outcome.err
    assert "Next:" not in outcome.out
    assert run("--store", tmp_path / ".kg", "build", tmp_path / "none.txt", "--dry-run").code == 1
    later = run("--store", copy / ".kg", "build", tmp_path / "none.txt")
    assert (later.code, "Next:" in later.out) == (3, True)


def test_a_second_build_needs_no_field_options_and_tells_why_it_annotates(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line = {"words": "Mayor Ada Quill said that it rained.", "when": "2024-03-01", "on": "x"}
    Path("d.jsonl").write_text(json.dumps(line))
    assert run("build", "d.jsonl", "--text-field", "words", "--date-field", "when").code == 0
    again = run("build", "d.jsonl")
    assert "Read with --text-field words --date-field when, as before: d.jsonl.\n" in again.err
    assert "Read 1: 1 unchanged.\n" in again.out
    other = run("build", "d.jsonl", "--date-field", "title")
    assert "1 annotated again: date, title or other details are not those of before" in other.out
    asked = run("build", "d.jsonl", "--rebuild")
    assert "1 annotated again as asked (--rebuild)." in asked.out


def test_other_bytes_are_read_with_a_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(
        "Mayor Ada Quill called it “a café”, she said.".encode("cp1252")
    )
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    outcome = run("--store", tmp_path / ".kg", "build", tmp_path)
    assert outcome.code == 0
    assert "b.txt is not UTF-8; read as cp125" in outcome.err
    assert "Use --encoding." in outcome.err
    assert "Skipped 1: " in outcome.out
    assert "photo.jpg (image)" in outcome.out


def test_a_merge_can_be_taken_back(run: Run, copy: Path) -> None:
    store = ("--store", copy / ".kg")
    before = run(*store, "--json", "entities").out
    merged = run(*store, "merge", "Ramzan Kadyrov", "Vladimir Putin", "--why", "a test")
    assert merged.out == "merge: Ramzan Kadyrov, Vladimir Putin\n"
    assert run(*store, "--json", "entities").out != before
    assert run(*store, "undo").out == "Took back 1 correction.\n"
    assert run(*store, "--json", "entities").out == before


def test_a_rejected_entity_is_listed_only_if_asked_for(run: Run, copy: Path) -> None:
    store = ("--store", copy / ".kg")
    assert run(*store, "reject", "Ramzan Kadyrov").out == "reject: Ramzan Kadyrov\n"
    assert "Kadyrov" not in run(*store, "entities").out
    assert "Ramzan Kadyrov (rejected)  " in run(*store, "entities", "--rejected").out
    found = run(*store, "--json", "entities", "--rejected", "Kadyrov").json()
    assert isinstance(found, list)
    assert (found[0]["name"], found[0]["review"]) == ("Ramzan Kadyrov", "rejected")
    assert "review        rejected\n" in run(*store, "show", "Kadyrov").out
    with kg.open(copy / ".kg", read_only=True) as graph:
        assert "Ramzan Kadyrov" not in {each.name for each in graph.entities()}
        assert "Ramzan Kadyrov" in {each.name for each in graph.entities(rejected=True)}


def test_decisions_are_told_by_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Mayor Graham Pell said that it rained. Pell said that he was wet."
    )
    (tmp_path / "b.txt").write_text("Mayor Graham Pell denied that the harbour was closed.")
    store = ("--store", tmp_path / ".kg")
    run(*store, "build", tmp_path / "a.txt", tmp_path / "b.txt")
    with kg.open(tmp_path / ".kg", read_only=True) as graph:
        (pell,) = graph.entities("Pell")
        (statement, *_) = pell.says()
        mention = next(m for m in pell.mentions if m.text == "Pell")
        count = sum(m.article == mention.article for m in pell.mentions)
    place = f"{mention.article.id}:{mention.start}-{mention.end}"
    told = run(*store, "split", pell.id, "--mention", place).out
    assert told.startswith(f"split off {count} mentions of one chain of Graham Pell: ")
    assert '"Pell"' in told
    assert ". Now: Graham Pell (graham-pell-" in told
    run(*store, "correct", statement.id, "--speaker", pell.id)
    listed = run(*store, "--json", "corrections").json()
    assert isinstance(listed, list)
    whole = 'without "Pell" and all that its article means by it'
    assert (listed[0]["about"], listed[0]["value"]) == ("Graham Pell", whole)
    assert listed[1]["value"] == "Graham Pell"  # not "person"


def test_undo_of_more_than_there_is_counts_in_words(run: Run, copy: Path) -> None:
    outcome = run("--store", copy / ".kg", "undo")
    assert outcome.err == "Error: cannot undo 1 correction: none is in force. Try: kg corrections\n"


def test_a_person_and_a_place_are_not_merged_unless_forced(run: Run, copy: Path) -> None:
    outcome = run("--store", copy / ".kg", "merge", "Ramzan Kadyrov", "Israel")
    assert outcome.code == 2
    assert "is a person" in outcome.err
    assert outcome.err.endswith("Use --force.\n")


def test_a_statement_that_is_none_goes(run: Run, copy: Path) -> None:
    store = ("--store", copy / ".kg")
    found = run(*store, "--json", "says", "Kadyrov").json()
    assert isinstance(found, list)
    run(*store, "correct", found[0]["id"], "--not-a-statement")
    assert run(*store, "says", "Kadyrov").out == ""


def test_annotate_needs_no_store(run: Run, tmp_path: Path) -> None:
    text = "Mayor Ada Quill denied that the valve leaked."
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a/1", "text": text}) + "\n")
    outcome = run("--store", tmp_path / ".kg", "annotate", tmp_path / "in.jsonl")
    found = json.loads(outcome.out)
    assert (found["id"], found["text"]) == ("a/1", text)
    (attribution,) = found["attributions"]
    assert [text[start:end] for start, end in attribution["content"]] == ["the valve leaked"]
    assert attribution["stance"] == "denies"
    assert not (tmp_path / ".kg").exists()


def test_the_python_interface_of_the_first_page(built: Path) -> None:
    with kg.open(built / ".kg") as graph:
        alexeev = graph.entity("Alexeev")
        for statement in alexeev.says(stance="denies"):
            passage = statement.passage
            assert passage.article.text[passage.start : passage.end] == passage.text
            assert [each.name for each in statement.speakers] == [
                "Dmitry Alushkin",
                "Nikolay Alexeev",
            ]
        assert len(alexeev.says(stance="denies")) == 1
        assert len(alexeev.says(until=date(2000, 1, 1))) == 0
        rows = graph.sparql("SELECT ?who WHERE { ?s kg:stance kg:denies ; kg:speaker ?who }")
        assert len(rows) >= 1
        page = graph.statements()._repr_html_()
        assert "<script" not in page
        assert "http" not in page


def test_python_names_what_there_is(built: Path) -> None:
    with kg.open(built / ".kg", read_only=True) as graph:
        articles = graph.articles()
        assert len(articles) == len(graph) == len(list(articles)) == 4
        (first, *_) = articles
        assert graph.article(first.source) == graph.article(f"art:{first.id}") == first
        assert list(articles.to_pandas().columns) == [
            *("id", "published", "title", "source", "characters")
        ]
        for wrong, message in (
            (lambda: graph.statements(stance="foo"), "unknown stance 'foo'. One of: asserts, den"),
            (lambda: graph.entities(type="foo"), "unknown type 'foo'. One of: person, organis"),
            (lambda: graph.article("nix"), "no article has the id 'nix' or was read from it"),
        ):
            with pytest.raises(kg.KgError, match=re.escape(message)):
                wrong()


def test_pages_of_the_nouns_hold_no_script_and_no_address(built: Path) -> None:
    with kg.open(built / ".kg", read_only=True) as graph:
        alushkin = graph.entity("Alushkin")
        assert "Dmitry Alushkin</b> (person)" in alushkin._repr_html_()
        assert "<td>articles</td><td>4</td>" in graph._repr_html_()
        for noun in (graph, alushkin, graph.articles(), graph.entities(), alushkin.says()):
            page = noun._repr_html_()
            assert "<table>" in page
            assert ("<script" in page, "http" in page) == (False, False)


def test_other_libraries_get_types_of_their_own(built: Path) -> None:
    with kg.open(built / ".kg", read_only=True) as graph:
        people = {
            data["name"] for _, data in graph.to_networkx().nodes(data=True) if "name" in data
        }
        assert {"Dmitry Alushkin", "Ramzan Kadyrov"} <= people
        assert graph.to_networkx(view="projected").number_of_nodes() < len(graph.to_networkx())
        ask = "ASK { ?who schema:name 'Ramzan Kadyrov' }"
        copied = graph.to_rdflib()
        assert copied.query(ask).askAnswer
        assert graph.rdf.query(ask).askAnswer
        assert len(copied) == len(graph.rdf)
        frame = graph.entity("Alexeev").says().to_pandas()
        assert "denies" in set(frame["stance"])


def test_an_ambiguous_name_lists_the_candidates(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mayor John Smith said that it rained. John Smith left.")
    (tmp_path / "b.txt").write_text("Dr Anna Smith said that the harbour was closed.")
    store = tmp_path / ".kg"
    assert run("--store", store, "build", tmp_path / "a.txt", tmp_path / "b.txt").code == 0
    outcome = run("--store", store, "says", "Smith")
    assert outcome.code == 2
    assert outcome.err.startswith("Error: 'Smith' is ambiguous: ")
    assert "John Smith (2 mentions)" in outcome.err
    assert "Anna Smith (1 mention)" in outcome.err
    with kg.open(store) as graph, pytest.raises(kg.AmbiguousName) as refused:
        graph.entity("Smith")
    assert len(refused.value.candidates) == 2


def test_a_query_out_of_time_ends_with_the_command(built: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    words = ["--store", str(built / ".kg"), "query", "-e", endless, "--timeout", "0.5"]
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words], capture_output=True, text=True, timeout=60
    )
    message = "Error: the query took longer than 0.5 s. Add a LIMIT?\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", message)


def test_a_build_tells_of_a_torn_line_of_the_ledger(run: Run, copy: Path) -> None:
    (copy / ".kg" / "corrections.jsonl").write_text('{"v": 1, "id": "h0', encoding="utf-8")
    outcome = run("--store", copy / ".kg", "build", copy / "articles")
    assert "Warning: corrections.jsonl:1: torn: not JSON" in outcome.err
    assert outcome.code == 0
    told = run("--json", "--store", copy / ".kg", "build", copy / "articles").json()
    assert "torn" in told["corrections"][0]
