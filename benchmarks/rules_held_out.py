"""The rules' counts and weights without the held-out articles, for `fit_confidence --rules`.

usage: PYTHONPATH=.:benchmarks python benchmarks/rules_held_out.py --parsed DIR OUT

The packaged tables were counted on all articles; on those, the rules look surer than they are.
Writes `cues.tsv` and `weights.tsv` to OUT and touches nothing else. `--parsed` is as in
`train_attribution`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import calibrate_rules
import spacy
from spacy.tokens import DocBin

from benchmarks.attribution_data import HELD_OUT
from kg.annotate.statements import cues, rules_score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/data"))
    parser.add_argument("--parsed", type=Path, required=True)
    options = parser.parse_args()
    vocab = spacy.blank("en").vocab
    parsed = options.out / "parsed"
    parsed.mkdir(parents=True, exist_ok=True)
    gold = []
    for corpus, (step, first) in HELD_OUT.items():
        stem = f"attribution.{corpus}.train"
        lines = (options.data / f"{stem}.jsonl").read_text(encoding="utf-8").splitlines()
        stored = DocBin(store_user_data=True).from_disk(options.parsed / f"{stem}.spacy")
        kept = [
            (a, b)
            for i, (a, b) in enumerate(zip(lines, stored.get_docs(vocab), strict=True))
            if i % step != first
        ]
        path = options.out / f"{stem}.jsonl"
        path.write_text("".join(f"{line}\n" for line, _ in kept), encoding="utf-8")
        docs = [doc for _, doc in kept]
        DocBin(store_user_data=True, docs=docs).to_disk(parsed / f"{stem}.spacy")
        gold.append(str(path))
    for module, name in ((cues, "TABLE"), (rules_score, "WEIGHTS")):
        packaged = getattr(module, name)
        setattr(module, name, Path(shutil.copy(packaged, options.out / packaged.name)))
    sys.argv = ["calibrate_rules", "--docs", str(parsed), *gold]
    calibrate_rules.main()


if __name__ == "__main__":
    main()
