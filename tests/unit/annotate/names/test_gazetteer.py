"""Territories are known by their names in English, and only those."""

import pytest

from kg.annotate.names.gazetteer import TABLE, find_territory


@pytest.mark.parametrize(
    ("name", "wikidata"),
    [
        ("Chechnya", "Q5187"),
        ("Chechen Republic", "Q5187"),
        ("RUSSIAN FEDERATION", "Q159"),
        ("the United States", "Q30"),
        ("United\nKingdom", "Q145"),
        ("US", "Q30"),
        ("U.S.", "Q30"),
        ("Iran", "Q794"),
        ("Ivory Coast", "Q1008"),
        ("America", "Q30"),
    ],
)
def test_territory_is_found(name, wikidata):
    territory = find_territory(name)
    assert territory is not None
    assert territory.wikidata == wikidata


@pytest.mark.parametrize("name", ["us", "Paris", "British", "La", "Who", "EU", "Alushkin", ""])
def test_other_word_is_no_territory(name):
    assert find_territory(name) is None


def test_items_are_those_of_the_library_they_come_from():
    from rigour.territories import get_territory_by_qid

    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 1000
    for name, subtype, item in rows:
        territory = get_territory_by_qid(item) if item else None
        assert territory is None or territory.is_country == (subtype == "Country"), name
