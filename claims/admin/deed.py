"""A deed: one verb of a room, offered for one row or for many after a page that shows what will change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from claims.models import User
from claims.permissions import check_can_moderate
from claims.refusals import NotAllowed

# A page that asks about more rows than this is not read before it is confirmed.
MOST_ROWS = 100


class DeedForm(forms.Form):
    """What a deed asks for beside the rows. The key makes sending the page twice have one effect."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    # Where the page was opened from: "row", or the address of the list with its filters.
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000)

    def asked(self) -> list[forms.BoundField]:
        """The fields that the page asks for, in their order."""
        return self.visible_fields()


class ReasonForm(DeedForm):
    """Why it is done, for a deed whose reason stays among moderators."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=1_000,
        help_text="It stays in the log, and other moderators read it.",
    )


@dataclass(frozen=True)
class Order:
    """One row to do a deed to: who asks, what the page showed (`version` and `mark`), and what was typed."""

    by: User
    row: Any
    version: int
    mark: str
    key: UUID
    said: dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """What can be done to rows of one list.

    `words` finish the sentence "only a moderator may …"; `done` is said of each row when it was done. `stands` says
    what holds of a row now, `becomes` what will, `called` what the row is called. `unfit` says why the deed cannot be
    done to a row, "" if it can; `barred` why this person cannot do it, by the rows' keys. `version` and `mark` are what
    the verb compares with: a number, and where that is not all, some words. The verb of a deed that `knows_keys`
    answers the same again to what is sent again, so it is asked even where the row does not fit any more.
    """

    name: str
    title: str
    words: str
    done: str
    do: Callable[[Order], object]
    form: type[DeedForm] = DeedForm
    stands: Callable[[Any], list[str]] = lambda row: []
    becomes: Callable[[Any], list[str]] = lambda row: []
    version: Callable[[Any], int] = lambda row: 0
    mark: Callable[[Any], str] = lambda row: ""
    unfit: Callable[[Any], str] = lambda row: ""
    barred: Callable[[Sequence[Any], User], dict[Any, str]] = lambda rows, viewer: {}
    typed: Callable[[Any], dict[str, Any]] = lambda row: {}
    called: Callable[[Any], str] = str
    check: Callable[[User | AnonymousUser, str], None] = check_can_moderate
    prefetch: tuple[str, ...] = ()
    most: int = MOST_ROWS
    knows_keys: bool = False
    caution: str = ""

    def may(self, viewer: User | AnonymousUser) -> bool:
        """Whether the viewer is offered the deed."""
        try:
            self.check(viewer, self.words)
        except NotAllowed:
            return False
        return True

    def unfits(self, rows: Sequence[Any], viewer: User) -> dict[Any, str]:
        """Why the viewer cannot do it to some of the rows, by their keys."""
        barred = self.barred(rows, viewer)
        found = {row.pk: self.unfit(row) or barred.get(row.pk, "") for row in rows}
        return {key: why for key, why in found.items() if why}

    def url_name(self, model: type[Model]) -> str:
        """The name of the deed's page."""
        return f"{model._meta.app_label}_{model._meta.model_name}_{self.name}"
