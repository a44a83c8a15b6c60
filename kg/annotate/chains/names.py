"""Which names of one article mean the same: surname, initials, acronyms, parts of names.

A shorter form joins a longer one only if exactly one fits; two embassies of two countries, or two
people who share a surname, stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.annotate.chains.clusters import Cluster
from kg.annotate.chains.gender import fold
from kg.annotate.chains.kin import is_introduced_as_kin
from kg.annotate.chains.nicknames import same_given_name
from kg.annotate.chains.phrases import Phrase
from kg.annotate.chains.words import Words
from kg.model import Span
from kg.territories import embassy_words
from kg.vocabulary import EntityType

_SMALL_WORDS = frozenset({"the", "of", "to", "in", "for", "and", "at", "on", "a", "an", "&", "de"})
_MARKS = frozenset({",", ".", "'s", "’s", "'", "’", "-", '"', "“", "”", "(", ")"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "obe", "mbe", "cbe", "qc", "kc"})
_LEGAL = frozenset({
    "inc", "ltd", "llc", "plc", "corp", "co", "gmbh", "ag", "sa", "nv", "spa", "llp",
    "corporation", "company", "limited", "incorporated", "holdings", "group",
})  # fmt: skip
_HONORIFICS = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "prof", "rev", "president",
    "sen", "rep", "gov", "gen", "col", "lt", "capt", "sgt", "maj", "hon", "he", "professor",
    "king", "queen", "prince", "princess", "pope", "judge", "justice",
})  # fmt: skip
# Bodies that every country or city has one of: what they belong to is part of who they are.
_SEATED = frozenset({
    "embassy", "consulate", "ministry", "court", "mission", "parliament", "police", "government",
    "council", "army", "senate", "legation", "department", "university",
})  # fmt: skip
_SEAT_PREPOSITIONS = frozenset({"to", "in", "of", "at", "for"})
# A short name that starts a longer one is its short form only where it could not stand alone.
_GENERIC = frozenset({
    "national", "international", "united", "new", "royal", "american", "british", "federal",
    "first", "general", "world", "european", "global", "central", "public", "north", "south",
    "east", "west", "northern", "southern", "eastern", "western", "supreme",
})  # fmt: skip
_PLAIN_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "prof", "professor",
    "rev", "hon", "the", "lord", "lady", "activist", "witness"})  # fmt: skip
_SHORT_OFFICES = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "lt": "general",
    "col": "colonel", "capt": "captain", "sgt": "sergeant", "maj": "major", "pres": "president",
}  # fmt: skip
_MAX_ACRONYM_LETTERS = 8
_MAX_FORMS_A_WORD = 200
"""Longer names in which a word is looked up: a thousand people of one given name are not compared
with each other. The longest articles have ten."""
_COUNTRY_WORDS = frozenset({"us", "uk", "eu", "un", "usa", "french", "greek", "dutch", "czech"})
_ADJECTIVE_ENDINGS = ("ian", "ish", "ese", "ican", "ean", "aeli", "aqi", "ani", "nch", "rman")


@dataclass(slots=True)
class _Form:
    """One wording of a name in the article, with every phrase that has it."""

    type: EntityType
    key: tuple[str, ...]
    gender: str | None
    phrases: list[Phrase] = field(default_factory=list)
    wikidata: str | None = None
    roles: frozenset[str] = frozenset()
    """Words of office before the name: "prime", "minister"."""


@dataclass(frozen=True, slots=True)
class _Found:
    cluster: Cluster
    rule: str
    confidence: float


def cluster_names(words: Words, phrases: Sequence[Phrase]) -> list[Cluster]:
    """One cluster for each thing named; clusters in no promised order, members in text order."""
    forms = _forms(words, phrases)
    index = _Index(words)
    # Names with an office come first: a bare surname after them must see both of two people.
    for form in sorted(forms, key=lambda f: (-len(f.key), not f.roles, f.phrases[0].span)):
        found = index.find(form)
        if found is None:
            cluster = Cluster(type=form.type)
            found = _Found(cluster, "name", 1.0)
            index.clusters.append(cluster)
        _join(form, found)
        index.add(form, found.cluster)
    _join_acronyms(words, index)
    for cluster in index.clusters:
        cluster.members.sort(key=lambda member: member.phrase.span)
    return [cluster for cluster in index.clusters if cluster.members]


def _join(form: _Form, found: _Found) -> None:
    for phrase in form.phrases:
        found.cluster.add(phrase, found.rule, found.confidence)
    found.cluster.gender = found.cluster.gender or form.gender


def name_key(words: Words, phrase: Phrase) -> tuple[str, ...]:
    """The words of a name that tell it from others, folded, in order."""
    named: Sequence[str] = words.words[phrase.first : phrase.end]
    seat = seat_range(words, phrase)
    if words.lower[phrase.end - 1] == "embassy" and seat:
        named = words.words[phrase.first : seat.stop]
        seat = range(0)
    if phrase.type is EntityType.ORGANISATION:
        named = embassy_words([word.replace(".", "") for word in named])
    parts = [fold(word).replace(".", "") for word in named]
    parts = [part for part in parts if part and part not in _MARKS and part not in _SMALL_WORDS]
    if phrase.type is EntityType.PERSON:
        parts = _person_parts(parts)
    elif phrase.type is EntityType.ORGANISATION:
        parts = _short_country(parts)
        while len(parts) > 1 and parts[-1] in _LEGAL:
            parts.pop()
        parts += [fold(words.words[index]) for index in seat]
    return tuple(parts)


def _person_parts(parts: list[str]) -> list[str]:
    while len(parts) > 1 and parts[0] in _HONORIFICS:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts = parts[:-1]
    return parts


def _short_country(parts: list[str]) -> list[str]:
    """ "United States Air Force" is "US Air Force"."""
    if parts[:2] in (["united", "states"], ["united", "kingdom"]):
        return [parts[0][0] + parts[1][0], *parts[2:]]
    return parts


def seat_range(words: Words, phrase: Phrase) -> range:
    """The tokens of the place that follows: "the Russian Embassy" + "in Washington"; often none."""
    at = phrase.end
    if words.lower[at - 1] not in _SEATED or at + 1 >= len(words):
        return range(0)
    if phrase.type is not EntityType.ORGANISATION or words.lower[at] not in _SEAT_PREPOSITIONS:
        return range(0)
    first = at + 2 if words.lower[at + 1] == "the" else at + 1
    end = first
    while end < len(words) and words.pos[end] == "PROPN" and words.words[end][:1].isupper():
        end += 1
    return range(first, end)


def _forms(words: Words, phrases: Sequence[Phrase]) -> list[_Form]:
    forms: dict[tuple[object, ...], _Form] = {}
    for phrase in phrases:
        key = name_key(words, phrase) or (fold(phrase.span.of(words.text)),)
        # "Mr Reyes" and "Mrs Reyes" are two people under one surname.
        qid = phrase.name.wikidata if phrase.name else None
        roles = _roles(phrase)
        alone = roles if len(key) == 1 else frozenset()
        known: tuple[object, ...] = (qid,) if qid else (phrase.type, key, phrase.gender, alone)
        form = forms.setdefault(known, _Form(phrase.type, key, phrase.gender, wikidata=qid))
        form.phrases.append(phrase)
        form.roles |= roles
    return list(forms.values())


def _roles(phrase: Phrase) -> frozenset[str]:
    """ "Prime Minister Reyes" is nobody's "union leader Reyes"."""
    words = (_SHORT_OFFICES.get(title, title) for title in phrase.titles)
    return frozenset(word for word in words if word not in _PLAIN_TITLES)


