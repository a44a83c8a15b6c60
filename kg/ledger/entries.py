"""One line of the ledger: what a person decided, anchored to words of an article.

An anchor names text and no row: article, offsets, the words themselves and a little context, so
that it is found again in a new store, under another model, or after the article was edited nearby.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kg.ids import short_hash

VERSION = 1
"""Of the line format; a line of a newer one is reported and left as it is."""


class Action(StrEnum):
    """What a correction does."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETYPE = "retype"
    REJECT = "reject"
    LINK = "link"
    NOT_LINK = "not-link"
    SPEAKER = "speaker"
    STANCE = "stance"
    NOT_A_STATEMENT = "not-a-statement"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Author:
    """Who corrects, when (ISO 8601) and why."""

    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words at one place of one article."""

    article: str
    source: str
    start: int
    end: int
    """Half-open, in code points; start == end for a chain without words, such as the narrator."""
    words: str
    before: str = ""
    after: str = ""
    """Up to 40 characters on either side, to find the place again in an edited article."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is corrected: an entity (an anchor a chain) or a statement (cue, then content)."""

    id: str
    """The id at the time; for people who read the ledger, never looked up."""
    name: str
    anchors: tuple[Anchor, ...]
    depth: int | None = None
    """Of a statement; None for an entity."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a person."""

    id: str
    action: Action
    author: Author
    subject: Target | None = None
    others: tuple[Target, ...] = ()
    value: str | None = None
    """The new name, type or stance; the IRI of a link; the id of what is undone; for a split
    `mention` (these mentions alone) or `chain` (all their article means by them)."""


def correction(
    action: Action,
    author: Author,
    subject: Target | None = None,
    others: tuple[Target, ...] = (),
    *,
    value: str | None = None,
) -> Correction:
    """A correction with its id, a digest of all the rest: the same line is the same correction."""
    made = Correction("", action, author, subject, others, value)
    body = json.dumps(_fields(made), sort_keys=True)
    return Correction(short_hash(body), action, author, subject, others, value)


def to_line(made: Correction) -> str:
    """One line of JSON, line end included; keys in a fixed order that reads well in a diff."""
    return json.dumps({"v": VERSION, "id": made.id, **_fields(made)}, ensure_ascii=False) + "\n"


def from_line(line: str) -> Correction:
    """The correction of a line. Raises ValueError saying what is wrong with it."""
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    if fields.get("v") != VERSION:
        raise ValueError(f"written by another version of kg (v is {fields.get('v')!r})")
    try:
        return _correction_of(fields)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a field is missing or has the wrong form ({error})") from error


def _correction_of(fields: Mapping[str, Any]) -> Correction:
    subject = fields.get("subject")
    found = correction(
        Action(fields["action"]),
        Author(str(fields["who"]), str(fields["when"]), str(fields.get("why", ""))),
        None if subject is None else _target_of(subject),
        tuple(_target_of(target) for target in fields.get("others", ())),
        value=fields.get("value"),
    )
    if fields.get("id") not in (None, found.id):
        raise ValueError("edited by hand (its id is not the digest of the rest)")
    return found


def _target_of(fields: Mapping[str, Any]) -> Target:
    return Target(
        id=str(fields["id"]),
        name=str(fields["name"]),
        anchors=tuple(_anchor_of(anchor) for anchor in fields["anchors"]),
        depth=fields.get("depth"),
    )


def _anchor_of(fields: Mapping[str, Any]) -> Anchor:
    start, end = fields["span"]
    return Anchor(
        article=str(fields["article"]),
        source=str(fields["source"]),
        start=int(start),
        end=int(end),
        words=str(fields["words"]),
        before=str(fields.get("before", "")),
        after=str(fields.get("after", "")),
    )


def _fields(made: Correction) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "action": str(made.action),
        "who": made.author.who,
        "when": made.author.when,
        "why": made.author.why,
    }
    if made.value is not None:
        fields["value"] = made.value
    if made.subject is not None:
        fields["subject"] = _target_fields(made.subject)
    if made.others:
        fields["others"] = [_target_fields(target) for target in made.others]
    return fields


def _target_fields(target: Target) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": target.id, "name": target.name}
    if target.depth is not None:
        fields["depth"] = target.depth
    fields["anchors"] = [
        {
            "words": anchor.words,
            "span": [anchor.start, anchor.end],
            "article": anchor.article,
            "source": anchor.source,
            "before": anchor.before,
            "after": anchor.after,
        }
        for anchor in target.anchors
    ]
    return fields
