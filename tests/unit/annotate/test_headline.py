"""Headlines in Title Case, before the language model reads them."""

from __future__ import annotations

import pytest

from kg.annotate.annotator import EnglishAnnotator
from kg.annotate.headline import sentence_cased
from kg.model import Article

BODY = "\n\nThe boss of the mill hid faults from the public, said Rose Kolb. Prices rose. He slept."


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("Boss Hid Faults From Public", "Boss hid faults from public"),
        ("Boss Slams Kolb", "Boss Slams Kolb"),  # too short to tell
        ("Orlo Slams Boss Of Mill", "Orlo slams boss of mill"),  # a verb of saying
        ("Prices Of Rose Kolb Rose", "Prices of Rose Kolb Rose"),  # a name below, so both stay
        ("Boss hid faults from the public", "Boss hid faults from the public"),
        ("BOSS HID FAULTS FROM PUBLIC", "BOSS HID FAULTS FROM PUBLIC"),
    ],
)
def test_only_names_keep_their_capitals(headline: str, read: str):
    assert sentence_cased(headline + BODY) == read + BODY


@pytest.mark.parametrize("text", ["", "\n", "Boss Hid Faults From Public", BODY])
def test_a_text_without_a_headline_stays(text: str):
    assert sentence_cased(text) == text


@pytest.mark.model
def test_who_speaks_in_a_headline_is_found_and_shown_as_worded():
    text = (
        "Harbour Boss Hid Past Faults From Public, Former Ministry Inspector Says\n\n"
        "The boss of the harbour hid faults in the past, a former inspector of the ministry said. "
        "The public was told nothing."
    )
    annotation = EnglishAnnotator().annotate(Article("art:x", text))
    first = annotation.statements[0]
    assert first.speaker_span is not None
    assert first.speaker_span.of(text) == "Former Ministry Inspector"
    assert first.content[0].of(text) == "Harbour Boss Hid Past Faults From Public"
