"""HTTP to one service: retries with growing pauses, limits of time and size, few redirects."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from kg.errors import KgError, UsageError

_CHUNK_BYTES = 65_536
_USER_AGENT = "claimgraph (asks the reconciliation service its user names)"
_BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers after which the same question may be answered later."""
_TOO_MUCH = frozenset({400, 408, 413, 414, 422, 500})
"""Answers that a smaller question may not get."""
_MAX_REDIRECTS = 5


class ServiceError(KgError):
    """The service did not answer this; another question may be answered."""


class ServiceDownError(KgError):
    """The service answers nothing now: nothing more is to be asked."""


class Clock(Protocol):
    """Time, so that tests need none."""

    def now(self) -> float:
        """Seconds that only grow."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often a service is waited for."""

    timeout_s: float = 30.0
    """For the next byte."""
    deadline_s: float = 120.0
    """For a whole answer."""
    max_bytes: int = 8_000_000
    tries: int = 4
    first_pause_s: float = 1.0
    """Doubled after each try, unless the service says how long."""
    max_pause_s: float = 60.0


class _SameHost(HTTPRedirectHandler):
    """Follows a few redirects of one host: nobody is told a name but the service that was named."""

    max_redirections = _MAX_REDIRECTS

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.scheme not in ("http", "https") or (old.scheme, new.scheme) == ("https", "http"):
            raise ServiceDownError(f"redirects to {newurl[:200]}, which is not safe")
        if new.hostname != old.hostname:
            raise ServiceDownError(f"redirects to {newurl[:200]}: name that with --service")
        if req.data is not None and code in (307, 308):
            return Request(newurl, data=req.data, headers=dict(req.header_items()))  # noqa: S310
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Transport:
    """Asks, and asks again; `calls` counts the requests."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        clock: Clock | None = None,
        opener: OpenerDirector | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._clock = clock or SystemClock()
        self._opener = opener or build_opener(_SameHost())
        self.calls = 0

    def get(self, url: str) -> tuple[object, str]:
        """The JSON at an address, and the address after redirects."""
        return self._ask(lambda: Request(url, headers=_headers()), self._limits.tries)  # noqa: S310

    def post_form(self, url: str, fields: dict[str, str], *, tries: int | None = None) -> object:
        """The JSON answer to a form."""
        data = urlencode(fields).encode("ascii")
        kind = "application/x-www-form-urlencoded"
        return self._post(url, data, kind, tries)

    def post_json(self, url: str, body: str, *, tries: int | None = None) -> object:
        """The JSON answer to JSON."""
        return self._post(url, body.encode("utf-8"), "application/json", tries)

    def _post(self, url: str, data: bytes, kind: str, tries: int | None) -> object:
        def request() -> Request:
            headers = {**_headers(), "Content-Type": kind}
            return Request(url, data=data, headers=headers)  # noqa: S310  (http, https alone)

        return self._ask(request, tries or self._limits.tries)[0]

    def _ask(self, request: Callable[[], Request], tries: int) -> tuple[object, str]:
        """Raises ServiceError or ServiceDownError after the last try."""
        pause_s = self._limits.first_pause_s
        for left in range(tries - 1, -1, -1):
            try:
                return self._ask_once(request())
            except _TryAgainError as error:
                if not left:
                    raise error.cause from error
                if error.pause_s is not None and error.pause_s > self._limits.max_pause_s:
                    wait = f"asks to wait {error.pause_s:,.0f} s: run the same command again then"
                    raise ServiceDownError(wait) from error
                self._clock.sleep(pause_s if error.pause_s is None else error.pause_s)
                pause_s *= 2
        raise AssertionError("a request is tried at least once")

    def _ask_once(self, request: Request) -> tuple[object, str]:
        self.calls += 1
        try:
            with self._opener.open(request, timeout=self._limits.timeout_s) as answer:
                return _parsed(self._read(answer)), str(answer.geturl())
        except HTTPError as error:
            with error:
                raise _of_status(error) from error
        except (URLError, http.client.HTTPException, OSError) as error:
            reason = getattr(error, "reason", None) or error
            words = str(reason) or type(reason).__name__
            raise _TryAgainError(ServiceDownError(f"does not answer ({words})")) from error

    def _read(self, answer: IO[bytes]) -> bytes:
        limits, started_s, data = self._limits, self._clock.now(), bytearray()
        while chunk := answer.read(_CHUNK_BYTES):
            data += chunk
            if len(data) > limits.max_bytes:
                raise ServiceError(f"answers with more than {limits.max_bytes:,} bytes")
            if self._clock.now() - started_s > limits.deadline_s:
                late = f"takes longer than {limits.deadline_s:.0f} s to answer"
                raise _TryAgainError(ServiceError(late))
        return bytes(data)


class _TryAgainError(Exception):
    """What may go better later, and what it is if it does not."""

    def __init__(self, cause: KgError, pause_s: float | None = None) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.pause_s = pause_s


def check_address(url: str) -> None:
    """Raises UsageError for what is no address of a service, or holds a password."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"'{url}' is no http or https address of a service")
    if parts.username or parts.password:
        raise UsageError("leave name and password out of the address: it is kept in the graph")


def _headers() -> dict[str, str]:
    return {"User-Agent": _USER_AGENT, "Accept": "application/json"}


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        start = data[:40].decode("ascii", "replace")
        raise _TryAgainError(ServiceError(f"answers no JSON ({start!r})")) from error


def _of_status(error: HTTPError) -> Exception:
    words = f"answers {error.code} {_phrase(error.code)}".rstrip()
    cause = ServiceError(words) if error.code in _TOO_MUCH else ServiceDownError(words)
    return _TryAgainError(cause, _retry_after_s(error)) if error.code in _BUSY else cause


def _phrase(code: int) -> str:
    return HTTPStatus(code).phrase if code in {status.value for status in HTTPStatus} else ""


def _retry_after_s(error: HTTPError) -> float | None:
    """Seconds; a date counts from the service's own, so that no clock of ours matters."""
    written = (error.headers.get("Retry-After") or "").strip()
    if written.isdigit():
        return float(written)
    try:
        then = parsedate_to_datetime(written)
        return max(0.0, (then - parsedate_to_datetime(error.headers["Date"])).total_seconds())
    except (TypeError, ValueError):
        return None
