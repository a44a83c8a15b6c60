"""Draws a small graph out of its GraphML as an SVG: who speaks, what is said, about whom.

Three columns, laid out by hand, so that the bytes are the same everywhere. A statement inside a
statement stands below the one that reports it, indented. A stance has a colour; what is said not to
be so is dashed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import networkx as nx

TITLE = "Who says what about whom"
WIDTH = 1140
ROW = 46
CARD_HEIGHT = 38
TOP = 92
SPEAKER_X, CARD_X, CARD_END, ABOUT_X = 236, 312, 792, 886
INDENT = 26
MAX_NAME_CHARS, MAX_WORDS_CHARS, MAX_CUE_CHARS = 31, 68, 40
NAME_GAP = 34
ROUNDS = 200
INK, QUIET, LINE, PAPER = "#1f2933", "#66727f", "#b8c2cc", "#ffffff"

STANCES = {
    "asserts": ("#2b6cb0", "asserts"),
    "denies": ("#c53030", "denies"),
    "commits": ("#2f855a", "promises"),
    "requests": ("#b7791f", "asks for"),
    "questions": ("#6b46c1", "asks"),
    "noComment": ("#718096", "does not answer"),
}
KINDS = {
    "person": "#f6ad55",
    "organisation": "#63b3ed",
    "place": "#68d391",
    "narrator": "#cbd5e0",
    "group": "#b794f4",
    "work": "#fbd38d",
    "other": "#cbd5e0",
}
KIND_WORDS = {
    "group": "group of sources",
    "work": "document",
    "other": "other",
    "narrator": "article",
}


@dataclass(frozen=True)
class Card:
    """A statement in its row."""

    id: str
    row: int
    level: int
    speaker: str
    stance: str
    is_negative: bool
    words: str
    note: str

    @property
    def y(self) -> float:
        """The middle of its row."""
        return TOP + (self.row + 0.5) * ROW

    @property
    def x(self) -> float:
        """Its left edge."""
        return CARD_X + self.level * INDENT

    @property
    def colour(self) -> str:
        return STANCES[self.stance][0]

    @property
    def dash(self) -> str:
        is_denial = self.is_negative or self.stance == "denies"
        return ' stroke-dasharray="6 4"' if is_denial else ""


def draw(path: Path) -> str:
    """The picture of the full view in a GraphML file."""
    graph = nx.read_graphml(path, force_multigraph=True)
    cards = _cards(graph)
    speakers = _speakers(cards)
    about = _about(graph, cards)
    bottom = TOP + len(cards) * ROW
    height = bottom + 74
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="Helvetica, Arial, sans-serif" '
        f'font-size="14" fill="{INK}" role="img">',
        *_heads(graph),
        *_about_lines(graph, cards, about),
        *_speaker_lines(cards, speakers),
        *_nesting(graph, cards),
        *_claim_links(graph, cards),
        *(_card(card) for card in cards),
        *(_name(graph, node, SPEAKER_X, y, "end") for node, y in speakers.items()),
        *(_name(graph, node, ABOUT_X, y, "start") for node, y in about.items()),
        *_legend(graph, cards, [*speakers, *about], bottom + 40),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _edges(graph: nx.MultiDiGraph, label: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b, data in graph.edges(data=True) if data["label"] == label]


def _cards(graph: nx.MultiDiGraph) -> list[Card]:
    """The statements: a speaker's together, in the order of the text, each below its reporter."""
    speaker = {statement: who for who, statement in _edges(graph, "says")}
    parent = {inner: outer for outer, inner in _edges(graph, "content")}
    place = {node: (graph.nodes[node]["sentence_start"], node) for node in speaker}
    first: dict[str, tuple[int, str]] = {}
    for node in sorted(speaker, key=lambda node: place[node]):
        first.setdefault(speaker[node], place[node])
    tops = [node for node in speaker if node not in parent]
    ordered: list[tuple[str, int]] = []

    def put(node: str, level: int) -> None:
        ordered.append((node, level))
        for inner in sorted((one for one in parent if parent[one] == node), key=place.__getitem__):
            put(inner, level + 1)

    for top in sorted(tops, key=lambda node: (first[speaker[node]], place[node])):
        put(top, 0)
    return [
        _read_card(graph, node, row, level, speaker[node])
        for row, (node, level) in enumerate(ordered)
    ]


