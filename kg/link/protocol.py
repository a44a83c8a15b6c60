"""The W3C Reconciliation Service API: questions to JSON, answers to candidates.

Versions 0.1 and 0.2 (what OpenRefine speaks) and the draft of 1.0. An answer comes from a stranger:
whatever has not the form of the specification is refused here, and nothing of it is kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from kg.errors import KgError
from kg.model import Candidate, LinkService
from kg.vocabulary import EntityType

CANDIDATES = 5
"""Asked for with each name, and kept."""
_MAX_CHARS = 500
_MAX_BATCH = 1000
_DRAFT = ("0.3", "1.0")
_CLASSIC = ("0.1", "0.2")
_IRI_CHARS = ":/?#@!$&'()*+,;=~%-._"


class MalformedError(KgError):
    """Not what the specification says that a service answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """One name to be asked for."""

    type: EntityType
    name: str
    chain: str
    """The founding chain of the entity."""
    class_id: str | None = None
    """A class of the service that the answer should have."""
    hints: tuple[tuple[str, str], ...] = ()
    """Property of the service and the value as worded."""

    def as_json(self) -> str:
        """All of it that a service is told; two questions with the same words are one."""
        return json.dumps([self.name, self.class_id, [list(hint) for hint in self.hints]])


def service_of(url: str, manifest: object, *, threshold: float) -> LinkService:
    """The service that a manifest describes. Raises MalformedError."""
    if not isinstance(manifest, dict) or "identifierSpace" not in manifest:
        raise MalformedError("is no reconciliation service (no manifest with an identifierSpace)")
    space = _text(manifest["identifierSpace"])
    if urlsplit(space).scheme not in ("http", "https", "urn"):
        raise MalformedError(f"has the identifier space {space[:80]!r}; expected an IRI")
    view = manifest.get("view")
    versions = manifest.get("versions")
    size = manifest.get("batchSize")
    return LinkService(
        url=url,
        name=_text(manifest.get("name") or url),
        space=space,
        threshold=threshold,
        view=_text(view.get("url") or "") if isinstance(view, dict) else "",
        versions=tuple(map(_text, versions)) if isinstance(versions, list) else (),
        batch_size=min(size, _MAX_BATCH) if isinstance(size, int) and size > 0 else 0,
    )


def speaks_draft(service: LinkService) -> bool:
    """True for a service that knows only the draft of 1.0. Raises MalformedError for others."""
    versions = service.versions or _CLASSIC
    if any(version.startswith(_CLASSIC) for version in versions):
        return False
    if any(version.startswith(_DRAFT) for version in versions):
        return True
    raise MalformedError(f"speaks version {', '.join(versions)}; kg speaks 0.1, 0.2 and 1.0-draft")


def classic_batch(batch: Sequence[Question]) -> str:
    """The value of the form field `queries`, versions 0.1 and 0.2."""
    return json.dumps({f"q{i}": _classic_query(each) for i, each in enumerate(batch)})


def _classic_query(question: Question) -> dict[str, Any]:
    query: dict[str, Any] = {"query": question.name, "limit": CANDIDATES}
    if question.class_id is not None:
        query["type"] = question.class_id
        query["type_strict"] = "should"
    if question.hints:
        query["properties"] = [{"pid": pid, "v": value} for pid, value in question.hints]
    return query


def draft_batch(batch: Sequence[Question]) -> str:
    """The body of a POST to `/match`, draft of 1.0."""
    return json.dumps({"queries": [_draft_query(each) for each in batch]})


def _draft_query(question: Question) -> dict[str, Any]:
    name = {"matchType": "name", "propertyValue": question.name}
    hints = [
        {"matchType": "property", "propertyId": pid, "propertyValue": value, "required": False}
        for pid, value in question.hints
    ]
    query: dict[str, Any] = {"conditions": [name, *hints], "limit": CANDIDATES}
    if question.class_id is not None:
        query["type"] = question.class_id
    return query


def read_answer(
    answer: object, count: int, service: LinkService
) -> list[tuple[Candidate, ...] | None]:
    """The candidates of each question of a batch, None where it got no answer of the right form.

    Raises MalformedError where the answer as a whole has another form. What was answered to
    questions that nobody asked is left out.
    """
    if not isinstance(answer, dict):
        raise MalformedError(f"answered a {type(answer).__name__} instead of an object")
    results = answer.get("results")
    if isinstance(results, list):  # the draft: by position
        if len(results) != count:
            raise MalformedError(f"gave {len(results)} answers to {count} names")
        return [_candidates(each, "candidates", service) for each in results]
    found = [answer.get(f"q{i}") for i in range(count)]
    if all(each is None for each in found):
        raise MalformedError(_complaint(answer))
    return [_candidates(each, "result", service) for each in found]


def _complaint(answer: Mapping[str, Any]) -> str:
    for key in ("message", "details", "error"):
        if isinstance(answer.get(key), str):
            return f"answered an error: {_text(answer[key])[:200]}"
    return "answered none of the names"


def _candidates(found: object, key: str, service: LinkService) -> tuple[Candidate, ...] | None:
    listed = found.get(key) if isinstance(found, dict) else None
    if not isinstance(listed, list):
        return None
    try:
        read = [_candidate(each, service) for each in listed]
    except (MalformedError, ValueError, TypeError):
        return None
    unique: dict[str, Candidate] = {}
    for each in sorted(read, key=_best_first):
        unique.setdefault(each.iri, each)
    return tuple(unique.values())[:CANDIDATES]


def _best_first(candidate: Candidate) -> tuple[float, bool, str]:
    return -candidate.score, not candidate.is_match, candidate.iri


def _candidate(found: object, service: LinkService) -> Candidate:
    if not isinstance(found, dict) or not isinstance(found.get("id"), str | int):
        raise MalformedError("a candidate without an id")
    score = float(found.get("score") or 0.0)
    if not math.isfinite(score):
        raise MalformedError("a score that is no number")
    listed = found.get("type")
    types = listed if isinstance(listed, list) else [listed]
    return Candidate(
        iri=_iri(_text(str(found["id"])), service),
        name=_text(found.get("name") or ""),
        score=score,
        is_match=found.get("match") is True,
        types=tuple(name for name in map(_class_name, types) if name),
    )


def _class_name(found: object) -> str:
    if isinstance(found, dict):
        found = found.get("name") or found.get("id")
    return _text(found) if isinstance(found, str) else ""


def _iri(id_: str, service: LinkService) -> str:
    """What the id names: an IRI as it is, else one in the service's identifier space."""
    if not id_:
        raise MalformedError("an empty id")
    if urlsplit(id_).scheme in ("http", "https"):
        iri = id_
    elif service.space.endswith(("/", "#", "=", ":")):
        iri = service.space + id_
    elif "{{id}}" in service.view:
        iri = service.view.replace("{{id}}", quote(id_, safe=""))
    else:
        iri = f"{service.space}/{id_}"
    return quote(iri, safe=_IRI_CHARS)


def _text(found: object) -> str:
    """One line, no control characters, not too long. Raises MalformedError for what is no text."""
    if not isinstance(found, str):
        raise MalformedError(f"has a {type(found).__name__} where a text belongs")
    return " ".join("".join(c for c in found if c.isprintable() or c.isspace()).split())[
        :_MAX_CHARS
    ]
