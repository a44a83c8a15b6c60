"""Merges what the rules and the trained tagger found into one list, with a confidence for each.

Rules and tagger err differently, so that they agree is the best evidence there is. The confidence
is fitted on articles that neither was made from (`benchmarks/fit_confidence.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.annotate.draft import Candidate
from kg.annotate.nearby import SpanIndex
from kg.annotate.statements.confidence import Confidence, load_confidence, logit
from kg.annotate.statements.rules_asides import ASIDE
from kg.annotate.statements.rules_nouns import ALLEGATION
from kg.annotate.statements.rules_passives import ACCUSED, TOLD
from kg.model import Span

SAME_CONTENT = 0.5
"""Character F1 from which two contents count as one, as in the scoring of PolNeAR."""
ALIKE = 0.6
"""Contents with this F1 or more differ in their edges alone."""
MIN_RULE_SCORE = 0.38
"""Of rules that stand alone: F1 is best near half of itself."""
MIN_DOUBTED_RULE = 0.25
"""Confidence from which a rule's finding that would stand alone stays, though the tagger doubts."""
MIN_NESTED = 0.5
"""Confidence from which a statement inside another stays, though most of the words are the same."""
UNMARKED = frozenset(
    (ASIDE, ACCUSED, TOLD, ALLEGATION, "hearsay", "silence", "that-passive", "to-passive", "view")
)
"""Rules for what PolNeAR and GUM mark seldom: that the tagger is silent there says little."""
JOINT = "+learned"
"""What a rule's name ends in where the tagger found the same."""


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
        return Candidate(
            source=rule.source if same_source(rule, tagger) else surer.source,
            cue=rule.cue or tagger.cue,
            content=rule.content if agree else surer.content,
            rule=rule.rule + JOINT,
            score=surer.score,
            cue_head=rule.cue_head if rule.cue_head is not None else tagger.cue_head,
            second_hand=rule.second_hand,
        )


def same_source(left: Candidate, right: Candidate) -> bool:
    """True if the two name the same words, or both nobody."""
    if left.source is None or right.source is None:
        return left.source is right.source
    return left.source.overlaps(right.source)


def content_f1(left: Iterable[Span], right: Iterable[Span]) -> float:
    """Overlap of two contents in characters, in [0, 1]; each content's spans must be disjoint."""
    left, right = tuple(left), tuple(right)
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)
    total = sum(span.end - span.start for span in (*left, *right))
    return 2 * shared / total if total else 0.0


def _share_cue(left: Candidate, right: Candidate) -> bool:
    if left.cue_head is not None and left.cue_head == right.cue_head:
        return True
    return any(a.overlaps(b) for a in left.cue for b in right.cue)


def nested(left: Candidate, right: Candidate) -> bool:
    """True if the content of one holds the cue of the other: it reports it, and both are right."""
    return _holds(left.content, right.cue) or _holds(right.content, left.cue)


def _holds(content: Iterable[Span], cue: Iterable[Span]) -> bool:
    words = tuple(cue)
    return any(outer.contains(inner) for outer in content for inner in words)


def pair_up(rules: Sequence[Candidate], learned: Sequence[Candidate]) -> list[Finding]:
    """Every candidate in exactly one finding; the two of a pair share the cue or the content."""
    near = SpanIndex([_extent(tagger) for tagger in learned])
    pairs = sorted(
        (-(2.0 * _share_cue(rule, tagger) + overlap), i, j)
        for i, rule in enumerate(rules)
        for j in near.overlapping(_extent(rule))  # no others share anything
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


def _extent(candidate: Candidate) -> Span:
    spans = (*candidate.cue, *candidate.content)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def features(finding: Finding) -> Mapping[str, float]:
    """What the confidence of a finding is made of: names and numbers."""
    rule, tagger = finding.by_rule, finding.by_tagger
    if rule is None:
        assert tagger is not None
        return {"tagger alone": 1.0, "tagger alone score": logit(tagger.score)}
    if tagger is None:
        return {
            "rule alone": 1.0,
            "rule alone score": logit(rule.score),
        }
    return {
        "both": 1.0,
        "both tagger score": logit(tagger.score),
        "both rule score": logit(rule.score),
        "both content": content_f1(rule.content, tagger.content),
        "both source": float(same_source(rule, tagger)),
    }


def combine(rules: Sequence[Candidate], learned: Sequence[Candidate] | None) -> list[Candidate]:
    """The attributions worth keeping, text order; `score` is the confidence in [0, 1].

    `learned` is None where the tagger cannot run: the rules then stand alone, by their own scores.
    A rule's finding without content ("no comment") is kept as it is: no corpus marks such.
    """
    if learned is None:
        return [c for c in rules if c.score >= MIN_RULE_SCORE]
    confidence = load_confidence()
    findings = pair_up([c for c in rules if c.content], learned)
    scored = [replace(f.merged, score=round(_confidence_of(f, confidence), 4)) for f in findings]
    likely = [
        candidate
        for candidate, finding in zip(scored, findings, strict=True)
        if candidate.score >= confidence.min_confidence or _stands(finding, candidate.score)
    ]
    kept = [*without_doubles(likely), *(c for c in rules if not c.content)]
    return sorted(kept, key=_position)


def _confidence_of(finding: Finding, confidence: Confidence) -> float:
    fitted = confidence.of_features(features(finding))
    rule = finding.by_rule
    return max(fitted, rule.score) if rule is not None and rule.rule == ASIDE else fitted


def _stands(finding: Finding, confidence: float) -> bool:
    """True for a rule's finding that the tagger's doubt does not outweigh."""
    rule = finding.by_rule
    if rule is None or rule.score < MIN_RULE_SCORE:
        return False
    return confidence >= MIN_DOUBTED_RULE or rule.rule in UNMARKED or rule.second_hand


def without_doubles(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The surer one of any two with the same content, unless one reports the other.

    The gold of news marks few statements inside statements, so that the confidence of one that is
    made in so many words says little.
    """
    ordered = sorted(candidates, key=lambda c: (-c.score, _position(c)))
    near = SpanIndex([_extent(candidate) for candidate in ordered])
    kept: dict[int, Candidate] = {}
    for number, candidate in enumerate(ordered):
        rivals = (kept[i] for i in near.overlapping(_extent(candidate)) if i in kept)
        if not any(_doubles(candidate, rival) for rival in rivals):
            kept[number] = candidate
    return list(kept.values())


def _doubles(less: Candidate, surer: Candidate) -> bool:
    if content_f1(less.content, surer.content) < SAME_CONTENT:
        return False
    if less.rule.startswith(ASIDE) or surer.rule.startswith(ASIDE):
        return False
    doubted = less.score < MIN_NESTED and not less.second_hand
    return doubted or not nested(less, surer)


def _position(candidate: Candidate) -> tuple[int, int]:
    spans = (*candidate.cue, *candidate.content)
    return min(span.start for span in spans), -max(span.end for span in spans)
