"""Accounts: made, given a role, blocked and let in again by administrators; passwords changed by their owners."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from claims.accounts.demo_accounts import CAST, create_demo_accounts
from claims.accounts.manage_account import (
    block_account,
    change_password,
    change_role,
    create_account,
    unblock_account,
)
from claims.management.commands import create_account as command
from claims.models import User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.vocabulary import Role
from tests.cast import logged_in
from tests.unit.ledger import event_count, events, stored_text

PASSWORD = "correct horse battery"


def version_of(pk: int) -> int:
    return User.objects.filter(pk=pk).values_list("version", flat=True).first() or 0


def make(by: User, username: str = "ida", password: str = PASSWORD, role: Role = Role.REVIEWER) -> User:
    return create_account(by=by, username=username, password=password, role=role)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_an_account_is_made_with_its_role_and_one_event(ada: User) -> None:
    made = make(ada)
    assert again(made).role == Role.REVIEWER
    assert made.check_password(PASSWORD)
    (event,) = events("account.created")
    assert (event.by, event.after) == (ada, {"username": "ida", "role": "reviewer"})


def test_no_password_is_ever_in_the_database(ada: User) -> None:
    change_password(by=make(ada), password="another horse battery")
    left = stored_text()
    assert PASSWORD not in left
    assert "another horse battery" not in left


def test_the_operator_makes_the_first_administrator(operator: User) -> None:
    assert again(make(operator, role=Role.ADMINISTRATOR)).role == Role.ADMINISTRATOR


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("", PASSWORD),
        ("ada", PASSWORD),  # taken
        ("operator", PASSWORD),
        ("a b", PASSWORD),
        ("<script>", PASSWORD),
        ("a\x00b", PASSWORD),
        ("a\ud800b", PASSWORD),
        ("x" * 151, PASSWORD),
        ("ida", "short"),
        ("ida", "password"),
        ("ida", "12345678901"),
        ("ida-brook", "ida-brook-1"),
        ("ida", ""),
    ],
)
def test_a_bad_name_or_a_weak_password_is_refused(ada: User, username: str, password: str) -> None:
    before = User.objects.count(), event_count()
    with pytest.raises(Invalid) as refused:
        make(ada, username, password)
    assert str(refused.value)
    assert (User.objects.count(), event_count()) == before


def test_only_administrators_manage_accounts(max: User, ana: User, eve: User) -> None:
    deeds: list[Callable[[User], Any]] = [
        make,
        lambda by: change_role(by=by, user_id=eve.pk, role=Role.ADMINISTRATOR, expected_version=version_of(eve.pk)),
        lambda by: block_account(by=by, user_id=eve.pk, reason="So.", expected_version=version_of(eve.pk)),
        lambda by: unblock_account(by=by, user_id=eve.pk, expected_version=version_of(eve.pk)),
    ]
    before = event_count()
    for by in (max, ana, eve):
        for deed in deeds:
            with pytest.raises(NotAllowed, match="only an administrator may"):
                deed(by)
    assert event_count() == before


def test_a_role_changes_with_an_event_that_says_from_what_to_what(ada: User, ana: User) -> None:
    change_role(by=ada, user_id=ana.pk, role=Role.MODERATOR, expected_version=version_of(ana.pk))
    assert again(ana).role == Role.MODERATOR
    change_role(by=ada, user_id=ana.pk, role=Role.READER, expected_version=version_of(ana.pk))
    assert again(ana).role == Role.READER
    assert [(event.before["role"], event.after["role"]) for event in events("account.role_changed")] == [
        ("reviewer", "moderator"),
        ("moderator", "reader"),
    ]


def test_the_role_that_somebody_has_already_is_no_event(ada: User, ana: User) -> None:
    before = event_count()
    change_role(by=ada, user_id=ana.pk, role=Role.REVIEWER, expected_version=version_of(ana.pk))
    assert event_count() == before


def test_a_role_change_takes_effect_with_the_next_request(ada: User, ana: User, eve: User) -> None:
    browser, readers = logged_in(ana), logged_in(eve)
    assert browser.get("/articles/").status_code == 200
    assert readers.get("/articles/").status_code == 403
    change_role(by=ada, user_id=ana.pk, role=Role.READER, expected_version=version_of(ana.pk))
    change_role(by=ada, user_id=eve.pk, role=Role.REVIEWER, expected_version=version_of(eve.pk))
    assert browser.get("/articles/").status_code == 403
    assert readers.get("/articles/").status_code == 200


def test_a_superuser_made_by_django_can_be_given_a_lower_role(ada: User) -> None:
    root = User.objects.create_superuser("root")
    assert root.role == Role.ADMINISTRATOR
    change_role(by=ada, user_id=root.pk, role=Role.REVIEWER, expected_version=version_of(root.pk))
    assert again(root).role == Role.REVIEWER


def test_a_blocked_account_is_out_with_its_next_request_and_its_work_stays(ada: User, ana: User) -> None:
    browser = logged_in(ana)
    assert browser.get("/articles/").status_code == 200
    block_account(by=ada, user_id=ana.pk, reason=" Left the desk. ", expected_version=version_of(ana.pk))
    answer = browser.get("/articles/")
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")
    (event,) = events("account.blocked")
    assert (event.by, event.reason) == (ada, "Left the desk.")
    assert User.objects.filter(pk=ana.pk).exists()


def test_a_blocked_account_cannot_log_in_until_it_is_unblocked(ada: User) -> None:
    made = make(ada)
    block_account(by=ada, user_id=made.pk, reason="So.", expected_version=version_of(made.pk))
    form = {"username": "ida", "password": PASSWORD}
    assert Client().post("/login/", form).status_code == 200  # the form again, with a refusal
    unblock_account(by=ada, user_id=made.pk, expected_version=version_of(made.pk))
    assert Client().post("/login/", form).status_code == 302
    assert [event.kind for event in events()][-2:] == ["account.blocked", "account.unblocked"]


def test_the_role_of_a_blocked_account_can_be_taken_away(ada: User, max: User) -> None:
    block_account(by=ada, user_id=max.pk, reason="So.", expected_version=version_of(max.pk))
    change_role(by=ada, user_id=max.pk, role=Role.READER, expected_version=version_of(max.pk))
    unblock_account(by=ada, user_id=max.pk, expected_version=version_of(max.pk))
    assert again(max).role == Role.READER


def test_blocking_twice_is_one_event_and_needs_a_reason(ada: User, ana: User) -> None:
    for reason in ("", " ", "x" * 1_001, "a\x00b"):
        with pytest.raises(Invalid):
            block_account(by=ada, user_id=ana.pk, reason=reason, expected_version=version_of(ana.pk))
    block_account(by=ada, user_id=ana.pk, reason="So.", expected_version=version_of(ana.pk))
    block_account(by=ada, user_id=ana.pk, reason="So.", expected_version=version_of(ana.pk))
    assert len(events("account.blocked")) == 1


def test_nobody_locks_themselves_out_and_nobody_changes_the_operator(ada: User, operator: User) -> None:
    for user, sentence in ((ada, "your own account"), (operator, "what commands act as")):
        for deed in (
            lambda pk: change_role(by=ada, user_id=pk, role=Role.READER, expected_version=version_of(pk)),
            lambda pk: block_account(by=ada, user_id=pk, reason="So.", expected_version=version_of(pk)),
            lambda pk: unblock_account(by=ada, user_id=pk, expected_version=version_of(pk)),
        ):
            with pytest.raises(Conflict, match=sentence):
                deed(user.pk)
    assert again(ada).role == Role.ADMINISTRATOR


def test_an_account_that_is_not_there_is_gone(ada: User) -> None:
    with pytest.raises(Gone, match="no such account"):
        change_role(by=ada, user_id=10**9, role=Role.READER, expected_version=version_of(10**9))


def test_a_new_password_is_one_event_and_ends_other_sessions(ada: User) -> None:
    made = make(ada)
    other = Client()
    other.post("/login/", {"username": "ida", "password": PASSWORD})
    assert other.get("/articles/").status_code == 200
    change_password(by=again(made), password="another horse battery")
    assert other.get("/articles/").status_code == 302
    (event,) = events("account.password_changed")
    assert (event.by, event.before, event.after) == (made, None, None)


def test_a_weak_new_password_is_refused(ana: User) -> None:
    for weak in ("short", "password", "1234567890"):
        with pytest.raises(Invalid):
            change_password(by=ana, password=weak)
    assert not events("account.password_changed")


def test_the_command_makes_an_account_and_asks_for_the_password(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "getpass", lambda prompt: PASSWORD)
    out = StringIO()
    call_command("create_account", "ida", "moderator", stdout=out)
    assert out.getvalue() == "Made ida, moderator.\n"
    assert User.objects.get(username="ida").role == Role.MODERATOR
    with pytest.raises(CommandError, match="already exists"):
        call_command("create_account", "ida", "moderator")
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("create_account", "eva", "reader")


def test_demo_accounts_exist_in_development_only(operator: User) -> None:
    before = User.objects.count()
    with pytest.raises(NotAllowed, match="development only"):
        create_demo_accounts(by=operator)
    with pytest.raises(CommandError, match="development only"):
        call_command("demo")
    assert User.objects.count() == before


def test_the_demo_makes_each_account_once_writes_an_event_for_each_and_prints_how_to_log_in(
    operator: User, settings: Any
) -> None:
    settings.DEBUG = True
    said = []
    for _ in range(2):
        out = StringIO()
        call_command("demo", stdout=out)
        said.append(out.getvalue())
    assert said[0] == said[1]
    made = events("account.created")
    assert [event.after["username"] for event in made] == list(CAST)
    assert all(event.by == operator and event.after["demo"] for event in made)
    for name, role in CAST.items():
        user = User.objects.get(username=name)
        assert user.role == role
        password = next(line.split()[-1] for line in said[0].splitlines() if f" {name} " in line)
        assert user.check_password(password)


def test_a_demo_does_not_take_over_an_account_of_that_name(ana: User, operator: User, settings: Any) -> None:
    settings.DEBUG = True
    ana.set_password(PASSWORD)
    ana.save()
    create_demo_accounts(by=operator)
    assert again(ana).check_password(PASSWORD)


def test_only_the_operator_makes_demo_accounts(max: User, settings: Any) -> None:
    settings.DEBUG = True
    with pytest.raises(NotAllowed):
        create_demo_accounts(by=max)
