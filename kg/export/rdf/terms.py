"""Terms of RDF as Turtle writes them: prefixes, literals, numbers, and their long forms."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.vocabulary import (
    GRASP_FACTUALITY,
    KG,
    NIF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    WIKIDATA,
    XSD,
)

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def prefixes(base: str) -> dict[str, str]:
    """Prefix to namespace, in alphabetical order; the data's own namespaces lie under `base`."""
    return {
        "art": f"{base}article/",
        "cl": f"{base}claim/",
        "ent": f"{base}entity/",
        "g": f"{base}graph/",
        "graspf": GRASP_FACTUALITY,
        "kg": KG,
        "le": f"{base}local/",
        "nif": NIF,
        "owl": OWL,
        "prov": PROV,
        "rdfs": RDFS,
        "rel": f"{base}relation/",
        "run": f"{base}run/",
        "schema": SCHEMA,
        "skos": SKOS,
        "sp": f"{base}span/",
        "st": f"{base}statement/",
        "wd": WIKIDATA,
        "xsd": XSD,
    }


def header(base: str) -> str:
    """The prefix declarations at the head of a Turtle or TriG file."""
    lines = (f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes(base).items())
    return "".join(lines) + "\n"


def is_iri(text: str) -> bool:
    """True if the text is an absolute IRI that all syntaxes take as it is."""
    return _IRI.fullmatch(text) is not None


def language_tag(language: str) -> str:
    """The tag if it is well-formed, else `und`."""
    return language if _LANGUAGE.fullmatch(language) else "und"


def escape(text: str) -> str:
    """The text between the quotation marks of a literal; a lone surrogate becomes U+FFFD."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text  # nearly all; the three tests run in C
    return _ESCAPED.sub(_escape_one, text)


def _escape_one(found: re.Match[str]) -> str:
    char = found.group()
    if char >= "\ud800":
        return "\ufffd"
    return _SHORT_ESCAPES.get(char) or f"\\u{ord(char):04X}"


@lru_cache(maxsize=4096)
def decimal(number: float) -> str:
    """A number as `xsd:decimal`, four digits at most: rdflib rounds doubles when it writes them."""
    text = f"{number:.4f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


class Expander:
    """Turns the short terms of Turtle into those of N-Triples, which has no prefixes."""

    def __init__(self, base: str) -> None:
        self._namespaces = prefixes(base)
        self._short = {"a": f"<{RDF}type>"}
        """Predicates and other terms of the vocabularies: few, so all are kept."""

    def term(self, name: str) -> str:
        """`<IRI>` of a prefixed name of the data."""
        prefix, _, local = name.partition(":")
        return f"<{self._namespaces[prefix]}{local}>"

    def pair(self, pair: str) -> str:
        """Predicate and object, long."""
        predicate, _, thing = pair.partition(" ")
        long = self._short.get(predicate)
        if long is None:
            long = self._short[predicate] = self.term(predicate)
        return f"{long} {self._object(thing)}"

    def _object(self, thing: str) -> str:
        first = thing[0]
        if first == '"':
            return self._literal(thing)
        if first == "<":
            return thing
        if first.isdigit():
            datatype = "decimal" if "." in thing else "integer"
            return f'"{thing}"^^<{XSD}{datatype}>'
        return self.term(thing)

    def _literal(self, thing: str) -> str:
        head, _, tail = thing.rpartition('"')  # neither language nor datatype holds one
        return f'{head}"^^{self.term(tail[2:])}' if tail.startswith("^^") else thing
