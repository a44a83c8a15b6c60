"""The last step of the annotator: spans, chains and attributions become records with ids."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.annotate.draft import Attribution, ClaimDraft
from kg.ids import short_hash
from kg.model import Article, Chain, Claim, Mention, Relation, Span, Statement
from kg.vocabulary import Certainty, EntityType, Polarity

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.annotate.chains import ChainSet
    from kg.annotate.relations import RelationDraft

_PARAGRAPH = "\n\n"
_STRAY_CLOSING = re.compile(r"(?:[\"”’»)\]]+\s)?\s*")
MAX_DEPTH = 9
"""Deeper nesting is a parse gone wrong; such a statement is kept without a parent."""

_TOPICS = frozenset(
    {
        EntityType.PERSON,
        EntityType.ORGANISATION,
        EntityType.PLACE,
        EntityType.GROUP,
        EntityType.WORK,
    }
)


class Assembler:
    """Makes the statements and claims of one article."""

    def __init__(self, article: Article, doc: Doc, chains: ChainSet) -> None:
        self._article = article
        self._chains = chains
        self._sentences = Sentences(doc)
        self._topics = Topics(chains.chains, chains.mentions)

    def statements(
        self, attributions: Sequence[Attribution]
    ) -> tuple[tuple[Statement | None, ...], tuple[Claim, ...]]:
        """Statements in the order of the attributions, and their claims.

        None stands for an attribution that repeats another one (same cue, depth and content).
        """
        parents = sound_parents(attributions)
        depths = depths_of(attributions, parents)
        ids = self._ids(attributions, depths)
        seen: set[str] = set()
        statements: list[Statement | None] = []
        claims: list[Claim] = []
        for index, attribution in enumerate(attributions):
            if ids[index] in seen:
                statements.append(None)
                continue
            seen.add(ids[index])
            above = parents[index]
            parent = None if above is None or attribution.narrator else ids[above]
            statements.append(self._statement(attribution, ids[index], depths[index], parent))
            claims.extend(self._claims(attribution, ids[index]))
        return tuple(statements), tuple(claims)

    def _ids(self, attributions: Sequence[Attribution], depths: Sequence[int]) -> list[str]:
        """From the cue and the depth, never from the speaker: resolving again must not rename it.

        The content joins in where there is no cue, or where one cue has several contents.
        """
        ids: list[str] = []
        taken: set[str] = set()
        for attribution, depth in zip(attributions, depths, strict=True):
            anchor = attribution.cue or attribution.content
            identifier = short_hash("statement", self._article.id, _written(anchor), depth)
            if identifier in taken:
                anchor = attribution.cue + attribution.content
                identifier = short_hash("statement", self._article.id, _written(anchor), depth)
            taken.add(identifier)
            ids.append(identifier)
        return ids

    def _statement(
        self, attribution: Attribution, identifier: str, depth: int, parent: str | None
    ) -> Statement:
        return Statement(
            id=identifier,
            article=self._article.id,
            speaker=self._chains.speaker(attribution),
            speaker_span=attribution.source,
            cue=attribution.cue,
            cue_lemma=attribution.cue_lemma,
            content=attribution.content,
            act=attribution.act,
            stance=attribution.stance,
            quote_type=attribution.quote_type,
            depth=depth,
            parent=parent,
            sentence=self._sentences.around(attribution.cue + attribution.content),
            kind=attribution.kind,
            quotes=attribution.quotes,
            said=attribution.said,
            addressee=self._chain(attribution.addressee),
            on_behalf_of=self._chain(attribution.on_behalf_of),
            work=self._chain(attribution.work),
            evidence=self._chain(attribution.evidence),
            rule=attribution.rule,
            confidence=round(attribution.confidence, 3),
        )

    def _chain(self, span: Span | None) -> str | None:
        return None if span is None else self._chains.at(span)

    def _claims(self, attribution: Attribution, statement: str) -> list[Claim]:
        drafts = attribution.claims
        if not drafts and attribution.content:
            unknown = (Polarity.UNDERSPECIFIED, Certainty.UNDERSPECIFIED, None)
            drafts = (ClaimDraft(attribution.content, *unknown),)
        return [
            Claim(
                id=short_hash("claim", statement, _written(draft.spans)),
                article=self._article.id,
                statement=statement,
                spans=draft.spans,
                polarity=draft.polarity,
                certainty=draft.certainty,
                tense=draft.tense,
                about=self._topics.inside(draft.spans),
            )
            for draft in dict.fromkeys(drafts)
        ]


class Sentences:
    """The sentences of a Doc as character spans, for looking up the ones around other spans."""

    def __init__(self, doc: Doc) -> None:
        self._text = doc.text
        self._starts = [sentence.start_char for sentence in doc.sents] or [0]

    def around(self, spans: Sequence[Span]) -> Span:
        """The smallest run of whole sentences that covers the spans, without outer white space.

        A paragraph ends a sentence, and a quotation mark that closes the sentence before does not
        begin this one, whatever the parser says.
        """
        first, last = min(span.start for span in spans), max(span.end for span in spans)
        before = bisect_right(self._starts, first) - 1
        after = bisect_left(self._starts, last)
        start = self._starts[max(before, 0)]
        end = self._starts[after] if after < len(self._starts) else len(self._text)
        begun = self._text.rfind(_PARAGRAPH, start, first)
        start = start if begun == -1 else begun + len(_PARAGRAPH)
        closed = self._text.find(_PARAGRAPH, last, end)
        words = self._text[start : end if closed == -1 else closed]
        stray = _STRAY_CLOSING.match(words)
        lead = stray.end() if stray and start + stray.end() <= first else 0
        return Span(start + lead, start + len(words.rstrip()))


class Topics:
    """Which chains are mentioned inside a span; built once an article, looked up by bisection."""

    def __init__(self, chains: Sequence[Chain], mentions: Sequence[Mention]) -> None:
        topics = {chain.id for chain in chains if chain.type in _TOPICS}
        kept = sorted(
            (mention.span, mention.chain) for mention in mentions if mention.chain in topics
        )
        self._mentions = kept
        self._starts = [span.start for span, _ in kept]

    def inside(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """Ids of the chains with a mention inside one of the spans, text order, none twice."""
        found: dict[str, None] = {}
        for span in spans:
            low = bisect_left(self._starts, span.start)
            for position in range(low, bisect_left(self._starts, span.end)):
                mention, chain = self._mentions[position]
                if mention.end <= span.end:
                    found.setdefault(chain)
        return tuple(found)


def trimmed(attribution: Attribution, text: str) -> Attribution:
    """The attribution with no white space at the ends of its spans.

    Tokens end in no-break spaces and line breaks now and then; evidence is words.
    """
    return replace(
        attribution,
        source=_trim_one(attribution.source, text),
        cue=_trim(attribution.cue, text),
        content=_trim(attribution.content, text),
        quotes=_trim(attribution.quotes, text),
        claims=tuple(replace(each, spans=_trim(each.spans, text)) for each in attribution.claims),
        addressee=_trim_one(attribution.addressee, text),
        on_behalf_of=_trim_one(attribution.on_behalf_of, text),
        work=_trim_one(attribution.work, text),
        evidence=_trim_one(attribution.evidence, text),
    )


def _trim(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    found = (_trim_one(span, text) for span in spans)
    return tuple(span for span in found if span is not None)


def _trim_one(span: Span | None, text: str) -> Span | None:
    if span is None:
        return None
    words = span.of(text)
    if words == words.strip():
        return span
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def relations_of(
    article: str, drafts: Sequence[RelationDraft], statements: Sequence[Statement | None]
) -> tuple[Relation, ...]:
    """Relations with ids, in the order given; `statements` as the assembler made them."""
    relations: dict[str, Relation] = {}
    for draft in drafts:
        parts = (draft.subject, draft.predicate, draft.object or draft.text)
        identifier = short_hash("relation", article, _written((draft.span,)), *parts)
        said_in = None if draft.attribution is None else statements[draft.attribution]
        relations.setdefault(
            identifier,
            Relation(
                id=identifier,
                article=article,
                subject=draft.subject,
                predicate=draft.predicate,
                object=draft.object,
                text=draft.text,
                span=draft.span,
                statement=said_in.id if said_in else None,
                rule=draft.rule,
                confidence=round(draft.confidence, 3),
            ),
        )
    return tuple(relations.values())


def sound_parents(attributions: Sequence[Attribution]) -> list[int | None]:
    """The parent of each, None where it is the narrator, closes a circle or nests too deep."""
    parents = [
        None if each.parent is None or attributions[each.parent].narrator else each.parent
        for each in attributions
    ]
    for index in range(len(parents)):
        seen, above = {index}, parents[index]
        while above is not None and above not in seen and len(seen) < MAX_DEPTH:
            seen.add(above)
            above = parents[above]
        if above is not None:
            parents[index] = None
    return parents


def depths_of(attributions: Sequence[Attribution], parents: Sequence[int | None]) -> list[int]:
    """The depth of each: 0 the narrator, 1 a source, 2 a source that a source reports."""
    depths = []
    for index, attribution in enumerate(attributions):
        depth, above = 1, parents[index]
        while above is not None:
            depth, above = depth + 1, parents[above]
        depths.append(0 if attribution.narrator else depth)
    return depths


def _written(spans: Sequence[Span]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)
