"""Decisions of people in words: of whom or what, and what of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.reports import count_of

if TYPE_CHECKING:
    from kg.api.graph import Graph
    from kg.ledger import Anchor, Correction
    from kg.model import Mention

_MAX_WORDS = 5


def about(made: Correction) -> tuple[str, str]:
    """Whom or what the decision is about, and what it says of it: names, not kinds of values."""
    subject = made.subject.name if made.subject is not None else ""
    others = ", ".join(each.name for each in made.others)
    if made.action.value == "split":
        whole = " and all that its article means by it" if made.value == "chain" else ""
        return subject, f"without {_quoted([anchor.words for anchor in _named(made)])}{whole}"
    return subject, others or made.value or ""


def told(graph: Graph, made: Correction) -> str:
    """What a decision did, on one line."""
    subject, value = about(made)
    if made.action.value == "split":
        return _split_told(graph, made)
    if made.action.value == "merge":
        return f"merge: {subject}, {value}"
    return f"{made.action.value}: {subject}{' → ' if value else ''}{value}"


def _split_told(graph: Graph, made: Correction) -> str:
    """Which mentions went, and who has them now; a chain goes as a whole."""
    moved = _moved(graph, made)
    subject = made.subject.name if made.subject is not None else ""
    if not moved:
        return f"split: {subject} {about(made)[1]}"
    chains = len({mention.chain for mention in moved})
    of_chains = f" of {'one chain' if chains == 1 else f'{chains} chains'}"
    words = [mention.span.of(graph.article(mention.article).text) for mention in moved]
    now = graph.entity_of(moved[0].chain)
    return (
        f"split off {count_of(len(moved), 'mention')}{of_chains if made.value == 'chain' else ''} "
        f"of {subject}: {_quoted(words)}. Now: {now.name} ({now.id})"
    )


def _moved(graph: Graph, made: Correction) -> list[Mention]:
    """The mentions that the named ones took along, by article and place."""
    found: dict[str, list[Mention]] = {}
    for anchor in _named(made):
        mentions = graph.store.annotation(anchor.article).mentions
        place = (anchor.start, anchor.end)
        for chain in {m.chain for m in mentions if (m.span.start, m.span.end) == place}:
            found[chain] = [mention for mention in mentions if mention.chain == chain]
    return [mention for mentions in found.values() for mention in mentions]


def _named(made: Correction) -> tuple[Anchor, ...]:
    return made.others[0].anchors if made.others else ()


def _quoted(words: list[str]) -> str:
    more = len(words) - _MAX_WORDS
    shown = ", ".join(f'"{word}"' for word in words[:_MAX_WORDS])
    return f"{shown} and {more} more" if more > 0 else shown
