"""Deeds: asked about on a page of their own, done by a room, each with its event, and a result for each row."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from claims.accounts.manage_account import block_account
from claims.models import (
    Article,
    Assessment,
    Claim,
    Correction,
    CorrectionRequest,
    Event,
    Outlet,
    Ruling,
    Story,
    User,
)
from claims.vocabulary import Label
from tests.cast import MakeArticle, logged_in, rule
from tests.pages.admin_panel import DEEDS, World, filled, list_of, one_row_of_each, page_of, select  # noqa: F401

pytestmark = pytest.mark.django_db

RULING = {"label": Label.OPINION.value, "strength": "", "reason": "", "explanation": "A matter of taste."}
# What each deed asks for, and the row that it is done to where it is not the one of the world.
TYPED: dict[tuple[str, str], dict[str, str]] = {
    ("claim", "rule"): RULING,
    ("claim", "reopen"): {"reason": "The source was another."},
    ("claim", "hide"): {"reason": "It names a child."},
    ("claim", "restore"): {"reason": "It was one after all."},
    ("link", "confirm"): {"explanation": ""},
    ("suggestion", "put-forward"): {"relation": "FRAMES_DIFFERENTLY", "reason": ""},
    ("link", "reject"): {"explanation": "Two bridges."},
    ("link", "reopen"): {"reason": "A source came to light."},
    ("flag", "answer"): {"answer": "It is ruled on now."},
    ("article", "lock"): {"reason": "The text is checked first."},
    ("article", "unlock"): {"reason": "It is as it was."},
    ("article", "withdraw"): {"reason": "The author asked for it."},
    ("story", "require"): {"needed": "3"},
    ("outlet", "describe"): {"kind": "republisher", "note": "It says so itself."},
    ("correctionrequest", "answer"): {"line": "The bridge was open."},
    ("correctionrequest", "decline"): {"reason": "It is right as it stands."},
    ("user", "change-role"): {"role": "reviewer"},
    ("user", "block"): {"reason": "Left the desk."},
}


@pytest.fixture
def client_of_max(max: User) -> Client:
    return logged_in(max)


# The row that a deed is done to, where it is not the world's first.
ROWS = {("claim", "reopen"): "ruled", ("claim", "restore"): "retired"}


KNOW_KEYS = {
    (model._meta.model_name, deed.name)
    for model, page in admin.site._registry.items()
    for deed in page.deeds
    if deed.knows_keys
}


def done_to(noun: str, deed: str, world: World) -> Any:
    return world[ROWS.get((noun, deed), noun)]


def prepared(noun: str, deed: str, world: World, ada: User, client: Client) -> dict[str, str]:
    """Bring the world's row into a state that the deed fits; what to type."""
    row = world[noun]
    if deed == "take-back":
        client.post(page_of("story", "publish"), filled(client.get(page_of("story", "publish"), {"row": str(row.pk)})))
    if deed == "unlock":
        lock = page_of("article", "lock")
        client.post(lock, filled(client.get(lock, {"row": str(row.pk)}), reason="For the test."))
    if deed == "unblock":
        block_account(by=ada, user_id=row.pk, reason="For the test.", expected_version=0)
    if (noun, deed) == ("link", "reopen"):
        confirm = page_of("link", "confirm")
        client.post(confirm, filled(client.get(confirm, {"row": str(row.pk)}), explanation=""))
    if (noun, deed) == ("suggestion", "reopen"):
        reject = page_of("suggestion", "reject")
        client.post(reject, filled(client.get(reject, {"row": str(row.pk)}), reason=""))
    if deed == "place":
        client.post(page_of(noun, "take-out"), filled(client.get(page_of(noun, "take-out"), {"row": str(row.pk)})))
        return {"story": str(world["story"].pk)}
    return TYPED.get((noun, deed), {})


