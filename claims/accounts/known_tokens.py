"""Whose token this is, and which tokens a person has."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from claims.accounts.make_token import MOST_TOKENS, PREFIX, digest_of
from claims.models import ApiToken, User

# No token is longer: what is, needs no hashing.
_LONGEST: Final = 100
NOTED_EVERY: Final = timedelta(minutes=1)
# As many as can work at once, and as many again that ended.
_SHOWN: Final = 2 * MOST_TOKENS


def token_of(secret: str) -> ApiToken | None:
    """The token that this is, with its person, whatever has become of it; None where there is none. One query."""
    if not secret.startswith(PREFIX) or len(secret) > _LONGEST:
        return None
    digest = digest_of(secret)
    found = ApiToken.objects.select_related("user").filter(digest=digest).first()
    return found if found and secrets.compare_digest(found.digest, digest) else None


def use_is_noted(token: ApiToken, now: datetime) -> bool:
    """Whether the minute of this use is written down already."""
    return token.last_used_at is not None and now - token.last_used_at < NOTED_EVERY


def shown_tokens(of: User) -> list[ApiToken]:
    """The newest tokens of a person, those that still work or did once; one query."""
    return list(ApiToken.objects.filter(user=of).order_by("-created_at", "id")[:_SHOWN])


def working(token: ApiToken) -> bool:
    """Whether the token was neither revoked nor ran out."""
    return token.revoked_at is None and token.expires_at > timezone.now()
