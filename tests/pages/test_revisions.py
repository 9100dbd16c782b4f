"""The texts of an article: their list, each as it was, what changed, and bringing in a changed one by hand."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Revision, User
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import redraw_claims
from claims.vocabulary import Label
from tests.cast import TEXT, MakeArticle, assess, logged_in, rule
from tests.deeds import hide, reopen
from tests.pages.html import Page, page_of
from tests.unit.ledger import dump, event_count, events, tables

CLOSED, MAYOR, TOLL, UGLY = TEXT.split("\n\n")
SHORTER = TEXT.replace(f"{TOLL}\n\n", "")
REWORDED = TEXT.replace("open again in May", "open again in early June")


def come(operator: User, article: Article, text: str) -> Revision:
    """Another text comes into force at the article's address."""
    stored = store_article(by=operator, raw=text.encode(), address=article.address)
    read_article(by=operator, article=article)
    return stored.revision


def first(article: Article) -> Revision:
    return Revision.objects.filter(article=article).order_by("received_at")[0]


def url(article: Article, revision: Revision | None = None, what: str = "revisions") -> str:
    return f"/articles/{article.pk}/{what}/" + (f"{revision.pk}/" if revision else "")


def words(page: Page) -> str:
    return " ".join(page.all("main")[0].text.split())


def see(browser: Client, address: str) -> Page:
    answer = browser.get(address)
    assert answer.status_code == 200
    return page_of(answer)


def test_the_list_names_each_text_with_its_hash_and_which_is_in_force(
    operator: User, article: Article, ana: User
) -> None:
    old, new = first(article), come(operator, article, SHORTER)
    page = see(logged_in(ana), url(article))
    rows = [row.text for row in page.all("tr")][1:]
    assert [revision.sha256 in row for revision, row in zip((new, old), rows, strict=True)] == [True, True]
    assert ["not in force" in row for row in rows] == [False, True]
    assert [str(len(revision.text)) in row for revision, row in zip((new, old), rows, strict=True)] == [True, True]
    assert {url(article, new), url(article, old), url(article, new, "changes")} <= page.links()
    assert url(article, old, "changes") not in page.links()


def test_the_reading_page_leads_to_earlier_texts_where_there_are_some(
    operator: User, article: Article, ana: User, max: User
) -> None:
    said, page = "Earlier texts, and what changed", f"/articles/{article.pk}/"
    assert said not in words(see(logged_in(ana), page))
    assert said in words(see(logged_in(max), page))
    come(operator, article, SHORTER)
    assert said in words(see(logged_in(ana), page))
    assert url(article) in see(logged_in(ana), page).links()


