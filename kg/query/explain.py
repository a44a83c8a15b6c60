"""Why a record is in the graph: its sentences, its rule, its links and its run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.errors import UsageError
from kg.graph import GraphView
from kg.model import Annotation, Article, Chain, Entity, Link, Relation, Run, Span, Statement
from kg.vocabulary import Review, Stance


class Lookup(GraphView, Protocol):
    """A graph view that also finds single records; a store is one."""

    def article(self, article: str) -> Article:
        """The article with this id. Raises KeyError."""

    def annotation(self, article: str) -> Annotation:
        """Its annotation, corrections applied. Raises KeyError."""

    def entity(self, entity: str) -> Entity:
        """The entity with this id, redirects followed. Raises KeyError."""

    def article_of(self, record: str) -> str:
        """The article that holds a chain, statement, claim or relation. Raises KeyError."""

    def appearances(self, article: str) -> Sequence[tuple[str, str | None, str | None]]:
        """(source, URL, day of publication) of each place where it was read; its own first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence with the words in it that matter, and what they are."""

    article: Article
    sentence: Span
    marks: tuple[tuple[str, Span], ...]
    """Role (`speaker`, `cue`, `content`, `mention`, `relation`, `date`) and span, text order."""
    notes: tuple[str, ...] = ()
    """What found it and how sure the reading is."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All evidence for one record."""

    id: str
    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]


def explain(graph: Lookup, record: str) -> Explanation:
    """The evidence for a statement, claim, relation, chain, entity or article id.

    Prefixes (`st:`, `ent:`, `cl:`, `le:`, `art:`) and whole IRIs are accepted. Raises UsageError
    for an id that the graph does not hold.
    """
    identifier = bare_id(record)
    kind = kind_of(graph, identifier)
    if kind is None:
        raise UsageError(f"no record has the id '{record}'. Try: kg entities, kg says NAME")
    holder = "" if kind in ("entity", "article") else graph.article_of(identifier)
    return _EXPLAINERS[kind](graph, holder, identifier)


def kind_of(graph: Lookup, identifier: str) -> str | None:
    """What a bare id names: `statement`, `claim`, `relation`, `chain`, `entity` or `article`."""
    for kind, look_up in (("article", graph.article), ("entity", graph.entity)):
        try:
            look_up(identifier)
        except KeyError:
            continue
        return kind
    try:
        annotation = graph.annotation(graph.article_of(identifier))
    except KeyError:
        return None
    return next(kind for kind, ids in _record_ids(annotation) if identifier in ids)


def _record_ids(annotation: Annotation) -> Iterator[tuple[str, set[str]]]:
    yield "statement", {each.id for each in annotation.statements}
    yield "claim", {each.id for each in annotation.claims}
    yield "relation", {each.id for each in annotation.relations}
    yield "chain", {each.id for each in annotation.chains}


def bare_id(record: str) -> str:
    """An id without its prefix or the IRI in front of it."""
    return record.strip("<>").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _explain_statement(graph: Lookup, article_id: str, identifier: str) -> Explanation:
    article, annotation = graph.article(article_id), graph.annotation(article_id)
    statements = {each.id: each for each in annotation.statements}
    statement = statements[identifier]
    lineage = [statement]
    while lineage[-1].parent is not None and lineage[-1].parent in statements:
        lineage.append(statements[lineage[-1].parent])
    speakers = " > ".join(_entity(graph, each.speaker).name for each in reversed(lineage))
    return Explanation(
        identifier,
        "statement",
        f"{speakers} {_words(article, statement.cue)}: {_words(article, statement.content)}",
        tuple(_statement_facts(graph, article, annotation, statement, lineage)),
        tuple(_statement_evidence(article, each) for each in lineage),
    )


