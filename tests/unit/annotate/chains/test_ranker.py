"""The trained weights: checked when loaded, and sane on cases that no one disputes."""

from __future__ import annotations

import io

import numpy as np
import pytest

from kg.annotate.chains import ranker
from kg.annotate.chains.features import FEATURES
from kg.errors import ModelError


def test_shipped_weights_are_the_ones_that_are_pinned() -> None:
    assert ranker.trained_ranker().direct.shape == (len(FEATURES),)


def test_weights_for_other_features_are_refused() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, features=np.array(["other"]))
    with pytest.raises(ModelError, match="other features"):
        ranker.read(buffer.getvalue())


def test_changed_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "SHA256", "0" * 64)
    ranker.trained_ranker.cache_clear()
    with pytest.raises(ModelError, match="reinstall"):
        ranker.trained_ranker()
    monkeypatch.undo()
    ranker.trained_ranker.cache_clear()
