from dataclasses import replace

import pytest

from kg.annotate.draft import Candidate
from kg.annotate.statements.combine import (
    UNKNOWN,
    Finding,
    Setting,
    combine,
    features,
    merged_in,
    pair_up,
)
from kg.annotate.statements.confidence import Confidence, load_confidence, logistic, logit
from kg.annotate.statements.doubles import content_f1, without_doubles
from kg.annotate.statements.learned_decoding import EVIDENCE_NAMES
from kg.model import Span


def candidate(content, *, cue=(6, 10), source=(0, 5), rule="that", score=0.9, head=1):
    return Candidate(
        source=Span(*source) if source else None,
        cue=(Span(*cue),) if cue else (),
        content=(Span(*content),) if content else (),
        rule=rule,
        score=score,
        cue_head=head,
    )


@pytest.mark.parametrize(
    ("left", "right", "f1"),
    [
        ((0, 10), (0, 10), 1.0),
        ((0, 10), (5, 15), 0.5),
        ((0, 10), (10, 20), 0.0),
    ],
)
def test_content_f1_counts_shared_characters(left, right, f1):
    assert content_f1((Span(*left),), (Span(*right),)) == pytest.approx(f1)


def test_candidates_with_one_cue_are_one_finding():
    rule, tagger = candidate((11, 40)), candidate((20, 22), rule="learned")
    assert pair_up([rule], [tagger]) == [Finding(rule, tagger)]


def test_candidates_with_one_content_are_one_finding():
    rule = candidate((11, 40), cue=None, head=None)
    tagger = candidate((11, 38), rule="learned")
    assert pair_up([rule], [tagger]) == [Finding(rule, tagger)]


def test_candidates_apart_stay_apart():
    rule, tagger = candidate((11, 40)), candidate((60, 80), cue=(55, 58), head=9)
    assert pair_up([rule], [tagger]) == [Finding(rule, None), Finding(None, tagger)]


def test_what_is_said_second_hand_stays_beside_who_reports_it():
    outer = candidate((11, 60), score=0.95)
    inner = candidate((24, 60), cue=(15, 20), head=4, score=0.3)
    assert without_doubles([outer, inner]) == [outer]
    stated = replace(inner, second_hand=True)
    assert without_doubles([outer, stated]) == [outer, stated]


def test_a_source_is_taken_from_whoever_names_one():
    rule, tagger = candidate((11, 40)), candidate((11, 40), source=None)
    assert Finding(rule, tagger).merged.source == Span(0, 5)


def test_the_cue_is_the_rules():
    rule, tagger = candidate((11, 40)), candidate((11, 40), cue=(6, 20), rule="learned")
    merged = Finding(rule, tagger).merged
    assert merged.cue == rule.cue
    assert merged.rule == "that+learned"


def test_agreement_is_worth_more_than_either_alone():
    rule, tagger = candidate((11, 40), score=0.6), candidate((11, 40), score=0.6)
    confidence = load_confidence()
    both, first, second = (
        confidence.of_features(features(f, UNKNOWN))
        for f in (Finding(rule, tagger), Finding(rule, None), Finding(None, tagger))
    )
    assert both > max(first, second)


def test_of_two_with_the_same_content_the_surer_stays():
    sure, unsure = candidate((11, 40), score=0.8), candidate((12, 40), cue=(41, 45), score=0.6)
    assert without_doubles([unsure, sure]) == [sure]


def test_a_statement_that_another_reports_is_not_its_double():
    # "Quill said that Tolland denied leaks": the content of the outer one holds the inner cue
    outer = candidate((16, 36), score=0.9)
    inner = candidate((31, 36), cue=(24, 30), source=(16, 23), score=0.8, head=5)
    wider = candidate((18, 36), cue=(24, 30), source=(16, 23), score=0.8, head=5)
    assert without_doubles([outer, inner]) == [outer, inner]
    assert without_doubles([outer, wider]) == [outer, wider]


def test_an_unsure_statement_inside_another_is_its_double():
    outer = candidate((16, 36), score=0.9)
    unsure = candidate((18, 36), cue=(24, 30), source=(16, 23), score=0.4, head=5)
    assert without_doubles([outer, unsure]) == [outer]


def test_a_finding_without_content_is_kept_as_it_is():
    refusal = candidate(None, rule="no-comment", score=0.5)
    assert combine([refusal], []) == [refusal]


