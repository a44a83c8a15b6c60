"""The triple patterns of a query, and where they stand in its text.

As much of SPARQL 1.1's grammar as planning needs. What lies outside of it (blank nodes, lists,
GRAPH, subqueries ...) is no error: there is no outline then, and the query is asked as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.query.tokens import Token

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_LITERAL_WORDS = ("TRUE", "FALSE")


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a path: one predicate."""

    predicate: str
    """An IRI, prefixed name or variable as written, or `a`."""
    is_inverse: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern, its terms as written."""

    subject: str
    path: str
    object: str
    hops: tuple[Hop, ...] | None
    """The steps, if the path is a sequence of plain ones; None for `p*`, `p|q` and the like."""


@dataclass(frozen=True, slots=True)
class Block:
    """Triple patterns that follow each other; half-open offsets in the query."""

    start: int
    end: int
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """The rows of VALUES."""

    variables: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Optional:
    """OPTIONAL."""

    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    """Groups with UNION between them; one if it is a group in braces alone."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces, in its order; FILTER, BIND and MINUS are left out."""

    parts: tuple[Block | Values | Optional | Union, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The patterns of a query whose rows are all needed."""

    prefixes: dict[str, str]
    """What the query declares; IRIs without their brackets."""
    group: Group
    variables: frozenset[str]
    """All that it names, as written."""


class _OutsideError(Exception):
    """What follows is not part of the grammar here."""


def read_outline(tokens: Sequence[Token]) -> Outline | None:
    """The patterns of a SELECT or CONSTRUCT query with these tokens.

    None if it has what is not known here, if it names no variables (`SELECT *`) or if a LIMIT may
    end it before all rows are found.
    """
    try:
        return _Reader(tokens).outline()
    except _OutsideError:
        return None


class _Reader:
    """Reads tokens from left to right. Raises _OutsideError."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def outline(self) -> Outline:
        prefixes = self._prologue()
        self._head()
        if self._peek().word == "WHERE":
            self._take()
        group = self._group()
        after = {token.word for token in self._tokens[self._next :]}
        if "VALUES" in after or ("LIMIT" in after and not after & {"ORDER", "GROUP"}):
            raise _OutsideError
        names = frozenset(token.text for token in self._tokens if token.kind == "variable")
        return Outline(prefixes, group, names)

    def _prologue(self) -> dict[str, str]:
        found = {}
        while self._peek().word == "PREFIX":
            self._take()
            name, iri = self._take(), self._take()
            if name.kind != "prefixed" or iri.kind != "iri":
                raise _OutsideError
            found[name.text[:-1]] = iri.text[1:-1]
        return found

    def _head(self) -> None:
        """What comes before WHERE."""
        form = self._take().word
        if form == "CONSTRUCT":
            if self._peek().text != "{":  # CONSTRUCT WHERE: the patterns are what is answered
                raise _OutsideError
            self._skip_brackets()
        elif form == "SELECT":
            while self._peek().text != "{" and self._peek().word != "WHERE":
                if self._peek().text == "*":
                    raise _OutsideError
                self._skip()
        else:
            raise _OutsideError

    def _group(self) -> Group:
        self._expect("{")
        parts: list[Block | Values | Optional | Union] = []
        while self._peek().text != "}":
            part = self._part()
            if part is not None:
                parts.append(part)
        self._take()
        return Group(tuple(parts))

    def _part(self) -> Block | Values | Optional | Union | None:
        token = self._peek()
        if token.text == "{":
            return self._union()
        if token.text == ".":
            self._take()
            return None
        match token.word:
            case "OPTIONAL":
                self._take()
                return Optional(self._group())
            case "VALUES":
                return self._values()
            case "FILTER" | "MINUS":
                self._take()
                self._skip_constraint()
                return None
            case "BIND":
                self._take()
                self._skip_brackets()
                return None
        return self._block()

    def _union(self) -> Union:
        groups = [self._group()]
        while self._peek().word == "UNION":
            self._take()
            groups.append(self._group())
        return Union(tuple(groups))

    def _values(self) -> Values:
        self._take()
        if self._peek().text == "(":
            variables = [token.text for token in self._skip_brackets()[1:-1]]
        else:
            variables = [self._take().text]
        data = self._skip_brackets()[1:-1]
        rows = sum(token.text == "(" for token in data) or _count_terms(data)
        return Values(tuple(variables), rows)

    def _skip_constraint(self) -> None:
        """A condition in brackets, the call of a function, EXISTS or NOT EXISTS, or a group."""
        while self._peek().text not in ("(", "{"):
            token = self._take()
            if token.kind not in ("word", "iri", "prefixed"):
                raise _OutsideError
        self._skip_brackets()

    def _block(self) -> Block:
        start = self._peek().start
        patterns: list[Pattern] = []
        while True:
            subject = self._term()
            patterns += self._predicates(subject)
            end = self._tokens[self._next - 1].end
            if self._peek().text != ".":
                break
            end = self._take().end
            if not self._begins_term():
                break
        return Block(start, end, tuple(patterns))

    def _predicates(self, subject: str) -> list[Pattern]:
        found = []
        while True:
            start = self._next
            hops = self._path()
            path = "".join(token.text for token in self._tokens[start : self._next])
            found.append(Pattern(subject, path, self._term(), hops))
            while self._peek().text == ",":
                self._take()
                found.append(Pattern(subject, path, self._term(), hops))
            if self._peek().text != ";":
                return found
            while self._peek().text == ";":
                self._take()
            if self._peek().text in (".", "}") or self._peek().word in _AFTER_BLOCK:
                return found

    def _path(self) -> tuple[Hop, ...] | None:
        """A variable, or plain steps with `/` between them; None for other paths."""
        if self._peek().kind == "variable":
            return (Hop(self._take().text),)
        hops: list[Hop] = []
        is_plain = True
        while True:
            is_inverse = self._peek().text == "^"
            if is_inverse:
                self._take()
            is_plain &= self._step(hops, is_inverse=is_inverse)
            if self._peek().text not in ("/", "|"):
                return tuple(hops) if is_plain else None
            is_plain &= self._take().text == "/"

    def _step(self, hops: list[Hop], *, is_inverse: bool) -> bool:
        """Read one step; True if it is a plain one."""
        token = self._peek()
        is_plain = token.kind in ("iri", "prefixed") or token.text == "a"
        if is_plain:
            hops.append(Hop(self._take().text, is_inverse))
        elif token.text == "!":
            self._take()
            self._step(hops, is_inverse=False)
        elif token.text == "(":
            self._skip_brackets()
        else:
            raise _OutsideError
        if self._peek().text in ("*", "+", "?"):
            self._take()
            is_plain = False
        return is_plain

    def _begins_term(self) -> bool:
        token = self._peek()
        return token.kind in _TERMS or token.word in _LITERAL_WORDS

    def _term(self) -> str:
        """A variable, IRI, name or literal, as written."""
        if not self._begins_term():
            raise _OutsideError
        token = self._take()
        text = token.text
        if token.kind == "string":
            if self._peek().kind == "language":
                text += self._take().text
            elif self._peek().text == "^^":
                text += self._take().text + self._take().text
        return text

    def _skip_brackets(self) -> list[Token]:
        """The tokens from an opening bracket to the one that closes it, both included."""
        start = self._next
        self._skip_one_bracket()
        return list(self._tokens[start : self._next])

    def _skip_one_bracket(self) -> None:
        opening = self._take().text
        if opening not in _CLOSING:
            raise _OutsideError
        while self._peek().text != _CLOSING[opening]:
            self._skip()
        self._take()

    def _skip(self) -> None:
        """A token, or all that stands in brackets."""
        if self._peek().text in _CLOSING and self._peek().kind == "bracket":
            self._skip_one_bracket()
        else:
            self._take()

    def _expect(self, text: str) -> None:
        if self._take().text != text:
            raise _OutsideError

    def _peek(self) -> Token:
        if self._next == len(self._tokens):
            raise _OutsideError
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token


def _count_terms(tokens: Sequence[Token]) -> int:
    """A language or a datatype belongs to its literal."""
    others = sum(token.kind in ("language", "operator") for token in tokens)
    return len(tokens) - others - sum(token.text == "^^" for token in tokens)


_TERMS = ("variable", "iri", "prefixed", "string", "number")
_AFTER_BLOCK = ("OPTIONAL", "FILTER", "MINUS", "BIND", "VALUES", "GRAPH")
