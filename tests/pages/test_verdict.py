"""The section “verdict” of a claim's details, and what readers see of a verdict."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.coverage.publish_story import publish_story
from claims.models import ArticleStatus, Claim, Evidence, StoryStatus, User, Verdict
from tests.cast import MakeArticle, logged_in, rule
from tests.deeds import reopen
from tests.pages.html import Page, page_of
from tests.pages.test_evidence import alert, section, shown
from tests.publishing import judge, propose, publish, withdraw

FORM = {"value": "refuted", "explanation": "The minutes say otherwise.", "version": 0}
JSON = {"Accept": "application/json"}


def url(claim: Claim, deed: str = "") -> str:
    return f"/claims/{claim.pk}/verdict{deed}"


def send(by: User, claim: Claim, deed: str = "", headers: dict[str, str] | None = None, **parts: Any) -> Any:
    return logged_in(by).post(url(claim, deed), FORM | {"key": str(uuid4())} | parts, headers=headers or {})


def evidence_of(claim: Claim, by: User, title: str = "The minutes") -> Evidence:
    return Evidence.objects.create(claim=claim, by=by, url="https://example.org/", stance="refutes", title=title)


def test_a_verdict_is_given_by_a_plain_form_apart_from_the_label(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    evidence = evidence_of(claim, max)
    page = shown(ana, claim)
    assert "Sourced is not true: a verdict says whether the claim holds, apart from where it comes from." in section(
        page, "verdict"
    )
    form = page.fields(url(claim))
    answer = logged_in(ana).post(url(claim), FORM | form | FORM | {"evidence": evidence.pk, "as_of": "2024-02"})
    assert (answer.status_code, answer.url) == (302, f"/claims/{claim.pk}/details#verdict")
    said = " ".join(section(shown(ana, claim), "verdict").split())
    assert "Refuted, as of February 2024" in said
    assert "The minutes say otherwise." in said
    assert "The minutes example.org, which refutes it" in said
    assert "gave the verdict refuted, as of February 2024, on 1 piece of evidence" in said


def test_before_it_is_settled_a_reviewer_is_told_who_may_and_nothing_else(ana: User, max: User, claim: Claim) -> None:
    def seen() -> str:
        return section(shown(ana, claim), "verdict")

    before = seen()
    assert "Until then only a moderator may say whether it holds; then every reviewer." in before
    assert send(max, claim).status_code == 302
    assert seen() == before
    assert not shown(ana, claim).all("form", action=url(claim))
    answer = send(ana, claim)
    assert answer.status_code == 403
    assert page_of(answer).fields(url(claim))["explanation"] == FORM["explanation"]
    assert "Refuted" in section(shown(max, claim), "verdict")
    rule(claim, max)
    assert "Refuted" in seen()
    reopen(claim, max)
    assert seen() == before


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"value": ""}, "Choose a verdict first"),
        ({"value": "true"}, "Choose one of the verdicts"),
        ({"explanation": ""}, "Say in a sentence what the verdict rests on"),
        ({"explanation": "x" * 4_001}, "The explanation has 4001 characters"),
        ({"as_of": "now"}, "As of: “now” is no time"),
        ({"valid_until": "2023", "as_of": "2024"}, "not after the time as of which"),
        ({"evidence": "x"}, "Choose the evidence from the list"),
        ({"key": "x"}, "Key: "),
    ],
)
def test_a_refused_form_comes_back_with_all_that_was_typed(
    parts: dict[str, str], sentence: str, max: User, claim: Claim
) -> None:
    evidence = evidence_of(claim, max)
    typed = {"value": "supported", "explanation": "Half an hour's <b>work", "as_of": "2024", "valid_until": ""} | parts
    answer = send(max, claim, **{"evidence": str(evidence.pk)} | typed)
    page = page_of(answer)
    assert answer.status_code == 400
    assert sentence in alert(page)
    again = page.fields(url(claim))
    assert {name: again[name] for name in ("explanation", "as_of", "valid_until")} == {
        name: typed[name] for name in ("explanation", "as_of", "valid_until")
    }
    assert (again.get("evidence") == str(evidence.pk)) == ("evidence" not in parts)
    assert not Verdict.objects.exists()


def test_a_verdict_is_changed_and_taken_back_and_its_history_stays(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    send(ana, claim)
    assert send(max, claim, value="supported", version=0).status_code == 409
    assert send(max, claim, value="supported", version=1).status_code == 302
    page = shown(ana, claim)
    answer = logged_in(ana).post(url(claim, "/take-back"), page.fields(url(claim, "/take-back")))
    assert answer.status_code == 302
    said = section(shown(ana, claim), "verdict")
    assert "None." in said
    assert "took back the verdict supported" in said
    assert "changed the verdict from refuted to supported" in said
    assert send(ana, claim, version=3).status_code == 302


def test_what_was_typed_over_a_newer_verdict_stands_below_it(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    send(max, claim)
    answer = send(ana, claim, value="supported", explanation="I found them.")
    page = page_of(answer)
    assert answer.status_code == 409
    assert "Refuted" in section(page, "verdict")
    again = page.fields(url(claim))
    assert (again["explanation"], again["version"]) == ("I found them.", "1")


def test_a_verdict_whose_end_has_passed_is_shown_as_outdated_and_not_changed(max: User, claim: Claim) -> None:
    send(max, claim, as_of="2019", valid_until="2020-01")
    assert "outdated since 1 February 2020" in section(shown(max, claim), "verdict")
    send(max, claim, as_of="2019", valid_until="2999", version=1)
    said = section(shown(max, claim), "verdict")
    assert "valid until 2999" in said
    assert "outdated since" not in said
    assert Verdict.objects.get().value == "refuted"


def test_evidence_that_was_removed_since_is_still_named(max: User, claim: Claim) -> None:
    evidence = evidence_of(claim, max)
    send(max, claim, evidence=evidence.pk)
    Evidence.objects.update(removed_at="2024-01-01T00:00Z")
    page = shown(max, claim)
    assert "(removed since)" in section(page, "verdict")
    assert not page.all("input", type="checkbox", name="evidence")


def test_a_script_is_answered_in_its_own_words(max: User, claim: Claim) -> None:
    stored = send(max, claim, headers=JSON, explanation="a & b").json()
    assert (stored["value"], stored["version"]) == ("refuted", 1)
    conflict = send(max, claim, headers=JSON)
    assert (conflict.status_code, conflict.json()["current"]["explanation"]) == (409, "a & b")


@pytest.fixture
def quoted(max: User, make_article: MakeArticle) -> list[Claim]:
    """Two claims of a published story that readers are quoted."""
    article = make_article("The bridge is shut.\n\nIt was built in 1911.\n\n" + "The river is long. " * 40)
    story = create_story(by=max, title="The bridge", description="", key=uuid4())
    place_article(by=max, article_id=article.pk, story_id=story.pk, expected_version=article.status.version)
    claims = list(Claim.objects.filter(article=article).in_reading_order()[:2])
    for claim in claims:
        rule(claim, max)
    publish_story(by=max, story_id=story.pk, expected_version=StoryStatus.objects.get(story=story).version)
    return claims


def published(claim: Claim) -> Page:
    """The page of the claim's story as readers see it."""
    return page_of(Client().get(f"/stories/{ArticleStatus.objects.get(pk=claim.article_id).story_id}/"))


