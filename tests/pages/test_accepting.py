"""Accepting a proposal: what the panel shows of it, and the button that needs no script."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from claims.models import Assessment, Claim, Event, Proposal, User
from claims.review.lock_article import lock_article
from claims.vocabulary import EventKind, Label
from claims.web.reading_page import told
from tests.cast import assess, logged_in, rule
from tests.pages.html import Element, Page, page_of
from tests.proposing import propose_for_the_cast


def page(viewer: User, claim: Claim) -> Page:
    return page_of(logged_in(viewer).get(f"/articles/{claim.article_id}/?claim={claim.pk}"))


def why(shown: Page) -> str:
    return " ".join(next(e for e in shown.all("div") if e.attributes.get("id") == "why").text.split())


def button(shown: Page) -> Element | None:
    return next(iter(shown.all("button", name="proposal")), None)


def press(by: User, claim: Claim, value: str, **typed: str) -> HttpResponse:
    form = {"proposal": value, "version": "0", "key": str(uuid4()), "note": "", "strength": "", "reason": ""} | typed
    return logged_in(by).post(f"/claims/{claim.pk}/assess", form)  # type: ignore[return-value]


@pytest.fixture
def hedged(claims: list[Claim]) -> Claim:
    """“The council is reportedly planning a toll.”"""
    return propose_for_the_cast(claims)[2]


def test_the_panel_says_what_is_proposed_how_sure_and_why(hedged: Claim, ana: User) -> None:
    said = why(page(ana, hedged))
    assert said.startswith("Proposed unsourced, strength 0, hedge; 0.83 sure: “reportedly” is a hedge")


def test_where_nobody_measured_a_rule_no_number_says_how_sure_it_is(hedged: Claim, ana: User) -> None:
    hedged.proposal.rule = "de-hedge"
    hedged.proposal.save()
    assert why(page(ana, hedged)).startswith("Proposed unsourced, strength 0, hedge: “reportedly” is a hedge")


def test_where_nothing_is_proposed_the_panel_says_so_and_offers_nothing(hedged: Claim, ana: User) -> None:
    hedged.proposal.delete()
    shown = page(ana, hedged)
    assert why(shown).startswith("The first pass proposes nothing here: it was not sure enough.")
    assert button(shown) is None


def test_the_route_of_what_was_said_is_told_where_it_has_more_than_one_step() -> None:
    text = "He told Newsweek at a press conference."
    proposal = Proposal(label="SOURCED", strength=4, why="“told” gives it to “He”.", confidence=0.9)
    proposal.chain = [{"kind": "source", "start": 0, "end": 2}]
    assert "Route" not in told(proposal, text)[3]
    proposal.chain += [
        {"kind": "occasion", "start": 22, "end": 38},
        {"kind": "outlet", "start": 8, "end": 16},
    ]
    assert told(proposal, text)[1:] == (" “told” gives it to “He”.", "", " Route: He → press conference → Newsweek.")


def test_one_button_stores_label_strength_and_reason_as_proposed(hedged: Claim, ana: User) -> None:
    shown = button(page(ana, hedged))
    assert shown is not None
    answer = press(ana, hedged, shown.attributes["value"], note="Seen.")
    assert answer.status_code == 302
    own = Assessment.objects.get(claim=hedged, reviewer=ana)
    assert (own.label, own.strength, own.reason) == ("UNSOURCED", 0, "hedge")
    assert (own.blind, own.version) == (True, 1)
    assert "Seen." in own.note
    event = Event.objects.filter(kind=EventKind.CLAIM_ASSESSED).latest("number")
    assert event.by == ana
    assert (event.after or {})["label"] == "UNSOURCED"


def test_what_was_chosen_in_the_form_gives_way_to_what_was_accepted(hedged: Claim, ana: User) -> None:
    press(ana, hedged, "UNSOURCED~0~hedge", label="SOURCED", strength="4")
    own = Assessment.objects.get(claim=hedged)
    assert (own.label, own.strength, own.reason) == ("UNSOURCED", 0, "hedge")


def test_pressing_twice_stores_once(hedged: Claim, ana: User) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert press(ana, hedged, "UNSOURCED~0~hedge", key=key).status_code == 302
    assert Assessment.objects.get(claim=hedged).version == 1


@pytest.mark.parametrize(
    "made_up",
    ["", "~", "X~0~", "UNSOURCED~9~", "UNSOURCED~x~", "OPINION~3~", "SOURCED~4~hedge~", "SOURCED~٤~", "SOURCED~４~"],
)
def test_a_made_up_value_is_refused_and_stores_nothing(hedged: Claim, ana: User, made_up: str) -> None:
    assert press(ana, hedged, made_up).status_code == 400
    assert not Assessment.objects.exists()


def test_a_settled_claim_and_a_locked_article_take_no_acceptance_and_say_so(
    claims: list[Claim], hedged: Claim, ana: User, max: User
) -> None:
    rule(hedged, max, Label.SOURCED)
    assert button(page(ana, hedged)) is None
    answer = press(ana, hedged, "UNSOURCED~0~hedge")
    assert answer.status_code == 409
    assert "settled" in answer.content.decode()
    expected = hedged.article.status.version
    lock_article(by=max, article_id=hedged.article_id, reason="Soon.", expected_version=expected)
    assert button(page(ana, claims[0])) is None
    answer = press(ana, claims[0], "UNSOURCED~0~bare")
    assert answer.status_code == 409
    assert "locked" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_page_that_is_too_old_shows_both_and_what_was_accepted(hedged: Claim, ana: User) -> None:
    assess(hedged, ana, Label.SOURCED)
    answer = press(ana, hedged, "UNSOURCED~0~hedge")
    assert answer.status_code == 409
    shown = page_of(answer)
    (checked,) = [radio for radio in shown.all("input", name="label") if "checked" in radio.attributes]
    assert checked.attributes["value"] == "UNSOURCED"
    assert Assessment.objects.get(claim=hedged).label == "SOURCED"


def test_the_list_of_keys_names_it(hedged: Claim, ana: User) -> None:
    assert "accept the proposal: its label, strength and reason" in page(ana, hedged).all("dl")[-1].text
