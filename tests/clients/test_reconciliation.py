"""`kg link` against csv-reconcile, a W3C Reconciliation server from the package index."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Entity
from kg.pipeline import derive, link, open_links
from tests.clients.conftest import FOLDER
from tests.storing import fill, new_store

pytestmark = pytest.mark.clients

PROGRAM = FOLDER / "reconciliation" / "bin" / "csv-reconcile"
SPACE = "http://example.org/person/"
TABLE = """id\tname
M1\tIlda Marsh
M2\tOrrin Whale
M3\tCoast Agency
M4\tCoast Agenda
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[str]:
    """The address of the server on a free port, with a table of four names."""
    if not PROGRAM.is_file():
        message = f"{PROGRAM} is missing: bash .ci/clients"
        assert not os.environ.get("CI"), message
        pytest.skip(message)
    port = _free_port()
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / "names.tsv").write_text(TABLE)
    manifest = {"identifierSpace": SPACE, "schemaSpace": SPACE, "name": "Tarnby"}
    (folder / "conf.py").write_text(f"SERVER_NAME = '127.0.0.1:{port}'\nMANIFEST = {manifest!r}\n")
    made = [PROGRAM, "init", "--config", "conf.py", "names.tsv", "id", "name"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    with subprocess.Popen([PROGRAM, "serve"], cwd=folder, stderr=subprocess.PIPE) as server:
        try:
            assert server.stderr is not None
            assert any(b"Running on" in line for line in server.stderr), "the server ended"
            yield f"http://127.0.0.1:{port}/reconcile"
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_names_are_linked_and_doubtful_ones_wait(service: str, tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        fill(store)
        derive(store)
        report = link(store, service)
        found: dict[str, Entity] = {each.name: each for each in store.entities()}
        assert [known.iri for known in found["Ilda Marsh"].external] == [f"{SPACE}M1"]
        assert [known.iri for known in found["Coast Agency"].external] == [f"{SPACE}M3"]
        [waiting] = [each for each in open_links(store) if each.entity.name == "Orrin Vale"]
        assert waiting.candidates[0][0].name == "Orrin Whale"
        assert report.unanswered == []
        assert link(store, service).asked == 0
