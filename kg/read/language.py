"""The language of an article: as declared, else recognised offline (py3langid)."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Article, Failure, FailureKind

UNDECLARED = "und"
"""What readers write where the source declares no language (ISO 639)."""

_SAMPLE_CHARS = 2_000
# Log-probability by which another language must beat the wanted one, a character. Of 1,589 English
# texts four (headlines of 47 to 129 characters) had another language on top, by .32 at most;
# single sentences of nine other languages were ahead by 1.75 and more.
_MIN_MARGIN = 0.5


def recognise(article: Article, wanted: str | None) -> Article | Failure:
    """The article with its language, or why it is not wanted; `wanted` None takes all."""
    language = article.language
    if language == UNDECLARED:
        language = _detect(article, wanted or "en")
    if wanted is not None and language.lower().split("-")[0] != wanted:
        return Failure(article.source, f"language '{language}'", FailureKind.SKIPPED)
    return article if language == article.language else replace(article, language=language)


def _detect(article: Article, expected: str) -> str:
    from py3langid.langid import rank

    start = article.skip[0].end if article.skip else 0
    sample = article.text[start : start + _SAMPLE_CHARS]
    ranked = rank(sample)
    scores = dict(ranked)
    best, best_score = ranked[0]
    behind = float(best_score) - float(scores.get(expected, float("-inf")))
    return best if behind > _MIN_MARGIN * max(len(sample), 1) else expected
