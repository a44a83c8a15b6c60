"""Small articles in which what is said is easily taken for what is so."""

from __future__ import annotations

from datetime import date

from kg.vocabulary import Act, Certainty, EntityType, Polarity, Stance
from tests.factories import NAME, ArticleBuilder

PERSON, ORGANISATION = EntityType.PERSON, EntityType.ORGANISATION
BROTHER = "Helen Marsh denied that Tomasz Wilk was the brother of Eva Kral."
TRUST = "Wilk works for the Harbour Trust."
REFUSAL = "Casimir Drewell claimed that the Chemical Workers' Union had refused three invitations."
FERRY = "Ilda Marsh said that the pier was not safe and that the ferry may sail."


def brother_article() -> ArticleBuilder:
    """A speaker denies a relation; the article itself words another one."""
    made = ArticleBuilder(f"{BROTHER} {TRUST}", published=date(2024, 3, 7), source="in/kin.txt")
    marsh = made.chain("Helen Marsh", PERSON, ("Helen Marsh", 0, NAME))
    wilk = made.chain("Tomasz Wilk", PERSON, ("Tomasz Wilk", 0, NAME), ("Wilk", 1, NAME))
    kral = made.chain("Eva Kral", PERSON, ("Eva Kral", 0, NAME))
    trust = made.chain("Harbour Trust", ORGANISATION, ("Harbour Trust", 0, NAME))
    words = "Tomasz Wilk was the brother of Eva Kral"
    denial = made.statement(
        marsh,
        "denied",
        words,
        act=Act.DENY,
        stance=Stance.DENIES,
        lemma="deny",
        sentence=BROTHER,
        speaker_words="Helen Marsh",
    )
    made.claim(denial, words, about=(wilk, kral))
    made.relation(wilk, "relative", kral, "Eva Kral", words, statement=denial)
    made.relation(wilk, "worksFor", trust, "the Harbour Trust", TRUST.rstrip("."))
    return made


def refusal_article() -> ArticleBuilder:
    """A speaker reports what a union refused: the second statement is at second hand."""
    made = ArticleBuilder(REFUSAL, published=date(2024, 3, 8), source="in/refusal.txt")
    drewell = made.chain("Casimir Drewell", PERSON, ("Casimir Drewell", 0, NAME))
    union = made.chain(
        "Chemical Workers' Union", ORGANISATION, ("Chemical Workers' Union", 0, NAME)
    )
    outer = made.statement(
        drewell,
        "claimed",
        "the Chemical Workers' Union had refused three invitations",
        act=Act.CLAIM,
        lemma="claim",
        sentence=REFUSAL,
        speaker_words="Casimir Drewell",
    )
    made.claim(outer, "the Chemical Workers' Union had refused three invitations", about=(union,))
    inner = made.statement(
        union,
        "refused",
        "three invitations",
        act=Act.REJECT,
        stance=Stance.DENIES,
        lemma="refuse",
        sentence=REFUSAL,
        speaker_words="the Chemical Workers' Union",
        depth=2,
        parent=outer,
    )
    made.claim(inner, "three invitations")
    return made


def ferry_article() -> ArticleBuilder:
    """One statement with two claims that differ in polarity and in certainty."""
    made = ArticleBuilder(FERRY, published=date(2024, 3, 9), source="in/ferry.txt")
    marsh = made.chain("Ilda Marsh", PERSON, ("Ilda Marsh", 0, NAME))
    words = "the pier was not safe and that the ferry may sail"
    said = made.statement(marsh, "said", words, lemma="say", sentence=FERRY)
    made.claim(said, "the pier was not safe", polarity=Polarity.NEGATIVE)
    made.claim(said, "the ferry may sail", certainty=Certainty.POSSIBLE)
    return made
