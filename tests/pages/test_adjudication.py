"""Where a moderator settles claims: side by side, one thing to press for each, and nothing typed is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.models import Assessment, Claim, ClaimStatus, Retirement, Ruling, User
from claims.vocabulary import Label
from tests.cast import assess, logged_in, rule
from tests.pages.html import Page
from tests.unit.ledger import event_count, events


@pytest.fixture
def disputed(ana: User, ben: User, claim: Claim) -> Claim:
    assess(claim, ana, Label.UNSOURCED, "A hedge only.", strength=0, reason="hedge")
    assess(claim, ben, Label.SOURCED, "The mayor is named.", strength=3)
    return claim


def page_of(browser: Client, claim: Claim) -> Page:
    return Page(browser.get(f"/claims/{claim.pk}/adjudicate").content.decode())


def send(browser: Client, claim: Claim, deed: str, **parts: Any) -> Any:
    """The form of this deed as the page has it, with these parts."""
    url = f"/claims/{claim.pk}/{deed}"
    return browser.post(url, page_of(browser, claim).fields(url) | parts)


def test_assessments_stand_side_by_side_with_the_differences_first(max: User, disputed: Claim) -> None:
    page = page_of(logged_in(max), disputed)
    (table,) = page.all("table")
    assert [cell.text[:3] for cell in page.all("th", scope="col")] == ["ana", "ben"]
    rows = [cell.text.split()[0] for cell in page.all("th", scope="row")]
    assert rows[:4] == ["Label", "Strength", "Reason", "Note"]
    assert [cell.text for cell in page.all("th", scope="row") if "differs" in cell.text] == [
        f"{name} differs" for name in rows[:4]
    ]
    assert "A hedge only." in table.text
    assert "The mayor is named." in table.text


def test_accepting_an_assessment_takes_all_of_it_and_no_reason(max: User, ben: User, disputed: Claim) -> None:
    browser = logged_in(max)
    accepted = Assessment.objects.get(reviewer=ben)
    answer = send(browser, disputed, "rule", accept=accepted.pk)
    assert answer.url == "/disputed/"
    ruling = Ruling.objects.get()
    assert (ruling.label, ruling.strength, ruling.explanation) == (Label.SOURCED, 3, "")
    assert ClaimStatus.objects.get(pk=disputed.pk).settled_label == Label.SOURCED


def test_an_assessment_of_another_claim_cannot_be_accepted(max: User, ana: User, claims: list[Claim]) -> None:
    elsewhere = assess(claims[1], ana, Label.OPINION)
    for foreign in (elsewhere.pk, 10**15):
        answer = send(logged_in(max), claims[0], "rule", accept=foreign, note="Kept words.")
        assert answer.status_code == 410
        assert "Kept words." in answer.content.decode()
    assert not Ruling.objects.exists()


def test_a_label_that_nobody_gave_needs_a_reason_and_keeps_what_was_chosen(max: User, disputed: Claim) -> None:
    browser = logged_in(max)
    refused = send(browser, disputed, "rule", label="OPINION")
    assert refused.status_code == 400
    assert '<option value="OPINION" selected>' in refused.content.decode()
    assert send(browser, disputed, "rule", label="OPINION", note="The writer's own.").status_code == 302
    assert Ruling.objects.get().explanation == "The writer's own."


def opened(answer: Any) -> list[str]:
    """What the parts of the page that are open say first."""
    page = Page(answer.content.decode())
    return [part.text.split()[1] for part in page.all("details") if "open" in part.attributes]


def test_what_was_typed_in_one_form_comes_back_in_that_form_alone(max: User, disputed: Claim) -> None:
    browser = logged_in(max)
    rule(disputed, max, Label.SOURCED)
    refused = send(browser, disputed, "rule", label="UNSOURCED", reason="hedge")
    assert refused.status_code == 400
    assert opened(refused) == []
    page = Page(refused.content.decode())
    assert page.fields(f"/claims/{disputed.pk}/reopen")["reason"] == ""
    assert page.fields(f"/claims/{disputed.pk}/retire")["reason"] == ""
    assert '<option value="hedge" selected>' in refused.content.decode()
    reopening = send(browser, disputed, "reopen", reason="Read wrongly.", version=10**6)
    assert opened(reopening) == ["Reopen"]
    page = Page(reopening.content.decode())
    assert page.fields(f"/claims/{disputed.pk}/reopen")["reason"] == "Read wrongly."
    assert page.fields(f"/claims/{disputed.pk}/retire")["reason"] == ""
    retiring = send(browser, disputed, "retire", parts="", reason="Two.")
    assert opened(retiring) == ["Retire"]
    page = Page(retiring.content.decode())
    assert page.fields(f"/claims/{disputed.pk}/retire")["reason"] == "Two."
    assert page.fields(f"/claims/{disputed.pk}/reopen")["reason"] == ""


def test_a_ruling_that_lacks_its_explanation_leads_there_and_no_other_refusal_does(max: User, disputed: Claim) -> None:
    def asked(**parts: Any) -> dict[str, str]:
        answer = send(logged_in(max), disputed, "rule", **parts)
        assert answer.status_code == 400
        (box,) = Page(answer.content.decode()).all("textarea", name="note")
        return box.attributes

    missing = asked(label="OPINION", note=" ")
    assert missing["aria-invalid"] == "true"
    assert "autofocus" in missing
    for other in (asked(), asked(label="nonsense"), asked(label="OPINION", strength="9"), asked(note="x" * 5_000)):
        assert "aria-invalid" not in other
        assert "autofocus" not in other


def test_counts_and_the_place_are_said_in_words(max: User, ada: User, disputed: Claim) -> None:
    assess(disputed, ada, Label.OPINION)
    browser = logged_in(max)
    page = page_of(browser, disputed)
    assert "3 assessments, 2 needed" in page.all("main")[0].text
    assert "3 assessments, 2 needed" in browser.get(f"/claims/{disputed.pk}/").content.decode()
    (table,) = page.all("table")
    assert "the whole sentence" in table.text
    assert "code points" not in table.text


def test_a_ruling_on_assessments_that_have_changed_since_is_refused(max: User, ana: User, disputed: Claim) -> None:
    browser, url = logged_in(max), f"/claims/{disputed.pk}/rule"
    seen = page_of(browser, disputed).fields(url)
    assess(disputed, ana, Label.OPINION)
    answer = browser.post(url, seen | {"accept": Assessment.objects.get(reviewer=ana).pk, "note": "Typed before."})
    assert answer.status_code == 409
    assert "A reviewer has changed an assessment" in answer.content.decode()
    assert "Typed before." in answer.content.decode()
    assert not Ruling.objects.exists()


def test_the_same_ruling_sent_twice_is_one(max: User, disputed: Claim) -> None:
    browser, url = logged_in(max), f"/claims/{disputed.pk}/rule"
    sent = page_of(browser, disputed).fields(url) | {"label": "OPINION", "note": "So."}
    assert browser.post(url, sent).status_code == 302
    before = event_count()
    assert browser.post(url, sent).status_code == 302
    assert event_count() == before


def test_who_assessed_a_claim_is_told_who_can_rule_and_has_no_button(
    max: User, ada: User, ana: User, claim: Claim
) -> None:
    assess(claim, max, Label.OPINION)
    assess(claim, ana, Label.SOURCED)
    page = page_of(logged_in(max), claim)
    assert "another moderator has to rule" in page.all("main")[0].text
    assert not page.all("button", name="accept")
    form = {"label": "OPINION", "note": "So.", "version": 0, "key": uuid4()}
    answer = logged_in(max).post(f"/claims/{claim.pk}/rule", form)
    assert answer.status_code == 403
    assert "somebody else has to rule on it: ada" in answer.content.decode()
    assert page_of(logged_in(ada), claim).all("button", name="accept")


def test_next_goes_through_the_disputed_claims_oldest_first_and_past_one_that_is_left(
    max: User, ana: User, ben: User, claims: list[Claim]
) -> None:
    browser = logged_in(max)
    assert "No disputed claim waits" in browser.get("/disputed/").content.decode()
    for claim in claims[:3]:
        assess(claim, ana, Label.OPINION)
        assess(claim, ben, Label.SOURCED)
    went, where = [], "/disputed/"
    for _ in range(3):
        target = browser.get(where).url
        went.append(target)
        where = f"/disputed/?after={target.split('/')[2]}"
    assert len(set(went)) == 3
    last = browser.get(where).content.decode()
    assert "Some that you left are still waiting" in last
    assert browser.get("/disputed/?after=nonsense").url == went[0]


def test_reopening_keeps_what_the_claim_was_in_its_history(max: User, disputed: Claim) -> None:
    rule(disputed, max, Label.OPINION, "It is a view.")
    browser = logged_in(max)
    refused = send(browser, disputed, "reopen", reason=" ")
    assert refused.status_code == 400
    assert send(browser, disputed, "reopen", reason="The text was read wrongly.").status_code == 302
    assert ClaimStatus.objects.get(pk=disputed.pk).state == "disputed"
    story = browser.get(f"/claims/{disputed.pk}/").content.decode()
    assert "reopened the claim, which was ruled as opinion" in story
    assert "The text was read wrongly." in story
    assert "ruled: opinion" in story


def test_retiring_opens_the_parts_and_keeps_the_typed_lines_when_refused(
    max: User, ana: User, ben: User, claims: list[Claim]
) -> None:
    whole = claims[1]
    assess(whole, ana, Label.SOURCED)
    browser = logged_in(max)
    lines = "Mayor Ida Brook said on Monday\nthe tunnel would open"
    refused = send(browser, whole, "retire", parts=lines, reason="Two statements.")
    assert refused.status_code == 400
    assert "the tunnel would open” does not stand in the claim" in refused.content.decode().replace("&#x27;", "'")
    assert lines in refused.content.decode()
    good = "Mayor Ida Brook said on Monday\r\nthe bridge would open again in May."
    assert send(browser, whole, "retire", parts=good, reason="Two statements.").status_code == 302
    parts = list(Retirement.objects.get().parts.in_reading_order())
    assert [part.exact for part in parts] == good.split("\r\n")
    shown = logged_in(ben).get(f"/claims/{whole.pk}/").content.decode()
    assert "retired in favour of its parts" in shown
    assert f"/claims/{parts[0].pk}/" in shown
    reading = logged_in(ben).get(f"/articles/{whole.article_id}/").content.decode()
    assert str(whole.pk) not in reading
    assert str(parts[1].pk) in reading


def test_reviewers_get_nothing_of_it(ana: User, disputed: Claim) -> None:
    browser, before = logged_in(ana), event_count()
    for deed in ("rule", "reopen", "retire"):
        sent = {"label": "OPINION", "note": "So.", "reason": "So.", "version": 0, "key": uuid4(), "parts": "The"}
        assert browser.post(f"/claims/{disputed.pk}/{deed}", sent).status_code == 403
    assert browser.get(f"/claims/{disputed.pk}/adjudicate").status_code == 403
    assert event_count() == before


def test_those_who_assessed_are_told_of_the_ruling_and_moderators_of_the_dispute(
    ana: User, max: User, ada: User, disputed: Claim
) -> None:
    assert "Reviewers differ" in logged_in(ada).get("/notifications/").content.decode()
    assert "Reviewers differ" not in logged_in(ana).get("/notifications/").content.decode()
    rule(disputed, max)
    assert f"/claims/{disputed.pk}/" in logged_in(ana).get("/notifications/").content.decode()
    assert len(events("claim.ruled")) == 1
