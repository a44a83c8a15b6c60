"""The phrases that may mean an entity: names, noun phrases and pronouns, in text order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.annotate.chains.gender import first_names, fold, gender_of_head, gender_of_name
from kg.annotate.chains.lexicon import (
    DETERMINERS,
    PERSON_ENDINGS,
    PLURAL_TAGS,
    PRONOUNS,
    TYPE_OF_HEAD,
    Form,
)
from kg.annotate.chains.words import Words
from kg.annotate.draft import Name
from kg.model import Span
from kg.vocabulary import EntityType, MentionKind

_MAX_PHRASE_TOKENS = 40
_MAX_TITLE_TOKENS = 5
_TITLE_POS = ("PROPN", "NOUN")
_ANIMATE = frozenset({EntityType.PERSON, EntityType.GROUP})
_NOT_HEADS = frozenset({"compound", "amod", "nmod", "advmod", "quantmod", "npadvmod", "expl"})
_EDGE_MARKS = frozenset({",", ";", ":", "-", "–", "—", "(", ")", "[", "]", '"', "“", "”", "'", "."})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "prof", "rev"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the text that may mean an entity; indices are token indices."""

    span: Span
    first: int
    end: int
    """One past the last token."""
    head: int
    kind: MentionKind
    type: EntityType
    sentence: int
    plural: bool | None = None
    gender: str | None = None
    animate: bool | None = None
    hint: str | None = None
    """A gender that the only word of a name suggests, if it is a first name."""
    form: Form | None = None
    """What the pronoun tells, for pronouns."""
    name: Name | None = None
    titles: tuple[str, ...] = field(default=())
    """Words before a person's name inside its phrase, lower case: "president", "mr"."""


def name_phrases(words: Words, names: Sequence[Name]) -> list[Phrase]:
    """The names as phrases; a person's gender is read from titles and the first name."""
    return [_name_phrase(words, name) for name in sorted(names, key=lambda name: name.span)]


def _name_phrase(words: Words, name: Name) -> Phrase:
    first, end = words.range_of(name.span)
    head = words.head_of(first, end)
    person = name.type is EntityType.PERSON
    titles = tuple(_titles_before(words, first)) if person else ()
    parts = [word for word in words.words[first:end] if word.lower().strip(".") not in _TITLES]
    return Phrase(
        span=name.span,
        first=first,
        end=end,
        head=head,
        kind=MentionKind.NAME,
        type=name.type,
        sentence=words.sentence[head],
        plural=name.type is EntityType.GROUP,
        gender=gender_of_name(parts, _titles_of(words, titles, first))
        if person and parts
        else None,
        hint=first_names().get(fold(parts[0])) if person and len(parts) == 1 else None,
        animate=None if _is_weakly_typed(name, parts) else person,
        name=name,
        titles=titles,
    )


def _is_weakly_typed(name: Name, parts: Sequence[str]) -> bool:
    """True for one word that a tagger alone calls a body or a place: surnames look like that."""
    if name.type is EntityType.GROUP:
        return True
    if name.type not in (EntityType.ORGANISATION, EntityType.PLACE) or len(parts) != 1:
        return False
    return not (name.wikidata or name.subtype or parts[0].isupper())


def _titles_of(words: Words, titles: Sequence[str], first: int) -> list[str]:
    inside = words.lower[first].strip(".")
    return [*titles, inside] if inside in _TITLES else list(titles)


def _titles_before(words: Words, first: int) -> Iterator[str]:
    index = first - 1
    while index >= 0 and first - index <= _MAX_TITLE_TOKENS and words.pos[index] in _TITLE_POS:
        if words.dep[index] not in ("compound", "nmod", "amod") and words.dep[first] != "appos":
            return
        yield words.lower[index].strip(".")
        index -= 1


def pronoun_phrases(words: Words) -> Iterator[Phrase]:
    """Personal and possessive pronouns, text order; "it" without a meaning is left out."""
    for index, lower in enumerate(words.lower):
        if lower not in PRONOUNS or words.dep[index] == "expl" or _is_empty_it(words, index):
            continue
        phrase = pronoun_phrase(words, index)
        if phrase is not None:
            yield phrase


def pronoun_phrase(words: Words, index: int) -> Phrase | None:
    """The pronoun at a token, or None if there is none."""
    form = PRONOUNS.get(words.lower[index])
    if form is None or words.words[index] == "US":
        return None
    if words.lower[index] == "mine" and words.pos[index] != "PRON":
        return None
    return Phrase(
        span=words.span(index, index + 1),
        first=index,
        end=index + 1,
        head=index,
        kind=MentionKind.PRONOUN,
        type=_TYPES_OF_PRONOUNS[form.animate, form.plural is True],
        sentence=words.sentence[index],
        plural=form.plural,
        gender=form.gender,
        animate=form.animate,
        form=form,
    )


