"""Chains and relations against gold data: writes predictions that a scorer of entities reads.

    python benchmarks/coreference.py GOLD.jsonl --docs PARSED.spacy --out PRED.jsonl

PARSED is a DocBin of the same texts in the same order, parsed with the language model; without it
the texts are parsed here. `--full-phrases` widens names to the noun phrase they head and leaves out
apposition and copula, as OntoNotes marks mentions. `--no-attributions` leaves statements out.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from kg.annotate import language_model
from kg.annotate.chains import build_chains
from kg.annotate.chains.phrases import whole_edges
from kg.annotate.names import find_names
from kg.annotate.statements import find_attributions
from kg.vocabulary import EntityType, MentionKind

KINDS = {MentionKind.NAME: "NAM", MentionKind.NOMINAL: "NOM", MentionKind.PRONOUN: "PRO"}
TYPES = {
    EntityType.PERSON: "PERSON",
    EntityType.ORGANISATION: "ORG",
    EntityType.PLACE: "PLACE",
    EntityType.GROUP: "ORG",
}
NOT_COREFERENCE = {"apposition", "copula"}


def load_docs(path, texts):
    from spacy.tokens import DocBin

    nlp = language_model.load().nlp
    if path is None:
        return nlp, list(nlp.pipe(texts))
    return nlp, list(DocBin(store_user_data=True).from_disk(path).get_docs(nlp.vocab))


def attributions_of(doc, names):
    return find_attributions(doc, published=None, names=names)


def widened(words, mention):
    """The span as OntoNotes marks it: the whole noun phrase, with its clauses."""
    if mention.kind is MentionKind.PRONOUN:
        return mention.span
    head = words.head_of(*words.range_of(mention.span))
    whole = words.span(*whole_edges(words, head))
    return whole if whole.contains(mention.span) else mention.span


def entities_of(chains, *, full):
    found = []
    for mention in chains.mentions:
        if full and mention.rule in NOT_COREFERENCE:
            continue
        span = widened(chains.words, mention) if full else mention.span
        found.append(
            {
                "start": span.start,
                "end": span.end,
                "type": TYPES.get(mention.type, "OTHER"),
                "mention_type": KINDS[mention.kind],
                "chain": mention.chain,
                "rule": mention.rule,
                "confidence": mention.confidence,
            }
        )
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full-phrases", action="store_true")
    parser.add_argument("--no-attributions", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    _, docs = load_docs(options.docs, [row["text"] for row in rows])
    seconds = tokens = 0.0
    with options.out.open("w", encoding="utf-8") as out:
        for row, doc in zip(rows, docs, strict=True):
            assert row["text"] == doc.text, row["id"]
            names = find_names(doc)
            attributions = [] if options.no_attributions else attributions_of(doc, names)
            start = time.perf_counter()
            chains = build_chains(row["id"], doc, names, attributions)
            seconds += time.perf_counter() - start
            tokens += len(doc)
            entities = entities_of(chains, full=options.full_phrases)
            out.write(json.dumps({"id": row["id"], "text": row["text"], "entities": entities}))
            out.write("\n")
    print(f"{len(rows)} articles, {tokens:.0f} tokens, {1e6 * seconds / tokens:.1f} us a token")


if __name__ == "__main__":
    main()
