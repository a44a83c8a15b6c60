"""What the Python API hands out: records together with the graph they stand in.

A view never copies: it holds a record of `kg.model` and looks the rest up when asked.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from kg.api.tables import MAX_HTML_ROWS, Table, frame, html_table
from kg.model import Article, Entity, Span, Statement
from kg.store import Store
from kg.vocabulary import EntityType, Stance

if TYPE_CHECKING:
    import pandas

    from kg.api.graph import Graph


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article: `article.text[start:end] == text`."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.article.text[self.start : self.end]

    @property
    def location(self) -> str:
        """Where a person finds it: the source and the characters, `letter.txt:1883-1904`."""
        return f"{source_name(self.article)}:{self.start}-{self.end}"

    def __str__(self) -> str:
        return self.text


def source_name(article: Article) -> str:
    """The last part of where an article was read from, or its id where that is unknown."""
    return article.source.rstrip("/").rsplit("/", 1)[-1] or article.id


@dataclass(frozen=True, slots=True)
class EntityView:
    """A person, organisation, place, group or work, with what it says and what is said of it."""

    graph: Graph
    record: Entity

    @property
    def id(self) -> str:
        """The id, without the prefix `ent:`."""
        return self.record.id

    @property
    def name(self) -> str:
        """The fullest name in the articles, or the one that a person chose."""
        return self.record.name

    @property
    def type(self) -> EntityType:
        """Person, organisation, place ..."""
        return self.record.type

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names in the articles."""
        return self.record.aliases

    @property
    def mentions(self) -> tuple[Passage, ...]:
        """Each place that means the entity, by article and position; pronouns included."""
        return self.graph.mentions_of(self.record)

    def says(
        self,
        *,
        about: str | None = None,
        stance: str | Stance | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Statements:
        """Its statements, second-hand ones included, by date and position."""
        return self.graph.statements(
            speaker=self.id, about=about, stance=stance, since=since, until=until
        )

    def said_of(self) -> Statements:
        """The statements of others whose content mentions it."""
        return self.graph.statements(about=self.id)

    def _repr_html_(self) -> str:
        named = f"<b>{escape(self.name)}</b> ({self.type.value})"
        aliases = f", also {escape(', '.join(self.aliases))}" if self.aliases else ""
        return f"<p>{named}{aliases}</p>{self.says()._repr_html_()}"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement: who, what, how and where, each down to the characters."""

    graph: Graph
    record: Statement

    @property
    def id(self) -> str:
        """The id, without the prefix `st:`."""
        return self.record.id

    @property
    def article(self) -> Article:
        """The article that reports it."""
        return self.graph.article(self.record.article)

    @property
    def speaker(self) -> EntityView:
        """Whose statement it is."""
        return self.graph.entity_of(self.record.speaker)

    @property
    def speakers(self) -> tuple[EntityView, ...]:
        """The chain of sources, from the one that the article reports to the speaker."""
        outer = self.parent
        return (*(outer.speakers if outer else ()), self.speaker)

    @property
    def parent(self) -> StatementView | None:
        """The statement whose content reports this one."""
        return None if self.record.parent is None else self.graph.statement(self.record.parent)

    @property
    def stance(self) -> Stance:
        """What the speaker does to the content as worded."""
        return self.record.stance

    @property
    def day(self) -> str:
        """The day of saying where it is worded, else of publication; empty if neither is known.

        What the words leave open is a month, a year or a range: `2024-03-04/2024-03-10`.
        """
        said, published = self.record.said, self.article.published
        if said is None:
            return published.isoformat() if published else ""
        return _period(said.earliest, said.latest)

    @property
    def cue(self) -> str:
        """The words of saying; empty for a quotation that goes on."""
        return self._words(self.record.cue)

    @property
    def content(self) -> str:
        """What is said, as worded; an interruption shows as an ellipsis."""
        return self._words(self.record.content)

    @property
    def sentence(self) -> Passage:
        """The sentence that reports it."""
        span = self.record.sentence
        return Passage(self.article, span.start, span.end)

    @property
    def passage(self) -> Passage:
        """From the first to the last character of cue and content."""
        spans = self.record.cue + self.record.content
        return Passage(
            self.article, min(span.start for span in spans), max(span.end for span in spans)
        )

    def _words(self, spans: Sequence[Span]) -> str:
        text = self.article.text
        return " … ".join(" ".join(span.of(text).split()) for span in spans)

    def __str__(self) -> str:
        return f"{' > '.join(each.name for each in self.speakers)} {self.cue}: {self.content}"


def _period(first: date, last: date) -> str:
    """Days in ISO 8601, as short as they can be told: `2024-03-04`, `2024-03`, `2024`."""
    begins, ends = first.isoformat(), last.isoformat()
    is_end = last.day == monthrange(last.year, last.month)[1]
    if (begins[4:], ends[4:]) == ("-01-01", "-12-31") and begins[:4] == ends[:4]:
        return begins[:4]
    if begins[:7] == ends[:7] and first.day == 1 and is_end:
        return begins[:7]
    return begins if begins == ends else f"{begins}/{ends}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one, with the score of their likest pair and its reasons."""

    left: EntityView
    right: EntityView
    score: float
    reasons: tuple[str, ...]

    def as_object(self) -> dict[str, object]:
        """For JSON."""
        pair = {"left": self.left.id, "right": self.right.id}
        return {"score": self.score, **pair, "reasons": list(self.reasons)}


View = TypeVar("View")


class _Views(Sequence[View]):
    """A list that shows itself as a table."""

    def __init__(self, views: Sequence[View]) -> None:
        self._views = tuple(views)

    def __len__(self) -> int:
        return len(self._views)

    def __iter__(self) -> Iterator[View]:
        return iter(self._views)

    def __getitem__(self, position: Any) -> Any:
        return self._views[position]

    def rows(self) -> Table:
        """Column names and rows of plain values."""
        raise NotImplementedError

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame. Raises ImportError, naming the extra, where pandas is missing."""
        return frame(self.rows())

    def _repr_html_(self) -> str:
        return html_table(self.rows())


class Articles:
    """All articles of a graph, by id, read one by one; `len` counts them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __len__(self) -> int:
        return self._store.count_articles()

    def __iter__(self) -> Iterator[Article]:
        return self._store.articles()

    def rows(self, limit: int | None = None) -> Table:
        """Id, date of publication, title, source and the number of characters."""
        columns = ("id", "published", "title", "source", "characters")
        return Table(columns, tuple(map(self._row, islice(self, limit))))

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame. Raises ImportError, naming the extra, where pandas is missing."""
        return frame(self.rows())

    def _repr_html_(self) -> str:
        return html_table(self.rows(MAX_HTML_ROWS), total=len(self))

    @staticmethod
    def _row(article: Article) -> tuple[str | int, ...]:
        published = article.published.isoformat() if article.published else ""
        return (article.id, published, article.title or "", article.source, len(article.text))


class Entities(_Views[EntityView]):
    """Entities, as a sequence that shows itself as a table."""

    def rows(self) -> Table:
        """Id, type, name, aliases and the number of mentions."""
        return Table(
            ("id", "type", "name", "aliases", "mentions"),
            tuple(
                (each.id, each.type.value, each.name, "; ".join(each.aliases), len(each.mentions))
                for each in self
            ),
        )


class Statements(_Views[StatementView]):
    """Statements, as a sequence that shows itself as a table."""

    def __init__(self, views: Sequence[StatementView], *, undated: int = 0) -> None:
        super().__init__(views)
        self.undated = undated
        """How many were left out only because nothing tells their date."""

    def rows(self) -> Table:
        """One row a statement, the chain of sources joined with `>`."""
        columns = (
            "id",
            "date",
            "speakers",
            "cue",
            "stance",
            "act",
            "content",
            "where",
            "confidence",
        )
        return Table(columns, tuple(self._row(each) for each in self))

    @staticmethod
    def _row(view: StatementView) -> tuple[str | float, ...]:
        return (
            view.id,
            view.day,
            " > ".join(each.name for each in view.speakers),
            view.cue,
            view.stance.value,
            view.record.act.value,
            view.content,
            view.passage.location,
            view.record.confidence,
        )
