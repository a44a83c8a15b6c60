from __future__ import annotations

from datetime import date

import pytest

from kg.annotate.annotator import EnglishAnnotator
from kg.annotate.statements.depth import MAX_DEPTH
from kg.ids import article_id
from kg.model import Annotation, Article
from kg.vocabulary import Stance

pytestmark = pytest.mark.model

TEXT = (
    "Mayor Ada Quill wrote on Tuesday that inspector Bram Tolland has rejected the reports. "
    'Quill said: "I never saw a leak." The harbour office did not respond to a request for comment.'
)


@pytest.fixture(scope="module")
def annotator() -> EnglishAnnotator:
    return EnglishAnnotator()


@pytest.fixture(scope="module")
def annotation(annotator: EnglishAnnotator) -> Annotation:
    return annotator.annotate(Article(article_id(TEXT), TEXT, published=date(2024, 3, 7)))


def test_a_statement_inside_a_statement_keeps_its_chain_of_sources(annotation: Annotation) -> None:
    names = {chain.id: chain.name for chain in annotation.chains}
    inner = next(each for each in annotation.statements if each.stance is Stance.DENIES)
    outer = next(each for each in annotation.statements if each.id == inner.parent)
    assert (names[outer.speaker], outer.depth) == ("Ada Quill", 1)
    assert (names[inner.speaker], inner.depth) == ("Bram Tolland", 2)
    assert [span.of(TEXT) for span in inner.content] == ["the reports"]


def test_i_in_a_turn_of_an_interview_is_who_speaks(annotator: EnglishAnnotator) -> None:
    text = (
        "Samir Dale: You left the museum in June.\n\nPetra Lind: I was told to go.\n\n"
        "Dale: Who told you?\n\nLind: My deputy did. I have never asked him why."
    )
    found = annotator.annotate(Article(article_id(text), text))
    chain = {mention.span.of(text): mention.chain for mention in found.mentions}
    assert chain["I"] == chain["My"] == chain["Lind"] == chain["Petra Lind"]
    turns = [each for each in found.statements if each.depth == 1]
    assert [each.content[0].of(text).split()[0] for each in turns] == ["You", "I", "Who", "My"]


@pytest.mark.parametrize("no_one", ["Nobody", "None of them"])
def test_no_one_is_nobody_that_a_pronoun_means(annotator: EnglishAnnotator, no_one: str) -> None:
    text = f"{no_one} accused Ilda Marsh of theft. She should say what she promised."
    mentions = annotator.annotate(Article(article_id(text), text)).mentions
    chain = {mention.span.of(text): mention.chain for mention in mentions}
    assert chain["She"] == chain["Ilda Marsh"]


def test_silence_is_a_statement_without_assertion(annotation: Annotation) -> None:
    silent = [each for each in annotation.statements if each.stance is Stance.NO_COMMENT]
    names = {chain.id: chain.name for chain in annotation.chains}
    assert [names[each.speaker] for each in silent] == ["harbour office"]


def test_batches_give_what_single_articles_give(
    annotator: EnglishAnnotator, annotation: Annotation
) -> None:
    other = "Nothing was said."
    articles = [Article(article_id(text), text) for text in (other,)]
    articles.append(Article(article_id(TEXT), TEXT, published=date(2024, 3, 7)))
    outcomes = {article.id: outcome for article, outcome in annotator.annotate_many(articles)}
    assert outcomes[article_id(TEXT)] == annotation


def test_endless_nesting_covers_no_word_without_end(annotator: EnglishAnnotator) -> None:
    text = "Ada Quill said that " * 150
    found = annotator.annotate(Article(article_id(text), text)).statements
    covered = sum(span.end - span.start for each in found for span in each.content)
    assert 0 < covered <= MAX_DEPTH * len(text)
