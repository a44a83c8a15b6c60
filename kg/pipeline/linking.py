"""`kg link`: names to a service, answers into the store, identifiers onto entities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.link import (
    DEFAULT_THRESHOLD,
    Outcome,
    Question,
    Service,
    ServiceDownError,
    Transport,
    Wanted,
    check_address,
    questions,
    wikidata_classes,
)
from kg.model import LinkService, Relation, ServiceAnswer
from kg.pipeline.derive import derive
from kg.pipeline.identify import waiting_links
from kg.pipeline.report import Progress, ProgressHook, Stage, no_progress
from kg.store import Store


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """What is asked, and what an answer has to be."""

    wanted: Wanted = field(default_factory=Wanted)
    threshold: float | None = None
    """In [0, 1]; by default the one of the last call, at first 0.9."""
    refresh: bool = False
    """Ask again what was answered before."""
    dry_run: bool = False
    """Ask nothing; the report names what would be sent."""


@dataclass(slots=True)
class LinkReport:
    """What `kg link` did."""

    service: str
    names: tuple[str, ...] = ()
    """What was sent, or would be."""
    asked: int = 0
    """Names that were answered now."""
    known: int = 0
    """Names that had an answer before."""
    unanswered: list[tuple[str, str]] = field(default_factory=list)
    """Name and reason; they are asked again next time."""
    stopped: str = ""
    """Why the rest was not asked, empty if all was."""
    linked: int = 0
    """Entities with an identifier of this service now."""
    waiting: int = 0
    """Entities with candidates that wait for a person."""


def link(
    store: Store,
    url: str,
    options: LinkOptions | None = None,
    *,
    transport: Transport | None = None,
    progress: ProgressHook | None = None,
) -> LinkReport:
    """Ask a reconciliation service for the entities that it was not asked for yet.

    Nothing is sent where the store has all the answers. Raises UsageError for what is no address,
    ServiceDownError where nothing at all was answered.
    """
    options, transport = options or LinkOptions(), transport or Transport()
    check_address(url)
    report = LinkReport(url)
    record = _known_service(store, url)
    service: Service | None = None
    if record is None or (options.refresh and not options.dry_run):
        if options.dry_run:
            record = LinkService(url, url, "", DEFAULT_THRESHOLD)
        else:
            service = _connect(url, transport, _threshold(options, record))
            record = service.record
    record = replace(record, threshold=_threshold(options, record))
    pending = _pending(store, record, options, report)
    report.names = tuple(question.name for question in pending)
    if options.dry_run:
        return report
    store.identifiers.save_service(record)
    if pending:
        service = service or Service(record, transport)
        _ask(store, service, pending, report, progress or no_progress)
    derive(store)
    return _counted(store, url, report)


def forget(store: Store, url: str) -> bool:
    """Drop a service, its answers and its identifiers; True if it was known."""
    gone = store.identifiers.forget(url)
    derive(store)
    return gone


def _connect(url: str, transport: Transport, threshold: float) -> Service:
    try:
        return Service.connect(url, transport, threshold=threshold)
    except ServiceDownError as error:
        raise ServiceDownError(f"{url} {error}") from error


def _known_service(store: Store, url: str) -> LinkService | None:
    return next((each for each in store.identifiers.services() if each.url == url), None)


def _threshold(options: LinkOptions, known: LinkService | None) -> float:
    if options.threshold is not None:
        return options.threshold
    return DEFAULT_THRESHOLD if known is None else known.threshold


def _pending(
    store: Store, service: LinkService, options: LinkOptions, report: LinkReport
) -> list[Question]:
    wanted = options.wanted
    if wanted.classes is None:
        wanted = replace(wanted, classes=wikidata_classes(service))
    asked = questions(
        store.entities(),
        wanted,
        is_named=store.identifiers.is_named,
        relations=_relations(store) if wanted.hints else (),
    )
    if options.refresh:
        return asked
    known = {
        (answer.type, answer.name): answer.asked
        for answer in store.identifiers.answers()
        if answer.service == service.url
    }
    pending = [each for each in asked if known.get((each.type, each.name)) != each.as_json()]
    report.known = len(asked) - len(pending)
    return pending


def _relations(store: Store) -> Iterator[tuple[str, Relation, str]]:
    names = {entity.id: entity.name for entity in store.entities()}
    for _, annotation in store.annotated():
        for relation in annotation.relations:
            other = relation.object
            name = relation.text if other is None else names[store.entity_of(other)]
            yield store.entity_of(relation.subject), relation, name


def _ask(
    store: Store,
    service: Service,
    pending: Sequence[Question],
    report: LinkReport,
    progress: ProgressHook,
) -> None:
    """Each batch is kept as it comes: what a stopped run was told is not asked again."""
    progress(Progress(Stage.LINK, 0, len(pending)))
    try:
        for outcomes in service.ask(pending):
            _keep(store, service.record, outcomes, report)
            done = report.asked + len(report.unanswered)
            progress(Progress(Stage.LINK, done, len(pending)))
    except ServiceDownError as error:
        if not report.asked:
            raise ServiceDownError(f"{service.record.url} {error}") from error
        report.stopped = str(error)


def _keep(
    store: Store, service: LinkService, outcomes: Sequence[Outcome], report: LinkReport
) -> None:
    answered = [
        ServiceAnswer(
            service.url,
            outcome.question.type,
            outcome.question.name,
            outcome.question.as_json(),
            outcome.question.chain,
            outcome.candidates,
        )
        for outcome in outcomes
        if outcome.candidates is not None
    ]
    store.identifiers.save_answers(answered)
    report.asked += len(answered)
    report.unanswered += [
        (outcome.question.name, outcome.reason)
        for outcome in outcomes
        if outcome.candidates is None
    ]


def _counted(store: Store, url: str, report: LinkReport) -> LinkReport:
    origin = url.partition("?")[0]
    report.linked = sum(
        any(each.origin == origin for each in entity.external) for entity in store.entities()
    )
    report.waiting = sum(each.service.url == url for each in waiting_links(store))
    return report
