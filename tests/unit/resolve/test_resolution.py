"""Chains of many articles become entities: merged with reasons, kept apart, or asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Link, LinkOrigin
from kg.resolve import Resolution, resolve, suggestions
from kg.vocabulary import EntityType, Judgement
from tests.factories import NAME, ArticleBuilder
from tests.resolving import ORGANISATION, PERSON, PLACE, Annotated, an_article, chain_of

SPILL = an_article(
    "Anton Tolmarek said the Lisk river near Orvenne was poisoned by Brenholt Chemicals.",
    ("Anton Tolmarek", PERSON),
    ("Orvenne", PLACE),
    ("Brenholt Chemicals", ORGANISATION),
    day=1,
)
STRIKE = an_article(
    "Petra Tolmarek said workers at Brenholt Chemicals in Orvenne would strike over the river.",
    ("Petra Tolmarek", PERSON),
    ("Orvenne", PLACE),
    ("Brenholt Chemicals", ORGANISATION),
    day=3,
)
VISIT = an_article(
    "Prime Minister Anton Tolmarek visited Orvenne, where Brenholt Chemicals poisoned the river.",
    ("Anton Tolmarek", PERSON),
    ("Orvenne", PLACE),
    ("Brenholt Chemicals", ORGANISATION),
    day=5,
)
SURNAME = an_article(
    "Tolmarek spoke about the river near Orvenne and about Brenholt Chemicals again.",
    ("Tolmarek", PERSON),
    ("Orvenne", PLACE),
    ("Brenholt Chemicals", ORGANISATION),
    day=7,
)
FOOTBALL = an_article(
    "Striker John Miller scored twice for Callow United before half time.",
    ("John Miller", PERSON),
    ("Callow United", ORGANISATION),
    day=2,
)
COURT = an_article(
    "Judge John Miller sentenced a burglar in Brelland to probation.",
    ("John Miller", PERSON),
    ("Brelland", PLACE),
    day=9,
)
UNDATED = an_article("Anton Tolmarek resigned.", ("Anton Tolmarek", PERSON), day=None)
ARTICLES = (SPILL, STRIKE, VISIT, SURNAME, FOOTBALL, COURT, UNDATED)


def entity_of(resolution: Resolution, annotated: Annotated, name: str) -> str:
    return resolution.entity_of[chain_of(annotated, name).id]


def judged(left: str, right: str, judgement: Judgement) -> Link:
    left, right = sorted((left, right))
    return Link(left, right, judgement, 1.0, ("a person said so",), LinkOrigin.PERSON)


def test_one_full_name_in_three_articles_is_one_person() -> None:
    resolution = resolve(ARTICLES)
    found = {entity_of(resolution, a, "Anton Tolmarek") for a in (SPILL, VISIT, UNDATED)}
    assert len(found) == 1


def test_two_people_with_one_surname_stay_two() -> None:
    resolution = resolve(ARTICLES)
    anton = entity_of(resolution, SPILL, "Anton Tolmarek")
    assert anton != entity_of(resolution, STRIKE, "Petra Tolmarek")


def test_a_surname_that_two_people_bear_is_asked_about() -> None:
    resolution = resolve(ARTICLES)
    surname = chain_of(SURNAME, "Tolmarek").id
    assert any(surname in (link.left, link.right) for link in suggestions(resolution.links))
    assert resolution.entity_of[surname] not in {
        entity_of(resolution, SPILL, "Anton Tolmarek"),
        entity_of(resolution, STRIKE, "Petra Tolmarek"),
    }


def test_suggestions_are_the_open_pairs_likeliest_first() -> None:
    links = (
        Link("a", "b", Judgement.POSITIVE, 0.9, ()),
        Link("a", "d", Judgement.UNSURE, 0.5, ()),
        Link("a", "c", Judgement.UNSURE, 0.5, ()),
        Link("c", "d", Judgement.UNSURE, 0.7, ()),
    )
    found = [(link.left, link.right) for link in suggestions(iter(links))]
    assert found == [("c", "d"), ("a", "c"), ("a", "d")]


def test_a_surname_goes_to_the_only_bearer_with_a_shared_context() -> None:
    resolution = resolve((SPILL, VISIT, SURNAME))
    assert entity_of(resolution, SURNAME, "Tolmarek") == entity_of(
        resolution, SPILL, "Anton Tolmarek"
    )


def test_surname_with_an_office_is_not_whom_its_article_names_in_full() -> None:
    made = ArticleBuilder(
        "Petra Tolmarek led the strike at Brenholt Chemicals in Orvenne by the river. "
        "Prime Minister Tolmarek, no relative, urged both to talk.",
        published=date(2024, 3, 4),
    )
    for name, kind in (
        ("Petra Tolmarek", PERSON),
        ("Brenholt Chemicals", ORGANISATION),
        ("Orvenne", PLACE),
    ):
        made.chain(name, kind, (name, 0, NAME))
    surname = made.chain("Tolmarek", PERSON, ("Tolmarek", 1, NAME))
    made.relation(surname, "jobTitle", None, "Prime Minister", "Prime Minister Tolmarek")
    both = made.build("hrun")
    resolution = resolve((SPILL, STRIKE, VISIT, both))
    prime_minister = entity_of(resolution, SPILL, "Anton Tolmarek")
    assert resolution.entity_of[surname] == prime_minister
    assert entity_of(resolution, both, "Petra Tolmarek") == entity_of(
        resolution, STRIKE, "Petra Tolmarek"
    )
    assert not suggestions(resolution.links)


def test_two_names_joined_are_neither_of_the_two() -> None:
    joined = an_article(
        "Keldmark and Brenholt build in Orvenne.",
        ("Keldmark and Brenholt", ORGANISATION),
        ("Orvenne", PLACE),
        day=2,
    )
    alone = an_article(
        "Keldmark builds in Orvenne.", ("Keldmark", ORGANISATION), ("Orvenne", PLACE)
    )
    resolution = resolve((joined, alone))
    assert entity_of(resolution, joined, "Keldmark and Brenholt") != entity_of(
        resolution, alone, "Keldmark"
    )


def test_a_name_with_a_word_too_many_does_not_stand_in_the_way() -> None:
    articles = [
        an_article(f"{name} sang in Orvenne.", (name, PERSON), ("Orvenne", PLACE), day=day)
        for day, name in enumerate(("Ilsa Vesk", "Vesk", "Ilsa Vesk Returns"), start=1)
    ]
    resolution = resolve(articles)
    found = {entity_of(resolution, a, a[1].chains[0].name) for a in articles}
    assert len(found) == 1


def test_a_wrong_gender_speaks_against_and_does_not_forbid() -> None:
    she, he = (
        an_article(
            "Ilsa Vesk sang in Orvenne by the Lisk.",
            ("Ilsa Vesk", PERSON),
            ("Orvenne", PLACE),
            ("Lisk", PLACE),
            day=day,
            gender=gender,
        )
        for day, gender in ((1, "female"), (1, "male"))
    )
    he = (replace(he[0], id="h2", text=he[0].text), _moved(he[1], "h2"))
    resolution = resolve((she, he))
    assert len({entity_of(resolution, a, "Ilsa Vesk") for a in (she, he)}) == 1


def _moved(annotation, article: str):
    """The same annotation for another article."""
    chains = tuple(replace(c, id=c.id + "2", article=article) for c in annotation.chains)
    mentions = tuple(replace(m, article=article, chain=m.chain + "2") for m in annotation.mentions)
    return replace(annotation, article=article, chains=chains, mentions=mentions)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("to Brelland", "in Brelland", True),  # one post, worded in two ways
        ("to the United States", "in Washington", True),  # a capital stands for its country
        ("in Vienna", "in Madrid", False),  # two posts
        ("in Vienna", "said nothing", False),  # a post that is not named may be any
    ],
)
def test_embassies_are_told_by_their_post(one: str, other: str, same: bool) -> None:
    articles = [
        an_article(
            f"The Tarvonian Embassy {words} wrote about the Lisk spill.",
            ("Tarvonian Embassy", ORGANISATION),
            ("Lisk", PLACE),
            day=day,
        )
        for day, words in enumerate((one, other), start=1)
    ]
    resolution = resolve(articles)
    found = {entity_of(resolution, a, "Tarvonian Embassy") for a in articles}
    assert (len(found) == 1) is same


def test_a_type_that_most_articles_contradict_is_outvoted() -> None:
    articles = [
        an_article(
            f"Veskari came to Orvenne on day {day}.", ("Veskari", kind), ("Orvenne", PLACE), day=day
        )
        for day, kind in enumerate((PERSON, PLACE, PERSON, PERSON), start=1)
    ]
    resolution = resolve(articles)
    assert len({entity_of(resolution, a, "Veskari") for a in articles}) == 1
    assert {e.type for e in resolution.entities if e.name == "Veskari"} == {PERSON}


def test_an_organisation_is_called_by_what_its_acronym_stands_for() -> None:
    names = ("Tarvonian Water Inspectorate", "TWI")
    made = [
        an_article(
            f"{name} tested the Lisk in Orvenne.",
            (name, ORGANISATION),
            ("Lisk", PLACE),
            ("Orvenne", PLACE),
            day=day,
        )
        for day, name in enumerate((*names, names[1]), start=1)
    ]
    entities = [e for e in resolve(made).entities if e.type is ORGANISATION]
    assert [(e.name, e.aliases) for e in entities] == [(names[0], (names[1],))]


@pytest.mark.parametrize(
    ("elsewhere", "same"),
    [
        ("The CBS in Orvenne closed two branches on the Lisk after a run on the bank.", True),
        ("The quiz on CBS drew six million viewers, more than the final of the cup.", False),
    ],
)
def test_initials_that_one_article_spells_out_may_be_of_another(elsewhere: str, same: bool) -> None:
    bank = "Coastal Bank of Skerry"
    text = f"The {bank} (CBS) in Orvenne closed its branches on the Lisk after a run on the bank."
    made = ArticleBuilder(text, published=date(2024, 3, 1))
    made.chain(bank, ORGANISATION, (bank, 0, NAME), ("CBS", 0, NAME))
    places = [(name, PLACE) for name in ("Orvenne", "Lisk") if name in elsewhere]
    for name, kind in places:
        made.chain(name, kind, (name, 0, NAME))
    spelt, short = made.build("hrun"), an_article(elsewhere, ("CBS", ORGANISATION), *places, day=9)
    resolution = resolve((spelt, short))
    found = {entity_of(resolution, spelt, bank), entity_of(resolution, short, "CBS")}
    assert (len(found) == 1) is same


def test_a_common_name_alone_never_merges() -> None:
    resolution = resolve((FOOTBALL, COURT))
    assert entity_of(resolution, FOOTBALL, "John Miller") != entity_of(
        resolution, COURT, "John Miller"
    )


def test_every_merge_has_a_score_and_reasons() -> None:
    resolution = resolve(ARTICLES)
    merged = [link for link in resolution.links if link.judgement is Judgement.POSITIVE]
    assert merged
    assert all(0.0 <= link.score <= 1.0 and link.reasons for link in merged)
    assert all(link.left < link.right for link in resolution.links)


def test_the_earliest_article_founds_the_entity() -> None:
    resolution = resolve(ARTICLES)
    anton = entity_of(resolution, VISIT, "Anton Tolmarek")
    entity = next(e for e in resolution.entities if e.id == anton)
    assert entity.chains[0] == chain_of(SPILL, "Anton Tolmarek").id
    assert anton.startswith("anton-tolmarek-")


def test_a_person_and_a_place_are_never_one() -> None:
    place = an_article("Veskari lies on the Lisk.", ("Veskari", PLACE), ("Lisk", PLACE))
    person = an_article("Veskari swam in the Lisk.", ("Veskari", PERSON), ("Lisk", PLACE), day=2)
    resolution = resolve((place, person))
    assert entity_of(resolution, place, "Veskari") != entity_of(resolution, person, "Veskari")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Q1", "Q1", True),  # two names of one territory
        ("Q1", "Q2", False),  # two territories, whatever the names
    ],
)
def test_places_are_told_by_identifier(one: str, other: str, same: bool) -> None:
    left = an_article("Corrow is cold.", ("Corrow", PLACE), wikidata=one)
    right = an_article("Republic of Corrow", ("Republic of Corrow", PLACE), day=2, wikidata=other)
    resolution = resolve((left, right))
    together = entity_of(resolution, left, "Corrow") == entity_of(
        resolution, right, "Republic of Corrow"
    )
    assert together is same


def test_a_chain_without_a_name_is_an_entity_of_its_own() -> None:
    groups = [
        an_article(f"Two officials spoke {n}.", ("Two officials", EntityType.GROUP), day=n)
        for n in (1, 2)
    ]
    unnamed = [
        (article, type(annotation)(article.id, "hrun", chains=(_unnamed(annotation),)))
        for article, annotation in groups
    ]
    assert len(resolve(unnamed).entities) == 2


def _unnamed(annotation):
    return replace(annotation.chains[0], named=False)


def test_a_negative_judgement_is_never_merged_through() -> None:
    one, other = chain_of(SPILL, "Anton Tolmarek").id, chain_of(VISIT, "Anton Tolmarek").id
    between = chain_of(UNDATED, "Anton Tolmarek").id
    judgements = [
        judged(one, other, Judgement.NEGATIVE),
        judged(one, between, Judgement.POSITIVE),
        judged(between, other, Judgement.POSITIVE),
    ]
    resolution = resolve(ARTICLES, judgements)
    assert resolution.entity_of[one] != resolution.entity_of[other]


def test_a_positive_judgement_merges_what_names_keep_apart() -> None:
    one, other = chain_of(SPILL, "Anton Tolmarek").id, chain_of(STRIKE, "Petra Tolmarek").id
    resolution = resolve(ARTICLES, [judged(one, other, Judgement.POSITIVE)])
    assert resolution.entity_of[one] == resolution.entity_of[other]


def test_judgements_of_unknown_chains_change_nothing() -> None:
    unknown = judged("hgone", chain_of(SPILL, "Orvenne").id, Judgement.NEGATIVE)
    assert resolve(ARTICLES, [unknown]) == resolve(ARTICLES)


@given(st.permutations(ARTICLES))
@settings(max_examples=25, deadline=None)
def test_the_order_of_articles_does_not_matter(shuffled: list[Annotated]) -> None:
    assert resolve(shuffled) == resolve(ARTICLES)


words = st.sampled_from(
    (
        "The",
        "of",
        "&",
        "Mr",
        "'",
        "–",
        "U.S.",
        "N.V.",
        "Embassy",
        "Air",
        "Force",
        "A",
        "Ü",
        "Co.",
        "Lee",
        "and",
    )
)


@given(
    st.lists(
        st.tuples(st.lists(words, min_size=1, max_size=4), st.sampled_from(list(EntityType))),
        max_size=5,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_words_can_be_names(names: list[tuple[list[str], EntityType]]) -> None:
    articles = [
        an_article(f"{' '.join(parts)} spoke {n}.", (" ".join(parts), kind), day=n + 1)
        for n, (parts, kind) in enumerate(names)
    ]
    resolution = resolve(articles)
    assert len(resolution.entity_of) == len(articles)


@given(st.sets(st.integers(0, len(ARTICLES) - 1), min_size=1))
@settings(max_examples=40, deadline=None)
def test_every_chain_has_exactly_one_entity(chosen: set[int]) -> None:
    articles = [ARTICLES[n] for n in sorted(chosen)]
    resolution = resolve(articles)
    found = sorted(chain for entity in resolution.entities for chain in entity.chains)
    assert found == sorted(chain.id for _, annotation in articles for chain in annotation.chains)
    assert len({entity.id for entity in resolution.entities}) == len(resolution.entities)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_no_set_of_judgements_breaks_a_negative_one(data: st.DataObject) -> None:
    chains = sorted(chain.id for _, annotation in ARTICLES for chain in annotation.chains)
    pairs = st.tuples(st.sampled_from(chains), st.sampled_from(chains)).filter(
        lambda pair: pair[0] != pair[1]
    )
    kinds = st.sampled_from((Judgement.POSITIVE, Judgement.NEGATIVE))
    judgements = [
        judged(*pair, kind) for pair, kind in data.draw(st.lists(st.tuples(pairs, kinds)))
    ]
    resolution = resolve(ARTICLES, judgements)
    for link in judgements:
        if link.judgement is Judgement.NEGATIVE:
            assert resolution.entity_of[link.left] != resolution.entity_of[link.right]
