"""Who may do what, and the sentence for those who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from claims import permissions
from claims.models import Claim, Link, User, is_at_least, role_of
from claims.refusals import NotAllowed
from claims.vocabulary import Role
from tests.cast import assess, person

MAY: dict[str, set[str]] = {
    "see_desk": {"ana", "max", "ada"},
    "assess": {"ana", "max", "ada"},
    "redraw": {"ana", "max", "ada"},
    "link": {"ana", "max", "ada"},
    "index": {"ana", "max", "ada", "operator"},
    "moderate": {"max", "ada"},
    "rule": {"max", "ada"},
    "rule_on_link": {"max", "ada"},
    "let_out": {"ada"},
    "administer": {"ada"},
    "flag": {"ana", "eve", "max", "ada"},
    "import": {"ana", "max", "ada", "operator"},
}
CHECKS: dict[str, Callable[[Any, Claim], None]] = {
    "see_desk": lambda by, claim: permissions.check_can_see_desk(by),
    "assess": lambda by, claim: permissions.check_can_assess(by),
    "redraw": lambda by, claim: permissions.check_can_redraw(by),
    "link": lambda by, claim: permissions.check_can_link(by),
    "index": lambda by, claim: permissions.check_can_index(by),
    "moderate": lambda by, claim: permissions.check_can_moderate(by, "rule on claims"),
    "rule": permissions.check_can_rule,
    "rule_on_link": lambda by, claim: permissions.check_can_rule_on_link(by, Link(pk=claim.pk)),
    "let_out": lambda by, claim: permissions.check_can_let_out(by, concerned_with()),
    "administer": lambda by, claim: permissions.check_can_administer(by, "change roles"),
    "flag": lambda by, claim: permissions.check_can_flag(by),
    "import": lambda by, claim: permissions.check_can_import(by),
}
# Every page that shows a claim to somebody with an account offers to flag it: no page asks.
# Who draws borders is who may open the page on which they are drawn.
# Every page of a pair is one of somebody who may say how its claims relate, and indexing goes along with other deeds.
NOT_ASKED = {"flag", "redraw", "link", "index"}
OF_A_CLAIM = {"rule", "rule_on_link"}


@pytest.fixture
def everybody(ana: User, max: User, ada: User, eve: User, operator: User) -> list[User | AnonymousUser]:
    return [ana, max, ada, eve, operator, AnonymousUser()]


def concerned_with() -> set[int]:
    """Whoever gave the verdict or put it forward: max."""
    return set(User.objects.filter(username="max").values_list("pk", flat=True))


def answers(rule: str, who: User, claim: Claim) -> bool:
    if rule == "let_out":
        return permissions.can_let_out(who, concerned_with())
    if rule == "rule_on_link":
        return permissions.can_rule_on_link(who, Link(pk=claim.pk))
    return getattr(permissions, f"can_{rule}")(*[who, claim][: 2 if rule in OF_A_CLAIM else 1])


@pytest.mark.parametrize("rule", MAY)
def test_the_answering_and_the_raising_form_of_a_rule_agree(rule: str, everybody: list[User], claim: Claim) -> None:
    for who in everybody:
        allowed = who.username in MAY[rule]
        assert rule in NOT_ASKED or answers(rule, who, claim) == allowed
        if allowed:
            CHECKS[rule](who, claim)
        else:
            with pytest.raises(NotAllowed):
                CHECKS[rule](who, claim)


def test_every_rule_of_the_file_is_in_this_table() -> None:
    for form, left_out in (("can_", NOT_ASKED), ("check_can_", set())):
        rules = {name.removeprefix(form) for name in vars(permissions) if name.startswith(form)}
        assert rules == set(MAY) - left_out
    assert set(MAY) == set(CHECKS)


def may_rule(who: User, claim: Claim) -> bool:
    """Both forms of the rule, which have to agree."""
    allowed = permissions.can_rule(who, claim)
    if allowed:
        permissions.check_can_rule(who, claim)
    else:
        with pytest.raises(NotAllowed):
            permissions.check_can_rule(who, claim)
    return allowed


def test_a_moderator_who_assessed_a_claim_leaves_the_ruling_to_the_others(
    max: User, ada: User, claims: list[Claim]
) -> None:
    assess(claims[0], max)
    assert [may_rule(max, claim) for claim in claims[:2]] == [False, True]
    assert may_rule(ada, claims[0])
    with pytest.raises(NotAllowed) as refused:
        permissions.check_can_rule(max, claims[0])
    assert str(refused.value) == "You assessed this claim yourself, so somebody else has to rule on it: ada."


def test_the_only_moderator_may_rule_on_what_they_assessed(max: User, ana: User, operator: User, claim: Claim) -> None:
    assess(claim, max)
    assert may_rule(max, claim)


def test_a_moderator_who_is_blocked_or_has_lost_the_role_is_no_other_moderator(
    max: User, ada: User, claim: Claim
) -> None:
    assess(claim, max)
    ada.is_active = False
    ada.save()
    assert may_rule(max, claim)
    ada.is_active = True
    ada.save()
    assert not may_rule(max, claim)
    ada.groups.set(Group.objects.filter(name="reviewer"))
    assert may_rule(max, claim)


def test_moderators_are_those_who_can_rule_now(
    ana: User, eve: User, max: User, ada: User, operator: User, db: None
) -> None:
    root = User.objects.create(username="root", is_superuser=True)
    gone = person("gone", "moderator")
    gone.is_active = False
    gone.save()
    assert set(permissions.moderators()) == {max, ada, root}


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
