"""One reconciliation service: its manifest, and names in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import KgError
from kg.link.protocol import (
    MalformedError,
    Question,
    classic_batch,
    draft_batch,
    read_answer,
    service_of,
    speaks_draft,
)
from kg.link.transport import ServiceDownError, ServiceError, Transport, check_address
from kg.model import Candidate, LinkService

_BATCH_SIZE = 10
"""What OpenRefine sends at once."""
_MAX_FAILURES = 3
"""Questions in a row without an answer after which a service is taken to be down."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    question: Question
    candidates: tuple[Candidate, ...] | None
    """None where the service did not answer."""
    reason: str = ""
    """Why it did not."""


class Service:
    """A service that answers; every method raises ServiceDownError where it does not."""

    def __init__(self, record: LinkService, transport: Transport) -> None:
        self.record = record
        self._transport = transport
        self._is_draft = speaks_draft(record)
        self._failures = 0

    @classmethod
    def connect(cls, url: str, transport: Transport, *, threshold: float) -> Service:
        """Ask the service for its manifest. Raises UsageError, ServiceDownError."""
        check_address(url)
        try:
            manifest, final = transport.get(url)
            record = service_of(url, manifest, threshold=threshold)
            service = cls(record, transport)
        except (MalformedError, ServiceError) as error:
            raise ServiceDownError(str(error)) from error
        service.address = final
        return service

    address: str = ""
    """Where it is asked: the address after redirects."""

    def ask(self, questions: Sequence[Question]) -> Iterator[tuple[Outcome, ...]]:
        """The outcomes, batch by batch, in the order of the questions.

        A batch that is refused is asked again in halves, so that one bad name costs no other its
        answer. Raises ServiceDownError when the service stops answering; what came before holds.
        """
        size = self.record.batch_size or _BATCH_SIZE
        for start in range(0, len(questions), size):
            yield tuple(self._ask(questions[start : start + size], tries=None))

    def _ask(self, batch: Sequence[Question], tries: int | None) -> Iterator[Outcome]:
        try:
            found = self._ask_once(batch, tries)
        except (ServiceError, MalformedError) as error:
            if len(batch) == 1:
                yield self._failed(batch[0], error)
                return
            half = len(batch) // 2
            yield from self._ask(batch[:half], tries=1)
            yield from self._ask(batch[half:], tries=1)
            return
        self._failures = 0
        for question, candidates in zip(batch, found, strict=True):
            reason = "" if candidates is not None else "no answer of the right form"
            yield Outcome(question, candidates, reason)

    def _failed(self, question: Question, error: KgError) -> Outcome:
        self._failures += 1
        if self._failures >= _MAX_FAILURES:
            raise ServiceDownError(f"{error} {self._failures} times in a row") from error
        return Outcome(question, None, str(error))

    def _ask_once(
        self, batch: Sequence[Question], tries: int | None
    ) -> list[tuple[Candidate, ...] | None]:
        url = self.address or self.record.url
        if self._is_draft:
            match = f"{url.rstrip('/')}/match"
            answer = self._transport.post_json(match, draft_batch(batch), tries=tries)
        else:
            fields = {"queries": classic_batch(batch)}
            answer = self._transport.post_form(url, fields, tries=tries)
        return read_answer(answer, len(batch), self.record)