def _read_card(graph: nx.MultiDiGraph, node: str, row: int, level: int, speaker: str) -> Card:
    data = graph.nodes[node]
    stance = data["stance"]
    is_negative = data.get("polarity") == "negative"
    word = STANCES[stance][1] + (" that it is not so" if is_negative else "")
    cue = data.get("cue", "")
    note = f"{_cut(cue, MAX_CUE_CHARS)}  ·  {word}" if cue else word
    words = _cut(data.get("text", "…"), MAX_WORDS_CHARS - 4 * level)
    return Card(node, row, level, speaker, stance, is_negative, words, note)


def _speakers(cards: Iterable[Card]) -> dict[str, float]:
    """Each speaker at the middle of the rows of its own statements, top first."""
    rows: dict[str, list[float]] = {}
    for card in cards:
        rows.setdefault(card.speaker, []).append(card.y)
    return _spread(rows)


def _about(graph: nx.MultiDiGraph, cards: list[Card]) -> dict[str, float]:
    """Each topic at the middle of the statements about it."""
    y = {card.id: card.y for card in cards}
    rows: dict[str, list[float]] = {}
    for statement, topic in _edges(graph, "about"):
        rows.setdefault(topic, []).append(y[statement])
    return _spread(rows)


def _spread(rows: Mapping[str, list[float]]) -> dict[str, float]:
    """Heights near the middle of the rows, in this order, and not too near to each other."""
    wanted = {name: sum(ys) / len(ys) for name, ys in rows.items()}
    names = sorted(rows, key=lambda name: (wanted[name], min(rows[name]), name))
    heights = [wanted[name] for name in names]
    for _ in range(ROUNDS):
        for upper in range(len(heights) - 1):
            short = NAME_GAP - (heights[upper + 1] - heights[upper])
            if short > 0:
                heights[upper] -= short / 2
                heights[upper + 1] += short / 2
    lift = max(0.0, TOP + 16 - min(heights, default=TOP + 16))
    return {name: round(height + lift, 1) for name, height in zip(names, heights, strict=True)}


def _heads(graph: nx.MultiDiGraph) -> Iterable[str]:
    (article,) = (data for _, data in graph.nodes(data=True) if data["kind"] == "article")
    source = f"{article['file']}, {article['date']}"
    yield f"<title>{TITLE}: {escape(source)}</title>"
    yield f'<rect width="100%" height="100%" rx="10" fill="{PAPER}" stroke="{LINE}"/>'
    yield f'<text x="24" y="38" font-size="18" font-weight="bold">{TITLE}</text>'
    yield f'<text x="{WIDTH - 24}" y="38" text-anchor="end" fill="{QUIET}">{escape(source)}</text>'
    columns = (
        (SPEAKER_X, "end", "who"),
        (CARD_X, "start", "says what"),
        (ABOUT_X, "start", "about"),
    )
    for x, anchor, word in columns:
        yield f'<text x="{x}" y="76" text-anchor="{anchor}" fill="{QUIET}">{word}</text>'


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    bend = (x2 - x1) / 2
    return f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"


def _about_lines(
    graph: nx.MultiDiGraph, cards: Iterable[Card], about: Mapping[str, float]
) -> Iterable[str]:
    by_id = {card.id: card for card in cards}
    for statement, topic in sorted(_edges(graph, "about")):
        path = _curve(CARD_END, by_id[statement].y, ABOUT_X - 20, about[topic])
        yield f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"/>'


def _speaker_lines(cards: Iterable[Card], speakers: Mapping[str, float]) -> Iterable[str]:
    for card in cards:
        path = _curve(SPEAKER_X + 20, speakers[card.speaker], card.x, card.y)
        yield (f'<path d="{path}" fill="none" stroke="{card.colour}" stroke-width="2"{card.dash}/>')


