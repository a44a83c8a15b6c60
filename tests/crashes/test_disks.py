"""A full disk, a read-only folder, two writers, a reader beside a writer: real processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.store import Store
from tests.annotating import write_articles
from tests.crashes.processes import ROOT, finish, read_steps, start

ARTICLES = 30


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("disks") / "in", ARTICLES)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of sixteen megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], check=False)
    if made.returncode != 0:
        pytest.skip("this system lets nobody mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def kg(*words: str | Path, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [*before, sys.executable, "-m", "kg", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def kg_bound(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command bound by permissions, which root is not unless it lets go of its right."""
    if os.geteuid() != 0:
        return kg(*words)
    lowered = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
    if shutil.which("setpriv") is None or kg("--version", before=lowered).returncode != 0:
        pytest.skip("permissions do not bind root, and setpriv cannot change that here")
    return kg(*words, before=lowered)


def articles_of(folder: Path) -> list[str]:
    with Store.open(folder, read_only=True) as store:
        assert list(store.check()) == []
        return [article.id for article, _ in store.annotated()]


def test_a_second_writer_is_told_to_wait_and_breaks_nothing(tmp_path: Path, inputs: Path) -> None:
    folder = tmp_path / ".kg"
    first = start("building", folder, inputs, 1)
    read_steps(first, 3)  # it has opened the store
    with Store.open(tmp_path / "other.kg", create=True):
        refused = kg("--store", tmp_path / "other.kg", "build", inputs)
    assert refused.returncode == 1
    assert "another kg process is writing to" in refused.stderr
    assert "Wait until it ends" in refused.stderr
    finish(first)
    assert len(articles_of(folder)) == ARTICLES


def test_readers_beside_a_build_see_whole_graphs(tmp_path: Path, inputs: Path) -> None:
    folder = tmp_path / ".kg"
    finish(start("building", folder, inputs, 1))
    more = write_articles(tmp_path / "more", 2 * ARTICLES)
    before = articles_of(folder)
    building = start("building", folder, more, 1)
    read_steps(building, 2 * ARTICLES + 5)
    with Store.open(folder, read_only=True) as reader:
        during = [article.id for article, _ in reader.annotated()]
        finish(building)
        assert [article.id for article, _ in reader.annotated()] == during
    assert set(before) <= set(during)
    assert len(articles_of(folder)) == 2 * ARTICLES


def test_a_full_disk_is_told_and_the_next_run_goes_on(small_disk: Path, inputs: Path) -> None:
    ballast, folder = small_disk / "ballast", small_disk / ".kg"
    with Store.open(folder, create=True):
        pass
    with ballast.open("wb") as file:
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        file.write(bytes(free - 90_000))
    full = subprocess.run(
        [sys.executable, "-m", "tests.building", str(folder), str(inputs), "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 1
    assert "is full. Free some space and run the same command again" in full.stderr
    export = kg("--store", folder, "export", small_disk / "graph.ttl")
    assert export.returncode in {0, 1}
    assert "Traceback" not in export.stderr
    ballast.unlink()
    finish(start("building", folder, inputs, 1))
    assert len(articles_of(folder)) == ARTICLES
    assert kg("--store", folder, "export", small_disk / "graph.ttl").returncode == 0


def test_an_export_to_a_full_device_says_so(tmp_path: Path, inputs: Path) -> None:
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("this system has no /dev/full")
    finish(start("building", tmp_path / ".kg", inputs, 1))
    words = ["-m", "kg", "--store", str(tmp_path / ".kg"), "export", "-", "--format", "nt"]
    with device.open("wb") as full:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_read_only_folder_is_named_and_what_is_in_it_can_be_read(
    tmp_path: Path, inputs: Path
) -> None:
    folder = tmp_path / ".kg"
    finish(start("building", folder, inputs, 1))
    for path in (folder, tmp_path):
        path.chmod(0o555)
    refused = kg_bound("--store", tmp_path / "new", "build", ROOT / "seeds")
    assert refused.returncode == 1
    assert f"cannot write to '{tmp_path / 'new'}'" in refused.stderr
    refused = kg_bound("--store", folder, "build", ROOT / "seeds")
    assert refused.returncode == 1
    assert f"cannot write to '{folder}'" in refused.stderr
    read = kg_bound("--store", folder, "--json", "status")
    assert (read.returncode, f'"articles": {ARTICLES}' in read.stdout) == (0, True)
    exported = kg_bound("--store", folder, "export", tmp_path / "graph.ttl")
    assert exported.returncode == 2
    assert "cannot write" in exported.stderr
    for path in (folder, tmp_path):
        path.chmod(0o755)
