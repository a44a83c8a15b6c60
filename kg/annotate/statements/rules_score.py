"""How far a finding is to be trusted: the record of its cue, and a few marks of its surroundings.

A logistic score over named features; the weights are a small table beside this module, fitted by
`benchmarks/calibrate_rules.py`. What a feature is called can be read in `kg explain`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from kg.annotate.statements.acts import LEXICON
from kg.annotate.statements.cues import Lexicon
from kg.annotate.statements.labels import TURN
from kg.annotate.statements.layout import Layout
from kg.annotate.statements.rules_asides import ASIDE
from kg.annotate.statements.rules_nouns import ALLEGATION
from kg.annotate.statements.rules_passives import ACCUSED, TOLD
from kg.annotate.statements.rules_phrases import UNANSWERED
from kg.annotate.statements.rules_syntax import Finding
from kg.annotate.statements.rules_verbs import AS_PUT, QUOTED_AS
from kg.annotate.statements.verb_frames import is_comment
from kg.vocabulary import Act

WEIGHTS = Path(__file__).with_name("weights.tsv")
"""Columns: feature, weight."""
LONG_TOKENS = 6
"""Contents of fewer tokens are seldom what was said."""

UNANSWERED_SCORE = 0.9
"""Silence is worded in a handful of ways; where the gold disagrees, it is about the content."""
HEARSAY_VERBS = frozenset(
    ("say", "allege", "believe", "report", "rumour", "rumor", "understand", "think", "claim")
)
HEARSAY_FLOOR = 0.45
QUOTED_FLOOR = 0.7
_UTTERING = frozenset((Act.SAY, Act.TELL, Act.WRITE, Act.ANNOUNCE, Act.CLAIM, Act.ADMIT, Act.WARN))
_SPEAKING = frozenset(lemma for lemma, sense in LEXICON.items() if sense.act in _UTTERING)
"""Verbs that leave no doubt beside a quotation and a speaker, rare as they are: "chanted"."""
PARENTHESIS_FLOOR = 0.75
FINDING_FLOOR = 0.6
NAMED_FLOOR = 0.9
"""Signatures and labels are a convention of print that leaves no doubt who speaks."""
_SET_PHRASES: Mapping[str, float] = {
    ASIDE: 0.6,
    ACCUSED: 0.6,
    TOLD: 0.75,
    AS_PUT: 0.75,
    QUOTED_AS: 0.75,
    ALLEGATION: 0.5,
    "signature": NAMED_FLOOR,
    "label": NAMED_FLOOR,
    TURN: NAMED_FLOOR,
}
_FINDING = frozenset(("find", "uncover", "discover", "see"))
_EVIDENCE = frozenset(
    ("evidence", "proof", "sign", "indication", "trace", "wrongdoing", "fault", "irregularity")
)
HEADLINE_TOKENS = 20
"""A colon so near to the start of the text stands in its headline."""
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_FIRST = frozenset(("i", "we"))
_THIRD = frozenset(("he", "she", "they"))
_THINGS = frozenset(("it", "this", "that", "which", "these", "what"))
_GOVERNED = frozenset(("relcl", "advcl", "xcomp", "acl", "pcomp", "conj", "ccomp", "amod", "ROOT"))


def score_of(layout: Layout, words: Lexicon, finding: Finding) -> float:
    """In [0, 1]: the share of such findings that were right."""
    if finding.rule == UNANSWERED:
        return UNANSWERED_SCORE
    weights = _weights()
    trust = words.trust(finding.rule, finding.key)
    total = weights["bias"] + weights["trust"] * logit(trust)
    for feature in features(layout, finding):
        total += weights.get(feature, 0.0)
    return max(1.0 / (1.0 + math.exp(-total)), _floor(layout, finding))


def _floor(layout: Layout, finding: Finding) -> float:
    """For set phrases that annotators of news pass over, or that they meet too seldom to count."""
    if finding.rule in _SET_PHRASES:
        return _SET_PHRASES[finding.rule]
    if finding.rule == "hearsay" or (
        finding.rule in ("to-passive", "that-passive") and finding.key in HEARSAY_VERBS
    ):
        return HEARSAY_FLOOR
    head = layout.doc[finding.head] if finding.head is not None else None
    if head is None or finding.source is None:
        return 0.0
    if finding.rule == "quote" and finding.key in _SPEAKING:
        return QUOTED_FLOOR
    if finding.rule == "inside" and is_comment(head):
        return PARENTHESIS_FLOOR
    return FINDING_FLOOR if finding.rule == "object" and _finds_evidence(head) else 0.0


def _finds_evidence(verb: Token) -> bool:
    """True for "found no evidence of fraud": what is found is a result, not a thing."""
    return verb.lemma_ in _FINDING and any(
        child.dep_ == "dobj" and child.lemma_.lower() in _EVIDENCE for child in verb.rights
    )


def logit(share: float) -> float:
    """Log-odds of a share in (0, 1), cut at 1 in 1,000."""
    share = min(max(share, 0.001), 0.999)
    return math.log(share / (1.0 - share))


def features(layout: Layout, finding: Finding) -> Iterator[str]:
    """Names of what is true of a finding; each at most once."""
    family = _family(finding.rule)
    yield f"rule={family}"
    yield f"{family}:source={_source_kind(layout, finding)}"
    yield f"{family}:reporting={layout.reporting}"
    yield f"{family}:first-person={layout.first_person}"
    yield f"reporting={layout.reporting}:source={_source_kind(layout, finding)}"
    length = sum(end - start for start, end in finding.content)
    yield f"{family}:length={min(length // LONG_TOKENS, 3)}"
    if finding.rule == "colon":
        yield f"colon:headline={finding.content[0][0] < HEADLINE_TOKENS}"
        words = (layout.doc[i].tag_ for start, end in finding.content for i in range(start, end))
        yield f"colon:finite={any(tag in _FINITE for tag in words)}"
    if finding.head is None:
        return
    head = layout.doc[finding.head]
    inside = layout.at(head.i)
    if inside is not None and not inside.quotation.is_term:
        yield f"{family}:quoted"
        yield f"quoted:source={_source_kind(layout, finding)}"
    elif any(layout.at(i) is not None for start, end in finding.content for i in (start, end - 1)):
        yield f"{family}:holds-quotation"
    yield f"{family}:under={head.dep_ if head.dep_ in _GOVERNED else 'other'}"
    yield f"form={head.tag_}"
    yield from _surroundings(head)
    first = layout.doc[finding.content[0][0] if finding.content else finding.head]
    yield f"{family}:first={first.tag_}"
    if length == 1:
        yield f"{family}:single={first.pos_}"


def _surroundings(head: Token) -> Iterator[str]:
    for child in head.children:
        dep = child.dep_
        if dep == "neg":
            yield "negated"
        elif dep == "aux" and child.tag_ == "MD":
            yield "modal"
        elif dep == "aux" and child.tag_ == "TO":
            yield "infinitive"
        elif dep == "mark" and child.lower_ in ("if", "when", "unless"):
            yield "conditional"


def _family(rule: str) -> str:
    """`of:for` and the like share their weights."""
    return rule.split(":", maxsplit=1)[0]


def _source_kind(layout: Layout, finding: Finding) -> str:
    if finding.source_head is None:
        return "none"
    head = layout.doc[finding.source_head]
    word = head.lower_
    if head.pos_ in ("PRON", "DET"):
        for kind, group in (("first", _FIRST), ("third", _THIRD), ("thing", _THINGS)):
            if word in group:
                return kind
        return word if word in ("you", "who") else "pronoun"
    if head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return head.ent_type_
    if head.pos_ == "PROPN":
        return "name"
    return "plural" if head.tag_ == "NNS" else "noun"


@cache
def _weights() -> Mapping[str, float]:
    rows = (line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
    return {feature: float(weight) for feature, weight in rows}
