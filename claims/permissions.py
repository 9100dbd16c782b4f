"""Who may do what. Each rule has a raising form for writes (`check_can_…`) and an answering one for pages (`can_…`)."""

from django.contrib.auth.models import AnonymousUser

from claims.models import User, is_at_least, role_of
from claims.refusals import NotAllowed
from claims.vocabulary import Role

OPERATOR = "operator"


def operator() -> User:
    """The account that commands act as: it cannot log in, and events name it."""
    return User.objects.get(username=OPERATOR)


def can_see_desk(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may read articles and claims that nobody published."""
    return is_at_least(viewer, Role.REVIEWER)


def check_can_see_desk(viewer: User | AnonymousUser) -> None:
    """Raise NotAllowed unless the viewer belongs to the desk."""
    _check(viewer, Role.REVIEWER, "read the desk's articles and claims")


def can_assess(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may label claims."""
    return is_at_least(viewer, Role.REVIEWER)


def check_can_assess(by: User | AnonymousUser) -> None:
    """Raise NotAllowed unless `by` may label claims."""
    _check(by, Role.REVIEWER, "label claims")


def can_moderate(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may rule, make and publish stories, place and withdraw articles."""
    return is_at_least(viewer, Role.MODERATOR)


def check_can_moderate(by: User | AnonymousUser, deed: str) -> None:
    """Raise NotAllowed unless `by` may do this deed of a moderator, named in the sentence that `by` gets to read."""
    _check(by, Role.MODERATOR, deed)


def can_administer(viewer: User | AnonymousUser) -> bool:
    """Whether the viewer may manage accounts."""
    return is_at_least(viewer, Role.ADMINISTRATOR)


def check_can_administer(by: User | AnonymousUser, deed: str) -> None:
    """Raise NotAllowed unless `by` may do this deed of an administrator."""
    _check(by, Role.ADMINISTRATOR, deed)


def check_is_operator(by: User, deed: str) -> None:
    """Raise NotAllowed unless a command does this, or an administrator."""
    if by.username != OPERATOR:
        _check(by, Role.ADMINISTRATOR, deed)


def _check(who: User | AnonymousUser, needed: Role, deed: str) -> None:
    if is_at_least(who, needed):
        return
    only = f"only {'an' if needed == Role.ADMINISTRATOR else 'a'} {needed} may {deed}"
    if not isinstance(who, User):
        raise NotAllowed(f"You are not logged in, and {only}. Log in and send it again.")
    raise NotAllowed(f"Your role is {role_of(who)}, and {only}. An administrator can give you that role.")
