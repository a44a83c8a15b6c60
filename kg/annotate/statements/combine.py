"""Merges what the rules and the trained tagger found into one list, with a confidence for each.

Rules and tagger err differently, so that they agree is the best evidence there is. The confidence
is fitted on articles that neither was made from (`benchmarks/cross_validate.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.annotate.draft import Candidate
from kg.annotate.nearby import SpanIndex
from kg.annotate.statements.confidence import Confidence, load_confidence, logit
from kg.annotate.statements.doubles import (
    SAME_CONTENT,
    content_f1,
    extent,
    nested,
    position,
    without_doubles,
)
from kg.annotate.statements.labels import TURN
from kg.annotate.statements.rules_asides import ASIDE
from kg.annotate.statements.rules_nouns import ALLEGATION
from kg.annotate.statements.rules_passives import ACCUSED, TOLD
from kg.annotate.statements.rules_phrases import UNANSWERED
from kg.annotate.statements.rules_verbs import QUOTED_AS
from kg.model import Span

MOSTLY = 0.9
LENGTH_CHARS = 40
"""Contents are told apart by length in steps of so many characters."""
ALIKE = 0.6
"""Contents with this F1 or more differ in their edges alone."""
MIN_RULE_SCORE = 0.38
"""Of rules that stand alone: F1 is best near half of itself."""
SURE_RULE = 0.7
"""Score of a rule from which its finding stays, however little the tagger makes of it."""
MIN_DOUBTED_RULE = 0.25
"""Confidence from which a rule's finding that would stand alone stays, though the tagger doubts."""
UNMARKED = frozenset(
    (
        ASIDE,
        TURN,
        ACCUSED,
        TOLD,
        ALLEGATION,
        "hearsay",
        UNANSWERED,
        "that-passive",
        "to-passive",
        "view",
    )
)
"""Rules for what PolNeAR and GUM mark seldom: that the tagger is silent there says little."""
JOINT = "+learned"
"""What a rule's name ends in where the tagger found the same."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The text that findings stand in: news, stories and interviews differ in what is said."""

    reporting: int = 2
    """How much the text reports, in steps from 0 to 4; see `layout.Layout`."""
    first_person: int = 1
    """How much it speaks of "I" and "you", in steps from 0 to 3."""
    quoted: tuple[Span, ...] = ()
    """The outermost quotations with their marks, text order."""

    def is_quoted(self, spans: Sequence[Span]) -> bool:
        """True if nearly every character of each span stands in a quotation."""
        return all(self._share_quoted(span) >= MOSTLY for span in spans)

    def _share_quoted(self, span: Span) -> float:
        place = bisect_right(self.quoted, span.start, key=lambda quotation: quotation.start)
        near = self.quoted[max(place - 1, 0) : place + 1]
        shared = max((min(q.end, span.end) - max(q.start, span.start) for q in near), default=0)
        return shared / max(1, span.end - span.start)


UNKNOWN = Setting()


@dataclass(frozen=True, slots=True)
class Finding:
    """One attribution as the rules, the tagger or both see it; at least one is not None."""

    by_rule: Candidate | None
    by_tagger: Candidate | None

    @property
    def merged(self) -> Candidate:
        """Cue of the rule; source and content of the surer side, of the rule where both agree.

        A rule follows the tree, so what it finds ends where the phrase ends.
        """
        rule, tagger = self.by_rule, self.by_tagger
        if rule is None or tagger is None:
            only = rule or tagger
            assert only is not None
            return only
        surer = rule if rule.score >= tagger.score else tagger
        agree = content_f1(rule.content, tagger.content) >= ALIKE
        # Who rejects a claim has not made it, and who is asked or criticised has not spoken, as the
        # tagger thinks.
        owned = rule.rule == ALLEGATION or _knows_agent(rule) or _is_passive(rule)
        return Candidate(
            source=(rule if owned or same_source(rule, tagger) else surer).source,
            cue=rule.cue or tagger.cue,
            content=(rule if agree or _knows_agent(rule) else surer).content,
            rule=rule.rule + JOINT,
            score=surer.score,
            cue_head=rule.cue_head if rule.cue_head is not None else tagger.cue_head,
            second_hand=rule.second_hand,
        )


def _knows_agent(rule: Candidate) -> bool:
    """True for a passive with "by X", and for "is accused of P", whose subject has not spoken."""
    if rule.rule in (ACCUSED, TOLD):
        return True
    return _is_passive(rule) and rule.source is not None


def _is_passive(rule: Candidate) -> bool:
    return rule.rule.endswith("-passive")


def same_source(left: Candidate, right: Candidate) -> bool:
    """True if the two name the same words, or both nobody."""
    if left.source is None or right.source is None:
        return left.source is right.source
    return left.source.overlaps(right.source)


def _share_cue(left: Candidate, right: Candidate) -> bool:
    if left.cue_head is not None and left.cue_head == right.cue_head:
        return True
    return any(a.overlaps(b) for a in left.cue for b in right.cue)


