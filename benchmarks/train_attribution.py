"""Train the attribution tagger and pin its weights: `python -m benchmarks.train_attribution`.

Needs torch and scikit-learn (not in the project's requirements), `attribution.polnear.train` and
`attribution.gum.train` as JSONL under `--data`, and about 10 minutes of one core. The confidence is
fitted afterwards, on taggers that have not seen what they read: `benchmarks/cross_validate.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from torch.nn import functional

from benchmarks.attribution_data import (
    Article,
    Gold,
    build_inventory,
    features_of,
    load_pipeline,
    read_corpora,
)
from benchmarks.attribution_model import Batch, Size, Tagger, make_batch
from kg.annotate.statements import learned
from kg.annotate.statements.learned_features import Inventory, TokenFeatures
from kg.annotate.statements.learned_pairs import PairFeatures, pair_features

BATCH_TOKENS = 4000
HARD_NEGATIVE = 0.15
LEARNING_RATE = 2e-3
CUE_POSITIVE_WEIGHT = 1.5
PAIR_SCALE = 1 / 20


class Sample:
    """One article ready to train on; windows of cues are made once and kept."""

    def __init__(self, article: Article, features: TokenFeatures) -> None:
        self.features = features
        self.gold = {gold.cue: gold for gold in article.gold}
        self._pairs: dict[int, tuple[PairFeatures, np.ndarray]] = {}

    def pairs(self, cue: int) -> tuple[PairFeatures, np.ndarray]:
        """The window of a cue and its targets, (tokens, 3) for source, cue, content."""
        if cue not in self._pairs:
            pairs = pair_features(self.features, np.array([cue]))
            self._pairs[cue] = (pairs, _targets(pairs.tokens, self.gold.get(cue)))
        return self._pairs[cue]


def _targets(tokens: np.ndarray, gold: Gold | None) -> np.ndarray:
    if gold is None:
        return np.zeros((len(tokens), 3), dtype=np.float32)
    roles = (gold.source_tokens, gold.cue_tokens, gold.content_tokens)
    return np.stack([np.isin(tokens, role) for role in roles], 1).astype(np.float32)


def _batches(samples: list[Sample], shuffle: random.Random) -> list[list[Sample]]:
    order = samples[:]
    shuffle.shuffle(order)
    batches: list[list[Sample]] = [[]]
    tokens = 0
    for sample in order:
        if tokens > BATCH_TOKENS:
            batches.append([])
            tokens = 0
        batches[-1].append(sample)
        tokens += len(sample.features.heads)
    return batches


def _merge(windows: list[tuple[int, int, PairFeatures]]) -> PairFeatures:
    """Windows (offset of the article, number of the cue, pairs) as one."""
    merged = {
        name: np.concatenate([getattr(pairs, name) for _, _, pairs in windows])
        for name in PairFeatures.__slots__
    }
    merged["tokens"] = np.concatenate([offset + p.tokens for offset, _, p in windows])
    merged["cues"] = np.concatenate([np.full(len(p.tokens), n) for _, n, p in windows])
    return PairFeatures(**merged)


def _loss(model: Tagger, samples: list[Sample], batch: Batch) -> torch.Tensor:
    x = model.encode(batch)
    scores = model.cue_scores(x)
    offsets = np.cumsum([0] + [len(s.features.heads) for s in samples])
    is_cue = np.zeros(len(scores), dtype=np.float32)
    for sample, offset in zip(samples, offsets, strict=False):
        is_cue[[offset + cue for cue in sample.gold]] = 1
    target = torch.from_numpy(is_cue)
    n_gold = max(1.0, float(is_cue.sum()))
    weight = torch.where(target > 0, CUE_POSITIVE_WEIGHT, 1.0)
    cue_loss = functional.binary_cross_entropy_with_logits(scores, target, weight, reduction="sum")
    with torch.no_grad():
        likely = (torch.sigmoid(scores) > HARD_NEGATIVE).numpy()
    if is_cue.sum() == 0:
        return cue_loss
    windows, targets, cues, valid = [], [], [], []
    for sample, offset in zip(samples, offsets, strict=False):
        size = len(sample.features.heads)
        likely_here = np.flatnonzero(likely[offset : offset + size]).tolist()
        hard = likely_here[: 2 * len(sample.gold) + 2]
        for cue in sorted(set(sample.gold) | set(hard)):
            pairs, target_rows = sample.pairs(cue)
            windows.append((int(offset), len(cues), pairs))
            targets.append(target_rows)
            cues.append(int(offset) + cue)
            valid.append(float(cue in sample.gold))
    pairs = _merge(windows)
    roles, validity = model.role_scores(x, torch.tensor(cues), pairs)
    keep = torch.tensor(valid)
    role_loss = functional.binary_cross_entropy_with_logits(
        roles, torch.from_numpy(np.concatenate(targets)), reduction="none"
    )
    role_loss = (role_loss.sum(1) * keep[torch.from_numpy(pairs.cues)]).sum() * PAIR_SCALE
    valid_loss = functional.binary_cross_entropy_with_logits(validity, keep, reduction="sum")
    return (cue_loss + role_loss + 0.5 * valid_loss) / n_gold


def train(
    samples: list[Sample],
    model: Tagger,
    *,
    epochs: int,
    seed: int,
    after_epoch: Callable[[Tagger], None],
) -> None:
    """Train for `epochs` passes; the learning rate rises for a tenth and falls to nothing.

    `after_epoch` gets the model after each.
    """
    shuffle = random.Random(seed)
    optimizer = torch.optim.AdamW(model.parameters(), LEARNING_RATE, weight_decay=0.01)
    total = epochs * len(_batches(samples, random.Random(0))) + epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, LEARNING_RATE, total_steps=total, pct_start=0.1
    )
    for epoch in range(epochs):
        model.train()
        began, losses = time.monotonic(), []
        for group in _batches(samples, shuffle):
            optimizer.zero_grad()
            loss = _loss(model, group, make_batch([s.features for s in group]))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            if schedule.last_epoch < total - 1:
                schedule.step()
            losses.append(loss.item())
        seconds = time.monotonic() - began
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {seconds:.0f} s", flush=True)
        after_epoch(model)


def _half(model: Tagger) -> dict[str, np.ndarray]:
    return {name: value.numpy().astype(np.float16) for name, value in model.state_dict().items()}


def write(path: Path, weights: dict[str, np.ndarray], header: dict) -> str:
    """The weights in half precision with their header; the SHA-256 is returned."""
    data = np.frombuffer(json.dumps(header, sort_keys=True).encode("utf-8"), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, header=data, **weights)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pin(sha256: str) -> None:
    """Write the digest into `learned.py`, which refuses any other weights."""
    module = Path(learned.__file__)
    code = module.read_text(encoding="utf-8")
    module.write_text(
        re.sub(r'WEIGHTS_SHA256 = "\w+"', f'WEIGHTS_SHA256 = "{sha256}"', code), encoding="utf-8"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/data"))
    parser.add_argument("--parsed", type=Path, help="folder with DocBins named as the JSONL files")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=learned.WEIGHTS)
    return parser.parse_args()


def train_on(
    articles: list[Article],
    nlp: Language,
    *,
    epochs: int,
    seed: int,
    after_epoch: Callable[[dict[str, np.ndarray], dict], None],
) -> None:
    """Train a tagger on the articles; `after_epoch` gets its weights and their header."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    inventory = build_inventory(nlp, articles)
    print(f"{len(articles)} articles, {len(inventory.lemmas)} lemmas", flush=True)
    features = features_of(articles, inventory)
    samples = [Sample(*pair) for pair in zip(articles, features, strict=True)]
    size = Size()
    header = {
        "inventory": {f.name: list(getattr(inventory, f.name)) for f in fields(Inventory)},
        "size": asdict(size),
        "seed": seed,
        "epochs": epochs,
    }
    train(
        samples,
        Tagger(inventory, nlp.vocab.vectors.data, size),
        epochs=epochs,
        seed=seed,
        after_epoch=lambda trained: after_epoch(_half(trained), header),
    )


def main() -> None:
    """Read, train, write, pin."""
    options = _arguments()
    nlp = load_pipeline()
    articles = read_corpora(options.data, nlp, options.parsed)

    def save(weights: dict[str, np.ndarray], header: dict) -> None:
        sha256 = write(options.out, weights, header)
        print(f"{options.out}: {options.out.stat().st_size} bytes, SHA-256 {sha256}", flush=True)

    train_on(articles, nlp, epochs=options.epochs, seed=options.seed, after_epoch=save)
    if options.out == learned.WEIGHTS:
        pin(hashlib.sha256(options.out.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
