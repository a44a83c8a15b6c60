"""The SPARQL 1.1 protocol: queries by GET and POST, answers in the format that the client takes.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.errors import KgError, StoreError, UsageError
from kg.query.engine import QueryTimeoutError
from kg.query.service import service_description
from kg.query.syntax import Form
from kg.web.answers import Answers, BusyError, Question
from kg.web.guard import Guard
from kg.web.negotiation import RESULT_TYPES, TRIPLE_TYPES, choose, content_type

PATH = "/sparql"
MAX_QUERY_BYTES = 1 << 20
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = "The graph is read-only: updates are refused."
_IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*""")
_HELD_BYTES = 1 << 22
_PIECE_BYTES = 1 << 16

Pairs = list[tuple[str, str]]


def sparql_app(answers: Answers, *, name: str = "localhost") -> Starlette:
    """The endpoint at `/sparql`; `name` is a host name it answers to beside `localhost`."""
    endpoint = _Endpoint(answers)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        answers.close()

    return Starlette(
        routes=[Route(PATH, endpoint.answer, methods=["GET", "POST"])],
        middleware=[Middleware(Guard, name=name)],
        exception_handlers={404: _not_found},
        lifespan=lifespan,
    )


class _RefusedError(Exception):
    """A request that is not answered, with the status and the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Endpoint:
    answers: Answers

    async def answer(self, request: Request) -> Response:
        """The answer to one request of the protocol, or the reason why there is none."""
        try:
            pairs = await _pairs(request)
            if request.method != "POST" and not {"query", "update"} & {name for name, _ in pairs}:
                return _description(request)
            question = _question(pairs)
            return await run_in_threadpool(self._respond, request, question)
        except _RefusedError as error:
            return _refusal(error.status, str(error))
        except UsageError as error:
            return _refusal(400, str(error))
        except BusyError as error:
            return _refusal(503, str(error), {"retry-after": "1"})
        except (QueryTimeoutError, StoreError) as error:
            return _refusal(503, str(error))
        except KgError as error:
            return _refusal(500, str(error))

    def _respond(self, request: Request, question: Question) -> Response:
        form = self.answers.form(question.query)
        offers = TRIPLE_TYPES if form in (Form.CONSTRUCT, Form.DESCRIBE) else RESULT_TYPES
        chosen = _chosen(request, offers)
        held = tempfile.SpooledTemporaryFile(_HELD_BYTES)  # noqa: SIM115 - closed when it is sent
        try:
            self.answers.write(question, offers[chosen], held)
        except BaseException:
            held.close()
            raise
        headers = {**_headers(chosen), "content-length": str(held.tell())}
        if request.method == "HEAD":
            held.close()
            return Response(headers=headers)
        held.seek(0)
        return StreamingResponse(_read(held), headers=headers)


def _description(request: Request) -> Response:
    """What the service is, for a GET that asks nothing."""
    chosen = _chosen(request, TRIPLE_TYPES)
    address = str(request.url.replace(query="", fragment=""))
    body = service_description(address, TRIPLE_TYPES[chosen])
    return Response(body, headers=_headers(chosen))


async def _pairs(request: Request) -> Pairs:
    """The parameters of the protocol, from the address or from the body."""
    asked = _parameters(request.url.query, "parameters")
    if request.method != "POST":
        return asked
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == _UPDATE:
        raise _RefusedError(415, _READ_ONLY)
    if media_type not in (_FORM, _QUERY):
        found = f"; found '{media_type}'" if media_type else ""
        raise _RefusedError(415, f"POST a query as {_FORM} or {_QUERY}{found}.")
    encoding = request.headers.get("content-encoding", "identity")
    if encoding.lower() != "identity":
        raise _RefusedError(415, f"POST a query as it is; found the encoding '{encoding}'.")
    text = await _body(request)
    if media_type == _QUERY:
        return [*asked, ("query", text)]
    return _parameters(text, "form")


def _parameters(text: str, what: str) -> Pairs:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise _RefusedError(400, f"The {what} cannot be read: {error}") from error


async def _body(request: Request) -> str:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_QUERY_BYTES:
            raise _RefusedError(413, f"A query may have {MAX_QUERY_BYTES} bytes.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _RefusedError(400, f"The body is not UTF-8: {error}") from error


def _question(pairs: Pairs) -> Question:
    """The one query, and the graphs it is asked of. Raises _RefusedError."""
    if any(name == "update" for name, _ in pairs):
        raise _RefusedError(400, _READ_ONLY)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise _RefusedError(400, f"Expected one parameter 'query'; found {len(queries)}.")
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    for iri in (*default, *named):
        if not _IRI.fullmatch(iri):
            raise _RefusedError(400, f"'{iri}' is not the IRI of a graph.")
    if not default and not named:
        return Question(queries[0])
    # Section 2.1.4: what is named is the whole data set.
    return Question(queries[0], default, named)


def _chosen(request: Request, offers: Mapping[str, str]) -> str:
    """The media type of the answer. Raises _RefusedError if the client takes none."""
    chosen = choose(",".join(request.headers.getlist("accept")), offers)
    if chosen is None:
        raise _RefusedError(406, f"The answer comes as {', '.join(offers)}.")
    return chosen


def _headers(media_type: str) -> dict[str, str]:
    return {"content-type": content_type(media_type), "vary": "Accept", "cache-control": "no-cache"}


def _refusal(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{reason}\n", status, headers)


def _read(held: IO[bytes]) -> Iterator[bytes]:
    with held:
        while piece := held.read(_PIECE_BYTES):
            yield piece


def _not_found(_request: Request, _error: Exception) -> Response:
    return _refusal(404, f"The SPARQL endpoint is {PATH}")
