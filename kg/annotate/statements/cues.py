"""The words that announce who speaks, and how far each may be trusted.

`QUOTING` is written by hand. The trust in a cue and its frame is a table of counts, measured on
articles that were annotated by others; the counts are figures, no text of those articles is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_QUOTING_WORDS = """
put accuse acknowledge add address admit advise affirm agree allege announce answer argue ask assert
assure bark beam begin bellow blast blog blurt boast brag call caution challenge chant charge chide
chime chuckle claim comment complain concede conclude confess confide confirm contend continue
counter criticise criticize croak croon crow cry deadpan decide declare decry defend demand deny
deride describe detail disclose dismiss echo elaborate email emphasise emphasize enthuse estimate
exclaim explain express finish fume giggle gloat gripe groan growl grumble grunt guess gush hint
hiss howl imply indicate inform insist instruct interject interrupt intone introduce invite jeer
joke kid lament laugh lecture maintain marvel mention moan mock mumble murmur muse mutter narrate
note object observe offer opine order phrase plead pledge post praise pray preach predict proclaim
prod promise propose protest purr query question quip quote rail rant rasp rave read reassure rebut
recall reckon recommend recount reflect refute reiterate rejoin relate remark remember remind repeat
reply report request respond resume retort retweet reveal roar say scoff scold scream shout shriek
sigh slam slur snap snarl sneer sniff snort sob speak specify speculate spell splutter sputter
squeal stammer state stipulate stutter stress suggest summarise summarize surmise suspect swear
tease tell testify text thank think threaten thunder tout tweet urge utter vent venture voice
volunteer vow wail warn weigh wheeze whimper whine whisper wonder worry write yell
"""
QUOTING = frozenset(_QUOTING_WORDS.split())
"""Verbs that can stand beside a quotation as its cue."""
QUOTING_PHRASES = frozenset(
    ("shoot back", "hit back", "fire back", "snap back", "chime in", "blurt out", "cry out")
)
"""Verbs with a particle that can stand there, too, though the verb alone cannot."""
TABLE = Path(__file__).with_name("cues.tsv")
"""Columns: rule, key (lemma of the cue), findings, right ones."""
ANY = "*"
"""The key that stands for cues seen so seldom that they have no record of their own."""
SHRINKAGE = 4.0
"""So many findings at the rule's own rate are added to the count of each key."""
KNOWN_RATE = 0.6
"""What a cue is worth in a frame that every dictionary gives it, before it is counted."""
KNOWN_WEIGHT = 8.0

_OBJECT_WORDS = """
deny reject dispute contest challenge disavow refute rebut dismiss condemn denounce criticise
criticize praise welcome blame accuse confirm announce predict propose demand request recommend
allege admit acknowledge concede deplore decry endorse oppose question describe pledge promise
mock ridicule slam blast forecast criticise advocate discuss mention reiterate
"""
_TO_WORDS = """
promise pledge vow agree refuse decline threaten offer swear intend plan want hope expect demand
propose claim
"""
_WH_WORDS = """
ask wonder inquire enquire question know explain say tell reveal discuss decide understand
"""
KNOWN: Mapping[str, frozenset[str]] = {
    "after": frozenset(("warn", "caution", "predict", "forecast")),
    "object": frozenset((*_OBJECT_WORDS.split(), "rule out", "call off")),
    "to": frozenset(_TO_WORDS.split()),
    "wh": frozenset(_WH_WORDS.split()),
    "gerund": frozenset(("deny", "admit", "suggest", "recommend", "propose", "contemplate")),
    "of:for": frozenset(("call", "appeal", "plead", "ask", "apologise", "apologize")),
    "of:to": frozenset(("admit", "confess", "object", "commit")),
    "of:on": frozenset(("insist",)),
    "of:about": frozenset(("complain", "worry", "warn", "speak", "talk", "boast")),
    "of:of": frozenset(("warn", "complain", "accuse")),
    "of:against": frozenset(("argue", "warn")),
}
"""Frames that the dictionary gives a verb; written by hand."""


@dataclass(frozen=True)
class Lexicon:
    """Counts of right findings by rule and cue."""

    counts: Mapping[tuple[str, str], tuple[int, int]]
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]

    def has_verb(self, lemma: str) -> bool:
        """True if the verb can be a cue in some frame."""
        return lemma in self.verbs

    def has_noun(self, lemma: str) -> bool:
        """True if the noun can be a cue in some frame."""
        return lemma in self.nouns

    def has_adjective(self, lemma: str) -> bool:
        """True if the adjective can be a cue in some frame."""
        return lemma in self.adjectives

    def trust(self, rule: str, key: str) -> float:
        """The share of findings of this rule with this cue that were right, in [0, 1]."""
        total, right = self.counts.get((rule, ANY), (0, 0))
        rate = (right + 1.0) / (total + 5.0)
        weight = SHRINKAGE
        if key in KNOWN.get(rule, ()):
            rate, weight = max(rate, KNOWN_RATE), KNOWN_WEIGHT
        n, ok = self.counts.get((rule, key), (0, 0))
        return (ok + weight * rate) / (n + weight)


@cache
def lexicon() -> Lexicon:
    """The table of cues, read once."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        rule, key, total, right = line.split("\t")
        counts[rule, key] = (int(total), int(right))
    keys: dict[str, set[str]] = {"v": set(), "n": set(), "a": set()}
    for (rule, key), (_, hits) in counts.items():
        if hits:
            keys[rule[0] if rule[:2] in ("n-", "a-") else "v"].add(key.split(" ")[0])
    keys["v"].update(word for known in KNOWN.values() for word in known)
    return Lexicon(counts, *(frozenset(keys[kind]) for kind in "vna"))
