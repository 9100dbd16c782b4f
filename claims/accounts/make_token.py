"""A person gives a program of theirs a token, by which it acts for them through the API."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.models import ApiToken, User
from claims.permissions import check_has_account
from claims.refusals import Conflict, Invalid
from claims.text.plain import plain
from claims.transfers import Scope
from claims.vocabulary import EventKind

PREFIX: Final = "cw_"
MAX_NAME: Final = 100
MAX_DAYS: Final = 365
# More than a person can keep apart, and few enough that nobody fills the table.
MOST_TOKENS: Final = 50
_BYTES: Final = 32
_SHOWN: Final = len(PREFIX) + 6


@dataclass(frozen=True)
class Made:
    """A new token. `plain` is the token itself: it is told here, once, and stored nowhere."""

    token: ApiToken
    plain: str


@transaction.atomic
def make_token(*, by: User, name: str, scopes: Sequence[Scope], expires_at: datetime) -> Made:
    """Make a token for `by`: 256 random bits, of which only the SHA-256 is stored.

    Raises NotAllowed for an account that is blocked, Invalid (no name, no scope, an end in the past or more than a year
    away) and Conflict where `by` has MOST_TOKENS that still work.
    """
    check_has_account(by, "make tokens")
    name = plain("name", name, MAX_NAME)
    if not name:
        raise Invalid("Give the token a name that says what uses it, so that you know later which one to revoke.")
    if not scopes:
        raise Invalid("Choose at least one thing that the token may do.")
    now = timezone.now()
    if not now < expires_at <= now + timedelta(days=MAX_DAYS + 1):
        raise Invalid("A token ends at some time from tomorrow on, and within a year. Choose another day.")
    # Locked, so that two forms at once do not pass the most together.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if ApiToken.objects.filter(user=by, revoked_at__isnull=True, expires_at__gt=now).count() >= MOST_TOKENS:
        raise Conflict(f"You have {MOST_TOKENS} tokens that work. Revoke one that you do not need, then make this one.")
    secret = f"{PREFIX}{secrets.token_urlsafe(_BYTES)}"
    token = ApiToken.objects.create(
        user=by,
        name=name,
        prefix=secret[:_SHOWN],
        digest=digest_of(secret),
        scopes=[scope.value for scope in Scope if scope in scopes],
        expires_at=expires_at,
    )
    told = {"name": name, "scopes": token.scopes, "expires_at": expires_at.isoformat()}
    audit.record(EventKind.TOKEN_MADE, by=by, target=token, after=told)
    return Made(token, secret)


def digest_of(secret: str) -> str:
    """SHA-256 of a token in hex. A token is random, so that a slow hash would protect nothing more."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
