"""How often somebody may ask: counted a minute, in the database, so that it holds over several processes."""

import hashlib
import hmac
import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from rest_framework.exceptions import ErrorDetail, Throttled

from claims.accounts.note_use import count_request
from claims.models import ApiToken
from claims.network_address import address_of

WINDOW: Final = 60
# Addresses share a million rows, so that the table stays small whoever asks; which share one, nobody can choose.
_ADDRESS_DIGITS: Final = 5
# A provider gives whoever asks 2**64 addresses of IPv6 at once.
_NETWORK: Final = 64


@dataclass(frozen=True)
class Allowance:
    """How many requests a window has, how many are left of it, and the seconds until the next one."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> dict[str, str]:
        """What the answer says of it, after the draft of the IETF on RateLimit fields (version 3 to 7)."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


class TooOften(Throttled):
    """Asked more often than is allowed; carries what the limit is."""

    def __init__(self, allowance: Allowance, what: str) -> None:
        super().__init__()
        self.allowance = allowance
        self.wait = allowance.reset
        self.detail = ErrorDetail(
            f"More than {allowance.limit} {what} in a minute. Wait {allowance.reset} seconds, then go on."
        )


def count_token(token: ApiToken) -> Allowance:
    """Count a request of this token. Raises TooOften."""
    return _count(f"token:{token.pk}", settings.API_LIMITS["token"], "requests with this token")


def count_address(request: HttpRequest) -> Allowance:
    """Count a request without a token. Raises TooOften."""
    return _count(f"address:{_bucket(request)}", settings.API_LIMITS["address"], "requests without a token")


def count_failure(request: HttpRequest) -> Allowance:
    """Count a token that was not taken. Raises TooOften."""
    return _count(f"failed:{_bucket(request)}", settings.API_LIMITS["failed"], "tokens that are not good")


def _count(who: str, limit: int, what: str) -> Allowance:
    now = time.time()
    count = count_request(who=who, window=int(now) // WINDOW)
    allowance = Allowance(limit, max(0, limit - count), WINDOW - int(now) % WINDOW)
    if count > limit:
        raise TooOften(allowance, what)
    return allowance


def _bucket(request: HttpRequest) -> str:
    """Where an address is counted: under a keyed hash, never under the address itself."""
    address = address_of(request)
    try:
        found = ip_address(address)
        if found.version == 6:
            address = str(int(found) >> (128 - _NETWORK))
    except ValueError:
        pass
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:_ADDRESS_DIGITS]
