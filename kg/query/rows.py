"""Answers of a query: rows that a program, a person or a spreadsheet can read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import escape as html_escape
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.query.syntax import Form
from kg.terminal import printable
from kg.vocabulary import XSD

if TYPE_CHECKING:
    import pandas as pd

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None
Value = str | int | float | bool | date | None

FORMATS = ("table", "csv", "json", "ttl")
MAX_CELL_CHARS = 60
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_FLOAT = re.compile(r"[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|INF)|NaN", re.ASCII)
_DAY = r"-?\d{4,}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?"
_READ: dict[str, tuple[re.Pattern[str], Callable[[str], Value]]] = {
    **dict.fromkeys(
        (f"{XSD}{name}" for name in ("integer", "nonNegativeInteger", "int", "long")),
        (_INTEGER, int),
    ),
    **dict.fromkeys((f"{XSD}{name}" for name in ("decimal", "double", "float")), (_FLOAT, float)),
    f"{XSD}boolean": (re.compile("true|false|1|0"), lambda text: text in ("true", "1")),
    f"{XSD}date": (
        re.compile(_DAY, re.ASCII),
        lambda text: date.fromisoformat(text[:10]),
    ),
}
"""Datatype to what a well-formed literal of it looks like, and what reads that."""
_CALCULATES_NOTHING = re.compile(rf"{_FLOAT.pattern}|{_DAY}", re.ASCII)


class Rows:
    """The rows of an answer, in its order; as often as you like.

    Iteration gives tuples of Python values: IRIs and texts are `str`, numbers `int` or `float`,
    days `date`, unbound is None. ASK answers one row of one truth value, CONSTRUCT and DESCRIBE
    rows of subject, predicate and object.
    """

    def __init__(
        self,
        form: Form,
        variables: Sequence[str],
        terms: Sequence[tuple[Term, ...]],
        prefixes: Mapping[str, str],
    ) -> None:
        self.form = form
        self.variables = tuple(variables)
        self.terms = terms
        """The same rows as terms of RDF."""
        self._prefixes = prefixes

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return (tuple(value_of(term) for term in row) for row in self.terms)

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.variables)}>"

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{html_escape(name)}</th>" for name in self.variables)
        body = "".join(
            f"<tr>{''.join(f'<td>{html_escape(cell)}</td>' for cell in row)}</tr>"
            for row in self._cells()
        )
        return f"<table><tr>{heads}</tr>{body}</table>"

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame. Raises ImportError if pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            message = "to_pandas() needs pandas. Run: pip install 'claimgraph[tables]'"
            raise ImportError(message) from error
        return pd.DataFrame(list(self), columns=list(self.variables))

    def to_text(self, format: str) -> str:  # noqa: A002 - the word of the command line
        """The rows as `table`, `csv`, `json` (that of SPARQL) or, for triples, `ttl`.

        Raises UsageError for another format, and for `ttl` if the answer has no triples.
        """
        writers = {
            "table": self._table,
            "csv": self._csv,
            "json": self._json,
            "ttl": self._turtle,
        }
        if format not in writers:
            raise UsageError(f"unknown format '{format}'. One of: {', '.join(FORMATS)}")
        return writers[format]()

    def _table(self) -> str:
        cells = [list(self.variables), *self._cells()]
        shown = [[_cut(cell) for cell in row] for row in cells]
        widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
        lines = [
            "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
            for row in shown
        ]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join(lines) + "\n"

    def _cells(self) -> list[list[str]]:
        return [[self._short(term) for term in row] for row in self.terms]

    def _short(self, term: Term) -> str:
        """An IRI by its prefix, a literal by its text."""
        if isinstance(term, ox.NamedNode):
            iri = term.value
            for prefix, namespace in self._prefixes.items():
                if iri.startswith(namespace) and len(iri) > len(namespace):
                    return f"{prefix}:{iri[len(namespace) :]}"
            return iri
        return "" if term is None else _text(term)

    def _csv(self) -> str:
        import csv

        from kg.export.tables import safe_cell

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.variables)
        for row in self.terms:
            writer.writerow([_csv_cell(term, safe_cell) for term in row])
        return out.getvalue()

    def _json(self) -> str:
        if self.form is Form.ASK:
            answer: dict[str, Any] = {"head": {}, "boolean": next(iter(self))[0]}
        else:
            bindings = [
                {
                    name: _json_term(term)
                    for name, term in zip(self.variables, row, strict=True)
                    if term is not None
                }
                for row in self.terms
            ]
            answer = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"

    def _turtle(self) -> str:
        if self.form not in (Form.CONSTRUCT, Form.DESCRIBE):
            raise UsageError(f"{self.form} answers no triples; use table, csv or json")
        triples = [ox.Triple(*row) for row in self.terms]  # type: ignore[arg-type]
        data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(self._prefixes))
        assert data is not None
        return data.decode()


def value_of(term: Term) -> Value:
    """A term as the Python value that means the same, as text if there is none.

    A literal may be of a type that its words do not fit: `"2024-02-30"^^xsd:date`.
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return _text(term)
    datatype, text = term.datatype.value, term.value
    read = _READ.get(datatype)
    if read is None or not read[0].fullmatch(text):
        return text
    try:
        return read[1](text)
    except ValueError:  # 30 February, the year 0, an integer of over 4,300 digits
        return text


def _csv_cell(term: Term, safe: Callable[[str], Value]) -> Value:
    """The lexical form; defused where it is a text that a spreadsheet would take for a formula."""
    if term is None:
        return ""
    text = _text(term)
    is_typed = isinstance(term, ox.Literal) and term.datatype.value in _READ
    return text if is_typed and _CALCULATES_NOTHING.fullmatch(text) else safe(text)


def _text(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _cut(cell: str) -> str:
    flat = printable(" ".join(cell.split()))
    return flat if len(flat) <= MAX_CELL_CHARS else f"{flat[: MAX_CELL_CHARS - 1]}…"


def _json_term(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> dict[str, str]:
    """A term in the JSON of SPARQL 1.1 results."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, ox.Literal):
        return {"type": "bnode", "value": _text(term)}
    found = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
    elif term.datatype.value != f"{XSD}string":
        found["datatype"] = term.datatype.value
    return found
