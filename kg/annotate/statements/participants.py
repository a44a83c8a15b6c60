"""To whom, for whom, in which work and on what evidence a statement is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.annotate.statements.frames import Frame, noun_phrase
from kg.annotate.statements.wordlists import words
from kg.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

WORKS = words(
    "letter statement interview report email e-mail tweet post speech article memo message "
    "note release conference briefing study survey book memoir testimony affidavit complaint "
    "lawsuit filing document dossier blog op-ed editorial column essay video recording address "
    "paper press ruling verdict judgment judgement indictment leaflet pamphlet newsletter "
    "broadcast podcast telegram cable text call phone conversation reply response submission "
    "petition manifesto diary summary transcript investigation inquiry probe audit review poll "
    "advertisement declaration bulletin circular opinion"
)
_SITES = words("twitter facebook instagram telegram youtube weibo vkontakte linkedin")
_SPOKESPEOPLE = words(
    "spokesman spokeswoman spokesperson spokesmen spokeswomen spokespeople spokespersons mouthpiece"
)
_LAWYERS = words("lawyer lawyers attorney attorneys solicitor barrister counsel")
_PRESS = words("secretary officer attache attaché aide")
_REPORTERS = words("reporter journalist correspondent columnist editor")
_ADDRESSING = words(
    "say speak talk write explain confirm announce reveal admit complain suggest describe "
    "report send apologize apologise appeal yell shout sing mention promise pledge present "
    "confide disclose swear remark boast protest claim testify concede signal repeat whisper "
    "propose recommend reply respond offer add insist note statement comment promise "
    "announcement remark"
)
_TALKING = words("speak talk discuss share argue plead agree meet")
_TOLD = words(
    "tell inform assure remind warn ask urge advise notify brief reassure order request beg "
    "instruct email text implore persuade convince promise show write alert"
)
_CITING = words("cite quote")
_POINTING = words("point refer")
_RESULTS = words("result results findings finding conclusions conclusion outcome")
_REQUESTS = words("request requests question questions call calls email emails message messages")
_ADDRESSED_WORKS = words("letter note email e-mail interview message memo statement call")


@dataclass(frozen=True, slots=True)
class Participants:
    """The phrases of a statement beside cue and content; None where it has none."""

    source: Span | None
    addressee: Span | None = None
    on_behalf_of: Span | None = None
    work: Span | None = None
    evidence: Span | None = None


def find_participants(frame: Frame) -> Participants:
    """The phrases around the cue, none of them inside the content."""
    head = frame.head
    speaker = _source_head(frame)
    if head is None:
        return Participants(frame.candidate.source)
    outside = frozenset(frame.content) | frozenset(frame.source)
    work = _work(head, outside)
    source, source_work = _split_work(frame, speaker)
    return Participants(
        source=source,
        addressee=_span(_addressee(head, work, outside), outside),
        on_behalf_of=_principal(head, speaker),
        work=source_work or _span(work, outside),
        evidence=_evidence(frame, head),
    )


def _span(token: Token | None, outside: frozenset[int]) -> Span | None:
    return noun_phrase(token) if token is not None and token.i not in outside else None


def _source_head(frame: Frame) -> Token | None:
    inside = set(frame.source)
    tops = (frame.doc[i] for i in frame.source if frame.doc[i].head.i not in inside)
    return next((token for token in tops if not token.is_punct), None)


def _objects(token: Token, *prepositions: str) -> Iterator[Token]:
    """The objects of these prepositions below a word."""
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in prepositions:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _addressee(head: Token, work: Token | None, outside: frozenset[int]) -> Token | None:
    if head.lemma_ in _TOLD:
        subject = None
        for child in head.children:
            if child.dep_ in ("dobj", "dative") and child.pos_ != "ADP" and child.i not in outside:
                return child
            if child.dep_ == "nsubjpass":
                subject = child
        if subject is not None and subject.i not in outside:
            return subject
    for preposition, verbs in (("to", _ADDRESSING), ("with", _TALKING)):
        for person in _objects(head, preposition) if head.lemma_.lower() in verbs else ():
            if person.i not in outside and _can_listen(person):
                return person
    if work is not None and work.lemma_.lower() in _ADDRESSED_WORKS:
        return next(_objects(work, "to", "with"), None)
    return None


def _can_listen(noun: Token) -> bool:
    if noun.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY"):
        return False
    return noun.lower_ not in _SITES | _REQUESTS and noun.tag_ not in ("WDT", "WP")


def _work(head: Token, outside: frozenset[int]) -> Token | None:
    for found in _objects(head, "in", "on", "at", "during", "via", "through", "by"):
        if found.i in outside:
            continue
        if found.lemma_.lower() in WORKS or found.lower_ in _SITES:
            return found
    return None


def _split_work(frame: Frame, speaker: Token | None) -> tuple[Span | None, Span | None]:
    """Speaker and work of "The embassy's letter suggests ...": the owner speaks in the work."""
    source = frame.candidate.source
    if speaker is None or source is None or speaker.lemma_.lower() not in WORKS:
        return source, None
    owner = next((c for c in speaker.lefts if c.dep_ == "poss"), None)
    if owner is None or owner.i not in frame.source or owner.ent_type_ in ("DATE", "TIME"):
        return source, None
    if owner.pos_ == "PRON":
        return source, None
    return noun_phrase(owner), noun_phrase(speaker)


def _principal(head: Token, speaker: Token | None) -> Span | None:
    """For whom a spokesperson speaks: "a spokesman for X", "X's lawyer", "on behalf of X"."""
    speaking = [c for c in head.children if c.dep_ == "advcl" and c.lemma_ in ("speak", "act")]
    for verb in speaking:
        for principal in _objects(verb, "for"):
            return noun_phrase(principal)
    for word in (w for verb in (head, *speaking) for w in _objects(verb, "on")):
        if word.lower_ == "behalf":
            named = next(_objects(word, "of"), None) or next(
                (c for c in word.lefts if c.dep_ == "poss"), None
            )
            return noun_phrase(named) if named is not None else None
    for role in _roles(speaker):
        if employer := _principal_of(role):
            return employer
    return None


def _roles(speaker: Token | None) -> Iterator[Token]:
    """The speaker's noun, its titles and its appositions."""
    if speaker is None:
        return
    yield speaker
    yield from (c for c in speaker.children if c.dep_ in ("appos", "compound", "nmod", "amod"))
    if speaker.dep_ == "appos":  # "his lawyer, Ana Ruiz, said"
        yield speaker.head