def test_what_is_hardly_ever_right_is_left_out():
    assert combine([], [candidate((11, 40), rule="learned", score=0.02)]) == []


def test_rules_stand_alone_where_the_tagger_cannot_run():
    likely, unlikely = candidate((11, 40), score=0.5), candidate((50, 70), score=0.1)
    assert combine([likely, unlikely], None) == [likely]


def test_findings_come_in_text_order():
    late = candidate((60, 90), cue=(55, 58), head=9, score=0.95)
    early = candidate((11, 40), score=0.95)
    found = combine([late, early], [late, early])
    assert [c.content for c in found] == [early.content, late.content]


def test_the_packaged_numbers_fit_the_evidence():
    assert len(load_confidence().evidence) == len(EVIDENCE_NAMES) + 1


def test_confidence_is_a_logistic_regression():
    fitted = Confidence((2.0, -1.0), {"both": 0.5, "intercept": 1.0}, 0.4)
    assert fitted.of_reading((1.0,)) == pytest.approx(logistic(1.0))
    assert fitted.of_features({"both": 2.0, "unheard of": 9.0}) == pytest.approx(logistic(2.0))
    assert logit(logistic(0.7)) == pytest.approx(0.7)


def several(*content, cue, head=1, score=0.9, source=(0, 5)):
    one = candidate(content[0], cue=cue, head=head, score=score, source=source)
    return replace(one, content=tuple(Span(*span) for span in content))


def test_a_quotation_that_two_claim_goes_to_the_one_that_has_no_other():
    # '"A," Moen said. "B," Roe said': the surer one was given both
    both = several((0, 30), (45, 80), cue=(36, 40), score=0.95)
    second = several((45, 80), cue=(86, 90), head=9, score=0.8)
    assert without_doubles([both, second]) == [replace(both, content=(Span(0, 30),)), second]


def test_the_less_sure_of_two_keeps_what_the_other_does_not_claim():
    first = several((0, 30), cue=(36, 40), score=0.95)
    wide = several((0, 30), (45, 80), cue=(86, 90), head=9, score=0.8)
    assert without_doubles([first, wide]) == [first, replace(wide, content=(Span(45, 80),))]


def test_without_a_cue_no_quotation_is_taken_from_another():
    both = several((0, 30), (45, 80), cue=(36, 40), score=0.95)
    uncued = replace(several((45, 80), cue=(86, 90), score=0.8), cue=(), cue_head=None)
    assert without_doubles([both, uncued]) == [both]


def test_a_quotation_that_the_tagger_cuts_short_stays_whole():
    rule = candidate((11, 90), rule="quote", score=0.8)
    tagger = candidate((11, 30), rule="learned", score=0.9)
    quoted = Setting(quoted=(Span(11, 90),))
    assert merged_in(Finding(rule, tagger), quoted).content == rule.content
    assert merged_in(Finding(rule, tagger), UNKNOWN).content == tagger.content


def test_what_a_text_is_like_counts_for_each_side_apart():
    news = Setting(reporting=4, first_person=0, quoted=(Span(0, 12),))
    alone = features(Finding(candidate((11, 40)), None), news)
    assert alone["rule alone: reporting 4"] == 1.0
    assert alone["rule alone: quoted cue"] == 1.0
    assert "both" not in alone


def test_a_sure_rule_stands_whatever_the_tagger_thinks_of_it():
    sure, doubted = candidate((11, 40), score=0.92), candidate((11, 40), score=0.5)
    tagger = candidate((11, 40), rule="learned", score=0.0001)
    assert [one.content for one in combine([sure], [tagger])] == [sure.content]
    assert combine([doubted], [tagger]) == []


@pytest.mark.parametrize("rule", ["object-passive", "accused"])
def test_who_is_criticised_by_somebody_has_not_spoken(rule):
    by_rule = candidate((0, 5), cue=(6, 16), source=(20, 26), rule=rule, score=0.5)
    by_tagger = candidate((20, 40), cue=(6, 16), source=(0, 5), rule="learned", score=0.6)
    merged = Finding(by_rule, by_tagger).merged
    assert merged.source == by_rule.source
    assert merged.content == by_rule.content


def test_who_is_asked_has_not_spoken():
    by_rule = candidate((20, 40), source=None, rule="wh-passive", score=0.5)
    by_tagger = candidate((20, 40), source=(0, 5), rule="learned", score=0.6)
    assert Finding(by_rule, by_tagger).merged.source is None
