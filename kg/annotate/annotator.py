"""The annotator for English: model, names, statements, chains, relations, in this order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg import __version__
from kg.annotate.language_model import borrowed_pipeline, find_model
from kg.annotate.parsing import parse, parse_many
from kg.errors import KgError
from kg.graph import check_evidence
from kg.ids import short_hash, text_sha256
from kg.model import Annotation, Article, Run

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH_ARTICLES = 32
"""Articles that go through the language model together and share one memory zone."""


@dataclass(frozen=True, slots=True)
class AnnotatorConfig:
    """What changes the outcome; its digest is part of the provenance and of the cache key."""

    model: str | None = None
    """Package or folder of an official spaCy model; None is the one that was pinned."""


class EnglishAnnotator:
    """Annotates one article at a time, with no knowledge of the others.

    The model is checked at once and loaded when the first article comes. Raises ModelError.
    """

    def __init__(self, config: AnnotatorConfig | None = None) -> None:
        self._config = config or AnnotatorConfig()
        self._files = find_model(self._config.model)
        self.run = self._describe_run()

    def annotate(self, article: Article) -> Annotation:
        """The annotation of an article. Raises EvidenceError if a span shows no words."""
        with borrowed_pipeline(self._files) as nlp, nlp.memory_zone():
            return self._annotate(article, parse(nlp, article))

    def annotate_many(
        self, articles: Iterable[Article]
    ) -> Iterator[tuple[Article, Annotation | Exception]]:
        """Each article with its annotation, or with the error that it met, in the order given."""
        remaining = iter(articles)
        while batch := list(islice(remaining, BATCH_ARTICLES)):
            yield from self._annotate_batch(batch)

    def _annotate_batch(
        self, batch: Sequence[Article]
    ) -> list[tuple[Article, Annotation | Exception]]:
        done: list[tuple[Article, Annotation | Exception]] = []
        with borrowed_pipeline(self._files) as nlp, nlp.memory_zone():
            docs = parse_many(nlp, batch)
            for article, doc in zip(batch, docs, strict=True):
                try:
                    done.append((article, self._annotate(article, doc)))
                except (KgError, ValueError, RecursionError, LookupError) as error:
                    done.append((article, error))
        return done

    def _annotate(self, article: Article, doc: Doc) -> Annotation:
        # spaCy takes seconds to import, and a run on unchanged articles never comes here.
        from kg.annotate.assembly import Assembler, relations_of, trimmed
        from kg.annotate.chains import build_chains
        from kg.annotate.names import find_names
        from kg.annotate.relations import find_relations
        from kg.annotate.statements import find_attributions

        names = find_names(doc)
        found = find_attributions(doc, published=article.published, names=names)
        attributions = [trimmed(attribution, article.text) for attribution in found]
        chains = build_chains(article.id, doc, names, attributions)
        statements, claims = Assembler(article, doc, chains).statements(attributions)
        drafts = find_relations(chains, attributions)
        annotation = Annotation(
            article=article.id,
            run=self.run.id,
            mentions=chains.mentions,
            chains=chains.chains,
            statements=tuple(each for each in statements if each is not None),
            claims=claims,
            relations=relations_of(article.id, drafts, statements),
        )
        check_evidence(article, annotation)
        return annotation

    def _describe_run(self) -> Run:
        config = text_sha256(json.dumps(asdict(self._config), sort_keys=True))
        model = f"{self._files.name} {self._files.version}"
        parts = (__version__, "english", config, model, self._files.sha256)
        return Run(short_hash("run", *parts), *parts)
