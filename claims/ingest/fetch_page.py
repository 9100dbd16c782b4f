"""A page of the internet is read: the one way on which the workbench itself goes out; see ADR 18.

Off unless the operator turns it on. It reads public addresses only, each connection is checked when it is open, and of
a failure on the way it says the same whatever went wrong, so that nobody learns by it what stands inside.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from http.client import HTTPException, HTTPResponse
from socket import socket
from typing import Final, cast
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.utils import timezone

from claims.ingest.open_connection import (
    FRONT_DOOR,
    BadCertificate,
    CannotConnect,
    Deadline,
    Door,
    TooMuch,
    open_connection,
)
from claims.ingest.page_address import PageAddress, page_address
from claims.refusals import Invalid
from claims.text.decode import MAX_BYTES

MEDIA_TYPES: Final = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf")
MOST_REDIRECTS: Final = 5

_MOST_OF_HEADERS: Final = 64_000
_CHUNK: Final = 65_536
_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_CHARSET: Final = re.compile(r"[a-z0-9._:+-]{1,40}")
_NAME: Final = "ClaimWorkbench/1"
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_READ: Final = frozenset({200, 203})
_SAVE_IT: Final = "save the page in your browser and bring in the file"

OFF: Final = f"Pages are not read from the internet here: an operator can turn that on. Until then {_SAVE_IT}."
NOT_REACHED: Final = (
    f"The page could not be read: nothing public answers at its address in time. Check the address, or {_SAVE_IT}."
)
NOT_TRUSTED: Final = (
    f"The page could not be read: its server has no valid certificate for that name. Check the address, or {_SAVE_IT}."
)
TOO_LARGE: Final = f"The page is too large, because an article may have {MAX_BYTES:,} bytes: bring in its text alone."
BROKEN: Final = f"The page could not be read: its server’s answer is broken. Try it later, or {_SAVE_IT}."


@dataclass(frozen=True)
class Fetched:
    """A page as it was read: its bytes without transfer or content coding, and what its server says they are.

    `media_type` is one of MEDIA_TYPES, `charset` is "" where the server names none. `asked` is the address that was
    asked for, `url` the one that answered, after redirects. `at` is when the answer was complete.
    """

    raw: bytes
    media_type: str
    charset: str
    asked: str
    url: str
    at: datetime


def is_fetching_on() -> bool:
    """Whether the operator lets the workbench read pages of the internet."""
    return bool(settings.FETCH_PAGES)


def fetch_page(url: str, *, door: Door = FRONT_DOOR) -> Fetched:
    """Read the page at an http(s) address of the public internet, following redirects.

    Raises Invalid with what to do: reading is off, the address is none, nothing public answers in time, the certificate
    is not valid, the answer is an error, too large or no text.
    """
    if not is_fetching_on():
        raise Invalid(OFF)
    asked = address = page_address(url, door.ports)
    deadline = Deadline(door.seconds)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            found = _ask(address, door, deadline)
            if isinstance(found, Fetched):
                return replace(found, asked=asked.url)
            address = _moved_to(address, found, door)
    except (CannotConnect, TimeoutError) as wrong:
        raise Invalid(NOT_REACHED) from wrong
    except BadCertificate as wrong:
        raise Invalid(NOT_TRUSTED) from wrong
    except TooMuch as wrong:
        raise Invalid(TOO_LARGE) from wrong
    except (HTTPException, OSError, ValueError, zlib.error) as wrong:
        raise Invalid(BROKEN) from wrong
    raise Invalid(f"The page sends on to other addresses more than {MOST_REDIRECTS} times. Give the last of them.")


def _ask(address: PageAddress, door: Door, deadline: Deadline) -> Fetched | str:
    """The page, or where it has moved."""
    connection = open_connection(address, door, deadline)
    try:
        connection.send(_request(address))
        # What comes in is bounded as a whole, whatever a header, a chunk or a padding says of its length.
        connection.allowed = _MOST_OF_HEADERS
        with HTTPResponse(cast("socket", connection), method="GET") as response:
            response.begin()
            if response.status in _MOVED:
                return response.headers.get("Location", "")
            if response.status not in _READ:
                raise Invalid(f"The page’s server answers {response.status}. Check the address, or {_SAVE_IT}.")
            connection.allowed = MAX_BYTES + _MOST_OF_HEADERS
            media_type, charset = _declared(response.headers)
            return Fetched(_body(response), media_type, charset, "", address.url, timezone.now())
    finally:
        connection.close()


def _request(address: PageAddress) -> bytes:
    """No cookie, no password, nothing of where it was found: any page gets the same words."""
    contact = f" (+{settings.CONTACT})" if settings.CONTACT else ""
    lines = (
        f"GET {address.target} HTTP/1.1",
        f"Host: {address.authority}",
        f"User-Agent: {_NAME}{contact}",
        f"Accept: {', '.join(MEDIA_TYPES)}",
        "Accept-Encoding: gzip",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _moved_to(address: PageAddress, location: str, door: Door) -> PageAddress:
    """Where a redirect leads: an address like any other, and never from https to http."""
    if not location:
        raise Invalid(BROKEN)
    # Headers are read as Latin-1; what is no ASCII in this one is UTF-8 by all servers that send it.
    written = location.encode("latin-1").decode("utf-8")
    try:
        found = page_address(urldefrag(urljoin(address.url, written)).url, door.ports)
    except Invalid as wrong:
        raise Invalid(f"The page sends on to another address, which cannot be read. {wrong}") from wrong
    if address.scheme == "https" and found.scheme == "http":
        raise Invalid(
            f"The page sends on from https to http, where anybody could change it. For that page, {_SAVE_IT}."
        )
    return found


def _declared(headers: Message) -> tuple[str, str]:
    """The media type and the charset that the server names."""
    media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type == "text/x-markdown":
        media_type = "text/markdown"
    if media_type not in MEDIA_TYPES:
        raise Invalid("The address gives nothing that can be read: pages, plain text, Markdown and PDF can.")
    charset = headers.get_content_charset("")
    return media_type, charset if _CHARSET.fullmatch(charset) else ""


def _body(response: HTTPResponse) -> bytes:
    if response.length is not None and response.length > MAX_BYTES:
        raise Invalid(TOO_LARGE)
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise Invalid(BROKEN)
    chunks = _chunks(response)
    body = bytearray()
    for part in chunks if coding == "identity" else _unpacked(chunks):
        body += part
        if len(body) > MAX_BYTES:
            raise Invalid(TOO_LARGE)
    return bytes(body)


def _chunks(response: HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK):
        yield chunk
    if response.length:
        # It ended before the length that it had told.
        raise Invalid(BROKEN)


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What was packed, in pieces of bounded size: a packed byte can stand for a thousand."""
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    for chunk in chunks:
        packed = chunk
        while packed:
            if unpacker.eof:
                unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
            yield unpacker.decompress(packed, _CHUNK)
            packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise Invalid(BROKEN)
