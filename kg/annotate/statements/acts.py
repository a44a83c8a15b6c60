"""What each cue does: the act, the stance to the content as worded, speech or attitude.

The lexicon is the project's own. A cue that it does not know is read as a plain assertion, so the
table lists every verb whose stance is not that one, and the frequent ones whose act is telling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.annotate.statements.wordlists import words
from kg.vocabulary import Act, Certainty, Stance, StatementKind


@dataclass(frozen=True, slots=True)
class Sense:
    """What one cue does when nothing negates it."""

    act: Act
    stance: Stance = Stance.ASSERTS
    kind: StatementKind = StatementKind.SPEECH
    certainty: Certainty = Certainty.CERTAIN
    """The most that the cue lets the content have: "suggests that P" leaves P possible."""


_ATTITUDE = StatementKind.ATTITUDE

_ROWS: tuple[tuple[Sense, str], ...] = (
    (
        Sense(Act.SAY),
        "say add state note remark observe comment mention continue explain speak talk go read "
        "recall stress emphasize emphasise reiterate repeat conclude interject opine quip joke "
        "exclaim shout yell cry scream whisper mutter murmur sigh snap chant echo elaborate "
        "recount relate discuss reply respond answer retort rejoin counter quote put "
        "begin finish point~out chime~in shoot~back weigh~in go~on speak~of speak~about "
        "talk~about allude refer statement word quotation testify testimony narrate reflect "
        "reminisce laugh utter voice argue~back hit~back fire~back snap~back clarify "
        "bark beam bellow blurt blurt~out chuckle croak croon crow cry~out deadpan fume giggle "
        "groan growl grunt gush hiss howl moan mumble purr rasp roar snarl sneer snort sob "
        "splutter sputter squeal stammer stutter thunder wail wheeze whimper whine",
    ),
    (
        Sense(Act.WRITE),
        "write tweet retweet post blog email e-mail text message caption sign pen publish scribble "
        "letter write~back note~down",
    ),
    (Sense(Act.TELL), "tell inform notify brief remind assure reassure teach update"),
    (
        Sense(Act.CLAIM),
        "claim allege argue contend maintain assert insist declare proclaim boast brag posit "
        "profess purport hold reason allegation assertion argument contention insistence "
        "make~case make~clear make~claim make~point double~down rumour rumor",
    ),
    (
        Sense(Act.CONFIRM),
        "confirm affirm reaffirm verify attest certify validate bear~out confirmation vouch "
        "agree~with concur side~with stand~by agree~that",
    ),
    (Sense(Act.CORROBORATE), "corroborate substantiate back~up"),
    (
        Sense(Act.ANNOUNCE),
        "announce reveal disclose unveil release introduce announcement revelation declaration "
        "give~notice",
    ),
    (
        Sense(Act.IMPLY, certainty=Certainty.POSSIBLE),
        "suggest imply hint insinuate intimate signal suggestion insinuation hint~at",
    ),
    (
        Sense(Act.ACCUSE),
        "accuse blame fault charge indict implicate denounce accusation charge~with",
    ),
    (
        Sense(Act.WARN),
        "warn caution alert forewarn warning sound~alarm raise~alarm",
    ),
    (
        Sense(Act.ADMIT),
        "admit acknowledge concede confess own~up recognize recognise grant come~clean admission "
        "plead~guilty concession confession acknowledgment",
    ),
    (
        Sense(Act.FIND),
        "find show determine establish discover demonstrate prove rule judge finding ascertain "
        "learn uncover detect estimate calculate diagnose decide~that",
    ),
    (
        Sense(Act.REPORT),
        "report describe detail document chronicle cite broadcast carry list record relay "
        "summarize summarise account report~on break",
    ),
    (
        Sense(Act.CALL),
        "call describe~as brand label dub name term characterize characterise portray liken "
        "compare title refer~to hail depict deride know~as deem",
    ),
    (
        Sense(Act.EXPRESS),
        "express criticize criticise condemn slam blast decry deplore lament bemoan complain rail "
        "praise applaud laud welcome thank congratulate apologize apologise commend celebrate "
        "mock ridicule chide rebuke assail attack bash lambast lambaste berate endorse support "
        "favor favour defend tout extol extoll protest regret criticism apology condemnation "
        "complaint endorsement cheer boo salute scold",
    ),
    (
        Sense(Act.BELIEVE, kind=_ATTITUDE, certainty=Certainty.PROBABLE),
        "think believe feel reckon suspect assume presume suppose guess figure consider view "
        "regard see imagine belief opinion sense theorize theorise gather hear",
    ),
    (
        Sense(Act.BELIEVE, kind=_ATTITUDE, certainty=Certainty.POSSIBLE),
        "speculate fear worry hypothesize hypothesise speculation worried afraid seem appear sound "
        "look concern concerned",
    ),
    (
        Sense(Act.BELIEVE, kind=_ATTITUDE),
        "know understand realize realise remember forget notice sure certain convinced confident "
        "aware positive adamant clear recollect mean ensure knowledge conviction understanding "
        "trust care",
    ),
    (
        Sense(Act.EXPECT, kind=_ATTITUDE, certainty=Certainty.PROBABLE),
        "expect anticipate predict forecast foresee project envision expectation prediction bet",
    ),
    (
        Sense(Act.WANT, Stance.REQUESTS, _ATTITUDE, Certainty.POSSIBLE),
        "want wish hope desire prefer like love need long yearn seek hop eager keen willing "
        "hopeful hope~for wish~for look~for push~for lobby~for campaign~for aspire",
    ),
    (
        Sense(Act.REQUEST, Stance.REQUESTS, certainty=Certainty.POSSIBLE),
        "demand urge request order ask~for call~for call~on call~upon appeal plead beg implore "
        "recommend propose press encourage exhort instruct command direct invite advise require "
        "insist~on lobby petition pressure push advocate beseech counsel warn~against "
        "caution~against advise~against recommendation proposal plea nominate dare summon advice",
    ),
    (
        Sense(Act.ASK, Stance.QUESTIONS, certainty=Certainty.POSSIBLE),
        "ask inquire enquire wonder question query quiz interrogate puzzle mull debate curious "
        "unsure uncertain want~know demand~know",
    ),
    (
        Sense(Act.COMMIT, Stance.COMMITS, certainty=Certainty.PROBABLE),
        "promise vow pledge agree swear commit undertake threaten volunteer guarantee offer "
        "commitment undertaking threat resolve sign~up",
    ),
    (
        Sense(Act.COMMIT, Stance.COMMITS, _ATTITUDE, Certainty.PROBABLE),
        "plan intend aim decide determined intention choose prepare set~out resolved decision",
    ),
    (
        Sense(Act.DENY, Stance.DENIES),
        "deny disavow refute contradict disclaim gainsay rule~out negate denial disprove debunk "
        "knock~down shoot~down",
    ),
    (
        Sense(Act.REJECT, Stance.DENIES),
        "reject dismiss dispute rebut rebuff repudiate oppose contest challenge disagree resist "
        "refuse decline rejection refusal opposition wave~away brush~aside brush~off shrug~off "
        "laugh~off turn~down scoff discount renounce disown push~back argue~against vote~against "
        "speak~against distance object scorn rubbish pooh-pooh disapprove",
    ),
    (
        Sense(Act.BELIEVE, Stance.DENIES, _ATTITUDE, Certainty.PROBABLE),
        "doubt disbelieve mistrust doubtful sceptical skeptical skepticism scepticism cast~doubt "
        "have~doubt raise~doubt voice~doubt express~doubt distrust",
    ),
)

NO_COMMENT = Sense(Act.NO_COMMENT, Stance.NO_COMMENT, certainty=Certainty.POSSIBLE)

LEXICON: Mapping[str, Sense] = {
    lemma.replace("~", " "): sense for sense, row in _ROWS for lemma in row.split()
}
"""From the lemma of a cue, or lemma and particle or complement ("rule out"), to what it does."""

UNKNOWN = Sense(Act.SAY)

CAUTIOUS = words(
    "acknowledge address admit answer clarify comment confirm deny disclose discuss elaborate "
    "explain identify name provide release reply respond reveal say speak specify speculate talk "
    "tell"
)
"""What is silence when it is refused; to refuse anything else is to refuse."""

WITHHOLDING = words("refuse decline")
"""With a verb of speech as complement these are silence: "declined to comment"."""

RESPONDING = words("respond reply comment answer return reach")
"""Negated, these say nothing at all: "did not respond", "would not comment"."""
