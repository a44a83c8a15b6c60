from __future__ import annotations

from datetime import date

import pytest

from kg.annotate.draft import Attribution, Candidate
from kg.annotate.statements.interpret import interpret
from kg.annotate.statements.tokens import TokenIndex
from kg.model import Span
from kg.vocabulary import Act, Certainty, Polarity, QuoteType, Stance, StatementKind
from tests.parsed import parsed, span_of

THURSDAY = date(2017, 5, 11)


def one(doc, source: str | None, cue: str, content: str | None, quoted=(), head=None):
    candidate = Candidate(
        span_of(doc, source) if source else None,
        (span_of(doc, cue),),
        (span_of(doc, content),) if content else (),
        "test",
        0.8,
        cue_head=head,
    )
    (found,) = interpret(TokenIndex(doc), [candidate], quoted, published=THURSDAY)
    return found


def saying(lemma: str, *before: str, inner: tuple[str, ...] = ()) -> Attribution:
    """ "Ilda (did not) LEMMA that dams (may not) hold", read as one attribution."""
    rows = ["Ilda PROPN nsubj CUE"]
    rows += [f"{word} {'PART neg' if word == 'not' else 'AUX aux'} CUE" for word in before]
    rows += [f"CUE VERB ROOT CUE {lemma}", "that SCONJ mark hold", "dams NOUN nsubj hold"]
    rows += [f"{word} {'PART neg' if word == 'not' else 'AUX aux'} hold" for word in inner]
    rows += ["hold VERB ccomp CUE hold VBP"]
    doc = parsed("\n".join(rows))
    return one(doc, "Ilda", "CUE", " ".join(("dams", *inner, "hold")))


@pytest.mark.parametrize(
    ("lemma", "before", "stance", "act"),
    [
        ("say", (), Stance.ASSERTS, Act.SAY),
        ("deny", (), Stance.DENIES, Act.DENY),
        ("deny", ("did", "not"), Stance.ASSERTS, Act.DENY),  # not denying is no denial
        ("say", ("did", "not"), Stance.NO_COMMENT, Act.SAY),  # nothing was said of it
        ("think", (), Stance.ASSERTS, Act.BELIEVE),
        ("think", ("does", "not"), Stance.DENIES, Act.BELIEVE),  # thinks that it is not so
        ("know", ("does", "not"), Stance.QUESTIONS, Act.BELIEVE),  # leaves it open
        ("promise", (), Stance.COMMITS, Act.COMMIT),
        ("demand", (), Stance.REQUESTS, Act.REQUEST),
        ("ask", (), Stance.REQUESTS, Act.REQUEST),  # "asked that it be done"
        ("inquire", (), Stance.QUESTIONS, Act.ASK),
        ("blurt", (), Stance.ASSERTS, Act.SAY),  # a cue the lexicon does not know
    ],
)
def test_cue_and_its_negation_give_act_and_stance(lemma, before, stance, act):
    found = saying(lemma, *before)
    assert (found.stance, found.act) == (stance, act)


def test_on_before_who_is_called_on_belongs_to_the_cue_however_it_is_parsed() -> None:
    doc = parsed("""
        Ilda PROPN nsubj called
        called VERB ROOT called call
        on SCONJ mark leave
        Arden PROPN nsubj leave
        to PART aux leave
        leave VERB advcl called leave VB
    """)
    found = one(doc, "Ilda", "called on", "Arden to leave")
    assert (found.stance, found.act) == (Stance.REQUESTS, Act.REQUEST)


def test_negation_of_the_content_is_no_negation_of_the_cue():
    found = saying("say", inner=("do", "not"))
    assert (found.stance, found.cue_lemma) == (Stance.ASSERTS, "say")
    assert [claim.polarity for claim in found.claims] == [Polarity.NEGATIVE]


