"""One entity out of the chains of a group: its id, type, name, aliases and identifiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TypeVar

from kg.ids import entity_id
from kg.model import Entity, ExternalId
from kg.resolve.names import fold, is_initials, person_tokens
from kg.resolve.profiles import Profile
from kg.vocabulary import EntityType

_LONGER_SHARE = 4
_Text = TypeVar("_Text", bound=str)
_ACRONYM = re.compile(r"[A-Z][A-Z&.-]*[A-Z.]s?")


def entity_of_group(group: Sequence[Profile], scores: Sequence[float]) -> Entity:
    """The entity of some chains, earliest first. `scores`: how sure the link of each one is."""
    founder = group[0]
    entity_type = _most(profile.type for profile in group)
    names = _names(group, entity_type)
    name = _best_name(names, entity_type) or founder.worded_as
    links = {profile.chain: score for profile, score in zip(group, scores, strict=True)}
    links[founder.chain] = 1.0
    subtypes = [p.subtype for p in group if p.type is entity_type and p.subtype]
    genders = [p.gender for p in group if p.gender]
    return Entity(
        id=entity_id(founder.worded_as, founder.chain),
        type=entity_type,
        name=name,
        aliases=tuple(sorted(names.keys() - {name})),
        chains=(founder.chain, *sorted(p.chain for p in group[1:])),
        external=_external(group),
        subtype=_most(subtypes) if subtypes else None,
        gender=_most(genders) if genders else None,
        links=dict(sorted(links.items())),
    )


def _names(group: Sequence[Profile], entity_type: EntityType) -> Counter[str]:
    """Each name as worded, article and possessive left out, with the number of its mentions."""
    found: Counter[str] = Counter()
    for profile in group:
        if profile.worded_as and (profile.type is entity_type or len(group) == 1):
            found[profile.worded_as] += 1
        if profile.named:
            for form, count in profile.worded.items():
                found[_bare(form)] += count
    found.pop("", None)
    return found


def _bare(form: str) -> str:
    words = re.sub(r"['’]s?$", "", form)
    return re.sub(r"^(?:the|The|THE|a|A|an|An)\s+(?=\S)", "", words)


def _best_name(names: Mapping[str, int], entity_type: EntityType) -> str | None:
    """The most frequent among the full names, the longest of equals.

    What an acronym stands for is the full name; what has the acronym in it ("UN Special
    Rapporteur") is none.
    """
    full = [name for name in names if _is_full(name, entity_type)] or list(names)
    if entity_type is EntityType.ORGANISATION:
        short = {fold(name) for name in names.keys() - set(full)}
        spelt = [name for name in full if any(is_initials(s, fold(name)) for s in short)]
        apart = [name for name in full if short.isdisjoint(fold(name).split())]
        full = spelt or apart or list(names)
    spoken = {name.casefold() for name in full if not name.isupper()}
    return min(
        full,
        key=lambda name: (_shouted(name, spoken), -names[name], -len(name), name),
        default=None,
    )


def _is_full(name: str, entity_type: EntityType) -> bool:
    if entity_type is EntityType.PERSON:
        return len(person_tokens(fold(name))) > 1
    if entity_type is EntityType.ORGANISATION:
        return not _ACRONYM.fullmatch(name)
    return True


def _shouted(name: str, spoken: Container[str]) -> bool:
    """True for the capitals of a headline or dateline; one word alone may be an acronym."""
    return name.isupper() and (len(name.split()) > 1 or name.casefold() in spoken)


def _external(group: Sequence[Profile]) -> tuple[ExternalId, ...]:
    found = sorted({p.wikidata for p in group if p.wikidata is not None})
    return tuple(ExternalId("wikidata", qid, 1.0, "gazetteer") for qid in found)


def _most(values: Iterable[_Text]) -> _Text:
    """The most frequent; the first by name of equals."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