def test_an_earlier_text_is_shown_with_its_claims_as_they_stood(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    rule(claims[2], max, Label.OPINION)
    assess(claims[0], ana, Label.SOURCED)
    old = first(article)
    come(operator, article, SHORTER.replace(CLOSED, "A lamp was hung there in spring.\n\n" + CLOSED))
    rule(claims[1], max, Label.SOURCED)
    page = see(logged_in(ana), url(article, old))
    marked = [span.text for span in page.all("span") if span.has("s")]
    assert marked == [CLOSED, MAYOR, TOLL, UGLY]
    said = [tag.attributes["aria-label"] for tag in page.all("a") if tag.has("tag")]
    assert said == [
        "Claim 1: not settled then",
        "Claim 2: not settled then",
        "Claim 3: Opinion, settled then",
        "Claim 4: not settled then",
    ]
    assert [tag.attributes["href"] for tag in page.all("a") if tag.has("tag")] == [f"/claims/{c.pk}/" for c in claims]
    assert not [form for form in page.all("form") if "/claims/" in form.attributes.get("action", "")]


def test_what_was_settled_then_is_closed_again_where_the_claim_is_open_now(
    operator: User, article: Article, claims: list[Claim], ana: User, max: User
) -> None:
    rule(claims[1], max, Label.OPINION)
    old = first(article)
    come(operator, article, SHORTER)
    reopen(claims[1], max)
    labels = {
        who.username: [
            tag.attributes["aria-label"] for tag in see(logged_in(who), url(article, old)).all("a") if tag.has("tag")
        ][1]
        for who in (ana, max)
    }
    assert labels == {"ana": "Claim 2: not settled then", "max": "Claim 2: Opinion, settled then"}


def test_the_pages_tell_a_reviewer_nothing_of_what_others_did(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User, make_article: MakeArticle
) -> None:
    twin = make_article(TEXT, "https://twin.example/")
    for claim in claims[:3]:
        assess(claim, ben)
    pages = []
    for one in (article, twin):
        old, new = first(one), come(operator, one, REWORDED.replace(f"{TOLL}\n\n", ""))
        browser, seen = logged_in(ana), []
        for address in (url(one), url(one, old), url(one, new), url(one, new, "changes"), f"/articles/{one.pk}/"):
            text = words(see(browser, address))
            seen.append(text.replace("twin.example", "example.org"))
        pages.append(seen)
    assert [without_times(text) for text in pages[0]] == [without_times(text) for text in pages[1]]


def without_times(text: str) -> str:
    return " ".join(part for part in text.split() if ":" not in part)


def test_hidden_claims_are_not_in_an_earlier_text_for_reviewers(
    operator: User, article: Article, claims: list[Claim], ana: User, max: User
) -> None:
    old = first(article)
    come(operator, article, SHORTER)
    hide(claims[0], max)
    for who, count in ((ana, 3), (max, 4)):
        page = see(logged_in(who), url(article, old))
        assert len([span for span in page.all("span") if span.has("s")]) == count


def test_what_changed_shows_words_that_came_and_went_and_what_came_of_the_claims(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    new = come(operator, article, REWORDED.replace(f"{TOLL}\n\n", ""))
    page = see(logged_in(ana), url(article, new, "changes"))
    assert "June" in "".join(element.text for element in page.all("ins"))
    assert "toll" in "".join(element.text for element in page.all("del"))
    assert "2 as they were · 1 reworded · 1 not found · 0 new" in words(page)
    rows = [" ".join(row.text.split()) for row in page.all("tr")][1:]
    assert ["reworded" in rows[0], "not found" in rows[1], TOLL in rows[1]] == [True] * 3


def test_claims_that_got_other_borders_since_are_not_called_lost(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    new = come(operator, article, TEXT + "\n\nOne more line.")
    start, end = claims[0].start, claims[0].end
    redraw_claims(
        by=ana,
        article_id=article.pk,
        revision_id=new.pk,
        old=[claims[0].pk],
        spans=[GivenSpan(start, start + 10), GivenSpan(start + 11, end)],
        key=uuid4(),
    )
    shown = words(see(logged_in(ana), url(article, new, "changes")))
    assert "3 as they were · 0 reworded · 0 not found · 1 given other borders or taken out of work · 3 new" in shown


def test_the_first_text_has_nothing_to_be_compared_with(article: Article, ana: User) -> None:
    assert "is the first" in words(see(logged_in(ana), url(article, first(article), "changes")))


def test_the_pages_take_as_many_queries_for_many_claims_as_for_few(
    operator: User, make_article: MakeArticle, ana: User
) -> None:
    counts = []
    for number in (3, 40):
        lines = [f"Town {number} of {n} said that bridge {n} was closed on day {n} of the year." for n in range(number)]
        article = make_article("\n\n".join(lines), f"https://example.org/{number}")
        new = come(operator, article, "\n\n".join(line.replace("was closed", "was shut") for line in lines[1:]))
        browser = logged_in(ana)
        taken = []
        for address in (url(article), url(article, first(article)), url(article, new, "changes")):
            with CaptureQueriesContext(connection) as done:
                see(browser, address)
            taken.append(len(done))
        counts.append(taken)
    assert counts[0] == counts[1]


def test_texts_of_a_withdrawn_article_are_gone_from_these_pages_too(
    operator: User, article: Article, ana: User, max: User
) -> None:
    old, new = first(article), come(operator, article, SHORTER)
    withdraw_article(by=max, article_id=article.pk, reason="Asked.", expected_version=0)
    for address in (url(article), url(article, old), url(article, new, "changes")):
        assert "Elm" not in words(see(logged_in(ana), address))
        assert "withdrawn" in words(see(logged_in(ana), address))
    assert logged_in(max).get(f"/articles/{article.pk}/revise").status_code == 410


def test_a_text_of_another_article_is_none_of_this_one(article: Article, make_article: MakeArticle, max: User) -> None:
    other = first(make_article("It rains in Oslo.", "https://example.net/"))
    for what in ("revisions", "changes"):
        assert logged_in(max).get(url(article, other, what)).status_code == 410


def test_markup_in_a_text_is_shown_as_it_is(operator: User, article: Article, ana: User) -> None:
    new = come(operator, article, TEXT.replace("a toll", "a <b>toll</b><script>alert(1)</script>"))
    for address in (url(article, new), url(article, new, "changes")):
        page = see(logged_in(ana), address)
        assert page.all("b", **{"class": "x"}) == []
        assert "<script>alert(1)</script>" in page.all("main")[0].text
        assert page.all("script") == []


# By hand


def form(article: Article, **parts: Any) -> dict[str, Any]:
    status = ArticleStatus.objects.get(article=article)
    return {"revision": status.revision_id, "key": uuid4(), "deed": "preview", "text": ""} | parts


def sent(by: User, article: Article, **parts: Any) -> Any:
    return logged_in(by).post(f"/articles/{article.pk}/revise", form(article, **parts))


def stored(by: User, article: Article, text: str, /, **parts: Any) -> Any:
    previewed = hashlib.sha256(text.encode()).hexdigest()
    return sent(by, article, **{"text": text, "previewed": previewed, "deed": "store"} | parts)


def test_the_preview_says_what_would_change_and_stores_nothing(
    article: Article, claims: list[Claim], ana: User, max: User
) -> None:
    assess(claims[1], ana)
    assess(claims[2], ana)
    before = dump(tables(User))
    answer = sent(max, article, text=REWORDED.replace(f"{TOLL}\n\n", ""))
    assert answer.status_code == 200
    said = words(page_of(answer))
    assert "3 move along, 1 of them reworded · 1 not found · 0 found again" in said
    assert "reworded, and marked as changed after review" in said
    assert dump(tables(User)) == before


def test_what_was_previewed_comes_into_force(article: Article, claims: list[Claim], ana: User, max: User) -> None:
    assess(claims[2], ana)
    page = page_of(sent(max, article, text=SHORTER.replace("\n", "\r\n")))
    again = page.fields("revise")
    answer = logged_in(max).post(f"/articles/{article.pk}/revise", again | {"deed": "store"})
    revision = ArticleStatus.objects.get(article=article).revision
    assert answer["Location"] == url(article, revision, "changes")
    assert revision.text == SHORTER
    assert ClaimStatus.objects.get(pk=claims[2].pk).set_aside == "orphaned"
    assert [event.by for event in events("article.revised")] == [max]
    assert "3 claims moved along" in logged_in_messages(max, answer)


def logged_in_messages(user: User, answer: Any) -> str:
    return " ".join(str(message) for message in answer.wsgi_request._messages)


def test_a_file_is_taken_byte_for_byte(article: Article, max: User) -> None:
    raw = ("\ufeff" + SHORTER.replace("\n", "\r\n")).encode()
    page = page_of(sent(max, article, file=SimpleUploadedFile("changed.txt", raw)))
    again = page.fields("revise")
    assert again["previewed"] == hashlib.sha256(raw).hexdigest()
    logged_in(max).post(f"/articles/{article.pk}/revise", again | {"deed": "store"})
    assert bytes(ArticleStatus.objects.get(article=article).revision.raw) == raw


def test_a_file_too_long_to_be_carried_along_is_chosen_again(article: Article, max: User) -> None:
    raw = (TEXT + "\n\nThe river is high." * 10_000).encode()
    page = page_of(sent(max, article, file=SimpleUploadedFile("changed.txt", raw)))
    assert "choose it again to put it in force" in words(page)
    again = page.fields("revise")
    assert "carried" not in again
    parts = {"deed": "store", "file": SimpleUploadedFile("changed.txt", raw)}
    assert logged_in(max).post(f"/articles/{article.pk}/revise", again | parts).status_code == 302


def test_only_what_the_preview_showed_comes_into_force(article: Article, max: User) -> None:
    before = event_count()
    answer = stored(max, article, SHORTER, text=REWORDED)
    assert answer.status_code == 409
    page = page_of(answer)
    assert "not the text that the preview showed" in words(page)
    assert page.fields("revise")["text"].strip() == REWORDED.strip()
    assert page.fields("revise")["previewed"] == hashlib.sha256(REWORDED.encode()).hexdigest()
    assert event_count() == before


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"text": ""}, "Paste the changed text, or choose a file"),
        ({"text": "   \r\n "}, "Paste the changed text, or choose a file"),
        ({"text": TEXT}, "This is the text in force already"),
        ({"text": TEXT.replace("\n", "\r\n") + "\r\n"}, "This is the text in force already"),
        ({"text": "x" * 60_001}, "the most is 60000"),
        ({"carried": "%%%"}, "did not come through"),
        ({"text": "Two texts.", "file": SimpleUploadedFile("a.txt", b"Another.")}, "a pasted text and a file"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 words")}, "a PDF document"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("a.txt", b"It rains. " * 200_001)}, "may have 2,000,000 bytes"),
    ],
)
def test_what_is_no_changed_text_is_refused_and_what_was_typed_stays(
    article: Article, max: User, parts: dict[str, Any], sentence: str
) -> None:
    before = dump(tables(User))
    for file in [value for value in parts.values() if isinstance(value, SimpleUploadedFile)]:
        file.seek(0)
    answer = sent(max, article, **parts)
    assert answer.status_code == 400
    page = page_of(answer)
    assert sentence in words(page)
    typed = page.fields("revise")["text"]
    assert typed.split() == str(parts.get("text", "")).split()
    assert dump(tables(User)) == before


