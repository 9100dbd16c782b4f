"""Who may do what, and the sentence for those who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from claims import permissions
from claims.models import User, is_at_least, role_of
from claims.refusals import NotAllowed
from claims.vocabulary import Role
from tests.cast import person

MAY: dict[str, set[str]] = {
    "see_desk": {"ana", "max", "ada"},
    "assess": {"ana", "max", "ada"},
    "moderate": {"max", "ada"},
    "administer": {"ada"},
}
CHECKS: dict[str, Callable[[Any], None]] = {
    "see_desk": permissions.check_can_see_desk,
    "assess": permissions.check_can_assess,
    "moderate": lambda by: permissions.check_can_moderate(by, "rule on claims"),
    "administer": lambda by: permissions.check_can_administer(by, "change roles"),
}


@pytest.fixture
def everybody(ana: User, max: User, ada: User, eve: User, operator: User) -> list[User | AnonymousUser]:
    return [ana, max, ada, eve, operator, AnonymousUser()]


@pytest.mark.parametrize("rule", MAY)
def test_the_answering_and_the_raising_form_of_a_rule_agree(rule: str, everybody: list[User]) -> None:
    for who in everybody:
        allowed = who.username in MAY[rule]
        assert getattr(permissions, f"can_{rule}")(who) == allowed
        if allowed:
            CHECKS[rule](who)
        else:
            with pytest.raises(NotAllowed):
                CHECKS[rule](who)


def test_every_rule_of_the_file_is_in_this_table() -> None:
    rules = {name.removeprefix("can_") for name in vars(permissions) if name.startswith("can_")}
    assert rules == set(MAY) == set(CHECKS)


def test_the_refusal_says_what_one_is_what_is_needed_and_what_to_do(eve: User, ana: User) -> None:
    with pytest.raises(NotAllowed) as refused:
        permissions.check_can_moderate(ana, "rule on claims")
    assert str(refused.value) == (
        "Your role is reviewer, and only a moderator may rule on claims. An administrator can give you that role."
    )
    with pytest.raises(NotAllowed, match="You are not logged in, and only a reviewer may label claims"):
        permissions.check_can_assess(AnonymousUser())


def test_the_operator_may_do_what_commands_do_and_nothing_else(operator: User, ada: User, max: User) -> None:
    permissions.check_is_operator(operator, "bring in articles")
    permissions.check_is_operator(ada, "bring in articles")
    with pytest.raises(NotAllowed, match="only an administrator may bring in articles"):
        permissions.check_is_operator(max, "bring in articles")
    assert role_of(operator) == Role.READER
    assert not operator.is_active
    assert not operator.has_usable_password()


def test_a_person_with_several_roles_has_the_highest(ana: User) -> None:
    ana.groups.add(Group.objects.get(name="moderator"))
    assert User.objects.get(pk=ana.pk).role == Role.MODERATOR


def test_a_group_that_is_no_role_gives_none(eve: User) -> None:
    eve.groups.add(Group.objects.create(name="gardeners"))
    assert User.objects.get(pk=eve.pk).role == Role.READER


def test_somebody_who_is_blocked_may_do_nothing_and_keeps_the_role_for_later(max: User) -> None:
    max.is_active = False
    max.save()
    again = User.objects.get(pk=max.pk)
    assert (again.role, again.granted) == (Role.READER, Role.MODERATOR)
    assert not permissions.can_see_desk(again)


def test_each_role_may_do_all_that_the_one_before_it_may(db: None) -> None:
    people = [person(role, role) for role in ("reviewer", "moderator", "administrator")]
    for rank, who in enumerate(people, start=1):
        assert [is_at_least(who, role) for role in Role] == [n <= rank for n in range(len(Role))]
