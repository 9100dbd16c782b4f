"""The times of two claims on their page: one form for both, what they let two findings say, and what changes later."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from claims.models import Claim, ClaimStatus, ClaimTime, LinkAssessment, User
from claims.relations import LinkState, Relation
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in
from tests.linking import between, confirmed, dated, link, rule_link
from tests.pages.html import Page, page_of
from tests.pages.test_evidence import alert
from tests.pages.test_pair import OURS, THEIRS, Pair, held, send, shown, two_of, url, words


@pytest.fixture
def pair(make_article: MakeArticle) -> Pair:
    return two_of(make_article, OURS, THEIRS)


def set_time(by: User, pair: Pair, claim: Claim, value: str, **parts: Any) -> Any:
    form = {"dated": claim.pk, "which": "event", "value": value, "basis": "in_text", "version": 0, "key": str(uuid4())}
    return logged_in(by).post(url(pair, "date"), form | parts)


def fields_of(page: Page, name: str) -> dict[str, str]:
    """What one time in the form of the times holds: "t1-event" is the event of the first."""
    (block,) = page.all("div", id=name)
    inside = [e for e in page.elements if block in e.within]
    chosen = [e.attributes["value"] for e in inside if e.tag == "option" and "selected" in e.attributes]
    held = {e.attributes["name"]: e.attributes.get("value", "") for e in inside if e.tag == "input"}
    return held | {"basis": chosen[0] if chosen else ""}


def send_times(by: User, pair: Pair, page: Page, *, button: str = "", **changed: dict[str, str]) -> Any:
    """The form of the times as the page shows it, with these fields changed: t1_event={"value": "2024"}."""
    times = [
        fields_of(page, name) | changed.get(name.replace("-", "_"), {})
        for name in ("t1-event", "t1-as_of", "t2-event", "t2-as_of")
    ]
    form = {name: [one[name] for one in times] for name in times[0]}
    return logged_in(by).post(url(pair, "date"), form | ({button: "yes"} if button else {}))


def test_a_contradiction_between_times_that_lie_apart_leads_to_an_update_with_nothing_lost(
    ana: User, pair: Pair
) -> None:
    assert set_time(ana, pair, pair[0], "2023-05-22").status_code == 302
    assert set_time(ana, pair, pair[1], "2024-02").status_code == 302
    answer = send(ana, pair, reason="He said so twice.", subtype="date")
    page = page_of(answer)
    assert answer.status_code == 400
    assert "Their times do not overlap" in alert(page)
    fields = held(page)
    assert (fields["relation"], fields["reason"]) == ("CONTRADICTS", "He said so twice.")
    assert fields["origin"] == str(pair[1].pk)
    (offer,) = page.all("button", id="instead")
    assert "hidden" not in offer.attributes
    # The button of the offer is pressed: it stands after the choices, so that its relation is the one that counts.
    sent = [*((name, value) for name, value in fields.items()), ("relation", offer.attributes["value"])]
    both = {name: [value for other, value in sent if other == name] for name, _ in sent}
    assert logged_in(ana).post(url(pair, "link"), both).status_code == 302
    stored = LinkAssessment.objects.get()
    assert (stored.relation, stored.reason, stored.subtype) == ("UPDATES", "He said so twice.", "")
    assert stored.forward == (stored.link.a_id == pair[1].pk)


def test_setting_the_times_lets_what_two_found_be_confirmed(ana: User, ben: User, pair: Pair) -> None:
    for who in (ana, ben):
        link(*pair, who, Relation.CONTRADICTS)
    assert between(*pair).state == LinkState.PROPOSED
    for claim in pair:
        assert set_time(ana, pair, claim, "timeless", basis="inferred").status_code == 302
    assert between(*pair).state == LinkState.CONFIRMED
    # The form of the claim's own details does the same.
    form = {"which": "event", "value": "unknown", "version": 1, "key": str(uuid4())}
    assert logged_in(ana).post(f"/claims/{pair[0].pk}/date", form).status_code == 302
    assert between(*pair).state == LinkState.PROPOSED


def test_a_refused_time_comes_back_in_the_form_of_its_claim(ana: User, pair: Pair) -> None:
    answer = set_time(ana, pair, pair[1], "Friday", words="<b>on Friday</b>", which="as_of")
    page = page_of(answer)
    assert answer.status_code == 400
    assert "“Friday” is no time" in alert(page)
    assert fields_of(page, "t2-as_of")["value"] == "Friday"
    assert fields_of(page, "t2-as_of")["words"] == "<b>on Friday</b>"
    assert fields_of(page, "t1-as_of")["value"] == ""
    assert not ClaimTime.objects.exists()


def test_what_the_words_say_fills_a_time_in_and_stores_nothing(ana: User, pair: Pair) -> None:
    page = shown(ana, pair, f"?take=0-event&of={pair[1].pk}")
    assert fields_of(page, "t2-event")["words"] == "on 4 May"
    assert fields_of(page, "t1-event")["words"] == ""
    assert not ClaimTime.objects.exists()


def test_a_finding_of_another_is_nobodys_to_take_back(ana: User, ben: User, pair: Pair) -> None:
    key: UUID = UUID(link(*pair, ben)["link"])
    answer = logged_in(ana).post(f"/links/{key}/retract", {"version": 1, "key": str(uuid4())})
    assert answer.status_code == 409
    assert LinkAssessment.objects.count() == 1
    assert "corroborates" not in answer.content.decode().lower()


def test_the_times_of_both_are_saved_by_one_button_and_only_what_was_changed(ana: User, ben: User, pair: Pair) -> None:
    dated(pair[1], ben, "2024", kind="as_of")
    page = shown(ana, pair)
    changed = {"t1_event": {"value": "2024-02", "basis": "in_text"}, "t2_event": {"value": "2024", "basis": "inferred"}}
    answer = send_times(ana, pair, page, **changed)
    assert (answer.status_code, answer.url) == (302, f"{url(pair)}#times")
    stored = ClaimTime.objects.order_by("kind", "value").values_list("claim", "kind", "value", "version", "by")
    assert list(stored) == [
        (pair[1].pk, "as_of", "2024", 1, ben.pk),
        (pair[1].pk, "event", "2024", 1, ana.pk),
        (pair[0].pk, "event", "2024-02", 1, ana.pk),
    ]
    # Sent twice it is stored once, and a form that nobody touched stores nothing.
    assert send_times(ana, pair, page, **changed).status_code == 302
    assert send_times(ana, pair, shown(ana, pair)).status_code == 302
    assert set(ClaimTime.objects.values_list("version", flat=True)) == {1}


def test_one_refused_time_stores_none_and_brings_all_of_them_back(ana: User, ben: User, pair: Pair) -> None:
    page = shown(ana, pair)
    assert fields_of(page, "t1-event")["basis"] == ""
    first, second = {"value": "2024-02", "basis": "in_text"}, {"value": "2024", "words": "<b>last</b> year"}
    answer = send_times(ana, pair, page, t1_event=first, t2_as_of=second)
    again = page_of(answer)
    assert answer.status_code == 400
    (wrong,) = again.all("p", id="t2-as_of-error")
    assert "Say what the time rests on" in wrong.text
    assert fields_of(again, "t1-event")["value"] == "2024-02"
    assert fields_of(again, "t2-as_of")["words"] == "<b>last</b> year"
    assert not ClaimTime.objects.exists()
    # Somebody else was quicker: what is stored stands beside what was typed.
    dated(pair[0], ben, "2023")
    answer = send_times(ana, pair, page, t1_event=first)
    again = page_of(answer)
    assert answer.status_code == 409
    assert "Stored now: 2023" in again.all("p", id="t1-event-error")[0].text
    assert fields_of(again, "t1-event")["value"] == "2024-02"
    assert send_times(ana, pair, again).status_code == 302
    assert ClaimTime.objects.get().value == "2024-02"


def test_both_are_marked_as_holding_at_any_time_by_one_button(ana: User, pair: Pair) -> None:
    answer = send_times(ana, pair, shown(ana, pair), button="any_time")
    assert answer.status_code == 302
    assert [time.value for time in ClaimTime.objects.all()] == ["timeless", "timeless"]
    assert "known to overlap" in words(shown(ana, pair))


@pytest.mark.parametrize("claim", ["", "11111111-1111-4111-8111-111111111111"])
def test_a_time_without_its_claim_comes_back_with_its_words(claim: str, ana: User, pair: Pair) -> None:
    form = {"dated": claim, "which": "event", "value": "2024", "words": "<b>an hour</b>", "version": 0}
    answer = logged_in(ana).post(url(pair, "date"), form | {"key": str(uuid4())})
    assert answer.status_code in {400, 410}
    assert "<b>an hour</b>" in alert(page_of(answer))
    assert not ClaimTime.objects.exists()


def test_while_the_times_are_unknown_an_update_is_named_and_the_message_says_why_it_waits(
    ana: User, pair: Pair
) -> None:
    assert "If one is later than the other, choose Updates (3)" in words(shown(ana, pair))
    assert send(ana, pair).status_code == 302
    said = shown(ana, pair)
    answer = logged_in(ana).post(
        url(pair, "link"), {"relation": "CONTRADICTS", "version": 1, "key": str(uuid4())}, follow=True
    )
    assert "Saved: contradicts. It stays proposed, because" in words(page_of(answer), "body")
    assert held(said)["relation"] == "CONTRADICTS"


def test_the_button_of_an_update_drops_what_was_said_of_the_origin(ana: User, pair: Pair) -> None:
    answer = send(
        ana, pair, relation=["CONTRADICTS", "UPDATES"], origin=str(pair[0].pk), independence="independent",
        basis="Two cameras.", signs=["same_root"],
    )  # fmt: skip
    assert answer.status_code == 302
    stored = LinkAssessment.objects.get()
    assert (stored.relation, stored.independence, stored.signs, stored.basis) == ("UPDATES", "unknown", [], "")


def test_a_ruling_that_waits_for_the_times_says_so_in_place_of_a_form(
    ana: User, ben: User, max: User, pair: Pair
) -> None:
    for claim in pair:
        dated(claim, ana, "2020")
    link(*pair, ana)
    rule_link(*pair, max, Relation.CORROBORATES)
    dated(pair[0], ana, "unknown")
    page = shown(ben, pair)
    assert "A moderator has ruled on this pair, and the ruling waits until the times" in words(page)
    assert not page.all("form", id="link-form")


def test_words_changed_after_the_finding_are_told_to_who_knows_of_a_label(
    ana: User, ben: User, max: User, pair: Pair
) -> None:
    changed = "its words changed after this was found"
    confirmed(*pair, ana, max, Relation.CONTRADICTS)
    assess(pair[0], ana, Label.OPINION)
    assert changed not in words(shown(ana, pair))
    ClaimStatus.objects.filter(claim=pair[0]).update(text_changed_at=timezone.now())
    assert f"This claim: {changed}" in words(shown(ana, pair))
    assert "words changed after this was found" in words(page_of(logged_in(ana).get(f"/claims/{pair[1].pk}/links")))
    # That it was changed after a review would tell of the review.
    assert changed not in words(shown(ben, pair))
