"""Reading a page by its address: what comes back, and what is refused in which words."""

import gzip
import re
import ssl
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims.ingest.fetch_page import (
    BROKEN,
    NOT_TRUSTED,
    OFF,
    TOO_LARGE,
    fetch_page,
    is_fetching_on,
)
from claims.ingest.open_connection import FRONT_DOOR, resolve
from claims.ingest.page_address import page_address
from claims.ingest.public_address import is_public
from claims.refusals import Invalid
from claims.text.decode import MAX_BYTES
from tests.serving import CERTIFICATE, HOST, Server, moved, page, serve  # noqa: F401

Serve = Callable[..., Server]
HTML = "<p>The bridge over the Elm was closed – again.</p>".encode()


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.FETCH_PAGES = True


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATE)


def test_it_is_off_unless_the_operator_turns_it_on(settings: Any, serve: Serve) -> None:  # noqa: F811
    settings.FETCH_PAGES = False
    server = serve(page(HTML))
    assert not is_fetching_on()
    with pytest.raises(Invalid, match="an operator can turn that on"):
        fetch_page(server.url(), door=server.door())
    assert server.visits == 0
    assert OFF.endswith(".")


def test_a_page_comes_back_with_what_its_server_says_of_it(serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML, media_type='Text/HTML; Charset="UTF-8"'))
    found = fetch_page(f" {server.url('/a b'.replace(' ', '%20') + '?q=ü&x=1#part')} ", door=server.door())
    assert (found.raw, found.media_type, found.charset) == (HTML, "text/html", "utf-8")
    assert found.asked == found.url == server.url("/a%20b?q=%C3%BC&x=1")
    assert timezone.now() - found.at < timedelta(minutes=1)


def test_the_request_tells_who_asks_and_nothing_else(serve: Serve, settings: Any) -> None:  # noqa: F811
    settings.CONTACT = "https://desk.example.org/"
    server = serve([moved("/next"), page(HTML, "Set-Cookie: a=1")])
    fetch_page(server.url("/first"), door=server.door())
    names = [re.findall(r"(?m)^([\w-]+):", request.decode()) for request in server.requests]
    assert names == [["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]] * 2
    assert b"User-Agent: ClaimWorkbench/1 (+https://desk.example.org/)\r\n" in server.requests[0]


@pytest.mark.parametrize(
    ("media_type", "kept"),
    [
        ("text/html", "text/html"),
        ("application/xhtml+xml", "application/xhtml+xml"),
        ("text/plain; charset=windows-1252", "text/plain"),
        ("text/x-markdown", "text/markdown"),
        ("text/markdown", "text/markdown"),
        ("application/pdf", "application/pdf"),
    ],
)
def test_texts_are_read(media_type: str, kept: str, serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML, media_type=media_type))
    assert fetch_page(server.url(), door=server.door()).media_type == kept


@pytest.mark.parametrize(
    "media_type", ["image/png", "application/json", "text/css", "application/octet-stream", "", "x"]
)
def test_what_is_no_text_is_refused(media_type: str, serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML, media_type=media_type))
    with pytest.raises(Invalid, match="nothing that can be read"):
        fetch_page(server.url(), door=server.door())


def test_a_charset_that_is_none_is_left_out(serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML, media_type="text/html; charset=a$b"))
    assert fetch_page(server.url(), door=server.door()).charset == ""


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "307 x", "308 x"])
def test_a_redirect_is_followed_and_both_addresses_are_kept(status: str, serve: Serve) -> None:  # noqa: F811
    server = serve([moved("/new#part", status), page(HTML)])
    found = fetch_page(server.url("/old"), door=server.door())
    assert (found.asked, found.url) == (server.url("/old"), server.url("/new"))


def test_a_redirect_may_name_letters_beyond_ascii(serve: Serve) -> None:  # noqa: F811
    server = serve([moved("/brücke"), page(HTML)])
    assert fetch_page(server.url(), door=server.door()).url == server.url("/br%C3%BCcke")


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate"])
def test_a_packed_answer_is_unpacked(coding: str, serve: Serve) -> None:  # noqa: F811
    packed = zlib.compress(HTML) if coding == "deflate" else gzip.compress(HTML[:9]) + gzip.compress(HTML[9:])
    server = serve(page(packed, f"Content-Encoding: {coding}"))
    assert fetch_page(server.url(), door=server.door()).raw == HTML


def test_chunks_and_an_answer_without_a_length_are_read(serve: Serve) -> None:  # noqa: F811
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n3\r\nThe\r\n7\r\n bridge\r\n0\r\n\r\n"
    server = serve([chunked, head + b"\r\nThe bridge"])
    for _ in range(2):
        assert fetch_page(server.url(), door=server.door()).raw == b"The bridge"


def test_the_largest_text_is_read_and_one_byte_more_is_not(serve: Serve) -> None:  # noqa: F811
    server = serve([page(b"x" * MAX_BYTES), page(b"x" * (MAX_BYTES + 1))])
    assert len(fetch_page(server.url(), door=server.door()).raw) == MAX_BYTES
    with pytest.raises(Invalid) as refused:
        fetch_page(server.url(), door=server.door())
    assert str(refused.value) == TOO_LARGE


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oops", "206 Partial", "204 None", "304 x"])
def test_an_answer_that_is_no_page_is_named(status: str, serve: Serve) -> None:  # noqa: F811
    server = serve(page(b"", status=status))
    with pytest.raises(Invalid, match=rf"answers {status[:3]}\. Check the address"):
        fetch_page(server.url(), door=server.door())


def test_a_redirect_to_nowhere_is_refused(serve: Serve) -> None:  # noqa: F811
    server = serve(page(b"", status="302 Found"))
    with pytest.raises(Invalid) as refused:
        fetch_page(server.url(), door=server.door())
    assert str(refused.value) == BROKEN


def test_https_is_read_where_the_certificate_is_valid_for_the_name(serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML), secure=True)
    assert fetch_page(server.url(scheme="https"), door=server.door(tls=trusting)).raw == HTML


@pytest.mark.parametrize("host", [HOST, "other.example"])
def test_a_certificate_that_is_not_valid_is_refused(host: str, serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML), secure=True)
    door = server.door(tls=trusting) if host != HOST else server.door()
    with pytest.raises(Invalid) as refused:
        fetch_page(server.url(host=host, scheme="https"), door=door)
    assert str(refused.value) == NOT_TRUSTED
    assert server.requests == []


def test_the_door_of_production_takes_no_word_of_any_setting() -> None:
    assert (FRONT_DOOR.allows, FRONT_DOOR.resolve, FRONT_DOOR.ports) == (is_public, resolve, frozenset())
    assert FRONT_DOOR.tls is ssl.create_default_context
    assert FRONT_DOOR.seconds <= 10
    context = FRONT_DOOR.tls()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org.:443/a?b#c", "https://example.org/a?b"),
        ("http://example.org:80", "http://example.org/"),
        ("https://bücher.example/ä ö".replace(" ", "%20"), "https://xn--bcher-kva.example/%C3%A4%20%C3%B6"),
        ("https://ＥＸＡＭＰＬＥ.org/", "https://example.org/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://a_b.example.org/%7Ex", "http://a_b.example.org/%7Ex"),
    ],
)
def test_an_address_is_read_in_one_spelling(typed: str, read: str) -> None:
    assert page_address(typed).url == read
