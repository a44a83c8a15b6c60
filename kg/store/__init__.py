"""Where articles, annotations and what was resolved are kept.

with Store.open(Path(".kg"), create=True) as store:     # or read_only=True
    store.add(article); store.save_run(run); store.put(article, annotation)
    store.save_resolution(entities, links)
    for article, annotation in store.annotated(): ...   # a GraphView
    store.find_entities("Alushkin"); store.entity(id)   # ids that went lead to the new ones
    store.statements(StatementFilter(speaker=id, stance=Stance.DENIES))
    store.change; store.changes_since(number)           # for the SPARQL index in store.index
"""

from kg.store.articles import Addition, Again
from kg.store.backup import restore_backup
from kg.store.changes import Changes
from kg.store.lookup import Counts, FoundEntity, FoundPassage, StatementFilter
from kg.store.store import Store

__all__ = [
    "Addition",
    "Again",
    "Changes",
    "Counts",
    "FoundEntity",
    "FoundPassage",
    "StatementFilter",
    "Store",
    "restore_backup",
]
