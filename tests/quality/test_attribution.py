"""The statement layer on PolNeAR and GUM, which no one here wrote. Floors only rise.

The articles belong to others and are not in this project: where they are absent, all is skipped.
Figures are those of the scorer that lies beside the data, on the pinned language model.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from benchmarks.attribution_data import Article, read_articles
from benchmarks.attribution_report import is_right, load_scorer, predict, speech_view, whole_layer
from tests.pipeline import pipeline

EVAL = Path(__file__).parents[3] / "shared" / "eval"
MIN_CONFIDENCE = 0.9
MIN_RELIABILITY = 0.9

DIGESTS = {
    "attribution.polnear.dev": "612b3b6d8170557cc0d9926ceff584635fa3993e16a6e1a5b9ea505f8664c94c",
    "attribution.gum.dev": "826f3d4f354a8c7205c8cbeb48a19817f17cdfa5d3d4e400ae604e34f50ad6c5",
}
FLOORS = {
    "polnear": 0.733,
    "polnear speech": 0.875,
    "gum": 0.55,
}
RECALL_FLOORS = {"direct": 0.925, "mixed": 0.81, "indirect": 0.62}

pytestmark = [
    pytest.mark.model,
    pytest.mark.quality,
    pytest.mark.skipif(not EVAL.exists(), reason="the gold data (../shared/eval) is not here"),
]


class Scored:
    """Gold, predictions and the scorer of one corpus."""

    def __init__(self, articles: list[Article]) -> None:
        self.scorer = load_scorer(EVAL)
        self.gold = {article.record["id"]: article.record for article in articles}
        self.predicted = predict(articles, whole_layer)

    def result(self, *, speech_only: bool = False) -> dict:
        view = speech_view(self.scorer, EVAL / "cues_speech.txt") if speech_only else None
        return self.scorer.score(self.gold, self.predicted, 0.5, view, view)

    def labels(self, min_confidence: float) -> list[bool]:
        return [
            is_right(self.scorer, self.gold[id_], found)
            for id_, prediction in self.predicted.items()
            for found in prediction["attributions"]
            if found["confidence"] >= min_confidence
        ]


def scored(name: str) -> Scored:
    return Scored(read_articles(EVAL / "data" / f"{name}.jsonl", pipeline(), None))


@pytest.fixture(scope="module")
def polnear() -> Scored:
    return scored("attribution.polnear.dev")


@pytest.fixture(scope="module")
def gum() -> Scored:
    return scored("attribution.gum.dev")


@pytest.mark.parametrize("name", DIGESTS)
def test_the_gold_is_the_one_the_floors_were_read_on(name):
    data = (EVAL / "data" / f"{name}.jsonl").read_bytes()
    assert hashlib.sha256(data).hexdigest() == DIGESTS[name]


def test_triples_of_all_attitudes_reach_their_floor(polnear):
    assert polnear.result()["triple"]["F1"] >= FLOORS["polnear"]


def test_triples_of_speech_reach_their_floor(polnear):
    assert polnear.result(speech_only=True)["triple"]["F1"] >= FLOORS["polnear speech"]


@pytest.mark.parametrize("kind", RECALL_FLOORS)
def test_triples_of_each_kind_of_quotation_are_found(polnear, kind):
    assert polnear.result()["by_type"][kind]["triple_R"] >= RECALL_FLOORS[kind]


def test_triples_of_other_genres_reach_their_floor(gum):
    assert gum.result()["triple"]["F1"] >= FLOORS["gum"]


@pytest.mark.parametrize(("name", "at_least"), [("polnear", 300), ("gum", 15)])
def test_confident_statements_are_right_nine_times_in_ten(name, at_least, request):
    labels = request.getfixturevalue(name).labels(MIN_CONFIDENCE)
    assert len(labels) >= at_least
    assert sum(labels) / len(labels) >= MIN_RELIABILITY
