"""The page on the first pass: what the desk decided about proposals, the claims behind it, and its file."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import keyset
from claims.exchange.write_first_pass_csv import HEADER
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Assessment, Claim, ExampleWork, Outlet, Proposal, ProposalOutcome, User
from claims.review import proposal_figures
from claims.vocabulary import Label
from claims.web import first_pass
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.pages.html import Page, page_of
from tests.pages.test_agreement import row, rows, text
from tests.proposing import propose, propose_for_the_cast

OTHER = {"SOURCED": Label.OPINION, "UNSOURCED": Label.SOURCED, "OPINION": Label.UNSOURCED}
HERE = "/agreement/first-pass"


def shown(viewer: User, url: str = HERE) -> Page:
    answer = logged_in(viewer).get(url)
    assert answer.status_code == 200, answer.content.decode()
    return page_of(answer)


@pytest.fixture
def claims(claims: list[Claim]) -> list[Claim]:
    """The cast's four claims with proposals that stay as they are."""
    return propose_for_the_cast(claims)


@pytest.fixture
def decided(claims: list[Claim], ana: User, max: User) -> list[Claim]:
    """Three proposals are accepted, the last by a ruling; the first is overruled by ana's blind label."""
    assess(claims[0], ana, OTHER[claims[0].proposal.label])
    for claim in claims[1:3]:
        assess(claim, ana, Label(claim.proposal.label))
    rule(claims[3], max, Label(claims[3].proposal.label))
    return claims


def test_a_desk_without_labels_is_told_so(claims: list[Claim], max: User) -> None:
    page = shown(max)
    assert "Nobody has labelled a claim with a proposal yet" in text(page)
    assert rows(page) == []


def test_a_rule_without_decisions_is_told_so(decided: list[Claim], max: User) -> None:
    assert "No decisions for this rule yet." in text(shown(max, f"{HERE}?rule=no-such-rule"))
    nowhere = Outlet.objects.create(pk=uuid4(), host="example.net")
    assert "No decisions for this outlet yet." in text(shown(max, f"{HERE}?outlet={nowhere.pk}"))
    both = text(shown(max, f"{HERE}?outlet={nowhere.pk}&rule=no-such-rule"))
    assert "No decisions for this rule at this outlet yet." in both


def test_the_page_says_what_is_compared_and_who_sees_it(decided: list[Claim], max: User) -> None:
    said = text(shown(max))
    assert "Only labels are compared: not strength, reason or source." in said
    assert "What the worked example labelled is left out." in said
    assert "Only moderators and administrators see this page." in said


def test_an_overruled_proposal_of_a_rule_that_nobody_measured_shows_no_number(decided: list[Claim], max: User) -> None:
    Proposal.objects.filter(claim=decided[0]).update(rule="de-bare")
    assert "Unsourced proposed;" in text(shown(max, f"{HERE}/overruled"))


