"""Who may open what in the panel: every address, every role, asked and sent."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.forms.models import model_to_dict
from django.test import Client

from claims.models import Event, Outlet, User
from tests.cast import logged_in
from tests.pages.admin_panel import (
    DEEDS,
    NOUNS,
    TAKES_A_ROW,
    World,
    address,
    noun_of,
    one_row_of_each,  # noqa: F401
    page_of,
)

pytestmark = pytest.mark.django_db

Roles = dict[str, Client]
DEED_NAMES = {f"claims_{noun}_{deed}" for noun, deed in DEEDS}
# Leads to the workbench's own page, whoever asks.
ELSEWHERE = "login"
FOR_ADMINISTRATORS = {"user", "apitoken"}
ODD = {"logout": 405, "app_list": 302, "password_change": 302, "password_change_done": 302}


def names_about(noun: str) -> list[str]:
    return [name for name in TAKES_A_ROW if noun_of(name) == noun and name != ELSEWHERE]


def expected(name: str, role: str) -> int:
    if role == "anonymous":
        return 302
    if (
        role in {"eve", "ana"}
        or name.endswith(("_add", "_delete"))
        or (noun_of(name) in FOR_ADMINISTRATORS and role != "ada")
    ):
        return 403
    # A deed's page is about a row, and the address alone names none.
    return ODD.get(name, 404 if name in DEED_NAMES else 200)


@pytest.fixture
def roles(world: World) -> Roles:
    people = {user.username: logged_in(user) for user in User.objects.filter(username__in=["ana", "eve", "max", "ada"])}
    return {"anonymous": Client(), **people}


@pytest.fixture(autouse=True)
def _nothing_is_written(world: World) -> Iterator[None]:
    before = Event.objects.count(), accounts()
    yield
    assert (Event.objects.count(), accounts()) == before


def accounts() -> list[dict[str, Any]]:
    return [model_to_dict(user, exclude=["last_login"]) for user in User.objects.order_by("pk")]


@pytest.mark.parametrize("noun", [*NOUNS, ""])
def test_an_address_answers_each_role_as_it_should(noun: str, roles: Roles, world: World) -> None:
    about = [(name, role) for name in names_about(noun) for role in roles]
    answers = {(name, role): roles[role].get(address(name, world)).status_code for name, role in about}
    assert answers == {(name, role): expected(name, role) for name, role in about}


@pytest.mark.parametrize("noun", [*NOUNS, ""])
def test_who_may_not_open_a_page_can_send_nothing_to_it(noun: str, roles: Roles, world: World) -> None:
    forged = {"is_superuser": "on", "password": "x", "row": f"{world['user'].pk} 0", "role": "administrator"}
    shut_out = ["anonymous", "eve", "ana", *(["max"] if noun in FOR_ADMINISTRATORS else [])]
    about = [(name, role) for name in names_about(noun) for role in shut_out]
    answers = {(name, role): roles[role].post(address(name, world), forged).status_code for name, role in about}
    assert answers == dict.fromkeys(about, 403)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_form_that_nobody_was_shown_changes_nothing(noun: str, roles: Roles, world: World) -> None:
    row = world[noun]
    before = model_to_dict(row, exclude=["last_login"])
    of_django = {"is_superuser": "on", "is_staff": "on", "password": "x", "state": "ruled", "post": "yes", "_save": "1"}
    for page in ("change", "add", "delete"):
        answer = roles["ada"].post(address(f"claims_{noun}_{page}", world), dict.fromkeys(before, "1") | of_django)
        assert answer.status_code == 403
    row.refresh_from_db()
    assert model_to_dict(row, exclude=["last_login"]) == before


def test_the_panel_holds_its_own_pages_only() -> None:
    admin.site.register(Group, admin.ModelAdmin)
    assert Group not in admin.site._registry


def test_a_reviewer_reads_why_and_is_not_sent_in_circles(roles: Roles) -> None:
    answer = roles["ana"].get("/admin/")
    assert answer.status_code == 403
    assert "Your role is reviewer, and only a moderator may open the moderators" in answer.content.decode()


def test_who_opens_a_form_that_the_panel_does_not_have_reads_why(roles: Roles) -> None:
    for url in ("/admin/claims/claim/add/", "/admin/claims/user/"):
        answer = roles["max"].get(url)
        assert answer.status_code == 403
        assert "The panel does not offer you this." in answer.content.decode()


def test_who_is_not_logged_in_is_sent_to_do_so_and_back() -> None:
    for url in ("/admin/claims/claim/", "/admin/login/?next=/admin/claims/claim/"):
        answer = Client().get(url)
        assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/admin/claims/claim/")


def test_the_flag_for_staff_of_django_opens_nothing(ana: User, roles: Roles) -> None:
    User.objects.filter(pk=ana.pk).update(is_staff=True)
    assert roles["ana"].get("/admin/").status_code == 403
    User.objects.filter(pk=ana.pk).update(is_staff=False)


def test_a_moderator_is_not_offered_the_accounts(roles: Roles) -> None:
    assert "/admin/claims/user/" not in roles["max"].get("/admin/").content.decode()
    assert "/admin/claims/user/" in roles["ada"].get("/admin/").content.decode()


@pytest.mark.parametrize("page", ["changelist", "change", "history"])
def test_no_page_shows_a_password_or_an_address(page: str, roles: Roles, world: World) -> None:
    User.objects.filter(pk=world["user"].pk).update(password="md5$canary$hash", email="canary@example.org")
    shown = roles["ada"].get(address(f"claims_user_{page}", world)).content.decode()
    User.objects.filter(pk=world["user"].pk).update(password="!", email="")
    assert "eve" in shown
    assert "canary" not in shown


@pytest.mark.parametrize(
    "question",
    [
        "user/?password__startswith=md5", "user/?email__contains=a", "user/?is_superuser__exact=1",
        "assessment/?reviewer__password__startswith=md5", "event/?by__email__startswith=a", "claim/?_to_field=exact",
        "apitoken/?digest__startswith=a", "apitoken/?user__password__startswith=md5",
        "ruling/?by__password__contains=a", "outlet/?status__note__contains=a", "user/?groups__name=moderator",
    ],
)  # fmt: skip
def test_lists_answer_only_the_questions_that_they_offer(question: str, roles: Roles) -> None:
    assert roles["ada"].get(f"/admin/claims/{question}").status_code == 400


def test_an_outlet_has_no_form_that_django_would_save(roles: Roles, world: World) -> None:
    assert "_save" not in roles["max"].get(address("claims_outlet_change", world)).content.decode()
    assert roles["max"].get(page_of("outlet", "describe"), {"row": str(world["outlet"].pk)}).status_code == 200
    assert Outlet.objects.get().status.version == 0
