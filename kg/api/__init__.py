"""The Python interface: `kg.open`, and the nouns it hands out."""

from kg.api.annotating import annotate_inputs, language_model
from kg.api.graph import Graph, open_graph
from kg.api.views import Entities, EntityView, Passage, Statements, StatementView

__all__ = [
    "Entities",
    "EntityView",
    "Graph",
    "Passage",
    "StatementView",
    "Statements",
    "annotate_inputs",
    "language_model",
    "open_graph",
]
