"""Floors of chains on gold data: they only rise. The half of GAP that was trained on is left out."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from kg.annotate.chains import ChainSet, build_chains
from kg.annotate.chains.phrases import whole_edges
from kg.annotate.names import find_names
from kg.annotate.statements import find_attributions
from kg.model import Mention, Span
from kg.vocabulary import MentionKind
from tests.pipeline import pipeline

pytestmark = [pytest.mark.model, pytest.mark.quality]

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
GAP_SHA256 = "b8e4e8a1eb40999e3c133398feb6aadf5cdacca373a465a44051daff645bb569"
ONTOGUM_SHA256 = "0ee678f5e5689bd0d26dca1fff5dbfd5d0ef4db07f1a06198ba4b152a884bbe1"
GAP_TEXTS = 400
"""Texts with odd numbers: the even ones were trained on."""
MIN_GAP_F1 = 67.0
MIN_ONTOGUM_CONLL = 51.0

KINDS = {MentionKind.NAME: "NAM", MentionKind.NOMINAL: "NOM", MentionKind.PRONOUN: "PRO"}
NOT_COREFERENCE = {"apposition", "copula"}


def gold_rows(name: str, sha256: str) -> dict[str, dict[str, Any]]:
    path = EVAL / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not here: gold data stays outside the project")
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == sha256, f"{name}: another file than the floor is for"
    rows = [json.loads(line) for line in data.decode("utf-8").splitlines()]
    return {row["id"]: row for row in rows}


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", EVAL / "score_entities.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(rows: dict[str, dict[str, Any]], *, whole: bool) -> dict[str, dict[str, Any]]:
    nlp = pipeline()
    found = {}
    docs = nlp.pipe(row["text"] for row in rows.values())
    for (key, row), doc in zip(rows.items(), docs, strict=True):
        names = find_names(doc)
        attributions = find_attributions(doc, published=None, names=names)
        chains = build_chains(key, doc, names, attributions)
        entities = [entity(chains, mention, whole) for mention in chains.mentions]
        kept = [each for each in entities if not whole or each["rule"] not in NOT_COREFERENCE]
        found[key] = {"id": key, "text": row["text"], "entities": kept}
    return found


def entity(chains: ChainSet, mention: Mention, whole: bool) -> dict[str, Any]:
    span = phrase_of(chains, mention.span) if whole else mention.span
    if mention.kind is MentionKind.PRONOUN:
        span = mention.span
    return {
        "start": span.start, "end": span.end, "type": "OTHER", "chain": mention.chain,
        "mention_type": KINDS[mention.kind], "rule": mention.rule,
    }  # fmt: skip


def phrase_of(chains: ChainSet, span: Span) -> Span:
    """The whole noun phrase, which OntoNotes marks."""
    words = chains.words
    phrase = words.span(*whole_edges(words, words.head_of(*words.range_of(span))))
    return phrase if phrase.contains(span) else span


def test_pronouns_find_the_right_of_two_names() -> None:
    rows = gold_rows("coref.gap.dev.jsonl", GAP_SHA256)
    part = dict(list(rows.items())[1 : 2 * GAP_TEXTS : 2])
    assert scorer().gap(part, predicted(part, whole=False), None)["F"] >= MIN_GAP_F1


def test_chains_of_every_kind_agree_with_ontogum() -> None:
    rows = gold_rows("coref.ontogum.dev.jsonl", ONTOGUM_SHA256)
    options = SimpleNamespace(types=None, mt=None, drop_singletons=True, gold_mentions=False)
    found = scorer().coref(rows, predicted(rows, whole=True), options)
    assert found["CoNLL"] >= MIN_ONTOGUM_CONLL