def _statement_facts(
    graph: Lookup,
    article: Article,
    annotation: Annotation,
    statement: Statement,
    lineage: list[Statement],
) -> Iterator[tuple[str, str]]:
    speaker = _chain(annotation, statement.speaker)
    entity = _entity(graph, statement.speaker)
    yield "speaker", f"{entity.name} (ent:{entity.id})"
    if statement.speaker_span is not None and not speaker.named:
        yield "speaker note", "the article does not name this speaker"
    yield "act", f"{statement.act.value} ({statement.kind.value})"
    yield "stance", _STANCES[statement.stance]
    for claim in annotation.claims:
        if claim.statement == statement.id:
            about = ", ".join(_entity(graph, each).name for each in claim.about) or "-"
            reading = (
                f"{claim.polarity.value}, {claim.certainty.value}, {claim.tense or 'no tense'}"
            )
            yield "claim", f"{_words(article, claim.spans)} ({reading}; about {about})"
    yield "depth", f"{statement.depth} ({_DEPTHS.get(statement.depth, 'a source further back')})"
    if len(lineage) > 1:
        yield "reported in", f"st:{lineage[1].id}"
    if statement.said is not None:
        said = statement.said
        yield "said", f"{said.earliest} to {said.latest} ({said.span.of(article.text)})"
    for role in ("addressee", "on_behalf_of", "work", "evidence"):
        chain = getattr(statement, role)
        if chain is not None:
            yield role.replace("_", " "), _entity(graph, chain).name
    yield "confidence", f"{statement.confidence:.2f}, by {statement.rule}"
    yield from _review(statement.review)
    yield "run", _run(graph, annotation.run)


_STANCES = {
    Stance.ASSERTS: "asserts the content as worded",
    Stance.DENIES: "denies the content as worded",
    Stance.QUESTIONS: "asks about the content as worded",
    Stance.REQUESTS: "requests the content as worded",
    Stance.COMMITS: "promises the content as worded",
    Stance.NO_COMMENT: "was asked and does not comment",
}
_DEPTHS = {0: "the article's own voice", 1: "a source of the article", 2: "a source of a source"}


def _statement_evidence(article: Article, statement: Statement) -> Evidence:
    marks = [("cue", span) for span in statement.cue]
    marks += [("content", span) for span in statement.content]
    if statement.speaker_span is not None:
        marks.append(("speaker", statement.speaker_span))
    if statement.said is not None:
        marks.append(("date", statement.said.span))
    inside = [each for each in marks if statement.sentence.contains(each[1])]
    outside = [each for each in marks if not statement.sentence.contains(each[1])]
    notes = tuple(f"{role} stands at {span.start}-{span.end}" for role, span in outside)
    return Evidence(
        article, statement.sentence, tuple(sorted(inside, key=_by_place)), (statement.rule, *notes)
    )


def _explain_claim(graph: Lookup, article: str, identifier: str) -> Explanation:
    claims = {each.id: each for each in graph.annotation(article).claims}
    return _explain_statement(graph, article, claims[identifier].statement)


def _explain_relation(graph: Lookup, article_id: str, identifier: str) -> Explanation:
    article, annotation = graph.article(article_id), graph.annotation(article_id)
    relation = next(each for each in annotation.relations if each.id == identifier)
    subject = _entity(graph, relation.subject).name
    facts = [("subject", subject), ("predicate", relation.predicate), ("object", relation.text)]
    facts.append(("worded by", _teller(relation)))
    facts.append(("confidence", f"{relation.confidence:.2f}, by {relation.rule}"))
    facts.append(("run", _run(graph, annotation.run)))
    sentence = sentence_around(article.text, relation.span)
    return Explanation(
        identifier,
        "relation",
        f"{subject} {relation.predicate} {relation.text}",
        tuple(facts),
        (Evidence(article, sentence, (("relation", relation.span),), (relation.rule,)),),
    )


def _teller(relation: Relation) -> str:
    return "the article itself" if relation.statement is None else f"st:{relation.statement}"


def _explain_chain(graph: Lookup, article: str, identifier: str) -> Explanation:
    chain = _chain(graph.annotation(article), identifier)
    return Explanation(
        identifier,
        "chain",
        f"{chain.name} ({chain.type.value}) in one article",
        (("entity", f"ent:{graph.entity_of(identifier)}"),),
        tuple(_chain_evidence(graph, chain)),
    )


def _explain_entity(graph: Lookup, _article: str, identifier: str) -> Explanation:
    entity = graph.entity(identifier)
    chains = {each: graph.annotation(graph.article_of(each)) for each in entity.chains}
    return Explanation(
        entity.id,
        "entity",
        f"{entity.name} ({entity.type.value})",
        tuple(_entity_facts(graph, entity, chains)),
        tuple(
            evidence
            for each in entity.chains
            for evidence in _chain_evidence(graph, _chain(chains[each], each))
        ),
    )


def _entity_facts(
    graph: Lookup, entity: Entity, chains: Mapping[str, Annotation]
) -> Iterator[tuple[str, str]]:
    if entity.aliases:
        yield "also", ", ".join(entity.aliases)
    articles = {annotation.article for annotation in chains.values()}
    yield "articles", str(len(articles))
    for external in entity.external:
        yield external.scheme, f"{external.iri} ({external.origin}, {external.score:.2f})"
    yield from _review(entity.review)
    own = set(entity.chains)
    for link in graph.links():
        if link.left in own or link.right in own:
            yield _link_fact(graph, link)


