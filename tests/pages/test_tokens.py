"""The page of tokens: made for oneself, shown once, revoked by their owner or an administrator."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims import audit
from claims.accounts.make_token import MOST_TOKENS, make_token
from claims.accounts.manage_account import block_account
from claims.models import ApiToken, Event, User
from claims.transfers import Scope
from claims.vocabulary import EventKind
from tests.cast import logged_in


def days(count: int) -> str:
    return f"{timezone.now().date() + timedelta(days=count):%Y-%m-%d}"


def made_on_page(browser: Client, **more: object) -> str:
    form = {"name": "nightly export", "scopes": ["read", "import"], "until": days(30)} | more
    page = browser.post("/tokens/", form)
    assert page.status_code == 201
    found = re.search(r"<output[^>]*>(cw_[\w-]{43})</output>", page.content.decode())
    assert found
    return found[1]


def a_token(of: User, name: str = "mine") -> ApiToken:
    until = timezone.now() + timedelta(days=3)
    return make_token(by=of, name=name, scopes=[Scope.READ], expires_at=until).token


def test_a_token_is_shown_once_and_only_its_hash_is_stored(ana: User) -> None:
    browser = logged_in(ana)
    token = made_on_page(browser)
    stored = ApiToken.objects.get()
    assert stored.digest == hashlib.sha256(token.encode()).hexdigest()
    assert (stored.user, stored.scopes) == (ana, ["read", "import"])
    assert stored.expires_at.date() == timezone.now().date() + timedelta(days=30)
    page = browser.get("/tokens/").content.decode()
    assert token not in page
    assert f"{stored.prefix}…" in page
    assert "nightly export" in page
    kept = f"{list(ApiToken.objects.values())}{list(Event.objects.values())}"
    assert token not in kept
    assert token[len(stored.prefix) :] not in kept


def test_making_and_revoking_are_events_that_name_no_secret(ana: User) -> None:
    browser = logged_in(ana)
    made_on_page(browser)
    token = ApiToken.objects.get()
    browser.post("/tokens/revoke", {"token": str(token.pk)})
    assert [event.kind for event in audit.events_of(token)] == [EventKind.TOKEN_REVOKED, EventKind.TOKEN_MADE]
    assert token.digest not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "Give the token a name."),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"scopes": []}, "Choose at least one thing that the token may do."),
        ({"scopes": ["everything"]}, "Choose one of the things that a token may do."),
        ({"until": ""}, "Say until which day the token works."),
        ({"until": "tomorrow"}, "This is not a day."),
        ({"until": days(-1)}, "A token ends at some time from tomorrow on"),
        ({"until": days(400)}, "and within a year"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(ana: User, sent: dict[str, object], sentence: str) -> None:
    form = {"name": "my export", "scopes": ["review"], "until": days(9)} | sent
    answer = logged_in(ana).post("/tokens/", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    if form["name"] == "my export":
        assert 'value="my export"' in page
    if "review" in str(form["scopes"]):
        assert 'value="review" checked' in page
    assert not ApiToken.objects.exists()


def test_there_is_a_most_of_tokens_that_work(ana: User) -> None:
    for number in range(MOST_TOKENS):
        a_token(ana, f"number {number}")
    form = {"name": "one more", "scopes": ["read"], "until": days(3)}
    browser = logged_in(ana)
    assert browser.post("/tokens/", form).status_code == 409
    browser.post("/tokens/revoke", {"token": str(ApiToken.objects.all()[0].pk)})
    assert browser.post("/tokens/", form).status_code == 201


def test_only_its_owner_and_administrators_end_a_token(ana: User, ben: User, max: User, ada: User) -> None:
    token = a_token(ana)
    for other in (ben, max):
        assert logged_in(other).post("/tokens/revoke", {"token": str(token.pk)}).status_code == 410
    assert ApiToken.objects.get().revoked_at is None
    assert logged_in(ada).post("/tokens/revoke", {"token": str(token.pk)}).status_code == 302
    assert ApiToken.objects.get().revoked_at is not None


def test_administrators_look_at_other_peoples_tokens_and_nobody_else_does(
    ana: User, ben: User, max: User, ada: User
) -> None:
    a_token(ana, "of ana alone")
    assert "of ana alone" in logged_in(ada).get("/tokens/?of=ana").content.decode()
    assert logged_in(ada).get("/tokens/?of=nobody").status_code == 410
    for other in (ben, max):
        assert logged_in(other).get("/tokens/?of=ana").status_code == 403
        assert "of ana alone" not in logged_in(other).get("/tokens/").content.decode()


def test_blocking_an_account_ends_its_tokens_for_good(ana: User, ada: User) -> None:
    token = a_token(ana)
    block_account(by=ada, user_id=ana.pk, reason="Left the desk.", expected_version=ana.version)
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_page_is_kept_by_nothing_in_between(ana: User) -> None:
    form = {"name": "mine", "scopes": ["read"], "until": days(3)}
    assert "no-store" in logged_in(ana).post("/tokens/", form).headers["Cache-Control"]
