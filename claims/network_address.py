"""Where a request comes from, for both doors that count by it."""

from django.conf import settings
from django.http import HttpRequest


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
