"""Does the cost of an article grow with its length alone, and does memory stay flat?

    python benchmarks/limits.py length [INPUT...] [--max-chars N] [--shape NAME|all]
    python benchmarks/limits.py layers [INPUT...] [--max-chars N]
    python benchmarks/limits.py memory [INPUT...] [--articles N]

`length`: CPU seconds for texts of 1,000, 3,000, 10,000 ... characters, and the exponent of growth
(1.0 is linear) over the second half; `--shape` names what the text is made of, hostile things among
them. `layers`: the same without the language model, on parsed blocks joined to any length.
`memory`: resident memory while many short articles pass.
"""

from __future__ import annotations

import argparse
import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

from spacy.tokens import Doc

from kg.annotate.annotator import EnglishAnnotator
from kg.annotate.language_model import load
from kg.annotate.parsing import parse
from kg.ids import article_id
from kg.model import Article
from kg.read import read_articles

_FIRST_CHARS = 1_000
_BLOCK_CHARS = 50_000
_PAGE_BYTES = 4_096
_REPORT_EVERY = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["length", "layers", "memory"])
    parser.add_argument("inputs", nargs="*", default=["seeds"])
    parser.add_argument("--max-chars", type=int, default=300_000)
    parser.add_argument("--shape", default="plain", choices=["all", *SHAPES])
    parser.add_argument("--articles", type=int, default=5_000)
    chosen = parser.parse_args()
    texts = [a.text for a in read_articles(chosen.inputs) if isinstance(a, Article)]
    annotator = EnglishAnnotator()
    annotator.annotate(an_article(texts[0]))
    if chosen.what == "length":
        for shape in SHAPES if chosen.shape == "all" else [chosen.shape]:
            print(shape)
            show_growth(annotator, SHAPES[shape](texts, chosen.max_chars), chosen.max_chars)
    elif chosen.what == "layers":
        show_layers(annotator, texts, chosen.max_chars)
    else:
        show_memory(annotator, texts, chosen.articles)


def an_article(text: str) -> Article:
    return Article(id=article_id(text), text=text)


def show_growth(annotator: EnglishAnnotator, whole: str, max_chars: int) -> None:
    def annotate(chars: int) -> Callable[[], object]:
        article = an_article(whole[:chars].rstrip())
        return lambda: annotator.annotate(article)

    measured: list[tuple[int, float]] = []
    for chars in lengths(_FIRST_CHARS, max_chars):
        measured.append((chars, cpu_seconds(annotate(chars))))
        show_row(*measured[-1])
    print(f"exponent {exponent(measured[len(measured) // 2 :]):.2f}")


def show_layers(annotator: EnglishAnnotator, texts: list[str], max_chars: int) -> None:
    """Names, statements, chains, relations and records, from a parse that is there already."""
    nlp = load().nlp
    docs = [parse(nlp, an_article(long_text(texts[number:], _BLOCK_CHARS))) for number in range(4)]
    measured: list[tuple[int, float]] = []
    for chars in lengths(_BLOCK_CHARS, max_chars):
        doc = joined(docs, chars)
        article = an_article(doc.text)
        seconds = cpu_seconds(lambda: annotator._annotate(article, doc))  # noqa: B023
        measured.append((len(article.text), seconds))
        show_row(*measured[-1])
    print(f"exponent {exponent(measured):.2f}")


def joined(docs: Sequence[Doc], chars: int) -> Doc:
    """The documents one after the other, again and again."""
    parts: list[Doc] = []
    length = 0
    for doc in cycle(docs):
        parts.append(doc)
        length += len(doc.text)
        if length >= chars:
            break
    found = Doc.from_docs(parts, ensure_whitespace=False)
    assert found is not None
    return found


def lengths(first: int, last: int) -> Iterator[int]:
    chars = first
    while chars <= last:
        yield chars
        chars = round(chars * math.sqrt(10))


def cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def show_row(chars: int, seconds: float) -> None:
    print(f"{chars:>9,} characters  {seconds:8.2f} s  {1e6 * seconds / chars:8.1f} s per MB")


def repeated(unit: str) -> Callable[[list[str], int], str]:
    return lambda _, chars: (unit * (chars // len(unit) + 1))[:chars]


def long_text(texts: list[str], chars: int) -> str:
    """The texts one after the other, again and again, each time with other names."""
    parts: list[str] = []
    length = 0
    for number, text in enumerate(cycle(texts)):
        # A text of one article's names alone would make chains that no article has.
        part = re.sub(r"\b([A-Z][a-z]{4,})\b", rf"\1{chr(97 + number // len(texts) % 26)}", text)
        parts.append(part)
        length += len(part) + 2
        if length > chars:
            return "\n\n".join(parts)
    raise AssertionError("no texts")


def in_one_line(texts: list[str], chars: int) -> str:
    """No line break, no full stop, no question: one sentence of any length."""
    return re.sub(r"[.?!]", "", re.sub(r"\s+", " ", long_text(texts, chars + chars // 4)))[:chars]


def without_spaces(texts: list[str], chars: int) -> str:
    return re.sub(r"\s+", "", long_text(texts, chars + chars // 2))[:chars]


SHAPES: dict[str, Callable[[list[str], int], str]] = {
    "plain": long_text,
    "nested": repeated("“He said ‘she told me “it is over” and left’ today,” Anna Weber said. "),
    "opening": repeated("“"),
    "opening-words": repeated("“word "),
    "said-that": repeated("Anna Weber said that "),
    "said": repeated("said that "),
    "no-spaces": without_spaces,
    "one-line": in_one_line,
    "one-sentence": repeated("Anna Weber of the Ministry said on Monday, and "),
}
"""What a text is made of."""


def exponent(measured: list[tuple[int, float]]) -> float:
    """Slope of log seconds over log characters, by least squares."""
    points = [(math.log(chars), math.log(seconds)) for chars, seconds in measured]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    below = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / below


def show_memory(annotator: EnglishAnnotator, texts: list[str], count: int) -> None:
    for number, _ in enumerate(annotator.annotate_many(short_articles(texts, count)), start=1):
        if number % _REPORT_EVERY == 0 or number == count:
            print(f"{number:>7,} articles  {resident_mb():8.1f} MB")


def short_articles(texts: list[str], count: int) -> Iterator[Article]:
    """Articles of a paragraph, each with names of its own."""
    paragraphs = [part for text in texts for part in text.split("\n\n") if len(part) > 100]
    for number in range(count):
        paragraph = paragraphs[number % len(paragraphs)].strip()
        yield an_article(f"{paragraph} Witness{number} Smith{number} of Town{number} said so.")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * _PAGE_BYTES / 1e6


if __name__ == "__main__":
    main()
