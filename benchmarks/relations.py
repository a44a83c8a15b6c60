"""Worded relations against re3d: precision where the gold could say something, and recall.

    python benchmarks/relations.py RE3D.jsonl --docs PARSED.spacy

re3d has other types: a title is IsSynonymOf between a person and the title, or InChargeOf or
BelongsTo between the person and a body in the title; worksFor, memberOf and spokespersonFor are
BelongsTo, leaderOf is InChargeOf or BelongsTo, locatedIn is CoLocated. Two arguments with one head
in the gold ("Minister Reyes", "Sarmada, Syria" are one mention each), and arguments that it does
not mark, are outside of what it could say; they are counted apart.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from coreference import attributions_of, load_docs

from kg.annotate.chains import build_chains
from kg.annotate.names import find_names
from kg.annotate.relations import find_relations
from kg.model import Span

MAPPED = {
    "jobTitle": {"IsSynonymOf"},
    "worksFor": {"BelongsTo"},
    "memberOf": {"BelongsTo"},
    "spokespersonFor": {"BelongsTo"},
    "leaderOf": {"InChargeOf", "BelongsTo"},
    "locatedIn": {"CoLocated"},
}
# What of a gold type a relation of ours can mean: types of head and tail.
REACHABLE = {
    "IsSynonymOf": ({"PERSON"}, {"PERSON"}),
    "BelongsTo": ({"PERSON"}, {"ORG"}),
    "InChargeOf": ({"PERSON"}, {"ORG"}),
    "CoLocated": ({"ORG", "PLACE"}, {"PLACE"}),
}


def inside(chains, chain, span):
    """The mention of a chain inside a span, names before others."""
    found = [m for m in chains.mentions if m.chain == chain and span.contains(m.span)]
    return min(found, key=lambda m: (m.kind != "name", m.span)).span if found else None


def arguments(doc, chains, draft):
    subject = inside(chains, draft.subject, draft.span)
    if draft.object is not None:
        return subject, inside(chains, draft.object, draft.span)
    at = doc.text.find(draft.text, draft.span.start, draft.span.end)
    return subject, Span(at, at + len(draft.text)) if at >= 0 else None


def gold_at(words, heads, span):
    """Index of the gold mention with the head of the span, or None."""
    return heads.get(words.head_of(*words.range_of(span)))


def gold_heads(words, row):
    """Head token to gold mention; the longest of those with one head."""
    longest_last = sorted(
        (entity["end"] - entity["start"], number) for number, entity in enumerate(row["entities"])
    )
    spans = [Span(e["start"], e["end"]) for e in row["entities"]]
    return {words.head_of(*words.range_of(spans[n])): n for _, n in longest_last}


def gold_pairs(row):
    at = {(e["start"], e["end"]): number for number, e in enumerate(row["entities"])}
    for relation in row["relations"]:
        head, tail = relation["head_span"], relation["tail_span"]
        if head and tail and tuple(head) in at and tuple(tail) in at:
            yield at[tuple(head)], relation["type"], at[tuple(tail)]


def named_in_title(row, head, title):
    """ "Commander of the Task Group" says what InChargeOf says of the group in it."""
    return {
        (head, kind, number)
        for number, entity in enumerate(row["entities"])
        if title.start <= entity["start"] and entity["end"] <= title.end
        for kind in ("InChargeOf", "BelongsTo")
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    _, docs = load_docs(options.docs, [row["text"] for row in rows])
    counts, found, wanted = Counter(), Counter(), Counter()
    for row, doc in zip(rows, docs, strict=True):
        names = find_names(doc)
        attributions = attributions_of(doc, names)
        chains = build_chains(row["id"], doc, names, attributions)
        gold = set(gold_pairs(row))
        heads = gold_heads(chains.words, row)
        hit = set()
        for draft in find_relations(chains, attributions):
            if draft.predicate not in MAPPED:
                continue
            subject, target = arguments(doc, chains, draft)
            head = None if subject is None else gold_at(chains.words, heads, subject)
            tail = None if target is None else gold_at(chains.words, heads, target)
            if head is None or tail is None or head == tail:
                counts[draft.predicate, "outside"] += 1
                continue
            kinds = MAPPED[draft.predicate]
            pairs = {(a, kind, b) for kind in kinds for a, b in ((head, tail), (tail, head))}
            if draft.predicate == "jobTitle":
                pairs |= named_in_title(row, head, target)
            counts[draft.predicate, "right" if pairs & gold else "wrong"] += 1
            hit |= pairs & gold
        for head, kind, tail in gold:
            head_types, tail_types = REACHABLE.get(kind, (set(), set()))
            types = [row["entities"][number]["type"] for number in (head, tail)]
            if types[0] in head_types and types[1] in tail_types:
                wanted[kind] += 1
                found[kind] += (head, kind, tail) in hit or (tail, kind, head) in hit
    report(counts, found, wanted)


def report(counts, found, wanted):
    for predicate in MAPPED:
        parts = [counts[predicate, key] for key in ("right", "wrong", "outside")]
        print(f"{predicate:16} right {parts[0]:3} wrong {parts[1]:3} outside the gold {parts[2]:3}")
    right = sum(counts[predicate, "right"] for predicate in MAPPED)
    wrong = sum(counts[predicate, "wrong"] for predicate in MAPPED)
    print(f"precision {right / max(1, right + wrong):.2f} of {right + wrong}")
    for kind, total in wanted.items():
        print(f"recall {kind:12} {found[kind]} of {total}")
    print(f"recall {sum(found.values()) / max(1, sum(wanted.values())):.2f} of all")


if __name__ == "__main__":
    main()
