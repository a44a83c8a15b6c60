"""Finer classes of schema.org for names whose words say what they are."""

from __future__ import annotations

from kg.annotate.names.words import (
    COMPANY_HEADS,
    GOVERNMENT_HEADS,
    NEWS_HEADS,
    NEWS_ORGANISATIONS,
    PARTY_HEADS,
    SCHOOL_HEADS,
)
from kg.territories import find_territory
from kg.vocabulary import EntityType

# In order: "News Corporation" is an outlet, "Court of the University" a court.
_BY_HEAD = (
    (NEWS_HEADS, "NewsMediaOrganization"),
    (GOVERNMENT_HEADS, "GovernmentOrganization"),
    (SCHOOL_HEADS, "EducationalOrganization"),
    (PARTY_HEADS, "PoliticalParty"),
    (COMPANY_HEADS, "Corporation"),
)


def find_subtype(name: str, type_: EntityType) -> tuple[str | None, str | None]:
    """The schema.org class of a name and its Wikidata item, each None where not known."""
    if type_ is EntityType.PLACE:
        territory = find_territory(name)
        return (territory.subtype, territory.wikidata) if territory else (None, None)
    if type_ is EntityType.ORGANISATION:
        return _organisation(name), None
    return None, None


def _organisation(name: str) -> str | None:
    if name.lower() in NEWS_ORGANISATIONS:
        return "NewsMediaOrganization"
    words = {word.strip(".,").lower() for word in name.split()}
    return next((subtype for heads, subtype in _BY_HEAD if words & heads), None)