@pytest.mark.parametrize(("noun", "deed"), DEEDS)
def test_a_deed_writes_one_event_and_leads_back(noun: str, deed: str, world: World, ada: User) -> None:
    client = logged_in(ada)
    typed = prepared(noun, deed, world, ada, client)
    row = done_to(noun, deed, world)
    asked = client.get(page_of(noun, deed), {"row": str(row.pk)})
    before = Event.objects.count()
    assert asked.status_code == 200
    answer = client.post(page_of(noun, deed), filled(asked, **typed))
    assert (answer.status_code, answer["Location"]) == (302, f"{list_of(noun)}{row.pk}/change/")
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("-number")[0]
    assert event.by == ada
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(("noun", "deed"), DEEDS)
def test_a_deed_that_was_done_is_not_done_again(noun: str, deed: str, world: World, ada: User) -> None:
    client = logged_in(ada)
    typed = prepared(noun, deed, world, ada, client)
    row = done_to(noun, deed, world)
    sent = filled(client.get(page_of(noun, deed), {"row": str(row.pk)}), **typed)
    client.post(page_of(noun, deed), sent)
    before = Event.objects.count()
    again = client.post(page_of(noun, deed), sent)
    assert Event.objects.count() == before
    if (noun, deed) in KNOW_KEYS:
        assert again.status_code == 302, "who presses twice is told what the first press did"


def test_claims_are_ruled_on_after_a_page_that_shows_what_reviewers_said(
    client_of_max: Client, claims: list[Claim], world: World
) -> None:
    asked = select(client_of_max, "claim", "rule", claims, "?state=disputed")
    assert [line.title for line in asked.context["lines"]] == [claims[0].exact], "the list was filtered"
    shown = asked.content.decode()
    assert "ana: Unsourced" in shown
    assert "ben: Opinion" in shown
    answer = client_of_max.post(page_of("claim", "rule"), filled(asked, **RULING))
    assert answer["Location"] == f"{list_of('claim')}?state=disputed"
    assert "ruled." in client_of_max.get(answer["Location"]).content.decode()
    assert Ruling.objects.get(claim=claims[0]).label == Label.OPINION


def test_what_one_row_is_refused_does_not_stop_the_others(
    client_of_max: Client, claims: list[Claim], max: User, world: World
) -> None:
    asked = select(client_of_max, "claim", "rule", claims[:3])
    rule(claims[1], max, Label.SOURCED, strength=4, explanation="Ruled elsewhere meanwhile.")
    before = Event.objects.count()
    answer = client_of_max.post(page_of("claim", "rule"), filled(asked, **RULING))
    assert answer.status_code == 409
    assert Event.objects.count() == before + 2
    assert [line.key for line in answer.context["lines"]] == [str(claims[1].pk)]
    shown = answer.content.decode()
    assert "Another ruling was made since this page was loaded." in shown
    assert "Ruled elsewhere meanwhile." in shown
    assert "A matter of taste." in shown
    again = client_of_max.post(page_of("claim", "rule"), filled(answer, **RULING))
    assert again.status_code == 302
    assert Ruling.objects.get(claim=claims[1]).label == Label.OPINION


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({**RULING, "strength": "3"}, "Strength 3 does not fit this label."),
        ({**RULING, "label": "SOURCED", "explanation": " "}, "Say in a sentence why you rule so"),
        ({**RULING, "label": ""}, "This field is required."),
        ({**RULING, "label": "TRUE"}, "is not one of the available choices"),
        ({**RULING, "explanation": "x" * 4_001}, "at most 4000 characters"),
        ({**RULING, "explanation": "with a \x00 in it"}, "Null characters are not allowed"),
    ],
)
def test_what_was_typed_is_kept_when_it_is_refused(
    typed: dict[str, str], why: str, client_of_max: Client, claim: Claim, world: World
) -> None:
    before = Event.objects.count()
    asked = select(client_of_max, "claim", "rule", [claim])
    answer = client_of_max.post(page_of("claim", "rule"), filled(asked, **typed))
    assert answer.status_code == 400
    assert why in answer.content.decode()
    form = answer.context["form"]
    assert {name: form[name].value() or "" for name in typed} == typed
    assert Event.objects.count() == before


