from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import main

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    def json(self) -> object:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, as a shell would see it."""

    def call(*words: str | Path) -> Outcome:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = capfd.readouterr()
        assert isinstance(left.value.code, int)
        return Outcome(left.value.code, out, err)

    return call


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four articles and their graph in `.kg`; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "articles").mkdir()
    for number in ("000", "002", "011", "012"):
        source = next(SEEDS.glob(f"{number}_*.txt"))
        shutil.copy(source, folder / "articles" / source.name)
    with pytest.raises(SystemExit) as left:
        main(["-q", "--store", str(folder / ".kg"), "build", str(folder / "articles")])
    assert left.value.code == 0
    return folder


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A graph of one's own to change."""
    shutil.copytree(built, tmp_path / "copy")
    return tmp_path / "copy"
