"""The panel's list of tokens: whose there are, what they may do, whether they work; and nothing that opens anything."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims.accounts.make_token import digest_of, make_token
from claims.accounts.manage_account import block_account
from claims.accounts.revoke_token import revoke_token
from claims.models import ApiToken, User
from claims.transfers import Scope
from tests.cast import logged_in, person
from tests.pages.admin_panel import found, list_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tokens(ana: User, ben: User) -> dict[str, Any]:
    """Ana's: one that works, one that ran out, one that is revoked; ben's: one that works."""
    until = timezone.now() + timedelta(days=30)
    made = {
        name: make_token(by=user, name=name, scopes=[Scope.READ, Scope.REVIEW], expires_at=until)
        for name, user in (("nightly pull", ana), ("old pull", ana), ("lost laptop", ana), ("evidence", ben))
    }
    ApiToken.objects.filter(name="old pull").update(expires_at=timezone.now() - timedelta(days=1))
    revoke_token(by=ana, token_id=made["lost laptop"].token.pk)
    return made


def names(rows: list[ApiToken]) -> list[str]:
    return [row.name for row in rows]


def test_an_administrator_sees_every_token_with_the_way_to_where_it_is_revoked(tokens: Any, ada: User) -> None:
    client = logged_in(ada)
    shown = client.get(list_of("apitoken")).content.decode()
    for name, made in tokens.items():
        assert name in shown
        assert f"{made.token.prefix}…" in shown
        assert made.plain not in shown
        assert digest_of(made.plain) not in shown
    assert "read, review" in shown
    assert 'href="/tokens/?of=ana"' in shown
    page = client.get("/tokens/?of=ana").content.decode()
    assert "nightly pull" in page
    assert "/tokens/revoke" in page


def test_the_page_of_a_token_says_in_words_what_it_may_do(tokens: Any, ada: User) -> None:
    token = tokens["evidence"].token
    shown = logged_in(ada).get(f"/admin/claims/apitoken/{token.pk}/change/").content.decode()
    assert "read and export" in shown
    assert 'href="/tokens/?of=ben"' in shown
    assert token.digest not in shown


@pytest.mark.parametrize(
    ("state", "expected"),
    [("working", {"nightly pull", "evidence"}), ("over", {"old pull"}), ("revoked", {"lost laptop"})],
)
def test_tokens_are_chosen_by_whether_they_work(state: str, expected: set[str], tokens: Any, ada: User) -> None:
    assert set(names(found(logged_in(ada), "apitoken", state=state))) == expected


def test_tokens_are_found_by_the_name_of_their_person(tokens: Any, ada: User) -> None:
    client = logged_in(ada)
    assert names(found(client, "apitoken", q="ben")) == ["evidence"]
    assert names(found(client, "apitoken", q="be")) == []


def test_a_blocked_account_has_no_token_that_works(tokens: Any, ana: User, ada: User) -> None:
    block_account(by=ada, user_id=ana.pk, reason="Left the desk.", expected_version=ana.version)
    assert set(names(found(logged_in(ada), "apitoken", state="working"))) == {"evidence"}


def test_a_name_that_would_break_an_address_is_written_as_one(ada: User) -> None:
    odd = person("o+dd@x", "reviewer")
    make_token(by=odd, name="x", scopes=[Scope.READ], expires_at=timezone.now() + timedelta(days=1))
    client = logged_in(ada)
    assert 'href="/tokens/?of=o%2Bdd%40x"' in client.get(list_of("apitoken")).content.decode()
    assert client.get("/tokens/?of=o%2Bdd%40x").status_code == 200


def test_moderators_do_not_find_it(tokens: Any, max: User) -> None:
    client = logged_in(max)
    assert client.get(list_of("apitoken")).status_code == 403
    assert "apitoken" not in client.get("/admin/").content.decode()