def _nesting(graph: nx.MultiDiGraph, cards: Iterable[Card]) -> Iterable[str]:
    by_id = {card.id: card for card in cards}
    for outer, inner in sorted(_edges(graph, "content")):
        above, below = by_id[outer], by_id[inner]
        x = above.x + INDENT / 2
        start = above.y + CARD_HEIGHT / 2
        yield (
            f'<path d="M{x:g} {start:g}V{below.y:g}H{below.x:g}" fill="none" '
            f'stroke="{INK}" stroke-width="1.5"/>'
        )


def _claim_links(graph: nx.MultiDiGraph, cards: Iterable[Card]) -> Iterable[str]:
    by_id = {card.id: card for card in cards}
    for label, word in (("sameClaimAs", "same claim"), ("contradicts", "contradicts")):
        for left, right in sorted(_edges(graph, label)):
            y1, y2 = sorted((by_id[left].y, by_id[right].y))
            x = CARD_END + 26
            yield (
                f'<path d="M{CARD_END} {y1 + 8:g}C{x:g} {y1 + 8:g} {x:g} {y2 - 8:g} {CARD_END} '
                f'{y2 - 8:g}" fill="none" stroke="{INK}" stroke-dasharray="1 3"/>'
                f'<text x="{CARD_END + 8}" y="{(y1 + y2) / 2 + 4:g}" font-size="11" '
                f'font-style="italic" fill="{INK}" stroke="{PAPER}" stroke-width="4" '
                f'paint-order="stroke">{word}</text>'
            )


def _card(card: Card) -> str:
    y = card.y - CARD_HEIGHT / 2
    return (
        f'<rect x="{card.x:g}" y="{y:g}" width="{CARD_END - card.x:g}" height="{CARD_HEIGHT}" '
        f'rx="6" fill="{PAPER}" stroke="{card.colour}" stroke-width="1.5"{card.dash}/>'
        f'<text x="{card.x + 12:g}" y="{card.y - 3:g}">{escape(card.words)}</text>'
        f'<text x="{card.x + 12:g}" y="{card.y + 13:g}" font-size="12" fill="{card.colour}">'
        f"{escape(card.note)}</text>"
    )


def _name(graph: nx.MultiDiGraph, node: str, x: float, y: float, anchor: str) -> str:
    data = graph.nodes[node]
    name = "the article itself" if data["kind"] == "narrator" else data["name"]
    dot = x + 10 if anchor == "end" else x - 10
    return (
        f'<circle cx="{dot:g}" cy="{y:g}" r="8" fill="{KINDS[data["kind"]]}" stroke="{INK}"/>'
        f'<text x="{x - 6 if anchor == "end" else x + 6:g}" y="{y + 5:g}" text-anchor="{anchor}">'
        f"{escape(_cut(name, MAX_NAME_CHARS))}</text>"
    )


def _legend(
    graph: nx.MultiDiGraph, cards: Iterable[Card], names: Iterable[str], y: float
) -> Iterable[str]:
    used = {card.stance for card in cards}
    x = 24.0
    for stance, (colour, word) in STANCES.items():
        if stance in used:
            dash = ' stroke-dasharray="6 4"' if stance == "denies" else ""
            yield (
                f'<path d="M{x:g} {y:g}h24" stroke="{colour}" stroke-width="2"{dash}/>'
                f'<text x="{x + 30:g}" y="{y + 4:g}" font-size="12">{word}</text>'
            )
            x += 48 + 6 * len(word)
    yield f'<text x="{x:g}" y="{y + 4:g}" font-size="12">dashed: it is not so</text>'
    x += 140
    kinds = {graph.nodes[node]["kind"] for node in names}
    words = {KIND_WORDS.get(kind, kind): KINDS[kind] for kind in KINDS if kind in kinds}
    for word, colour in words.items():
        yield (
            f'<circle cx="{x + 8:g}" cy="{y:g}" r="6" fill="{colour}" stroke="{INK}"/>'
            f'<text x="{x + 20:g}" y="{y + 4:g}" font-size="12">{word}</text>'
        )
        x += 38 + 6 * len(word)


def _cut(text: str, size: int) -> str:
    flat = " ".join(text.split())
    if len(flat) <= size:
        return flat
    return flat[: size - 1].rpartition(" ")[0] + " …"
