"""Annotation without a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Article, Failure


def annotate_inputs(
    inputs: Sequence[str],
    *,
    model: str | None = None,
    text_field: str | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, object] | str]:
    """For each article an object in the exchange format, or why it failed, in the order read."""
    from kg.annotate.annotator import AnnotatorConfig, EnglishAnnotator
    from kg.export.jsonl import annotation_to_json
    from kg.read import ReadOptions, read_articles

    options = ReadOptions(text_field=text_field, limit=limit, language=None)
    annotator = EnglishAnnotator(AnnotatorConfig(model=model))
    failed: list[str] = []

    def articles() -> Iterator[Article]:
        for found in read_articles(inputs, options):
            if isinstance(found, Article):
                yield found
            elif isinstance(found, Failure):
                failed.append(f"{found.source}: {found.reason}")

    for article, outcome in annotator.annotate_many(articles()):
        if isinstance(outcome, Exception):
            yield f"{article.source}: {outcome}"
        else:
            yield annotation_to_json(article, outcome)
    yield from failed


def language_model(name: str | None) -> tuple[str, str, str]:
    """Name, version and SHA-256 of the language model. Raises ModelError."""
    from kg.annotate.language_model import find_model

    model = find_model(name)
    return model.name, model.version, model.sha256