def _disowned(rule: Candidate, tagger: Candidate) -> bool:
    """True for a claim that the tagger gives to who rejects or ignores it: that is another act."""
    return rule.rule == ALLEGATION and not same_source(rule, tagger)


def pair_up(rules: Sequence[Candidate], learned: Sequence[Candidate]) -> list[Finding]:
    """Every candidate in exactly one finding; the two of a pair share the cue or the content."""
    near = SpanIndex([extent(tagger) for tagger in learned])
    pairs = sorted(
        (-(2.0 * _share_cue(rule, tagger) + overlap - _disowned(rule, tagger)), i, j)
        for i, rule in enumerate(rules)
        for j in near.overlapping(extent(rule))  # no others share anything
        if (
            (overlap := content_f1(rule.content, (tagger := learned[j]).content)) >= SAME_CONTENT
            and not nested(rule, tagger)
        )
        or _share_cue(rule, tagger)
    )
    by_rule: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in by_rule and j not in taken:
            by_rule[i] = j
            taken.add(j)
    found = [
        Finding(rule, learned[by_rule[i]] if i in by_rule else None) for i, rule in enumerate(rules)
    ]
    return found + [Finding(None, tagger) for j, tagger in enumerate(learned) if j not in taken]


def merged_in(finding: Finding, setting: Setting) -> Candidate:
    """The finding as one candidate; where both found quotations, those of the rule.

    The tagger sees a window of the text, and cuts long quotations short.
    """
    rule, tagger = finding.by_rule, finding.by_tagger
    one = finding.merged
    if rule is None or tagger is None or one.content == rule.content:
        return one
    quoted = setting.is_quoted(rule.content) and setting.is_quoted(tagger.content)
    return replace(one, content=rule.content) if quoted else one


def features(finding: Finding, setting: Setting) -> Mapping[str, float]:
    """What the confidence of a finding is made of: names and numbers."""
    rule, tagger = finding.by_rule, finding.by_tagger
    side = "both" if rule and tagger else "rule alone" if rule else "tagger alone"
    one = finding.merged
    length = sum(span.end - span.start for span in one.content)
    found = {
        side: 1.0,
        f"{side}: reporting {setting.reporting}": 1.0,
        f"{side}: first person {setting.first_person}": 1.0,
        f"{side}: length {min(length // LENGTH_CHARS, 3)}": 1.0,
        f"{side}: no source": float(one.source is None),
        f"{side}: quoted cue": float(bool(one.cue) and setting.is_quoted(one.cue)),
    }
    if tagger is not None:
        found[f"{side}: tagger score"] = logit(tagger.score)
    if rule is not None:
        found[f"{side}: rule score"] = logit(rule.score)
        found[f"{side}: rule {rule.rule.partition(':')[0]}"] = 1.0
    if rule is not None and tagger is not None:
        found[f"{side}: content"] = content_f1(rule.content, tagger.content)
        found[f"{side}: source"] = float(same_source(rule, tagger))
    return found


def combine(
    rules: Sequence[Candidate],
    learned: Sequence[Candidate] | None,
    setting: Setting = UNKNOWN,
) -> list[Candidate]:
    """The attributions worth keeping, text order; `score` is the confidence in [0, 1].

    `learned` is None where the tagger cannot run: the rules then stand alone, by their own scores.
    A rule's finding without content ("no comment") is kept as it is: no corpus marks such.
    """
    if learned is None:
        return [c for c in rules if c.score >= MIN_RULE_SCORE]
    confidence = load_confidence()
    findings = pair_up([c for c in rules if c.content], learned)
    scored = [
        replace(merged_in(f, setting), score=round(_confidence_of(f, setting, confidence), 4))
        for f in findings
    ]
    likely = [
        candidate
        for candidate, finding in zip(scored, findings, strict=True)
        if candidate.score >= confidence.min_confidence or _stands(finding, candidate.score)
    ]
    silent = [rule for rule in rules if not rule.content]
    cues = SpanIndex([span for rule in silent for span in rule.cue])
    # "declined to answer" is silence, and no statement that "to answer" is what was declined.
    spoken = [one for one in without_doubles(likely) if not cues.around(extent(one))]
    return sorted([*spoken, *silent], key=position)


def _confidence_of(finding: Finding, setting: Setting, confidence: Confidence) -> float:
    """As fitted; for what the gold of news passes over, no less than the rule's own score."""
    fitted = confidence.of_features(features(finding, setting))
    rule = finding.by_rule
    unmarked = rule is not None and (rule.second_hand or rule.rule in (ASIDE, QUOTED_AS, TURN))
    return max(fitted, rule.score) if rule is not None and unmarked else fitted


def _stands(finding: Finding, confidence: float) -> bool:
    """True for a rule's finding that the tagger's doubt does not outweigh."""
    rule = finding.by_rule
    if rule is None or rule.score < MIN_RULE_SCORE:
        return False
    if rule.score >= SURE_RULE:
        return True
    return confidence >= MIN_DOUBTED_RULE or rule.rule in UNMARKED or rule.second_hand
