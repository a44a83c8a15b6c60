"""Where an anchor stands now: in the same article, or in an edited version of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.ledger.entries import Anchor, Target
from kg.model import Annotation, Article, Chain, Entity, Span, Statement

CONTEXT_CHARS = 40
_NEEDED_CHARS = 8
"""Of context that must fit where the words stand more than once, or in a file of many articles."""


@dataclass(slots=True)
class Corpus:
    """The articles that corrections speak of, with their annotations as corrected so far."""

    articles: dict[str, Article]
    annotations: dict[str, Annotation]
    by_source: dict[str, list[str]]
    """Source, without the number of a line, to article ids in order."""

    @classmethod
    def of(cls, annotated: Iterable[tuple[Article, Annotation]]) -> Corpus:
        """A corpus of articles in any order."""
        corpus = cls({}, {}, {})
        for article, annotation in sorted(annotated, key=lambda pair: pair[0].id):
            corpus.articles[article.id] = article
            corpus.annotations[article.id] = annotation
            corpus.by_source.setdefault(_file_of(article.source), []).append(article.id)
        return corpus


@dataclass(frozen=True, slots=True)
class Place:
    """An anchor found: article and offsets of its words now."""

    article: str
    start: int
    end: int


def anchor_of(article: Article, span: Span) -> Anchor:
    """The anchor of a span."""
    return Anchor(
        article=article.id,
        source=article.source,
        start=span.start,
        end=span.end,
        words=span.of(article.text),
        before=article.text[max(0, span.start - CONTEXT_CHARS) : span.start],
        after=article.text[span.end : span.end + CONTEXT_CHARS],
    )


def target_of_entity(entity: Entity, corpus: Corpus, *, limit: int = 12) -> Target:
    """The anchors of an entity's first chains, founding chain first."""
    chains = _chains_of(corpus)
    known = [chains[chain] for chain in entity.chains if chain in chains]
    anchors = tuple(anchor_of_chain(chain, corpus) for chain in known[:limit])
    return Target(entity.id, entity.name, anchors)


def anchor_of_chain(chain: Chain, corpus: Corpus) -> Anchor:
    """The anchor of the mention that words the chain's name, else of its first one.

    A chain without mentions (the narrator, an unnamed source) is anchored by its name alone.
    """
    article = corpus.articles[chain.article]
    if not chain.mentions:
        return Anchor(article.id, article.source, 0, 0, chain.name)
    named = [span for span in chain.mentions if span.of(article.text) == chain.name]
    return anchor_of(article, next(iter(named or chain.mentions)))


def target_of_statement(statement: Statement, article: Article) -> Target:
    """The anchors of a statement: its cue, if it has one, and its content."""
    spans = (*statement.cue[:1], *statement.content[:1]) or (statement.sentence,)
    words = " ".join(span.of(article.text) for span in spans)
    anchors = tuple(anchor_of(article, span) for span in spans)
    return Target(statement.id, words[:120], anchors, statement.depth)


def locate(anchor: Anchor, corpus: Corpus) -> Place | None:
    """Where the words of an anchor stand now, or None."""
    article = corpus.articles.get(anchor.article)
    if article is not None:
        if article.text[anchor.start : anchor.end] == anchor.words:
            return Place(article.id, anchor.start, anchor.end)
        return None
    candidates = [
        (fit, -abs(start - anchor.start), article_id, start)
        for article_id in corpus.by_source.get(_file_of(anchor.source), ())
        for fit, start in _occurrences(anchor, corpus.articles[article_id])
    ]
    if not candidates:
        return None
    fit, _, found, start = max(candidates, key=lambda item: (item[0], item[1], item[2]))
    is_only = len(candidates) == 1 and corpus.articles[found].source == anchor.source
    if fit < _NEEDED_CHARS and not is_only:
        return None
    return Place(found, start, start + len(anchor.words))


def chain_at(anchor: Anchor, corpus: Corpus) -> str | None:
    """The chain whose mention stands at an anchor now, or None."""
    if anchor.start == anchor.end:
        return _wordless_chain(anchor, corpus)
    place = locate(anchor, corpus)
    if place is None:
        return None
    # Of mentions that lie inside each other ("a cousin of Ilsa Vesk") the nearest in length.
    overlaps = [
        (
            min(m.span.end, place.end) - max(m.span.start, place.start),
            -abs((m.span.end - m.span.start) - (place.end - place.start)),
            m.chain,
        )
        for m in corpus.annotations[place.article].mentions
        if m.span.start < place.end and place.start < m.span.end
    ]
    return max(overlaps)[2] if overlaps else None


def statement_at(target: Target, corpus: Corpus) -> Statement | None:
    """The statement whose cue and content stand at the anchors of a target now, or None."""
    places = [place for anchor in target.anchors if (place := locate(anchor, corpus)) is not None]
    if not places:
        return None
    found: list[tuple[int, int, Statement]] = []
    for statement in corpus.annotations[places[0].article].statements:
        spans = (*statement.cue, *statement.content) or (statement.sentence,)
        shared = sum(_shared(place, spans) for place in places)
        if shared:
            found.append((int(statement.depth == target.depth), shared, statement))
    return max(found, key=lambda item: (item[0], item[1], item[2].id))[2] if found else None


def wanted_articles(targets: Iterable[Target]) -> tuple[frozenset[str], frozenset[str]]:
    """Article ids and sources (without line numbers) that corrections speak of."""
    anchors = [anchor for target in targets for anchor in target.anchors]
    return frozenset(a.article for a in anchors), frozenset(_file_of(a.source) for a in anchors)


def _chains_of(corpus: Corpus) -> Mapping[str, Chain]:
    return {
        chain.id: chain for annotation in corpus.annotations.values() for chain in annotation.chains
    }


def _wordless_chain(anchor: Anchor, corpus: Corpus) -> str | None:
    annotation = corpus.annotations.get(anchor.article)
    chains = annotation.chains if annotation is not None else ()
    wordless = (chain for chain in chains if not chain.mentions)
    return next((chain.id for chain in wordless if chain.name == anchor.words), None)


def _occurrences(anchor: Anchor, article: Article) -> list[tuple[int, int]]:
    """Where the words stand, with the number of characters of the context that fit."""
    found: list[tuple[int, int]] = []
    text = article.text
    start = text.find(anchor.words)
    while start >= 0:
        end = start + len(anchor.words)
        before = text[max(0, start - CONTEXT_CHARS) : start]
        after = text[end : end + CONTEXT_CHARS]
        fit = _common(anchor.before[::-1], before[::-1]) + _common(anchor.after, after)
        found.append((fit, start))
        start = text.find(anchor.words, start + 1)
    return found


def _common(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _shared(place: Place, spans: Iterable[Span]) -> int:
    return sum(max(0, min(s.end, place.end) - max(s.start, place.start)) for s in spans)


def _file_of(source: str) -> str:
    """A source without the number of the article in its file."""
    head, mark, number = source.rpartition("#")
    return head if mark and number.isdigit() else source