def _principal_of(role: Token) -> Span | None:
    word = role.lower_
    if word in _PRESS and not any(c.lower_ in ("press", "media") for c in role.lefts):
        return None
    if word not in _SPOKESPEOPLE | _LAWYERS | _PRESS:
        return _newspaper_of(role) if word in _REPORTERS else None
    named = next(_objects(role, "for", "of"), None)
    if named is None:
        named = next((c for c in role.lefts if c.dep_ == "poss"), None)
    if named is None and word in _SPOKESPEOPLE:
        named = next(
            (c for c in reversed(list(role.lefts)) if c.dep_ in ("compound", "nmod")), None
        )
        if named is None:
            return _name_before(role)
    return noun_phrase(named) if named is not None else None


def _newspaper_of(reporter: Token) -> Span | None:
    """ "the Courier" of "reporter Ana Ruiz of the Courier", which may hang on the name."""
    for noun in (reporter, reporter.head):
        named = next(_objects(noun, "of", "for", "at", "with"), None)
        if named is not None and noun.pos_ in ("NOUN", "PROPN"):
            return noun_phrase(named)
    return None


def _name_before(role: Token) -> Span | None:
    """ "Corvel" of "Corvel spokeswoman Ana Ruiz", where the parser hangs both on the name."""
    doc = role.doc
    first = role.i
    while first > role.left_edge.i - 12 and first > 0 and doc[first - 1].head.i == role.head.i:
        if doc[first - 1].dep_ not in ("compound", "nmod", "amod", "poss"):
            break
        first -= 1
    if first == role.i or doc[role.i - 1].pos_ not in ("PROPN", "NOUN"):
        return None
    return Span(doc[first].idx, doc[role.i - 1].idx + len(doc[role.i - 1]))


def _evidence(frame: Frame, head: Token) -> Span | None:
    """What the speaker cites, in words outside the content that hang on the cue or the content."""
    content, named = frozenset(frame.content), frozenset(frame.source)
    for token in head.sent:
        if token.tag_ not in ("VBG", "VBN") or token.i in content or token.i == head.i:
            continue
        if token.head.i != head.i and token.head.i not in content and token.head.i not in named:
            continue
        if token.lemma_ in _CITING and token.tag_ == "VBG":
            return _cited(next((c for c in token.rights if c.dep_ == "dobj"), None), content)
        if token.lemma_ in _POINTING and token.tag_ == "VBG":
            return _cited(next(_objects(token, "to"), None), content)
        if token.lower_ == "based":
            return _cited(next(_objects(token, "on"), None), content)
    return None


def _cited(token: Token | None, outside: frozenset[int]) -> Span | None:
    if token is None or token.i in outside:
        return None
    if token.lower_ in _RESULTS:
        token = next(_objects(token, "of"), token)
    return noun_phrase(token)
