"""Who asks, as the account that rooms and the log know."""

from django.http import HttpRequest

from claims.models import User
from claims.refusals import NotAllowed


def person(request: HttpRequest) -> User:
    """The logged-in user. Raises NotAllowed for somebody who is not."""
    if not request.user.is_authenticated:
        raise NotAllowed("You are not logged in. Log in and send it again.")
    return request.user
