from __future__ import annotations

import io
from email.message import Message
from urllib.error import URLError
from urllib.request import Request

import pytest

from kg.model import Failure
from kg.read import web
from kg.read.web import WebOnly, fetch, is_inside

OPEN, PRIVATE = "http://93.184.215.14/a", "http://192.168.1.7/a"


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        (OPEN, False),
        (PRIVATE, True),
        ("http://127.0.0.1:8080/", True),
        ("http://2130706433/", True),  # 127.0.0.1 as one number
        ("http://169.254.169.254/latest/meta-data/", True),  # a cloud's keys
        ("http://[::1]/", True),
        ("http://[fe80::1]/", True),
        ("http://0.0.0.0/", True),
        ("http://[2606:4700:4700::1111]/", False),
    ],
)
def test_hosts_inside_the_network_are_known(address: str, inside: bool) -> None:
    assert is_inside(address) is inside


def redirected(start: str, target: str) -> Request | None:
    request = Request(start)
    return WebOnly().redirect_request(request, io.BytesIO(), 302, "Found", Message(), target)


@pytest.mark.parametrize(
    ("start", "target", "reason"),
    [
        (OPEN, PRIVATE, "inside this network"),
        (OPEN, "http://127.0.0.1:9/", "inside this network"),
        (OPEN, "ftp://93.184.215.14/", "not the web"),
        (PRIVATE, "file:///etc/passwd", "not the web"),
    ],
)
def test_a_page_does_not_choose_what_is_fetched(start: str, target: str, reason: str) -> None:
    with pytest.raises(URLError, match=reason):
        redirected(start, target)


@pytest.mark.parametrize("start", [OPEN, PRIVATE])
def test_other_redirects_are_followed(start: str) -> None:
    request = redirected(start, f"{start}/b")
    assert request is not None
    assert request.full_url == f"{start}/b"


class Dripping:
    """A server that sends a byte now and then, without an end."""

    headers = Message()

    def __enter__(self) -> Dripping:
        return self

    def __exit__(self, *error: object) -> None: ...

    def open(self, request: object, timeout: float) -> Dripping:
        return self

    def read1(self, size: int) -> bytes:
        return b"x"


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("_MAX_SECONDS", "takes longer than 0 s to fetch"), ("_MAX_BYTES", "is larger than 0 bytes")],
)
def test_an_answer_without_an_end_is_left(
    monkeypatch: pytest.MonkeyPatch, limit: str, reason: str
) -> None:
    monkeypatch.setattr(web, limit, 0)
    found = fetch(OPEN, Dripping())  # type: ignore[arg-type]
    assert isinstance(found, Failure)
    assert found.reason == reason


def test_an_address_with_control_characters_is_refused() -> None:
    found = fetch("http://127.0.0.1:9/\x1b[31m\r\nHost: evil")
    assert isinstance(found, Failure)
    assert found.reason.startswith("cannot be fetched")
    assert found.source.isprintable()
