"""The pages on which orphans are placed, and on which changed words are confirmed."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.models import Article, ArticleStatus, Claim, User
from claims.review.changed_words import note_changes
from claims.vocabulary import Label
from tests.cast import TEXT, MakeArticle, assess, logged_in, rule
from tests.deeds import status
from tests.pages.html import Page, page_of
from tests.unit.ledger import dump, event_count, events, tables

CLOSED, MAYOR, TOLL, UGLY = TEXT.split("\n\n")
HINT = "Lorries pay two crowns at the toll that the council plans"
LATER = f"{CLOSED}\n\n{HINT}, officials hint.\n\n{MAYOR}\n\n{UGLY}"
REWORDED = TEXT.replace("open again in May", "open again in early June")


def come(operator: User, article: Article, text: str) -> None:
    store_article(by=operator, raw=text.encode(), address=article.address)
    read_article(by=operator, article=article)


@pytest.fixture
def orphan(operator: User, article: Article, claims: list[Claim], ana: User) -> Claim:
    """ana's claim of the toll, whose words the article has lost."""
    assess(claims[2], ana)
    come(operator, article, LATER)
    assert status(claims[2]).set_aside == "orphaned"
    return claims[2]


def text_of(claim: Claim) -> str:
    return ArticleStatus.objects.select_related("revision").get(pk=claim.article_id).revision.text


def words(page: Page) -> str:
    return " ".join(page.all("main")[0].text.split())


def see(user: User, address: str) -> Page:
    answer = logged_in(user).get(address)
    assert answer.status_code == 200
    return page_of(answer)


def placing(orphan: Claim, at: str = HINT, **parts: Any) -> dict[str, Any]:
    start = text_of(orphan).index(at)
    revision = ArticleStatus.objects.get(pk=orphan.article_id).revision_id
    return {"revision": revision, "start": start, "end": start + len(at), "key": uuid4(), "reason": ""} | parts


def place(by: User, orphan: Claim, **parts: Any) -> Any:
    return logged_in(by).post(f"/orphans/{orphan.pk}/place", placing(orphan, **parts))


def test_the_list_shows_each_with_its_words_its_article_and_the_likeliest_places(orphan: Claim, max: User) -> None:
    page = see(max, "/orphans/")
    assert "1 orphan" in words(page)
    assert [mark.text for mark in page.all("mark")] == [TOLL]
    assert {f"/articles/{orphan.article_id}/", f"/claims/{orphan.pk}/", f"/orphans/{orphan.pk}/"} <= {
        link.partition("?")[0] for link in page.links()
    }


def test_the_list_of_a_reviewer_tells_nothing_of_what_others_did(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User
) -> None:
    browser = logged_in(ana)
    come(operator, article, UGLY)
    before = page_of(browser.get("/orphans/")), page_of(browser.get("/orphans/?all=1"))
    come(operator, article, TEXT)
    assess(claims[0], ben)
    assess(claims[1], ben)
    come(operator, article, UGLY)
    after = page_of(browser.get("/orphans/")), page_of(browser.get("/orphans/?all=1"))
    assert [words(page) for page in before] == [words(page) for page in after]
    assert browser.get(f"/orphans/{claims[0].pk}/").status_code == 410


def test_of_two_orphans_of_ones_own_nothing_tells_which_a_colleague_worked_on(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User
) -> None:
    for claim in claims[:2]:
        assess(claim, ana)
    assess(claims[1], ben, Label.SOURCED)
    come(operator, article, UGLY)
    browser = logged_in(ana)
    assert [mark.text for mark in page_of(browser.get("/orphans/")).all("mark")] == [CLOSED, MAYOR]
    for path in ("/claims/", "/orphans/"):
        assert [browser.get(f"{path}{claim.pk}/").status_code for claim in claims[:2]] == [200, 200]


def test_all_of_them_are_for_moderators_who_ask(operator: User, article: Article, max: User, ana: User) -> None:
    come(operator, article, UGLY)
    assert "No claim waits for its place" in words(see(max, "/orphans/"))
    assert "3 orphans" in words(see(max, "/orphans/?all=1"))
    assert "orphans" not in words(see(ana, "/orphans/?all=1")).replace("Orphans", "")


