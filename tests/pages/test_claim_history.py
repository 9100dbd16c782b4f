"""The history on a claim's page: a story that each person may read as far as the blind rule lets them."""

from uuid import uuid4

from django.test import Client

from claims.models import Assessment, Claim, Ruling, User
from claims.review.flag_claim import flag_claim
from claims.vocabulary import Label
from tests.cast import assess, logged_in, rule
from tests.pages.html import Page
from tests.unit.ledger import events


def story(browser: Client, claim: Claim) -> list[str]:
    page = Page(browser.get(f"/claims/{claim.pk}/").content.decode())
    lists = [element for element in page.all("ol") if element.has("history")]
    return [" ".join(line.text.split()) for line in page.all("li") if lists and lists[0] in line.within]


def test_each_change_is_told_once_in_words(max: User, ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, Label.UNSOURCED, strength=0)
    assess(claim, ana, Label.UNSOURCED, "Who says so?", strength=0)
    assess(claim, ben, Label.SOURCED, strength=2)
    rule(claim, max, Label.OPINION, "A view.")
    assert [line.split(" ", 4)[4] for line in story(logged_in(max), claim)] == [
        "ana labelled it unsourced, strength 0.",
        "ana wrote a note.",
        "ben labelled it sourced, strength 2; the claim is disputed.",
        "max ruled: opinion. A view.",
    ]


def test_before_it_is_settled_a_reviewer_reads_their_own_part_only(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, Label.UNSOURCED)
    assess(claim, ben, Label.SOURCED, "A canary in the note.")
    told = " ".join(story(logged_in(ana), claim))
    assert "ana labelled it" in told
    assert "ben" not in told
    assert "disputed" not in told
    assert story(logged_in(ben), claim) != []


def test_when_it_is_settled_all_of_the_desk_reads_it_but_not_who_flagged(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    flag_claim(by=ben, claim_id=claim.pk, reason="Odd.", key=uuid4())
    assess(claim, ben, Label.SOURCED)
    rule(claim, max, Label.OPINION)
    told = " ".join(story(logged_in(ana), claim))
    assert "ben labelled it sourced" in told
    assert "asked a moderator" not in told
    assert "asked a moderator" in " ".join(story(logged_in(max), claim))


def test_an_earlier_judgement_of_ones_own_is_restored_as_a_new_event(ana: User, claim: Claim) -> None:
    assess(claim, ana, Label.UNSOURCED, "First & plain.", strength=1, reason="vague")
    assess(claim, ana, Label.OPINION)
    browser, url = logged_in(ana), f"/claims/{claim.pk}/restore"
    page = Page(browser.get(f"/claims/{claim.pk}/").content.decode())
    sent = page.fields(url)
    assert browser.post(url, sent).status_code == 302
    restored = Assessment.objects.get()
    assert (restored.label, restored.strength, restored.reason) == (Label.UNSOURCED, 1, "vague")
    assert restored.note == "First &amp; plain."
    assert restored.version == 3
    last = events("claim.assessed")[-1]
    assert last.reason == "Restored from version 1."
    assert browser.post(url, sent).status_code == 302  # sent twice, done once
    assert len(events("claim.assessed")) == 3


def test_nobody_restores_what_is_not_theirs(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    assess(claims[0], ben, Label.OPINION)
    rule(claims[2], max, Label.OPINION)
    for claim, form in (
        (claims[0], {"restored": 1}),
        (claims[0], {"restored": 9}),
        (claims[2], {"restored": 1, "ruling": "on"}),
    ):
        sent = form | {"version": 0, "key": uuid4()}
        assert logged_in(ana).post(f"/claims/{claim.pk}/restore", sent).status_code == 410


def test_the_page_names_no_number_that_counts_what_others_do(ana: User, ben: User, claims: list[Claim]) -> None:
    assess(claims[0], ana, Label.UNSOURCED)
    assess(claims[1], ben, Label.SOURCED)
    assess(claims[0], ana, Label.OPINION)
    page = Page(logged_in(ana).get(f"/claims/{claims[0].pk}/").content.decode())
    sent = page.fields(f"/claims/{claims[0].pk}/restore")
    assert (sent["restored"], sent["version"]) == ("1", "2")
    assert "number" not in sent


def test_a_moderator_restores_an_earlier_ruling(max: User, claim: Claim) -> None:
    rule(claim, max, Label.OPINION, "First.")
    rule(claim, max, Label.SOURCED, "Second.")
    browser, url = logged_in(max), f"/claims/{claim.pk}/restore"
    sent = Page(browser.get(f"/claims/{claim.pk}/").content.decode()).fields(url)
    assert browser.post(url, sent).status_code == 302
    assert (Ruling.objects.get().label, Ruling.objects.get().explanation) == (Label.OPINION, "First.")
    assert len(events("claim.ruled")) == 3
    assert events("claim.ruled")[-1].reason == "Restored from version 1. First."
