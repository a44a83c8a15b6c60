"""Other versions of Python write the golden files too; those that need no library, as a bare
interpreter has none. Each version runs with another seed for the hashes of strings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
VERSIONS = ("3.11", "3.12", "3.13")
BARE = {
    "small.ttl": "turtle",
    "small.nt": "nt",
    "small.trig": "trig",
    "small.nq": "nquads",
    "small.jsonld": "jsonld",
    "small.csv": "csv",
    "small.ftm.json": "ftm",
    "small.anno.json": "webannotation",
    "small.nanopub.trig": "nanopub",
    "small.jsonl": "jsonl",
}
SCRIPT = """
import sys
from pathlib import Path
from kg.export import export
from tests.factories import small_graph
for name, form in zip(sys.argv[2::2], sys.argv[3::2]):
    export(small_graph(), Path(sys.argv[1]) / name, form)
print("%d.%d" % sys.version_info[:2])
"""


def interpreters(version: str) -> list[str]:
    """Where a version may be: in the path, or beside those of pyenv."""
    here = [] if sys.version_info[:2] != tuple(map(int, version.split("."))) else [sys.executable]
    found = shutil.which(f"python{version}")
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    kept = sorted(str(path) for path in root.glob(f"{version}.*/bin/python"))
    return [*here, *kept, *([found] if found else [])]


def write(interpreter: str, folder: Path, seed: str) -> str:
    """The version that wrote the files, empty if the interpreter does not run."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": seed,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    words = [word for pair in BARE.items() for word in pair]
    probe = subprocess.run(
        [interpreter, "-c", ""], capture_output=True, env=environment, check=False
    )
    if probe.returncode != 0:  # a shim of pyenv without its version
        return ""
    done = subprocess.run(
        [interpreter, "-c", SCRIPT, str(folder), *words],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("version", VERSIONS)
def test_another_python_writes_the_same_bytes(version: str, tmp_path: Path) -> None:
    seed = str(VERSIONS.index(version) + 1)
    wrote = next(filter(None, (write(each, tmp_path, seed) for each in interpreters(version))), "")
    if not wrote:
        pytest.skip(f"no Python {version} here")
    assert wrote == version
    for name in BARE:
        assert (tmp_path / name).read_bytes() == (HERE / name).read_bytes(), name
