"""The ways in which articles come to a page: pasted, uploaded, by address; what is too much, and what is refused."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.ingest.readers import in_time
from claims.models import Job, User
from claims.web import import_uploads
from tests.cast import TEXT, logged_in
from tests.importing import FERRY, FORM, a_file, items, job_of, paste, quoted, send_files, words
from tests.pages.html import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ana: User) -> Client:
    return logged_in(ana)


# Pasting


def test_a_pasted_text_keeps_what_is_known_of_it(desk: Client, ana: User) -> None:
    found = job_of(paste(desk, FERRY.replace("\n", "\r\n"), address="https://ferry.example/1", author="Tom Reed"))
    (item,) = items(found)
    assert item.text == FERRY
    assert item.facts["author"] == {
        "value": "Tom Reed", "basis": "found_elsewhere", "note": "given with the text by ana", "link": "",
    }  # fmt: skip
    page = page_of(desk.get(f"/import/{found.pk}/"))
    assert "Tom Reed found elsewhere: given with the text by ana" in words(page)


def test_a_long_text_passes_where_no_other_form_takes_it(desk: Client, ana: User) -> None:
    long = FERRY + "\n\nIt rained in Älmport." * 30_000
    assert items(job_of(paste(desk, long)))[0].text == long
    assert desk.post("/password/", {"old_password": long}).status_code == 400


def test_a_text_that_is_too_long_is_refused_and_shown_again(desk: Client) -> None:
    answer = paste(desk, "Ferry sinks. " * 160_000, author="Tom Reed")
    page = page_of(answer)
    assert answer.status_code == 400
    assert "too large" in page.all("div", role="alert")[0].text
    assert page.fields("text-form")["text"].startswith("Ferry sinks. Ferry")
    assert page.fields("text-form")["author"] == "Tom Reed"
    assert not Job.objects.exists()


def test_a_text_beyond_all_limits_is_not_even_read(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_uploads, "MAX_TEXT_SENT", 1_000)
    answer = paste(desk, "Ferry sinks. " * 1_000)
    assert answer.status_code == 413
    assert "Go back, where it still stands" in page_of(answer).all("div", role="alert")[0].text


@pytest.mark.parametrize("text", ["", "  \n ", "\ufeff"])
def test_an_empty_text_is_refused(text: str, desk: Client) -> None:
    assert paste(desk, text).status_code == 400


def test_what_cannot_be_kept_of_a_text_is_replaced_and_never_a_crash(desk: Client) -> None:
    found = job_of(paste(desk, "Ferry\x00 sinks \ud800 off Elmport today, the harbour master said."))
    assert "\x00" not in items(found)[0].text


def test_the_same_form_twice_is_one_import(desk: Client) -> None:
    form = {"text": FERRY, "key": str(uuid4())}
    sent = "&".join(f"{k}={quoted(v)}" for k, v in form.items())
    first, second = (desk.post("/import/text", sent, content_type=FORM) for _ in range(2))
    assert first["Location"] == second["Location"]


# Limits of an upload


def test_files_that_are_too_much_together_are_refused_with_what_to_do(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_uploads, "MAX_UPLOAD", 100_000)
    answer = send_files(desk, a_file("a.txt", "a" * 60_000), a_file("b.txt", "b" * 60_000))
    assert answer.status_code == 413
    assert "the most at one time is" in page_of(answer).all("div", role="alert")[0].text
    monkeypatch.setattr(import_uploads, "MAX_READ_AWAY", 100_000)
    assert send_files(desk, a_file("a.txt", "a" * 120_000)).status_code == 413
    assert not Job.objects.exists()


def test_too_many_files_are_refused_with_what_to_do(desk: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    answer = send_files(desk, *(a_file(f"{n}.txt", FERRY) for n in range(3)))
    assert answer.status_code == 413
    assert "too many files" in page_of(answer).all("div", role="alert")[0].text


def test_who_may_not_bring_in_anything_has_nothing_kept(eve: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for browser in (Client(), logged_in(eve)):
        assert send_files(browser, a_file("a.txt", FERRY * 100)).status_code == 403
        monkeypatch.setattr(import_uploads, "MAX_READ_AWAY", 1_000)
        assert send_files(browser, a_file("a.txt", FERRY * 100)).status_code == 403
    assert not Job.objects.exists()


def test_what_takes_too_long_to_read_is_named_and_the_rest_is_there(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(0, 10_000, 25))
    monkeypatch.setattr(in_time, "monotonic", lambda: float(next(ticks)))
    found = job_of(send_files(desk, a_file("a.txt", FERRY), a_file("b.txt", TEXT), a_file("c.txt", TEXT)))
    assert [item.state for item in items(found)] == ["ready", "refused", "refused"]
    assert "bring it in again by itself" in items(found)[2].said


# By address


def test_addresses_are_not_read_unless_the_operator_says_so(desk: Client) -> None:
    assert "an operator can turn that on" in words(page_of(desk.get("/import/")))
    answer = desk.post("/import/addresses", {"addresses": "https://courier.example/storm", "key": uuid4()})
    assert answer.status_code == 400
    assert "https://courier.example/storm" in answer.content.decode()


def test_addresses_are_read_one_by_one_and_each_failure_is_said(desk: Client, settings: Any) -> None:
    settings.FETCH_PAGES = True
    assert "One address a line" in words(page_of(desk.get("/import/")))
    sent = {"addresses": "http://127.0.0.1/a\n\nftp://courier.example/\nhttp://127.0.0.1/a\n", "key": uuid4()}
    found = job_of(desk.post("/import/addresses", sent))
    assert [(item.name, item.state) for item in items(found)] == [
        ("http://127.0.0.1/a", "refused"), ("ftp://courier.example/", "refused"),
    ]  # fmt: skip
    for wrong in ("", "\n \n", "\n".join(f"https://courier.example/{n}" for n in range(21))):
        assert desk.post("/import/addresses", {"addresses": wrong, "key": uuid4()}).status_code == 400
