"""Pages that must not be read: inner addresses in every spelling and by every way round, and servers that mean harm."""

import gzip
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.ingest.fetch_page import BROKEN, MOST_REDIRECTS, NOT_REACHED, TOO_LARGE, fetch_page
from claims.ingest.open_connection import Door
from claims.ingest.public_address import is_public
from claims.refusals import Invalid
from tests.serving import CERTIFICATE, Server, moved, page, serve  # noqa: F401

Serve = Callable[..., Server]
HTML = b"<p>Inside.</p>"

# IANA's special-purpose registries, written out here anew, and what they leave to other registries.
SPECIAL = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
    *("192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"),
    *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"),
    *("168.63.129.16/32", "::/128", "::1/128", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"),
    *("64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:1::1/128", "2001:1::2/128"),
    *("2001:2::/48", "2001:3::/32", "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2001:db8::/32"),
    *("2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    *("4000::/3", "8000::/1", "200::/7", "3000::/5", "2d00::/8"),
]
NETWORKS = [IPv4Network(one) if "." in one and ":" not in one else IPv6Network(one) for one in SPECIAL]

# Each leads to 127.0.0.1 for somebody: a browser, the system's resolver, an older library, a router.
SPELLINGS = [
    *("127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1"),
    *("0177.0.0.1", "0177.0x0.1", "0127.0.0.1", "00127.0.0.1", "127.0.0.01", "0", "0x", "0.0.0.0", "127.000.000.001"),
    *("１２７.0.0.1", "１２７．０．０．１", "①②⑦.0.0.1", "127。0。0。1", "127｡0｡0｡1", "𝟏𝟐𝟕.𝟎.𝟎.𝟏", "⑯⑨。②⑤④。⑯⑨｡②⑤④"),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]"),
    *(
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25lo]",
    ),
    *("[::1%25lo]", "[fec0::1]", "[fc00::1]", "[ff02::1]", "[2606:4700::5efe:7f00:1]", "[::ffff:0:127.0.0.1]"),
    *(
        "[127.0.0.1]",
        "[v1.127]",
        "[::1",
        "::1]",
        "::1",
        "[]",
        "",
        ".",
        "..",
        "%31%32%37.0.0.1",
        "localhost",
        "localhost.",
    ),
    *(
        "LOCALHOST",
        "ｌｏｃａｌｈｏｓｔ",
        "loc\u00adalhost",
        "intranet",
        "127.0.0.1#@example.org",
        "127.0.0.1\\@example.org",
    ),
    *("example.org@127.0.0.1", "user:word@127.0.0.1", "127.0.0.1%00.example.org", "127.0.0.1%0d%0a", "127.0.0.1 "),
    *("127.0.0.1/..", "example.0x7f", "example.1", "a..example", "-a.example", "faß.example", "a\u200db.example"),
    *("169.254.169.254", "168.63.129.16", "100.100.100.200", "[fd00:ec2::254]", "10.0.0.1", "192.168.1.1", "224.0.0.1"),
]


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.FETCH_PAGES = True


def refusal(url: str, door: Door) -> str:
    with pytest.raises(Invalid) as refused:
        fetch_page(url, door=door)
    return str(refused.value)


@pytest.mark.parametrize("host", SPELLINGS, ids=ascii)
def test_no_spelling_of_an_inner_address_is_visited(host: str, serve: Serve) -> None:  # noqa: F811
    """Production's own rules, but for the port: a server of this test stands where they must not lead."""
    server = serve(page(HTML))
    door = Door(ports=frozenset({server.port}), resolve=lambda name, port: ["127.0.0.1"])
    for url in (f"http://{host}:{server.port}/", f"https://{host}:{server.port}/", f"http://{host}/"):
        said = refusal(url, door)
        assert "127.0.0.1" not in said
        refused_there = refusal("http://outside.example/", Door(resolve=lambda name, port: ["::1"]))
        assert refused_there == NOT_REACHED
    assert server.visits == 0


@pytest.mark.parametrize("host", SPELLINGS, ids=ascii)
def test_no_redirect_leads_to_an_inner_address(host: str, serve: Serve) -> None:  # noqa: F811
    inside = serve(page(HTML))
    outside = serve(moved(f"http://{host}:{inside.port}/"))
    # The outer server is what counts as the public internet here; the inner one stands on the same machine.
    door = outside.door(
        resolve=lambda name, port: ["127.0.0.1" if name == "pages.example" else "::1"],
        allows=lambda address: address == "127.0.0.1" and inside.visits == 0 and not outside.requests,
        ports=frozenset({inside.port, outside.port}),
    )
    refusal(outside.url(), door)
    assert outside.visits == 1
    assert inside.visits == 0


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data", "javascript", "unix", "ws", "//x"])
def test_no_redirect_leads_to_another_scheme(scheme: str, serve: Serve) -> None:  # noqa: F811
    server = serve([moved(f"{scheme}:///etc/passwd"), page(HTML)])
    refusal(server.url(), server.door())
    assert server.visits == 1