def test_the_worked_examples_labels_are_on_no_page_and_not_in_the_file(decided: list[Claim], max: User) -> None:
    first, second = Assessment.objects.filter(claim__in=decided[:2]).order_by("claim__start")
    for label in (first, second):
        ExampleWork.objects.create(target_type="assessment", target_id=str(label.pk), version=label.version)
    # Changed since: the desk's own.
    ExampleWork.objects.filter(target_id=str(second.pk)).update(version=second.version + 1)
    assert "3 proposals decided" in text(shown(max))
    assert "No proposal was overruled here" in text(shown(max, f"{HERE}/overruled"))
    written = b"".join(logged_in(max).get("/first-pass.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert str(decided[0].pk) not in written
    assert str(decided[1].pk) in written
    ExampleWork.objects.update(removed_at=datetime.now(UTC))
    assert "4 proposals decided" in text(shown(max))


def test_precision_stands_with_its_interval_and_what_it_rests_on(decided: list[Claim], max: User) -> None:
    page = shown(max)
    assert row(page, "All of them") == ["All of them", "4 few", "3", "1 overruled: All of them", "75 % 30 to 95 %"]
    assert "Too few to rely on." in text(page)
    assert row(page, "example.org")[1:3] == ["4 few", "3"]
    month = datetime.now(UTC).strftime("%Y-%m")
    assert row(page, month)[-1] == "75 % 30 to 95 %"


def test_enough_decisions_carry_no_warning(decided: list[Claim], max: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposal_figures, "FEWEST", 4)
    assert "Too few to rely on." not in text(shown(max))


def test_a_rule_leads_to_its_figures_and_to_the_claims_that_it_got_wrong(decided: list[Claim], max: User) -> None:
    used = decided[0].proposal.rule
    page = shown(max)
    assert f"{HERE}?rule={used}" in page.links()
    assert f"{HERE}/overruled?rule={used}" in page.links()
    narrowed = shown(max, f"{HERE}?rule={used}")
    assert "Only the rule" in text(narrowed)
    assert "All of them" not in [cells[0] for cells in rows(narrowed)]
    behind = shown(max, f"{HERE}/overruled?rule={used}")
    assert f"/claims/{decided[0].pk}/" in behind.links()
    assert not {f"/claims/{claim.pk}/" for claim in decided[1:]} & set(behind.links())
    assert "Unsourced proposed, 0.83 sure;" in text(behind)
    assert "by blind labels" in text(behind)
    assert decided[0].proposal.why in text(behind)
    assert "No proposal was overruled here" in text(shown(max, f"{HERE}/overruled?rule={decided[2].proposal.rule}"))


def test_an_outlet_leads_to_its_figures(decided: list[Claim], max: User, make_article: MakeArticle, ana: User) -> None:
    elsewhere = Claim.objects.get(article=make_article("It rains in Oslo."))
    propose(elsewhere, "bare", Label.UNSOURCED)
    assess(elsewhere, ana)
    page = shown(max)
    assert row(page, "no outlet known")[1] == "1 few"
    narrowed = shown(max, f"{HERE}?outlet={decided[0].article.outlet_id}")
    assert "Only example.org" in text(narrowed)
    assert "4 proposals decided" in text(narrowed)


def test_months_are_drawn_with_a_table_beside(decided: list[Claim], max: User) -> None:
    page = shown(max)
    assert not [svg for svg in page.all("svg") if svg.has("course")]
    outcome = ProposalOutcome.objects.get(claim=decided[1])
    ProposalOutcome.objects.filter(pk=outcome.pk).update(decided_at=outcome.decided_at - timedelta(days=40))
    page = shown(max)
    (drawing,) = [svg for svg in page.all("svg") if svg.has("course")]
    assert "the table below has the same figures" in drawing.attributes["aria-label"]
    assert len([dot for dot in page.all("circle") if drawing in dot.within]) == 2
    months = [cells for cells in rows(page) if cells[0].startswith("20")]
    assert [cells[1] for cells in months] == ["1 few", "3 few"]


def test_what_cannot_be_asked_is_said(max: User) -> None:
    browser = logged_in(max)
    for question, status in (
        ("rule=" + 41 * "x", 400),
        ("rule=%00", 400),
        ("outlet=x", 400),
        (f"outlet={uuid4()}", 410),
    ):
        for page in (HERE, f"{HERE}/overruled", "/first-pass.csv"):
            assert browser.get(f"{page}?{question}").status_code == status, (page, question)
    assert browser.get(f"{HERE}?rule=no-such-rule").status_code == 200
    assert browser.get(f"{HERE}/overruled?after=nowhere").status_code == 400


def test_the_list_turns_its_pages(
    max: User, ana: User, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for town in ("Oslo", "Rome", "Lima"):
        (claim,) = Claim.objects.filter(article=make_article(f"It rains in {town}."))
        propose(claim, "bare", Label.UNSOURCED)
        assess(claim, ana, OTHER[claim.proposal.label])
    monkeypatch.setattr(keyset.page_of, "__kwdefaults__", {"key": "pk", "size": 2})
    first = shown(max, f"{HERE}/overruled")
    assert "Lima" in text(first)
    assert "Oslo" not in text(first)
    (older,) = [a.attributes["href"] for a in first.all("a") if a.attributes.get("rel") == "next"]
    second = shown(max, f"{HERE}/overruled{older}")
    assert "Oslo" in text(second)
    (newer,) = [a.attributes["href"] for a in second.all("a") if a.attributes.get("rel") == "prev"]
    assert "Lima" in text(shown(max, f"{HERE}/overruled{newer}"))


def test_the_words_of_a_withdrawn_article_are_not_listed(decided: list[Claim], max: User) -> None:
    withdraw_article(
        by=max, article_id=decided[0].article_id, reason="Asked.", expected_version=decided[0].article.status.version
    )
    assert "bridge" not in text(shown(max, f"{HERE}/overruled"))


def test_the_file_has_a_row_for_each_decision(decided: list[Claim], max: User) -> None:
    answer = logged_in(max).get("/first-pass.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "first-pass-" in answer["Content-Disposition"]
    written = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))  # type: ignore[attr-defined]
    assert tuple(written[0]) == HEADER
    by_claim = {line["claim_id"]: line for line in written}
    assert by_claim.keys() == {str(claim.pk) for claim in decided}
    line = by_claim[str(decided[0].pk)]
    assert (line["proposed"], line["decided"], line["accepted"]) == ("UNSOURCED", "SOURCED", "no")
    assert (line["rule"], line["outlet"], line["state"]) == (decided[0].proposal.rule, "example.org", "in_review")
    assert line["decided_at"].endswith("Z")
    assert by_claim[str(decided[3].pk)]["accepted"] == "yes"
    some = logged_in(max).get(f"/first-pass.csv?rule={decided[0].proposal.rule}")
    assert str(decided[0].pk) in b"".join(some.streaming_content).decode()  # type: ignore[attr-defined]


def test_the_pages_need_few_queries_however_much_is_decided(
    decided: list[Claim], max: User, ana: User, make_article: MakeArticle
) -> None:
    browser = logged_in(max)

    def counts() -> list[int]:
        found = []
        for url in (HERE, f"{HERE}/overruled"):
            with CaptureQueriesContext(connection) as done:
                assert browser.get(url).status_code == 200
            found.append(len(done))
        return found

    few = counts()
    for town in ("Oslo", "Rome", "Lima"):
        article = make_article(f"It rains in {town}. It is cold in {town}.", f"https://{town}.example/")
        for claim in Claim.objects.filter(article=article):
            propose(claim, "bare", Label.UNSOURCED)
            assess(claim, ana, OTHER[claim.proposal.label])
    assert counts() == few
    assert few <= [8, 8]


def test_a_cut_is_told(decided: list[Claim], max: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposal_figures, "MOST_COUNTED", 3)
    monkeypatch.setattr(first_pass, "MOST_COUNTED", 3)
    assert "Only the newest 3 decisions are counted here, and at most" in text(shown(max))


def test_the_panel_and_the_agreement_pages_lead_there(max: User, ada: User) -> None:
    assert HERE in shown(max, "/agreement/").links()
    assert HERE in shown(ada, "/admin/").links()
