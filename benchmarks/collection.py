"""What a whole collection costs: memory and CPU time of every stage, for many short articles.

    python -m benchmarks.collection [--articles 100000] [--store DIR] [--no-index] [--model]

Articles of about 110 words are made up, written as JSON Lines and built by the real pipeline; the
language model is left out, unless `--model` asks for it: the articles are then English sentences
with names that no one has seen. Prints resident memory while the articles pass, and the peak of
each stage.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from random import Random

from kg.annotate.annotator import EnglishAnnotator
from kg.ids import short_hash
from kg.model import Annotation, Article, Chain, Claim, Mention, Run, Span, Statement
from kg.pipeline import BuildOptions, Progress, build
from kg.pipeline.workers import AnnotatorFactory
from kg.query.index import Index
from kg.read import ReadOptions
from kg.store import Store
from kg.vocabulary import (
    Act,
    Certainty,
    EntityType,
    MentionKind,
    Polarity,
    QuoteType,
    Stance,
)

_PAGE_BYTES = 4_096
_SAMPLE_S = 0.05
_SYLLABLES = "ba do fe ga hi jo ka le mi no pa ra se ti vo wu xa ye zo lin mar ten ros vik".split()  # noqa: SIM905
_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_SAYING = re.compile(r"(\b[A-Z][a-z]+(?: [A-Z][a-z]+)?) (said|denied) that ([^.]*)\.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="keep the store in this folder")
    parser.add_argument("--no-index", action="store_true", help="leave out the SPARQL index")
    parser.add_argument("--model", action="store_true", help="annotate with the language model")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        write_articles(source, chosen.articles, in_english=chosen.model)
        store = chosen.store or Path(folder) / ".kg"
        annotator = EnglishAnnotator if chosen.model else PlainAnnotator
        with_index = not chosen.no_index
        measure(source, store, chosen.articles, annotator=annotator, with_index=with_index)


def measure(
    source: Path, folder: Path, count: int, *, annotator: AnnotatorFactory, with_index: bool
) -> None:
    watch = Watch(1_000 if annotator is EnglishAnnotator else 10_000)
    options = BuildOptions(ReadOptions(language=None))
    with Store.open(folder, create=True) as store:
        build(store, [str(source)], options, annotator=annotator, progress=watch.hear)
        if with_index:
            watch.stage("index")
            Index(store.index).catch_up(store)
        watch.stage("done")
        print(f"{store.counts()}")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"store {size / 1e6:,.0f} MB, {size / count:,.0f} bytes an article")
    watch.table(count)


class Watch:
    """Resident memory and CPU seconds by stage, sampled beside the work."""

    def __init__(self, every: int = 10_000) -> None:
        self._every = every
        self._stage, self._peaks, self._cpu = "start", dict[str, float](), dict[str, float]()
        self._since = time.process_time()
        self._base = resident_mb()
        threading.Thread(target=self._sample, daemon=True).start()

    def hear(self, progress: Progress) -> None:
        """A progress hook."""
        if progress.stage != self._stage:
            self.stage(progress.stage)
        if progress.done and progress.done % self._every == 0:
            print(f"{progress.stage:9} {progress.done:>8,}  {resident_mb():8.1f} MB", flush=True)

    def stage(self, name: str) -> None:
        """The next stage begins."""
        now = time.process_time()
        self._cpu[self._stage] = now - self._since
        self._stage, self._since = name, now

    def table(self, count: int) -> None:
        """Peak and CPU seconds of each stage."""
        print("| stage | peak MB | bytes an article | CPU s |\n|---|---|---|---|")
        for stage, cpu in self._cpu.items():
            peak = self._peaks.get(stage, 0.0)
            each = (peak - self._base) * 1e6 / count
            print(f"| {stage} | {peak:,.0f} | {each:,.0f} | {cpu:,.1f} |")

    def _sample(self) -> None:
        while True:
            stage = self._stage
            self._peaks[stage] = max(self._peaks.get(stage, 0.0), resident_mb())
            time.sleep(_SAMPLE_S)


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * _PAGE_BYTES / 1e6


# -- articles --------------------------------------------------------------------------------------


def write_articles(path: Path, count: int, *, in_english: bool = False) -> None:
    """So many articles of about 110 words, one a line, the same every time."""
    random = Random(11)
    words = sorted({_word(random, 2 + n % 3) for n in range(30_000)})
    # As in any language, a few words make up most of a text.
    weights = list(accumulate(1.0 / (n + 3) for n in range(len(words))))
    people = [
        f"{_word(random, 2).title()} {_word(random, 3).title()}" for _ in range(count // 3 + 9)
    ]
    towns = [_word(random, 4).title() for _ in range(200 + count // 50)]
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            day = f"20{10 + number % 15:02}-{1 + number % 12:02}-{1 + number % 28:02}"
            names = random.sample(people, 2), random.choice(towns)
            text = _news(random, *names) if in_english else _text(random, words, weights, *names)
            line = {"id": f"a{number}", "text": f"Report {number}. {text}", "date": day}
            out.write(json.dumps(line) + "\n")


def _word(random: Random, syllables: int) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables))


def _text(
    random: Random, words: list[str], weights: list[float], people: list[str], town: str
) -> str:
    def some(count: int) -> str:
        return " ".join(random.choices(words, cum_weights=weights, k=count))

    one, other = people
    return (
        f"{one} said that {some(10)} in {town}. {some(25).capitalize()}. "
        f"{other} denied that {some(9)} of {one}. {some(25).capitalize()}. "
        f"{other.split()[1]} said that {some(12)}."
    )


def _news(random: Random, people: list[str], town: str) -> str:
    one, other = people
    held = {"one": one, "other": other, "late": other.split()[1], "town": town}
    firm = f"{_word(random, 3).title()} {random.choice(_FIRMS)}"
    sentences = random.sample(_SENTENCES, 6)
    return " ".join(
        sentence.format(**held, firm=firm, thing=random.choice(_THINGS)) for sentence in sentences
    )


_FIRMS = ("Chemicals", "Bank", "Airlines", "Council", "Ministry of Health", "Union")
_THINGS = ("bridge", "budget", "harbour", "inquiry", "strike", "pipeline", "vaccine", "election")
_SENTENCES = (
    "{one} said that the {thing} in {town} would not be finished before the end of next year.",
    "{other}, a spokesman for {firm}, denied that anyone had been warned about the {thing}.",
    "“We have never seen the letter,” {one} told reporters in {town} on Tuesday.",
    "According to {firm}, the {thing} has cost the people of {town} more than nine million euros.",
    "{late} added that the talks with {one} had been useful, and that they would go on in spring.",
    "The mayor of {town} promised to publish every page of the report on the {thing}.",
    "{firm} declined to comment on what {late} had written about the {thing} last week.",
    "Nobody in {town} believes that the {thing} was an accident, {other} wrote in a statement.",
    "{one} asked why {firm} had paid for the {thing} without asking the council of {town}.",
    "Police in {town} arrested two men on Friday after a fire at the offices of {firm}.",
    "{other} insisted that the figures were wrong: “The {thing} is safe, and it always was.”",
    "{one}, who leads {firm}, has worked with {other} since both of them moved to {town}.",
)


class PlainAnnotator:
    """Capitalised words inside a sentence are names; `NAME said that X.` is a statement."""

    def __init__(self) -> None:
        self.run = Run(short_hash("run", "plain"), "0", "plain", "", "none", "")

    def annotate_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Annotation]]:
        """Each article with its annotation."""
        for article in articles:
            yield article, annotate(article, self.run.id)


def annotate(article: Article, run: str) -> Annotation:
    """What the plain annotator finds in an article."""
    spans: dict[str, list[Span]] = {}
    full = {name.split()[-1]: name for name in _NAME.findall(article.text) if " " in name}
    found = [match for match in _NAME.finditer(article.text) if match[0] != "Report"]
    for match in found:
        if match[0] in full or " " in match[0] or article.text[match.start() - 3 :][:3] == "in ":
            spans.setdefault(full.get(match[0], match[0]), []).append(Span(*match.span()))
    ids = {name: short_hash(article.id, name) for name in spans}
    types = {n: EntityType.PERSON if " " in n else EntityType.PLACE for n in spans}
    statements = [_statement(article, match, ids, full) for match in _sayings(article.text, spans)]
    return Annotation(
        article.id,
        run,
        tuple(
            Mention(article.id, span, MentionKind.NAME, types[name], ids[name], "name-exact")
            for span, name in sorted((s, name) for name, all_ in spans.items() for s in all_)
        ),
        tuple(
            Chain(ids[name], article.id, types[name], name, tuple(places), named=True)
            for name, places in spans.items()
        ),
        tuple(statements),
        tuple(_claim(each) for each in statements),
    )


def _sayings(text: str, spans: dict[str, list[Span]]) -> list[re.Match[str]]:
    known = {span for places in spans.values() for span in places}
    return [match for match in _SAYING.finditer(text) if Span(*match.span(1)) in known]


def _statement(
    article: Article, match: re.Match[str], ids: dict[str, str], full: dict[str, str]
) -> Statement:
    denies = match[2] == "denied"
    return Statement(
        id=short_hash(article.id, match.start(2), 1),
        article=article.id,
        speaker=ids[full.get(match[1], match[1])],
        speaker_span=Span(*match.span(1)),
        cue=(Span(*match.span(2)),),
        cue_lemma="deny" if denies else "say",
        content=(Span(*match.span(3)),),
        act=Act.DENY if denies else Act.SAY,
        stance=Stance.DENIES if denies else Stance.ASSERTS,
        quote_type=QuoteType.INDIRECT,
        depth=1,
        parent=None,
        sentence=Span(*match.span()),
    )


def _claim(statement: Statement) -> Claim:
    return Claim(
        short_hash(statement.id, 0),
        statement.article,
        statement.id,
        statement.content,
        Polarity.POSITIVE,
        Certainty.CERTAIN,
    )


if __name__ == "__main__":
    main()
