"""Accounts that stand for people elsewhere: a step of bringing in their work."""

from typing import Final

from django.contrib.auth.hashers import make_password

from claims.models import ImportedAuthor, User

_MARK: Final = " (imported)"


class StandIns:
    """The accounts of people elsewhere, made when they are first asked for. Nobody can log in to one."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        known = ImportedAuthor.objects.filter(origin=origin)
        self._known = dict(known.values_list("name", "user"))

    def of(self, name: str) -> int:
        """The number of the account that stands for this person."""
        if name not in self._known:
            made = User.objects.create(username=_free(name), password=make_password(None), is_active=False)
            ImportedAuthor.objects.create(user=made, name=name, origin=self._origin)
            self._known[name] = made.pk
        return self._known[name]


def _free(name: str) -> str:
    """A username that says where its work comes from, and that nobody has."""
    most = 150
    mark, number = _MARK, 1
    while User.objects.filter(username=name[: most - len(mark)] + mark).exists():
        number += 1
        mark = f" (imported {number})"
    return name[: most - len(mark)] + mark
