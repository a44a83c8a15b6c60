"""Pronouns, noun phrases and the speakers of statements, in small parses made by hand."""

from __future__ import annotations

from kg.annotate.chains import ChainSet, build_chains
from kg.annotate.chains.chainset import NARRATOR, UNNAMED
from kg.vocabulary import EntityType, QuoteType
from tests.parsed import named, parsed, said, span_of

PERSON, ORGANISATION = EntityType.PERSON, EntityType.ORGANISATION

SHE_LEFT = parsed("""
Ana PROPN compound Reyes
Reyes PROPN nsubj met
met VERB ROOT met meet
Tom PROPN compound Hale
Hale PROPN dobj met
. PUNCT punct met
She PRON nsubj left
left VERB ROOT left leave
. PUNCT punct left
""")
ANA, TOM = named(SHE_LEFT, "Ana Reyes", PERSON), named(SHE_LEFT, "Tom Hale", PERSON)

OFFICIALS = parsed("""
Two NUM nummod officials
officials NOUN nsubj said official NNS
said VERB ROOT said say
the DET det embassy
embassy NOUN nsubj lied
lied VERB ccomp said lie
. PUNCT punct said
""")


def chain_words(chains: ChainSet, text: str) -> list[list[str]]:
    return [[s.of(text) for s in chain.mentions] for chain in chains.chains if chain.mentions]


def name_of(chains: ChainSet, chain_id: str | None) -> str:
    return next(chain.name for chain in chains.chains if chain.id == chain_id)


def test_pronoun_agrees_in_gender_with_first_name() -> None:
    chains = build_chains("a", SHE_LEFT, [ANA, TOM], [])
    assert chain_words(chains, SHE_LEFT.text) == [["Ana Reyes", "She"], ["Tom Hale"]]


def test_pronoun_says_its_rule_and_is_less_certain_than_a_name() -> None:
    chains = build_chains("a", SHE_LEFT, [ANA, TOM], [])
    name, _, pronoun = chains.mentions
    assert pronoun.rule.startswith("pronoun-")
    assert pronoun.confidence < name.confidence


def test_pronoun_that_fits_nobody_is_left_out() -> None:
    chains = build_chains("a", SHE_LEFT, [TOM], [])
    assert chain_words(chains, SHE_LEFT.text) == [["Tom Hale"]]


def test_unresolved_pronoun_that_speaks_is_a_chain_of_its_own() -> None:
    she = span_of(SHE_LEFT, "She")
    statement = said(she, span_of(SHE_LEFT, "left"))
    chains = build_chains("a", SHE_LEFT, [TOM], [statement])
    assert chain_words(chains, SHE_LEFT.text) == [["Tom Hale"], ["She"]]
    assert chains.speaker(statement) == chains.at(she)


def test_plural_noun_phrase_that_speaks_is_a_group() -> None:
    statement = said(span_of(OFFICIALS, "Two officials"), span_of(OFFICIALS, "said"))
    chains = build_chains("a", OFFICIALS, [], [statement])
    speaker = next(chain for chain in chains.chains if chain.id == chains.speaker(statement))
    assert (speaker.type, speaker.name, speaker.named) == (EntityType.GROUP, "Two officials", False)


def test_statement_without_source_is_by_the_unnamed_source() -> None:
    statement = said(None, span_of(OFFICIALS, "said"))
    chains = build_chains("a", OFFICIALS, [], [statement])
    assert name_of(chains, chains.speaker(statement)) == UNNAMED


def test_narrator_is_always_there_and_speaks_for_the_article() -> None:
    statement = said(None, span_of(OFFICIALS, "said"), narrator=True)
    chains = build_chains("a", OFFICIALS, [], [statement])
    assert name_of(chains, chains.speaker(statement)) == NARRATOR
    assert UNNAMED not in [chain.name for chain in chains.chains]


def test_title_before_a_name_is_headed_by_the_name() -> None:
    doc = parsed("""
    activist NOUN compound Alev
    Mika PROPN compound Alev
    Alev PROPN nsubj left
    left VERB ROOT left leave
    """)
    chains = build_chains("a", doc, [named(doc, "Mika Alev", PERSON)], [])
    assert name_of(chains, chains.at(span_of(doc, "activist Mika Alev"))) == "Mika Alev"


