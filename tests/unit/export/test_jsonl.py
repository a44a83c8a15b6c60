from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from kg.export import export
from kg.export.jsonl import annotation_to_json
from kg.model import Annotation, Article
from tests.factories import harbour_article, small_graph
from tests.reporting import brother_article


def harbour() -> tuple[Article, Annotation]:
    return harbour_article().build("hrun")


def test_spans_hold_their_words() -> None:
    article, annotation = harbour()
    found = annotation_to_json(article, annotation)
    words = [
        [article.text[s:e] for s, e in one[part]]
        for one in found["attributions"][:2]
        for part in ("source", "cue", "content")
    ]
    assert words == [
        ["Ilda Marsh"],
        ["said"],
        ["the harbour of Tarnby is safe"],
        ["she"],
        ["told"],
        ["There is no leak, and there never was,"],
    ]


def test_chains_are_of_the_article_without_a_graph() -> None:
    article, annotation = harbour()
    found = annotation_to_json(article, annotation)
    assert found["chain_scope"] == "doc"
    assert {entity["chain"] for entity in found["entities"]} <= {c.id for c in annotation.chains}


def test_chains_are_entities_in_an_export() -> None:
    out = io.BytesIO()
    export(small_graph(), out, "jsonl")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["chain_scope"] for line in lines] == ["global", "global"]
    shared = set.intersection(*({e["chain"] for e in line["entities"]} for line in lines))
    assert {name.rpartition("-")[0] for name in shared} == {"coast-agency", "ilda-marsh", "tarnby"}


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("say", "positive"),  # "said there is no leak": the saying is not negated
        ("deny", "positive"),  # a denial is a stance
        ("not say", "negative"),  # "never said"
        ("note", "positive"),  # begins with the letters alone
    ],
)
def test_polarity_is_that_of_the_act(lemma: str, expected: str) -> None:
    article, annotation = harbour()
    statement = replace(annotation.statements[0], cue_lemma=lemma)
    (found,) = annotation_to_json(article, replace(annotation, statements=(statement,)))[
        "attributions"
    ]
    assert found["polarity"] == expected


def test_claims_keep_the_polarity_of_the_wording() -> None:
    found = annotation_to_json(*harbour())["attributions"]
    polarities = [[claim["polarity"] for claim in one["claims"]] for one in found[:2]]
    assert polarities == [["positive"], ["negative", "negative"]]  # "no leak, and never was"


@pytest.mark.parametrize(
    ("reader", "source", "expected"),
    [
        ("jsonl/1", "in/gold.jsonl#doc-7", "doc-7"),  # lines are paired by the id they came with
        ("text/1", "notes#2.txt", None),  # a file name may hold the sign
    ],
)
def test_id_is_that_of_the_line(reader: str, source: str, expected: str | None) -> None:
    article, annotation = harbour()
    read = replace(article, reader=reader, source=source)
    assert annotation_to_json(read, annotation)["id"] == (expected or article.id)


def test_relation_tells_who_words_it() -> None:
    article, annotation = brother_article().build("hrun")
    found = annotation_to_json(article, annotation)["relations"]
    words = [article.text[one["start"] : one["end"]] for one in found]
    assert words == ["Tomasz Wilk was the brother of Eva Kral", "Wilk works for the Harbour Trust"]
    (denial,) = annotation.statements
    said = [(one["statement"], one["stance"], one["confidence"]) for one in found]
    assert said == [(denial.id, "denies", 0.95), (None, None, 0.95)]  # the article itself
    names = {chain.id: chain.name for chain in annotation.chains}
    scored = [(one["type"], names[one["head"]], names[one["tail"]], one["text"]) for one in found]
    assert scored == [
        ("relative", "Tomasz Wilk", "Eva Kral", "Eva Kral"),
        ("worksFor", "Tomasz Wilk", "Harbour Trust", "the Harbour Trust"),
    ]


def test_narrator_is_no_source() -> None:
    article, annotation = harbour()
    narrated = tuple(replace(one, depth=0) for one in annotation.statements)
    found = annotation_to_json(article, replace(annotation, statements=narrated))
    assert found["attributions"] == []


def test_time_of_saying_is_a_range_of_days() -> None:
    found = annotation_to_json(*harbour())["attributions"]
    assert found[0]["said"] == ["2024-03-04", "2024-03-04"]
    assert not any("said" in one for one in found[1:])
