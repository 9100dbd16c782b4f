"""The section “times” of a claim's details: its two forms, and suggestions that are never applied by themselves."""

from typing import Any
from uuid import uuid4

import pytest

from claims.models import Article, Claim, ClaimTime, User
from tests.cast import logged_in, rule
from tests.deeds import lock
from tests.pages.html import Page, page_of
from tests.pages.test_evidence import alert, section, shown

FORM = {"which": "event", "value": "2024-02-23", "basis": "inferred", "version": 0}
JSON = {"Accept": "application/json"}


def url(claim: Claim) -> str:
    return f"/claims/{claim.pk}/date"


def send(by: User, claim: Claim, headers: dict[str, str] | None = None, **parts: Any) -> Any:
    return logged_in(by).post(url(claim), FORM | {"key": str(uuid4())} | parts, headers=headers or {})


def fields(page: Page, kind: str) -> dict[str, str]:
    """What the form for this time holds, with what is chosen as its basis."""
    (block,) = page.all("div", id=f"time-{kind}")
    inside = [element for element in page.elements if block in element.within]
    held = {e.attributes["name"]: e.attributes.get("value", "") for e in inside if e.tag == "input"}
    chosen = [e.attributes["value"] for e in inside if e.tag == "option" and "selected" in e.attributes]
    return held | {"basis": chosen[0] if chosen else ""}


def state_publication(claim: Claim, day: str, basis: str = "in_text") -> None:
    Article.objects.filter(pk=claim.article_id).update(published=day, bases={"published": {"basis": basis}})


def test_a_time_is_stored_by_a_plain_form_and_said_in_words(ana: User, claim: Claim) -> None:
    answer = send(ana, claim, words="on Friday", against="2024-02-24", against_note="the text's date")
    assert (answer.status_code, answer.url) == (302, f"/claims/{claim.pk}/details#times")
    said = " ".join(section(shown(ana, claim), "times").split())
    assert "23 February 2024 2024-02-23 · from the words on Friday, counted from 24 February 2024" in said
    assert "(the text's date) · inferred" in said
    assert fields(shown(ana, claim), "event")["version"] == "1"
    assert fields(shown(ana, claim), "as_of")["version"] == "0"


def test_the_whole_desk_sees_a_time_and_who_gave_it_once_the_claim_is_settled(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    send(ana, claim)
    by = [("ana" in section(shown(who, claim), "times")) for who in (ana, ben, max)]
    assert by == [True, False, True]
    assert all("23 February 2024" in section(shown(who, claim), "times") for who in (ana, ben, max))
    rule(claim, max)
    assert "ana" in section(shown(ben, claim), "times")


def test_without_a_stated_date_the_words_are_shown_unresolved(ana: User, claim: Claim) -> None:
    Article.objects.filter(pk=claim.article_id).update(page_date="2024-02-24", updated="2024-02-24")
    page = shown(ana, claim)
    assert "unresolved: the article states no publication date" in section(page, "times")
    assert "2024" not in section(page, "times").partition("When it happened")[0].partition("What its words say")[2]
    taken = shown(ana, claim, "?take=0-event")
    held = fields(taken, "event")
    assert (held["value"], held["words"], held["against"], held["basis"]) == ("unknown", "on Friday", "", "not_stated")
    assert not ClaimTime.objects.exists()


def test_a_date_that_is_not_stated_is_counted_from_by_nobody(ana: User, claim: Claim) -> None:
    state_publication(claim, "2024-02-24", "not_stated")
    assert "unresolved" in section(shown(ana, claim), "times")


def test_a_suggestion_fills_the_form_and_stores_nothing_until_it_is_saved(ana: User, claim: Claim) -> None:
    state_publication(claim, "2024-02-24")
    page = shown(ana, claim)
    said = section(page, "times")
    assert "23 February 2024" in said
    assert "the Friday before 2024-02-24, by the past tense" in said
    assert "counted from the article's publication date (in the text)" in said
    (take,) = [a.attributes["href"] for a in page.all("a") if "take=0-event" in a.attributes["href"]]
    filled = page_of(logged_in(ana).get(take.partition("#")[0]))
    assert not ClaimTime.objects.exists()
    held = fields(filled, "event")
    assert (held["value"], held["words"], held["against"]) == ("2024-02-23", "on Friday", "2024-02-24")
    assert (held["against_note"], held["basis"]) == ("the article's publication date (in the text)", "inferred")
    assert fields(filled, "as_of")["value"] == ""
    assert logged_in(ana).post(url(claim), held).status_code == 302
    stored = ClaimTime.objects.get()
    assert (stored.value, stored.words, stored.basis) == ("2024-02-23", "on Friday", "inferred")


@pytest.mark.parametrize("take", ["9-event", "0-end", "-1-event", "x", "²-event", "0", "0-event-event", "0" * 5_000])
def test_a_suggestion_that_there_is_not_fills_nothing(take: str, ana: User, claim: Claim) -> None:
    state_publication(claim, "2024-02-24")
    assert {fields(shown(ana, claim, f"?take={take}"), kind)["value"] for kind in ("event", "as_of")} == {""}


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"value": "Friday"}, "Time: “Friday” is no time"),
        ({"value": ""}, "Give a time first"),
        ({"value": "2" * 61}, "The time has 61 characters, and the most is 60"),
        ({"basis": ""}, "Say what the time rests on"),
        ({"against": "2024-02-24"}, "Say where the day that you counted from comes from"),
        ({"words": "x" * 201}, "The wording has 201 characters"),
        ({"version": "x"}, "Version: "),
        ({"key": ""}, "Key: "),
    ],
)
def test_a_refused_form_comes_back_with_all_that_was_typed(
    parts: dict[str, str], sentence: str, ana: User, claim: Claim
) -> None:
    typed = {"which": "as_of", "value": "2024", "words": "<b>now", "against_note": ""} | parts
    answer = send(ana, claim, **typed)
    page = page_of(answer)
    assert answer.status_code == 400
    assert sentence in alert(page)
    held = fields(page, "as_of")
    assert (held["value"], held["words"]) == (typed["value"], typed["words"])
    assert fields(page, "event")["value"] == ""
    assert not ClaimTime.objects.exists()


def test_a_time_that_a_colleague_gave_meanwhile_stands_above_what_was_typed(ana: User, ben: User, claim: Claim) -> None:
    send(ana, claim)
    answer = send(ben, claim, value="2024-02-16")
    page = page_of(answer)
    assert answer.status_code == 409
    assert "Somebody changed this time" in alert(page)
    assert "23 February 2024" in section(page, "times")
    held = fields(page, "event")
    assert (held["value"], held["version"]) == ("2024-02-16", "1")
    assert logged_in(ben).post(url(claim), held).status_code == 302
    assert ClaimTime.objects.get().value == "2024-02-16"


def test_a_script_is_answered_in_its_own_words(ana: User, claim: Claim) -> None:
    stored = send(ana, claim, headers=JSON).json()
    assert (stored["value"], stored["version"]) == ("2024-02-23", 1)
    conflict = send(ana, claim, headers=JSON, value="2023")
    assert (conflict.status_code, conflict.json()["current"]["value"]) == (409, "2024-02-23")


def test_the_times_of_a_locked_article_are_read_and_not_changed(ana: User, max: User, claim: Claim) -> None:
    send(ana, claim)
    lock(claim.article, max)
    page = shown(ana, claim)
    assert "23 February 2024" in section(page, "times")
    assert not page.all("form", action=url(claim))
    answer = send(ana, claim, value="2023", version=1)
    assert answer.status_code == 409
    assert fields(page_of(answer), "event")["value"] == "2023"
