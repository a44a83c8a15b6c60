"""Claims of different statements agree, contradict or support each other, by their own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.match import match
from kg.match.propositions import stem
from kg.model import Annotation, Article, ClaimLink
from kg.vocabulary import Act, EntityType, Polarity, Stance, StatementKind
from tests.factories import NAME, ArticleBuilder

NEGATIVE = Polarity.NEGATIVE
Annotated = tuple[Article, Annotation]


def said(
    speaker: str,
    words: str,
    polarity: Polarity = Polarity.POSITIVE,
    about: tuple[str, ...] = (),
    **fields: object,
) -> Annotated:
    """An article in which somebody says something, names inside the words being people."""
    text = f"{speaker} said that {words}."
    made = ArticleBuilder(text)
    chain = made.chain(speaker, EntityType.PERSON, (speaker, 0, NAME))
    people = tuple(made.chain(name, EntityType.PERSON, (name, 0, NAME)) for name in about)
    tense = fields.pop("tense", "past")
    statement = made.statement(chain, "said", words, sentence=text, **fields)
    made.claim(statement, words, polarity=polarity, about=people, tense=tense)
    return made.build("hrun")


def links(*annotated: Annotated, copies: dict[str, str] | None = None) -> list[ClaimLink]:
    """The links, every name being one entity in all articles."""
    names = {chain.id: chain.name for _, a in annotated for chain in a.chains}
    return list(match(annotated, names, copies))


CALL = said("Drewell", "the company had called the emergency line at 4.40 on Sunday")
NO_CALL = said("Oldcastle", "there was no call to the emergency line at 4.40", NEGATIVE)
AGAIN = said("Ostrick", "the company called the emergency line on Sunday at 4.40")
MONEY = said("Rennick", "Theo Marchetka had asked Keldmark for money", about=("Theo Marchetka",))


def test_the_same_words_are_the_same_claim() -> None:
    (link,) = links(CALL, AGAIN)
    assert link.relation == "sameClaimAs"
    assert 0.6 <= link.score <= 1.0
    assert any("emergency" in reason for reason in link.reasons)


def test_one_that_negates_contradicts_one_that_affirms() -> None:
    (link,) = links(CALL, NO_CALL)
    assert link.relation == "contradicts"
    assert "one affirms what the other negates" in link.reasons


def test_who_denies_what_another_asserts_words_the_same_claim() -> None:
    words = "Theo Marchetka had asked Keldmark for money"
    denial = said("Torrow", words, about=("Theo Marchetka",), act=Act.DENY, stance=Stance.DENIES)
    (link,) = links(MONEY, denial)
    assert link.relation == "sameClaimAs"
    assert "one speaker denies the claim as worded" in link.reasons


def test_one_that_says_more_supports_the_other() -> None:
    more = said(
        "Varga",
        "bank records and two letters prove that money went from Keldmark to a consultant abroad",
    )
    less = said("Rennick", "money went to a consultant of Keldmark")
    (link,) = links(more, less)
    assert link.relation == "supports"
    assert (link.left, link.right) == (more[1].claims[0].id, less[1].claims[0].id)


@pytest.mark.parametrize(
    "other",
    [
        said("Ostrick", "the company had called the emergency line at 9.15 on Sunday"),  # number
        said("Ostrick", "the company will call the emergency line at 4.40", tense="future"),
        said(
            "Ostrick",
            "nobody said that the company had called the emergency line at 4.40",
            NEGATIVE,
        ),
        said("Ostrick", "the company regrets the spill"),  # one word in common
        said(
            "Ostrick", "the company had called the emergency line at 4.40", stance=Stance.QUESTIONS
        ),
        said(
            "Ostrick",
            "the company had called the emergency line at 4.40",
            kind=StatementKind.ATTITUDE,
        ),
    ],
)
def test_claims_that_differ_are_not_linked(other: Annotated) -> None:
    assert links(CALL, other) == []


def test_the_same_act_of_two_people_is_not_one_claim() -> None:
    other = said(
        "Hasselgard", "Lena Marchetka had asked Keldmark for money", about=("Lena Marchetka",)
    )
    assert links(MONEY, other) == []


def test_a_copy_is_counted_once() -> None:
    assert links(CALL, AGAIN, copies={AGAIN[0].id: CALL[0].id}) == []


def test_a_claim_and_its_own_part_are_not_linked() -> None:
    annotated = said("Drewell", "the company had called the emergency line")
    article, annotation = annotated
    assert links((article, annotation), (article, annotation)) == []


@given(st.permutations([CALL, NO_CALL, AGAIN, MONEY]))
@settings(max_examples=15, deadline=None)
def test_the_order_of_articles_does_not_matter(shuffled: list[Annotated]) -> None:
    assert links(*shuffled) == links(CALL, NO_CALL, AGAIN, MONEY)


@pytest.mark.parametrize(
    ("one", "other"), [("called", "calls"), ("denied", "denies"), ("leaks", "leaked")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)
