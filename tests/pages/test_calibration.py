"""Known answers: the moderators' form and list, a reviewer's own page, and that nobody learns of them too early."""

import re
from html import unescape
from uuid import uuid4

import pytest

from claims.models import Calibration, Claim, User
from claims.vocabulary import LABEL_BY_VALUE, Label
from tests.cast import assess, logged_in, rule
from tests.pages.html import Page, page_of
from tests.pages.test_blind_crawl import crawl, differences, questions
from tests.unit.review.test_calibrate import calibrate, end

CANARY = "CANARY-77c3"


def shown(viewer: User, url: str) -> Page:
    answer = logged_in(viewer).get(url)
    assert answer.status_code == 200
    return page_of(answer)


def text(viewer: User, url: str = "/calibration/mine") -> str:
    """The words of the page, those of different elements apart."""
    html = logged_in(viewer).get(url).content.decode()
    main = re.search(r"<main.*</main>", html, re.S)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.group())).split())


def form(claim: Claim, by: User, which: str = "set") -> dict[str, str]:
    """What the form of the page would send."""
    return shown(by, f"/claims/{claim.pk}/calibrate").fields(which)


def test_a_moderator_sets_changes_and_ends_an_answer_with_the_form(claim: Claim, max: User) -> None:
    browser, url = logged_in(max), f"/claims/{claim.pk}/calibrate"
    assert url in shown(max, f"/claims/{claim.pk}/").links()
    sent = form(claim, max) | {
        "label": "UNSOURCED",
        "strength": "0",
        "reason": "hedge",
        "note": "A hedge.",
        "deed": "set",
    }
    assert browser.post(url, sent).headers["Location"] == "/calibration/"
    assert browser.post(url, sent).status_code == 302  # sent twice
    known = Calibration.objects.get()
    assert (known.label, known.strength, known.reason, known.explanation, known.version) == (
        "UNSOURCED",
        0,
        "hedge",
        "A hedge.",
        1,
    )
    assert "Unsourced, 0, hedge A hedge." in text(max, "/calibration/")
    again = form(claim, max)
    assert again["note"] == "A hedge."
    browser.post(url, again | {"label": "OPINION", "strength": "", "reason": "", "deed": "set"})
    assert Calibration.objects.get().label == "OPINION"
    browser.post(url, form(claim, max, "end") | {"deed": "end"})
    assert not Calibration.objects.exists()
    assert "No claim has a known answer." in text(max, "/calibration/")


def test_a_refused_form_comes_back_as_it_was_sent(claim: Claim, max: User) -> None:
    url = f"/claims/{claim.pk}/calibrate"
    sent = form(claim, max) | {"label": "OPINION", "strength": "4", "note": "Half an hour's <b>", "deed": "set"}
    answer = logged_in(max).post(url, sent)
    page = page_of(answer)
    assert answer.status_code == 400
    assert "Strength 4 does not fit this label." in answer.content.decode()
    assert page.fields("set")["note"] == "Half an hour's <b>"
    chosen = {option.attributes["value"] for option in page.all("option") if "selected" in option.attributes}
    assert chosen == {"OPINION", "4"}
    assert not Calibration.objects.exists()


def test_the_loser_of_a_race_sees_both_answers(claim: Claim, max: User, ada: User) -> None:
    mine = form(claim, max) | {"label": "OPINION", "note": "Mine.", "deed": "set"}
    calibrate(claim, ada, Label.SOURCED, explanation="Hers.")
    answer = logged_in(max).post(f"/claims/{claim.pk}/calibrate", mine)
    page = page_of(answer)
    assert answer.status_code == 409
    assert "Hers." in answer.content.decode()
    assert page.fields("set")["note"] == "Mine."
    assert page.fields("set")["version"] == "1"


@pytest.mark.parametrize("field", ["key", "version"])
def test_a_form_without_its_key_or_version_is_refused(field: str, claim: Claim, max: User) -> None:
    for which, deed in (("set", "set"), ("end", "end")):
        if deed == "end":
            calibrate(claim, max)
        sent = form(claim, max, which) | {"label": "OPINION", "note": "N", "deed": deed}
        del sent[field]
        assert logged_in(max).post(f"/claims/{claim.pk}/calibrate", sent).status_code == 400
    assert Calibration.objects.get().version == 1


def test_moderators_see_how_everybody_does(claims: list[Claim], ana: User, ben: User, max: User) -> None:
    for claim in claims[:2]:
        calibrate(claim, max, strength=0)
    assess(claims[0], ana, Label.UNSOURCED, strength=0)
    assess(claims[1], ana, Label.UNSOURCED, strength=1)
    assess(claims[0], ben, Label.OPINION)
    told = text(max, "/calibration/")
    assert "ana 2 1 1 0" in told
    assert "ben 1 0 0 1" in told


