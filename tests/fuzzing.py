"""What must hold for any bytes: readers answer, quotations lie in the text, exports parse."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import fromstring

import pyoxigraph as ox
from spacy.language import Language

from kg.annotate.statements.quotations import find_quotations
from kg.annotate.statements.tokens import TokenIndex
from kg.errors import ReadError, UsageError
from kg.export import export
from kg.ids import article_id, short_hash
from kg.model import Annotation, Article, Chain, Claim, Entity, Mention, Run, Span, Statement
from kg.read.decode import without_lone_surrogates
from kg.read.options import ReadOptions
from kg.read.raw import Raw
from kg.read.readers import BY_FORMAT, reader_for
from kg.vocabulary import (
    Act,
    Certainty,
    EntityType,
    MentionKind,
    Polarity,
    QuoteType,
    Stance,
)
from tests.factories import MemoryView

_FORMATS = tuple(BY_FORMAT)
_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "nanopub": ox.RdfFormat.TRIG,
}
_XML = ("graphml", "gexf")
_JSON_LINES = ("jsonl", "ftm")


def read_anything(data: bytes) -> None:
    """The first byte chooses the format. Each article can be stored and its header lies in it."""
    name = _FORMATS[data[0] % len(_FORMATS)] if data else "text"
    raw = Raw(f"fuzz.{name}", data=data[1:], format=name)
    try:
        for found in reader_for(name)(raw, ReadOptions(text_field=None)):
            assert str(found)
            if isinstance(found, Article):
                found.text.encode()
                (found.title or "").encode()
                assert all(span.end <= len(found.text) for span in found.skip)
                assert found.reader
    except (ReadError, UsageError) as answer:
        assert str(answer)


@cache
def _tokenizer() -> Language:
    import spacy

    return spacy.blank("en")


def quote_anything(data: bytes) -> None:
    """Marks made frequent. Each quotation lies in the text, inside its marks, once."""
    text = _text_of(data).translate(_MARKS)
    seen: set[Span] = set()
    for quotation in find_quotations(TokenIndex(_tokenizer()(text))):
        for span in quotation.inner:
            assert span.end <= len(text)
            assert span not in seen
            seen.add(span)


_MARKS = dict(zip(map(ord, "0123456789"), "\"'“”‘’«»„\n", strict=True))


def export_anything(data: bytes) -> None:
    """A graph whose every text is the input: what is written can be read by another's parser."""
    text = _text_of(data) or "x"
    view = _view(text)
    for name, form in _RDF.items():
        assert list(ox.parse(_exported(view, name), format=form))
    for name in _XML:
        assert len(fromstring(_exported(view, name)))
    for name in _JSON_LINES:
        assert [json.loads(line) for line in _exported(view, name).decode().split("\n") if line]
    for name in ("jsonld", "webannotation"):
        assert json.loads(_exported(view, name))
    rows = list(csv.reader(io.StringIO(_exported(view, "csv").decode(), newline="")))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


def _exported(view: MemoryView, name: str) -> bytes:
    out = io.BytesIO()
    export(view, out, name)
    return out.getvalue()


def _text_of(data: bytes) -> str:
    return without_lone_surrogates(data.decode("utf-8", "replace"))


def _view(text: str) -> MemoryView:
    article = Article(article_id(text), text, title=text, url=text, author=text, source=text)
    whole = Span(0, len(text))
    chain = Chain("h1", article.id, EntityType.PERSON, text.strip() or "x", (whole,), named=True)
    statement = Statement(
        id="h2",
        article=article.id,
        speaker=chain.id,
        speaker_span=whole,
        cue=(whole,),
        cue_lemma=text,
        content=(whole,),
        act=Act.SAY,
        stance=Stance.ASSERTS,
        quote_type=QuoteType.DIRECT,
        depth=1,
        parent=None,
        sentence=whole,
        rule=text,
    )
    claim = Claim(
        "h3", article.id, statement.id, (whole,), Polarity.POSITIVE, Certainty.CERTAIN, None
    )
    run = Run(short_hash("run"), "0", text, "c", text, "d")
    mention = Mention(article.id, whole, MentionKind.NAME, EntityType.PERSON, chain.id, text)
    annotation = Annotation(article.id, run.id, (mention,), (chain,), (statement,), (claim,))
    entity = Entity("x-h1", chain.type, chain.name, (text,), (chain.id,), links={chain.id: 1.0})
    return MemoryView(((article, annotation),), (entity,), all_runs=(run,))


CHECKS: dict[str, Callable[[bytes], None]] = {
    "readers": read_anything,
    "quotations": quote_anything,
    "exporters": export_anything,
}
