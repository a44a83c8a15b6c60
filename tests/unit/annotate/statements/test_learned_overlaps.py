from kg.annotate.statements.learned_overlaps import settle
from tests.tagger import reading


def contents(scored):
    return {r.cue_head: r.content for _, r in settle(scored)}


def test_a_contested_quotation_stays_with_the_surer_cue():
    far = reading(5, (0, 4), (8, 12), logit=1.0)
    near = reading(14, (8, 12), logit=3.0)
    assert contents([(0.9, far), (0.9, near)]) == {5: [(0, 4)], 14: [(8, 12)]}


def test_a_statement_inside_a_statement_keeps_its_content():
    outer = reading(1, (2, 12))
    inner = reading(4, (6, 12))
    assert contents([(0.9, outer), (0.8, inner)]) == {1: [(2, 12)], 4: [(6, 12)]}


def test_a_reading_that_loses_all_its_content_goes():
    strong = reading(1, (2, 8))
    weak = reading(9, (2, 8), logit=0.5)
    assert contents([(0.2, weak), (0.9, strong)]) == {1: [(2, 8)]}


def test_readings_apart_are_left_alone_in_text_order():
    scored = [(0.5, reading(10, (11, 14))), (0.9, reading(1, (2, 5)))]
    assert [r.cue_head for _, r in settle(scored)] == [1, 10]
