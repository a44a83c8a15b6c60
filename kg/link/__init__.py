"""Outside identifiers for entities: asked of a service that the user names, kept, and decided.

`questions(...)` says what would be asked; `Service` asks a W3C Reconciliation service over HTTP;
`decide(...)` turns answers into identifiers, from the store alone. Only `Service` uses the network.
"""

from kg.link.decide import DEFAULT_THRESHOLD, Answers, Linked, OpenLink, Verdict, decide
from kg.link.protocol import Question
from kg.link.questions import LINKED_TYPES, Hint, Wanted, questions, wikidata_classes
from kg.link.service import Outcome, Service
from kg.link.transport import Clock, ServiceDownError, ServiceError, Transport, check_address

__all__ = [
    "DEFAULT_THRESHOLD",
    "LINKED_TYPES",
    "Answers",
    "Clock",
    "Hint",
    "Linked",
    "OpenLink",
    "Outcome",
    "Question",
    "Service",
    "ServiceDownError",
    "ServiceError",
    "Transport",
    "Verdict",
    "Wanted",
    "check_address",
    "decide",
    "questions",
    "wikidata_classes",
]
