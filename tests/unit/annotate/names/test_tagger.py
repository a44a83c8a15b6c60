"""The tagger's weights are checked, and labels become stretches."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.names import tagger
from kg.annotate.names.demonyms import is_demonym
from kg.annotate.names.features import FLAGS, TABLES, extract
from kg.errors import ModelError


def test_weights_of_another_digest_are_refused(monkeypatch, tmp_path):
    other = tmp_path / "tagger.npz"
    other.write_bytes(b"x")
    monkeypatch.setattr(tagger, "WEIGHTS", other)
    tagger.load_weights.cache_clear()
    with pytest.raises(ModelError, match="SHA-256 is 2d71164"):
        tagger.load_weights()
    monkeypatch.undo()
    assert tagger.load_weights()["out"].shape[1] == 1 + 2 * len(tagger.TYPES)


def test_empty_article_has_no_names():
    assert tagger.tag(spacy.blank("en")("")) == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([0, 1, 2, 0], [(1, 3)]),
        # a new name begins at once
        ([1, 1, 2], [(0, 1), (1, 3)]),
        # a change of type inside a name is one name
        ([0, 1, 4], [(1, 3)]),
        # a name that only goes on begins there
        ([0, 2, 2], [(1, 3)]),
        # to the end
        ([0, 0, 7], [(2, 3)]),
        ([0, 0, 0], []),
    ],
)
def test_labels_become_stretches(labels, expected):
    likelihoods = np.eye(9, dtype=np.float32)[labels]
    assert [(one.start, one.end) for one in tagger._decode(likelihoods)] == expected


def test_features_have_a_row_for_each_token():
    doc = Doc(spacy.blank("en").vocab, words=["Mr", "Okoro", "of", "Russia", "\n"])
    features = extract(doc)
    assert features.classes.shape == (5, len(TABLES))
    assert (features.classes < np.array(TABLES)).all()
    assert features.flags.shape == (5, FLAGS)
    assert features.rows.tolist() == [-1] * 5
    assert features.spaces.tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Russian", True),
        ("Russians", True),
        ("pro-Russian", True),
        ("MOROCCAN", True),
        ("Costa Rican", True),
        ("Russia", False),
        ("Georgia", False),
    ],
)
def test_nationality_is_told_from_country(word, expected):
    assert is_demonym(word) is expected
