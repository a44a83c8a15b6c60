"""Building: what is new is annotated, what is not is left alone, what fails is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ReadError, UsageError
from kg.model import Annotation
from kg.pipeline import BuildOptions, BuildReport, Progress, Stage, build, remove
from kg.read import ReadOptions
from kg.store import Again, Store
from tests.annotating import PlainAnnotator, sentence, write_articles
from tests.storing import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


class Recorder:
    """Makes annotators and remembers what they saw."""

    def __init__(self, config: str = "") -> None:
        self.made = PlainAnnotator(config)

    def __call__(self) -> PlainAnnotator:
        return self.made


def run(store: Store, *inputs: Path, annotator: Recorder | None = None, **options) -> BuildReport:
    return build(
        store,
        [str(path) for path in inputs],
        BuildOptions(**options),
        annotator=annotator or Recorder(),
    )


def content(store: Store) -> list[Annotation]:
    return [annotation for _, annotation in store.annotated()]


def test_folder_becomes_a_graph(store: Store, tmp_path: Path) -> None:
    report = run(store, write_articles(tmp_path / "in", 10))
    assert (report.new, report.annotated, report.unchanged) == (10, 10, 0)
    assert report.failures == []
    assert report.counts is not None
    assert (report.counts.articles, report.counts.people) == (10, 6)
    assert (report.counts.statements, report.counts.denials) == (20, 4)
    assert list(store.check()) == []


def test_unchanged_input_is_not_annotated_again(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 10)
    run(store, folder)
    before, again = store.change, Recorder()
    report = run(store, folder, annotator=again)
    assert (report.unchanged, report.annotated, report.derived) == (10, 0, False)
    assert again.made.seen == []
    assert store.change == before


def test_only_the_changed_article_is_annotated_again(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 10)
    run(store, folder)
    (folder / "0003.txt").write_text("Zoltan said that all of this was new to him and to us.")
    report = run(store, folder)
    assert (report.changed, report.annotated, report.unchanged) == (1, 1, 9)
    assert "Zoltan" in {entity.name for entity in store.entities()}
    assert len(content(store)) == 10


def test_updated_store_is_that_of_a_fresh_build(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 6)
    run(store, folder)
    (folder / "0003.txt").write_text(sentence(40))
    (folder / "0009.txt").write_text(sentence(41))
    run(store, folder)
    with new_store(tmp_path / "fresh") as fresh:
        run(fresh, folder)
        assert content(fresh) == content(store)
        assert list(fresh.entities()) == list(store.entities())
        assert list(fresh.runs()) == list(store.runs())


def test_same_text_twice_is_one_article(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 3)
    (folder / "copy.txt").write_text(sentence(1))
    report = run(store, folder)
    assert (report.new, report.copies, report.annotated) == (3, 1, 3)
    assert report.counts is not None
    assert (report.counts.articles, report.counts.appearances) == (3, 4)


def test_another_configuration_annotates_everything_again_and_says_so(
    store: Store, tmp_path: Path
) -> None:
    folder = write_articles(tmp_path / "in", 5)
    run(store, folder)
    report = run(store, folder, annotator=Recorder("other"))
    assert (report.unchanged, report.annotated, report.again) == (5, 5, 5)
    assert report.again_because == {Again.RUN: 5}
    assert [found.id for found in store.runs()] == [report.run]


def test_rebuild_annotates_everything_again(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 5)
    run(store, folder)
    before = content(store)
    report = run(store, folder, rebuild=True)
    assert (report.annotated, report.again_because) == (5, {Again.ASKED: 5})
    assert content(store) == before


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("REFUSE", "not annotated (ValueError: refused)"),  # the annotator returns an error
        ("RAISE", "not annotated (RuntimeError: the whole batch is lost)"),  # or loses its batch
    ],
)
def test_article_that_cannot_be_annotated_ends_nothing(
    store: Store, tmp_path: Path, word: str, reason: str
) -> None:
    folder = write_articles(tmp_path / "in", 5)
    (folder / "bad.txt").write_text(sentence(99) + word)
    report = run(store, folder)
    assert [failure.reason for failure in report.failed] == [reason]
    assert (report.annotated, len(content(store))) == (5, 5)
    assert [failure.reason for failure in store.failures()] == [reason]
    again = Recorder()
    assert run(store, folder, annotator=again).annotated == 0
    assert again.made.seen == []  # nor is it tried every time
    assert len(list(store.failures())) == 1
    run(store, folder, annotator=again, rebuild=True)
    assert len(set(again.made.seen)) == 6


def test_complaints_go_when_the_file_is_mended(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = '{"text": "Anna said that the bridge would be closed in the spring."}\n'
    path.write_text(good + '{"text" "no"}\n')
    assert len(run(store, path).failed) == 1
    assert len(run(store, path).failed) == 1  # told every time, kept once
    assert len(list(store.failures())) == 1
    path.write_text(good + '{"text": "Boris said that it would be closed in the summer."}\n')
    assert run(store, path).failed == []
    assert list(store.failures()) == []


def test_warning_of_an_unchanged_file_is_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes("Anna said that the café would be closed in the spring.".encode("cp1252"))
    run(store, path)
    assert run(store, path).unchanged == 1
    assert len(list(store.failures())) == 1


def test_other_reader_options_read_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(
        '{"text": "Anna said that it would be closed in the spring.", '
        '"body": "Boris said that it would be closed in the summer."}\n'
    )
    run(store, path)
    report = run(store, path, read=ReadOptions(text_field="body"))
    assert (report.changed, report.annotated) == (1, 1)


DATED = '{"id": "%d", "body": "%s", "when": "2024-03-0%d"}\n'
FIELDS = ReadOptions(text_field="body", date_field="when")


def write_dump(path: Path, *numbers: int) -> Path:
    path.write_text("".join(DATED % (n, sentence(n).strip(), n) for n in numbers))
    return path


@pytest.mark.parametrize("name", ["dump.jsonl", "./dump.jsonl", "."])
def test_field_options_hold_for_the_next_build_of_the_same_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_dump(Path("dump.jsonl"), 1, 2)
    build(store, ["dump.jsonl"], BuildOptions(FIELDS), annotator=PlainAnnotator)
    write_dump(Path("dump.jsonl"), 1, 2, 3)
    report = build(store, [name], annotator=PlainAnnotator)
    assert (report.unchanged, report.new, report.again) == (2, 1, 0)
    assert report.fields_as_before == {"dump.jsonl": "--text-field body --date-field when"}
    assert all(article.published for article in store.articles())


def test_columns_of_a_table_hold_for_the_next_build(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"words,when\n{sentence(1).strip()},2024-03-01\n")
    run(store, path, read=ReadOptions(text_field="words", date_field="when"))
    assert run(store, path).unchanged == 1


def test_field_options_that_are_given_win_over_those_of_before(
    store: Store, tmp_path: Path
) -> None:
    path = write_dump(tmp_path / "dump.jsonl", 1)
    run(store, path, read=FIELDS)
    report = run(store, path, read=ReadOptions(date_field="id"))
    assert report.again_because == {Again.METADATA: 1}
    assert report.fields_as_before == {str(path): "--text-field body"}
    [article] = store.articles()
    assert article.published is None


def test_file_that_was_taken_out_is_read_as_if_new(store: Store, tmp_path: Path) -> None:
    path = write_dump(tmp_path / "dump.jsonl", 1)
    run(store, path, read=FIELDS)
    remove(store, [str(path)])
    assert run(store, path).fields_as_before == {}


def test_removed_sources_leave_the_graph(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 6)
    run(store, folder)
    gone = remove(store, [str(folder / "0000.txt"), str(folder / "0005.txt"), "nobody"])
    assert len(gone) == 2
    assert len(content(store)) == 4
    assert "Anna" not in {entity.name for entity in store.entities()}
    assert list(store.check()) == []


def test_dry_run_counts_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 4)
    run(store, folder / "0000.txt")
    before, recorder = store.change, Recorder()
    report = run(store, folder, dry_run=True, annotator=recorder)
    assert (report.new, report.unchanged, report.annotated) == (3, 1, 0)
    assert store.change == before
    assert recorder.made.seen == []


def test_missing_input_is_refused_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 2)
    with pytest.raises(UsageError):
        run(store, folder, tmp_path / "nope")
    assert store.change == 0


def test_input_without_articles_is_an_error(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(ReadError, match="no readable articles"):
        run(store, tmp_path / "in")


def test_progress_is_told_for_each_stage(store: Store, tmp_path: Path) -> None:
    told: list[Progress] = []
    folder = write_articles(tmp_path / "in", 3)
    build(store, [str(folder)], annotator=Recorder(), progress=told.append)
    assert [step.done for step in told if step.stage is Stage.READ] == [1, 2, 3]
    annotated = [step for step in told if step.stage is Stage.ANNOTATE]
    assert [(step.done, step.total) for step in annotated] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert Stage.RESOLVE in {step.stage for step in told}


def lines_of(*numbers: int) -> str:
    return "".join(f'{{"id": "{n}", "text": "{sentence(n).strip()}"}}\n' for n in numbers)


def test_article_that_left_its_file_leaves_the_graph(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(lines_of(1, 2, 3))
    run(store, path)
    path.write_text(lines_of(1, 3))
    report = run(store, path)
    assert (report.removed, report.unchanged) == (1, 2)
    assert len(content(store)) == 2


@pytest.mark.parametrize("name", ["x.jsonl", "x.dump"])
def test_article_whose_id_has_a_slash_stays_beside_a_complaint(
    store: Store, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    line = '{"id": "desk/%d", "date": "3 May", "text": "%s"}\n'
    path.write_text("".join(line % (n, sentence(n).strip()) for n in (1, 2, 3)))
    report = run(store, path, read=ReadOptions(format="jsonl"))
    assert (report.new, report.removed, len(report.warnings)) == (3, 0, 3)
    assert len(content(store)) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("report#1.txt", "report#2.txt"),  # nothing of a file "report"
        ("x.jsonl", "x.jsonl#2.txt"),  # nothing of the table beside it
        ("x.jsonl#2.txt", "x.jsonl"),
        ("C#/1.txt", "C#/2.txt"),  # a folder
        ("dump.jsonl#/1.txt", "dump.jsonl#/2.txt"),
        ("a:1.txt", "a:2.txt"),  # nothing of lines
        ("page#1.html", "page#2.html"),
    ],
)
def test_article_of_another_file_stays_whatever_marks_their_names_hold(
    store: Store, tmp_path: Path, first: str, second: str
) -> None:
    for number, name in enumerate((first, second), start=1):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        page = f"<html><body><article><p>{sentence(number)}</p></article></body></html>"
        kinds = {".jsonl": lines_of(number, 7, 8), ".html": page}
        path.write_text(kinds.get(path.suffix, sentence(number)))
        before = len(content(store))
        assert run(store, path).removed == 0
        assert len(content(store)) == before + (3 if path.suffix == ".jsonl" else 1)
        assert run(store, path).removed == 0
    assert run(store, tmp_path / "in", read=ReadOptions(recursive=True)).new == 0


def test_a_file_is_taken_out_without_another_whose_name_begins_like_it(
    store: Store, tmp_path: Path
) -> None:
    for number, name in enumerate(("report", "report#1.txt")):
        (tmp_path / name).write_text(sentence(number))
        run(store, tmp_path / name)
    assert remove(store, [str(tmp_path / "report")]) == [str(tmp_path / "report")]


def test_article_that_left_its_file_takes_no_other_with_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    line = '{"id": "%s", "text": "%s"}\n'
    lines = [line % (name, sentence(n).strip()) for n, name in enumerate(("desk", "desk/1"))]
    path.write_text("".join(lines))
    run(store, path)
    path.write_text(lines[1])
    assert run(store, path).removed == 1
    assert len(content(store)) == 1


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (lines_of(1) + '{"id": "2", "te', {}),  # torn: nobody knows what is missing
        (lines_of(1, 2, 3), {"read": ReadOptions(limit=1)}),  # not read to its end
    ],
)
def test_article_of_a_file_that_was_not_read_to_its_end_stays(
    store: Store, tmp_path: Path, text: str, options: dict[str, object]
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(lines_of(1, 2, 3))
    run(store, path)
    path.write_text(text)
    assert run(store, path, **options).removed == 0
    assert len(content(store)) == 3


def test_entry_that_left_its_feed_stays(store: Store, tmp_path: Path) -> None:
    entry = "<item><guid>{0}</guid><description>{1}</description></item>"
    feed = '<rss version="2.0"><channel><title>The Paper</title>{}</channel></rss>'
    path = tmp_path / "feed.xml"
    path.write_text(feed.format(entry.format("a", sentence(1)) + entry.format("b", sentence(2))))
    run(store, path)
    path.write_text(feed.format(entry.format("c", sentence(3)) + entry.format("b", sentence(2))))
    assert run(store, path).new == 1
    assert len(content(store)) == 3