def test_the_version_that_was_shown_is_the_one_that_counts(client_of_max: Client, claim: Claim, max: User) -> None:
    asked = select(client_of_max, "claim", "rule", [claim])
    rule(claim, max, Label.SOURCED)
    wrong = client_of_max.post(page_of("claim", "rule"), filled(asked, **{**RULING, "label": ""}))
    assert wrong.status_code == 400
    # Nothing has told the moderator of the other ruling yet: the old version is still what was decided on.
    assert client_of_max.post(page_of("claim", "rule"), filled(wrong, **RULING)).status_code == 409


def test_more_rows_than_can_be_looked_at_are_not_taken(
    client_of_max: Client, make_article: MakeArticle, max: User
) -> None:
    article = make_article(" ".join(f"Bridge number {number} is closed." for number in range(101)))
    claims = list(Claim.objects.filter(article=article))
    assert len(claims) == 101
    answer = select(client_of_max, "claim", "rule", claims)
    assert answer.status_code == 302
    assert "takes 100 rows at once" in client_of_max.get(answer["Location"]).content.decode()
    everything = {"action": "rule", "index": "0", "select_across": "1", "_selected_action": [str(claims[0].pk)]}
    assert client_of_max.post(list_of("claim"), everything).status_code == 302
    sent = {"row": [f"{claim.pk} 0" for claim in claims], "key": "0" * 32, **RULING}
    assert client_of_max.post(page_of("claim", "rule"), sent).status_code == 400
    assert not Ruling.objects.exists()
    fewer = select(client_of_max, "claim", "rule", claims[:100])
    assert client_of_max.post(page_of("claim", "rule"), filled(fewer, **RULING)).status_code == 302
    assert Ruling.objects.count() == 100


@pytest.mark.parametrize(
    "sent", [{}, {"row": "x"}, {"row": "x y"}, {"row": f"{0:032x}"}, {"row": f"{0:032x} -1"}, {"row": f"{0:032x} ²"}]
)
def test_a_form_without_rows_that_can_be_read_is_refused(
    sent: dict[str, str], client_of_max: Client, world: World
) -> None:
    answer = client_of_max.post(page_of("claim", "rule"), {"key": "0" * 32, **RULING, **sent})
    assert answer.status_code == 400
    assert "begin again" in answer.content.decode() or "Open it again" in answer.content.decode()


def test_a_row_that_is_gone_is_said_to_be_gone(client_of_max: Client, claim: Claim, world: World) -> None:
    asked = select(client_of_max, "claim", "rule", [claim])
    sent = filled(asked, **RULING)
    sent["row"].append("00000000-0000-8000-8000-000000000000 0")
    answer = client_of_max.post(page_of("claim", "rule"), sent)
    assert answer.status_code == 410
    assert "This is not here any more." in answer.content.decode()
    assert Ruling.objects.filter(claim=claim).exists()


def test_a_selection_that_no_list_sends_is_answered(client_of_max: Client, world: World) -> None:
    for sent in (
        {"action": "rule", "index": "0", "_selected_action": "nonsense"},
        {"action": "rule", "index": "0", "_selected_action": "9" * 30},
        {"action": "delete_selected", "index": "0", "_selected_action": str(world["claim"].pk), "post": "yes"},
        {"action": "rule", "index": "0"},
    ):
        answer = client_of_max.post(list_of("claim"), sent, follow=True)
        assert answer.status_code == 200
    assert Claim.objects.filter(pk=world["claim"].pk).exists()


@pytest.mark.parametrize("key", ["9" * 30, "-1", "²", "\x00", "x"])
def test_a_key_that_no_account_has_is_answered(key: str, ada: User, world: World) -> None:
    client = logged_in(ada)
    assert client.get(page_of("user", "block"), {"row": key}).status_code == 404
    assert client.post(page_of("user", "block"), {"row": f"{key} 0", "key": "0" * 32, "reason": "x"}).status_code == 410
    selected = {"action": "block", "index": "0", "_selected_action": key}
    assert client.post(list_of("user"), selected, follow=True).status_code == 200


def test_rows_that_a_deed_does_not_fit_are_left_out(client_of_max: Client, story: Story, world: World) -> None:
    asked = select(client_of_max, "story", "take-back", [story])
    assert asked.context["lines"] == []
    assert "It is not published." in asked.content.decode()
    before = Event.objects.count()
    forced = {"row": f"{story.pk} {story.status.version}", "key": "0" * 32}
    assert client_of_max.post(page_of("story", "take-back"), forced).status_code == 400
    assert Event.objects.count() == before