@pytest.mark.parametrize("port", [0, 21, 22, 25, 443, 5432, 6379, 8000, 8080, 65_535, 65_536, -1, "x"])
def test_other_ports_are_refused(port: Any) -> None:
    refusal(f"http://example.org:{port}/", Door(resolve=lambda name, number: pytest.fail("looked up")))


def test_a_name_that_answers_anew_is_not_asked_again(serve: Serve) -> None:  # noqa: F811
    """Rebinding: public when it is checked, inner when it is dialled. It is resolved once, and dialled as resolved."""
    inside = serve(page(HTML), address="::1")
    outside = serve(page(b"<p>Outside.</p>"))
    answers = [["127.0.0.1"], ["::1"], ["::1"]]
    door = outside.door(resolve=lambda name, port: answers.pop(0))
    assert fetch_page(outside.url(), door=door).raw == b"<p>Outside.</p>"
    assert len(answers) == 2
    assert inside.visits == 0


def test_a_name_that_answers_anew_after_a_redirect_is_checked_anew(serve: Serve) -> None:  # noqa: F811
    outside = serve(moved("/again"))
    answers = [["127.0.0.1"], ["::1"]]
    assert refusal(outside.url(), outside.door(resolve=lambda name, port: answers.pop(0))) == NOT_REACHED
    assert outside.visits == 1


@pytest.mark.parametrize("answers", [["127.0.0.1", "::1"], ["::1", "127.0.0.1"], [], ["127.0.0.1%lo"], ["x"]])
def test_one_inner_answer_among_public_ones_spoils_them(answers: list[str], serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML))
    assert refusal(server.url(), server.door(resolve=lambda name, port: answers)) == NOT_REACHED
    assert server.visits == 0


def test_who_answers_is_checked_once_the_socket_is_open(serve: Serve) -> None:  # noqa: F811
    server = serve(page(HTML))
    verdicts = [True, False]
    assert refusal(server.url(), server.door(allows=lambda address: verdicts.pop(0))) == NOT_REACHED
    assert verdicts == []
    assert server.requests in ([], [b""])


def test_https_is_never_left_for_http(serve: Serve) -> None:  # noqa: F811
    import ssl

    plain = serve(page(HTML))
    secure = serve(moved(plain.url()), secure=True)
    door = secure.door(
        ports=frozenset({plain.port, secure.port}), tls=lambda: ssl.create_default_context(cafile=CERTIFICATE)
    )
    assert "from https to http" in refusal(secure.url(scheme="https"), door)
    assert plain.visits == 0


def test_redirects_end(serve: Serve) -> None:  # noqa: F811
    server = serve(moved("/again"))
    assert f"more than {MOST_REDIRECTS} times" in refusal(server.url(), server.door())
    assert server.visits == MOST_REDIRECTS + 1


def slowly(*parts: bytes, then: bytes = b"") -> Callable[[socket.socket], None]:
    """Say the parts, then the same byte again and again for as long as anybody listens."""

    def say(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)
        while then:
            connection.sendall(then)
            time.sleep(0.02)
        time.sleep(30) if not parts else None

    return say


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "dripping",
    [
        slowly(b"H", then=b"T"),
        slowly(b"HTTP/1.1 200 OK\r\n", then=b"X-A: b\r\n"),
        slowly(b"", then=b"HTTP/1.1 100 Continue\r\n\r\n"),
        slowly(HEAD + b"Content-Length: 900000\r\n\r\n", then=b"x"),
        slowly(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", then=b"1\r\nx\r\n"),
        slowly(HEAD + b"\r\n", then=b"x"),
        slowly(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 99)[:12], then=b"\0"),
    ],
    ids=["status", "headers", "continue", "body", "chunks", "endless", "packed"],
)
def test_a_server_that_drips_is_left_at_the_deadline(
    dripping: Callable[[socket.socket], None],
    serve: Serve,  # noqa: F811
) -> None:
    server = serve(dripping)
    assert refusal(server.url(), server.door(seconds=0.4)) in {NOT_REACHED, BROKEN}


def test_a_server_that_never_speaks_is_left_at_the_deadline(serve: Serve) -> None:  # noqa: F811
    server = serve(slowly())
    assert refusal(server.url(), server.door(seconds=0.3)) == NOT_REACHED
    assert refusal(server.url(scheme="https"), server.door(seconds=0.3)) == NOT_REACHED