_TYPES_OF_PRONOUNS = {
    (True, False): EntityType.PERSON,
    (True, True): EntityType.GROUP,
    (None, True): EntityType.GROUP,
    (False, False): EntityType.OTHER,
}
_WEATHER = frozenset({"rain", "snow", "seem", "appear", "happen"})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"})


def _is_empty_it(words: Words, index: int) -> bool:
    """True for "it" that means nothing: "it is clear that", "it seems", "it rained"."""
    if words.lower[index] != "it" or words.dep[index] not in ("nsubj", "nsubjpass"):
        return False
    verb = words.head[index]
    if words.lemma[verb] in _WEATHER:
        return True
    if words.lemma[verb] != "be":
        return False
    after = [child for child in words.children[verb] if child > index]
    attribute = any(words.dep[child] in ("acomp", "attr") for child in after)
    return attribute and any(words.dep[child] in _CLAUSES for child in after)


def nominal_phrases(words: Words, taken: Sequence[bool]) -> Iterator[Phrase]:
    """Noun phrases with a common noun as head that no name covers, text order."""
    for index, pos in enumerate(words.pos):
        if pos == "NOUN" and not taken[index] and words.dep[index] not in _NOT_HEADS:
            yield nominal_phrase(words, index)


def nominal_phrase(words: Words, head: int) -> Phrase:
    """The noun phrase of a head; its span leaves out clauses and appositions after the head."""
    first, end = whole_edges(words, head)
    kind = type_of_noun(words, head)
    plural = is_plural(words, head)
    return Phrase(
        span=words.span(*_core(words, head, first, end)),
        first=first,
        end=end,
        head=head,
        kind=MentionKind.NOMINAL,
        type=kind,
        sentence=words.sentence[head],
        plural=plural,
        gender=None if plural else gender_of_head(words.lemma[head]),
        animate=_animacy(words, head, kind),
    )


def whole_edges(words: Words, head: int) -> tuple[int, int]:
    """First token and one past the last of the whole phrase of a head, inside its paragraph."""
    first, end = _inside_lines(words, head, words.left[head], words.right[head] + 1)
    if end - first > _MAX_PHRASE_TOKENS:
        after = [child for child in words.children[head] if child > head]
        cuts = [
            words.left[child] for child in after if words.dep[child] in ("relcl", "acl", "appos")
        ]
        end = min([end, *cuts])
    while first < head and (
        words.words[first] in _EDGE_MARKS or words.dep[first] in ("cc", "mark")
    ):
        first += 1
    while end - 1 > head and words.words[end - 1] in _EDGE_MARKS:
        end -= 1
    return first, end


def _inside_lines(words: Words, head: int, first: int, end: int) -> tuple[int, int]:
    """A parse that runs over a line break is a parse of headings: cut there."""
    for index in range(first, end):
        if words.pos[index] == "SPACE" and "\n" in words.words[index]:
            if index > head:
                return first, index
            first = index + 1
    return first, end


def core_edges(words: Words, head: int) -> tuple[int, int]:
    """First token and one past the last of a phrase: no determiner, clause or apposition."""
    first, end = _core(words, head, *whole_edges(words, head))
    while first < head and words.lower[first] in DETERMINERS:
        first += 1
    return first, end


def _core(words: Words, head: int, first: int, end: int) -> tuple[int, int]:
    for child in words.children[head]:
        if child > head and words.dep[child] in ("relcl", "acl", "appos", "conj", "cc", "punct"):
            end = min(end, words.left[child])
    return first, max(end, head + 1)


def is_plural(words: Words, head: int) -> bool:
    """True if the noun is plural, or a coordination."""
    if words.tag[head] in PLURAL_TAGS or words.lemma[head] in ("people", "police"):
        return True
    return any(
        words.dep[child] == "conj" and is_second(words, child) for child in words.children[head]
    )


def is_second(words: Words, head: int) -> bool:
    """True if a conjoined noun means another: "a doctor and a nurse", not "wife and muse"."""
    if words.pos[head] == "PROPN" or words.tag[head] in PLURAL_TAGS:
        return True
    return any(words.dep[child] in ("det", "poss") for child in words.children[head])


def type_of_noun(words: Words, head: int) -> EntityType:
    """What a common noun means: from the list of heads, else from its ending; OTHER if unknown."""
    lemma = words.lemma[head]
    kind = TYPE_OF_HEAD.get(lemma) or TYPE_OF_HEAD.get(words.lower[head])
    if kind is None and "-" in lemma:
        kind = TYPE_OF_HEAD.get(lemma.rpartition("-")[2])
    plural = is_plural(words, head)
    if kind is EntityType.PERSON and plural:
        return EntityType.GROUP
    if kind is EntityType.ORGANISATION and words.tag[head] in PLURAL_TAGS:
        return EntityType.GROUP
    return kind or EntityType.OTHER


def _animacy(words: Words, head: int, kind: EntityType) -> bool | None:
    if kind in _ANIMATE:
        return True
    if kind is not EntityType.OTHER:
        return False
    return None if words.lemma[head].endswith(PERSON_ENDINGS) else False
