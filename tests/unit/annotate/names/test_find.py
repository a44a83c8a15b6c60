"""Names out of hand-made Docs: bare spans, one type in an article, subtypes."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.annotate.names import find_names

VOCAB = spacy.blank("en").vocab


def make_doc(*sentences):
    """A Doc of the sentences' words, an entity written as `[ORG the Ministry]`; ¶ is a new line."""
    words, tags, label = [], [], ""
    for word in " ".join(sentences).replace("¶", "\n").split(" "):
        if word.startswith("[") and len(word) > 1:
            label, begin = word[1:], "B-"
            continue
        words.append(word.removesuffix("]"))
        tags.append(begin + label if label else "O")
        begin = "I-"
        label = "" if word.endswith("]") else label
    return Doc(VOCAB, words=words, ents=tags)


def found(doc):
    return [(name.span.of(doc.text), name.type.value) for name in find_names(doc)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # article and possessive are no part of a name
        ("[ORG the Guardian 's] editor", [("Guardian", "organisation")]),
        # titles are not, one after another
        ("[PERSON Press Attache Dmitry Alushkin] wrote", [("Dmitry Alushkin", "person")]),
        ("[PERSON Mr. Okoro] left", [("Okoro", "person")]),
        # a title alone is what there is
        ("[PERSON President] left", [("President", "person")]),
        # an initial A is no article
        ("[PERSON A . Petrov] left", [("A . Petrov", "person")]),
        # a name does not run over a line break
        ("[ORG Daily Star ¶ Moscow] fell", [("Daily Star", "organisation"), ("Moscow", "place")]),
        # dates and sums are no names
        ("on [DATE Thursday] for [MONEY ten dollars]", []),
        # a nationality is a name of another kind
        ("the [NORP Russian] state", [("Russian", "other")]),
        # nothing but punctuation
        ("[ORG -] said", []),
    ],
)
def test_bare_name_is_found(sentence, expected):
    assert found(make_doc(sentence)) == expected


def test_name_has_one_type_in_the_article():
    doc = make_doc(
        "[PERSON Dmitry Alushkin] wrote .",
        "[GPE Alushkin] wrote .",
        "[ORG Alushkin] left .",
    )
    assert {type_ for _, type_ in found(doc)} == {"person"}


def test_newspaper_is_no_nationality():
    assert found(make_doc("a letter to [NORP Haaretz]")) == [("Haaretz", "organisation")]


def test_territory_is_a_place_with_its_item():
    one, other = find_names(make_doc("[ORG Chechnya] is the [GPE Chechen Republic]"))
    assert one.type.value == other.type.value == "place"
    assert one.wikidata == other.wikidata == "Q5187"


@pytest.mark.parametrize(
    ("name", "subtype", "wikidata"),
    [
        ("[GPE Israel]", "Country", "Q801"),
        # both a country and a state of the USA
        ("[GPE Georgia]", "Country", None),
        # a capital is not its country, though the gazetteer leads there
        ("[GPE Paris]", None, None),
        ("[ORG Ministry of Defence]", "GovernmentOrganization", None),
        ("[ORG Novaya Gazeta]", "NewsMediaOrganization", None),
        ("[ORG Acme Ltd.]", "Corporation", None),
        ("[ORG Leeds University]", "EducationalOrganization", None),
    ],
)
def test_subtype_follows_the_words(name, subtype, wikidata):
    (found_name,) = find_names(make_doc(name))
    assert (found_name.subtype, found_name.wikidata) == (subtype, wikidata)
