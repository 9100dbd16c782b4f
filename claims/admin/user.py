"""Accounts in the panel, for administrators: roles, and who is shut out. Never a password, never an address."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from claims.accounts.manage_account import block_account, change_role, unblock_account
from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.lists import choice, choice_of_value
from claims.admin.panel import PanelAdmin
from claims.models import User
from claims.permissions import can_administer, check_can_administer
from claims.refusals import Invalid
from claims.vocabulary import Role

MAX_REASON = 1_000


def _reason(*, required: bool) -> forms.CharField:
    """Why an account is changed."""
    return forms.CharField(
        required=required,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=MAX_REASON,
        help_text="It stays in the log.",
    )


class RoleForm(DeedForm):
    """The role from now on."""

    role = forms.TypedChoiceField(
        choices=[(role.value, role.value) for role in Role],
        coerce=Role,
        help_text="Each role may do all that the one before it may; a reader no more than somebody without an account.",
    )
    reason = _reason(required=False)


class BlockingForm(DeedForm):
    """Why somebody is shut out."""

    reason = _reason(required=True)


class UnblockingForm(DeedForm):
    """Why somebody is let in again."""

    reason = _reason(required=False)


def _change_role(order: Order) -> object:
    if order.row.granted == order.said["role"]:
        raise Invalid("This is the role already; nothing was changed.")
    said = order.said
    return change_role(
        by=order.by,
        user_id=order.row.pk,
        role=said["role"],
        reason=said["reason"],
        expected_version=order.version,
    )


def _block(order: Order) -> object:
    return block_account(by=order.by, user_id=order.row.pk, reason=order.said["reason"], expected_version=order.version)


def _unblock(order: Order) -> object:
    return unblock_account(
        by=order.by, user_id=order.row.pk, reason=order.said["reason"], expected_version=order.version
    )


def _stands(user: User) -> list[str]:
    return [user.granted.value, *([] if user.is_active else ["blocked"])]


class UserAdmin(PanelAdmin):
    """Accounts by name. Accounts are made by command; passwords are set by their owners alone."""

    list_display = ("username", "granted", "active", "last_login")
    list_filter = (
        choice_of_value("role", "role", "groups__name", {role: role.value for role in Role if role != Role.READER}),
        choice("account", "active", {"yes": ("active", Q(is_active=True)), "no": ("blocked", Q(is_active=False))}),
    )
    ordering = ("username",)
    search_fields = ("username",)
    search_help_text = "The beginning of a name."
    fields = ("username", "granted", "active", "last_login", "date_joined")
    deeds = (
        Deed(
            name="change-role",
            title="Change role",
            words="change roles",
            done="has another role",
            do=_change_role,
            form=RoleForm,
            stands=_stands,
            becomes=lambda user: ["the role chosen below"],
            version=lambda user: user.version,
            typed=lambda user: {"role": user.granted.value},
            check=check_can_administer,
            caution="It takes effect with the next thing that these people do.",
        ),
        Deed(
            name="block",
            title="Block",
            words="block accounts",
            done="blocked",
            do=_block,
            form=BlockingForm,
            stands=_stands,
            becomes=lambda user: [user.granted.value, "blocked, and logged out"],
            version=lambda user: user.version,
            unfit=lambda user: "" if user.is_active else "It is blocked already.",
            check=check_can_administer,
            caution="These people are logged out at once and cannot log in again. Their work stays.",
        ),
        Deed(
            name="unblock",
            title="Unblock",
            words="unblock accounts",
            done="unblocked",
            do=_unblock,
            form=UnblockingForm,
            stands=_stands,
            becomes=lambda user: [user.granted.value],
            version=lambda user: user.version,
            unfit=lambda user: "It is not blocked." if user.is_active else "",
            check=check_can_administer,
        ),
    )

    def may_look(self, viewer: User | AnonymousUser) -> bool:
        """Administrators: who is here and in which role is their business."""
        return can_administer(viewer)

    def visible_to(self, viewer: User) -> QuerySet[User]:
        """All of them, without what this page must not show."""
        return User.objects.defer("password", "email").prefetch_related("groups")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """Names that begin so."""
        asked = search_term.strip()
        return (queryset.filter(username__startswith=asked) if asked else queryset), False

    @admin.display(description="role")
    def granted(self, user: User) -> str:
        """What the person may do, or could if they were not shut out."""
        return user.granted.value

    @admin.display(description="active", boolean=True)
    def active(self, user: User) -> bool:
        """Whether the person may log in."""
        return user.is_active
