"""The section “evidence” of a claim's details: its forms, what comes back of them, and what nobody else is shown."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from claims.models import Article, Claim, ClaimTime, Evidence, User
from claims.review.given_evidence import MOST_EVIDENCE
from claims.text.sanitise import MAX_NOTE
from tests.cast import logged_in, rule
from tests.deeds import hide, lock, retire
from tests.pages.html import Page, page_of
from tests.pages.test_matrix_bodies import VOLATILE

FORM = {"url": "https://example.org/page", "stance": "refutes", "title": "The page", "date": "2024-03-02"}
JSON = {"Accept": "application/json"}


def url(claim: Claim, deed: str = "add") -> str:
    return f"/claims/{claim.pk}/evidence/{deed}"


def send(by: User, claim: Claim, deed: str = "add", headers: dict[str, str] | None = None, **parts: Any) -> Any:
    form = FORM | {"key": str(uuid4())} | parts
    return logged_in(by).post(url(claim, deed), form, headers=headers or {})


def give(by: User, claim: Claim, **parts: Any) -> Evidence:
    assert send(by, claim, **parts).status_code == 302
    return Evidence.objects.latest("created_at")


def shown(by: User, claim: Claim, query: str = "") -> Page:
    return page_of(logged_in(by).get(f"/claims/{claim.pk}/details{query}"))


def section(page: Page, name: str = "evidence") -> str:
    (found,) = page.all("section", id=name)
    return found.text


def alert(page: Page) -> str:
    return " ".join(element.text.strip() for element in page.elements if element.attributes.get("role") == "alert")


def test_evidence_is_added_by_a_plain_form_and_shown_with_its_host(ana: User, claim: Claim) -> None:
    page = shown(ana, claim)
    form = page.fields(url(claim))
    answer = logged_in(ana).post(
        url(claim), form | FORM | {"quote": "It was <i>open</i>.", "note": "See <b>below</b>."}
    )
    assert (answer.status_code, answer.url) == (302, f"/claims/{claim.pk}/details#evidence")
    page = shown(ana, claim)
    (link,) = page.all("a", href="https://example.org/page")
    assert (link.text, link.attributes["rel"]) == ("The page", "noreferrer noopener nofollow")
    said = section(page)
    for words in ("Refutes it", "example.org", "2 March 2024", "It was <i>open</i>.", "See below.", "added by ana"):
        assert words in said


def test_no_page_loads_what_evidence_points_to(ana: User, claim: Claim) -> None:
    give(ana, claim, archived_url="https://archive.example/1")
    page = shown(ana, claim)
    loading = {element.attributes.get(name, "") for element in page.elements for name in ("src", "data", "srcset")}
    loading |= {element.attributes.get("href", "") for element in page.all("link")}
    assert not [address for address in loading if "example.org" in address or "archive.example" in address]
    assert {link.attributes["rel"] for link in page.all("a") if "example" in link.attributes.get("href", "")} == {
        "noreferrer noopener nofollow"
    }


def test_words_from_outside_stay_words(ana: User, claim: Claim) -> None:
    hostile = "<script>alert(1)</script>\u202e"
    give(ana, claim, title=hostile, quote=hostile)
    html = logged_in(ana).get(f"/claims/{claim.pk}/details").content.decode()
    assert "<script>alert" not in html
    assert html.count(escape(hostile)) >= 2
    assert f"<bdi>{escape(hostile)}</bdi>" in html


def test_a_host_that_looks_like_another_is_shown_as_it_is_sent(ana: User, claim: Claim) -> None:
    give(ana, claim, url="https://аррӏе.com/")
    assert "xn--80ak6aa92e.com (аррӏе.com)" in section(shown(ana, claim))


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"url": "javascript:alert(1)"}, "has to be one that starts with http:// or https://"),
        ({"url": "//example.org/"}, "has to be one that starts with"),
        ({"url": "http://user:pw@example.org/"}, "a user name or a password"),
        ({"url": "https://example.org/\u202etxt.exe"}, "an invisible character"),
        ({"url": "https://example.org/" + "x" * 10_000}, "The address has 10020 characters, and the most is 2000"),
        ({"url": ""}, "Give the address of the evidence"),
        ({"archived_url": "data:text/html,x"}, "The link to the archived copy has to be"),
        ({"stance": ""}, "Say how it bears on the claim"),
        ({"stance": "proves"}, "Choose how it bears"),
        ({"date": "last Tuesday"}, "Date: “last Tuesday” is no time"),
        ({"title": "x" * 301}, "The title has 301 characters"),
        ({"title": "a\x00b"}, "holds a character that cannot be stored"),
        ({"note": "x" * (MAX_NOTE + 1)}, "The note has 4001 characters"),
        ({"key": "x"}, "Key: "),
    ],
)
def test_a_refused_form_comes_back_with_all_that_was_typed(
    parts: dict[str, str], sentence: str, ana: User, claim: Claim
) -> None:
    typed = FORM | {"quote": "Half an hour's <b>work", "note": "A note"} | parts
    answer = send(ana, claim, **typed)
    page = page_of(answer)
    assert answer.status_code == 400
    assert sentence in alert(page)
    again = page.fields(url(claim))
    for name in ("url", "title", "quote", "date", "note"):
        assert again[name] == typed[name], name
    chosen = [option.attributes["value"] for option in page.all("option") if "selected" in option.attributes]
    assert not typed["stance"] or ("refutes" in chosen) == (typed["stance"] == "refutes")
    assert again["key"] != parts.get("key")
    assert not Evidence.objects.exists()


def test_evidence_is_changed_removed_and_restored_by_the_forms_of_the_page(ana: User, claim: Claim) -> None:
    evidence = give(ana, claim)
    browser = logged_in(ana)
    form = shown(ana, claim).fields(url(claim, "change"))
    assert browser.post(url(claim, "change"), form | {"title": "Better", "stance": "context"}).status_code == 302
    page = shown(ana, claim)
    assert "Better" in section(page)
    assert browser.post(url(claim, "remove"), page.fields(url(claim, "remove"))).status_code == 302
    page = shown(ana, claim)
    assert "None that you can see." in section(page)
    assert browser.post(url(claim, "restore"), page.fields(url(claim, "restore"))).status_code == 302
    evidence.refresh_from_db()
    assert (evidence.version, evidence.stance, evidence.removed_at) == (4, "context", None)


def test_what_was_typed_over_a_newer_version_stands_beside_it(ana: User, max: User, claim: Claim) -> None:
    evidence = give(ana, claim)
    old = shown(ana, claim).fields(url(claim, "change"))
    assert send(max, claim, "change", title="The moderator's", evidence=evidence.pk, version=1).status_code == 302
    answer = logged_in(ana).post(url(claim, "change"), old | {"stance": "refutes", "title": "Mine"})
    page = page_of(answer)
    assert answer.status_code == 409
    assert "changed since this page was loaded" in alert(page)
    assert "The moderator's" in section(page)
    again = page.fields(url(claim, "change"))
    assert (again["title"], again["version"]) == ("Mine", "2")
    assert logged_in(ana).post(url(claim, "change"), again | {"stance": "refutes"}).status_code == 302
    evidence.refresh_from_db()
    assert evidence.title == "Mine"


def test_a_script_is_answered_in_its_own_words(ana: User, claim: Claim) -> None:
    stored = send(ana, claim, headers=JSON).json()
    assert (stored["version"], stored["stance"], stored["removed"]) == (1, "refutes", False)
    refused = send(ana, claim, headers=JSON, url="data:x")
    assert (refused.status_code, refused.json()["current"]) == (400, None)
    send(ana, claim, "change", evidence=stored["evidence"], version=1, note="a &amp; b")
    conflict = send(ana, claim, "change", headers=JSON, evidence=stored["evidence"], version=1)
    assert conflict.status_code == 409
    assert (conflict.json()["current"]["version"], conflict.json()["current"]["note"]) == (2, "a & b")


def test_a_form_sent_twice_adds_one_piece(ana: User, claim: Claim) -> None:
    key = str(uuid4())
    assert [send(ana, claim, key=key).status_code for _ in range(2)] == [302, 302]
    assert Evidence.objects.count() == 1


def test_until_it_is_settled_a_colleague_sees_no_trace_of_it(ana: User, ben: User, max: User, claim: Claim) -> None:
    def pages() -> list[str]:
        browser, page = logged_in(ben), f"/claims/{claim.pk}/"
        answers = [browser.get(address) for address in (page, f"{page}details", f"{page}details?part=1")]
        answers.append(browser.post(url(claim, "remove"), {"evidence": uuid4(), "version": 1, "key": uuid4()}))
        return [VOLATILE.sub("", answer.content.decode()) for answer in answers]

    before = pages()
    for title in ("One", "Two"):
        give(ana, claim, title=title)
    assert pages() == before
    assert "One" in section(shown(max, claim))
    rule(claim, max)
    said = section(shown(ben, claim))
    assert "One" in said
    assert "The whole desk sees it." in said


def test_only_who_may_change_it_is_offered_to(ana: User, ben: User, max: User, claim: Claim) -> None:
    evidence = give(ana, claim)
    rule(claim, max)
    offered = [len(shown(who, claim).all("form", action=url(claim, "change"))) for who in (ana, ben, max)]
    assert offered == [1, 0, 1]
    answer = send(ben, claim, "change", evidence=evidence.pk, version=1)
    assert answer.status_code == 403
    assert "only a moderator may change evidence" in alert(page_of(answer))
    send(ana, claim, "remove", evidence=evidence.pk, version=1)
    assert [len(shown(who, claim).all("form", action=url(claim, "restore"))) for who in (ana, ben, max)] == [1, 0, 1]


def test_evidence_later_than_the_claim_says_so_and_on_what_basis(ana: User, claim: Claim) -> None:
    give(ana, claim)
    assert "Later than the claim" not in section(shown(ana, claim))
    Article.objects.filter(pk=claim.article_id).update(published="2024-02-24", page_date="2024-03-01")
    assert "Later than the claim" not in section(shown(ana, claim))
    Article.objects.filter(pk=claim.article_id).update(bases={"published": {"basis": "in_text"}})
    stated = "dated 2024-03-02, later than the article's stated publication date 2024-02-24."
    assert f"Later than the claim: {stated}" in section(shown(ana, claim))
    as_of = ClaimTime.objects.create(claim=claim, kind="as_of", value="2024-02-23", basis="in_text", by=ana)
    assert "later than the claim's as-of 2024-02-23." in section(shown(ana, claim))
    ClaimTime.objects.filter(pk=as_of.pk).update(value="2024-03")
    assert "Later than the claim" not in section(shown(ana, claim))


def test_a_claim_that_takes_no_work_has_no_forms_and_loses_nothing_typed(
    ana: User, max: User, claims: list[Claim]
) -> None:
    give(ana, claims[0])
    retire(claims[1], max, "Mayor Ida Brook said on Monday", "that the bridge would open again in May.")
    lock(claims[0].article, max)
    for claim, code, said in ((claims[0], 409, "locked this article"), (claims[1], 410, "gave way to its parts")):
        page = shown(ana, claim)
        assert said in section(page)
        assert not [form for form in page.all("form") if "/evidence/" in form.attributes.get("action", "")]
        answer = send(ana, claim, quote="Half an hour's work")
        assert answer.status_code == code
        assert page_of(answer).fields(url(claim))["quote"] == "Half an hour's work"
    hide(claims[2], max)
    assert send(ana, claims[2]).status_code == 410


def test_ids_are_of_one_element_each(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    for _ in range(2):
        give(ana, claim)
    page = shown(ana, claim)
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    labels = {label.attributes["for"] for label in page.all("label") if "for" in label.attributes}
    assert labels <= set(ids)


@pytest.mark.parametrize("who", ["ana", "max"])
def test_much_evidence_needs_no_more_queries_than_little(
    who: str, request: pytest.FixtureRequest, ben: User, max: User, claim: Claim
) -> None:
    viewer = request.getfixturevalue(who)
    rule(claim, max)
    browser, counts = logged_in(viewer), []
    for number in (1, MOST_EVIDENCE):
        Evidence.objects.bulk_create(
            Evidence(claim=claim, by=ben, url="https://example.org/", stance="context") for _ in range(number)
        )
        with CaptureQueriesContext(connection) as done:
            assert browser.get(f"/claims/{claim.pk}/details").status_code == 200
        counts.append([query["sql"] for query in done])
    assert len(counts[0]) == len(counts[1])
    own = [sql for sql in counts[1] if 'FROM "claims_evidence"' in sql or 'FROM "claims_claimtime"' in sql]
    assert len(own) <= 4
