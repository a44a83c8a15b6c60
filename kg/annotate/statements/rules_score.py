"""How far a finding is to be trusted: the record of its cue in its frame."""

from __future__ import annotations

from kg.annotate.statements.cues import Lexicon
from kg.annotate.statements.rules_quotations import Layout
from kg.annotate.statements.rules_syntax import Finding


def score_of(layout: Layout, words: Lexicon, finding: Finding) -> float:
    """In [0, 1]: the share of such findings that were right."""
    del layout
    return words.trust(finding.rule, finding.key)
