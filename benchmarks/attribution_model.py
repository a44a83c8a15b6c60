"""The attribution tagger in torch: the trained side of `kg.annotate.statements.learned_network`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from kg.annotate.statements.learned_features import N_FLAGS, Inventory, TokenFeatures
from kg.annotate.statements.learned_pairs import (
    N_CLIMBS,
    N_DISTANCES,
    N_QUOTATIONS,
    N_SENTENCES,
    PairFeatures,
)

N_TENSOR = 96


@dataclass(frozen=True, slots=True)
class Size:
    """Widths of the network, and how much of it is dropped while it learns."""

    token: int = 128
    pair: int = 64
    layers: int = 2
    cue: int = 64
    dropout: float = 0.2
    word_dropout: float = 0.12


def _long(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, dtype=np.int64))


@dataclass(slots=True)
class Batch:
    """Several articles laid end to end; arcs, heads and pairs point into the whole."""

    features: dict[str, torch.Tensor]
    joins: torch.Tensor
    """1 where a token has a predecessor in its own article, else 0; (tokens, 1)."""


def make_batch(articles: list[TokenFeatures]) -> Batch:
    offsets = np.cumsum([0] + [len(a.heads) for a in articles])[:-1]
    names = ("vectors", "tags", "deps", "entities", "lemmas")
    parts = {n: _long(np.concatenate([getattr(a, n) for a in articles])) for n in names}
    for name in ("heads", "children"):
        rows = []
        for a, offset in zip(articles, offsets, strict=True):
            shifted = getattr(a, name).copy()
            if name == "heads":
                shifted += offset
            else:
                shifted[:, 0] += offset
            rows.append(shifted)
        parts[name] = _long(np.concatenate(rows))
    for name in ("tensor", "flags"):
        whole = np.concatenate([getattr(a, name) for a in articles])
        parts[name] = torch.from_numpy(whole.astype(np.float32))
    joins = np.ones((len(parts["heads"]), 1), dtype=np.float32)
    joins[offsets] = 0
    return Batch(parts, torch.from_numpy(joins))


class Tagger(nn.Module):
    """Scores of every token as a cue, and of every token of a cue's window for its three roles."""

    def __init__(self, inventory: Inventory, vectors: np.ndarray, size: Size) -> None:
        super().__init__()
        self.size = size
        table = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), vectors])
        self.register_buffer("table", torch.from_numpy(table.astype(np.float32)), persistent=False)
        width, pair = size.token, size.pair
        self.vector = nn.Linear(vectors.shape[1], 2 * width, bias=False)
        self.tensor = nn.Linear(N_TENSOR, width)
        self.flag = nn.Linear(N_FLAGS, width, bias=False)
        for name, labels in (("tag", inventory.tags), ("dep", inventory.deps)):
            setattr(self, name, nn.Embedding(len(labels) + 1, 2 * width))
        self.entity = nn.Embedding(len(inventory.entities) + 1, width)
        self.lemma = nn.Embedding(len(inventory.lemmas) + 1, 2 * width)
        self.child = nn.Embedding(len(inventory.deps) + 1, width)
        self.layers = nn.ModuleList(nn.Linear(4 * width, width) for _ in range(size.layers))
        self.cue_hidden = nn.Linear(width, size.cue)
        self.cue_out = nn.Linear(size.cue, 1)
        self.pair_token = nn.Linear(width, pair)
        self.pair_cue = nn.Linear(width, pair)
        n_deps = len(inventory.deps)
        self.pair_tables = nn.ModuleDict(
            {
                "climbs": nn.Embedding(N_CLIMBS, pair),
                "ups": nn.Embedding(n_deps + 1, pair),
                "downs": nn.Embedding(n_deps + 2, pair),
                "distances": nn.Embedding(N_DISTANCES, pair),
                "sentences": nn.Embedding(N_SENTENCES, pair),
                "quotations": nn.Embedding(N_QUOTATIONS, pair),
            }
        )
        self.pair_layer = nn.Linear(3 * pair, pair)
        self.pair_out = nn.Linear(pair, 3)
        self.valid_out = nn.Linear(pair, 1)
        for module in self.modules():
            if isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=0.1)

    def _drop_rows(self, rows: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return rows
        return rows * (torch.rand(rows.shape) >= self.size.word_dropout)

    def _drop(self, values: torch.Tensor) -> torch.Tensor:
        return functional.dropout(values, self.size.dropout, self.training)

    def encode(self, batch: Batch) -> torch.Tensor:
        f, width = batch.features, self.size.token
        heads = f["heads"]
        rows, places = torch.unique(self._drop_rows(f["vectors"]), return_inverse=True)
        words = self.vector(self.table[rows])[places]
        words = words + self.lemma(self._drop_rows(f["lemmas"]))
        words = words + self.tag(f["tags"]) + self.dep(f["deps"])
        x = words[:, :width] + words[:, width:][heads]
        x = x + self.tensor(self._drop(f["tensor"])) + self.flag(f["flags"])
        x = x + self.entity(f["entities"])
        arcs = f["children"]
        x = x.index_add(0, arcs[:, 0], self.child(arcs[:, 1]))
        x = self._drop(torch.relu(x))
        after = torch.cat([batch.joins[1:], batch.joins[:1] * 0])
        for layer in self.layers:
            left = torch.roll(x, 1, 0) * batch.joins
            right = torch.roll(x, -1, 0) * after
            x = x + self._drop(torch.relu(layer(torch.cat([left, x, right, x[heads]], 1))))
        return x

    def cue_scores(self, x: torch.Tensor) -> torch.Tensor:
        return self.cue_out(self._drop(torch.relu(self.cue_hidden(x)))).squeeze(1)

    def role_scores(
        self, x: torch.Tensor, cues: torch.Tensor, pairs: PairFeatures
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """(pairs, 3) for source, cue, content; and one score a cue: is this an attribution."""
        numbers = _long(pairs.cues)
        z = self.pair_token(x)[_long(pairs.tokens)] + self.pair_cue(x[cues])[numbers]
        for name, table in self.pair_tables.items():
            z = z + table(_long(getattr(pairs, name)))
        z = self._drop(torch.relu(z))
        same = (numbers[1:] == numbers[:-1]).float().unsqueeze(1)
        none = torch.zeros((1, 1))
        left = torch.roll(z, 1, 0) * torch.cat([none, same])
        right = torch.roll(z, -1, 0) * torch.cat([same, none])
        z = z + self._drop(torch.relu(self.pair_layer(torch.cat([left, z, right], 1))))
        place = numbers.unsqueeze(1).expand(-1, z.shape[1])
        top = torch.full((len(cues), z.shape[1]), -1e4).scatter_reduce(0, place, z, "amax")
        return self.pair_out(z), self.valid_out(top).squeeze(1)
