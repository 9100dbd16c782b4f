"""Accounts are made, given a role, blocked and unblocked by administrators; passwords are changed by their owners."""

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.models import ApiToken, User
from claims.permissions import OPERATOR, check_can_administer, check_is_operator
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.text.plain import plain
from claims.vocabulary import EventKind, Role

MAX_REASON = 1_000


@transaction.atomic
def create_account(*, by: User, username: str, password: str, role: Role) -> User:
    """Make an account. The operator may too, so that a first administrator and the demo can be made by command.

    Raises NotAllowed, Invalid (name taken or malformed, password too weak).
    """
    check_is_operator(by, "make accounts")
    user = User(username=username)
    user.set_password(password)
    try:
        user.full_clean()
        validate_password(password, user)
    except ValidationError as wrong:
        raise Invalid(" ".join(wrong.messages)) from wrong
    user.save()
    _set_role(user, role)
    audit.record(EventKind.ACCOUNT_CREATED, by=by, target=user, after={"username": username, "role": role})
    return user


@transaction.atomic
def change_role(*, by: User, user_id: int, role: Role, expected_version: int, reason: str = "") -> User:
    """Give an account another role, from its next request on; reader takes every role away.

    `expected_version` is the version of the account that the page showed. Raises NotAllowed, and Conflict for one's
    own account, the operator's, or one that another administrator has changed since.
    """
    check_can_administer(by, "change roles")
    reason = plain("reason", reason, MAX_REASON)
    user = _somebody_else(by, user_id)
    before = user.granted
    if before != role:
        _check_version(user, expected_version)
        _set_role(user, role)
        audit.record(
            EventKind.ROLE_CHANGED, by=by, target=user, before={"role": before}, after={"role": role}, reason=reason
        )
    return user


@transaction.atomic
def block_account(*, by: User, user_id: int, reason: str, expected_version: int) -> User:
    """Shut an account out: its sessions and tokens end with their next request, for good; its work stays.

    Raises NotAllowed, Conflict, and Invalid where no reason is given.
    """
    check_can_administer(by, "block accounts")
    reason = plain("reason", reason, MAX_REASON)
    if not reason:
        raise Invalid("Say why the account is blocked: the reason stays in the log.")
    user = _somebody_else(by, user_id)
    if user.is_active:
        _check_version(user, expected_version)
        _set_active(user, active=False)
        ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())
        audit.record(
            EventKind.ACCOUNT_BLOCKED,
            by=by,
            target=user,
            before={"active": True},
            after={"active": False},
            reason=reason,
        )
    return user


@transaction.atomic
def unblock_account(*, by: User, user_id: int, expected_version: int, reason: str = "") -> User:
    """Let an account in again; sessions from before stay ended. Raises NotAllowed, Conflict."""
    check_can_administer(by, "unblock accounts")
    reason = plain("reason", reason, MAX_REASON)
    user = _somebody_else(by, user_id)
    if not user.is_active:
        _check_version(user, expected_version)
        _set_active(user, active=True)
        audit.record(
            EventKind.ACCOUNT_UNBLOCKED,
            by=by,
            target=user,
            before={"active": False},
            after={"active": True},
            reason=reason,
        )
    return user


@transaction.atomic
def change_password(*, by: User, password: str) -> None:
    """Set one's own new password; Django ends the account's other sessions. Raises Invalid where it is too weak."""
    try:
        validate_password(password, by)
    except ValidationError as wrong:
        raise Invalid(" ".join(wrong.messages)) from wrong
    # The row as it is now: what an administrator has changed meanwhile must not be written back.
    stored = User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if not stored.is_active:
        raise NotAllowed("Your account was blocked, so nothing was changed. An administrator can let you in again.")
    by.set_password(password)
    by.save(update_fields=["password"])
    audit.record(EventKind.PASSWORD_CHANGED, by=by, target=by)


def _somebody_else(by: User, user_id: int) -> User:
    user = User.objects.select_for_update(of=("self",), no_key=True).filter(pk=user_id).first()
    if user is None:
        raise Gone("There is no such account here.")
    if user == by:
        raise Conflict("This is your own account. Ask another administrator, so that nobody is locked out by mistake.")
    if user.username == OPERATOR:
        raise Conflict("This account is what commands act as; it has no role and nobody can log in with it.")
    return user


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.sessions_ended += not active
    user.version += 1
    user.save(update_fields=["is_active", "sessions_ended", "version"])


def _check_version(user: User, expected: int) -> None:
    if user.version != expected:
        raise Conflict("Another administrator has changed this account since the page was loaded. Look at it again.")


def _set_role(user: User, role: Role) -> None:
    if user.granted in (Role.MODERATOR, Role.ADMINISTRATOR):
        user.moderated_until = None if role in (Role.MODERATOR, Role.ADMINISTRATOR) else timezone.now()
    user.groups.set(Group.objects.filter(name=role) if role != Role.READER else [])
    user.is_superuser = False  # set by Django's createsuperuser: from now on the role is the group
    user.version += 1
    user.save(update_fields=["is_superuser", "version", "moderated_until"])
    user.__dict__.pop("role", None)  # read anew by whoever asks next
