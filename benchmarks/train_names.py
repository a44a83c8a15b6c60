"""Trains the name tagger of kg.annotate.names and writes its weights.

    python benchmarks/train_names.py EVAL_FOLDER [--docs FOLDER] [--out FILE] [--epochs N]

Reads data/relations.redocred.dev.jsonl (Re-DocRED, MIT) and data/coref.ontogum.train.jsonl (GUM,
CC BY) of EVAL_FOLDER and made-up sentences (made_up_news.py); measures on data that it never learns
from (ner.eww.dev, ner.wikigold). Needs torch and faker besides the project. Fixed seed; 10 minutes
on one core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from made_up_news import Article, Maker
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from torch import nn
from torch.nn import functional

from kg.annotate import language_model
from kg.annotate.names.demonyms import is_demonym
from kg.annotate.names.features import FLAGS, TABLES, VECTOR_DIMS, Features, extract
from kg.annotate.names.words import TITLES

TYPES = ("PERSON", "ORG", "PLACE", "OTHER")
WIDTHS = (16, 24, 8, 12, 16)
PROJECTED = 64
HIDDEN = 96
CHUNK = 400
"""Tokens of an article that are learnt from at a time."""

torch.set_num_threads(1)


@dataclass(frozen=True)
class Example:
    """A parsed text with the label of each token."""

    features: Features
    labels: np.ndarray


class Tagger(nn.Module):
    """The network of kg.annotate.names.tagger."""

    def __init__(self, vectors: np.ndarray) -> None:
        super().__init__()
        self.tables = nn.ModuleList(
            nn.Embedding(rows, width) for rows, width in zip(TABLES, WIDTHS, strict=True)
        )
        known = torch.from_numpy(np.concatenate([vectors, np.zeros((1, VECTOR_DIMS))])).float()
        self.register_buffer("known", known, persistent=False)
        self.vector = nn.Linear(VECTOR_DIMS, PROJECTED)
        nn.init.uniform_(self.vector.weight, -0.01, 0.01)
        width = sum(WIDTHS) + PROJECTED + FLAGS
        self.kernels = nn.ModuleList(
            [
                nn.Conv1d(width, HIDDEN, 3, padding=1),
                nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1),
                nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1),
            ]
        )
        self.out = nn.Linear(HIDDEN, 1 + 2 * len(TYPES))
        self.dropout = nn.Dropout(0.3)

    def forward(self, features: Features) -> torch.Tensor:
        """[tokens, 9] logits."""
        classes = torch.from_numpy(features.classes)
        tables = [table(classes[:, i]) for i, table in enumerate(self.tables)]
        rows = torch.from_numpy(features.rows)
        if self.training:
            # spaCy's label and the vector are hidden at times, so that neither is all there is.
            tables[4] = tables[4] * (torch.rand(len(rows), 1) > 0.15)
            # A sixth of the texts has no vectors at all: users bring models without them.
            missing = 0.1 if torch.rand(1) > 1 / 6 else 1.0
            rows = torch.where(torch.rand(len(rows)) >= missing, rows, -1)
        flags = torch.from_numpy(features.flags)
        joined = torch.cat([*tables, self.vector(self.known[rows]), flags], 1)
        hidden = self.dropout(joined).T[None]
        hidden = functional.relu(self.kernels[0](hidden))
        for kernel in self.kernels[1:]:
            hidden = hidden + functional.relu(kernel(self.dropout(hidden)))
        return self.out(self.dropout(hidden[0].T))


def main() -> None:
    options = _options()
    nlp = language_model.load().nlp
    examples = []
    for stem in ("relations.redocred.dev", "coref.ontogum.train"):
        examples += read_examples(nlp, options.folder, stem, options.docs)
    maker = Maker(seed=1)
    renamed = read_rows(options.folder, "relations.redocred.dev")
    made = [maker.article(sentences=12) for _ in range(options.made_up)]
    made += [maker.renamed(row["text"], row["entities"]) for row in renamed]
    examples += made_up_examples(nlp, made)
    print(f"{sum(len(e.labels) for e in examples)} tokens to learn from")
    net = train(examples, nlp.vocab.vectors.data, epochs=options.epochs)
    save(net, options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--out", type=Path, default=Path("kg/annotate/names/tagger.npz"))
    parser.add_argument("--made-up", type=int, default=1500, help="articles")
    parser.add_argument("--epochs", type=int, default=8)
    return parser.parse_args()


def read_rows(folder: Path, stem: str) -> list[dict[str, Any]]:
    """The lines of an evaluation file."""
    with (folder / "data" / f"{stem}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_examples(nlp: Language, folder: Path, stem: str, docs: Path | None) -> list[Example]:
    """The texts of a file with gold names, parsed (or read from docs/STEM.spacy)."""
    rows = read_rows(folder, stem)
    cached = docs / f"{stem}.spacy" if docs else None
    if cached and cached.is_file():
        parsed: Iterator[Doc] = DocBin().from_disk(cached).get_docs(nlp.vocab)
    else:
        parsed = nlp.pipe(row["text"] for row in rows)
    return [
        Example(extract(doc), gold_labels(doc, row)) for doc, row in zip(parsed, rows, strict=True)
    ]


def made_up_examples(nlp: Language, made: list[Article]) -> list[Example]:
    """Made-up and renamed articles, parsed."""
    examples = []
    for doc, article in zip(nlp.pipe(one.text for one in made), made, strict=True):
        labels = np.zeros(len(doc), dtype=np.int64)
        for start, end, type_ in article.names:
            _label(doc, labels, (start, end), type_)
        _label_nationalities(doc, labels)
        examples.append(Example(extract(doc), labels))
    return examples


def gold_labels(doc: Doc, row: dict[str, Any]) -> np.ndarray:
    """The label of each token: 0, 1 + 2 * type where a name begins, 2 + 2 * type where it goes on.

    Both corpora leave nationalities out or call them places; ours are names of type OTHER, so
    they are taken over from spaCy.
    """
    labels = np.zeros(len(doc), dtype=np.int64)
    names = [e for e in row["entities"] if e["mention_type"] == "NAM"]
    names.sort(key=lambda e: (e.get("optional", False), e["start"] - e["end"]))
    for name in names:
        _label(doc, labels, name.get("name", (name["start"], name["end"])), name["type"])
    _label_nationalities(doc, labels)
    return labels


def _label_nationalities(doc: Doc, labels: np.ndarray) -> None:
    for entity in doc.ents:
        if entity.label_ == "NORP" and not labels[entity.start : entity.end].any():
            _fill(labels, entity.start, entity.end, TYPES.index("OTHER"))
    for token in doc:
        if not labels[token.i] and token.text[:1].isupper() and is_demonym(token.text):
            _fill(labels, token.i, token.i + 1, TYPES.index("OTHER"))


def _label(doc: Doc, labels: np.ndarray, span: tuple[int, int], type_: str) -> None:
    found = doc.char_span(*span, alignment_mode="expand")
    if found is None:
        return
    start, end = found.start, found.end
    while start < end and (doc[end - 1].text in ("'s", "’s", "'") or doc[end - 1].is_space):
        end -= 1
    while start + 1 < end and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while type_ == "PERSON" and start + 1 < end and doc[start].lower_.rstrip(".") in TITLES:
        start += 1
    if not any(letter.isupper() for letter in doc[start:end].text) or labels[start:end].any():
        return
    if all(token.ent_type_ == "NORP" or is_demonym(token.text) for token in doc[start:end]):
        type_ = "OTHER"
    _fill(labels, start, end, TYPES.index(type_))


def _fill(labels: np.ndarray, start: int, end: int, type_: int) -> None:
    labels[start] = 1 + 2 * type_
    labels[start + 1 : end] = 2 + 2 * type_


def train(examples: list[Example], vectors: np.ndarray, *, epochs: int, seed: int = 0) -> Tagger:
    """A tagger that has seen all examples `epochs` times."""
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    net = Tagger(vectors)
    chunks = [chunk for example in examples for chunk in _chunks(example)]
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    batches = -(-len(chunks) // 4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=epochs * batches)
    for epoch in range(epochs):
        shuffle.shuffle(chunks)
        net.train()
        total = 0.0
        for first in range(0, len(chunks), 4):
            optimizer.zero_grad()
            for chunk in chunks[first : first + 4]:
                labels = torch.from_numpy(chunk.labels)
                loss = functional.cross_entropy(net(chunk.features), labels, label_smoothing=0.02)
                (loss / 4).backward()
                total += loss.item()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss {total / len(chunks):.4f}", flush=True)
    return net.eval()


def _chunks(example: Example) -> Iterator[Example]:
    for first in range(0, len(example.labels), CHUNK):
        cut = slice(first, first + CHUNK)
        one = example.features
        features = Features(one.classes[cut], one.rows[cut], one.flags[cut], one.spaces[cut])
        yield Example(features, example.labels[cut])


def save(net: Tagger, path: Path) -> None:
    """Write the arrays in half precision; print the digest that tagger.py pins."""
    arrays = {f"table{i}": table.weight for i, table in enumerate(net.tables)}
    arrays |= {"vector": net.vector.weight.T, "vector_bias": net.vector.bias}
    for i, kernel in enumerate(net.kernels):
        arrays[f"kernel{i}"] = kernel.weight.permute(2, 1, 0)
        arrays[f"kernel{i}_bias"] = kernel.bias
    arrays |= {"out": net.out.weight.T, "out_bias": net.out.bias}
    halves = {name: value.detach().numpy().astype(np.float16) for name, value in arrays.items()}
    np.savez(path, **halves)
    print(path, hashlib.sha256(path.read_bytes()).hexdigest(), f"{path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
