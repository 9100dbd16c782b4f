"""Addresses on the web that people give: what is wrong with one, and how its host is shown. Nothing here loads any."""

import unicodedata
from typing import Final
from urllib.parse import urlsplit

MAX_ADDRESS: Final = 2_000
# Spaces of any kind, controls, marks that turn the direction of what follows, halves of pairs, private characters.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
_FORM: Final = "has to be one that starts with http:// or https:// and names a host, such as https://example.org/page"


def fault_of(address: str) -> str:
    """What is wrong with an address, as the end of a sentence that begins with its name; "" where nothing is."""
    if any(unicodedata.category(character) in _UNSEEN for character in address) or "\\" in address:
        return "holds a space, a backslash or an invisible character. Copy it again from the browser"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return _FORM
    if parts.scheme not in {"http", "https"}:
        return _FORM
    if "@" in parts.netloc:
        return "holds a user name or a password. Take out what stands between // and @"
    return "" if host and _in_ascii(host) else _FORM


def host_words(address: str) -> str:
    """The host of a stored address, for people: letters beyond ASCII as browsers send them, and as they look beside it.

    So a host whose letters only look like those of another cannot pass for it.
    """
    host = urlsplit(address).hostname or ""
    ascii_host = _in_ascii(host) or host
    if "xn--" not in ascii_host:
        return ascii_host
    looks = host if not host.isascii() else _in_unicode(host)
    return f"{ascii_host} ({looks})" if looks != ascii_host else ascii_host


def _in_ascii(host: str) -> str:
    """The host as it goes over the wire; "" where it cannot."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _in_unicode(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
