"""Which variable a SELECT shows and its GROUP BY leaves open: parsers do not name it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.query.tokens import Token, read_tokens

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_AGGREGATES = frozenset(("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM"))
_AFTER_GROUPS = frozenset(("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"))


def find_ungrouped(query: str) -> Token | None:
    """The first variable that is neither grouped nor aggregated, subqueries included."""
    tokens = read_tokens(query)
    selects = [place for place, token in enumerate(tokens) if token.word == "SELECT"]
    return next((found for place in selects for found in _ungrouped(tokens[place + 1 :])), None)


def _ungrouped(tokens: Sequence[Token]) -> Iterator[Token]:
    """Of the SELECT that the tokens follow: what it shows as it is and does not group."""
    body = next((n for n, token in enumerate(tokens) if token.text == "{"), len(tokens))
    groups = _groups(tokens[_end_of_block(tokens, body) :])
    head = tokens[:body]
    if groups is None and not any(token.word in _AGGREGATES for token in head):
        return
    depth = 0
    for token in head:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if depth == 0 and token.kind == "variable" and token.text[1:] not in (groups or ()):
            yield token


def _end_of_block(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place].text in _OPEN) - (tokens[place].text in _CLOSE)
        if depth == 0:
            return place + 1
    return len(tokens)


def _groups(tokens: Sequence[Token]) -> set[str] | None:
    """Names of the variables after GROUP BY, with which these tokens begin; else None."""
    if [token.word for token in tokens[:2]] != ["GROUP", "BY"]:
        return None
    names: set[str] = set()
    for token in tokens[2:]:
        if token.word in _AFTER_GROUPS or token.text == "}":
            break
        if token.kind == "variable":
            names.add(token.text[1:])
    return names
