"""A connection to the address that was checked, and to no other, within the time that is left.

The standard library's sockets, and no HTTP client: a client resolves the name by itself after a check has resolved it,
and then the two answers can differ; it knows proxies, netrc and retries; and its time limit starts anew at each byte.
"""

import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Final, cast

from claims.ingest.page_address import PageAddress
from claims.ingest.public_address import is_public

SECONDS: Final = 10.0
# Of the answers of a name, so many are tried, each for so long at most.
_MOST_TRIED: Final = 3
_SECONDS_TO_CONNECT: Final = 4.0
# A lookup cannot be stopped: one that hangs keeps its thread until the system gives up.
_LOOKUPS: Final = threading.BoundedSemaphore(8)


class CannotConnect(Exception):
    """There is no connection: the name has no address, or one that is not public, or nobody answers in time."""


class BadCertificate(Exception):
    """Who answers cannot show that it is the host that was asked for."""


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system's resolver gives them."""
    # The last dot keeps the resolver from trying the inner network's own domains.
    found = socket.getaddrinfo(f"{host}.", port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


@dataclass(frozen=True)
class Door:
    """By what rules the workbench goes out. Only tests make one of their own: no setting reaches it."""

    resolve: Callable[[str, int], Iterable[str]] = resolve
    allows: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset()
    seconds: float = SECONDS
    tls: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)


FRONT_DOOR: Final = Door()


class TooMuch(Exception):
    """More comes in than is taken."""


class Deadline:
    """A moment at which everything ends, however slowly bytes drip."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises TimeoutError when there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Connection:
    """An open connection whose reads and writes all end at the deadline.

    It gives `allowed` bytes and then raises TooMuch.
    """

    def __init__(self, opened: socket.socket, deadline: Deadline) -> None:
        self._socket = opened
        self._deadline = deadline
        self.allowed = 0

    def send(self, data: bytes) -> None:
        """Write all of it."""
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client.HTTPResponse asks of a socket. `mode` is always "rb"."""
        return io.BufferedReader(cast("io.RawIOBase", _Timed(self)))

    def read_into(self, buffer: memoryview) -> int:
        """Read some bytes; none when there are no more. Raises TooMuch, TimeoutError and other OSErrors."""
        if self.allowed <= 0:
            raise TooMuch
        self._socket.settimeout(self._deadline.left())
        count = self._socket.recv_into(buffer[: self.allowed])
        self.allowed -= count
        return count

    def close(self) -> None:
        """Close it."""
        self._socket.close()


class _Timed(io.RawIOBase):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        return self._connection.read_into(memoryview(buffer))  # type: ignore[arg-type]  # a buffer, as io gives it


def open_connection(address: PageAddress, door: Door, deadline: Deadline) -> Connection:
    """Connect to an address that the door allows; of https, with the certificate checked against the host's name.

    Raises CannotConnect, BadCertificate.
    """
    try:
        opened = _connected(_checked(address, door, deadline), address.port, door, deadline)
    except (OSError, UnicodeError) as wrong:
        raise CannotConnect from wrong
    if address.scheme == "https":
        opened = _secured(opened, address.host, door, deadline)
    return Connection(opened, deadline)


def _checked(address: PageAddress, door: Door, deadline: Deadline) -> list[str]:
    """The addresses to try. One that is not allowed spoils them all: a name of the public internet has none such."""
    found = [address.host] if address.is_literal else _looked_up(address, door, deadline)
    if not found or not all(map(door.allows, found)):
        raise CannotConnect
    return found


def _looked_up(address: PageAddress, door: Door, deadline: Deadline) -> list[str]:
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(list(door.resolve(address.host, address.port)))
        except (OSError, UnicodeError):
            answers.put([])
        finally:
            _LOOKUPS.release()

    if not _LOOKUPS.acquire(timeout=deadline.left()):
        raise CannotConnect
    threading.Thread(target=look_up, daemon=True, name="look up a host").start()
    try:
        return answers.get(timeout=deadline.left())
    except Empty as late:
        raise CannotConnect from late


def _connected(found: list[str], port: int, door: Door, deadline: Deadline) -> socket.socket:
    for place in found[:_MOST_TRIED]:
        opened = socket.socket(socket.AF_INET6 if ":" in place else socket.AF_INET, socket.SOCK_STREAM)
        try:
            opened.settimeout(min(deadline.left(), _SECONDS_TO_CONNECT))
            opened.connect((place, port))
            # What was checked is what was dialled, and what answers is what was dialled.
            peer = str(opened.getpeername()[0])
            if peer == place and door.allows(peer):
                return opened
        except OSError:
            pass
        opened.close()
    raise CannotConnect


def _secured(opened: socket.socket, host: str, door: Door, deadline: Deadline) -> socket.socket:
    try:
        opened.settimeout(deadline.left())
        return door.tls().wrap_socket(opened, server_hostname=host)
    except ssl.SSLCertVerificationError as wrong:
        opened.close()
        raise BadCertificate from wrong
    except (OSError, ValueError) as wrong:
        opened.close()
        raise CannotConnect from wrong