def test_definite_noun_means_the_body_whose_name_has_it() -> None:
    doc = parsed("""
    The DET det Embassy
    Norland PROPN compound Embassy
    Embassy PROPN nsubj opened
    opened VERB ROOT opened open
    . PUNCT punct opened
    The DET det embassy
    embassy NOUN nsubj closed
    closed VERB ROOT closed close
    """)
    chains = build_chains("a", doc, [named(doc, "Norland Embassy", ORGANISATION)], [])
    assert chain_words(chains, doc.text) == [["Norland Embassy", "The embassy"]]


def test_definite_noun_with_another_country_is_another_body() -> None:
    doc = parsed("""
    The DET det Embassy
    Norland PROPN compound Embassy
    Embassy PROPN nsubj opened
    opened VERB ROOT opened open
    . PUNCT punct opened
    The DET det embassy
    sudlandic ADJ amod embassy
    embassy NOUN nsubj closed
    closed VERB ROOT closed close
    """)
    chains = build_chains("a", doc, [named(doc, "Norland Embassy", ORGANISATION)], [])
    assert chain_words(chains, doc.text) == [["Norland Embassy"]]


def test_i_and_he_in_a_quotation_are_two_people() -> None:
    doc = parsed("""
    Tom PROPN nsubj met
    met VERB ROOT met meet
    Max PROPN dobj met
    . PUNCT punct met
    " PUNCT punct lost
    I PRON nsubj lost
    lost VERB ccomp said lose
    and CCONJ cc lost
    he PRON nsubj won
    won VERB conj lost win
    " PUNCT punct said
    said VERB ROOT said say
    Tom PROPN nsubj said
    """)
    quote = span_of(doc, "I lost and he won")
    statement = said(
        span_of(doc, "Tom", 1), span_of(doc, "said"), quote, quotes=(quote,),
        quote_type=QuoteType.DIRECT,
    )  # fmt: skip
    names = [named(doc, "Tom", PERSON), named(doc, "Max", PERSON), named(doc, "Tom", PERSON, 1)]
    chains = build_chains("a", doc, names, [statement])
    assert chain_words(chains, doc.text) == [["Tom", "I", "Tom"], ["Max", "he"]]


def test_chain_ids_depend_on_the_article_and_the_first_span_alone() -> None:
    once = build_chains("a", SHE_LEFT, [ANA, TOM], [])
    again = build_chains("a", SHE_LEFT, [TOM, ANA], [])
    other = build_chains("b", SHE_LEFT, [ANA, TOM], [])
    assert once.chains == again.chains
    assert {chain.id for chain in once.chains}.isdisjoint(chain.id for chain in other.chains)


def test_pronoun_before_its_name_means_the_subject_that_follows() -> None:
    doc = parsed("""
    After ADP prep left
    her PRON poss defeat her PRP$
    defeat NOUN pobj After
    , PUNCT punct left
    Ana PROPN compound Reyes
    Reyes PROPN nsubj left
    left VERB ROOT left leave
    """)
    chains = build_chains("a", doc, [named(doc, "Ana Reyes", PERSON)], [])
    assert chain_words(chains, doc.text) == [["her", "Ana Reyes"]]


def test_word_that_a_tagger_calls_a_place_is_a_person_if_he_means_it() -> None:
    doc = parsed("""
    Westall PROPN nsubj left
    left VERB ROOT left leave
    . PUNCT punct left
    He PRON nsubj painted
    painted VERB ROOT painted paint
    . PUNCT punct painted
    """)
    chains = build_chains("a", doc, [named(doc, "Westall", EntityType.PLACE)], [])
    found = next(chain for chain in chains.chains if chain.named)
    assert (found.type, found.gender) == (PERSON, "male")


def test_repeated_noun_phrase_is_one_chain() -> None:
    doc = parsed("""
    A DET det report
    report NOUN nsubj came
    came VERB ROOT came come
    . PUNCT punct came
    The DET det report
    report NOUN nsubj failed
    failed VERB ROOT failed fail
    . PUNCT punct failed
    """)
    chains = build_chains("a", doc, [], [])
    assert chain_words(chains, doc.text) == [["A report", "The report"]]
    assert chains.chains[0].type is EntityType.WORK


