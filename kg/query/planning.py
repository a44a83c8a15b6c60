"""Words a query so that Oxigraph joins large sets by hashing, and not by one look-up after another.

Oxigraph finds the matches of each row so far in the index: 5 microseconds on disk, however many
rows there are. To read all triples of a predicate in their order takes 0.3 microseconds a triple,
and a subquery makes it do so: what it finds is joined by hashing. Which of the two is less is known
from counts of the predicates, with the estimates of System R (Selinger and others: Access path
selection in a relational database management system, SIGMOD 1979). The answers are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.query.patterns import Block, Group, Optional, Pattern, Union, Values, read_outline
from kg.query.statistics import Statistics
from kg.query.tokens import Token, read_tokens
from kg.vocabulary import RDF

_LOOK_UP_COST = 12.0
"""Of finding the matches of one row in the index on disk; to read the next triple costs 1."""
_MIN_ROWS = 300
"""Fewer rows are looked up in two milliseconds, whatever else could be done."""
_STEP = "kg_step_"
"""How variables begin that stand between the steps of a path."""


def plan(
    query: str,
    prefixes: Mapping[str, str],
    statistics: Statistics,
    tokens: Sequence[Token] | None = None,
) -> str:
    """The query, or one with the same answers that takes less time on disk.

    `prefixes` are bound without a declaration; `tokens` are those of the query, if they were read
    before. What cannot be read is returned as it is. Rows that no ORDER BY puts in order can come
    in another one.
    """
    outline = read_outline(read_tokens(query) if tokens is None else tokens)
    if outline is None or any(name[1:].startswith(_STEP) for name in outline.variables):
        return query
    planner = _Planner(_Edges(statistics, {**prefixes, **outline.prefixes}))
    planner.plan_group(outline.group)
    return _replaced(query, planner.planned)


def _replaced(query: str, planned: Iterable[tuple[Block, str]]) -> str:
    parts, at = [], 0
    for block, text in sorted(planned, key=lambda one: one[0].start):
        parts += [query[at : block.start], text]
        at = block.end
    return "".join([*parts, query[at:]])


@dataclass(frozen=True, slots=True)
class _Edge:
    """A triple pattern with one predicate, or one with a path that is looked up as it is."""

    text: str
    number: float
    """About how many triples fit, each variable free."""
    distinct: Mapping[str, float]
    """Variable to about how many values it has among these."""
    is_path: bool = False

    def subquery(self) -> str:
        return f"{{ SELECT {' '.join(self.distinct)} WHERE {{ {self.text} }} }}"


class _Edges:
    """Makes edges, with what the statistics know of them."""

    def __init__(self, statistics: Statistics, prefixes: Mapping[str, str]) -> None:
        self._statistics = statistics
        self._prefixes = prefixes
        self._steps = 0

    def of(self, block: Block) -> list[_Edge]:
        """The edges of all patterns, in their order."""
        return [edge for pattern in block.patterns for edge in self._of_pattern(pattern)]

    def _of_pattern(self, pattern: Pattern) -> Iterator[_Edge]:
        if pattern.hops is None:
            yield self._path(pattern)
            return
        start = pattern.subject
        for number, hop in enumerate(pattern.hops, 1):
            end = pattern.object if number == len(pattern.hops) else self._step()
            subject, thing = (end, start) if hop.is_inverse else (start, end)
            yield self._edge(subject, hop.predicate, thing)
            start = end

    def _step(self) -> str:
        self._steps += 1
        return f"?{_STEP}{self._steps}"

    def _path(self, pattern: Pattern) -> _Edge:
        text = f"{pattern.subject} {pattern.path} {pattern.object}"
        number = float(self._statistics.triples)
        ends = (pattern.subject, pattern.object)
        return _Edge(text, number, {end: number for end in ends if _is_variable(end)}, is_path=True)

    def _edge(self, subject: str, predicate: str, thing: str) -> _Edge:
        number, objects = self._count(predicate)
        if not _is_variable(thing):
            number = self._count_of_value(predicate, thing, number / max(1.0, objects))
        if not _is_variable(subject):
            number = min(number, 1.0)
        distinct = {term: number for term in (subject, predicate, thing) if _is_variable(term)}
        if thing in distinct:
            distinct[thing] = min(number, objects)
        return _Edge(f"{subject} {predicate} {thing}", number, distinct)

    def _count(self, predicate: str) -> tuple[float, float]:
        """The triples of a predicate, and their different objects."""
        known = self._statistics
        if _is_variable(predicate):
            return known.triples, known.triples
        iri = self._iri(predicate)
        return known.predicates.get(iri, 0), known.objects.get(iri, 0)

    def _count_of_value(self, predicate: str, value: str, usual: float) -> float:
        """The triples of a predicate that have the value; as many as others have if unknown."""
        values = self._statistics.values.get(self._iri(predicate))
        if values is None:
            return usual
        return values.get(value.strip("\"'") if value[0] in "\"'" else self._iri(value), 0)

    def _iri(self, term: str) -> str:
        if term == "a":
            return f"{RDF}type"
        if term[0] == "<":
            return term[1:-1]
        prefix, _, local = term.partition(":")
        return self._prefixes.get(prefix, "") + local


class _Planner:
    """Follows how the groups of a query are joined, and words their blocks anew."""

    def __init__(self, edges: _Edges) -> None:
        self._edges = edges
        self.planned: list[tuple[Block, str]] = []

    def plan_group(self, group: Group) -> None:
        """Plan what is joined to nothing else: all of a query, or a group of UNION."""
        blocks = [part for part in group.parts if isinstance(part, Block)]
        edges = [self._edges.of(block) for block in blocks]
        join = _Join([edge for some in edges for edge in some])
        join.add_values(part for part in group.parts if isinstance(part, Values))
        hashed = join.run()
        for block, some in zip(blocks, edges, strict=True):
            self._word(block, some, hashed)
        if not join.is_large:
            return
        for part in group.parts:
            if isinstance(part, Union):
                for one in part.groups:
                    self.plan_group(one)
            elif isinstance(part, Optional):
                self._plan_optional(part.group, join.rows)

    def _plan_optional(self, group: Group, rows: float) -> None:
        """All of it is hashed or nothing: what is found for each row cannot be both."""
        if len(group.parts) != 1 or not isinstance(block := group.parts[0], Block):
            return
        edges = self._edges.of(block)
        is_possible = all(_can_be_hashed(edge) for edge in edges)
        if is_possible and _pays(sum(edge.number for edge in edges), rows):
            self._word(block, edges, {edge.text for edge in edges})

    def _word(self, block: Block, edges: list[_Edge], hashed: set[str]) -> None:
        subqueries = [edge.subquery() for edge in edges if edge.text in hashed]
        if subqueries:
            looked_up = [f"{edge.text} ." for edge in edges if edge.text not in hashed]
            self.planned.append((block, "\n".join(looked_up + subqueries)))


class _Join:
    """How many rows there are while the patterns of a group are joined, the fewest rows first."""

    def __init__(self, edges: list[_Edge]) -> None:
        self._left = edges
        self._distinct: dict[str, float] = {}
        self.rows = 1.0

    @property
    def is_large(self) -> bool:
        """True if looking up each row takes time, or if there is nothing to tell how many."""
        return not self._distinct or self.rows >= _MIN_ROWS

    def add_values(self, parts: Iterable[Values]) -> None:
        """Join the rows of VALUES, wherever they stand."""
        for part in parts:
            self.rows *= part.rows
            self._distinct.update(dict.fromkeys(part.variables, float(part.rows)))

    def run(self) -> set[str]:
        """Join all patterns; the texts of those that are to be joined by hashing are returned."""
        hashed: set[str] = set()
        read_first = ""
        while self._left:
            edge = min(self._nearest(), key=self._rows_with)
            rows = before = self._rows_with(edge)
            if self._distinct:
                before = self.rows
            else:
                read_first = edge.text
            if _can_be_hashed(edge) and _pays(edge.number, before):
                hashed.add(edge.text)
            self._left.remove(edge)
            self.rows = rows
            for name, number in edge.distinct.items():
                self._distinct[name] = min(number, self._distinct.get(name, number))
        # To read the first in its order is what the engine does anyway.
        return hashed if hashed != {read_first} else set()

    def _nearest(self) -> list[_Edge]:
        """The patterns that share a variable with the rows; all if none does."""
        near = [edge for edge in self._left if not self._distinct.keys().isdisjoint(edge.distinct)]
        return near or self._left

    def _rows_with(self, edge: _Edge) -> float:
        """System R: the rarer values of a variable that both have are all among the others."""
        shared = self._distinct.keys() & edge.distinct
        if edge.is_path and shared:
            return self.rows
        rows = self.rows * edge.number
        for name in shared:
            rows /= max(1.0, self._distinct[name], edge.distinct[name])
        return rows


def _pays(triples: float, rows: float) -> bool:
    """True if reading the triples takes less time than looking up each of the rows."""
    return rows >= _MIN_ROWS and triples < rows * _LOOK_UP_COST


def _can_be_hashed(edge: _Edge) -> bool:
    return bool(edge.distinct) and not edge.is_path


def _is_variable(term: str) -> bool:
    return term[0] in "?$"