class _Index:
    """The names seen so far, longest first, found again by any of their words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.clusters: list[Cluster] = []
        self._by_word: dict[tuple[EntityType, str], list[tuple[_Form, Cluster]]] = defaultdict(list)
        self.forms: list[tuple[_Form, Cluster]] = []
        self._roles: dict[int, frozenset[str]] = defaultdict(frozenset)

    def add(self, form: _Form, cluster: Cluster) -> None:
        """Make a form findable by its words."""
        self.forms.append((form, cluster))
        self._roles[id(cluster)] |= form.roles
        for part in set(form.key):
            known = self._by_word[form.type, part]
            if len(known) < _MAX_FORMS_A_WORD:
                known.append((form, cluster))

    def find(self, form: _Form) -> _Found | None:
        """The one cluster of longer names that this form is short for, or None."""
        fitting = self._fitting(form)
        unique = _distinct(found.cluster for found in fitting)
        if len(unique) > 1 and form.gender is not None:
            unique = [cluster for cluster in unique if cluster.gender == form.gender] or unique
        if len(unique) > 1 and len(form.key) == 1:
            unique = [c for c in unique if not is_introduced_as_kin(self.words, c)] or unique
        if len(unique) > 1:
            unique = _preceding(form, unique)
        if len(unique) != 1:
            return None
        return next(found for found in fitting if found.cluster is unique[0])

    def _fitting(self, form: _Form) -> list[_Found]:
        """What the first rule that fits finds; for one word of a person, what any rule finds."""
        known = [
            (other, cluster)
            for other, cluster in self._candidates(form)
            if not form.roles
            or not self._roles[id(cluster)]
            or form.roles & self._roles[id(cluster)]
        ]
        found: list[_Found] = []
        for rule, confidence, test in _RULES.get(form.type, ()):
            found += [_Found(c, rule, confidence) for other, c in known if test(form, other)]
            if found and not (form.type is EntityType.PERSON and len(form.key) == 1):
                break
        return found

    def _candidates(self, form: _Form) -> list[tuple[_Form, Cluster]]:
        # Every word of a short form is in the longer one, so the first one finds it.
        return self._by_word.get((form.type, form.key[0]), []) + (
            self._by_word.get((form.type, form.key[-1]), []) if len(form.key) > 1 else []
        )


def _distinct(clusters: Iterable[Cluster]) -> list[Cluster]:
    return list({id(cluster): cluster for cluster in clusters}.values())


def _preceding(form: _Form, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Of several, those that were named before the form first stands in the text."""
    start = form.phrases[0].span
    before = [cluster for cluster in clusters if _first(cluster) < start]
    return before or list(clusters)


