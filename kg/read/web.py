"""Addresses that the user names: fetched once, read like a file. Nothing else is ever fetched."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from ipaddress import ip_address
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from kg.errors import ReadError
from kg.model import Failure
from kg.read.raw import Raw, printable

_TIMEOUT_S = 30.0
_MAX_BYTES = 50_000_000
_MAX_SECONDS = 120.0
_CHUNK_BYTES = 1 << 16
_USER_AGENT = "claimgraph (reads the articles its user names)"

# Content type to the format that reads it.
_FORMATS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/rss+xml": "rss",
    "application/atom+xml": "rss",
    "application/xml": "rss",
    "text/xml": "rss",
    "text/csv": "csv",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "text/plain": "text",
    "text/markdown": "text",
}


class WebOnly(HTTPRedirectHandler):
    """Follows redirects to the web alone: no file:, no ftp:, nothing inside this network.

    What the user names may be inside it; what a page of the open web names may not.
    """

    def redirect_request(self, req: Request, *args: Any) -> Request | None:  # noqa: ANN401
        """The request that follows. Raises URLError where it may not."""
        request = super().redirect_request(req, *args)
        if request is None:
            return None
        if urlsplit(request.full_url).scheme not in {"http", "https"}:
            raise URLError("redirects to something that is not the web")
        if is_inside(request.full_url) and not is_inside(req.full_url):
            raise URLError("redirects to an address inside this network")
        return request


def is_inside(address: str) -> bool:
    """True if the host is this machine, or one that only this network reaches."""
    host = urlsplit(address).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False  # it cannot be reached either
    # An interface may follow an IPv6 address: "fe80::1%eth0".
    numbers = {str(each[4][0]).partition("%")[0] for each in found}
    return not all(ip_address(number).is_global for number in numbers)


def fetch(address: str, opener: OpenerDirector | None = None) -> Raw | Failure:
    """What an address gives, or why it gave nothing; `Raw.format` follows its content type."""
    opener = opener or build_opener(WebOnly())
    request = Request(address, headers={"User-Agent": _USER_AGENT})  # noqa: S310  http(s) alone
    try:
        with opener.open(request, timeout=_TIMEOUT_S) as answer:
            media = str(answer.headers.get_content_type())
            data = _read(answer, time.monotonic() + _MAX_SECONDS)
    except ReadError as error:
        return Failure(printable(address), str(error))
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        return Failure(printable(address), f"cannot be fetched ({reason})")
    known = _FORMATS.get(media)
    if known is None:
        return Failure(printable(address), f"is {media}, which nobody reads here")
    return Raw(address, data=data, url=address, format=known)


def _read(answer: HTTPResponse, deadline_s: float) -> bytes:
    """All that comes. Raises ReadError beyond the limits of size and time: some drip for ever."""
    data = bytearray()
    while chunk := answer.read1(_CHUNK_BYTES):
        data += chunk
        if len(data) > _MAX_BYTES:
            raise ReadError(f"is larger than {_MAX_BYTES:,} bytes")
        if time.monotonic() > deadline_s:
            raise ReadError(f"takes longer than {_MAX_SECONDS:g} s to fetch")
    return bytes(data)


def addresses(raw: Raw, max_bytes: int) -> Iterator[str]:
    """The addresses in a list, one a line; empty lines and those that begin with # left out."""
    for line in raw.read(max_bytes).decode("utf-8", "replace").splitlines():
        address = line.strip()
        if address and not address.startswith("#"):
            yield address
