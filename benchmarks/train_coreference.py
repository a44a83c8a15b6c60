"""Trains the ranker of antecedents and writes its weights; prints the digest to pin.

    python benchmarks/train_coreference.py --gum GUM.jsonl GUM.spacy --gap GAP.jsonl GAP.spacy

GUM has chains over all mentions; GAP has one pronoun and two names a text, of which the half with
even numbers is trained on (the other half measures). Seeds are fixed: the same data, command and
torch give the same weights. Needs torch (CPU), which the project itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kg.annotate import language_model
from kg.annotate.chains.choosing import DESCRIPTIONS, PRONOUNS
from kg.annotate.chains.descriptions import DESCRIPTION_FEATURES
from kg.annotate.chains.features import FEATURES
from kg.annotate.chains.names import cluster_names
from kg.annotate.chains.phrases import name_phrases
from kg.annotate.chains.ranker import read
from kg.annotate.chains.reading import Reading
from kg.annotate.chains.words import words_of
from kg.annotate.names import find_names
from kg.annotate.statements import find_attributions

HIDDEN = 24
EPOCHS = 15
RATE = 2e-3
DECAY = 1e-3
DROPOUT = 0.25
SEED = 7
FORCED = 50.0
GAP_WEIGHT = 2.0


@dataclass
class Example:
    """Rows of one pronoun; right marks the rows whose choice is right, none of them included."""

    rows: np.ndarray
    right: np.ndarray
    weight: float


class GoldScorer:
    """Records examples, and lets the pass go on with the right antecedent."""

    def __init__(self, chain_of_token, out):
        self.chain_of_token = chain_of_token
        self.out = out

    def __call__(self, name, pronoun, candidates, rows):
        chain = self.chain_of_token.get(pronoun.head)
        right = [
            chain is not None and self.chain_of_token.get(candidate.phrase.head) == chain
            for candidate in candidates
        ]
        right.append(not any(right))
        self.out[name].append(Example(np.array(rows), np.array(right), 1.0))
        return [FORCED if good else 0.0 for good in right]


class GapScorer:
    """Records the one pronoun of a text; the others are resolved by the weights of before."""

    def __init__(self, rankers, pronoun, good, bad, out):
        self.rankers, self.pronoun, self.good, self.bad, self.out = rankers, pronoun, good, bad, out

    def __call__(self, name, pronoun, candidates, rows):
        scores = self.rankers[name].scores(rows).tolist()
        if pronoun.head == self.pronoun:
            self.record(candidates, rows)
        return scores

    def record(self, candidates, rows):
        """Right are all members of the right name's cluster; a name that is wrong never is."""
        right = [id(candidate.cluster) in self.good for candidate in candidates]
        right.append(False)
        if not any(right):
            right = [id(candidate.cluster) not in self.bad for candidate in candidates]
            right.append(True)
        self.out.append(Example(np.array(rows), np.array(right), GAP_WEIGHT))


def read_rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def parsed(nlp, path):
    from spacy.tokens import DocBin

    return DocBin(store_user_data=True).from_disk(path).get_docs(nlp.vocab)


def named(doc, words):
    """Clusters of the names, and the attributions."""
    names = find_names(doc)
    attributions = find_attributions(doc, published=None, names=names)
    return cluster_names(words, name_phrases(words, names)), attributions


def clusters_at(clusters, start, end):
    """Ids of the clusters with a name that overlaps the code points."""
    return {
        id(cluster)
        for cluster in clusters
        for member in cluster.members
        if member.phrase.span.start < end and start < member.phrase.span.end
    }


def gum_examples(nlp, gold, docs):
    out = {PRONOUNS: [], DESCRIPTIONS: []}
    for row, doc in zip(read_rows(gold), parsed(nlp, docs), strict=True):
        words = words_of(doc)
        chain_of_token = {}
        for entity in row["entities"]:
            head = words.index_at(entity["head"][0])
            chain_of_token.setdefault(head, entity["chain"])
        clusters, attributions = named(doc, words)
        Reading(words, clusters, attributions, GoldScorer(chain_of_token, out)).read()
    return out


