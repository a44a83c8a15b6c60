"""`kg link --geonames`: cities to GeoNames, offline, by the countries that their articles name."""

from __future__ import annotations

from collections import defaultdict

from kg.link import geonames
from kg.link.geonames import Cities
from kg.pipeline.derive import derive
from kg.pipeline.identify import waiting_links
from kg.pipeline.linking import LinkReport
from kg.store import Store
from kg.vocabulary import EntityType, MentionKind


def link_places(store: Store, cities: Cities | None = None) -> LinkReport:
    """Look up every place that is no territory, again at each call: articles change the context.

    Raises ImportError, naming the extra, where the table is missing.
    """
    cities = cities or geonames.load_cities()
    store.identifiers.forget(geonames.URL)
    derive(store)
    answers = geonames.answer_places(store.entities(), _contexts(store, cities), cities)
    store.identifiers.save_service(geonames.SERVICE)
    store.identifiers.save_answers(answers)
    derive(store)
    report = LinkReport(geonames.URL, asked=len(answers))
    report.linked = sum(
        any(each.origin == geonames.URL for each in entity.external) for entity in store.entities()
    )
    report.waiting = sum(each.service.url == geonames.URL for each in waiting_links(store))
    return report


def _contexts(store: Store, cities: Cities) -> dict[str, list[frozenset[str]]]:
    """Place to the countries that each of its articles names."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for article, annotation in store.annotated():
        names = {m.span.of(article.text) for m in annotation.mentions if m.kind is MentionKind.NAME}
        countries = cities.countries_in(sorted(names))
        places = {
            store.entity_of(chain.id)
            for chain in annotation.chains
            if chain.type is EntityType.PLACE
        }
        for place in places:
            found[place].append(countries)
    return found
