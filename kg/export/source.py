"""How the place an article was read from is shown: alike on every machine."""

from __future__ import annotations

from urllib.parse import urlsplit


def file_name(source: str) -> str:
    """The last part of a path; a URL as it is."""
    if "://" in source:
        return source
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2]


def is_web_address(address: str | None) -> bool:
    """True for http and https with a host: what a reader of an export may be sent to."""
    if address is None:
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port  # which raises where it is no port
    except ValueError:  # as does a bracket without its other half
        return False
    return parts.scheme in {"http", "https"} and len(host.split()) == 1