def _first(cluster: Cluster) -> Span:
    return min(member.phrase.span for member in cluster.members)


def _agree(form: _Form, other: _Form) -> bool:
    return form.gender is None or other.gender is None or form.gender == other.gender


def _same_name(form: _Form, other: _Form) -> bool:
    return form.key == other.key and _agree(form, other)


def _same_person(form: _Form, other: _Form) -> bool:
    """Surname equal and given names in order: "J. Smith", "Bob Smith", "Robert James Smith"."""
    if len(form.key) < 2 or len(other.key) < 2 or form.key[-1] != other.key[-1]:
        return False
    if not _agree(form, other):
        return False
    given = iter(other.key[:-1])
    return all(any(same_given_name(part, known) for known in given) for part in form.key[:-1])


def _is_surname(form: _Form, other: _Form) -> bool:
    return (
        len(form.key) == 1 < len(other.key) and form.key[0] == other.key[-1] and _agree(form, other)
    )


def _is_given_name(form: _Form, other: _Form) -> bool:
    return (
        len(form.key) == 1 < len(other.key)
        and form.key[0] in other.key[:-1]
        and _agree(form, other)
    )


def _is_part(form: _Form, other: _Form) -> bool:
    """All words of the short form are in the longer one, in order, and it is not too general."""
    if len(form.key) >= len(other.key):
        return False
    if len(form.key) == 1 and (form.key[0] in _GENERIC or form.key[0] != other.key[0]):
        return False
    known = iter(other.key)
    return all(part in known for part in form.key)


def _is_longer_by_country(form: _Form, other: _Form) -> bool:
    """ "Air Force" and "US Air Force": the longer one begins with a country or its adjective."""
    extra = len(other.key) - len(form.key)
    if extra != 1 or other.key[1:] != form.key:
        return False
    return other.key[0] in _COUNTRY_WORDS or other.key[0].endswith(_ADJECTIVE_ENDINGS)


