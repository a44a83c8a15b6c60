from __future__ import annotations

from datetime import date

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.parsing import MAX_SENTENCE_TOKENS, blocks_of, parse, split_blocks
from kg.ids import article_id
from kg.model import Article, Span


@given(st.text(alphabet="ab \n.", max_size=200), st.integers(min_value=2, max_value=30))
def test_blocks_cover_the_text_in_order(text: str, block_chars: int) -> None:
    blocks = list(split_blocks(text, block_chars))
    assert "".join(block.of(text) for block in blocks) == text
    assert all(block.end - block.start <= block_chars for block in blocks if len(text) > 1)


def test_block_ends_after_a_paragraph_where_it_can() -> None:
    text = "one two three\n\nfour five six"
    assert [block.of(text) for block in split_blocks(text, 20)] == [
        "one two three\n\n",
        "four five six",
    ]


def test_metadata_is_a_block_of_spaces_of_the_same_length() -> None:
    text = " date 2017-05-11 The mayor spoke."
    article = Article(article_id(text), text, published=date(2017, 5, 11), skip=(Span(0, 17),))
    assert blocks_of(article) == [" " * 17, "The mayor spoke."]


def test_an_empty_text_is_one_empty_block() -> None:
    assert blocks_of(Article(article_id(""), "")) == [""]


def test_a_run_without_spaces_is_cut_so_that_the_tokenizer_stays_linear() -> None:
    text = f"He said {'“' * 1_200} and {'x' * 500} left."
    blocks = blocks_of(Article(article_id(text), text))
    assert "".join(blocks) == text
    assert [len(block) for block in blocks] == [8 + 500, 500, 200 + len(f" and {'x' * 500} left.")]


@Language.component("no_full_stop")
def no_full_stop(doc: Doc) -> Doc:
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def test_a_sentence_without_an_end_is_parsed_in_pieces() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("no_full_stop")
    text = "He said that " * 1_000
    doc = parse(nlp, Article(article_id(text), text))
    assert doc.text == text
    assert len(doc) == 3_000
    assert max(len(sentence) for sentence in doc.sents) < MAX_SENTENCE_TOKENS


def test_long_articles_go_through_the_model_block_by_block() -> None:
    nlp = spacy.blank("en")
    text = "He said that it was late. " * 6_000
    assert parse(nlp, Article(article_id(text), text)).text == text
