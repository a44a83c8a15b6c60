"""Entities across articles against gold data, with the scorer that came with it.

    python benchmarks/crossdoc.py EVAL_FOLDER STEM [--docs FOLDER] [--mentions KIND] [--errors N]

EVAL_FOLDER holds score_entities.py and data/STEM.jsonl; with --docs, parsed copies (STEM.spacy).
Annotates each article, resolves across all, and scores (task xdoc). KIND of mentions:

    ours     names as we find them, without a look at the gold
    phrases  the same, and the noun phrases that they head: what the gold of MEANTIME marks
    gold     the gold's names are given, as spans and types; chains and entities are ours
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from kg.annotate import language_model
from kg.annotate.chains import build_chains
from kg.annotate.chains.phrases import nominal_phrase
from kg.annotate.draft import Name
from kg.annotate.names import find_names
from kg.annotate.relations import find_relations
from kg.annotate.statements import find_attributions
from kg.model import Annotation, Article, Span
from kg.resolve import resolve
from kg.vocabulary import EntityType, MentionKind

KINDS = {MentionKind.NAME: "NAM", MentionKind.NOMINAL: "NOM", MentionKind.PRONOUN: "PRO"}
TYPES = {
    EntityType.PERSON: "PERSON",
    EntityType.ORGANISATION: "ORG",
    EntityType.PLACE: "PLACE",
    EntityType.GROUP: "ORG",
}
GOLD_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "PLACE": EntityType.PLACE,
    "OTHER": EntityType.OTHER,
}


def load_docs(folder, stem, texts):
    from spacy.tokens import DocBin

    nlp = language_model.load().nlp
    if folder is None:
        return list(nlp.pipe(texts))
    path = folder / f"{stem}.spacy"
    return list(DocBin(store_user_data=True).from_disk(path).get_docs(nlp.vocab))


def published_of(row):
    try:
        return date.fromisoformat(row.get("date", ""))
    except ValueError:
        return None


def gold_mentions(row):
    """The gold's mentions by name, with the span of the bare name."""
    for mention in row["entities"]:
        if mention["mention_type"] == "NAM" and mention["type"] in GOLD_TYPES:
            yield mention, Span(*mention.get("name", (mention["start"], mention["end"])))


def gold_names(row):
    """The gold's names, the longer of two that overlap."""
    kept = {}
    for mention, span in sorted(gold_mentions(row), key=lambda item: item[1].start - item[1].end):
        if not any(span.overlaps(other) for other in kept):
            kept[span] = Name(span, GOLD_TYPES[mention["type"]])
    return [kept[span] for span in sorted(kept)]


def annotated_of(row, doc, kind):
    article = Article(row["id"], row["text"], published=published_of(row))
    names = gold_names(row) if kind == "gold" else find_names(doc)
    attributions = find_attributions(doc, published=article.published, names=names)
    chains = build_chains(article.id, doc, names, attributions)
    relations = find_relations(chains, [])
    annotation = Annotation(
        article.id,
        run="benchmark",
        mentions=chains.mentions,
        chains=chains.chains,
        relations=tuple(relations),
    )
    return article, annotation, list(_places(row, chains, kind))


def _places(row, chains, kind):
    """Spans that stand for a mention in the scoring, with the mention's chain and type."""
    if kind == "gold":
        at = {mention.span: mention for mention in chains.mentions}
        for mention, span in gold_mentions(row):
            ours = at.get(span) or next((m for m in at.values() if m.span.overlaps(span)), None)
            if ours is not None:
                yield Span(mention["start"], mention["end"]), ours
        return
    for mention in chains.mentions:
        yield mention.span, mention
        phrase = phrase_of(chains.words, mention)
        if kind == "phrases" and phrase != mention.span:
            yield phrase, mention


def phrase_of(words, mention):
    """The noun phrase that a name heads ("US automaker GM"): what the gold of both sets marks."""
    if mention.kind is not MentionKind.NAME:
        return mention.span
    first, end = words.range_of(mention.span)
    phrase = nominal_phrase(words, words.head_of(first, end)).span
    return phrase if phrase.contains(mention.span) else mention.span


