"""The chains of one article, and which of them a phrase or a speaker means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.annotate.chains.clusters import Cluster, Member
from kg.annotate.chains.names import seat_range
from kg.annotate.chains.phrases import Phrase, core_edges
from kg.annotate.chains.words import Words
from kg.annotate.draft import Attribution
from kg.ids import short_hash
from kg.model import Chain, Mention, Span
from kg.vocabulary import EntityType, MentionKind

UNNAMED = "unnamed source"
NARRATOR = "(article narrator)"
_KIND_ORDER = {MentionKind.NAME: 0, MentionKind.NOMINAL: 1, MentionKind.PRONOUN: 2}
_QUOTATION_MARKS = (("“", "”"), ('"', '"'), ("«", "»"))
_POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class ChainSet:
    """Chains and mentions in text order; the narrator and the unnamed source come last."""

    chains: tuple[Chain, ...]
    mentions: tuple[Mention, ...]
    narrator: str
    """Chain id of the article's own voice."""
    unnamed: str
    """Chain id of the unnamed source; the chain is there only if a statement has no source."""
    words: Words = field(repr=False)
    by_span: dict[Span, str] = field(repr=False)
    by_head: dict[int, str] = field(repr=False)
    """Head token of a mention to its chain."""
    by_token: dict[int, str] = field(repr=False)
    """Token of a name to its chain."""

    def at(self, span: Span) -> str | None:
        """Chain id of the mention that is the span, or that heads the noun phrase in it."""
        same = self.by_span.get(span)
        if same is not None:
            return same
        first, end = self.words.range_of(span)
        head = self.words.head_of(first, end)
        if head in self.by_head:
            return self.by_head[head]
        if head in self.by_token:
            return self.by_token[head]
        inside = [child for child in self.words.children[head] if first <= child < end]
        named = [child for child in inside if self.words.dep[child] == "appos"]
        return next((self.by_head[child] for child in named if child in self.by_head), None)

    def speaker(self, attribution: Attribution) -> str:
        """Chain id of who speaks: every attribution has one."""
        if attribution.narrator:
            return self.narrator
        if attribution.source is None:
            return self.unnamed
        return self.at(attribution.source) or self.unnamed


def chain_set(
    article_id: str,
    words: Words,
    clusters: Sequence[Cluster],
    attributions: Sequence[Attribution],
) -> ChainSet:
    """The records of the clusters, each of which has a member.

    The unnamed source is among them if it is the speaker of an attribution.
    """
    chains: list[Chain] = []
    mentions: list[Mention] = []
    by_head: dict[int, str] = {}
    by_token: dict[int, str] = {}
    ordered = sorted(clusters, key=lambda cluster: _by_place(_sorted(cluster)[0]))
    for cluster in ordered:
        members = _sorted(cluster)
        chain = _chain(article_id, words, cluster, members)
        chains.append(chain)
        for member in members:
            mentions.append(_mention(article_id, chain, cluster, member))
            by_head[member.phrase.head] = chain.id
            if member.phrase.kind is MentionKind.NAME:
                tokens = range(member.phrase.first, member.phrase.end)
                by_token.update(dict.fromkeys(tokens, chain.id))
    narrator = Chain(
        short_hash("chain", article_id, "narrator"), article_id, EntityType.NARRATOR, NARRATOR, (),
        named=False,
    )  # fmt: skip
    unnamed = Chain(
        short_hash("chain", article_id, "unnamed"), article_id, EntityType.GROUP, UNNAMED, (),
        named=False, plural=True,
    )  # fmt: skip
    mentions.sort(key=lambda mention: (mention.span, mention.chain))
    found = ChainSet(
        chains=(*chains, narrator),
        mentions=tuple(mentions),
        narrator=narrator.id,
        unnamed=unnamed.id,
        words=words,
        by_span={mention.span: mention.chain for mention in mentions},
        by_head=by_head,
        by_token=by_token,
    )
    if all(found.speaker(attribution) != unnamed.id for attribution in attributions):
        return found
    return replace(found, chains=(*found.chains, unnamed))


def _by_place(member: Member) -> tuple[Span, int]:
    return member.phrase.span, _KIND_ORDER[member.phrase.kind]


def _sorted(cluster: Cluster) -> list[Member]:
    return sorted(cluster.members, key=_by_place)


def _chain(article_id: str, words: Words, cluster: Cluster, members: list[Member]) -> Chain:
    first = members[0].phrase.span
    known = [member.phrase.name for member in members if member.phrase.name is not None]
    return Chain(
        id=short_hash("chain", article_id, first.start, first.end),
        article=article_id,
        type=cluster.type,
        name=_fullest(words, members),
        mentions=tuple(member.phrase.span for member in members),
        named=cluster.named,
        gender=cluster.gender,
        plural=bool(cluster.plural),
        subtype=next((name.subtype for name in known if name.subtype), None),
        wikidata=next((name.wikidata for name in known if name.wikidata), None),
    )


def _fullest(words: Words, members: Sequence[Member]) -> str:
    """The longest name as worded; without a name, the first noun phrase; else the pronoun."""
    best = min(_KIND_ORDER[member.phrase.kind] for member in members)
    phrases = [member.phrase for member in members if _KIND_ORDER[member.phrase.kind] == best]
    if phrases[0].kind is MentionKind.NOMINAL:
        first = phrases[0]
        joined = words.dep[first.head] == "cc"
        span = first.span if joined else words.span(*core_edges(words, first.head))
        return _bare(span.of(words.text))
    if phrases[0].kind is MentionKind.PRONOUN:
        return phrases[0].span.of(words.text)
    # The longest in words, then in letters; the first of equals.
    spans = [words.span(phrase.first, _end_of_name(words, phrase)) for phrase in phrases]
    names = [_bare(span.of(words.text)) for span in spans]
    return max(names, key=lambda name: (name.count(" "), len(name)))


def _end_of_name(words: Words, phrase: Phrase) -> int:
    """One past the last token of a name, its seat included: two embassies must not look alike."""
    seat = seat_range(words, phrase)
    return seat.stop if seat else phrase.end


def _bare(name: str) -> str:
    """A name without "the", possessive, line breaks and half a pair of quotation marks."""
    for ending in _POSSESSIVES:
        name = name.removesuffix(ending)
    for opening, closing in _QUOTATION_MARKS:
        marks = [mark for mark in name if mark in (opening, closing)]
        if len(marks) == 1:
            name = name.replace(marks[0], "")
    start = 4 if name.lower().startswith("the ") else 0
    return " ".join(name[start:].split()) or name


def _mention(article_id: str, chain: Chain, cluster: Cluster, member: Member) -> Mention:
    return Mention(
        article=article_id,
        span=member.phrase.span,
        kind=member.phrase.kind,
        type=cluster.type,
        chain=chain.id,
        rule=member.rule,
        confidence=round(member.confidence, 3),
    )
