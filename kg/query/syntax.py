"""What may be asked: queries that read, and messages with line and column for those that cannot.

Nothing here runs a query. Updates do not parse as queries; SERVICE and FROM are refused, because
engines may fetch what they name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from kg.errors import UsageError
from kg.query.grouping import find_ungrouped
from kg.query.tokens import Token, read_tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
_FORBIDDEN = {
    "SERVICE": "asks another server; queries read this graph alone",
    "FROM": "names a data set; queries read this graph alone (GRAPH selects a part of it)",
}
# Oxigraph overflows the stack, and the process ends without a word, where 1,000 calls of functions
# are inside each other (300 are not too many) or 3,000 BINDs follow each other (1,000 are not).
_MAX_DEPTH = 200
_MAX_STEPS = 1_000
_STEPS = frozenset(("AS", "BIND", "FILTER", "MINUS", "OPTIONAL", "UNION", "||", "&&", "!"))
_POSITION = re.compile(r"error at (\d+):(\d+)(?:: expected (.*))?", re.DOTALL)
_RANGES = re.compile(r"\[(?:'[^']*'|[^\]'])*\]")
_SENTENCE = re.compile(r"\w+(?: [\w*]+){2}")
_MAX_SHOWN = 8
_PARSER_POSITION = re.compile(r"\(line:(\d+), col:(\d+)\)")


class Form(StrEnum):
    """What a query answers: rows, a truth value, or triples."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


def read_form(
    query: str, prefixes: Mapping[str, str], tokens: Sequence[Token] | None = None
) -> Form:
    """The form of a query that may be run, `prefixes` being bound without a declaration.

    `tokens` are those of the query, if they were read before.

    Raises UsageError, with line and column, for an update, for SERVICE and FROM, for a prefix that
    nobody declared, for what does not start like a query, and for more brackets inside each other
    (200) or parts (1,000) than the engine has room for. Other errors are the engine's to
    find: see `syntax_error`.
    """
    known = set(prefixes)
    form: Form | None = None
    if tokens is None:
        tokens = read_tokens(query)
    _check_size(query, tokens)
    for number, token in enumerate(tokens):
        if token.kind == "word":
            form = _read_word(query, token, form)
        elif token.kind == "prefixed":
            prefix = token.text.partition(":")[0]
            if number and tokens[number - 1].text.upper() == "PREFIX":
                known.add(prefix)
            elif prefix not in known:
                raise _error(query, token.start, f"prefix '{prefix}:' is not declared")
    if form is None:
        raise _error(query, _first_offset(query), _expected_form(query))
    return form


def _check_size(query: str, tokens: Sequence[Token]) -> None:
    depth = steps = 0
    for token in tokens:
        if token.kind == "bracket":
            depth += 1 if token.text in "([{" else -1
        elif token.text.upper() in _STEPS:
            steps += 1
        if depth > _MAX_DEPTH:
            message = f"more than {_MAX_DEPTH} brackets inside each other"
            raise _error(query, token.start, message)
        if steps > _MAX_STEPS:
            message = f"more than {_MAX_STEPS:,} of FILTER, OPTIONAL, UNION, || and the like"
            raise _error(query, token.start, f"{message}. A list in VALUES or IN may be longer")


def syntax_error(query: str, message: str) -> UsageError:
    """The error for a query that Oxigraph refused with `message`."""
    found = _explain(query)
    if found is not None:
        return found
    position = _POSITION.match(message)
    if position is None:
        return UsageError(f"SPARQL: {message}")
    line, column, expected = position.groups()
    ungrouped = find_ungrouped(query)
    if ungrouped is not None:
        return _error(query, ungrouped.start, _to_group(ungrouped.text))
    return UsageError(f"SPARQL line {line}, column {column}: {_readable(expected)}")


def _explain(query: str) -> UsageError | None:
    """The error as rdflib's parser sees it: it names what it found, and where that begins."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(query)
    except ParseException as error:
        place = _PARSER_POSITION.search(str(error))
        line, column = place.groups() if place else (str(error.lineno), str(error.column))
        found = _word_at(query, error.loc)
        return UsageError(f"SPARQL line {line}, column {column}: cannot read {found} here")
    except RecursionError:  # from about 40 brackets inside each other; Oxigraph's error is left
        return None
    return None


def _word_at(query: str, offset: int) -> str:
    words = query[offset:].split(maxsplit=1)
    return f"'{words[0][:40]}'" if words else "the end"


def _readable(expected: str | None) -> str:
    """What Oxigraph expected, as far as it helps a person.

    Ranges of characters are those of a name, and `[_]`, white space, means that nothing fits. A
    sentence among what it expected is its reason.
    """
    items = _RANGES.sub("", (expected or "").removeprefix("one of ")).split(", ")
    useful = [item.strip() for item in items if item.strip() not in ("", "OPTIONAL")]
    sentences = [item for item in useful if _SENTENCE.match(item)]
    if sentences:
        return sentences[0]
    if not useful:
        return "cannot go on from here"
    shown = ", ".join(useful[:_MAX_SHOWN]) + (" ..." if len(useful) > _MAX_SHOWN else "")
    return f"expected {'one of ' if len(useful) > 1 else ''}{shown}"


def _to_group(variable: str) -> str:
    return (
        f"{variable} is neither grouped nor aggregated. Add it to GROUP BY, or show for instance "
        f"(COUNT({variable}) AS ?count)"
    )


def _read_word(query: str, token: Token, form: Form | None) -> Form | None:
    word = token.text.upper()
    if word in _FORBIDDEN:
        raise _error(query, token.start, f"{word} {_FORBIDDEN[word]}")
    if form is not None or word in ("PREFIX", "BASE"):
        return form
    if word in _UPDATES:
        message = f"{word} changes the graph; only {', '.join(FORMS)} are answered"
        raise _error(query, token.start, message)
    if word not in FORMS:
        raise _error(query, token.start, f"expected {', '.join(FORMS)}; found '{token.text}'")
    return Form(word)


def _expected_form(query: str) -> str:
    found = "; the query is empty" if not query.strip() else ""
    return f"expected {', '.join(FORMS)}{found}"


def _first_offset(query: str) -> int:
    return len(query) - len(query.lstrip())


def _error(query: str, offset: int, message: str) -> UsageError:
    before = query[:offset]
    line = before.count("\n") + 1
    column = offset - (before.rfind("\n") + 1) + 1
    return UsageError(f"SPARQL line {line}, column {column}: {message}")
