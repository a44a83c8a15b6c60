"""The seed article, statement by statement: attributions inside attributions, and a silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.annotator import EnglishAnnotator
from kg.match import match
from kg.model import Annotation, Article, Statement
from kg.read import read_articles
from kg.vocabulary import Act, EntityType, Polarity, Stance

pytestmark = pytest.mark.model

SEED = Path(__file__).resolve().parents[2] / "seeds" / "000_ac290a27def8f6b2.txt"


class Reading:
    """The annotation, asked by words instead of ids."""

    def __init__(self, article: Article, annotation: Annotation) -> None:
        self.text = article.text
        self.annotation = annotation
        self.chains = {chain.id: chain for chain in annotation.chains}

    def words(self, statement: Statement) -> tuple[str, ...]:
        return tuple(span.of(self.text).strip('"“”.,') for span in statement.content)

    def of(self, speaker: str) -> list[Statement]:
        return [s for s in self.annotation.statements if self.chains[s.speaker].name == speaker]

    def one(self, speaker: str, act: Act, words: str) -> Statement:
        """The one statement of the speaker with this act whose content holds the words."""
        found = [
            each
            for each in self.of(speaker)
            if each.act is act and any(words in part for part in self.words(each))
        ]
        assert len(found) == 1, f"{speaker}, {act}, {words!r}: {len(found)}"
        return found[0]

    def polarities(self, statement: Statement) -> list[Polarity]:
        claims = self.annotation.claims
        return [claim.polarity for claim in claims if claim.statement == statement.id]


@pytest.fixture(scope="module")
def seed() -> Reading:
    (article,) = (each for each in read_articles([str(SEED)]) if isinstance(each, Article))
    return Reading(article, EnglishAnnotator().annotate(article))


def test_the_header_is_no_part_of_the_analysis(seed: Reading) -> None:
    assert min(mention.span.start for mention in seed.annotation.mentions) >= 17


def test_the_embassy_says_what_an_investigation_found(seed: Reading) -> None:
    outer = seed.one("Russian Embassy to Israel", Act.SAY, "an investigation into")
    (inner,) = (s for s in seed.annotation.statements if s.parent == outer.id)
    assert seed.chains[inner.speaker].type is EntityType.WORK
    assert seed.words(inner) == ("there are no victims of persecution, threats or violence",)
    assert (inner.depth, seed.polarities(inner)) == (2, [Polarity.NEGATIVE])


def test_kadyrov_asserts_that_there_is_none(seed: Reading) -> None:
    statement = seed.one("Ramzan Kadyrov", Act.SAY, "there is no crackdown")
    assert statement.stance is Stance.ASSERTS
    assert seed.polarities(statement) == [Polarity.NEGATIVE, Polarity.NEGATIVE]
    assert "there are no gay men at all inside his territory" in seed.words(statement)[-1]


def test_putin_commits_himself_last_friday(seed: Reading) -> None:
    statement = seed.one("Vladimir Putin", Act.COMMIT, "to investigate the reports")
    assert statement.said is not None
    assert str(statement.said.earliest) == str(statement.said.latest) == "2017-05-05"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Act.WRITE, "Authorized official government bodies"),
        (Act.WRITE, "no victims of persecution"),
        (Act.WRITE, "neither the Chechen human rights body nor law enforcement"),
        (Act.WRITE, "is a storeroom"),  # "he wrote"
        (Act.WRITE, "activist Nikolay Alexeev has rejected the reports"),
        (Act.WRITE, "the Russian Embassy in Israel expresses its regret"),
        (Act.WRITE, "We would like to note"),
        (Act.CALL, "head of the LGBT community in Russia"),
    ],
)
def test_alushkin_writes(seed: Reading, act: Act, words: str) -> None:
    statement = seed.one("Dmitry Alushkin", act, words)
    assert (statement.stance, statement.depth) == (Stance.ASSERTS, 1)


def test_alexeev_rejects_at_second_hand(seed: Reading) -> None:
    statement = seed.one("Nikolay Alexeev", Act.REJECT, "the reports")
    outer = seed.one("Dmitry Alushkin", Act.WRITE, "has rejected the reports")
    assert (statement.stance, statement.depth) == (Stance.DENIES, 2)
    assert statement.parent == outer.id


def test_rights_organizations_speak_as_a_group(seed: Reading) -> None:
    statement = seed.one("LGBT rights organizations", Act.SAY, "victims are frightened")
    assert seed.chains[statement.speaker].type is EntityType.GROUP


def test_the_embassy_in_washington_is_another_and_silent(seed: Reading) -> None:
    (statement,) = seed.of("Russian Embassy in Washington")
    assert (statement.act, statement.stance) == (Act.NO_COMMENT, Stance.NO_COMMENT)


@pytest.mark.parametrize(
    ("name", "predicate", "text"),
    [
        ("Ramzan Kadyrov", "leaderOf", "Chechnya"),
        ("Ramzan Kadyrov", "jobTitle", "leader"),
        ("Vladimir Putin", "jobTitle", "Russian President"),
        ("Elena Milashina", "jobTitle", "reporter"),
        ("Elena Milashina", "worksFor", "Novaya Gazeta"),
        ("Dmitry Alushkin", "jobTitle", "Press Attache"),
    ],
)
def test_roles_are_read(seed: Reading, name: str, predicate: str, text: str) -> None:
    found = {
        (seed.chains[each.subject].name, each.predicate, each.text)
        for each in seed.annotation.relations
        if each.statement is None
    }
    fits = [each for each in found if each[:2] == (name, predicate)]
    assert any(text in each[2] or text == seed_name(seed, each) for each in fits), fits


def seed_name(seed: Reading, found: tuple[str, str, str]) -> str:
    return next(
        (
            span.of(seed.text)
            for chain in seed.annotation.chains
            if chain.name == found[2]
            for span in chain.mentions
        ),
        "",
    )


def test_what_alushkin_calls_alexeev_stands_inside_his_statement(seed: Reading) -> None:
    (relation,) = (
        each for each in seed.annotation.relations if "head of the LGBT community" in each.text
    )
    statement = seed.one("Dmitry Alushkin", Act.CALL, "head of the LGBT community")
    assert relation.statement == statement.id
    assert seed.chains[relation.subject].name == "Nikolay Alexeev"


def test_the_narrator_speaks_of_alexeev_against_alushkin(seed: Reading) -> None:
    (statement,) = seed.of("(article narrator)")
    (claim,) = (each for each in seed.annotation.claims if each.statement == statement.id)
    assert (statement.depth, seed.words(statement)) == (
        0,
        ("he is in fact a highly controversial figure",),
    )
    assert "Nikolay Alexeev" in {seed.chains[each].name for each in claim.about}


def test_what_an_inquiry_found_does_not_contradict_who_repeats_it(seed: Reading) -> None:
    annotation = seed.annotation
    (article,) = (each for each in read_articles([str(SEED)]) if isinstance(each, Article))
    links = match([(article, annotation)], {chain.id: chain.id for chain in annotation.chains})
    assert [link for link in links if link.relation == "contradicts"] == []


def test_one_name_has_one_type(seed: Reading) -> None:
    types = {
        name: {chain.type for chain in seed.annotation.chains if name in chain.name}
        for name in ("Alushkin", "Haaretz", "Novaya Gazeta")
    }
    assert types["Alushkin"] == {EntityType.PERSON}
    assert EntityType.ORGANISATION in types["Haaretz"]
    assert types["Novaya Gazeta"] == {EntityType.ORGANISATION}
