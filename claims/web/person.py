"""Who asks, as the account that rooms and the log know."""

from django.conf import settings
from django.http import HttpRequest

from claims.models import User
from claims.refusals import NotAllowed


def person(request: HttpRequest) -> User:
    """The logged-in user. Raises NotAllowed for somebody who is not."""
    if not request.user.is_authenticated:
        raise NotAllowed("You are not logged in. Log in and send it again.")
    return request.user


def address_of(request: HttpRequest) -> str:
    """The network address that asks: what throttles count by.

    Behind the desk's own proxy (BEHIND_PROXY) it is what that proxy added last; what stands before it in the header
    came from outside and is not believed.
    """
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))
