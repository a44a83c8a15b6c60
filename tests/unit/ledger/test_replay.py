"""Corrections are made on one build and replayed on others: edited texts, other orders, undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.ids import article_id
from kg.ledger import (
    Author,
    Correction,
    correct_entities,
    correct_speaker,
    correct_stance,
    merge,
    not_a_statement,
    reject_entity,
    rename,
    replay,
    retype,
    split,
    undo,
)
from kg.model import Annotation, Article, Entity, Statement
from kg.resolve import Resolution, resolve
from kg.vocabulary import EntityType, MentionKind, Review, Stance
from tests.factories import NAME, PRONOUN, ArticleBuilder, harbour_article
from tests.resolving import PERSON, PLACE, Annotated, an_article, chain_of

ME = Author("desk", "2024-03-09T10:00:00Z", "checked by phone")
FIRST = an_article(
    "Anton Tolmarek swam in Orvenne.", ("Anton Tolmarek", PERSON), ("Orvenne", PLACE)
)
SECOND = an_article("Anton Tolmarek ran.", ("Anton Tolmarek", PERSON), day=2)
THIRD = an_article(
    "Petra Tolmarek sang in Orvenne.", ("Petra Tolmarek", PERSON), ("Orvenne", PLACE), day=3
)
ARTICLES = (FIRST, SECOND, THIRD)


def build(
    corrections: Sequence[Correction] = (), articles: Sequence[Annotated] = ARTICLES
) -> tuple[Resolution, tuple[Entity, ...]]:
    applied = replay(corrections, articles)
    corrected = [(a, applied.annotations.get(a.id, annotation)) for a, annotation in articles]
    resolution = resolve(corrected, applied.judgements)
    return resolution, tuple(correct_entities(resolution.entities, applied.entity_changes))


def entity(annotated: Annotated, name: str, corrections: Sequence[Correction] = ()) -> Entity:
    resolution, entities = build(corrections)
    wanted = resolution.entity_of[chain_of(annotated, name).id]
    return next(e for e in entities if e.id == wanted)


def sourced(annotated: Annotated, text: str) -> Annotated:
    """The article again with a new text (and id), its annotation moved along with its words."""
    article, annotation = annotated
    shift = {}
    for mention in annotation.mentions:
        start = text.index(mention.span.of(article.text))
        shift[mention.span] = replace(
            mention.span, start=start, end=start + len(mention.span.of(article.text))
        )
    edited = replace(article, text=text, id=article_id(text))
    return edited, replace(
        annotation,
        article=edited.id,
        mentions=tuple(
            replace(m, article=edited.id, span=shift[m.span]) for m in annotation.mentions
        ),
        chains=tuple(
            replace(c, article=edited.id, mentions=tuple(shift[s] for s in c.mentions))
            for c in annotation.chains
        ),
    )


def test_merge_joins_what_resolution_kept_apart_under_the_name_that_is_kept() -> None:
    anton, petra = entity(FIRST, "Anton Tolmarek"), entity(THIRD, "Petra Tolmarek")
    merged = merge(petra, [anton], ARTICLES, ME, force=False)
    found = entity(THIRD, "Petra Tolmarek", [merged])
    assert found.id == entity(FIRST, "Anton Tolmarek", [merged]).id
    assert (found.review, found.name) == (Review.CORRECTED, "Petra Tolmarek")
    assert set(found.chains) == {*anton.chains, *petra.chains}


def test_merge_then_undo_is_the_state_before() -> None:
    anton, petra = entity(FIRST, "Anton Tolmarek"), entity(THIRD, "Petra Tolmarek")
    merged = merge(anton, [petra], ARTICLES, ME, force=False)
    assert build([merged, *undo([merged], 1, ME)]) == build()


def test_a_split_lasts_when_articles_are_added() -> None:
    anton = entity(FIRST, "Anton Tolmarek")
    moved = list(SECOND[1].mentions)
    parted = split(anton, moved, ARTICLES, ME)
    more = an_article(
        "Anton Tolmarek ran in Orvenne.", ("Anton Tolmarek", PERSON), ("Orvenne", PLACE), day=1
    )
    for articles in (ARTICLES, (*ARTICLES, more)):
        resolution, _ = build([parted], articles)
        one, other = (chain_of(a, "Anton Tolmarek").id for a in (FIRST, SECOND))
        assert resolution.entity_of[one] != resolution.entity_of[other]


def test_a_name_inside_a_longer_mention_is_the_one_that_is_corrected() -> None:
    made = ArticleBuilder("Theo Vesk, a cousin of Ilsa Vesk, sang.")
    theo = made.chain(
        "Theo Vesk",
        PERSON,
        ("Theo Vesk", 0, NAME),
        ("a cousin of Ilsa Vesk", 0, MentionKind.NOMINAL),
    )
    ilsa = made.chain("Ilsa Vesk", PERSON, ("Ilsa Vesk", 0, NAME))
    annotated = made.build("hrun")
    entities = {e.name: e for e in resolve([annotated]).entities}
    renamed = [rename(entities[name], "X", [annotated], ME) for name in ("Ilsa Vesk", "Theo Vesk")]
    applied = replay(renamed, [annotated])
    assert [change.chains for change in applied.entity_changes] == [(ilsa,), (theo,)]


def test_a_later_merge_takes_a_split_back() -> None:
    anton = entity(FIRST, "Anton Tolmarek")
    parted = split(anton, list(SECOND[1].mentions), ARTICLES, ME)
    halves = [entity(a, "Anton Tolmarek", [parted]) for a in (FIRST, SECOND)]
    joined = merge(halves[0], halves[1:], ARTICLES, ME, force=False)
    assert entity(SECOND, "Anton Tolmarek", [parted, joined]).id == anton.id


def test_a_mention_is_cut_out_of_its_chain_with_what_it_says() -> None:
    made = harbour_article()
    annotated = made.build("hrun")
    resolution = resolve([annotated])
    marsh = next(e for e in resolution.entities if e.name == "Ilda Marsh")
    she = [m for m in annotated[1].mentions if m.kind is PRONOUN]
    applied = replay([split(marsh, she, [annotated], ME)], [annotated])
    changed = applied.annotations[annotated[0].id]
    told = next(s for s in changed.statements if s.cue_lemma == "tell")
    speaker = next(c for c in changed.chains if c.id == told.speaker)
    assert speaker.mentions == (she[0].span,)
    assert resolve([(annotated[0], changed)], applied.judgements).entity_of[speaker.id] != marsh.id


def test_rename_and_retype_change_the_entity_and_not_its_id() -> None:
    before = entity(FIRST, "Orvenne")
    made = [
        rename(before, "Orvenne  Town", ARTICLES, ME),
        retype(before, "organisation", ARTICLES, ME),
    ]
    after = entity(FIRST, "Orvenne", made)
    assert (after.id, after.name, after.type) == (
        before.id,
        "Orvenne Town",
        EntityType.ORGANISATION,
    )
    assert "Orvenne" in after.aliases


def test_a_name_given_by_hand_stays_with_most_of_what_a_split_parts() -> None:
    third = an_article("Anton Tolmarek sat.", ("Anton Tolmarek", PERSON), day=3)
    articles = (FIRST, SECOND, third)

    def named(annotated: Annotated, corrections: Sequence[Correction]) -> Entity:
        resolution, entities = build(corrections, articles)
        wanted = resolution.entity_of[chain_of(annotated, "Anton Tolmarek").id]
        return next(e for e in entities if e.id == wanted)

    called = rename(named(FIRST, []), "Anton P. Tolmarek", articles, ME)
    (first,) = [m for m in FIRST[1].mentions if m.kind is NAME and m.span.start == 0]
    parted = split(named(FIRST, [called]), [first], articles, ME)
    assert named(SECOND, [called, parted]).name == "Anton P. Tolmarek"
    assert named(FIRST, [called, parted]).name == "Anton Tolmarek"


def test_reject_is_a_verdict_beside_the_confidence() -> None:
    made = reject_entity(entity(FIRST, "Orvenne"), ARTICLES, ME)
    after = entity(FIRST, "Orvenne", [made])
    assert after.review is Review.REJECTED
    assert after.links == entity(FIRST, "Orvenne").links


def harbour_statement(lemma: str) -> tuple[Annotated, Statement]:
    annotated = harbour_article().build("hrun")
    return annotated, next(s for s in annotated[1].statements if s.cue_lemma == lemma)


def corrected_statement(annotated: Annotated, made: Correction, statement: Statement) -> Statement:
    changed = replay([made], [annotated]).annotations[annotated[0].id]
    return next(s for s in changed.statements if s.id == statement.id)


def test_a_stance_is_corrected() -> None:
    annotated, told = harbour_statement("tell")
    made = correct_stance(told, annotated[0], "denies", ME)
    after = corrected_statement(annotated, made, told)
    assert (after.stance, after.review) == (Stance.DENIES, Review.CORRECTED)


def without(annotated: Annotated, statement: Statement) -> Annotation:
    made = not_a_statement(statement, annotated[0], ME)
    return replay([made], [annotated]).annotations[annotated[0].id]


def test_what_is_no_statement_goes_with_its_claims_and_not_the_one_around_it() -> None:
    annotated, denied = harbour_statement("deny")
    changed = without(annotated, denied)
    ids = [s.id for s in annotated[1].statements]
    assert [s.id for s in changed.statements] == [id_ for id_ in ids if id_ != denied.id]
    assert denied.parent in ids
    assert denied.id in {claim.statement for claim in annotated[1].claims}
    assert denied.id not in {claim.statement for claim in changed.claims}


def test_what_a_wrong_statement_reported_moves_up() -> None:
    annotated, denied = harbour_statement("deny")
    outer = next(s for s in annotated[1].statements if s.id == denied.parent)
    after = next(s for s in without(annotated, outer).statements if s.id == denied.id)
    assert (after.parent, after.depth) == (outer.parent, denied.depth - 1)


def test_a_speaker_of_the_article_is_put_in() -> None:
    annotated, told = harbour_statement("tell")
    vale = next(e for e in resolve([annotated]).entities if e.name == "Orrin Vale")
    made = correct_speaker(told, annotated[0], vale, [annotated], ME)
    assert corrected_statement(annotated, made, told).speaker == vale.chains[0]


def test_a_speaker_from_another_article_gets_a_chain_here() -> None:
    annotated, told = harbour_statement("tell")
    articles = [annotated, SECOND]
    anton = next(e for e in resolve(articles).entities if e.name == "Anton Tolmarek")
    applied = replay([correct_speaker(told, annotated[0], anton, articles, ME)], articles)
    changed = applied.annotations[annotated[0].id]
    speaker = next(s for s in changed.statements if s.id == told.id).speaker
    resolution = resolve([(annotated[0], changed), SECOND], applied.judgements)
    assert (
        resolution.entity_of[speaker] == resolution.entity_of[chain_of(SECOND, "Anton Tolmarek").id]
    )


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Late on Friday, Anton Tolmarek ran.", True),  # words before were added
        ("Anton Tolmarek ran. He fell.", True),  # words after were added
        ("Petra Veskari ran.", False),  # the words went
    ],
)
def test_a_correction_follows_its_words_through_an_edit(text: str, fits: bool) -> None:
    article, annotation = SECOND
    found = (replace(article, source="news/run.txt"), annotation)
    made = rename(resolve([found]).entities[0], "A. T.", [found], ME)
    edited = sourced(found, text) if fits else an_article(text, ("Petra Veskari", PERSON))
    edited = (replace(edited[0], source="news/run.txt"), edited[1])
    applied = replay([made], [edited])
    assert bool(applied.entity_changes) is fits
    assert [unfit.correction for unfit in applied.unfit] == ([] if fits else [made])


def test_a_correction_of_a_removed_article_is_told_and_kept() -> None:
    made = rename(entity(SECOND, "Anton Tolmarek"), "A. T.", [SECOND], ME)
    applied = replay([made], [THIRD])
    assert applied.entity_changes == ()
    assert "Anton Tolmarek" in applied.unfit[0].reason


def test_a_person_and_a_place_are_merged_by_force_alone() -> None:
    anton, orvenne = entity(FIRST, "Anton Tolmarek"), entity(FIRST, "Orvenne")
    with pytest.raises(UsageError, match=r"is a person, .* a place\. Use --force"):
        merge(anton, [orvenne], ARTICLES, ME, force=False)
    forced = merge(anton, [orvenne], ARTICLES, ME, force=True)
    assert entity(FIRST, "Orvenne", [forced]).id == entity(FIRST, "Anton Tolmarek", [forced]).id


@pytest.mark.parametrize(
    "call",
    [
        lambda e: rename(e, "  ", ARTICLES, ME),  # no name
        lambda e: retype(e, "animal", ARTICLES, ME),  # no such type
        lambda e: merge(e, [e], ARTICLES, ME, force=True),  # with itself
        lambda e: split(e, [], ARTICLES, ME),  # nothing to split
        lambda e: undo([], 1, ME),  # nothing to undo
    ],
)
def test_a_wrong_call_is_told(call) -> None:
    with pytest.raises(UsageError):
        call(entity(FIRST, "Orvenne"))


@st.composite
def correction_lists(draw: st.DrawFn) -> list[Correction]:
    """Merges, splits and renames of any entities of the build, each made on the state before it."""
    made: list[Correction] = []
    for _ in range(draw(st.integers(0, 4))):
        _, entities = build(made)
        one = draw(st.sampled_from(sorted(entities, key=lambda e: e.id)))
        others = [e for e in entities if e.id != one.id]
        kind = draw(st.sampled_from(("merge", "rename", "split")))
        if kind == "merge" and others:
            made.append(merge(one, [draw(st.sampled_from(others))], ARTICLES, ME, force=True))
        elif kind == "rename":
            made.append(rename(one, draw(st.sampled_from("ABC")), ARTICLES, ME))
        elif len(one.chains) > 1:
            gone = draw(st.sampled_from(one.chains))
            mentions = [m for _, a in ARTICLES for m in a.mentions if m.chain == gone]
            made.append(split(one, mentions, ARTICLES, ME))
    return made


@given(correction_lists(), st.data())
@settings(max_examples=40, deadline=None)
def test_undoing_the_last_ones_is_the_state_before_them(
    made: list[Correction], data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(made)))
    if count == 0:
        return
    unique = list({m.id: m for m in made}.values())
    count = min(count, len(unique))
    assert build([*unique, *undo(unique, count, ME)]) == build(unique[: len(unique) - count])


@given(correction_lists(), st.permutations(ARTICLES))
@settings(max_examples=30, deadline=None)
def test_replay_does_not_depend_on_the_order_of_articles(
    made: list[Correction], shuffled: list[tuple[Article, Annotation]]
) -> None:
    assert replay(made, shuffled) == replay(made, ARTICLES)


def test_a_builder_without_names_has_a_wordless_chain_to_correct() -> None:
    made = ArticleBuilder("It rained in Orvenne.")
    made.chain("unnamed source", EntityType.GROUP)
    made.chain("Orvenne", PLACE, ("Orvenne", 0, NAME))
    annotated = made.build("hrun")
    entities = {e.name: e for e in resolve([annotated]).entities}
    renamed = rename(entities["unnamed source"], "a weather office", [annotated], ME)
    applied = replay([renamed], [annotated])
    assert applied.entity_changes[0].chains == entities["unnamed source"].chains