def test_span_of_a_noun_phrase_leaves_out_its_clause() -> None:
    doc = parsed("""
    The DET det man
    man NOUN nsubj spoke
    who PRON nsubj left
    left VERB relcl man leave
    spoke VERB ROOT spoke speak
    """)
    statement = said(span_of(doc, "The man"), span_of(doc, "spoke"))
    chains = build_chains("a", doc, [], [statement])
    assert chain_words(chains, doc.text) == [["The man"]]
    assert chains.at(span_of(doc, "The man who left")) == chains.speaker(statement)


def test_two_who_speak_together_are_a_group() -> None:
    doc = parsed("""
    Ana PROPN nsubj said
    and CCONJ cc Ana
    Tom PROPN conj Ana
    said VERB ROOT said say
    we PRON nsubj won
    won VERB ccomp said win
    """)
    statement = said(span_of(doc, "Ana and Tom"), span_of(doc, "said"))
    names = [named(doc, "Ana", PERSON), named(doc, "Tom", PERSON)]
    chains = build_chains("a", doc, names, [statement])
    speaker = next(chain for chain in chains.chains if chain.id == chains.speaker(statement))
    assert (speaker.type, speaker.name, speaker.plural) == (EntityType.GROUP, "Ana and Tom", True)
    assert name_of(chains, chains.at(span_of(doc, "Ana"))) == "Ana"


def test_name_that_was_missed_once_joins_the_one_name_it_ends() -> None:
    doc = parsed("""
    Hale PROPN nsubj left
    left VERB ROOT left leave
    . PUNCT punct left
    Attaché PROPN compound 4
    Hale PROPN nsubj spoke
    spoke VERB ROOT spoke speak
    """)
    statement = said(span_of(doc, "Attaché Hale"), span_of(doc, "spoke"))
    chains = build_chains("a", doc, [named(doc, "Hale", PERSON)], [statement])
    assert name_of(chains, chains.speaker(statement)) == "Hale"


def test_name_that_was_missed_with_another_given_name_stays_apart() -> None:
    doc = parsed("""
    John PROPN compound Hale
    Hale PROPN nsubj left
    left VERB ROOT left leave
    . PUNCT punct left
    Jane PROPN compound 5
    Hale PROPN nsubj spoke
    spoke VERB ROOT spoke speak
    """)
    statement = said(span_of(doc, "Jane Hale"), span_of(doc, "spoke"))
    chains = build_chains("a", doc, [named(doc, "John Hale", PERSON)], [statement])
    assert name_of(chains, chains.speaker(statement)) == "Jane Hale"


OBITUARY = parsed("""
Ivo PROPN compound Quill
Quill PROPN nsubj died
died VERB ROOT died die
. PUNCT punct died
His PRON poss daughter
daughter NOUN nsubj wept
, PUNCT punct daughter
the DET det actress
actress NOUN appos daughter
Ada PROPN compound Quill
Quill PROPN appos actress
wept VERB ROOT wept weep
. PUNCT punct wept
Quill PROPN nsubj wrote
wrote VERB ROOT wrote write
. PUNCT punct wrote
""")


def test_surname_means_the_one_whose_relatives_are_named_in_full() -> None:
    names = [named(OBITUARY, each, PERSON) for each in ("Ivo Quill", "Ada Quill")]
    chains = build_chains("a", OBITUARY, [*names, named(OBITUARY, "Quill", PERSON, 2)], [])
    ivo, ada = chain_words(chains, OBITUARY.text)
    assert (ivo[0], ivo[-1]) == ("Ivo Quill", "Quill")
    assert "Quill" not in ada


def test_relative_is_known_by_the_name_behind_another_description() -> None:
    names = [named(OBITUARY, each, PERSON) for each in ("Ivo Quill", "Ada Quill")]
    daughter = said(span_of(OBITUARY, "His daughter"), span_of(OBITUARY, "wept"))
    chains = build_chains("a", OBITUARY, names, [daughter])
    assert name_of(chains, chains.speaker(daughter)) == "Ada Quill"
