"""Cities of a store are linked offline, and again by what newer articles name."""

from __future__ import annotations

from pathlib import Path

from kg.pipeline import derive, link_places
from tests.storing import fill, new_store
from tests.unit.link.test_geonames import a_city, cities_of

CITIES = cities_of(
    [a_city(1, "Tarnby", "MD", 40_000), a_city(2, "Tarnby", "DK", 30_000)],
    [{"iso": "MD", "name": "Moldova"}, {"iso": "DK", "name": "Denmark"}],
    (),
)


def test_place_is_linked_by_the_country_of_its_articles(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        fill(store)
        derive(store)
        report = link_places(store, CITIES)
        [tarnby] = [each for each in store.entities() if each.name == "Tarnby"]
        assert [known.iri for known in tarnby.external] == ["https://sws.geonames.org/1/"]
        assert (report.linked, report.waiting) == (1, 0)
        assert link_places(store, CITIES).linked == 1