def test_an_offer_is_taken_with_one_button(operator: User, orphan: Claim, max: User) -> None:
    page = see(max, "/orphans/")
    forms = [form for form in page.all("form") if form.attributes["action"] == f"/orphans/{orphan.pk}/place"]
    assert forms
    assert (
        logged_in(max).post(f"/orphans/{orphan.pk}/place", page.fields(f"/orphans/{orphan.pk}/place")).status_code
        == 302
    )
    assert status(orphan).set_aside == ""


def test_words_are_chosen_by_their_first_and_last_without_script(orphan: Claim, max: User) -> None:
    start = text_of(orphan).index(HINT)
    page = see(max, f"/orphans/{orphan.pk}/?near={start}")
    first = [
        option.attributes["value"] for option in page.all("option") if option.within[-1].attributes["name"] == "start"
    ]
    last = [
        option.attributes["value"] for option in page.all("option") if option.within[-1].attributes["name"] == "end"
    ]
    assert str(start) in first
    assert str(start + len(HINT)) in last
    answer = place(max, orphan, start=start, end=start + len(HINT))
    assert answer["Location"] == f"/articles/{orphan.article_id}/?claim={orphan.pk}#here"
    assert Claim.objects.get(pk=orphan.pk).exact == HINT


@pytest.mark.parametrize(
    ("parts", "code", "sentence"),
    [
        ({"start": 9, "end": 3}, 400, "do not lie in the text"),
        ({"exact": "other words"}, 400, "not what the page showed"),
        ({"revision": "00000000-0000-8000-8000-000000000000"}, 409, "The text of the article changed"),
        ({"reason": "x" * 1_001}, 400, "Reason:"),
        ({"start": "x"}, 400, "Start:"),
        ({"end": ""}, 400, "End:"),
        ({"exact": "x" * 20_001}, 400, "Exact:"),
    ],
)
def test_a_refused_place_comes_back_with_what_was_typed(
    orphan: Claim, max: User, parts: dict[str, Any], code: int, sentence: str
) -> None:
    before = dump(tables(User))
    answer = place(max, orphan, **{"reason": "Because <b>."} | parts)
    assert answer.status_code == code
    page = page_of(answer)
    assert sentence in words(page)
    assert page.fields("place")["reason"] == parts.get("reason", "Because <b>.")
    assert dump(tables(User)) == before


def test_a_place_that_another_claim_has_is_said_so(orphan: Claim, max: User, ben: User) -> None:
    sentence = Claim.objects.get(exact__startswith="Lorries")
    assess(sentence, ben)
    answer = place(max, orphan, at=sentence.exact)
    assert answer.status_code == 409
    assert "Another claim stands at exactly these words" in words(page_of(answer))


def test_what_is_gone_leaves_the_list_with_its_reason(orphan: Claim, max: User) -> None:
    page = see(max, f"/orphans/{orphan.pk}/")
    sent = page.fields(f"/orphans/{orphan.pk}/gone")
    refused = logged_in(max).post(f"/orphans/{orphan.pk}/gone", sent | {"reason": " "})
    assert refused.status_code == 400
    assert "Say why it is gone" in words(page_of(refused))
    answer = logged_in(max).post(f"/orphans/{orphan.pk}/gone", sent | {"reason": "The outlet took it back."})
    assert answer["Location"] == "/orphans/"
    assert "No claim waits" in words(see(max, "/orphans/"))
    assert [event.reason for event in events("claim.hidden")] == ["The outlet took it back."]


def test_a_reviewer_reads_what_became_of_it_and_neither_places_it_nor_says_that_it_is_gone(
    orphan: Claim, ana: User
) -> None:
    for address in ("/orphans/", f"/orphans/{orphan.pk}/"):
        page = see(ana, address)
        assert "A moderator says where" in words(page)
        assert TOLL in words(page)
        assert not [form for form in page.all("form") if form.attributes.get("action", "").startswith("/orphans/")]
    assert f"/orphans/{orphan.pk}/" in see(ana, f"/claims/{orphan.pk}/").links()
    before = dump(tables(User))
    assert place(ana, orphan).status_code == 403
    assert dump(tables(User)) == before
    sent = {"reason": "Gone.", "version": status(orphan).version, "key": uuid4()}
    assert logged_in(ana).post(f"/orphans/{orphan.pk}/gone", sent).status_code == 403


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    operator: User, make_article: MakeArticle, ana: User, max: User
) -> None:
    counts = []
    for number in (1, 10):
        lines = [f"Town {n} said that bridge {n * number} was closed." for n in range(number)]
        article = make_article("\n\n".join([*lines, UGLY]), f"https://example.org/{number}")
        for claim in Claim.objects.filter(article=article).in_reading_order()[:number]:
            assess(claim, ana)
        come(operator, article, f"{UGLY}\n\nThe council of the region met in a city far away, and ate.")
        with CaptureQueriesContext(connection) as done:
            see(max, "/orphans/")
        counts.append(len(done))
    assert counts[0] == counts[1]