def _starts_name(form: _Form, other: _Form) -> bool:
    """ "Gabriel Garcia" and "Gabriel Garcia Marquez"."""
    return len(form.key) >= 2 and other.key[: len(form.key)] == form.key and _agree(form, other)


def _is_place_part(form: _Form, other: _Form) -> bool:
    return other.key[len(form.key) :] in (("city",), ("state",), ("province",), ("region",)) and (
        other.key[: len(form.key)] == form.key
    )


_Test = Callable[[_Form, _Form], bool]
_RULES: dict[EntityType, tuple[tuple[str, float, _Test], ...]] = {
    EntityType.PERSON: (
        ("name-exact", 1.0, _same_name),
        ("name-parts", 0.95, _same_person),
        ("surname", 0.95, _is_surname),
        ("given-name", 0.8, _is_given_name),
        ("name-start", 0.75, _starts_name),
    ),
    EntityType.ORGANISATION: (
        ("name-exact", 1.0, _same_name),
        ("without-country", 0.9, _is_longer_by_country),
        ("name-part", 0.85, _is_part),
    ),
    EntityType.PLACE: (
        ("name-exact", 1.0, _same_name),
        ("name-part", 0.8, _is_place_part),
    ),
}


def _join_acronyms(words: Words, index: _Index) -> None:
    """Join "SDF" to "Syrian Democratic Forces": defined in brackets, or by its initials alone."""
    initials: dict[str, list[Cluster]] = defaultdict(list)
    by_end: dict[int, Cluster] = {}
    for form, cluster in index.forms:
        for phrase in form.phrases:
            by_end[phrase.end] = cluster
        if form.type is not EntityType.PERSON and len(form.key) > 1:
            for letters in _initials(words, form):
                initials[letters].append(cluster)
                if len(letters) > 3:  # "EADS" leaves out the company
                    initials[letters[:-1]].append(cluster)
    for form, cluster in index.forms:
        letters = form.key[0].replace(".", "")
        if len(form.key) != 1 or not _is_acronym(words, form, letters):
            continue
        defined = _defined_in_brackets(words, form, by_end, letters)
        fitting = _distinct(found for found in initials[letters] if found.type is form.type)
        target, rule = (defined, "acronym-defined") if defined else (None, "")
        if target is None and len(fitting) == 1:
            target, rule = fitting[0], "acronym"
        if target is not None and target is not cluster and cluster.members:
            _absorb(target, cluster, rule)


def _absorb(target: Cluster, cluster: Cluster, rule: str) -> None:
    for member in cluster.members:
        target.add(member.phrase, rule, 0.95)
    cluster.members = []


def _is_acronym(words: Words, form: _Form, letters: str) -> bool:
    shown = words.words[form.phrases[0].head].replace(".", "")
    return 2 <= len(letters) <= _MAX_ACRONYM_LETTERS and shown[:2].isupper() and shown.isalpha()


def _initials(words: Words, form: _Form) -> set[str]:
    phrase = form.phrases[0]
    shown = [word for word in words.words[phrase.first : phrase.end] if word[:1].isalpha()]
    capital = "".join(word[0] for word in shown if word[0].isupper() and word != "The")
    every = "".join(word[0] for word in shown if word.lower() != "the")
    return {capital.lower(), every.lower()}


def _defined_in_brackets(
    words: Words, form: _Form, by_end: dict[int, Cluster], letters: str
) -> Cluster | None:
    for phrase in form.phrases:
        opening = phrase.first - 1
        if opening > 0 and words.words[opening] == "(" and phrase.end < len(words):
            before = by_end.get(opening)
            if before is not None and words.words[phrase.end] == ")":
                name = before.members[0].phrase if before.members else None
                if name is not None and _starts_alike(words, name, letters):
                    return before
    return None


def _starts_alike(words: Words, name: Phrase, letters: str) -> bool:
    """True if the first letters fit; foreign acronyms ("EBU") rarely fit in full."""
    shown = [word for word in words.lower[name.first : name.end] if word not in _SMALL_WORDS]
    return any(word[:1] == letters[:1] for word in shown)
