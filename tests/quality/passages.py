"""The project's own passages with marked statements, and how predictions compare with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.model import Span

PUBLISHED = date(2017, 5, 11)
_STANCES = ("asserts", "denies", "questions", "requests", "commits", "noComment")
_MARK = re.compile(r"\{((?:[a-z]+\d+)(?:,[a-z]+\d+)*) |\}")


@dataclass(frozen=True, slots=True)
class Gold:
    """One marked statement."""

    number: int
    roles: Mapping[str, tuple[Span, ...]]
    """Spans by role: s source, c cue, k content, to, for, in, by, t (time)."""
    stance: str = "asserts"
    polarity: str = "positive"
    certainty: str = "certain"
    parent: int | None = None
    """Number of the statement whose content holds this one."""
    said: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its statements."""

    section: str
    text: str
    statements: tuple[Gold, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A predicted statement, in whatever form the caller has it, as this module compares it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: str
    polarity: str
    certainty: str
    parent: int | None = None
    """Index of the parent among the predictions."""
    roles: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    said: tuple[date, date] | None = None


def read_passages(path: Path) -> list[Passage]:
    """The passages of a marked file, in the order of the file."""
    passages: list[tuple[str, str, list[str]]] = []
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            section = line.strip("= ")
        elif re.match(r"\d+: ", line):
            passages[-1][2].append(line)
        elif line.strip() and not line.startswith("#"):
            passages.append((section, line, []))
    return [_passage(*parts) for parts in passages]


def _passage(section: str, marked: str, notes: Sequence[str]) -> Passage:
    text, spans = _unmark(marked)
    roles: dict[int, dict[str, list[Span]]] = {}
    for label, span in spans:
        role, number = re.fullmatch(r"([a-z]+)(\d+)", label).groups()
        roles.setdefault(int(number), {}).setdefault(role, []).append(span)
    detail = dict(_note(line) for line in notes)
    unknown = detail.keys() - roles.keys()
    if unknown:
        raise ValueError(f"{marked!r}: notes on {sorted(unknown)}, which are not marked")
    statements = tuple(
        Gold(
            number,
            {role: tuple(sorted(found)) for role, found in roles[number].items()},
            **detail.get(number, {}),
        )
        for number in sorted(roles)
    )
    return Passage(section, text, statements)


def _unmark(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    marked = marked.replace("¶", "\n\n")
    text, open_marks, spans, position = "", [], [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        if match[1]:
            open_marks.append((match[1], len(text)))
            continue
        labels, start = open_marks.pop()
        spans += [(label, Span(start, len(text))) for label in labels.split(",")]
    if open_marks:
        raise ValueError(f"{marked!r}: a mark is not closed")
    return text + marked[position:], spans


def _note(line: str) -> tuple[int, dict[str, object]]:
    number, rest = line.split(": ", 1)
    words = rest.split()
    detail: dict[str, object] = {}
    while words:
        word = words.pop(0)
        if word in _STANCES:
            detail["stance"] = word
        elif word in ("negative", "positive"):
            detail["polarity"] = word
        elif word in ("probable", "possible"):
            detail["certainty"] = word
        elif word == "in":
            detail["parent"] = int(words.pop(0))
        elif word == "said":
            detail["said"] = (date.fromisoformat(words.pop(0)), date.fromisoformat(words.pop(0)))
        else:
            raise ValueError(f"{line!r}: {word!r} is no property of a statement")
    return int(number), detail


def word_starts(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Offsets of the words of the spans; punctuation decides nothing."""
    return frozenset(
        m.start() for s in spans for m in re.finditer(r"\w+", text[: s.end]) if m.start() >= s.start
    )


def overlap(left: frozenset[int], right: frozenset[int]) -> float:
    """F1 of two sets of words, in [0, 1]."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def match(text: str, gold: Sequence[Gold], found: Sequence[Found]) -> dict[int, int]:
    """Index of gold to index of found: best overlap of contents first, at least one half.

    A statement without content (silence) is matched by its cue.
    """
    pairs = sorted(
        (-_likeness(text, g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)
    )
    matched: dict[int, int] = {}
    for negative_likeness, i, j in pairs:
        if -negative_likeness >= 0.5 and i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def _likeness(text: str, gold: Gold, found: Found) -> float:
    content = word_starts(text, gold.roles.get("k", ()))
    other = word_starts(text, found.content)
    cues = overlap(word_starts(text, gold.roles.get("c", ())), word_starts(text, found.cue))
    if not content:
        return 0.5 + cues / 2 if cues > 0 else 0.0
    return overlap(content, other) + cues / 1000 if overlap(content, other) >= 0.5 else 0.0


def has_right_source(text: str, gold: Gold, found: Found) -> bool:
    """True if the sources share a word, or both are empty."""
    left = word_starts(text, gold.roles.get("s", ()))
    right = word_starts(text, found.source)
    return bool(left & right) or not (left or right)


@dataclass(slots=True)
class Tally:
    """Counts over passages."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, passage: Passage, found: Sequence[Found]) -> None:
        """Count one passage."""
        gold, text = passage.statements, passage.text
        matched = match(text, gold, found)
        self.counts.update(gold=len(gold), found=len(found), matched=len(matched))
        for i, wanted in enumerate(gold):
            if i not in matched:
                self.misses.append(f"missed {wanted.number}: {text}")
                continue
            other = found[matched[i]]
            if not has_right_source(text, wanted, other):
                self.misses.append(f"source of {wanted.number}: {text}")
                continue
            self.counts["right"] += 1
        for j, extra in enumerate(found):
            if j not in matched.values():
                words = " ".join(span.of(text) for span in (*extra.cue, *extra.content))
                self.misses.append(f"extra {words!r}: {text}")
        for name, is_right, note in _properties(passage, found, matched):
            self.counts[name + " seen"] += 1
            self.counts[name] += is_right
            if not is_right:
                self.misses.append(f"{name} {note}: {text}")

    def accuracy(self, name: str) -> float:
        """Share of the matched statements whose property is right."""
        return self.counts[name] / max(1, self.counts[name + " seen"])

    def f1(self) -> float:
        """F1 of triples: content overlap of one half at least, and the right source."""
        return 2 * self.counts["right"] / max(1, self.counts["gold"] + self.counts["found"])


def _properties(
    passage: Passage, found: Sequence[Found], matched: Mapping[int, int]
) -> Iterator[tuple[str, bool, str]]:
    numbers = {j: passage.statements[i].number for i, j in matched.items()}
    for i, wanted in enumerate(passage.statements):
        if i not in matched:
            continue
        other = found[matched[i]]
        parent = None if other.parent is None else numbers.get(other.parent, -1)
        yield "parent", parent == wanted.parent, f"{parent}, not {wanted.parent}"
        yield "stance", other.stance == wanted.stance, f"{other.stance}, not {wanted.stance}"
        if "k" in wanted.roles:
            yield "polarity", other.polarity == wanted.polarity, f"{other.polarity}"
            yield (
                "certainty",
                other.certainty == wanted.certainty,
                (f"{other.certainty}, not {wanted.certainty}"),
            )
        if passage.section.startswith(("when", "longer")):
            yield "said", other.said == wanted.said, f"{other.said}, not {wanted.said}"
            for role in ("to", "for", "in", "by"):
                yield role, _same_phrase(passage.text, wanted, other, role), role


def _same_phrase(text: str, wanted: Gold, other: Found, role: str) -> bool:
    left = word_starts(text, wanted.roles.get(role, ()))
    return overlap(left, word_starts(text, other.roles.get(role, ()))) >= 0.5