def gap_examples(nlp, gold, docs, rankers, keep):
    out = []
    for number, (row, doc) in enumerate(zip(read_rows(gold), parsed(nlp, docs), strict=True)):
        if number % 2 not in keep:
            continue
        words = words_of(doc)
        pronoun = next(e for e in row["entities"] if e["mention_type"] == "PRO")
        clusters, attributions = named(doc, words)
        good, bad = set(), set()
        for entity in row["entities"]:
            if entity is not pronoun:
                found = clusters_at(clusters, entity["start"], entity["end"])
                (good if entity["chain"] == pronoun["chain"] else bad).update(found)
        scorer = GapScorer(rankers, words.index_at(pronoun["start"]), good - bad, bad, out)
        Reading(words, clusters, attributions, scorer).read()
    return out


class Net(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.hidden = torch.nn.Linear(width, HIDDEN)
        self.output = torch.nn.Linear(HIDDEN, 1, bias=False)
        self.direct = torch.nn.Linear(width, 1, bias=False)
        self.drop = torch.nn.Dropout(DROPOUT)

    def forward(self, rows):
        return (self.output(self.drop(torch.relu(self.hidden(rows)))) + self.direct(rows))[:, 0]


def batches(examples, size):
    for start in range(0, len(examples), size):
        part = examples[start : start + size]
        lengths = [len(example.rows) for example in part]
        owner = torch.repeat_interleave(torch.arange(len(part)), torch.tensor(lengths))
        rows = torch.tensor(np.concatenate([example.rows for example in part]), dtype=torch.float32)
        right = torch.tensor(np.concatenate([example.right for example in part]))
        weight = torch.tensor([example.weight for example in part], dtype=torch.float32)
        yield rows, right, owner, weight


def loss_of(scores, right, owner, weight):
    """Negative log of the probability that falls on right rows."""
    count = len(weight)
    top = torch.full((count,), -1e9).scatter_reduce(0, owner, scores.detach(), "amax")
    powers = torch.exp(scores - top[owner])
    total = torch.zeros(count).index_add(0, owner, powers)
    good = torch.zeros(count).index_add(0, owner, powers * right)
    return (-(torch.log(good + 1e-9) - torch.log(total)) * weight).sum() / weight.sum()


def train(examples, features):
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    shuffle = random.Random(SEED)
    stacked = np.concatenate([example.rows for example in examples])
    mean, spread = stacked.mean(0), stacked.std(0)
    scale = 1 / np.where(spread > 1e-6, spread, 1.0)
    for example in examples:
        example.rows = (example.rows - mean) * scale
    net = Net(len(mean))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    for _ in range(EPOCHS):
        shuffle.shuffle(examples)
        net.train()
        for rows, right, owner, weight in batches(examples, 64):
            optimiser.zero_grad()
            loss_of(net(rows), right, owner, weight).backward()
            optimiser.step()
        schedule.step()
    return packed(net, mean, scale, features)


def packed(net, mean, scale, features):
    arrays = {
        "mean": mean,
        "scale": scale,
        "hidden": net.hidden.weight.detach().numpy().T,
        "hidden_bias": net.hidden.bias.detach().numpy(),
        "output": net.output.weight.detach().numpy()[0],
        "direct": net.direct.weight.detach().numpy()[0],
    }
    buffer = io.BytesIO()
    rounded = {name: np.round(value.astype(np.float64), 5) for name, value in arrays.items()}
    np.savez_compressed(buffer, features=np.array(features), **rounded)
    return buffer.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gum", type=Path, nargs=2, required=True)
    parser.add_argument("--gap", type=Path, nargs=2)
    parser.add_argument("--gap-half", type=int, default=0, choices=(0, 1))
    parser.add_argument("--out", type=Path, default=Path("kg/annotate/chains"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    nlp = language_model.load().nlp
    examples = gum_examples(nlp, *options.gum)
    print({name: len(found) for name, found in examples.items()})
    descriptions = train(copied(examples[DESCRIPTIONS]), DESCRIPTION_FEATURES)
    pronouns = train(copied(examples[PRONOUNS]), FEATURES)
    if options.gap:
        rankers = {
            PRONOUNS: read(pronouns, FEATURES),
            DESCRIPTIONS: read(descriptions, DESCRIPTION_FEATURES),
        }
        more = gap_examples(nlp, *options.gap, rankers, {options.gap_half})
        print(f"{len(more)} pronouns of GAP")
        pronouns = train(copied(examples[PRONOUNS] + more), FEATURES)
    for name, data in ((PRONOUNS, pronouns), (DESCRIPTIONS, descriptions)):
        (options.out / f"{name}.npz").write_bytes(data)
        print(name, hashlib.sha256(data).hexdigest())


def copied(examples):
    return [Example(example.rows, example.right, example.weight) for example in examples]


if __name__ == "__main__":
    main()
