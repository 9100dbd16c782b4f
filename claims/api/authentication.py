"""Who asks: a program with a token of a person's. A browser's session opens nothing here, so no form can be forged."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.accounts.known_tokens import token_of, use_is_noted
from claims.accounts.note_use import note_use
from claims.models import ApiToken, User

REALM = 'Bearer realm="workbench"'
ANOTHER_SCHEME = "This API takes tokens only: send the header “Authorization: Bearer cw_…”, with a token from /tokens/."
UNKNOWN = "This token is not known here. Copy it again as a whole, or make another at /tokens/."
ENDED = "This token has been revoked. Make another at /tokens/."
RAN_OUT = "This token ran out on {day:%-d %B %Y}. Make another at /tokens/."
BLOCKED = "The account of this token is blocked. An administrator can let it in again."


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer cw_…`. Only who holds the whole token is told what has become of it."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The person and the token; None where no token was sent. Raises AuthenticationFailed with what to do."""
        sent = request.headers.get("Authorization", "")
        if not sent:
            return None
        scheme, _, secret = sent.partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationFailed(ANOTHER_SCHEME)
        token = token_of(secret.strip())
        if token is None:
            raise AuthenticationFailed(UNKNOWN)
        now = timezone.now()
        if not token.user.is_active:
            raise AuthenticationFailed(BLOCKED)
        if token.revoked_at is not None:
            raise AuthenticationFailed(ENDED)
        if token.expires_at <= now:
            raise AuthenticationFailed(RAN_OUT.format(day=token.expires_at))
        if not use_is_noted(token, now):
            note_use(token_id=token.pk, at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 says of how to log in."""
        return REALM
