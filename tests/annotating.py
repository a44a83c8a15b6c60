"""An annotator without a model, and articles for it, for tests of everything around it.

Names are capitalised words inside a sentence; "NAME said that X." is a statement. Some words make
it misbehave, so that tests can see what the rest of the project does then.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ids import short_hash
from kg.model import Annotation, Article, Chain, Claim, Mention, Run, Span, Statement
from kg.vocabulary import (
    Act,
    Certainty,
    EntityType,
    MentionKind,
    Polarity,
    QuoteType,
    Stance,
)

_SAYING = re.compile(r"([A-Z]\w+) (said|denied) that ([^.]*)\.")


class PlainAnnotator:
    """Deterministic, fast, and as badly behaved as the words of a text ask for."""

    def __init__(self, config: str = "") -> None:
        self.run = Run(short_hash("run", config), "0", "plain", config, "none", "")
        self.seen: list[str] = []
        self.is_full = False

    def annotate_many(
        self, articles: Iterable[Article]
    ) -> Iterator[tuple[Article, Annotation | Exception]]:
        for article in articles:
            self.seen.append(article.id)
            misbehave(article.text)
            self.is_full |= "FULL" in article.text  # and stays so: memory that does not come back
            if self.is_full:
                raise MemoryError
            if "REFUSE" in article.text:
                yield article, ValueError("refused")
            else:
                yield article, annotate(article, self.run.id)


def misbehave(text: str) -> None:
    if "RAISE" in text:
        raise RuntimeError("the whole batch is lost")
    if "KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ONCE" in text:  # the path after it tells whether it has happened before
        flag = Path(text.split("ONCE ")[1].split()[0])
        if not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if "HOARD" in text:
        hoard()
    if "SLOW" in text:
        time.sleep(600)


def hoard() -> None:
    """Ask for a gigabyte where the system gives this process some megabytes more at most."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + (64 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
    bytearray(1 << 30)


def annotate(article: Article, run: str) -> Annotation:
    """What the plain annotator finds in an article."""
    chains: dict[str, list[Span]] = {}
    statements, claims = [], []
    for match in _SAYING.finditer(article.text):
        name = match[1]
        chains.setdefault(name, []).append(Span(*match.span(1)))
        statement = short_hash(article.id, match.start(2), 1)
        statements.append(
            Statement(
                id=statement,
                article=article.id,
                speaker=short_hash(article.id, name),
                speaker_span=Span(*match.span(1)),
                cue=(Span(*match.span(2)),),
                cue_lemma=match[2],
                content=(Span(*match.span(3)),),
                act=Act.SAY,
                stance=Stance.DENIES if match[2] == "denied" else Stance.ASSERTS,
                quote_type=QuoteType.INDIRECT,
                depth=1,
                parent=None,
                sentence=Span(*match.span()),
            )
        )
        claims.append(
            Claim(
                id=short_hash(statement, 0),
                article=article.id,
                statement=statement,
                spans=(Span(*match.span(3)),),
                polarity=Polarity.POSITIVE,
                certainty=Certainty.CERTAIN,
            )
        )
    mentions = [
        Mention(
            article.id,
            span,
            MentionKind.NAME,
            EntityType.PERSON,
            short_hash(article.id, name),
            "name",
        )
        for name, spans in chains.items()
        for span in spans
    ]
    return Annotation(
        article=article.id,
        run=run,
        mentions=tuple(sorted(mentions, key=lambda mention: mention.span)),
        chains=tuple(
            Chain(short_hash(article.id, name), article.id, EntityType.PERSON, name, tuple(s), True)
            for name, s in chains.items()
        ),
        statements=tuple(statements),
        claims=tuple(claims),
    )


def sentence(number: int) -> str:
    """An article of two sentences; every number gives another one."""
    name = ("Anna", "Boris", "Clara", "Dmitri", "Elena")[number % 5]
    verb = "denied" if number % 3 == 0 else "said"
    return (
        f"{name} {verb} that the bridge number {number} would be closed in the spring of the year. "
        f"Marta said that she had not heard of it before the meeting number {number}.\n"
    )


def write_articles(folder: Path, count: int, extra: str = "") -> Path:
    """A folder with so many articles."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(sentence(number) + extra, encoding="utf-8")
    return folder
