"""Small servers on loopback that answer as they are told, also in ways that no decent server would."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from claims.ingest.open_connection import Door

# A certificate of its own making for "pages.example", good until 2125; its key is no secret.
CERTIFICATE = Path(__file__).parent / "data" / "pages_example.pem"
HOST = "pages.example"

Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Server:
    """Where it listens, and what it was sent."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    visits: int = 0

    def door(self, **rules: Any) -> Door:
        """A door that lets out to this server alone: every name is here."""
        return Door(
            **{
                "resolve": lambda host, port: ["127.0.0.1"],
                "allows": lambda address: address == "127.0.0.1",
                "ports": frozenset({self.port}),
                "seconds": 5.0,
            }
            | rules
        )

    def url(self, path: str = "/", host: str = HOST, scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def page(body: bytes, *headers: str, status: str = "200 OK", media_type: str = "text/html; charset=utf-8") -> bytes:
    """An answer with a true length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def moved(to: str, status: str = "302 Found") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def _asked(connection: socket.socket) -> bytes:
    asked = b""
    while b"\r\n\r\n" not in asked and (more := connection.recv(65_536)):
        asked += more
    return asked


@contextmanager
def serving(answers: Answer | list[Answer], *, secure: bool = False, address: str = "127.0.0.1") -> Iterator[Server]:
    """Give each visitor the next answer, and the last one to all that come after."""
    left = list(answers) if isinstance(answers, list) else [answers]
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.create_server((address, 0), family=family)
    listening.settimeout(0.02)
    server, done = Server(listening.getsockname()[1]), threading.Event()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if secure:
        tls.load_cert_chain(CERTIFICATE)

    def answer(connection: socket.socket) -> None:
        # Who went away in the middle is what many of these tests are about.
        with connection, suppress(OSError):
            connection.settimeout(20)
            with tls.wrap_socket(connection, server_side=True) if secure else connection as talking:
                server.requests.append(_asked(talking))
                said = left.pop(0) if len(left) > 1 else left[0]
                said(talking) if callable(said) else talking.sendall(said)

    def serve() -> None:
        while not done.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            server.visits += 1
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        done.set()
        thread.join()
        listening.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """`serve(answers)`: a server that stands until the test is over."""
    with ExitStack() as stack:
        yield lambda answers, **rules: stack.enter_context(serving(answers, **rules))
