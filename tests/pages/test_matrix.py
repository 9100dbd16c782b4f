"""Every address that the resolver knows, every method, every role: one answer each, and no refusal has an effect.

An address without a row fails: the workbench's own pages have theirs in `test_permissions.TABLE`, the panel's here.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from claims.accounts.manage_account import block_account
from claims.models import User
from tests.cast import logged_in, person
from tests.pages.admin_panel import World, one_row_of_each  # noqa: F401
from tests.pages.test_permissions import TABLE
from tests.unit import ledger

pytestmark = pytest.mark.django_db

Row = tuple[tuple[int, ...], tuple[int, ...]]

# The blocked one is logged in, and has moderated until a moment ago.
VISITORS = ("anonymous", "blocked", "eve", "ana", "max", "ada")
SEE, SENT = (302, 302, 403, 403, 200, 200), (403, 403, 403, 403, 200, 200)
LED_ON, LED_ON_SENT = (302, 302, 403, 403, 302, 302), (403, 403, 403, 403, 302, 302)
NOBODY, NOBODY_SENDS = (302, 302, 403, 403, 403, 403), (403,) * 6
# {kind of page: (what GET gives to each visitor, what an empty POST gives)}; a page that is only read takes a POST for
# a GET, and has no effect.
PANEL: dict[str, Row] = {
    "index": (SEE, SENT),
    "login": ((302,) * 6, (302,) * 6),
    "logout": ((302, 302, 403, 403, 405, 405), LED_ON_SENT),
    "password_change": (LED_ON, LED_ON_SENT),
    "password_change_done": (LED_ON, LED_ON_SENT),
    "jsi18n": (SEE, (403, 403, 403, 403, 405, 405)),
    "upkeep": (SEE, (403, 403, 403, 403, 405, 405)),
    "app_list": (LED_ON, LED_ON_SENT),
    "changelist": (SEE, SENT),
    "history": (SEE, SENT),
    "change": (SEE, NOBODY_SENDS),
    "add": (NOBODY, NOBODY_SENDS),
    "delete": (NOBODY, NOBODY_SENDS),
    # A deed is about rows, and the address names none.
    "deed": ((302, 302, 403, 403, 404, 404), (403, 403, 403, 403, 400, 400)),
    # Django's old address of a row, and everything that is no page.
    "row": (LED_ON, LED_ON_SENT),
    "nothing": ((302, 302, 403, 403, 404, 404), (403, 403, 403, 403, 404, 404)),
}
# Rows of TABLE that say something else of the panel's world: a claim waits for a ruling.
ELSEWHERE: dict[str, Row] = {"adjudicate-next": ((302, 403, 403, 302, 302), (405,) * 5)}
# {what is listed: its deeds}
NOUNS: dict[str, set[str]] = {
    "article": {"place", "take-out", "lock", "unlock", "withdraw"},
    "assessment": set(),
    "assignment": set(),
    "calibration": set(),
    "claim": {"rule", "reopen", "hide", "restore"},
    "comment": set(),
    "correction": set(),
    "correctionrequest": {"answer", "decline"},
    "apitoken": set(),
    "event": set(),
    "flag": {"answer"},
    "job": {"cancel"},
    "link": {"confirm", "reject", "reopen"},
    "outlet": {"describe"},
    "retirement": set(),
    "ruling": set(),
    "story": {"publish", "take-back", "require"},
    "suggestion": {"put-forward", "reject", "reopen"},
    "user": {"change-role", "block", "unblock"},
}
FOR_ADMINISTRATORS = {"user", "apitoken"}
OF_A_NOUN = {"changelist", "history", "change", "add", "delete", "row", "deed"}
OTHER_METHODS = ("put", "patch", "delete", "options")
PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Address:
    """One address as the resolver has it: `route` with its parts unfilled, `name` "" where it has none."""

    route: str
    name: str

    @property
    def in_panel(self) -> bool:
        return self.route.startswith("admin/")

    @property
    def noun(self) -> str:
        """What the panel's page is about, "" for a page of the whole panel."""
        found = re.match(r"admin/claims/(\w+)/", self.route)
        return found[1] if found else ""

    @property
    def kind(self) -> str:
        """The row of PANEL."""
        if not self.name:
            return "row" if self.noun else "nothing"
        page = self.name.removeprefix(f"claims_{self.noun}_")
        return "deed" if page in NOUNS.get(self.noun, set()) else page


def addresses(patterns: list[Any], before: str = "") -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(route, str(pattern.name or ""))
        else:
            yield from addresses(pattern.url_patterns, route)


# The API's addresses have a table of their own: tests/api/test_permissions.py.
ALL = [one for one in addresses(get_resolver().url_patterns) if not one.route.startswith("api/")]


def row_of(address: Address) -> Row:
    """What each of VISITORS gets."""
    if not address.in_panel:
        get, post = ELSEWHERE.get(address.name, TABLE[address.name])
        return (get[0], *get), (post[0], *post)
    get, post = PANEL[address.kind]
    if address.noun in FOR_ADMINISTRATORS and address.kind in OF_A_NOUN - {"row"}:
        return (*get[:4], 403, get[5]), (*post[:4], 403, post[5])
    return get, post


