"""Bringing in articles by page: looked at first, corrected, stored step by step, and what became of each document."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.models import Article, ArticleStatus, Claim, ImportItem, Job, User
from claims.transfers import ItemState, JobState
from claims.web import import_draft
from tests.cast import TEXT, MakeArticle, logged_in
from tests.importing import FERRY, PAGE, a_file, a_zip, items, job_of, send_files, words
from tests.pages.html import page_of
from tests.pages.test_budgets import queries
from tests.unit.ledger import event_count

pytestmark = pytest.mark.django_db


def see(browser: Client, job: Job, query: str = "") -> str:
    answer = browser.get(f"/import/{job.pk}/{query}")
    assert answer.status_code == 200
    return words(page_of(answer))


def begin(browser: Client, job: Job, **choices: Any) -> Any:
    form = {"deed": "begin", "version": Job.objects.get(pk=job.pk).version, "key": uuid4(), **choices}
    return browser.post(f"/import/{job.pk}/choose", form)


def finish(browser: Client, job: Job) -> str:
    """Press the button until it ends; what the page says then."""
    for _ in range(20):
        if Job.objects.get(pk=job.pk).state in {JobState.DONE, JobState.CANCELLED, JobState.FAILED}:
            return see(browser, job)
        assert browser.post(f"/import/{job.pk}/step").status_code == 302
    raise AssertionError("it does not end")


def correct(browser: Client, job: Job, item: ImportItem, **typed: Any) -> Any:
    url = f"/import/{job.pk}/{item.pk}/"
    return browser.post(url, page_of(browser.get(url)).fields("correct") | typed)


@pytest.fixture
def desk(ana: User) -> Client:
    return logged_in(ana)


@pytest.fixture
def job(desk: Client) -> Job:
    """A text, a page and something that is neither, to be looked at."""
    return job_of(
        send_files(desk, a_file("ferry.txt", FERRY), a_file("storm.html", PAGE), a_file("x.png", b"\x89PNG\r\n\x1a\n"))
    )


# Looking


def test_files_are_shown_with_what_they_state_before_anything_is_stored(desk: Client, job: Job) -> None:
    before = event_count()
    said = see(desk, job)
    assert "Ferry sinks off Elmport" in said
    assert "Nora Vale in the text" in said
    assert "https://courier.example/storm in the text" in said
    assert "Author not stated" in said
    assert "Headline" in said
    assert "3 sentences to label" in said
    assert "Refused x.png" in said
    assert "Store 2 articles" in said
    assert not Article.objects.exists()
    assert event_count() == before


def test_a_zip_is_its_documents_and_copies_of_one_another_are_left_out(desk: Client) -> None:
    found = job_of(send_files(desk, a_file("pages.zip", a_zip(one=FERRY, two=FERRY, three=TEXT))))
    said = see(desk, found)
    assert "pages.zip" in said
    assert "The same text as" in said
    assert [item.state for item in items(found)] == ["ready", "left_out", "ready"]


def test_what_is_here_already_is_said_with_its_article(desk: Client, make_article: MakeArticle) -> None:
    known = make_article(FERRY)
    found = job_of(send_files(desk, a_file("again.txt", FERRY)))
    page = page_of(desk.get(f"/import/{found.pk}/"))
    assert "Already here" in words(page)
    assert f"/articles/{known.pk}/" in page.links()


def test_a_changed_text_is_told_to_be_for_moderators(desk: Client, max: User, make_article: MakeArticle) -> None:
    make_article(FERRY, "https://courier.example/storm")
    said = see(desk, job_of(send_files(desk, a_file("storm.html", PAGE))))
    assert "It would be refused : Ferry sinks off Elmport . This article is here with another text" in said
    moderator = logged_in(max)
    found = job_of(send_files(moderator, a_file("storm.html", PAGE)))
    assert "A new revision of an article that is here" in see(moderator, found)
    begin(moderator, found)
    assert "New revision" in finish(moderator, found)


def test_the_whole_text_is_shown_by_its_parts(desk: Client, job: Job) -> None:
    item = items(job)[0]
    page = page_of(desk.get(f"/import/{job.pk}/{item.pk}/"))
    assert "The ferry sank on Friday" in words(page)
    assert [line.text for line in page.elements if line.has("headline") and line.tag == "p"] == [
        "Ferry sinks off Elmport"
    ]


def test_many_documents_come_in_pages_and_by_state(desk: Client) -> None:
    members = {f"n{number:02}": f"{FERRY}\n\nIt was number {number} that day." for number in range(45)}
    found = job_of(send_files(desk, a_file("many.zip", a_zip(**members)), a_file("x.png", b"\x89PNG")))
    first = page_of(desk.get(f"/import/{found.pk}/"))
    assert len(first.all("article")) == 20
    assert "?after=19" in first.links()
    last = page_of(desk.get(f"/import/{found.pk}/?after=39"))
    assert len(last.all("article")) == 6
    assert "?after=19" in last.links()
    assert len(page_of(desk.get(f"/import/{found.pk}/?state=refused")).all("article")) == 1
    assert desk.get(f"/import/{found.pk}/?after=x").status_code == 400


# Choosing and correcting


def test_a_correction_is_kept_as_found_elsewhere_with_who_says_so(desk: Client, job: Job) -> None:
    page = items(job)[1]
    answer = correct(desk, job, page, author="Ida Brook", note="the paper's editor", link="https://courier.example/who")
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.facts["author"] == {
        "value": "Ida Brook", "basis": "found_elsewhere", "note": "the paper's editor",
        "link": "https://courier.example/who",
    }  # fmt: skip
    assert page.facts["published"]["basis"] == "in_text"
    correct(desk, job, page, author="")
    page.refresh_from_db()
    assert "author" not in page.facts


def test_a_wrong_correction_stays_in_the_form(desk: Client, job: Job) -> None:
    item = items(job)[0]
    for typed in (
        {"address": "no address"}, {"link": "javascript:alert(1)"}, {"author": "x" * 201}, {"headline": "a\x00b"},
    ):  # fmt: skip
        answer = correct(desk, job, item, voice="An agency", **typed)
        page = page_of(answer)
        assert answer.status_code == 400
        assert page.all("div", role="alert")
        assert page.fields("correct")["voice"] == "An agency"
    item.refresh_from_db()
    assert item.facts == {}


def test_a_correction_of_what_somebody_changed_is_refused_and_kept_in_the_form(
    desk: Client, job: Job, max: User
) -> None:
    item = items(job)[0]
    sent = page_of(desk.get(f"/import/{job.pk}/{item.pk}/")).fields("correct") | {"author": "Tom Reed"}
    correct(logged_in(max), job, item, author="Ida Brook")
    answer = desk.post(f"/import/{job.pk}/{item.pk}/", sent)
    assert answer.status_code == 409
    assert page_of(answer).fields("correct")["author"] == "Tom Reed"


def test_what_is_left_out_is_not_stored(desk: Client, job: Job) -> None:
    ferry, storm, _ = items(job)
    shown = {"shown": [ferry.pk, storm.pk], f"version-{ferry.pk}": 0, f"version-{storm.pk}": 0, "take": [storm.pk]}
    assert begin(desk, job, **shown).status_code == 302
    said = finish(desk, job)
    assert Article.objects.count() == 1
    assert "Left out" in said


def test_a_script_is_told_how_many_are_left(desk: Client, job: Job) -> None:
    ferry = items(job)[0]
    form = {"shown": ferry.pk, f"version-{ferry.pk}": 0}
    told = desk.post(f"/import/{job.pk}/choose", form, headers={"Accept": "application/json"}).json()
    assert told["store"] == "Store 1 article"
    assert told["versions"] == {str(ferry.pk): 1}
    again = desk.post(f"/import/{job.pk}/choose", form | {"take": ferry.pk}, headers={"Accept": "application/json"})
    assert again.status_code == 409


def test_nothing_left_cannot_begin(desk: Client) -> None:
    found = job_of(send_files(desk, a_file("x.png", b"\x89PNG")))
    assert begin(desk, found).status_code == 400
    assert Job.objects.get().state == JobState.DRAFT


# Storing


def test_storing_moves_by_plain_buttons_and_ends_in_a_report(desk: Client, job: Job) -> None:
    begin(desk, job)
    page = page_of(desk.get(f"/import/{job.pk}/"))
    assert page.all("progress")[0].attributes["max"] == "2"
    assert "0 of 2 done" in words(page)
    said = finish(desk, job)
    assert "What became of the documents" in said
    assert Article.objects.count() == 2
    storm = Article.objects.get(address="https://courier.example/storm")
    assert storm.author == "Nora Vale"
    done = page_of(desk.get(f"/import/{job.pk}/"))
    assert f"/articles/{storm.pk}/" in done.links()
    assert not done.all("progress")
    assert f"ferry.txt Stored Ferry sinks off Elmport {Claim.objects.exclude(article=storm).count()}" in words(done)
    assert ArticleStatus.objects.filter(article=storm).exists()
    assert "stored" in words(page_of(desk.get("/import/")))


def test_a_step_tells_a_script_how_far_it_is(desk: Client, job: Job) -> None:
    json = {"Accept": "application/json"}
    assert desk.post(f"/import/{job.pk}/step", headers=json).status_code == 409
    begin(desk, job)
    told = desk.post(f"/import/{job.pk}/step", headers=json).json()
    assert told["total"] == 2
    assert told["done"] >= 1
    assert told["became"]["stored"] == told["done"]
    assert told["moved"]
    while not told["ended"]:
        told = desk.post(f"/import/{job.pk}/step", headers=json).json()
    assert told["said"] == "2 of 2 done: 2 stored."


def test_the_same_again_is_already_here(desk: Client, job: Job) -> None:
    begin(desk, job)
    finish(desk, job)
    again = job_of(send_files(desk, a_file("storm.html", PAGE), a_file("ferry.txt", FERRY)))
    begin(desk, again)
    assert finish(desk, again).count("Already here") >= 2
    assert Article.objects.count() == 2


def test_an_import_that_is_stopped_keeps_what_is_stored(desk: Client, job: Job) -> None:
    begin(desk, job)
    assert desk.post(f"/import/{job.pk}/cancel", {"key": uuid4()}).status_code == 302
    said = see(desk, job)
    assert "Stopped" in said
    assert desk.post(f"/import/{job.pk}/cancel", {"key": uuid4()}).status_code == 409
    assert not ImportItem.objects.filter(job=job, state=ItemState.READY).exists()


def test_a_draft_can_be_dropped(desk: Client, job: Job) -> None:
    desk.post(f"/import/{job.pk}/cancel", {"key": uuid4()})
    assert "Dropped before anything was stored" in see(desk, job)
    assert not ImportItem.objects.exclude(text="").exists()


def test_the_report_is_a_file_too(desk: Client, job: Job) -> None:
    begin(desk, job)
    finish(desk, job)
    answer = desk.get(f"/import/{job.pk}/report.csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "file,became,article,claims,said"
    assert lines[1].startswith("ferry.txt,stored,http://testserver/articles/")
    assert lines[3].startswith("x.png,refused,,0,")


def test_a_name_that_is_a_formula_is_none_in_the_report(desk: Client) -> None:
    found = job_of(send_files(desk, a_file("=1+1.txt", FERRY)))
    answer = desk.get(f"/import/{found.pk}/report.csv")
    assert "\r\n'=1+1.txt," in b"".join(answer.streaming_content).decode()


# Who sees what


def test_imports_of_others_are_not_there_for_a_reviewer(desk: Client, job: Job, ben: User, max: User) -> None:
    item, other = items(job)[0], logged_in(ben)
    for url in (f"/import/{job.pk}/", f"/import/{job.pk}/{item.pk}/", f"/import/{job.pk}/report.csv"):
        assert other.get(url).status_code == 410
        assert logged_in(max).get(url).status_code == 200
    for deed in ("choose", "step", "cancel"):
        assert other.post(f"/import/{job.pk}/{deed}", {"key": uuid4(), "version": 0}).status_code == 410
    assert "None yet." in words(page_of(other.get("/import/")))
    assert "ana" in words(page_of(logged_in(max).get("/import/")))


def test_the_desk_is_led_here_from_its_lists(desk: Client) -> None:
    for url in ("/", "/articles/"):
        assert "/import/" in page_of(desk.get(url)).links()
    assert "/import/" not in page_of(Client().get("/")).links()


def test_what_a_file_says_is_never_markup(desk: Client) -> None:
    hostile = PAGE.replace("Nora Vale", "&lt;script&gt;alert(1)&lt;/script&gt;").replace("Storm", "&lt;b&gt;Storm")
    found = job_of(send_files(desk, a_file("<img src=x onerror=alert(1)>.html", hostile)))
    for url in (f"/import/{found.pk}/", f"/import/{found.pk}/{items(found)[0].pk}/"):
        page = page_of(desk.get(url))
        assert not page.all("img")
        assert not [script for script in page.all("script") if not script.attributes.get("src")]


# Budgets


def test_the_pages_need_no_more_queries_for_more_documents(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_draft, "SIZE", 3)
    few, many = (
        job_of(
            send_files(desk, a_file("n.zip", a_zip(**{f"n{n}": f"{FERRY}\n\nIt was day {n}." for n in range(count)})))
        )
        for count in (4, 9)
    )
    assert queries(desk, f"/import/{few.pk}/") == queries(desk, f"/import/{many.pk}/") <= 3 * 6 + 12
    for found in (few, many):
        begin(desk, found)
        desk.post(f"/import/{found.pk}/cancel", {"key": uuid4()})
    assert queries(desk, f"/import/{few.pk}/") == queries(desk, f"/import/{many.pk}/") <= 12
    assert queries(desk, "/import/") <= 8
