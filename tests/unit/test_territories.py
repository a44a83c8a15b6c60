"""Territories are known by their names in English, and only those."""

import pytest

from kg.territories import STATES, TABLE, embassy_words, find_territory


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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Russian Embassy in Washington", "q159 embassy q30"),
        ("Embassy of Russia to the United States", "q159 embassy q30"),
        ("U.S. Embassy in Tel Aviv", "q30 embassy q801"),  # not the capital that the table has
        ("Embassy of Japan in The Hague", "q17 embassy q29999"),
        ("Iranian Embassy to Iraq", "q794 embassy q796"),  # names of four letters
        ("Russian Embassy", "q159 embassy"),
        ("Tarvonian Embassy in Vienna", "tarvonian embassy q40"),  # no state of this world
        ("Embassy in Congo", "embassy congo"),  # two states: which is not said
        ("Embassy Theatre", "embassy theatre"),  # no embassy
        ("Kenyan Consulate in Paris", "kenyan consulate in paris"),  # a state may have several
    ],
)
def test_embassy_is_told_by_sender_and_host(name, words):
    assert embassy_words(name.split()) == tuple(words.split())


def test_every_state_of_the_second_table_is_one_of_the_first():
    items = {line.split("\t")[2] for line in TABLE.read_text(encoding="utf-8").splitlines()}
    rows = [line.split("\t") for line in STATES.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 400
    assert {item for _, _, item in rows} <= items
