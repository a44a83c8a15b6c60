"""The tokens of a SPARQL query, comments left out."""

from __future__ import annotations

import re
from typing import NamedTuple

_SHORT_STRING = r"""'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*\""""
_TOKEN = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    |(?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
        |{_SHORT_STRING})
    |(?P<variable>[?$]\w+)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<blank>_:[\w.-]+)
    |(?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<prefixed>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%-]|\\.|\.(?=[\w:%-]))*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<bracket>[(){{}}\[\]])
    |(?P<operator>\|\||&&|\^\^|[!.;,/|^*+?])
    |(?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One token."""

    kind: str
    """`iri`, `string`, `variable`, `language`, `blank`, `number`, `prefixed`, `word`, `bracket`,
    `operator`, or `other` for what begins none of these."""
    text: str
    start: int
    """Where it begins in the query."""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The keyword that it may be, in upper case; empty for other kinds."""
        return self.text.upper() if self.kind == "word" else ""


def read_tokens(query: str) -> list[Token]:
    """The tokens in their order; together with white space and comments they are the query."""
    return [
        Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(query)
        if match.lastgroup != "comment"
    ]
