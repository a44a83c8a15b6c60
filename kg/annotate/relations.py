"""Relations that the text words: titles, employers, leaders, spokespeople, kin, and places.

A role noun ("head", "reporter", "wife") is tied to a person by its place before the name, by
apposition, by the copula or by a verb of naming; what the role belongs to gives the relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.chains import ChainSet
from kg.annotate.chains.lexicon import DETERMINERS
from kg.annotate.chains.phrases import core_edges
from kg.annotate.chains.words import Words
from kg.annotate.draft import Attribution
from kg.annotate.nearby import SpanIndex
from kg.annotate.relations_places import owners_of, places_of
from kg.annotate.relations_roles import FORMER, is_role, is_title, predicate_of, whole_role
from kg.model import Chain, Mention, Span
from kg.vocabulary import EntityType, MentionKind

_ROLE_PREPOSITIONS = frozenset({"of", "for", "at", "in", "with", "from", "to"})
_LINKING_VERBS = frozenset({"be", "become", "remain"})
_NAMING_VERBS = frozenset({"call", "name", "appoint", "elect", "describe", "dub", "make"})
_VERBS = {
    "lead": "leaderOf", "head": "leaderOf", "chair": "leaderOf", "govern": "leaderOf",
    "rule": "leaderOf", "found": "leaderOf", "command": "leaderOf", "join": "memberOf",
    "marry": "spouse",
}  # fmt: skip
_MAX_TITLE_TOKENS = 8


@dataclass(frozen=True, slots=True)
class RelationDraft:
    """A relation as worded at one place, before statements have ids."""

    subject: str
    """Chain id."""
    predicate: str
    object: str | None
    """Chain id; None where the object is a literal."""
    text: str
    """The object as worded."""
    span: Span
    """From the first word that states it to the last."""
    attribution: int | None
    """Index of the innermost attribution whose content words it; None if the article does."""
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Role:
    """A role noun tied to a person."""

    person: str
    at: Span
    """The mention of the person."""
    head: int
    first: int
    end: int
    """The title as worded, as a run of tokens."""
    targets: tuple[tuple[int, str], ...]
    """What the role may belong to: head tokens, each with its preposition ("" before the noun)."""
    former: bool
    rule: str
    confidence: float


def find_relations(chains: ChainSet, attributions: Sequence[Attribution]) -> list[RelationDraft]:
    """The relations of an article in text order, none twice at one place."""
    finder = _Finder(chains, attributions)
    found: dict[tuple[object, ...], RelationDraft] = {}
    for draft in finder.drafts():
        found.setdefault(
            (draft.subject, draft.predicate, draft.object or draft.text, draft.span), draft
        )
    return sorted(found.values(), key=lambda draft: (draft.span, draft.predicate, draft.text))


class _Finder:
    def __init__(self, chains: ChainSet, attributions: Sequence[Attribution]) -> None:
        self.chains = chains
        self.words: Words = chains.words
        self.by_id: dict[str, Chain] = {chain.id: chain for chain in chains.chains}
        # A territory with a QID is a country or its like: "Iraq, Syria" is a list.
        self.territories = {chain.id for chain in chains.chains if chain.wikidata}
        self.contents = [
            (number, content)
            for number, attribution in enumerate(attributions)
            for content in attribution.content
        ]
        self.places = SpanIndex([content for _, content in self.contents])

    def drafts(self) -> Iterator[RelationDraft]:
        for mention in self.chains.mentions:
            if mention.type is EntityType.PERSON:
                for role in self._roles(mention):
                    yield from self._from_role(role)
                yield from self._from_verb(mention)
            elif mention.kind is MentionKind.NAME and mention.type in (
                EntityType.ORGANISATION,
                EntityType.PLACE,
            ):
                yield from self._located(mention)

    def _roles(self, mention: Mention) -> Iterator[_Role]:
        first, end = self.words.range_of(mention.span)
        head = self.words.head_of(first, end)
        if mention.kind is MentionKind.NAME:
            yield from self._title_before(mention, first, end)
            yield from self._appositions(mention, head)
        yield from self._predicates(mention, head)

    def _title_before(self, mention: Mention, first: int, end: int) -> Iterator[_Role]:
        words = self.words
        head = first - 1
        if head >= 0 and words.words[head] == "," and words.dep[first] == "appos":
            head -= 1
        if head < 0 or not is_role(_lemma(words, head)) or words.pos[head] not in ("NOUN", "PROPN"):
            return
        start = head
        while (
            start > 0 and head - start < _MAX_TITLE_TOKENS and _is_modifier(words, start - 1, end)
        ):
            start -= 1
        targets = [(index, "") for index in (*range(start, head), *self._owner(start))]
        role = (head, start, head + 1)
        targets += self._after_name(end)
        yield self._role(mention, role, targets, "title-before-name", 0.9)

    def _role(
        self,
        mention: Mention,
        role: tuple[int, int, int],
        targets: Sequence[tuple[int, str]],
        rule: str,
        confidence: float,
    ) -> _Role:
        """A role from its head, first and end token; "former" is taken out of the title."""
        head, first, end = role
        words = self.words
        if first > 0 and words.lower[first - 1] in FORMER:
            first -= 1
        former = words.lower[first] in FORMER and first < head
        while first < head and words.lower[first] in FORMER | DETERMINERS:
            first += 1
        return _Role(
            mention.chain, mention.span, head, first, end, tuple(targets), former, rule, confidence
        )

    def _owner(self, start: int) -> list[int]:
        """The possessor right before a title: "Chechnya's", "his"."""
        words = self.words
        if start >= 2 and words.tag[start - 1] == "POS":
            return [start - 2]
        return [start - 1] if start >= 1 and words.tag[start - 1] == "PRP$" else []

    def _after_name(self, end: int) -> list[tuple[int, str]]:
        """The body after a name with a title: "reporter X of the newspaper"."""
        words = self.words
        if end + 1 >= len(words) or words.lower[end] not in ("of", "for", "from", "with", "at"):
            return []
        return [(index, words.lower[end]) for index in self._objects(end)]

    def _objects(self, preposition: int) -> list[int]:
        words = self.words
        found = [child for child in words.children[preposition] if words.dep[child] == "pobj"]
        return [*found, *(inner for child in found for inner in _inside(words, child))]

    def _appositions(self, mention: Mention, head: int) -> Iterator[_Role]:
        words = self.words
        for child in words.children[head]:
            if words.dep[child] == "appos" and child > head:
                yield from self._role_at(mention, child, "apposition", 0.9)
        if words.dep[head] == "appos" and words.head[head] < head - 1:
            yield from self._role_at(mention, words.head[head], "apposition", 0.85)

    def _predicates(self, mention: Mention, head: int) -> Iterator[_Role]:
        words = self.words
        verb = words.head[head]
        if words.dep[head] in ("nsubj", "nsubjpass"):
            if _is_negated(words, verb):
                return
            for child in words.children[verb]:
                passive = words.dep[head] == "nsubjpass" and words.dep[child] == "oprd"
                if passive or (words.dep[child] == "attr" and words.lemma[verb] in _LINKING_VERBS):
                    yield from self._role_at(mention, child, "copula", 0.85)
        elif words.dep[head] in ("dobj", "nsubj") and words.lemma[verb] in _NAMING_VERBS:
            for child in words.children[verb]:
                if words.dep[child] in ("oprd", "attr", "dobj") and child > head:
                    yield from self._role_at(mention, child, "named-as", 0.8)

    def _role_at(
        self, mention: Mention, head: int, rule: str, confidence: float
    ) -> Iterator[_Role]:
        words = self.words
        if not is_role(_lemma(words, head)) or words.tag[head] in ("NNS", "NNPS"):
            return
        first, end = core_edges(words, head)
        while first < head and words.dep[first] in ("det", "poss", "case", "punct"):
            first += 1
        targets = [(child, "") for child in words.children[head] if child < head]
        for child in words.children[head]:
            if words.dep[child] == "prep" and words.lower[child] in _ROLE_PREPOSITIONS:
                targets += [(index, words.lower[child]) for index in self._objects(child)]
        yield self._role(mention, (head, first, end), targets, rule, confidence)

    def _from_role(self, role: _Role) -> Iterator[RelationDraft]:
        words = self.words
        title = words.span(role.first, role.end)
        lemma = _lemma(words, role.head)
        lemma = whole_role(words.lower[max(0, role.head - 1)], lemma)
        if role.former:  # what somebody led or belonged to once is not what they lead
            at = words.span(role.first - 1, role.end)
            if is_title(lemma):
                yield self._draft(role, "jobTitle", None, at.of(words.text), at)
            yield self._draft(role, "formerly", None, title.of(words.text), at)
            return
        if is_title(lemma):
            yield self._draft(role, "jobTitle", None, title.of(words.text), title)
        seen: set[str] = set()
        for target, preposition in role.targets:
            chain = self.chains.by_head.get(target)
            if chain is None or chain == role.person:
                continue
            predicate = predicate_of(lemma, preposition, self.by_id[chain].type)
            if predicate is not None and predicate not in seen:
                seen.add(predicate)
                at = words.span(target, target + 1)
                yield self._draft(role, predicate, chain, self.by_id[chain].name, at)

    def _draft(
        self, role: _Role, predicate: str, target: str | None, text: str, at: Span
    ) -> RelationDraft:
        title = self.words.span(role.first, role.end)
        span = Span(min(role.at.start, title.start, at.start), max(role.at.end, title.end, at.end))
        return RelationDraft(
            role.person, predicate, target, text, span, self._attribution(span), role.rule,
            role.confidence,
        )  # fmt: skip

    def _from_verb(self, mention: Mention) -> Iterator[RelationDraft]:
        words = self.words
        head = words.head_of(*words.range_of(mention.span))
        verb = words.head[head]
        if words.dep[head] != "nsubj" or _is_negated(words, verb):
            return
        predicate = _VERBS.get(words.lemma[verb])
        if predicate is not None:
            objects = [child for child in words.children[verb] if words.dep[child] == "dobj"]
            yield from self._tied(mention, predicate, objects, f"verb-{words.lemma[verb]}")
        elif words.lemma[verb] in ("work", "serve"):
            prepositions = [
                child
                for child in words.children[verb]
                if words.dep[child] == "prep" and words.lower[child] in ("for", "at", "with")
            ]
            objects = [inner for child in prepositions for inner in self._objects(child)]
            yield from self._tied(mention, "worksFor", objects, "verb-work")

    def _tied(
        self, mention: Mention, predicate: str, objects: Sequence[int], rule: str
    ) -> Iterator[RelationDraft]:
        wanted = (
            (EntityType.PERSON,)
            if predicate == "spouse"
            else (EntityType.ORGANISATION, EntityType.PLACE)
            if predicate == "leaderOf"
            else (EntityType.ORGANISATION,)
        )
        for index in objects:
            chain = self.chains.by_head.get(index)
            if chain is None or chain == mention.chain or self.by_id[chain].type not in wanted:
                continue
            yield self._tie(mention, predicate, index, rule, 0.8)
            return

    def _located(self, mention: Mention) -> Iterator[RelationDraft]:
        """ "the Russian Embassy in Washington", "Sarmada, Syria", "Iraq's Anbar province"."""
        words = self.words
        first, end = words.range_of(mention.span)
        head = words.head_of(first, end)
        found = list(places_of(words, head, end))
        if mention.type is EntityType.PLACE:
            found += owners_of(words, head)
        for one in found:
            chain = self.chains.by_head.get(one.index)
            if chain is None or chain == mention.chain:
                continue
            target = self.by_id[chain]
            if self._may_hold(mention, target, one.index):
                yield self._tie(mention, "locatedIn", one.index, one.rule, one.confidence)

    def _may_hold(self, mention: Mention, target: Chain, index: int) -> bool:
        """True if the place can hold the thing: no country in a country, no list of places."""
        if target.type is not EntityType.PLACE or not target.named:
            return False
        if self.by_id[mention.chain].subtype == "Country" or mention.chain in self.territories:
            return False
        after = index + 1
        listed = after < len(self.words) and self.words.lower[after] in ("and", "or")
        return not listed and self.words.dep[index] != "conj"

    def _tie(
        self, mention: Mention, predicate: str, index: int, rule: str, confidence: float
    ) -> RelationDraft:
        """The relation of a mention to the chain that has a mention with the token as head."""
        target = self.by_id[self.chains.by_head[index]]
        span = _cover(mention.span, self.words.span(index, index + 1))
        return RelationDraft(
            mention.chain, predicate, target.id, target.name, span, self._attribution(span), rule,
            confidence,
        )  # fmt: skip

    def _attribution(self, span: Span) -> int | None:
        """Of the attributions whose content ends the relation, the one with the narrowest."""
        best: tuple[int, int] | None = None
        for place in self.places.overlapping(span):
            number, content = self.contents[place]
            if content.end >= span.end:
                width = content.end - content.start
                if best is None or width < best[0]:
                    best = (width, number)
        return None if best is None else best[1]


def _cover(left: Span, right: Span) -> Span:
    return Span(min(left.start, right.start), max(left.end, right.end))


def _lemma(words: Words, index: int) -> str:
    return (
        words.lower[index].removeprefix("ex-")
        if words.pos[index] == "PROPN"
        else words.lemma[index]
    )


def _is_modifier(words: Words, index: int, end: int) -> bool:
    """True if the word belongs to the title that follows, up to the end of the name."""
    if not index < words.head[index] < end or words.dep[index] == "npadvmod":
        return False
    if words.pos[index] not in ("NOUN", "PROPN", "ADJ", "PUNCT") or words.tag[index] == "POS":
        return False
    return words.pos[index] != "PUNCT" or words.words[index] == "-"


def _inside(words: Words, head: int) -> list[int]:
    """Names inside a noun phrase: "the Russian Novaya Gazeta newspaper"."""
    return [child for child in words.children[head] if words.dep[child] in ("compound", "nmod")]


def _is_negated(words: Words, verb: int) -> bool:
    return any(words.dep[child] == "neg" for child in words.children[verb])
