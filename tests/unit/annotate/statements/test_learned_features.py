import numpy as np
import pytest
from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.statements.learned_features import N_FLAGS, token_features
from tests.parsed import parsed
from tests.tagger import INVENTORY, N_TENSOR, with_tensor

ROWS = """
    Marsh PROPN nsubj said
    said  VERB  ROOT  said  say
    prices NOUN nsubj fell price
    fell  VERB  ccomp said  fall
    .     PUNCT punct said
"""


def plain(words: list[str]) -> Doc:
    n = len(words)
    heads, deps = [0] * n, ["ROOT"] + ["dep"] * (n - 1)
    return with_tensor(Doc(English().vocab, words=words, heads=heads, deps=deps, tags=["NN"] * n))


def test_every_array_has_a_row_a_token():
    features = token_features(with_tensor(parsed(ROWS)), INVENTORY)
    assert features.flags.shape == (5, N_FLAGS)
    assert features.tensor.shape == (5, N_TENSOR)
    assert {len(features.vectors), len(features.lemmas), len(features.quotations)} == {5}


def test_labels_are_counted_from_one_and_unknown_ones_are_zero():
    features = token_features(with_tensor(parsed(ROWS)), INVENTORY)
    assert features.deps.tolist() == [3, 1, 3, 2, 4]
    assert features.lemmas.tolist() == [0, 2, 0, 1, 0]


def test_a_name_carries_no_word_vector():
    doc = with_tensor(parsed(ROWS))
    doc.vocab.set_vector("Marsh", np.ones(4, dtype=np.float32))
    features = token_features(doc, INVENTORY)
    assert features.vectors[0] == 0
    assert features.vectors[1] > 0


def test_subtrees_reach_from_their_first_to_their_last_token():
    features = token_features(with_tensor(parsed(ROWS)), INVENTORY)
    assert list(zip(features.lefts.tolist(), features.rights.tolist(), strict=True)) == [
        (0, 0),
        (0, 4),
        (2, 2),
        (2, 3),
        (4, 4),
    ]


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        # curly marks belong to the inside
        (["He", "said", "“", "no", "”", "."], [0, 0, 1, 1, 1, 0]),
        # a straight mark opens and closes
        (['"', "No", '"', "he", "said"], [1, 1, 1, 0, 0]),
        # a quotation that is never closed ends with its paragraph
        (["“", "No", "\n\n", "He", "left"], [1, 1, 1, 0, 0]),
        # newspapers open again where a quotation goes on in the next paragraph
        (["“", "No", "\n\n", "“", "Yes", "”", "ok"], [1, 1, 1, 1, 1, 1, 0]),
        # a mark that only closes opens nothing
        (["No", "”", "he", "said"], [0, 0, 0, 0]),
    ],
)
def test_tokens_inside_quotation_marks_have_odd_numbers(words, inside):
    features = token_features(plain(words), INVENTORY)
    assert (features.quotations % 2).tolist() == inside


def test_a_line_break_ends_a_paragraph():
    features = token_features(plain(["One", "\n\n", "Two", "three"]), INVENTORY)
    assert features.paragraphs.tolist() == [0, 0, 1, 1]


def test_an_empty_text_is_refused():
    with pytest.raises(ValueError, match="empty Doc"):
        token_features(Doc(Vocab()), INVENTORY)