def filled_in(address: Address, world: World) -> str:
    """The address with the world's rows in it."""
    parts = {
        "story_id": world["story"].pk,
        "article_id": world["article"].pk,
        "claim_id": world["claim"].pk,
        "revision_id": world["claim"].revision_id,
        "source_id": world["source"].pk,
        "outlet_id": world["outlet"].pk,
        "link_id": world["link"].pk,
        "other_id": world["ruled"].pk,
        "job_id": world["importitem"].job_id,
        "item_id": world["importitem"].pk,
        "object_id": world[address.noun].pk if address.noun else "",
        "app_label": "claims",
        "url": "nothing/here/",
    }
    return "/" + PART.sub(lambda found: str(parts[found[1] or found[2]]), address.route).translate({94: None, 36: None})


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are logged, each with its warning; what is looked at here is the answers."""
    logger = logging.getLogger("django.request")
    was, logger.disabled = logger.disabled, True
    yield
    logger.disabled = was


@pytest.fixture
def browser(request: pytest.FixtureRequest, world: World, ada: User) -> Any:
    """`browser("ana")`: a browser of that visitor's, logged in if they ever could."""
    cleo = person("cleo", "moderator")
    blocked = logged_in(cleo)
    block_account(by=ada, user_id=cleo.pk, reason="Left the desk.", expected_version=0)

    def of(visitor: str) -> Client:
        if visitor in {"anonymous", "blocked"}:
            return Client() if visitor == "anonymous" else blocked
        return logged_in(request.getfixturevalue(visitor))

    return of


def body(answer: Any) -> Any:
    """Read the answer to its end, as a browser would: a streamed one does its work only then."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    own, panel = ([one for one in ALL if one.in_panel == wanted] for wanted in (False, True))
    assert {one.name for one in own} == set(TABLE)
    assert {one.kind for one in panel} == set(PANEL)
    assert {one.noun for one in panel} == {"", *NOUNS}
    deeds = {(one.noun, one.name.removeprefix(f"claims_{one.noun}_")) for one in panel if one.kind == "deed"}
    assert deeds == {(noun, deed) for noun, offered in NOUNS.items() for deed in offered}
    assert all(one.noun for one in panel if one.kind in OF_A_NOUN)
    assert len({one.route for one in ALL}) == len(ALL)


@pytest.mark.parametrize("route", ["admin/claims/claim/erase/", "admin/claims/lease/", "admin/erase/", "erase/"])
def test_an_address_without_a_row_would_be_seen(route: str) -> None:
    name = {"admin/claims/claim/erase/": "claims_claim_erase", "admin/claims/lease/": "claims_lease_changelist"}
    new = Address(route, name.get(route, "erase"))
    assert new.noun not in {"", *NOUNS} or new.kind not in PANEL
    assert new.name not in TABLE


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_visitor_gets_what_the_row_says_and_nothing_but_that(visitor: str, browser: Any, world: World) -> None:
    mine, place = browser(visitor), VISITORS.index(visitor)
    before = ledger.event_count(), ledger.dump(ledger.tables())
    wrong = []
    for address in ALL:
        url = filled_in(address, world)
        get, post = (row[place] for row in row_of(address))
        asked = [("get", get), ("head", get), *((method, 405) for method in OTHER_METHODS)]
        # What has an effect is done by others below.
        asked += [("post", post)] if post >= 400 else []
        for method, due in asked:
            answer = getattr(mine, method)(url)
            body(answer)
            if answer.status_code != due:
                wrong.append((method, url, answer.status_code, due))
    assert wrong == []
    assert (ledger.event_count(), ledger.dump(ledger.tables())) == before


@pytest.mark.parametrize("visitor", VISITORS)
def test_an_empty_form_that_is_answered_leaves_no_event(visitor: str, browser: Any, world: World) -> None:
    place, events = VISITORS.index(visitor), ledger.event_count()
    wrong, done = [], 0
    mine = browser(visitor)
    for address in ALL:
        due = row_of(address)[1][place]
        if due >= 400:
            continue
        done += 1
        url = filled_in(address, world)
        who = browser(visitor) if address.name == "logout" else mine
        answer = who.post(url).status_code
        if answer != due:
            wrong.append((url, answer, due))
    assert wrong == []
    assert done
    assert ledger.event_count() == events


def test_no_form_is_taken_without_the_token_of_its_page(browser: Any, world: World) -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = browser("ada").cookies
    before = ledger.event_count(), ledger.dump(ledger.tables())
    answers = {address.route: guarded.post(filled_in(address, world)).status_code for address in ALL}
    refused = {route for route, code in answers.items() if code in {403, 405}}
    assert [(route, answers[route]) for route in answers if route not in refused] == []
    assert (ledger.event_count(), ledger.dump(ledger.tables())) == before


@pytest.mark.parametrize("password", ["", "!", "operator", "demo-operator-administrator"])
def test_the_operator_logs_in_with_no_password(password: str, operator: User) -> None:
    visitor = Client()
    answer = visitor.post("/login/", {"username": operator.username, "password": password})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
    assert visitor.get("/claims/").status_code == 302


def test_a_session_of_the_operators_opens_nothing(operator: User) -> None:
    stolen = logged_in(operator)
    for url in ("/claims/", "/admin/", "/password/"):
        assert stolen.get(url)["Location"].startswith("/login/")
