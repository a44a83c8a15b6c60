"""How well statements are read once source, cue and content are given: GUM's polarity, and cost.

usage: python benchmarks/interpretation.py GOLD.jsonl... [--docs DIR] [--errors]

The gold spans become candidates, so that no rule and no tagger takes part. `negative` in GUM means
that the act is negated ("I don't know"), whatever the content says. `--docs DIR` reads parsed
copies (DIR/<stem of GOLD>.spacy) instead of parsing again.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from kg.annotate.draft import Attribution, Candidate
from kg.annotate.statements.interpret import interpret
from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.tokens import TokenIndex
from kg.model import Span
from kg.vocabulary import NEGATED_CUE


def parsed_docs(gold: list[dict], stem: str, folder: Path | None) -> Iterator[Doc]:
    """A Doc for each article, in order: from the folder of parsed copies, or parsed now."""
    if folder is None:
        from kg.annotate.language_model import load

        yield from load().nlp.pipe(record["text"] for record in gold)
        return
    import spacy
    from spacy.tokens import DocBin

    store = DocBin(store_user_data=True).from_disk(folder / f"{stem}.spacy")
    yield from store.get_docs(spacy.blank("en").vocab)


def candidates(record: dict) -> list[tuple[Candidate, str | None]]:
    """The gold attributions of an article as candidates, each with its polarity."""
    found = []
    for gold in record["attributions"]:
        source, cue, content = (spans(gold[role]) for role in ("source", "cue", "content"))
        if content:
            candidate = Candidate(source[0] if source else None, cue, content, "gold", 1.0)
            found.append((candidate, gold.get("polarity")))
    return found


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs if end > start)


def polarity(found: Attribution) -> str:
    return "negative" if found.cue_lemma.startswith(NEGATED_CUE) else "positive"


def measure(path: Path, folder: Path | None, *, errors: bool) -> None:
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    table: Counter[tuple[str, str]] = Counter()
    stances: Counter[str] = Counter()
    spent_s, tokens = 0.0, 0
    for record, doc in zip(gold, parsed_docs(gold, path.stem, folder), strict=True):
        marked = candidates(record)
        index = TokenIndex(doc)
        quoted = sorted(span for q in find_quotations(index) for span in q.inner)
        begin = time.process_time()
        attributions = interpret(index, [c for c, _ in marked], quoted, published=None)
        spent_s += time.process_time() - begin
        tokens += len(doc)
        wanted = {(c.cue, c.content): expected for c, expected in marked}
        for found in attributions:
            if found.narrator:
                continue
            stances[found.stance] += 1
            expected = wanted[found.cue, found.content]
            if expected is None:
                continue
            table[expected, polarity(found)] += 1
            if errors and expected != polarity(found):
                words = " ".join(span.of(doc.text) for span in (*found.cue, *found.content))
                print(f"  {expected}, read as {polarity(found)}: {words}")
    report(path.stem, table, stances, 1e6 * spent_s / max(1, tokens))


def report(
    name: str, table: Counter[tuple[str, str]], stances: Counter[str], cost_us: float
) -> None:
    right = table["negative", "negative"] + table["positive", "positive"]
    negative = table["negative", "negative"] + table["negative", "positive"]
    print(f"{name}: {cost_us:.1f} us a token; stances {dict(stances.most_common())}")
    if table:
        print(
            f"  polarity accuracy {right / table.total():.3f} of {table.total()}, "
            f"negative recall {table['negative', 'negative'] / max(1, negative):.3f} of {negative}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    for path in args.gold:
        measure(path, args.docs, errors=args.errors)


if __name__ == "__main__":
    main()
