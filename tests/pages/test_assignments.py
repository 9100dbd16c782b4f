"""The page of assignments: several articles at once, each with what came of it, and everybody's progress."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Assignment, Claim, User
from claims.review.assign_article import assign_article
from tests.cast import MakeArticle, assess, logged_in, person
from tests.pages.html import page_of


def form(to: User | str, *articles: object, **parts: Any) -> dict[str, Any]:
    reviewer = to if isinstance(to, str) else to.pk
    return {"reviewer": reviewer, "article": [str(article) for article in articles], "key": str(uuid4())} | parts


def words(answer: object) -> str:
    return " ".join(page_of(answer).all("main")[0].text.split())


def ticked(answer: object) -> list[str]:
    boxes = page_of(answer).all("input", name="article")
    return [box.attributes["value"] for box in boxes if "checked" in box.attributes]


def chosen(answer: object) -> list[str]:
    return [option.text for option in page_of(answer).all("option") if "selected" in option.attributes]


def test_several_articles_are_assigned_at_once_with_a_result_for_each(
    ana: User, max: User, make_article: MakeArticle
) -> None:
    oslo, rome = make_article("It rains in Oslo."), make_article("It rains in Rome.")
    assign_article(by=max, article_id=rome.pk, reviewer_id=ana.pk, key=uuid4())
    answer = logged_in(max).post("/assignments/", form(ana, oslo.pk, rome.pk, uuid4()))
    assert answer.status_code == 200
    assert "It rains in Oslo.: assigned to ana" in words(answer)
    assert "It rains in Rome.: ana has it already" in words(answer)
    assert "There is no such article here" in words(answer)
    assert Assignment.objects.count() == 2


def test_a_form_that_is_sent_twice_assigns_once(ana: User, max: User, article: Article) -> None:
    browser, sent = logged_in(max), form(ana, article.pk)
    for _ in range(2):
        assert "assigned to ana" in words(browser.post("/assignments/", sent))
    assert Assignment.objects.count() == 1


def test_a_link_from_the_article_ticks_it_whatever_its_age(
    ana: User, max: User, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.review.assignments.ARTICLES_OFFERED", 1)
    old, new = make_article("It rains in Oslo."), make_article("It rains in Rome.")
    browser = logged_in(max)
    link = f"/assignments/?article={old.pk}"
    assert link in page_of(browser.get(f"/articles/{old.pk}/")).links()
    assert ticked(browser.get(link)) == [str(old.pk)]
    boxes = page_of(browser.get(link)).all("input", name="article")
    assert [box.attributes["value"] for box in boxes] == [str(old.pk), str(new.pk)]
    assert "/assignments/" not in "".join(page_of(logged_in(ana).get(f"/articles/{old.pk}/")).links())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reviewer": ""}, "Choose who is to label."),
        ({"reviewer": "9" * 30}, "Choose who is to label."),
        ({"article": []}, "Choose at least one article."),
        ({"article": ["x"]}, "not the key of an article"),
        ({"article": [str(uuid4()) for _ in range(51)]}, "the most at once is 50"),
        ({"key": "x"}, "Key: "),
    ],
)
def test_a_refused_form_comes_back_with_what_was_chosen(
    change: dict[str, Any], sentence: str, ana: User, max: User, article: Article
) -> None:
    answer = logged_in(max).post("/assignments/", form(ana, article.pk) | change)
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert chosen(answer) == ([] if "reviewer" in change else ["ana"])
    assert ticked(answer) == ([] if "article" in change else [str(article.pk)])
    assert not Assignment.objects.exists()


def test_who_cannot_label_gets_nothing_and_the_row_says_why(max: User, eve: User, article: Article) -> None:
    answer = logged_in(max).post("/assignments/", form(eve, article.pk))
    assert "eve is no reviewer and cannot label" in words(answer)
    assert not Assignment.objects.exists()
    unknown = logged_in(max).post("/assignments/", form("987654", article.pk))
    assert "There is no such account here" in words(unknown)


def test_progress_stands_by_person_and_an_article_can_be_taken_back(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    for reviewer in (ana, ben):
        assign_article(by=max, article_id=claims[0].article_id, reviewer_id=reviewer.pk, key=uuid4())
    assess(claims[0], ana)
    browser = logged_in(max)
    page = page_of(browser.get("/assignments/"))
    assert [" ".join(h.text.split()) for h in page.all("h3")] == ["ana 1 of 4 claims", "ben 0 of 4 claims"]
    sent = {"assignment": Assignment.objects.get(reviewer=ana).pk, "key": str(uuid4())}
    for _ in range(2):
        answer = browser.post("/assignments/end", sent, follow=True)
        assert "Taken back from ana" in answer.content.decode()
    assert [h.text.split()[0] for h in page_of(browser.get("/assignments/")).all("h3")] == ["ben"]
    assert browser.post("/assignments/end", sent | {"key": str(uuid4())}).status_code == 410
    only = page_of(browser.get(f"/assignments/?reviewer={ana.pk}"))
    assert "No open assignment of this person" in only.all("main")[0].text


@pytest.mark.parametrize("query", ["?reviewer=x", "?reviewer=999999999999999", "?article=x", "?article=%00"])
def test_made_up_addresses_are_a_page_all_the_same(query: str, max: User, article: Article) -> None:
    assert logged_in(max).get(f"/assignments/{query}").status_code == 200


def test_one_key_serves_each_row_of_the_page(ana: User, ben: User, max: User, article: Article) -> None:
    for reviewer in (ana, ben):
        assign_article(by=max, article_id=article.pk, reviewer_id=reviewer.pk, key=uuid4())
    key = str(uuid4())
    for assignment in list(Assignment.objects.all()):
        answer = logged_in(max).post("/assignments/end", {"assignment": assignment.pk, "key": key})
        assert answer.status_code == 302
    assert not Assignment.objects.exists()


def test_a_reviewer_can_neither_assign_nor_take_back_nor_look(
    ana: User, ben: User, max: User, article: Article
) -> None:
    assign_article(by=max, article_id=article.pk, reviewer_id=ana.pk, key=uuid4())
    browser = logged_in(ana)
    number = Assignment.objects.get().pk
    assert browser.get("/assignments/").status_code == 403
    assert browser.post("/assignments/", form(ben, article.pk)).status_code == 403
    assert browser.post("/assignments/end", {"assignment": number, "key": str(uuid4())}).status_code == 403
    assert list(Assignment.objects.values_list("reviewer", flat=True)) == [ana.pk]


def test_titles_are_shown_as_words(ana: User, max: User, make_article: MakeArticle) -> None:
    article = make_article("<b>Rain</b> & snow in Oslo\n\nIt rains in Oslo.")
    answer = logged_in(max).post("/assignments/", form(ana, article.pk))
    assert "<b>Rain</b>" not in answer.content.decode()
    assert "<b>Rain</b> & snow in Oslo: assigned to ana" in words(answer)


def test_the_page_needs_as_many_queries_for_many_as_for_few(max: User, make_article: MakeArticle) -> None:
    browser, counts = logged_in(max), []
    for number in (1, 5):
        for place in range(number):
            reviewer = person(f"reviewer{number}{place}", "reviewer")
            article = make_article(f"It rains in {number} {place}.")
            assign_article(by=max, article_id=article.pk, reviewer_id=reviewer.pk, key=uuid4())
        counts.append(queries(browser, f"/assignments/?article={article.pk}"))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def queries(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as done:
        assert browser.get(url).status_code == 200
    return len(done)
