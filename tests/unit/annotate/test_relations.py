"""Relations worded in small parses made by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.annotate.chains import build_chains
from kg.annotate.draft import Attribution, Name
from kg.annotate.relations import RelationDraft, find_relations
from kg.annotate.relations_roles import predicate_of, whole_role
from kg.vocabulary import EntityType
from tests.parsed import named, parsed, said, span_of

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE


def relations(
    doc: Doc, names: list[Name], attributions: list[Attribution] | None = None
) -> list[RelationDraft]:
    chains = build_chains("a", doc, names, attributions or [])
    return find_relations(chains, attributions or [])


def worded(doc: Doc, names: list[Name]) -> set[tuple[str, str]]:
    return {(draft.predicate, draft.text) for draft in relations(doc, names)}


LEADER = parsed("""
Norland PROPN poss leader
's PART case Norland 's POS
leader NOUN compound Reyes
Ana PROPN compound Reyes
Reyes PROPN nsubj left
left VERB ROOT left leave
""")


def test_leader_of_a_place_before_a_name() -> None:
    names = [named(LEADER, "Norland", PLACE), named(LEADER, "Ana Reyes", PERSON)]
    assert worded(LEADER, names) == {("jobTitle", "leader"), ("leaderOf", "Norland")}


def test_relation_spans_all_of_its_words() -> None:
    names = [named(LEADER, "Norland", PLACE), named(LEADER, "Ana Reyes", PERSON)]
    spans = {draft.predicate: draft.span.of(LEADER.text) for draft in relations(LEADER, names)}
    assert spans == {"jobTitle": "leader Ana Reyes", "leaderOf": "Norland's leader Ana Reyes"}


def test_former_title_is_marked_as_former() -> None:
    doc = parsed("""
    former ADJ amod governor
    governor NOUN compound Reyes
    Ana PROPN compound Reyes
    Reyes PROPN nsubj left
    left VERB ROOT left leave
    """)
    found = worded(doc, [named(doc, "Ana Reyes", PERSON)])
    assert ("formerly", "governor") in found


def test_reporter_of_a_newspaper_works_for_it() -> None:
    doc = parsed("""
    reporter NOUN compound Reyes
    Ana PROPN compound Reyes
    Reyes PROPN nsubj left
    of ADP prep Reyes
    the DET det Courier
    Courier PROPN pobj of
    left VERB ROOT left leave
    """)
    names = [named(doc, "Ana Reyes", PERSON), named(doc, "Courier", ORGANISATION)]
    assert worded(doc, names) == {("jobTitle", "reporter"), ("worksFor", "Courier")}


def test_apposition_words_a_role() -> None:
    doc = parsed("""
    Ana PROPN nsubj left
    , PUNCT punct Ana
    a DET det spokeswoman
    spokeswoman NOUN appos Ana
    for ADP prep spokeswoman
    Norland PROPN pobj for
    , PUNCT punct Ana
    left VERB ROOT left leave
    """)
    names = [named(doc, "Ana", PERSON), named(doc, "Norland", ORGANISATION)]
    assert worded(doc, names) == {
        ("jobTitle", "spokeswoman for Norland"),
        ("spokespersonFor", "Norland"),
    }


def test_denied_copula_words_nothing() -> None:
    doc = parsed("""
    Ana PROPN nsubj is
    is AUX ROOT is be
    not PART neg is
    the DET det mayor
    mayor NOUN attr is
    """)
    assert relations(doc, [named(doc, "Ana", PERSON)]) == []


def test_wife_is_a_spouse_and_no_job() -> None:
    doc = parsed("""
    Hale PROPN poss wife
    's PART case Hale 's POS
    wife NOUN compound Ana
    Ana PROPN nsubj left
    left VERB ROOT left leave
    """)
    names = [named(doc, "Hale", PERSON), named(doc, "Ana", PERSON)]
    assert worded(doc, names) == {("spouse", "Hale")}


def test_body_in_a_place_is_located_there() -> None:
    doc = parsed("""
    Embassy PROPN nsubj closed
    in ADP prep Embassy
    Norland PROPN pobj in
    closed VERB ROOT closed close
    """)
    names = [named(doc, "Embassy", ORGANISATION), named(doc, "Norland", PLACE)]
    assert worded(doc, names) == {("locatedIn", "Norland")}


PLACES = {
    "Marl, a town in Norland": """
        Marl PROPN nsubj fell
        , PUNCT punct Marl
        town NOUN appos Marl
        in ADP prep town
        Norland PROPN pobj in
        fell VERB ROOT fell fall
    """,
    "Marl is a town in Norland": """
        Marl PROPN nsubj is
        is AUX ROOT is be
        town NOUN attr is
        in ADP prep town
        Norland PROPN pobj in
    """,
    "Marl was based in Norland": """
        Marl PROPN nsubjpass based
        was AUX auxpass based be
        based VERB ROOT based base
        in ADP prep based
        Norland PROPN pobj in
    """,
    "Marl, based in Norland, fell": """
        Marl PROPN nsubj fell
        based VERB acl Marl base
        in ADP prep based
        Norland PROPN pobj in
        fell VERB ROOT fell fall
    """,
    "Norland's Marl fell": """
        Norland PROPN poss Marl
        's PART case Norland 's POS
        Marl PROPN nsubj fell
        fell VERB ROOT fell fall
    """,
}


@pytest.mark.parametrize("parse", PLACES.values(), ids=PLACES)
def test_place_is_located_where_the_text_puts_it(parse: str) -> None:
    doc = parsed(parse)
    names = [named(doc, "Marl", PLACE), named(doc, "Norland", PLACE)]
    assert worded(doc, names) == {("locatedIn", "Norland")}


NOWHERE = {
    "Marl is not a town in Norland": """
        Marl PROPN nsubj is
        is AUX ROOT is be
        not PART neg is
        town NOUN attr is
        in ADP prep town
        Norland PROPN pobj in
    """,
    "Marl fell in Norland": """
        Marl PROPN nsubj fell
        fell VERB ROOT fell fall
        in ADP prep fell
        Norland PROPN pobj in
    """,
}


@pytest.mark.parametrize("parse", NOWHERE.values(), ids=NOWHERE)
def test_place_is_not_located_where_something_happens(parse: str) -> None:
    doc = parsed(parse)
    names = [named(doc, "Marl", PLACE), named(doc, "Norland", PLACE)]
    assert relations(doc, names) == []


def test_body_does_not_lie_in_its_owner() -> None:
    doc = parsed(PLACES["Norland's Marl fell"])
    names = [named(doc, "Marl", ORGANISATION), named(doc, "Norland", PLACE)]
    assert [draft.predicate for draft in relations(doc, names)] == []


def test_relation_inside_a_statement_names_it() -> None:
    doc = parsed("""
    Tom PROPN nsubj said
    said VERB ROOT said say
    mayor NOUN compound Ana
    Ana PROPN nsubj left
    left VERB ccomp said leave
    """)
    names = [named(doc, "Tom", PERSON), named(doc, "Ana", PERSON)]
    statement = said(span_of(doc, "Tom"), span_of(doc, "said"), span_of(doc, "mayor Ana left"))
    assert [draft.attribution for draft in relations(doc, names, [statement])] == [0]


@pytest.mark.parametrize(
    ("before", "lemma", "predicate"),
    [
        ("chief", "executive", "leaderOf"),  # two words that make one role
        ("press", "secretary", "spokespersonFor"),
        ("deputy", "head", "worksFor"),  # who stands second does not lead
        ("the", "head", "leaderOf"),
        ("the", "founder", None),  # a founder may work elsewhere
    ],
)
def test_role_words_a_relation_to_its_body(before: str, lemma: str, predicate: str | None) -> None:
    assert predicate_of(whole_role(before, lemma), "of", ORGANISATION) == predicate