def entities_of(places, entity_of):
    return [
        {
            "start": span.start,
            "end": span.end,
            "type": TYPES.get(mention.type, "OTHER"),
            "mention_type": KINDS[mention.kind],
            "chain": entity_of[mention.chain],
        }
        for span, mention in places
    ]


def score(folder, gold, rows):
    with tempfile.TemporaryDirectory() as temporary:
        pred = Path(temporary) / "pred.jsonl"
        pred.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        call = [sys.executable, folder / "score_entities.py", gold, pred, "--task", "xdoc"]
        return json.loads(subprocess.run(call, check=True, capture_output=True).stdout)["xdoc"]


def show_errors(golds, rows, count):
    """The gold entities with the most pairs lost, then ours with the most pairs too many."""
    gold_of, ours_of = {}, {}
    for gold, row in zip(golds, rows, strict=True):
        for mention in gold["entities"]:
            if mention["mention_type"] != "NAM" or mention["type"] == "OTHER":
                continue
            start, end = mention["start"], mention["end"]
            inside = any(a <= start < b for a, b in gold.get("scored") or [[0, 10**9]])
            if mention.get("local") or not inside:
                continue
            key = (gold["id"], start, end, gold["text"][start:end])
            gold_of[key] = mention["chain"]
            ours_of[key] = projected(row["entities"], start, end) or ("none", *key)
    for title, one, other in (("LOST", gold_of, ours_of), ("TOO MANY", ours_of, gold_of)):
        groups = defaultdict(lambda: defaultdict(Counter))
        for key, group in one.items():
            groups[group][other[key]][key[3]] += 1
        ranked = sorted(groups.items(), key=lambda item: -pairs_apart(item[1]))
        for group, parts in ranked[:count]:
            print(title, group, pairs_apart(parts))
            for part, names in sorted(parts.items(), key=lambda p: -sum(p[1].values()))[:8]:
                print("     ", part, dict(names.most_common(6)))


def pairs_apart(parts):
    sizes = [sum(names.values()) for names in parts.values()]
    return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2


def projected(entities, start, end):
    """The chain that the scorer gives to a gold mention."""
    best = max(
        (
            (min(end, e["end"]) - max(start, e["start"]), -abs(e["end"] - e["start"] - end + start))
            for e in entities
        ),
        default=(0, 0),
    )
    if best[0] <= 0:
        return None
    for e in entities:
        shared = min(end, e["end"]) - max(start, e["start"])
        if (shared, -abs(e["end"] - e["start"] - end + start)) == best:
            return e["chain"]
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("stem")
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--mentions", choices=["ours", "phrases", "gold"], default="ours")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    path = options.folder / "data" / f"{options.stem}.jsonl"
    golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = load_docs(options.docs, options.stem, [gold["text"] for gold in golds])
    pairs = zip(golds, docs, strict=True)
    annotated = [annotated_of(gold, doc, options.mentions) for gold, doc in pairs]
    started = time.process_time()
    resolution = resolve((article, annotation) for article, annotation, _ in annotated)
    seconds = time.process_time() - started
    rows = [
        {
            "id": article.id,
            "text": article.text,
            "entities": entities_of(places, resolution.entity_of),
            "chain_scope": "global",
        }
        for article, _, places in annotated
    ]
    result = score(options.folder, path, rows)
    parts = " ".join(f"{name} {result[name]['F']}" for name in ("MUC", "B3", "CEAFe"))
    pair = result["pairwise_x"]
    print(f"{options.stem}, {options.mentions}: CoNLL {result['CoNLL']} ({parts})")
    print(f"  pairs across articles P {pair['P']} R {pair['R']} F {pair['F']}")
    print(f"  links {dict(Counter(str(link.judgement) for link in resolution.links))}")
    print(f"  {len(annotated)} articles resolved in {seconds:.2f} s")
    if options.errors:
        show_errors(golds, rows, options.errors)


if __name__ == "__main__":
    main()
