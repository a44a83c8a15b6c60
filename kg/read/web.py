"""Addresses that the user names: fetched once, read like a file. Nothing else is ever fetched."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from kg.errors import ReadError
from kg.model import Failure
from kg.read.raw import Raw, read_at_most

_TIMEOUT_S = 30.0
_MAX_BYTES = 50_000_000
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


class _WebOnly(HTTPRedirectHandler):
    """Follows redirects to the web alone: no file:, no ftp:."""

    def redirect_request(self, *args: object, **kwargs: object) -> Request | None:
        request = super().redirect_request(*args, **kwargs)  # type: ignore[arg-type]
        if request is not None and urlsplit(request.full_url).scheme not in {"http", "https"}:
            raise URLError("redirects to something that is not the web")
        return request


def fetch(address: str, opener: OpenerDirector | None = None) -> Raw | Failure:
    """What an address gives, or why it gave nothing; `Raw.format` follows its content type."""
    opener = opener or build_opener(_WebOnly())
    request = Request(address, headers={"User-Agent": _USER_AGENT})  # noqa: S310  http(s) alone
    try:
        with opener.open(request, timeout=_TIMEOUT_S) as answer:
            media = str(answer.headers.get_content_type())
            data = read_at_most(answer, _MAX_BYTES)
    except ReadError as error:
        return Failure(address, str(error))
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        return Failure(address, f"cannot be fetched ({reason})")
    known = _FORMATS.get(media)
    if known is None:
        return Failure(address, f"is {media}, which nobody reads here")
    return Raw(address, data=data, url=address, format=known)


def addresses(raw: Raw, max_bytes: int) -> Iterator[str]:
    """The addresses in a list, one a line; empty lines and those that begin with # left out."""
    for line in raw.read(max_bytes).decode("utf-8", "replace").splitlines():
        address = line.strip()
        if address and not address.startswith("#"):
            yield address
