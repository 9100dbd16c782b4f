"""Which network addresses are the public internet's: what the workbench may connect to when it reads a page.

An allow-list, because every list of what is forbidden has been too short: the standard library's `is_private` lets a
third of the special ranges through on Python 3.11. What is not named here is refused.
"""

from bisect import bisect_right
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

# Between these first and last addresses (both included) lies what IANA's IPv4 Special-Purpose Address Registry
# (RFC 6890) leaves as ordinary unicast. The gaps are, in order: 0/8 this network; 10/8 private (RFC 1918); 100.64/10
# carriers' NAT (RFC 6598); 127/8 loopback; 168.63.129.16 a cloud's inner services, on a public address; 169.254/16
# link-local (RFC 3927); 172.16/12 private; 192.0.0/24 protocol assignments (RFC 6890); 192.0.2/24 TEST-NET-1
# (RFC 5737); 192.31.196/24 AS112 (RFC 7535); 192.52.193/24 AMT (RFC 7450); 192.88.99/24 6to4 relays (RFC 7526);
# 192.168/16 private; 192.175.48/24 AS112 (RFC 7534); 198.18/15 benchmarking (RFC 2544); 198.51.100/24 TEST-NET-2;
# 203.0.113/24 TEST-NET-3; from 224 on multicast (RFC 5771), reserved (RFC 1112) and broadcast.
_IPV4: Final = (
    ("1.0.0.0", "9.255.255.255"),
    ("11.0.0.0", "100.63.255.255"),
    ("100.128.0.0", "126.255.255.255"),
    ("128.0.0.0", "168.63.129.15"),
    ("168.63.129.17", "169.253.255.255"),
    ("169.255.0.0", "172.15.255.255"),
    ("172.32.0.0", "191.255.255.255"),
    ("192.0.1.0", "192.0.1.255"),
    ("192.0.3.0", "192.31.195.255"),
    ("192.31.197.0", "192.52.192.255"),
    ("192.52.194.0", "192.88.98.255"),
    ("192.88.100.0", "192.167.255.255"),
    ("192.169.0.0", "192.175.47.255"),
    ("192.175.49.0", "198.17.255.255"),
    ("198.20.0.0", "198.51.99.255"),
    ("198.51.101.0", "203.0.112.255"),
    ("203.0.114.0", "223.255.255.255"),
)

# What IANA has given to the five registries (IPv6 Global Unicast Address Assignments, RFC 7249), and nothing else: so
# ::/8 with its mapped, compatible and NAT64 forms (RFC 4291, 6052, 8215), 100::/64 discard (RFC 6666), 2001::/23 with
# Teredo, benchmarking and ORCHIDs (RFC 4380, 5180, 7343), 2002::/16 6to4 (RFC 3056), 3fff::/20 documentation
# (RFC 9637), 5f00::/16 SRv6 (RFC 9602), fc00::/7 unique local (RFC 4193), fe80::/10, fec0::/10 and ff00::/8 are out.
_IPV6: Final = tuple(
    IPv6Network(block)
    for block in (
        *("2001:200::/23", "2001:400::/23", "2001:600::/23", "2001:800::/22", "2001:c00::/23", "2001:e00::/23"),
        *("2001:1200::/23", "2001:1400::/22", "2001:1800::/23", "2001:1a00::/23", "2001:1c00::/22", "2001:2000::/19"),
        *("2001:4000::/23", "2001:4200::/23", "2001:4400::/23", "2001:4600::/23", "2001:4800::/23", "2001:4a00::/23"),
        *("2001:4c00::/23", "2001:5000::/20", "2001:8000::/19", "2001:a000::/20", "2001:b000::/20", "2003::/18"),
        *("2400::/12", "2410::/12", "2600::/12", "2610::/23", "2620::/23", "2630::/12"),
        *("2800::/12", "2a00::/12", "2a10::/12", "2c00::/12"),
    )
)
# Within those blocks: documentation (RFC 3849) and AS112 (RFC 7534).
_IPV6_BUT: Final = (IPv6Network("2001:db8::/32"), IPv6Network("2620:4f:8000::/48"))
# The last half of an address that a router may take for an IPv4 address to tunnel to: ISATAP (RFC 5214).
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})

_FIRSTS: Final = [IPv4Address(first) for first, _ in _IPV4]
_LASTS: Final = [IPv4Address(last) for _, last in _IPV4]


def is_public(address: str) -> bool:
    """Whether this address, as a resolver or a socket writes it, is ordinary unicast of the public internet.

    Anything else is False: other spellings than the standard library's strict ones, and addresses with a zone.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        at = bisect_right(_FIRSTS, found) - 1
        return at >= 0 and found <= _LASTS[at]
    return _is_public_6(found)


def _is_public_6(found: IPv6Address) -> bool:
    if found.scope_id is not None or (int(found) >> 32) & 0xFFFFFFFF in _ISATAP:
        return False
    return any(found in block for block in _IPV6) and not any(found in block for block in _IPV6_BUT)