def test_negation_of_the_cue_is_no_negation_of_the_content():
    found = saying("say", "did", "not")
    assert found.cue_lemma == "not say"
    assert [claim.polarity for claim in found.claims] == [Polarity.POSITIVE]


@pytest.mark.parametrize(
    ("lemma", "inner", "certainty"),
    [
        ("say", (), Certainty.CERTAIN),
        ("say", ("may",), Certainty.POSSIBLE),
        ("say", ("could", "not"), Certainty.CERTAIN),  # inability, not doubt
        ("suggest", (), Certainty.POSSIBLE),  # the cue sets the limit
        ("promise", (), Certainty.PROBABLE),
        ("believe", ("may",), Certainty.POSSIBLE),  # the lower of the two
    ],
)
def test_certainty_is_the_least_of_cue_and_content(lemma, inner, certainty):
    assert saying(lemma, inner=inner).claims[0].certainty == certainty


def test_thinking_is_an_attitude_and_saying_is_speech():
    assert saying("think").kind is StatementKind.ATTITUDE
    assert saying("say").kind is StatementKind.SPEECH


def test_refusing_to_say_is_silence_about_the_content():
    doc = parsed(
        """
        Ilda PROPN nsubj refused
        refused VERB ROOT refused refuse
        to PART aux say to TO
        say VERB xcomp refused say VB
        who PRON nsubj paid
        paid VERB ccomp say pay
        """
    )
    found = one(doc, "Ilda", "refused to say", "who paid")
    assert (found.stance, found.cue_lemma) == (Stance.NO_COMMENT, "refuse to say")


def test_not_answering_needs_no_content():
    doc = parsed(
        """
        Ilda PROPN nsubj respond
        did AUX aux respond do
        not PART neg respond
        respond VERB ROOT respond
        """
    )
    found = one(doc, "Ilda", "did not respond", None)
    assert (found.act, found.stance, found.claims) == (Act.NO_COMMENT, Stance.NO_COMMENT, ())


def test_because_with_a_subject_of_its_own_makes_two_claims():
    doc = parsed(
        """
        Ilda PROPN nsubj said
        said VERB ROOT said say
        there PRON expl is
        is AUX ccomp said be VBZ
        no DET det leak
        leak NOUN attr is
        because SCONJ mark are
        there PRON expl are
        are AUX advcl is be VBP
        no DET det pipes
        pipes NOUN attr are
        """
    )
    doc_text = doc.text
    found = one(doc, "Ilda", "said", "there is no leak because there are no pipes")
    assert [(c.spans[0].of(doc_text), c.polarity) for c in found.claims] == [
        ("there is no leak", Polarity.NEGATIVE),
        ("there are no pipes", Polarity.NEGATIVE),
    ]


def test_parent_is_the_smallest_content_around_cue_and_content():
    doc = parsed(
        """
        Ana PROPN nsubj wrote
        wrote VERB ROOT wrote write
        Bo PROPN nsubj said
        said VERB ccomp wrote say
        Cy PROPN nsubj denied
        denied VERB ccomp said deny
        it PRON dobj denied
        """
    )
    candidates = [
        Candidate(span_of(doc, who), (span_of(doc, cue),), (span_of(doc, what),), "test", 1.0)
        for who, cue, what in [
            ("Cy", "denied", "it"),
            ("Ana", "wrote", "Bo said Cy denied it"),
            ("Bo", "said", "Cy denied it"),
        ]
    ]
    found = interpret(TokenIndex(doc), candidates, [], published=None)
    assert [(one.cue_lemma, one.parent) for one in found] == [
        ("write", None),
        ("say", 0),
        ("deny", 1),
    ]


def told_on_friday():
    return parsed(
        """
        Ilda PROPN nsubj told
        told VERB ROOT told tell
        reporters NOUN dobj told reporter
        on ADP prep told
        Friday PROPN pobj on
        that SCONJ mark hold
        dams NOUN nsubj hold
        hold VERB ccomp told hold VBP
        """
    )


