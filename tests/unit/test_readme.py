"""What the README and the cookbook show is what the commands print.

`KG_UPDATE_GOLDEN=1 pytest tests/unit/test_readme.py` writes the rows of the cookbook anew.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from kg.cli import main
from kg.query import cookbook

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^\$ (kg .*)\n((?:(?!\$ |```).*\n)*)", README, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.raises(SystemExit) as left:
        main(["-q", "--store", str(folder / ".kg"), "demo", "--exports", str(folder / "exports")])
    assert left.value.code == 0
    return folder


def test_the_readme_has_examples() -> None:
    assert len(BLOCKS) >= 4


@pytest.mark.model
@pytest.mark.parametrize(("command", "shown"), BLOCKS)
def test_example_prints_what_the_readme_shows(
    command: str, shown: str, demo: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(command)[1:]
    capfd.readouterr()
    with pytest.raises(SystemExit) as left:
        main(["--store", str(demo / ".kg"), *words])
    out = capfd.readouterr().out.replace(f"{ROOT}/", "")
    assert (left.value.code, out) == (0, shown)


@pytest.mark.model
def test_the_cookbook_shows_the_first_rows_of_each_query(
    demo: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    shown = page
    for name in cookbook.names():
        capfd.readouterr()
        with pytest.raises(SystemExit):
            main(["--store", str(demo / ".kg"), "query", name, *OTHERS.get(name, ())])
        block = _first_rows(name, capfd.readouterr().out)
        before, _, after = shown.partition(f"```\n$ kg query {name}")
        shown = before + block + after.partition("\n```\n")[2]
    if os.environ.get("KG_UPDATE_GOLDEN"):
        (ROOT / "docs" / "cookbook.md").write_text(shown, encoding="utf-8")
        page = shown
    assert shown == page
    assert page.count("\n$ kg query ") == len(cookbook.names())


OTHERS = {
    "05-sources-on-a-place-before-a-date": ("--name", "Brenholt Chemicals", "--date", "2024-06-30")
}
"""What is asked where the demo has nothing for the name that the query has."""


def _first_rows(name: str, table: str) -> str:
    lines = table.splitlines()
    more = [f"... {len(lines) - 6} more"] if len(lines) > 7 else lines[6:]
    command = shlex.join(["kg", "query", name, *OTHERS.get(name, ())])
    return "\n".join(["```", f"$ {command}", *lines[:6], *more, "```", ""])


@pytest.mark.model
def test_demo_names_the_articles_as_seen_from_where_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    store = ["--store", str(tmp_path / ".kg")]
    for words in (["-q", "demo", "--exports", str(tmp_path)], ["explain", "st:h93ad22420fb51bad"]):
        with pytest.raises(SystemExit):
            main([*store, *words])
    assert "\n    seeds/000_ac290a27def8f6b2.txt:1829-1904  speaker" in capfd.readouterr().out


@pytest.mark.model
def test_the_main_job_writes_both_exports(demo: Path) -> None:
    import networkx
    import rdflib

    assert len(rdflib.Graph().parse(demo / "exports" / "graph.ttl")) > 10_000
    assert networkx.read_graphml(demo / "exports" / "graph.graphml").number_of_edges() > 500


@pytest.mark.parametrize("name", cookbook.names())
def test_each_query_of_the_cookbook_stands_in_the_readme(name: str) -> None:
    assert f"| `{name}` | {cookbook.title(name)} |" in README


@pytest.mark.model
def test_the_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "exports").mkdir()
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    assert (
        "['Dmitry Alushkin', 'Nikolay Alexeev'] has rejected the reports" in capsys.readouterr().out
    )
    assert {path.name for path in (tmp_path / "exports").iterdir()} == {
        "graph.ttl",
        "graph.graphml",
    }
