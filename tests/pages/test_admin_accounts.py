"""Accounts over HTTP: who is blocked is out with the next request, and a role holds from the next request on."""

from uuid import uuid4

import pytest
from django.test import Client

from claims.models import Assessment, Claim, Event, User
from claims.vocabulary import Label
from tests.cast import logged_in, rule
from tests.pages.admin_panel import (
    World,
    address,
    filled,
    list_of,
    one_row_of_each,  # noqa: F401
    page_of,
)
from tests.unit import ledger

pytestmark = pytest.mark.django_db


def send(client: Client, deed: str, user: User, **typed: str) -> int:
    """What an administrator does to an account in the panel."""
    asked = client.get(page_of("user", deed), {"row": str(user.pk)})
    return int(client.post(page_of("user", deed), filled(asked, **typed)).status_code)


def label(browser: Client, claim: Claim) -> int:
    form = {"label": "OPINION", "version": 0, "key": str(uuid4())}
    return int(browser.post(f"/claims/{claim.pk}/assess", form).status_code)


def test_a_blocked_reviewers_open_session_ends_with_the_next_request(ana: User, ada: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    assert browser.get("/claims/").status_code == 200
    assert label(browser, claims[0]) == 302
    assert send(logged_in(ada), "block", ana, reason="Left the desk.") == 302
    before = ledger.event_count(), ledger.dump(ledger.tables())
    for url in ("/claims/", "/claims.csv", f"/articles/{claims[0].article_id}/", "/password/", "/notifications/"):
        assert browser.get(url)["Location"].startswith("/login/"), url
    assert label(browser, claims[1]) == 403
    assert browser.post(f"/claims/{claims[0].pk}/flag", {"reason": "Look.", "key": str(uuid4())}).status_code == 403
    assert (ledger.event_count(), ledger.dump(ledger.tables())) == before
    assert Assessment.objects.get().reviewer == ana, "the work stays"


def test_a_blocked_moderators_open_session_opens_the_panel_no_more(max: User, ada: User, claim: Claim) -> None:
    browser = logged_in(max)
    asked = browser.get(page_of("claim", "hide"), {"row": str(claim.pk)})
    assert asked.status_code == 200
    assert send(logged_in(ada), "block", max, reason="Left the desk.") == 302
    before = ledger.event_count(), ledger.dump(ledger.tables())
    assert browser.get("/admin/")["Location"].startswith("/login/")
    assert browser.get(list_of("claim"))["Location"].startswith("/login/")
    assert browser.post(page_of("claim", "hide"), filled(asked, reason="Out of spite.")).status_code == 403
    assert (ledger.event_count(), ledger.dump(ledger.tables())) == before


def test_an_old_session_does_not_come_back_with_the_account(ana: User, ada: User) -> None:
    old, administrator = logged_in(ana), logged_in(ada)
    send(administrator, "block", ana, reason="Left the desk.")
    send(administrator, "unblock", ana)
    assert old.get("/articles/").status_code == 302
    assert logged_in(User.objects.get(pk=ana.pk)).get("/articles/").status_code == 200


def test_who_is_blocked_cannot_log_in(ana: User, ada: User) -> None:
    ana.set_password("correct horse")
    ana.save()
    send(logged_in(ada), "block", ana, reason="Left the desk.")
    answer = Client().post("/login/", {"username": "ana", "password": "correct horse"})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("word", ["granted", "taken"])
def test_a_role_holds_from_the_next_request_of_a_running_session_on(
    word: str, ana: User, eve: User, ada: User, claims: list[Claim]
) -> None:
    person, role, before, after = (eve, "moderator", 403, 200) if word == "granted" else (ana, "reader", 200, 403)
    browser = logged_in(person)
    assert browser.get("/claims/").status_code == before
    assert send(logged_in(ada), "change-role", person, role=role) == 302
    assert browser.get("/claims/").status_code == after
    assert label(browser, claims[0]) == (302 if after == 200 else 403)
    assert browser.get("/admin/").status_code == after
    event = Event.objects.get(kind="account.role_changed")
    assert (event.by, event.target_id) == (ada, str(person.pk))


def test_a_moderators_role_that_is_taken_closes_the_panel_in_mid_deed(max: User, ada: User, claim: Claim) -> None:
    browser = logged_in(max)
    asked = browser.get(page_of("claim", "hide"), {"row": str(claim.pk)})
    assert send(logged_in(ada), "change-role", max, role="reviewer") == 302
    before = ledger.event_count()
    assert browser.post(page_of("claim", "hide"), filled(asked, reason="Too late.")).status_code == 403
    assert browser.get("/admin/").status_code == 403
    assert browser.get("/claims/").status_code == 200
    assert ledger.event_count() == before


def test_two_administrators_do_not_overrule_each_other_unseen(eve: User, ada: User) -> None:
    client = logged_in(ada)
    asked = client.get(page_of("user", "change-role"), {"row": str(eve.pk)})
    send(client, "change-role", eve, role="reviewer")
    answer = client.post(page_of("user", "change-role"), filled(asked, role="moderator"))
    assert answer.status_code == 409
    assert "Another administrator has changed this account" in answer.content.decode()
    assert User.objects.get(pk=eve.pk).granted == "reviewer"


def test_the_work_of_somebody_blocked_is_marked_wherever_they_are_named(
    world: World, ana: User, ada: User, max: User
) -> None:
    client = logged_in(ada)
    pages = [
        *(address(f"claims_{noun}_{page}", world) for noun in ("flag", "comment") for page in ("change", "changelist")),
        f"{list_of('assessment')}?q=ana",
        f"{list_of('assessment')}{Assessment.objects.get(reviewer=ana).pk}/change/",
        address("claims_claim_change", world),
        f"{page_of('claim', 'rule')}?row={world['claim'].pk}",
        f"{list_of('event')}?q=ana",
        address("claims_claim_history", world),
    ]
    assert [page for page in pages if "ana (blocked)" in client.get(page).content.decode()] == []
    send(client, "block", ana, reason="Left the desk.")
    client.get("/admin/")  # says once who was blocked
    assert [page for page in pages if "ana (blocked)" not in client.get(page).content.decode()] == []
    send(client, "unblock", ana)
    client.get("/admin/")
    assert [page for page in pages if "ana (blocked)" in client.get(page).content.decode()] == []


def test_so_is_the_work_of_a_moderator(world: World, max: User, ada: User, ben: User) -> None:
    client = logged_in(ada)
    rule(world["claim"], max, Label.OPINION)
    send(client, "block", max, reason="Left the desk.")
    client.get("/admin/")
    for noun in ("ruling", "correction", "assignment", "retirement", "calibration"):
        for page in ("change", "changelist"):
            assert "max (blocked)" in client.get(address(f"claims_{noun}_{page}", world)).content.decode()