def test_a_slow_resolver_is_left_at_the_deadline() -> None:
    waits = threading.Event()

    def slow(name: str, port: int) -> Iterator[str]:
        waits.wait(20)
        yield "127.0.0.1"

    assert refusal("http://slow.example/", Door(resolve=slow, seconds=0.2)) == NOT_REACHED
    waits.set()


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"\r\n" + b"x" * 3_000_000,
        HEAD + b"Content-Length: 99999999999\r\n\r\n",
        HEAD + b"Content-Length: 3000000\r\n\r\n" + b"x" * 3_000_000,
        HEAD + b"Content-Length: -5\r\n\r\n" + b"x" * 3_000_000,
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(300_000_000), 9),
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(10_000_000)) * 20,
        HEAD + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(bytes(300_000_000), 9),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"x" * 65_536 + b"\r\n" * 2 + b"x" * 3_000_000,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b"x" * 65_536 + b"\r\n") * 40,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000,
        b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"b" * 300_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: b\r\n" % n for n in range(50_000)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\n" + (b"X-A: " + b"b" * 900 + b"\r\n") * 90 + b"\r\n",
    ],
    ids=range(13),
)
def test_an_answer_that_is_too_large_is_left(answer: bytes, serve: Serve) -> None:  # noqa: F811
    server = serve(answer)
    assert refusal(server.url(), server.door()) in {TOO_LARGE, BROKEN}


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0" * 100,
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"220 mail.inside.example ESMTP\r\n",
        b"-ERR unknown command\r\n",
        b"HTTP/1.1 2x0 OK\r\n\r\n",
        HEAD + b"Content-Length: 100\r\n\r\nshort",
        HEAD + b"Content-Encoding: gzip\r\n\r\nnot packed",
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 999)[:-9],
        HEAD + b"Content-Encoding: br\r\n\r\nxx",
        HEAD + b"Content-Encoding: gzip, gzip\r\n\r\nxx",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nab",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
    ],
    ids=range(16),
)
def test_an_answer_that_is_broken_is_named_so_and_not_repeated(answer: bytes, serve: Serve) -> None:  # noqa: F811
    server = serve(answer)
    said = refusal(server.url(), server.door())
    assert said == BROKEN
    assert "inside" not in said


def test_one_sentence_tells_of_all_that_can_be_wrong_inside(serve: Serve) -> None:  # noqa: F811
    """Refused, unreachable, silent, forbidden, unknown, broken off: whoever asks must not learn which."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    def unknown(name: str, number: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    def reset(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    silent, resetting = serve(slowly()), serve(reset)
    local = Door(resolve=lambda name, number: ["127.0.0.1"], allows=lambda address: True, seconds=0.5)
    said = {
        refusal(f"http://closed.example:{port}/", Door(local.resolve, local.allows, frozenset({port}))),
        refusal(silent.url(), silent.door(seconds=0.3)),
        refusal("http://127.0.0.1/", Door()),
        refusal("http://10.0.0.1/", Door()),
        refusal("http://inside.example/", Door(resolve=lambda name, number: ["10.0.0.1"])),
        refusal("http://mixed.example/", Door(resolve=lambda name, number: ["93.184.215.14", "10.0.0.1"])),
        refusal("http://unknown.example/", Door(resolve=unknown)),
        refusal("http://none.example/", Door(resolve=lambda name, number: [])),
        refusal(resetting.url(scheme="https"), resetting.door(seconds=0.3)),
    }
    assert said == {NOT_REACHED}


addresses = st.one_of(
    st.ip_addresses(),
    st.sampled_from(NETWORKS).flatmap(lambda network: st.ip_addresses(network=network)),
    st.sampled_from(NETWORKS).flatmap(
        lambda network: (
            st.sampled_from([int(network[0]) - 1, int(network[-1]) + 1, int(network[0]), int(network[-1])])
            .filter(lambda number: 0 <= number < 2**network.max_prefixlen)
            .map(IPv4Address if network.version == 4 else IPv6Address)
        )
    ),
)


@given(addresses)
@example(ip_address("168.63.129.16"))
@example(ip_address("2606:4700::5efe:a00:1"))
def test_what_is_public_is_global_and_in_no_special_block(address: IPv4Address | IPv6Address) -> None:
    special = any(address.version == network.version and address in network for network in NETWORKS)
    if is_public(str(address)):
        assert address.is_global
        assert not special
        assert not address.is_multicast
    elif address.version == 4:
        assert special or not address.is_global


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_no_special_block_is_public_from_its_first_address_to_its_last(network: IPv4Network | IPv6Network) -> None:
    middle = network[network.num_addresses // 2]
    assert not any(is_public(str(address)) for address in (network[0], middle, network[-1]))


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "9.9.9.9", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.255.255"),
        *("172.32.0.0", "192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "169.253.255.255"),
        *("2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450:4001::1", "2400:cb00::1", "2804::1", "2c0f::1"),
    ],
)
def test_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "spelling", ["", "x", "1", "127.1", "8.8.8.8.", " 8.8.8.8", "08.8.8.8", "2606::1%eth0", "[::1]"]
)
def test_what_no_resolver_writes_is_not_public(spelling: str) -> None:
    assert not is_public(spelling)
