from kg.annotate.draft import Candidate
from kg.annotate.statements.depth import MAX_DEPTH, within_depth
from kg.model import Span


def candidate(*content: tuple[int, int], cue: tuple[int, int] = (0, 1)) -> Candidate:
    return Candidate(None, (Span(*cue),), tuple(Span(*each) for each in content), "that", 0.9)


def endless(count: int) -> list[Candidate]:
    """ "A said that A said that ...": each content reaches to the end of the text."""
    return [candidate((10 * number, 10 * count)) for number in range(1, count)]


def test_the_words_in_nested_contents_grow_with_the_text_alone():
    found = within_depth(endless(1_000))
    assert found == endless(1_000)[:MAX_DEPTH]


def test_statements_beside_each_other_all_stay():
    beside = [candidate((10 * number, 10 * number + 9)) for number in range(1_000)]
    assert within_depth(beside) == beside


def test_the_order_is_kept():
    given = [candidate((40, 50)), candidate((0, 10)), candidate((20, 30), (5, 8))]
    assert within_depth(given) == given


def test_what_has_no_content_is_under_none():
    silent = [candidate(cue=(number, number + 1)) for number in range(2 * MAX_DEPTH)]
    assert within_depth([*silent, candidate((3, 9))]) == [*silent, candidate((3, 9))]