def test_a_withdrawn_article_keeps_its_pages_without_its_words(
    client_of_max: Client, world: World, claims: list[Claim]
) -> None:
    words = claims[0].exact
    asked = select(client_of_max, "article", "withdraw", [world["article"]])
    assert "removed for good" in asked.content.decode()
    client_of_max.post(page_of("article", "withdraw"), filled(asked, reason="The author asked for it."))
    assert Article.objects.get().status.withdrawn_at
    client_of_max.get("/admin/")  # says once what was withdrawn
    for noun in ("claim", "article", "assessment", "ruling"):
        for url in (
            list_of(noun),
            f"{list_of(noun)}{world[noun].pk}/change/",
            f"{list_of(noun)}{world[noun].pk}/history/",
        ):
            shown = client_of_max.get(url)
            assert shown.status_code == 200
            assert words not in shown.content.decode()
    ruling = select(client_of_max, "claim", "rule", claims)
    assert "Its article was withdrawn" in ruling.content.decode()
    assert ruling.context["lines"] == []


def test_an_outlet_is_described_on_a_page_that_shows_what_stands(client_of_max: Client, world: World) -> None:
    outlet = world["outlet"]
    first = client_of_max.get(page_of("outlet", "describe"), {"row": str(outlet.pk)})
    client_of_max.post(page_of("outlet", "describe"), filled(first, kind="republisher", note="It says so itself."))
    second = client_of_max.get(page_of("outlet", "describe"), {"row": str(outlet.pk)})
    assert (second.context["form"]["kind"].value(), second.context["form"]["note"].value()) == (
        "republisher",
        "It says so itself.",
    )
    stale = client_of_max.post(page_of("outlet", "describe"), filled(first, kind="state_media", note="My guess."))
    assert stale.status_code == 409
    assert "My guess." in stale.content.decode()
    assert Outlet.objects.get().status.kind == "republisher"


def test_a_reader_is_answered_in_public_once(client_of_max: Client, world: World) -> None:
    request = world["correctionrequest"]
    asked = client_of_max.get(page_of("correctionrequest", "answer"), {"row": str(request.pk)})
    client_of_max.post(page_of("correctionrequest", "answer"), filled(asked, line="The bridge was open."))
    assert Correction.objects.get(request=request).line == "The bridge was open."
    assert CorrectionRequest.objects.get(pk=request.pk).answered_at
    again = client_of_max.get(page_of("correctionrequest", "decline"), {"row": str(request.pk)})
    assert "It was answered already." in again.content.decode()


def test_nobody_changes_their_own_role_or_the_operators(ada: User, world: World, operator: User) -> None:
    client = logged_in(ada)
    asked = select(client, "user", "change-role", [ada, operator, world["user"]])
    answer = client.post(page_of("user", "change-role"), filled(asked, role="moderator"))
    assert answer.status_code == 409
    assert {line.title for line in answer.context["lines"]} == {"ada", "operator"}
    assert [str(User.objects.get(username=name).role) for name in ("ada", "operator", "eve")] == [
        "administrator",
        "reader",
        "moderator",
    ]


def test_deeds_of_administrators_are_refused_to_moderators(client_of_max: Client, world: World) -> None:
    for deed in ("change-role", "block", "unblock"):
        url = page_of("user", deed)
        forged: dict[str, Any] = {"row": f"{world['user'].pk} 0", "key": "0" * 32, "role": "moderator", "reason": "x"}
        assert client_of_max.get(url, {"row": str(world["user"].pk)}).status_code == 403
        assert client_of_max.post(url, forged).status_code == 403


def test_assessments_are_nobody_elses_to_change(client_of_max: Client, world: World) -> None:
    shown = client_of_max.get(list_of("assessment"))
    assert shown.context["action_form"] is None
    assert client_of_max.get(f"{list_of('assessment')}{world['assessment'].pk}/change/").context["deeds"] == []
    assert Assessment.objects.count() == 2
