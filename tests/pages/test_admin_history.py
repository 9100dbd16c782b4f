"""The history of a row is the workbench's own log, and there is no second one."""

import pytest
from django.contrib.admin.models import LogEntry

from claims.admin import history
from claims.admin.event import TARGET_TYPES
from claims.models import Event, User
from tests.cast import assess, logged_in
from tests.pages.admin_panel import NOUNS, World, address, filled, one_row_of_each, page_of  # noqa: F401

pytestmark = pytest.mark.django_db


def test_a_claims_history_tells_who_did_what_newest_first(max: User, world: World) -> None:
    answer = logged_in(max).get(address("claims_claim_history", world))
    entries = answer.context["entries"]
    told = [(entry.by, entry.event.kind) for entry in entries]
    assert told[0] == ("max", "claim.calibration_set")
    assert told[-2:] == [("ben", "claim.assessed"), ("ana", "claim.assessed")]
    assert ("label", "–", "UNSOURCED") in entries[-1].changes
    assert "canary of a note" in answer.content.decode()


def test_what_stayed_the_same_is_no_change(max: User, ana: User, world: World) -> None:
    assess(world["claim"], ana, note="another note")
    newest = logged_in(max).get(address("claims_claim_history", world)).context["entries"][0]
    assert [name for name, _, _ in newest.changes] == ["note", "version"]


def test_assessments_and_rulings_have_their_claims_history(max: User, world: World) -> None:
    for noun in ("assessment", "ruling"):
        entries = logged_in(max).get(address(f"claims_{noun}_history", world)).context["entries"]
        assert {entry.event.target_id for entry in entries} == {str(world[noun].claim_id)}


def test_a_long_history_is_cut_and_says_where_the_rest_is(
    max: User, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_ENTRIES", 1)
    answer = logged_in(max).get(address("claims_claim_history", world))
    assert len(answer.context["entries"]) == 1
    rest = f"/admin/claims/event/?q={world['claim'].pk}"
    assert rest in answer.content.decode()
    assert len(logged_in(max).get(rest).context["cl"].result_list) == 5


def test_the_list_of_events_finds_whatever_an_event_can_be_about(world: World) -> None:
    assert set(Event.objects.values_list("target_type", flat=True)) <= set(TARGET_TYPES)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_row_has_a_history_page(noun: str, ada: User, world: World) -> None:
    assert "entries" in logged_in(ada).get(address(f"claims_{noun}_history", world)).context


def test_a_reason_is_shown_as_text(ada: User, world: World) -> None:
    client = logged_in(ada)
    asked = client.get(page_of("user", "block"), {"row": str(world["user"].pk)})
    client.post(page_of("user", "block"), filled(asked, reason="<script>alert(1)</script>"))
    shown = client.get(address("claims_user_history", world)).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown


def test_django_keeps_no_log_of_its_own(ada: User, world: World) -> None:
    client = logged_in(ada)
    asked = client.get(page_of("story", "publish"), {"row": str(world["story"].pk)})
    client.post(page_of("story", "publish"), filled(asked))
    assert Event.objects.filter(kind="story.published").count() == 1
    assert LogEntry.objects.count() == 0
