"""The address of a page as somebody typed it or a server sent it: taken apart strictly, before anything is asked."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from claims.refusals import Invalid
from claims.text.addresses import MAX_ADDRESS, fault_of

PORTS: Final = {"http": 80, "https": 443}

_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# A host that ends like this is an IPv4 address to some reader: decimal, octal, hexadecimal, with fewer than four parts.
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
# IDNA 2003, which the standard library has, and IDNA 2008 take these for different hosts.
_TWO_HOSTS: Final = re.compile("[ßςẞ\u200c\u200d]")
_MOST_IN_A_NAME: Final = 253

_NO_HOST: Final = (
    "The address has no host that can be read: write it like https://www.example.org/page, with a name of letters, "
    "digits, hyphens and dots."
)


@dataclass(frozen=True)
class PageAddress:
    """An address in parts. `host` is in ASCII, without brackets or a last dot; `target` is the path with its query."""

    scheme: str
    host: str
    port: int
    target: str
    is_literal: bool

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"


def page_address(typed: str, ports: frozenset[int] = frozenset()) -> PageAddress:
    """Take an address apart; `ports` are allowed besides the scheme's own.

    Raises Invalid with what to change: another scheme, a name and password, another port, a host in a spelling that
    others read differently (decimal, octal, hexadecimal, short, with a zone), characters that no address has.
    """
    url = typed.strip()
    if len(url) > MAX_ADDRESS:
        raise Invalid(f"The address has {len(url):,} characters; the most is {MAX_ADDRESS:,}. Shorten it.")
    if fault := fault_of(url):
        raise Invalid(f"The address {fault}.")
    parts = urlsplit(url)
    if parts.port not in {None, PORTS[parts.scheme], *ports}:
        raise Invalid("The address has a port of its own. Only the usual ones are read: 80 for http, 443 for https.")
    host, is_literal = _host(parts)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return PageAddress(parts.scheme, host, parts.port or PORTS[parts.scheme], target, is_literal)


def _host(parts: SplitResult) -> tuple[str, bool]:
    host = parts.hostname or ""
    if "[" in parts.netloc or ":" in host:
        return _ipv6(host), True
    name = _in_ascii(host)
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(name), True
    # A name without a dot is looked up in the inner network's own domains.
    if len(labels) == 1 or len(name) > _MOST_IN_A_NAME or not all(map(_LABEL.fullmatch, labels)):
        raise Invalid(_NO_HOST)
    return name, False


def _in_ascii(host: str) -> str:
    """The name in lower case, fullwidth digits as digits, other scripts as xn--…, without the last dot."""
    if _TWO_HOSTS.search(host):
        raise Invalid("The host has a letter that is read in two ways. Write that part of it as xn--….")
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as wrong:
        raise Invalid(_NO_HOST) from wrong
    return name.lower().removesuffix(".")


def _ipv4(name: str) -> str:
    try:
        return str(IPv4Address(name))
    except AddressValueError as wrong:
        raise Invalid("The address has numbers for its host. Write the host’s name instead.") from wrong


def _ipv6(host: str) -> str:
    try:
        found = IPv6Address(host)
    except AddressValueError as wrong:
        raise Invalid(_NO_HOST) from wrong
    if found.scope_id is not None:
        raise Invalid(_NO_HOST)
    return str(found)
