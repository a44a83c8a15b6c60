"""The trained weights: checked when loaded, and sane on cases that no one disputes."""

from __future__ import annotations

import io

import numpy as np
import pytest

from kg.annotate.chains import ranker
from kg.annotate.chains.choosing import DESCRIPTIONS, PRONOUNS
from kg.errors import ModelError


@pytest.mark.parametrize("name", [PRONOUNS, DESCRIPTIONS])
def test_shipped_weights_are_the_ones_that_are_pinned(name: str) -> None:
    width = len(ranker.FEATURES_OF[name])
    assert ranker.trained_ranker(name).direct.shape == (width,)


def test_weights_for_other_features_are_refused() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, features=np.array(["other"]))
    with pytest.raises(ModelError, match="other features"):
        ranker.read(buffer.getvalue(), ["mine"])


def test_changed_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ranker.SHA256, PRONOUNS, "0" * 64)
    ranker.trained_ranker.cache_clear()
    with pytest.raises(ModelError, match="reinstall"):
        ranker.trained_ranker(PRONOUNS)
    ranker.trained_ranker.cache_clear()
