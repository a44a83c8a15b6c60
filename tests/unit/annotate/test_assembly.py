from __future__ import annotations

from dataclasses import replace

import spacy
from spacy.tokens import Doc

from kg.annotate.assembly import Sentences, Topics, depths_of, sound_parents, trimmed
from kg.annotate.draft import Attribution
from kg.model import Chain, Mention, Span
from kg.vocabulary import Act, EntityType, MentionKind, QuoteType, Stance, StatementKind


def attribution(parent: int | None = None, *, narrator: bool = False) -> Attribution:
    return Attribution(
        source=None,
        cue=(Span(0, 4),),
        cue_lemma="say",
        content=(Span(5, 9),),
        act=Act.SAY,
        stance=Stance.ASSERTS,
        kind=StatementKind.SPEECH,
        quote_type=QuoteType.INDIRECT,
        parent=parent,
        rule="test",
        confidence=1.0,
        narrator=narrator,
    )


def depths(*attributions: Attribution) -> list[int]:
    return depths_of(attributions, sound_parents(attributions))


def test_depth_counts_the_sources_on_the_way() -> None:
    assert depths(attribution(), attribution(0), attribution(1)) == [1, 2, 3]


def test_depth_of_the_narrator_is_zero_and_it_is_no_parent() -> None:
    assert depths(attribution(narrator=True), attribution(0)) == [0, 1]


def test_a_circle_of_parents_is_cut_once() -> None:
    assert depths(attribution(1), attribution(0)) == [1, 2]


def test_nesting_stops_at_nine() -> None:
    deep = [attribution(), *(attribution(index) for index in range(12))]
    assert max(depths(*deep)) == 9


def test_sentence_around_two_spans_runs_over_both() -> None:
    words = ["One", ".", "Two", ".", "Three", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[False, True, False, True, False, False],
        sent_starts=[True, False, True, False, True, False],
    )
    sentences = Sentences(doc)
    assert sentences.around([Span(5, 8)]) == Span(5, 9)
    assert sentences.around([Span(0, 3), Span(5, 8)]) == Span(0, 9)


def test_a_mark_that_closes_the_sentence_before_does_not_begin_the_next() -> None:
    words = ["Go", ".", '"', "\n\n", "Ada", "left", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[False, False, False, False, True, False, False],
        sent_starts=[True, False, True, False, False, False, False],
    )
    assert doc.text == 'Go."\n\nAda left.'
    assert Sentences(doc).around([Span(6, 9)]).of(doc.text) == "Ada left."


def test_topics_are_the_chains_mentioned_inside_in_text_order() -> None:
    def chain(name: str, type_: EntityType) -> Chain:
        return Chain(name, "a", type_, name, (), named=True)

    def mention(start: int, name: str) -> Mention:
        span = Span(start, start + 3)
        return Mention("a", span, MentionKind.NAME, EntityType.PERSON, name, "test")

    chains = [
        chain("x", EntityType.PERSON),
        chain("y", EntityType.PLACE),
        chain("z", EntityType.OTHER),
    ]
    mentions = [
        mention(10, "y"),
        mention(4, "x"),
        mention(20, "x"),
        mention(6, "z"),
        mention(40, "x"),
    ]
    assert Topics(chains, mentions).inside([Span(3, 30)]) == ("x", "y")


def test_no_break_spaces_at_the_end_of_a_source_are_left_out() -> None:
    text = "said Ada Quill\u00a0"
    wide = replace(attribution(), source=Span(5, 15))
    assert trimmed(wide, text).source == Span(5, 14)