def test_readers_see_the_published_verdict_beside_the_label_and_apart_from_it(
    max: User, ada: User, quoted: list[Claim]
) -> None:
    judged, other = quoted
    evidence = evidence_of(judged, max, title="Not for readers")
    send(max, judged, explanation="The <b>minutes</b>.", valid_until="2020", evidence=evidence.pk)
    propose(judged, max)
    publish(judged, ada)
    page = published(judged)
    (block,) = page.all("div", id=f"claim-{judged.pk}")
    said = " ".join(block.text.split())
    assert "Unsourced" in said
    assert "Whether it holds, apart from where it comes from: refuted · outdated since 1 January 2021" in said
    assert "Sourced is not true." in said
    assert "The minutes." in said
    assert "Not for readers" not in said
    (without,) = page.all("div", id=f"claim-{other.pk}")
    assert "Whether it holds" not in without.text
    assert page.all("a", href=f"/verdicts/{judged.pk}/")
    withdraw(judged, max)
    assert not told_of(judged)


def told_of(claim: Claim) -> str:
    """What the page of the claim's story tells readers of its verdict."""
    return " ".join(element.text for element in published(claim).all("div", **{"class": "verdict"}))


def test_a_verdict_that_no_second_moderator_let_out_is_not_on_the_story_nor_in_its_preview(
    max: User, ada: User, quoted: list[Claim]
) -> None:
    judged = quoted[0]
    judge(judged, ada)
    propose(judged, max)
    story = f"/stories/{ArticleStatus.objects.get(pk=judged.article_id).story_id}"
    readers, desk = Client(), logged_in(max)
    seen = [
        readers.get(path)
        for path in (f"{story}/", f"{story}/report", f"{story}/claims.csv", f"/api/v1{story}/published")
    ]
    seen += [desk.get(f"{story}{path}?as=reader") for path in ("/", "/report")]
    for answer in seen:
        html = answer.getvalue().decode()
        assert judged.exact in html
        assert "minutes" not in html
        assert "efuted" not in html
    assert "minutes" in desk.get(f"{story}/report").content.decode()


def test_the_story_keeps_the_published_verdict_until_another_is_let_out(
    max: User, ana: User, ada: User, quoted: list[Claim]
) -> None:
    judged = quoted[0]
    judge(judged, ana)
    propose(judged, max)
    publish(judged, ada)
    judge(judged, ana, "supported", "They say the opposite.")
    assert "refuted" in told_of(judged)
    assert "opposite" not in told_of(judged)
    propose(judged, max, "We misread them.")
    assert "refuted" in told_of(judged)
    publish(judged, ada)
    assert "supported" in told_of(judged)


def test_the_number_of_verdicts_costs_the_published_page_no_query(max: User, ada: User, quoted: list[Claim]) -> None:
    counts = []
    for claim in (None, *quoted):
        if claim:
            judge(claim, max)
            propose(claim, max)
            publish(claim, ada)
        with CaptureQueriesContext(connection) as done:
            published(quoted[0])
        counts.append(len(done))
    assert len(set(counts)) == 1
