from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.read.extras import load


@pytest.mark.parametrize(
    ("code", "message"),
    [
        # a library that it needs in turn
        (
            "import nowhere_html_clean",
            "needs brokenlib, which is installed but does not load (ModuleNotFoundError: No module "
            "named 'nowhere_html_clean'). Install nowhere_html_clean too",
        ),
        # a version of one that does not fit
        (
            "from json import nothing_like_it",
            "does not load (ImportError: cannot import name 'nothing_like_it' from 'json'",
        ),
        ("1 / 0", "does not load (ZeroDivisionError: division by zero). Run: pip install --force"),
        ("import brokenlib.part", "Run: pip install --force-reinstall brokenlib"),
    ],
)
def test_library_that_is_there_and_does_not_load_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, message: str
) -> None:
    (tmp_path / "brokenlib").mkdir()
    (tmp_path / "brokenlib" / "__init__.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ReadError) as refused:
        load("brokenlib")
    assert message in str(refused.value)


def test_library_that_is_not_there_says_how_to_install_it() -> None:
    with pytest.raises(ReadError, match=r"is not installed\. Run: pip install 'claimgraph\[read"):
        load("nowhere_at_all.part")
