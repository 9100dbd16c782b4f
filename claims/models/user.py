"""People with an account, and their role."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils.functional import cached_property

from claims.vocabulary import ROLE_RANK, Role


class User(AbstractUser):
    """A person with an account. Roles are groups of the same name, made by a migration."""

    # Counts what administrators changed about the account.
    version = models.PositiveIntegerField(default=0)
    # How often all sessions of this account were ended by blocking it: an old one does not come back with the account.
    sessions_ended = models.PositiveIntegerField(default=0)
    # Until when this person saw everybody's labels, where they moderated once and do no longer.
    moderated_until = models.DateTimeField(null=True, blank=True)

    def get_session_auth_hash(self) -> str:
        """What a session has to carry to be believed."""
        return f"{super().get_session_auth_hash()}.{self.sessions_ended}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under older secret keys."""
        return (f"{old}.{self.sessions_ended}" for old in super().get_session_auth_fallback_hash())

    @cached_property
    def role(self) -> Role:
        """What this person may do now; read once a request. Somebody who is blocked may do what readers may."""
        return self.granted if self.is_active else Role.READER

    @property
    def granted(self) -> Role:
        """The highest role among this person's groups, also while the account is blocked."""
        if self.is_superuser:
            return Role.ADMINISTRATOR
        names = [Role(group.name) for group in self.groups.all() if group.name in ROLE_RANK]
        return max(names, key=ROLE_RANK.__getitem__, default=Role.READER)


def role_of(viewer: User | AnonymousUser) -> Role:
    """The role of whoever looks; somebody who is not logged in is a reader."""
    return viewer.role if isinstance(viewer, User) else Role.READER


def is_at_least(viewer: User | AnonymousUser, role: Role) -> bool:
    """Whether the viewer has this role or a higher one."""
    return ROLE_RANK[role_of(viewer)] >= ROLE_RANK[role]
