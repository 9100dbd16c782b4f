"""Logging in and out, being kept out after too many tries, and a new password."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Receipt, User
from tests.cast import logged_in
from tests.pages.html import page_of
from tests.unit.ledger import events

PASSWORD = "correct horse battery"


@pytest.fixture
def member(ana: User) -> User:
    ana.set_password(PASSWORD)
    ana.save()
    return ana


def log_in(browser: Client, password: str = PASSWORD, username: str = "ana", **extra: Any) -> Any:
    address = extra.pop("address", "127.0.0.1")
    return browser.post("/login/", {"username": username, "password": password} | extra, REMOTE_ADDR=address)


def test_the_right_password_leads_to_the_front_page_or_to_where_one_wanted_to_go(member: User) -> None:
    assert log_in(Client()).url == "/"
    assert log_in(Client(), next="/articles/?a=1").url == "/articles/?a=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_logging_in_leads_to_no_other_site(member: User, elsewhere: str) -> None:
    assert log_in(Client(), next=elsewhere).url == "/"


def test_a_wrong_password_says_so_and_keeps_the_name_but_not_the_password(member: User) -> None:
    answer = log_in(Client(), "wrong-password-typed")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="ana"' in page
    assert "correct username and password" in page
    assert "wrong-password-typed" not in page


def test_an_unknown_name_is_answered_like_a_wrong_password(member: User) -> None:
    known, unknown = (log_in(Client(), "wrong", name).content.decode() for name in ("ana", "nobody"))

    def errors(page: str) -> str:
        return page[page.index("errorlist") : page.index("</ul>", page.index("errorlist"))]

    assert errors(known) == errors(unknown)


def test_ten_failures_lock_the_account_from_everywhere(member: User) -> None:
    for number in range(10):
        log_in(Client(), "wrong", address=f"192.0.2.{number}")
    answer = log_in(Client(), address="198.51.100.1")
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()
    assert "Wait a quarter of an hour" in answer.content.decode()


def test_ten_failures_lock_the_address_for_every_account(member: User) -> None:
    for number in range(10):
        log_in(Client(), "wrong", f"nobody{number}", address="192.0.2.7")
    assert log_in(Client(), address="192.0.2.7").status_code == 429
    assert log_in(Client(), address="192.0.2.8").status_code == 302


def test_behind_a_proxy_the_address_is_what_the_proxy_saw_and_not_what_the_visitor_claims(
    member: User, settings: Any
) -> None:
    settings.BEHIND_PROXY = True
    form = {"username": "nobody", "password": "wrong"}
    for number in range(10):
        claimed = f"198.51.100.{number}, 192.0.2.7"
        Client().post("/login/", form | {"username": f"nobody{number}"}, headers={"X-Forwarded-For": claimed})
    right = {"username": "ana", "password": PASSWORD}
    assert Client().post("/login/", right, headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.7"}).status_code == 429
    assert Client().post("/login/", right, headers={"X-Forwarded-For": "192.0.2.7, 192.0.2.8"}).status_code == 302


def test_a_few_failures_lock_nobody(member: User) -> None:
    for _ in range(9):
        assert log_in(Client(), "wrong").status_code == 200
    assert log_in(Client()).status_code == 302


def test_a_locked_account_stays_logged_in_where_it_is(member: User) -> None:
    browser = Client()
    log_in(browser)
    for number in range(12):
        log_in(Client(), "wrong", address=f"192.0.2.{number}")
    assert browser.get("/articles/").status_code == 200


def test_logging_out_takes_a_form_and_no_link(member: User) -> None:
    browser = logged_in(member)
    assert browser.get("/logout/").status_code == 405
    assert browser.get("/articles/").status_code == 200
    assert browser.post("/logout/").url == "/"
    assert browser.get("/articles/").status_code == 302


def test_logging_in_gives_a_new_session(member: User) -> None:
    browser = Client()
    browser.get("/login/")
    log_in(browser)
    first = browser.cookies["sessionid"].value
    browser.post("/logout/")
    log_in(browser)
    assert browser.cookies["sessionid"].value != first


def test_logging_in_forgets_old_receipts(member: User) -> None:
    Receipt.objects.create(
        user=member, key="00000000-0000-4000-8000-000000000000", request="", outcome={}, created_at="2020-01-01T00:00Z"
    )
    log_in(Client())
    assert not Receipt.objects.exists()


def change(browser: Client, old: str = PASSWORD, new: str = "another horse battery", again: str = "") -> Any:
    form = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return browser.post("/password/", form)


def test_a_new_password_keeps_this_session_and_ends_the_others(member: User) -> None:
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    assert change(here).url == "/"
    assert here.get("/articles/").status_code == 200
    assert there.get("/articles/").status_code == 302
    assert log_in(Client()).status_code == 200
    assert log_in(Client(), "another horse battery").status_code == 302
    assert [event.by for event in events("account.password_changed")] == [member]


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "another horse", ""),
        (PASSWORD, "short", ""),
        (PASSWORD, "password", ""),
        (PASSWORD, "one horse", "two"),
    ],
)
def test_a_refused_new_password_changes_nothing_and_shows_no_password(
    member: User, old: str, new: str, again: str
) -> None:
    browser = logged_in(member)
    answer = change(browser, old, new, again)
    assert answer.status_code == 400
    assert [field.attributes.get("value", "") for field in page_of(answer).all("input", type="password")] == [""] * 3
    assert User.objects.get(pk=member.pk).check_password(PASSWORD)
    assert not events("account.password_changed")


def test_the_page_of_somebody_without_the_role_says_what_is_missing(eve: User) -> None:
    browser = logged_in(eve)
    assert "Your role is reader" in browser.get("/articles/").content.decode()
    assert "Nothing is published yet" in browser.get("/").content.decode()


def test_the_bar_leads_only_where_one_may_go(ana: User, max: User, eve: User) -> None:
    def entries(browser: Client) -> list[str]:
        page = page_of(browser.get("/"))
        return [e.text for e in page.all("a") if any(w.tag == "nav" for w in e.within)]

    assert entries(Client()) == ["Workbench", "Stories", "Verdicts", "Method", "Log in"]
    assert entries(logged_in(eve)) == ["Workbench", "Stories", "Verdicts", "Method", "Notifications", "eve reader"]
    desk = ["Workbench", "Stories", "Queue", "Articles", "Claims", "Links", "Sources", "Method"]
    assert entries(logged_in(ana)) == [*desk, "Notifications", "ana reviewer"]
    assert {"Disputed", "Agreement", "Panel"} <= set(entries(logged_in(max)))
