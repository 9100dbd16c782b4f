"""Borders are drawn by the page's script and by plain forms: mark, move, split, merge, unmark, and take it back."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in
from tests.deeds import counted, lock
from tests.drawing import FERRY, SHUT, TWO, WHOLE, article_of_two, drawn, first_of_two, in_work, redraw  # noqa: F401
from tests.pages.html import page_of
from tests.unit.ledger import event_count, stored_text

JSON = {"Accept": "application/json"}


def address(article: Article) -> str:
    return f"/articles/{article.pk}/redraw"


def page(article: Article, claim: Claim, **query: object) -> str:
    return f"/articles/{article.pk}/spans?claim={claim.pk}" + "".join(f"&{k}={v}" for k, v in query.items())


def place(article: Article, words: str) -> dict[str, Any]:
    start = article.status.revision.text.index(words)
    return {"start": start, "end": start + len(words)}


def sent(article: Article, **form: Any) -> dict[str, Any]:
    return {"revision": str(article.status.revision_id), "key": str(uuid4())} | form


def by_script(browser: Client, article: Article, old: list[Claim], *words: str, **form: Any) -> Any:
    spans = json.dumps([place(article, one) | {"exact": one} for one in words])
    form = sent(article, old=[str(claim.pk) for claim in old], spans=spans) | form
    return browser.post(address(article), form, headers=JSON)


# The script


def test_the_script_is_told_what_was_done_and_how_to_take_it_back(ana: User, article: Article, whole: Claim) -> None:
    browser = logged_in(ana)
    answer = by_script(browser, article, [whole], SHUT, FERRY)
    assert answer.status_code == 200
    told = answer.json()
    assert [claim["is_new"] for claim in told["claims"]] == [True, True]
    assert told["set_aside"] == [str(whole.pk)]
    assert told["kept"] == []
    assert told["sentence"] == "Drawn as 2 claims. Label each of them."
    back = sent(article, old=told["undo"]["old"], spans=json.dumps(told["undo"]["spans"]))
    assert browser.post(address(article), back, headers=JSON).json()["restored"] == [str(whole.pk)]
    assert in_work(article) == [WHOLE, "The toll is new."]


def test_offsets_are_code_points_and_exact_words_are_compared(ana: User, make_article: MakeArticle) -> None:
    article = make_article("👩‍👩‍👧 said: “שלום עולם” to e\u0301lodie.\r\n\r\n数据显示，桥已关闭。")
    browser = logged_in(ana)
    for words in ("שלום עולם", "e\u0301lodie", "桥已关闭", "👩‍👩‍👧 said", "elodie."[1:]):
        answer = by_script(browser, article, [], words)
        assert answer.status_code == 200, words
        claim = Claim.objects.get(pk=answer.json()["claims"][0]["id"])
        assert article.status.revision.text[claim.start : claim.end] == claim.exact == words
    moved = [{"start": 0, "end": 4, "exact": "said"}]
    answer = browser.post(address(article), sent(article, spans=json.dumps(moved)), headers=JSON)
    assert answer.status_code == 400
    assert "is not what the page showed" in answer.json()["error"]


@pytest.mark.parametrize(
    "spans",
    [
        "{}", "[", "[[1, 2]]", '[{"start": 1}]', '[{"start": true, "end": 2}]', '[{"start": "1", "end": 2}]',
        '[{"start": 1.5, "end": 2}]', '[{"start": 0, "end": 3, "exact": 1}]', "null", "[" * 9_000, "1" * 250_001,
        '[{"start": NaN, "end": 2}]', f'[{{"start": {"9" * 5_000}, "end": 2}}]', "[]",
    ],
)  # fmt: skip
def test_what_no_script_of_ours_sends_is_refused(ana: User, article: Article, spans: str) -> None:
    before = event_count()
    answer = logged_in(ana).post(address(article), sent(article, spans=spans), headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert event_count() == before


def test_more_old_claims_than_the_most_are_refused(ana: User, article: Article) -> None:
    form = sent(article, old=[str(uuid4())] * 21, spans="[]")
    answer = logged_in(ana).post(address(article), form, headers=JSON)
    assert (answer.status_code, "At most 20" in answer.json()["error"]) == (400, True)


def test_a_request_that_arrives_twice_is_answered_alike(ana: User, article: Article, whole: Claim) -> None:
    browser, key = logged_in(ana), str(uuid4())
    answers = [by_script(browser, article, [whole], SHUT, key=key).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert counted(article) == (2, 0)


def test_who_holds_a_claim_that_was_redrawn_is_told_and_keeps_what_they_typed(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    redraw(article, ana, [whole], SHUT)
    form = {"label": "OPINION", "version": 0, "note": "Half an hour's work", "key": str(uuid4())}
    answer = logged_in(ben).post(f"/claims/{whole.pk}/assess", form)
    assert answer.status_code == 410
    assert "was given other borders" in answer.content.decode()
    assert "Half an hour&#x27;s work" in answer.content.decode()


# The forms


def choose(browser: Client, article: Article, **form: Any) -> Any:
    return browser.post(address(article), sent(article, **form))


def test_words_are_chosen_by_the_first_and_the_last(ana: User, article: Article, whole: Claim) -> None:
    browser = logged_in(ana)
    shown = page_of(browser.get(page(article, whole)))
    options = [option.attributes["value"] for option in shown.all("option")]
    wanted = place(article, FERRY)
    assert {str(wanted["start"]), str(wanted["end"])} <= set(options)
    answer = choose(browser, article, **wanted)
    made = Claim.objects.get(article=article, exact=FERRY)
    assert answer.headers["Location"] == f"/articles/{article.pk}/?claim={made.pk}#here"
    after = browser.get(answer.headers["Location"]).content.decode()
    assert "Marked as a claim. To take it back, open “Parts and borders”." in after
    assert in_work(article) == [WHOLE, FERRY, "The toll is new."]


def test_the_claims_own_borders_are_chosen_at_first(ana: User, article: Article, whole: Claim) -> None:
    content = logged_in(ana).get(page(article, whole)).content.decode()
    words = re.findall(r'<option value="\d+" selected>\d+ ([^<]+)', content)
    assert words[:2] == ["The", "."]


def test_borders_are_moved(ana: User, article: Article, whole: Claim) -> None:
    choose(logged_in(ana), article, old=str(whole.pk), **place(article, SHUT))
    assert in_work(article) == [SHUT, "The toll is new."]


def test_a_claim_is_split_at_words_into_two_or_three(ana: User, article: Article, whole: Claim) -> None:
    browser, text = logged_in(ana), article.status.revision.text
    cuts = [text.index("and the"), text.index("the ferry")]
    whole_span = {"start": whole.start, "end": whole.end}
    choose(browser, article, old=str(whole.pk), cut=[cuts[0], ""], **whole_span)
    assert in_work(article) == [SHUT, "and the ferry will run until May.", "The toll is new."]
    part = Claim.objects.get(exact=SHUT)
    browser.post(address(article), undo_form(browser, f"/claims/{part.pk}/"))
    assert in_work(article) == [WHOLE, "The toll is new."]
    choose(browser, article, old=str(whole.pk), cut=cuts[::-1], **whole_span)
    assert in_work(article) == [SHUT, "and", "the ferry will run until May.", "The toll is new."]


def undo_form(browser: Client, url: str) -> dict[str, Any]:
    """The hidden fields of the form that takes a redrawing back, as the page has them."""
    content = browser.get(url).content.decode()
    (form,) = [
        form
        for form in re.findall(r"<form.*?</form>", content, re.S)
        if "/redraw" in form and re.search("Take it back|Mark it again|Unmark it<", form)
    ]
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    return fields


def test_claims_are_merged_with_their_neighbours(ana: User, article: Article, whole: Claim) -> None:
    browser = logged_in(ana)
    shown = browser.get(page(article, whole)).content.decode()
    assert "Merge with the claim after it" in shown
    assert "Merge with the claim before it" not in shown
    other = Claim.objects.filter(article=article).in_reading_order().last()
    choose(browser, article, old=[str(whole.pk), str(other.pk)], start=whole.start, end=other.end)
    assert in_work(article) == [TWO]


def test_what_one_marked_is_unmarked_and_marked_again_from_its_page(ana: User, article: Article) -> None:
    browser = logged_in(ana)
    (made,) = drawn(redraw(article, ana, [], FERRY))
    assert "Unmark them" in browser.get(page(article, made)).content.decode()
    answer = choose(browser, article, old=str(made.pk))
    assert answer.headers["Location"] == f"/claims/{made.pk}/"
    content = browser.get(answer.headers["Location"]).content.decode()
    assert "This claim was unmarked: it is in no list" in content
    assert "You unmarked it." in content
    browser.post(address(article), undo_form(browser, f"/claims/{made.pk}/"))
    assert in_work(article) == [WHOLE, FERRY, "The toll is new."]


def test_only_ones_own_marks_offer_to_be_unmarked(ana: User, ben: User, article: Article, whole: Claim) -> None:
    (made,) = drawn(redraw(article, ana, [], FERRY))
    for claim in (made, whole):
        content = logged_in(ben).get(page(article, claim)).content.decode()
        assert "Unmark" not in content
        assert "ana" not in re.sub(r"<(title|nav|header).*?</\1>", "", content, flags=re.S).split()


def test_a_refused_form_comes_back_with_what_was_chosen(ana: User, article: Article, whole: Claim) -> None:
    browser, before = logged_in(ana), event_count()
    wanted, toll = place(article, "bridge"), place(article, "closed")
    form = {"at": str(whole.pk), "old": str(whole.pk), "wide": "2"}
    answer = choose(browser, article, start=toll["start"], end=wanted["end"], **form)
    content = answer.content.decode()
    assert answer.status_code == 400
    assert "The last word stands before the first." in content
    assert f'<option value="{toll["start"]}" selected>' in content
    assert f'<option value="{wanted["end"]}" selected>' in content
    assert 'name="wide" value="2"' in content
    assert event_count() == before
    form = sent(article, revision=str(uuid4()), **wanted, **form)
    assert browser.post(address(article), form).status_code == 410


@pytest.mark.parametrize("field", ["start", "end", "cut"])
@pytest.mark.parametrize("odd", ["9" * 5_000, "1" * 13, "²", "-1"])
def test_what_is_no_place_in_a_text_is_refused_and_the_claims_borders_are_chosen(
    ana: User, article: Article, whole: Claim, field: str, odd: str
) -> None:
    form = {"at": str(whole.pk), "old": str(whole.pk), "start": whole.start, "end": whole.end} | {field: odd}
    answer = choose(logged_in(ana), article, **form)
    assert answer.status_code == 400
    assert "did not arrive as they were sent" in answer.content.decode()


def test_the_page_of_a_redrawn_claim_leads_to_what_took_its_place_and_back(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    parts = drawn(redraw(article, ana, [whole], SHUT, FERRY))
    for who, undone in ((ana, True), (ben, False)):
        browser = logged_in(who)
        content = browser.get(f"/claims/{whole.pk}/").content.decode()
        assert "What took its place:" in content
        assert all(f'href="/claims/{part.pk}/"' in content for part in parts)
        assert ("Take it back" in content) == undone
        assert ("drew its words anew: 2 claims took its place" in content) == undone
        content = browser.get(f"/claims/{parts[0].pk}/").content.decode()
        assert "It took the place of:" in content
        assert f'href="/claims/{whole.pk}/"' in content
        assert ("marked these words in place of 1 claim" in content) == undone


def test_what_has_changed_since_is_not_offered_to_be_taken_back(ana: User, article: Article, whole: Claim) -> None:
    parts = drawn(redraw(article, ana, [whole], SHUT, FERRY))
    redraw(article, ana, [parts[0]], "The bridge was closed")
    assert "Take it back" not in logged_in(ana).get(f"/claims/{whole.pk}/").content.decode()


def test_the_forms_show_no_more_words_than_are_near_and_widen(ana: User, make_article: MakeArticle) -> None:
    article = make_article(" ".join(f"It rains on day {n} in Oslo." for n in range(30)))
    claim = Claim.objects.filter(article=article).in_reading_order()[15]
    browser = logged_in(ana)
    counts = [len(page_of(browser.get(page(article, claim, wide=wide))).all("option")) for wide in (1, 2, 12, 99, "x")]
    assert counts[0] < counts[1] < counts[2]
    assert counts[3] == counts[4] == counts[0]
    first = browser.get(page(article, claim)).content.decode()
    assert f"claim={claim.pk}&amp;wide=2" in first


def test_words_of_captions_and_comments_are_not_offered(ana: User, corpus: list[Article]) -> None:
    browser = logged_in(ana)
    for article in corpus:
        zones = list(article.status.revision.zones.exclude(kind__in=["headline", "body"]))
        claims = Claim.objects.filter(article=article).in_reading_order()
        for claim in (claims.first(), claims.last()):
            shown = page_of(browser.get(page(article, claim, wide=12)))
            for option in shown.all("option"):
                value = int(option.attributes["value"] or claim.start)
                assert not any(zone.start < value < zone.end for zone in zones)


def test_what_is_not_there_shows_the_first_claim_or_none(
    ana: User, make_article: MakeArticle, article: Article
) -> None:
    browser = logged_in(ana)
    for asked in ("x", str(uuid4())):
        content = browser.get(f"/articles/{article.pk}/spans?claim={asked}").content.decode()
        assert f"<mark>{WHOLE}</mark>" in content


def test_a_locked_article_offers_no_form(ana: User, max: User, article: Article, whole: Claim) -> None:
    lock(article, max)
    content = logged_in(ana).get(page(article, whole)).content.decode()
    assert "has locked this article" in content
    assert "Give this claim these borders" not in content


def test_words_of_the_text_are_escaped(ana: User, make_article: MakeArticle) -> None:
    article = make_article('The <script>alert(1)</script> "bridge" was closed & sold.')
    claim = Claim.objects.filter(article=article).first()
    content = logged_in(ana).get(page(article, claim)).content.decode()
    assert "<script>alert" not in content


def test_nothing_of_others_work_shows_on_the_page(ana: User, ben: User, article: Article, whole: Claim) -> None:
    browser = logged_in(ana)
    volatile = re.compile(r'name="(key|csrfmiddlewaretoken)" value="[^"]+"')
    before = volatile.sub("", browser.get(page(article, whole)).content.decode())
    assess(whole, ben, Label.OPINION)
    assert volatile.sub("", browser.get(page(article, whole)).content.decode()) == before


def test_the_page_needs_no_more_queries_for_a_long_text(ana: User, make_article: MakeArticle) -> None:
    browser, counts = logged_in(ana), []
    for count in (3, 90):
        article = make_article(" ".join(f"It rains on day {n} in town {count}." for n in range(count)))
        claim = Claim.objects.filter(article=article).in_reading_order()[1]
        with CaptureQueriesContext(connection) as done:
            assert browser.get(page(article, claim)).status_code == 200
        counts.append(len(done))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_no_words_are_left_anywhere_after_a_withdrawal(max: User, ana: User, article: Article, whole: Claim) -> None:
    by_script(logged_in(ana), article, [whole], SHUT, FERRY)
    assert "ferry" in stored_text()
    withdraw_article(by=max, article_id=article.pk, reason="Its lawyer wrote.", expected_version=article.status.version)
    assert "ferry" not in stored_text()
    answer = logged_in(ana).get(page(article, whole))
    assert (answer.status_code, "no claims" in answer.content.decode()) == (200, True)