def test_an_orphan_is_in_no_list_queue_or_export_and_its_page_says_what_it_is(orphan: Claim, ana: User) -> None:
    browser = logged_in(ana)
    for address in ("/claims/", "/claims.csv", f"/articles/{orphan.article_id}/"):
        answer = browser.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert str(orphan.pk) not in content.decode()
    assert "orphaned: its words are not found in the text any more" in words(see(ana, f"/claims/{orphan.pk}/"))
    form = {"label": "OPINION", "version": 1, "note": "", "key": uuid4()}
    assert browser.post(f"/claims/{orphan.pk}/assess", form).status_code == 410


# Changed words


@pytest.fixture
def changed(operator: User, article: Article, claims: list[Claim], ana: User) -> Claim:
    """ana's claim of the mayor, whose words changed."""
    assess(claims[1], ana)
    come(operator, article, REWORDED)
    assert status(claims[1]).text_changed_at is not None
    return claims[1]


def test_moderators_see_what_the_words_were_and_confirm(changed: Claim, max: User) -> None:
    page = see(max, "/reworded/")
    assert "1 claim" in words(page)
    assert "June" in "".join(element.text for element in page.all("ins"))
    assert "May" in "".join(element.text for element in page.all("del"))
    sent = page.fields(f"/claims/{changed.pk}/wording")
    answer = logged_in(max).post(f"/claims/{changed.pk}/wording", sent | {"reason": "The month is no matter."})
    assert answer["Location"] == "/reworded/"
    assert status(changed).text_changed_at is None
    (event,) = events("claim.wording_confirmed")
    assert (event.by, event.reason) == (max, "The month is no matter.")
    assert "No claim waits" in words(see(max, "/reworded/"))
    before = event_count()
    again = logged_in(max).post(f"/claims/{changed.pk}/wording", sent | {"reason": "The month is no matter."})
    assert (again.status_code, event_count()) == (302, before)


def test_an_old_page_confirms_nothing_and_what_was_typed_stays(changed: Claim, max: User, ben: User) -> None:
    sent = see(max, "/reworded/").fields(f"/claims/{changed.pk}/wording")
    assess(changed, ben)
    answer = logged_in(max).post(f"/claims/{changed.pk}/wording", sent | {"reason": "Half an hour's work <b>"})
    assert answer.status_code == 409
    assert "Half an hour&#x27;s work &lt;b&gt;" in answer.content.decode()
    assert status(changed).text_changed_at is not None


def test_reviewers_confirm_nothing(changed: Claim, ana: User) -> None:
    sent = {"version": status(changed).version, "key": uuid4()}
    assert logged_in(ana).post(f"/claims/{changed.pk}/wording", sent).status_code == 403


def noted(claim: Claim, viewer: User) -> bool:
    found = Claim.objects.select_related("status").get(pk=claim.pk)
    note_changes([found], viewer)
    return bool(found.words_changed)  # type: ignore[attr-defined]


def test_the_mark_is_told_to_whom_it_tells_nothing_of_others(
    changed: Claim, claims: list[Claim], ana: User, ben: User, max: User, operator: User
) -> None:
    assert (noted(changed, ana), noted(changed, ben), noted(changed, max)) == (True, False, True)
    assess(changed, ben, Label.SOURCED)  # after the change: ben judged these words
    assert noted(changed, ben) is False
    rule(changed, max)
    assert noted(changed, ben) is True
    assert [noted(claims[0], who) for who in (ana, ben, max)] == [False] * 3
