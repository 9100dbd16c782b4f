"""Labelling by plain forms, without script; and what the same addresses answer to the script."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Assessment, Claim, ClaimStatus, Ruling, User
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.pages.html import Page, page_of

JSON = {"Accept": "application/json"}


def form(**parts: Any) -> dict[str, Any]:
    return {"label": "UNSOURCED", "strength": "", "reason": "", "note": "", "version": 0, "key": str(uuid4())} | parts


def post(
    browser: Client, claim: Claim, deed: str = "assess", headers: dict[str, str] | None = None, **parts: Any
) -> Any:
    return browser.post(f"/claims/{claim.pk}/{deed}", form(**parts), headers=headers or {})


def alert(page: Page) -> str:
    return next(e.text for e in page.all("div", role="alert"))


def test_the_form_of_the_page_stores_a_label_as_it_is_sent(ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    filled = page_of(browser.get(f"/articles/{claim.article_id}/?claim={claim.pk}")).fields("judge")
    filled.pop("csrfmiddlewaretoken")
    answer = browser.post(f"/claims/{claim.pk}/assess", filled | {"label": "SOURCED", "strength": "3", "note": "So."})
    assert answer.status_code == 302
    stored = Assessment.objects.get()
    assert (stored.label, stored.strength, stored.note) == ("SOURCED", 3, "So.")


def test_saving_leads_to_the_next_claim_or_stays(ana: User, claims: list[Claim]) -> None:
    browser, here = logged_in(ana), f"/articles/{claims[0].article_id}/"
    assert post(browser, claims[0], then="next").url == f"{here}?claim={claims[1].pk}#here"
    assert post(browser, claims[1], then="stay").url == f"{here}?claim={claims[1].pk}#here"
    assert post(browser, claims[2], then="next").url == f"{here}?claim={claims[3].pk}#here"
    assert post(browser, claims[3], then="next").url == f"{here}?claim={claims[3].pk}#here"


def test_who_came_from_the_queue_keeps_its_bar_without_script(ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    browser.post("/queue/next")
    page = browser.get(f"/articles/{claims[0].article_id}/?claim={claims[0].pk}&from=queue")
    sent = page_of(page).fields("judge")
    assert sent["from"] == "queue"
    answer = browser.post(f"/claims/{claims[0].pk}/assess", sent | {"label": "OPINION", "then": "stay"})
    assert "&from=queue#here" in answer.url
    refused = browser.post(f"/claims/{claims[0].pk}/assess", sent | {"label": "", "note": "Kept."})
    assert 'aria-label="From the queue"' in refused.content.decode()


@pytest.mark.parametrize(
    ("parts", "status", "sentence"),
    [
        ({"label": ""}, 400, "Choose a label first."),
        ({"label": "TRUE"}, 400, "Choose one of the labels."),
        ({"label": "SOURCED", "strength": "1"}, 400, "Fitting strengths: 2, 3, 4, 5"),
        ({"strength": "nine"}, 400, "Strength:"),
        ({"strength": "9" * 5_000}, 400, "Strength:"),
        ({"version": "x"}, 400, "Version:"),
        ({"version": "-1"}, 400, "Version:"),
        ({"version": ""}, 400, "Version:"),
        ({"version": "7"}, 409, "You changed this label elsewhere"),
        ({"key": "x"}, 400, "Key:"),
        ({"key": ""}, 400, "Key:"),
        ({"reason": "because"}, 400, "one of its six reasons"),
    ],
)
def test_a_refused_form_comes_back_with_what_was_typed_and_why(
    ana: User, claim: Claim, parts: dict[str, str], status: int, sentence: str
) -> None:
    answer = post(logged_in(ana), claim, **{"note": "Half an hour's <work> & AT&T", "label": "UNSOURCED"} | parts)
    page = page_of(answer)
    assert answer.status_code == status
    assert sentence in alert(page)
    assert page.fields("judge")["note"] == "Half an hour's <work> & AT&T"
    if parts.get("label") in {None, "SOURCED"}:
        assert page.fields("judge")["label"] == parts.get("label", "UNSOURCED")
    assert not Assessment.objects.exists()


def test_a_note_that_is_too_long_comes_back_whole(ana: User, claim: Claim) -> None:
    note = "x" * (MAX_NOTE + 1)
    answer = post(logged_in(ana), claim, note=note)
    assert answer.status_code == 400
    assert f"The note has {MAX_NOTE + 1} characters" in alert(page_of(answer))
    assert page_of(answer).fields("judge")["note"] == note


def test_a_conflict_shows_what_is_stored_beside_what_was_typed_and_the_next_send_goes_through(
    ana: User, claim: Claim
) -> None:
    browser = logged_in(ana)
    assess(claim, ana, Label.SOURCED, note="What <b>stands</b> & stays", strength=4)
    answer = post(browser, claim, label="OPINION", note="Typed here")
    page = page_of(answer)
    assert answer.status_code == 409
    assert "Stored now: sourced, strength 4" in alert(page)
    sent = page.fields("judge")
    assert (sent["label"], sent["note"], sent["version"]) == ("OPINION", "Typed here", "1")
    sent.pop("strength", None)
    assert browser.post(f"/claims/{claim.pk}/assess", sent).status_code == 302
    assert Assessment.objects.get().label == "OPINION"


def test_a_claim_that_is_gone_keeps_what_was_typed_and_puts_it_into_no_other_claim(
    ana: User, make_article: MakeArticle
) -> None:
    address = "https://example.org/changing"
    old = Claim.objects.filter(article=make_article("It rains in Oslo.", address)).get()
    make_article("The ferry to Moss sank.", address)
    answer = post(logged_in(ana), old, note="Typed here", label="SOURCED", strength="3")
    page = page_of(answer)
    assert answer.status_code == 410
    assert "text of this sentence has changed" in alert(page)
    assert page.fields("judge") == {}
    assert "Typed here" in [area.text for area in page.all("textarea")]


def test_a_label_for_words_that_changed_since_comes_back_beside_the_new_words(
    ana: User, make_article: MakeArticle
) -> None:
    address = "https://example.org/changing"
    old = Claim.objects.filter(article=make_article("The toll bridge over the Elm opens in May.", address)).get()
    make_article("The toll bridge over the Elm opens in June.", address)
    answer = post(logged_in(ana), old, note="Typed here", label="SOURCED", revision=str(old.revision_id))
    page = page_of(answer)
    assert answer.status_code == 410
    assert "have changed in the article" in alert(page)
    assert page.fields("judge")["note"] == "Typed here"
    assert "opens in June" in page.all("blockquote")[0].text
    assert not Assessment.objects.exists()


def test_a_withdrawn_article_keeps_what_was_typed(ana: User, max: User, claim: Claim) -> None:
    withdraw_article(by=max, article_id=claim.article_id, reason="Asked.", expected_version=0)
    answer = post(logged_in(ana), claim, note="Typed here")
    assert answer.status_code == 410
    assert "withdrawn" in alert(page_of(answer))
    assert "Typed here" in answer.content.decode()


def test_a_role_taken_away_keeps_what_was_typed(ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    ana.groups.clear()
    answer = post(browser, claim, note="Typed here")
    assert answer.status_code == 403
    assert "Your role is reader, and only a reviewer may label claims" in alert(page_of(answer))
    assert "Typed here" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_settled_claim_says_so_and_keeps_what_was_typed(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max, Label.OPINION)
    answer = post(logged_in(ana), claim, note="Typed here")
    assert answer.status_code == 409
    assert "settled as opinion and takes no further assessments" in alert(page_of(answer))
    assert page_of(answer).fields("judge")["note"] == "Typed here"


def test_a_label_is_taken_back_by_its_own_form(ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    assess(claim, ana)
    url = f"/claims/{claim.pk}/retract"
    filled = page_of(browser.get(f"/articles/{claim.article_id}/?claim={claim.pk}")).fields(url)
    answer = browser.post(url, filled)
    assert answer.status_code == 302
    assert answer.url.endswith(f"?claim={claim.pk}#here")
    assert not Assessment.objects.exists()


def test_a_refused_taking_back_shows_the_label_that_stands(ana: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED, note="Mine.", strength=4)
    assess(claim, ana, Label.SOURCED, note="Mine.", strength=4)
    answer = logged_in(ana).post(f"/claims/{claim.pk}/retract", {"version": 1, "key": uuid4()})
    assert answer.status_code == 409
    filled = page_of(answer).fields("judge")
    assert (filled["label"], filled["strength"], filled["note"]) == ("SOURCED", "4", "Mine.")


def test_the_same_form_sent_twice_is_stored_once_and_answered_alike(ana: User, claim: Claim) -> None:
    browser, key = logged_in(ana), str(uuid4())
    assert post(browser, claim, key=key).url == post(browser, claim, key=key).url
    assert Assessment.objects.get().version == 1


def test_the_script_gets_json_with_the_note_as_it_is_edited(ana: User, claim: Claim) -> None:
    answer = post(logged_in(ana), claim, headers=JSON, note="AT&T < a", strength="1")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "label": "UNSOURCED", "strength": 1, "reason": "", "note": "AT&T < a", "version": 1, "settled": "",
        "closed": False,
    }  # fmt: skip


def test_the_script_gets_a_sentence_and_the_state_that_stands(ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    assess(claim, ana, note="AT&T")
    conflict = post(browser, claim, headers=JSON)
    assert conflict.status_code == 409
    assert "changed this label elsewhere" in conflict.json()["error"]
    assert conflict.json()["current"] == {
        "label": "UNSOURCED", "strength": None, "reason": "", "note": "AT&T", "version": 1,
    }  # fmt: skip
    invalid = post(browser, claim, headers=JSON, label="")
    assert (invalid.status_code, invalid.json()) == (400, {"error": "Choose a label first.", "current": None})


def test_the_script_is_told_to_log_in_by_a_sentence_and_no_redirect(claim: Claim) -> None:
    answer = post(Client(), claim, headers=JSON)
    assert answer.status_code == 403
    assert "not logged in" in json.loads(answer.content)["error"]


def test_a_moderator_rules_by_the_form_and_goes_on_to_what_waits(max: User, claim: Claim) -> None:
    browser, url = logged_in(max), f"/claims/{claim.pk}/rule"
    page = page_of(browser.get(f"/claims/{claim.pk}/adjudicate"))
    sent = page.fields(url) | {"label": "UNSOURCED", "strength": "0", "reason": "bare", "note": "Nobody is named."}
    assert browser.post(url, sent).url == "/disputed/"
    assert Ruling.objects.get().explanation == "Nobody is named."
    shown = page_of(browser.get(f"/claims/{claim.pk}/")).all("main")[0].text
    assert "Nobody is named." in shown
    assert "Ruled by max" in shown


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"note": ""}, 400),
        ({"label": "OPINION", "strength": "3"}, 400),
        ({"version": "4"}, 409),
        ({"version": "x"}, 400),
    ],
)
def test_a_refused_ruling_keeps_the_explanation(max: User, claim: Claim, parts: dict[str, str], status: int) -> None:
    answer = post(logged_in(max), claim, "rule", **{"note": "My explanation"} | parts)
    assert answer.status_code == status
    if "note" not in parts:
        assert "My explanation" in answer.content.decode()
    assert ClaimStatus.objects.get(claim=claim).version == 0


def test_a_form_without_its_token_keeps_what_was_typed_and_no_secret(ana: User, claim: Claim) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    answer = post(browser, claim, note="Typed <here>")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This form is out of date" in page
    assert "Typed &lt;here&gt;" in page
    login = browser.post("/login/", {"username": "ana", "password": "my secret password"})
    assert login.status_code == 403
    assert "my secret password" not in login.content.decode()
    assert post(browser, claim, headers=JSON).json()["error"].startswith("This form is out of date")
    assert not Assessment.objects.exists()