def test_next_to_a_miss_stand_the_answer_its_explanation_and_the_guides_examples(
    claim: Claim, ana: User, max: User
) -> None:
    calibrate(claim, max, strength=0, reason="hedge", explanation="Look at <b>this</b> word.")
    assess(claim, ana, Label.SOURCED, strength=3)
    told = text(ana)
    assert "You said first S Sourced, strength 3" in told
    assert "Known answer U Unsourced, strength 0, hedge" in told
    assert "Look at this word." in told
    assert "The Kremlin is also reportedly drawing up plans to invade Kazakhstan" in told
    assert "likened by whom?" not in told  # an example of another reason
    assert "0 right, 0 right with another strength, 1 with another label" in told


def test_a_label_without_a_worked_example_comes_with_its_definition(claim: Claim, ana: User, max: User) -> None:
    calibrate(claim, max, Label.NOT_A_CLAIM)
    assess(claim, ana, Label.SOURCED)
    assert LABEL_BY_VALUE[Label.NOT_A_CLAIM].definition in text(ana)


def test_the_right_strength_is_not_shown_before_one_was_given(claim: Claim, ana: User, max: User) -> None:
    calibrate(claim, max, strength=0, explanation=CANARY)
    assess(claim, ana, Label.UNSOURCED)
    told = text(ana)
    assert "Give one, and it is compared as well." in told
    assert "strength 0" not in told
    assert CANARY not in told
    assess(claim, ana, Label.UNSOURCED, strength=1)
    told = text(ana)
    assert "Right, another strength" in told
    assert "strength 0" in told


def test_a_later_label_is_shown_as_later(claim: Claim, ana: User, max: User) -> None:
    calibrate(claim, max)
    assess(claim, ana, Label.OPINION)
    assess(claim, ana, Label.UNSOURCED)
    assert "Opinion changed later to unsourced" in text(ana)
    assert "1 with another label" in text(ana)


def test_who_has_answered_none_is_told_nothing_about_others(
    claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    nothing = text(ana)
    calibrate(claims[0], max, explanation=CANARY)
    assess(claims[0], ben, Label.OPINION)
    assert text(ana) == nothing
    assert CANARY in text(ben)


@pytest.mark.parametrize("visitor", ["ana", "eve"])
def test_no_page_tells_that_a_claim_has_a_known_answer_before_one_has_answered(
    visitor: str, request: pytest.FixtureRequest, claims: list[Claim], ben: User, max: User
) -> None:
    """Whatever a reviewer can read stays as it is when answers are set, changed, answered by others, and ended."""
    browser = logged_in(request.getfixturevalue(visitor))
    rule(claims[3], max, Label.OPINION)
    asked = [*questions(claims[0].article, claims, ben), "/calibration/mine"]
    before = crawl(browser, *asked)
    for claim in claims:
        calibrate(claim, max, explanation=CANARY)
    assert differences(before, crawl(browser, *asked)) == []
    calibrate(claims[0], max, Label.OPINION, version=1, explanation=CANARY)
    assess(claims[0], ben, Label.SOURCED)
    assess(claims[0], ben, Label.UNSOURCED)
    after = crawl(browser, *asked)
    assert differences(before, after) == []
    assert not [url for url, page in after.items() if CANARY in page and CANARY not in url]
    end(claims[1], max)
    assert differences(before, crawl(browser, *asked)) == []


def test_a_settled_claim_does_not_tell_others_that_its_answer_was_known(
    claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    """A label that is changed is not blind where the answer is known: only moderators read that."""
    calibrate(claims[0], max)
    pages = []
    for claim in claims[:2]:
        assess(claim, ben, Label.SOURCED)
        assess(claim, ben, Label.UNSOURCED)
        rule(claim, max)
        html = logged_in(ana).get(f"/claims/{claim.pk}/").content.decode()
        pages.append([line for line in html.splitlines() if "<td>" in line and "ben" in line])
    assert pages[0]
    assert [re.sub(r"\d\d:\d\d", "", line) for line in pages[0]] == [
        re.sub(r"\d\d:\d\d", "", line) for line in pages[1]
    ]
    assert "not blind" in logged_in(max).get(f"/claims/{claims[0].pk}/").content.decode()


def test_the_answer_to_a_label_is_the_same_for_a_claim_with_a_known_answer(
    claims: list[Claim], ana: User, max: User
) -> None:
    calibrate(claims[0], max)
    browser, answers = logged_in(ana), []
    for claim in claims[:2]:
        for label, version in (("SOURCED", 0), ("OPINION", 1)):
            sent = {"label": label, "version": version, "key": uuid4(), "note": "", "reason": "", "strength": ""}
            answer = browser.post(f"/claims/{claim.pk}/assess", sent, headers={"Accept": "application/json"})
            answers.append((answer.status_code, answer.content))
    assert answers[:2] == answers[2:]


def test_the_way_to_ones_own_page_stands_on_the_front_page_whatever_there_is(
    ana: User, max: User, claim: Claim
) -> None:
    assert "/calibration/mine" in shown(ana, "/").links()
    calibrate(claim, max)
    assert "/calibration/mine" in shown(ana, "/").links()
    assert "/calibration/" not in shown(ana, "/calibration/mine").links()
    assert "/calibration/" in shown(max, "/calibration/mine").links()


def test_the_method_page_has_the_worked_examples(ana: User) -> None:
    assert "likened by whom?" in text(ana, "/method/")