def test_a_text_that_was_compared_with_an_older_one_is_a_conflict_and_stays(
    operator: User, article: Article, max: User
) -> None:
    old = first(article)
    come(operator, article, SHORTER)
    answer = stored(max, article, REWORDED, revision=old.pk)
    assert answer.status_code == 409
    page = page_of(answer)
    assert "Another text came into force" in words(page)
    assert page.fields("revise")["text"].strip() == REWORDED
    assert page.fields("revise")["revision"] == str(ArticleStatus.objects.get().revision_id)


def test_the_same_form_sent_twice_has_one_effect(article: Article, max: User) -> None:
    sent_once = form(article, text=SHORTER, deed="store", previewed=hashlib.sha256(SHORTER.encode()).hexdigest())
    browser = logged_in(max)
    one = browser.post(f"/articles/{article.pk}/revise", sent_once)
    before = dump(tables(User))["claims_event"]
    two = browser.post(f"/articles/{article.pk}/revise", sent_once)
    assert (one.status_code, two.status_code, one["Location"]) == (302, 302, two["Location"])
    assert dump(tables(User))["claims_event"] == before


def test_reviewers_bring_in_nothing(article: Article, ana: User) -> None:
    before = event_count()
    assert stored(ana, article, SHORTER).status_code == 403
    assert logged_in(ana).get(f"/articles/{article.pk}/revise").status_code == 403
    assert event_count() == before
