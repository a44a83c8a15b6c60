from __future__ import annotations

import io
import json
from dataclasses import replace
from importlib.resources import files

import pyoxigraph as ox

from kg.export import export
from kg.export.jsonld import context
from kg.vocabulary import DEFAULT_BASE
from tests.factories import MemoryView, small_graph


def quads(form: str, syntax: ox.RdfFormat, view: MemoryView | None = None) -> set[ox.Quad]:
    out = io.BytesIO()
    export(view or small_graph(), out, form)
    return set(ox.parse(out.getvalue(), format=syntax))


def test_jsonld_says_what_nquads_say() -> None:
    found = quads("jsonld", ox.RdfFormat.JSON_LD)
    assert found == quads("nquads", ox.RdfFormat.N_QUADS)
    assert len(found) > 500


def test_text_with_quotation_marks_and_controls_survives() -> None:
    view = small_graph()
    entity = replace(view.all_entities[0], name='a "b" \\ c\n\t\x01 d"^^e')
    view = replace(view, all_entities=(entity, *view.all_entities[1:]))
    assert quads("jsonld", ox.RdfFormat.JSON_LD, view) == quads(
        "nquads", ox.RdfFormat.N_QUADS, view
    )


def test_context_file_is_the_context_of_the_exports() -> None:
    shipped = json.loads((files("kg.export") / "data/context.jsonld").read_text())
    assert shipped == {"@context": context(DEFAULT_BASE)}
