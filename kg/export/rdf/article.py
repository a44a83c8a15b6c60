"""One article with its annotation as nodes of RDF: the evidence layer of the graph."""

from __future__ import annotations

from collections.abc import Callable

from kg.export.rdf.terms import decimal, escape, is_iri, language_tag
from kg.export.source import file_name
from kg.ids import text_sha256
from kg.model import Annotation, Article, Chain, Claim, Mention, Relation, Span, Statement
from kg.vocabulary import EntityType, MentionKind, QuoteType

Node = tuple[str, list[str]]
"""A subject, and its predicates with their objects, as Turtle writes them: `kg:depth 1`."""

PREDICATES = {
    "jobTitle": "schema:jobTitle",
    "worksFor": "schema:worksFor",
    "memberOf": "schema:memberOf",
    "spouse": "schema:spouse",
    "relative": "schema:relatedTo",
    "locatedIn": "schema:location",
}
"""Relations that schema.org has a property for; the others are terms of our own."""

_QUOTED = (QuoteType.DIRECT, QuoteType.MIXED)


class ArticleNodes:
    """The nodes of one article.

    After `build`, `plain` holds the relations that the article itself words, as (subject, predicate
    and object).
    """

    def __init__(
        self, article: Article, annotation: Annotation, entity_of: Callable[[str], str]
    ) -> None:
        self._article = article
        self._annotation = annotation
        self._text = article.text
        self._iri = f"art:{article.id}"
        self._run = f"prov:wasGeneratedBy run:{annotation.run}"
        self._language = language_tag(article.language)
        self._entities = {chain.id: f"ent:{entity_of(chain.id)}" for chain in annotation.chains}
        self._spans: dict[tuple[int, int], list[str]] = {}
        self.plain: dict[tuple[str, str], None] = {}

    def build(self) -> list[Node]:
        """All nodes but those of the plain relations: article, statements, claims ... spans."""
        nodes = [(self._iri, self._article_pairs())]
        nodes.extend(self._statements())
        nodes.extend((f"cl:{claim.id}", self._claim(claim)) for claim in self._annotation.claims)
        nodes.extend((f"rel:{rel.id}", self._relation(rel)) for rel in self._annotation.relations)
        self._mentions(self._annotation.mentions)
        nodes.extend(self._chains())
        nodes.extend(self._span_nodes())
        return nodes

    def _article_pairs(self) -> list[str]:
        article = self._article
        pairs = ["a schema:NewsArticle", "a nif:Context", "a prov:Entity"]
        if article.title:
            pairs.append(f"schema:headline {self._worded(article.title)}")
        if article.published is not None:
            pairs.append(f'schema:datePublished "{article.published.isoformat()}"^^xsd:date')
        pairs.append(f'schema:inLanguage "{self._language}"')
        if article.publisher:
            pairs.append(f'schema:publisher "{escape(article.publisher)}"')
        if article.author:
            pairs.append(f'schema:author "{escape(article.author)}"')
        if article.url and is_iri(article.url):
            pairs.append(f"schema:url <{article.url}>")
        pairs.extend(f"schema:mentions {entity}" for entity in self._mentioned())
        if article.source:
            pairs.append(f'kg:sourceFile "{escape(file_name(article.source))}"')
        pairs.append(f'kg:textLength "{len(self._text)}"^^xsd:nonNegativeInteger')
        pairs.append(f'kg:textSha256 "{text_sha256(self._text)}"')
        return pairs

    def _mentioned(self) -> list[str]:
        chains = {m.chain for m in self._annotation.mentions if m.kind is not MentionKind.PRONOUN}
        return sorted({self._entities[chain] for chain in chains})

    def _statements(self) -> list[Node]:
        content: dict[str, list[str]] = {}
        for claim in self._annotation.claims:
            content.setdefault(claim.statement, []).append(f"kg:content cl:{claim.id}")
        for statement in self._annotation.statements:
            if statement.parent is not None:
                content.setdefault(statement.parent, []).append(f"kg:content st:{statement.id}")
        return [
            (f"st:{statement.id}", self._statement(statement, content.get(statement.id, [])))
            for statement in self._annotation.statements
        ]

    def _statement(self, statement: Statement, content: list[str]) -> list[str]:
        speaker = self._entities[statement.speaker]
        pairs = ["a kg:Statement"]
        if statement.quote_type in _QUOTED:
            pairs.append("a schema:Quotation")
        pairs += [f"kg:speaker {speaker}", f"kg:act kg:{statement.act}"]
        pairs += [f"kg:stance kg:{statement.stance}", *content]
        pairs += self._statement_spans(statement)
        pairs += self._statement_parties(statement)
        pairs += [
            f'kg:quoteType "{statement.quote_type}"',
            f'kg:statementKind "{statement.kind}"',
            f"kg:depth {statement.depth}",
            f"kg:reportedIn {self._iri}",
            f'kg:rule "{escape(statement.rule)}"',
            f"kg:confidence {decimal(statement.confidence)}",
            f"prov:wasDerivedFrom {self._iri}",
            self._run,
        ]
        if statement.review is not None:
            pairs.append(f'kg:review "{statement.review}"')
        return list(dict.fromkeys(pairs))  # "no", he said, "no": two quotes, one text

    def _statement_spans(self, statement: Statement) -> list[str]:
        sentence = statement.sentence
        pairs = [f"kg:sentence {self._span(sentence, 'a nif:Sentence')}"]
        mention = statement.speaker_span
        # Offsets are checked against the sentence, so what lies outside of it is not shown.
        if mention is not None and sentence.contains(mention):
            pairs.append(f"kg:speakerMention {self._span(mention)}")
        pairs += [f"kg:cue {self._span(cue)}" for cue in statement.cue if sentence.contains(cue)]
        if statement.cue_lemma:
            pairs.append(f'kg:cueLemma "{escape(statement.cue_lemma)}"')
        for quote in statement.quotes:
            pairs.append(f"kg:quote {self._span(quote)}")
            if sentence.contains(quote):
                pairs.append(f"schema:text {self._worded(quote.of(self._text))}")
        return pairs

    def _statement_parties(self, statement: Statement) -> list[str]:
        pairs = []
        if statement.on_behalf_of is not None:
            pairs.append(f"kg:onBehalfOf {self._entities[statement.on_behalf_of]}")
        if statement.work is not None:
            pairs.append(f"kg:inWork {self._entities[statement.work]}")
        if statement.addressee is not None:
            pairs.append(f"kg:addressee {self._entities[statement.addressee]}")
        if statement.evidence is not None:
            pairs.append(f"kg:citesEvidence {self._entities[statement.evidence]}")
        said = statement.said
        if said is not None:
            pairs.append(f'kg:saidEarliest "{said.earliest.isoformat()}"^^xsd:date')
            pairs.append(f'kg:saidLatest "{said.latest.isoformat()}"^^xsd:date')
            pairs.append(f"kg:timeText {self._worded(said.span.of(self._text))}")
        return pairs

    def _claim(self, claim: Claim) -> list[str]:
        words = " … ".join(span.of(self._text) for span in claim.spans)
        pairs = ["a schema:Claim", f"schema:text {self._worded(words)}"]
        pairs += [f"kg:span {self._span(span)}" for span in claim.spans]
        pairs.append(f"kg:polarity graspf:{claim.polarity}")
        pairs.append(f"kg:certainty graspf:{claim.certainty}")
        if claim.tense is not None:
            pairs.append(f'kg:tense "{claim.tense}"')
        about = sorted({self._entities[chain] for chain in claim.about})
        pairs += [f"schema:about {entity}" for entity in about]
        pairs += [f"schema:appearance {self._iri}", self._run]
        return pairs

    def _relation(self, relation: Relation) -> list[str]:
        subject = self._entities[relation.subject]
        predicate = PREDICATES.get(relation.predicate) or f"kg:{relation.predicate}"
        chain = relation.object
        thing = self._worded(relation.text) if chain is None else self._entities[chain]
        pairs = ["a kg:Relation", f"kg:subject {subject}", f"kg:predicate {predicate}"]
        pairs += [f"kg:object {thing}", f"kg:evidence {self._span(relation.span)}"]
        if relation.statement is None:
            self.plain[subject, f"{predicate} {thing}"] = None
        else:
            pairs.append(f"kg:saidIn st:{relation.statement}")
        pairs += [
            f'kg:rule "{escape(relation.rule)}"',
            f"kg:confidence {decimal(relation.confidence)}",
            f"prov:wasDerivedFrom {self._iri}",
            self._run,
        ]
        return pairs

    def _mentions(self, mentions: tuple[Mention, ...]) -> None:
        spans = self._spans
        for mention in mentions:
            extra = spans.setdefault((mention.span.start, mention.span.end), [])
            extra += [
                "a kg:Mention",
                f"kg:mentionOf le:{mention.chain}",
                f'kg:mentionKind "{mention.kind}"',
                f'kg:rule "{escape(mention.rule)}"',
            ]

    def _chains(self) -> list[Node]:
        nodes = []
        for chain in self._annotation.chains:
            if chain.type is EntityType.NARRATOR:
                nodes.append((self._entities[chain.id], [f"kg:narratorOf {self._iri}"]))
            elif chain.mentions:
                nodes.append((f"le:{chain.id}", self._chain(chain)))
        return nodes

    def _chain(self, chain: Chain) -> list[str]:
        return [
            "a kg:LocalEntity",
            f'rdfs:label "{escape(chain.name)}"',
            f"kg:inArticle {self._iri}",
            f"kg:resolvedTo {self._entities[chain.id]}",
            self._run,
        ]

    def _span(self, span: Span, extra: str | None = None) -> str:
        """The name of a span, whose node is written once, after all that refer to it."""
        pairs = self._spans.setdefault((span.start, span.end), [])
        if extra is not None and extra not in pairs:
            pairs.append(extra)
        return f"sp:{self._article.id}-{span.start}-{span.end}"

    def _span_nodes(self) -> list[Node]:
        text = self._text
        prefix = f"sp:{self._article.id}-"
        context = f"nif:referenceContext {self._iri}"
        return [
            (
                f"{prefix}{start}-{end}",
                [
                    "a nif:OffsetBasedString",
                    *self._spans[start, end],
                    f'nif:beginIndex "{start}"^^xsd:nonNegativeInteger',
                    f'nif:endIndex "{end}"^^xsd:nonNegativeInteger',
                    f'nif:anchorOf "{escape(text[start:end])}"',
                    context,
                ],
            )
            for start, end in sorted(self._spans)
        ]

    def _worded(self, text: str) -> str:
        """A literal in the language of the article."""
        return f'"{escape(text)}"@{self._language}'