def test_time_of_saying_hangs_on_the_cue():
    found = one(told_on_friday(), "Ilda", "told", "dams hold")
    assert found.said is not None
    assert (found.said.earliest, found.said.latest) == (date(2017, 5, 5), date(2017, 5, 5))
    assert found.said.span.of(told_on_friday().text) == "Friday"


def test_time_in_the_content_is_no_time_of_saying():
    found = one(told_on_friday(), "Ilda", "told", "on Friday that dams hold")
    assert found.said is None


def test_listener_is_the_object_of_telling():
    found = one(told_on_friday(), "Ilda", "told", "dams hold")
    assert found.addressee == span_of(told_on_friday(), "reporters")


def spokeswoman():
    return parsed(
        """
        A DET det spokeswoman
        spokeswoman NOUN nsubj said
        for ADP prep spokeswoman
        Corvel PROPN pobj for
        said VERB ROOT said say
        in ADP prep said
        a DET det letter
        letter NOUN pobj in
        dams NOUN nsubj hold
        hold VERB ccomp said hold VBP
        """
    )


def test_spokeswoman_speaks_for_whom_she_names_in_a_work():
    doc = spokeswoman()
    found = one(doc, "A spokeswoman for Corvel", "said", "dams hold")
    assert found.on_behalf_of == span_of(doc, "Corvel")
    assert found.work == span_of(doc, "a letter")


def quoted_words():
    doc = parsed(
        """
        " PUNCT punct left
        We PRON nsubj left
        left VERB ccomp said leave VBD
        " PUNCT punct left
        said VERB ROOT said say
        Ilda PROPN nsubj said
        """
    )
    return doc, span_of(doc, "We left")


def test_wholly_quoted_content_is_direct_and_we_means_its_speaker():
    doc, inner = quoted_words()
    found = one(doc, "Ilda", "said", "We left", quoted=[inner])
    assert found.quote_type is QuoteType.DIRECT
    assert found.quotes == (inner,)
    assert found.references == (span_of(doc, "We"),)


def test_a_quotation_around_the_cue_belongs_to_someone_else():
    doc, _ = quoted_words()
    whole = Span(0, len(doc.text))
    found = one(doc, "Ilda", "said", "We left", quoted=[whole])
    assert found.quote_type is QuoteType.INDIRECT
    assert found.references == ()


def test_narrator_contradicts_what_was_falsely_claimed():
    doc = parsed(
        """
        Ilda PROPN nsubj claimed
        falsely ADV advmod claimed
        claimed VERB ROOT claimed claim
        dams NOUN nsubj hold
        hold VERB ccomp claimed hold VBP
        """
    )
    candidate = Candidate(
        span_of(doc, "Ilda"), (span_of(doc, "claimed"),), (span_of(doc, "dams hold"),), "test", 1.0
    )
    narrated, claimed = interpret(TokenIndex(doc), [candidate], [], published=None)
    assert (narrated.narrator, narrated.stance) == (True, Stance.DENIES)
    assert (claimed.narrator, claimed.stance) == (False, Stance.ASSERTS)
    assert narrated.content == claimed.content


def test_evidence_offered_in_a_clause_is_a_claim_of_its_own():
    doc = parsed(
        """
        Ilda PROPN nsubj said
        said VERB ROOT said say
        dams NOUN nsubj hold
        hold VERB ccomp said hold VBP
        , PUNCT punct hold
        offering VERB advcl hold offer VBG
        as ADP prep offering
        evidence NOUN pobj as
        that SCONJ mark leaked
        nothing PRON nsubj leaked
        leaked VERB ccomp offering leak
        """
    )
    text = doc.text
    found = one(doc, "Ilda", "said", text[text.index("dams") :])
    assert [(c.spans[0].of(text), c.polarity) for c in found.claims] == [
        ("dams hold", Polarity.POSITIVE),
        ("nothing leaked", Polarity.NEGATIVE),
    ]