def _link_fact(graph: Lookup, link: Link) -> tuple[str, str]:
    label = {"positive": "merged", "negative": "kept apart", "unsure": "perhaps"}
    pair = " = ".join(_chain_name(graph, each) for each in (link.left, link.right))
    reasons = "; ".join(link.reasons)
    return label[link.judgement.value], f"{pair}: {link.score:.2f} ({reasons}; {link.origin.value})"


def _chain_name(graph: Lookup, chain: str) -> str:
    article = graph.article_of(chain)
    return f"{_chain(graph.annotation(article), chain).name} (le:{chain})"


def _chain_evidence(graph: Lookup, chain: Chain) -> Iterator[Evidence]:
    if not chain.mentions:
        return
    article = graph.article(chain.article)
    rules = {
        mention.span: mention.rule
        for mention in graph.annotation(chain.article).mentions
        if mention.chain == chain.id
    }
    for span in chain.mentions:
        sentence = sentence_around(article.text, span)
        yield Evidence(article, sentence, (("mention", span),), (rules.get(span, ""),))


def _explain_article(graph: Lookup, _article: str, identifier: str) -> Explanation:
    article, annotation = graph.article(identifier), graph.annotation(identifier)
    facts = [
        ("title", article.title or "-"),
        ("published", article.published.isoformat() if article.published else "-"),
        ("read from", article.source),
        *(("also in", source) for source, _, _ in graph.appearances(identifier)[1:]),
        ("reader", article.reader or "-"),
        ("file", f"sha256 {article.source_sha256}" if article.source_sha256 else "-"),
        *(("copy of", f"art:{one}") for copy, one in graph.copies() if copy == identifier),
        ("characters", str(len(article.text))),
        ("mentions", str(len(annotation.mentions))),
        ("statements", str(len(annotation.statements))),
        ("run", _run(graph, annotation.run)),
    ]
    evidence = tuple(_statement_evidence(article, each) for each in annotation.statements)
    return Explanation(
        identifier, "article", article.title or article.source, tuple(facts), evidence
    )


_Explainer = Callable[[Lookup, str, str], Explanation]
_EXPLAINERS: dict[str, _Explainer] = {
    "statement": _explain_statement,
    "claim": _explain_claim,
    "relation": _explain_relation,
    "chain": _explain_chain,
    "entity": _explain_entity,
    "article": _explain_article,
}

_MAX_SENTENCE_CHARS = 400
_ENDS = (". ", "! ", "? ", "\n", '." ', ".” ")


def sentence_around(text: str, span: Span) -> Span:
    """The sentence around a span, by punctuation alone: for showing, not for analysis."""
    low = max(0, span.start - _MAX_SENTENCE_CHARS)
    high = min(len(text), span.end + _MAX_SENTENCE_CHARS)
    start = max(
        (
            text.rfind(end, low, span.start) + len(end)
            for end in _ENDS
            if text.rfind(end, low, span.start) != -1
        ),
        default=low,
    )
    stops = [text.find(end, span.end - 1, high) for end in _ENDS]
    stop = min((found + 1 for found in stops if found != -1), default=high)
    words = text[start : max(stop, span.end)]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, start + max(len(words.rstrip()), span.end - start))


def _by_place(mark: tuple[str, Span]) -> Span:
    return mark[1]


def _chain(annotation: Annotation, identifier: str) -> Chain:
    return next(each for each in annotation.chains if each.id == identifier)


def _entity(graph: Lookup, chain: str) -> Entity:
    return graph.entity(graph.entity_of(chain))


def _words(article: Article, spans: tuple[Span, ...]) -> str:
    return " … ".join(" ".join(span.of(article.text).split()) for span in spans)


def _review(review: Review | None) -> Iterator[tuple[str, str]]:
    if review is not None:
        yield "review", review.value


def _run(graph: Lookup, identifier: str) -> str:
    run: Run | None = next((each for each in graph.runs() if each.id == identifier), None)
    if run is None:
        return identifier
    return (
        f"{run.id}: kg {run.version}, {run.annotator}, {run.model} (sha256 {run.model_sha256[:12]})"
    )


__all__ = ["Evidence", "Explanation", "Lookup", "bare_id", "explain", "kind_of"]
