"""Bodies that no form of ours sends: foreign keys, huge fields, NUL, lone surrogates, odd numbers, odd encodings."""

from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.coverage.correct_story import request_correction
from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.models import ArticleStatus, Assessment, Claim, Correction, CorrectionRequest, Story, StoryStatus, User
from tests.cast import MakeArticle, logged_in
from tests.pages.html import page_of
from tests.unit.ledger import dump, tables

VALID = {
    "label": "UNSOURCED", "strength": "0", "reason": "hedge", "note": "A note.", "version": "0", "then": "next",
    "title": "A title", "description": "About it.", "message": "A message.", "contact": "ida", "line": "A line.",
    "deed": "answer", "into": "on", "old_password": "x", "new_password1": "y", "new_password2": "z",
    "username": "ana", "password": "x",
}  # fmt: skip
TEXTS = ["note", "title", "description", "message", "contact", "line", "label", "reason", "username", "password"]
# The fields of TEXTS that a form has, by the last part of its address.
JUDGED, DESCRIBED = {"note", "label", "reason"}, {"title", "description"}
FIELDS = {
    "assess": JUDGED, "rule": JUDGED, "edit": DESCRIBED, "new": DESCRIBED, "ask": {"message", "contact"},
    "answer": {"line"}, "login": {"username", "password"},
}  # fmt: skip


@pytest.fixture
def urls(claim: Claim, story: Story) -> list[str]:
    return [
        *(f"/claims/{claim.pk}/{deed}" for deed in ("assess", "retract", "rule")),
        *(f"/stories/{story.pk}/{deed}" for deed in ("edit", "publish", "place", "ask", "answer")),
        "/stories/new",
        "/password/",
        "/login/",
    ]


def taking(urls: list[str], name: str) -> list[str]:
    """The addresses whose form has the field. For the first of TEXTS all: a form is also sent what it does not have."""
    return [url for url in urls if name == TEXTS[0] or name in FIELDS.get(url.strip("/").rpartition("/")[2], set())]


def sent(**parts: Any) -> dict[str, Any]:
    return VALID | {"key": str(uuid4()), "article": str(uuid4())} | parts


def is_told(answer: Any) -> bool:
    """A refusal is a page with a sentence, or the form again with what is wrong."""
    page = page_of(answer)
    alerts = [e.text.strip() for e in page.elements if e.attributes.get("role") == "alert"]
    return any(alerts) or any(e.has("errorlist") for e in page.elements)


@pytest.mark.parametrize("name", TEXTS)
def test_a_nul_in_any_field_is_refused_with_a_sentence_or_stored_without_it(
    name: str, max: User, urls: list[str]
) -> None:
    for browser in (logged_in(max), Client()):
        for url, bad in product(taking(urls, name), ("a\x00b", "\x00", "%00")):
            answer = browser.post(url, sent(**{name: bad}))
            assert answer.status_code < 500, (url, bad)
            if answer.status_code >= 400:
                assert is_told(answer), (url, bad)
    for rows in dump(tables()).values():
        assert "\x00" not in repr(rows)


NO_UTF_8 = (b"a%ED%A0%80b", b"%FF%FE", b"a%C3", b"\xff\xfe\x80", "a\ud800b".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", TEXTS)
def test_bytes_that_are_no_utf_8_in_any_field_break_nothing(name: str, max: User, urls: list[str]) -> None:
    browser = logged_in(max)
    for url, bad in product(taking(urls, name), NO_UTF_8):
        rest = "&".join(f"{key}={value}" for key, value in sent().items() if key != name).replace(" ", "+").encode()
        body = rest + b"&" + name.encode() + b"=" + bad
        answer = browser.post(url, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, (url, bad)
    dump(tables())


@pytest.mark.parametrize(
    "version", ["", "-1", "1.5", "1e3", "0x1", "٣", "NaN", "9" * 30, "9" * 5_000, "null", "[]", "true"]
)
def test_a_version_that_is_no_number_of_ours_is_refused(version: str, max: User, urls: list[str]) -> None:
    browser = logged_in(max)
    for url in urls:
        if url.endswith(("/ask", "/answer", "/new", "/password/", "/login/")):
            continue  # nothing there has a version
        answer = browser.post(url, sent(version=version))
        assert answer.status_code in {400, 409, 410}, url
        assert is_told(answer), url


NO_KEYS = ("x", "-1", "9" * 40, "9" * 5_000, "\u0663", "{}", "' OR 1=1 --", "../..", "00000000")


@pytest.mark.parametrize("field", ["key", "article", "request_id", "strength"])
def test_keys_and_numbers_that_are_none_are_refused(field: str, max: User, urls: list[str]) -> None:
    browser = logged_in(max)
    for url, value in product(urls, NO_KEYS):
        answer = browser.post(url, sent(**{field: value}))
        assert answer.status_code < 500, (url, value)
        if answer.status_code >= 400:
            assert is_told(answer), (url, value)


@pytest.mark.parametrize("name", TEXTS)
def test_a_field_of_a_hundred_thousand_characters_is_refused_and_nothing_is_stored(
    name: str, max: User, claim: Claim, story: Story, urls: list[str]
) -> None:
    browser = logged_in(max)
    before = dump([Assessment, Story, StoryStatus, Correction, CorrectionRequest])
    for url in urls:
        if name in FIELDS.get(url.rpartition("/")[2], set()):
            answer = browser.post(url, sent(**{name: "x" * 100_000}))
            assert answer.status_code == 400, url
            assert is_told(answer), url
            assert "x" * 100_000 in answer.content.decode() or name in {"label", "reason"}
    assert dump([Assessment, Story, StoryStatus, Correction, CorrectionRequest]) == before


def test_a_body_larger_than_any_form_is_refused_before_it_is_read(max: User, urls: list[str]) -> None:
    browser = logged_in(max)
    for url in urls:
        answer = browser.post(url, sent(note="x" * 300_000))
        assert answer.status_code in {400, 413}, url
        assert "larger than" in answer.content.decode(), url


def test_a_body_of_a_thousand_fields_is_refused(max: User, urls: list[str]) -> None:
    answer = logged_in(max).post(urls[0], sent(**{f"field{n}": "x" for n in range(1_000)}))
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "x"]
)
def test_a_body_of_another_kind_is_refused(kind: str, max: User, urls: list[str]) -> None:
    browser = logged_in(max)
    for url in urls:
        answer = browser.post(url, b'{"label": "OPINION"}', content_type=kind)
        assert answer.status_code < 500, url
    assert not Assessment.objects.exists()


def test_an_article_of_another_story_is_not_taken_out_through_this_one(
    max: User, story: Story, make_article: MakeArticle
) -> None:
    other = create_story(by=max, title="Other", description="", key=uuid4())
    article = make_article("It rains in Oslo.", "https://example.org/other")
    place_article(by=max, article_id=article.pk, story_id=other.pk, expected_version=0)
    answer = logged_in(max).post(f"/stories/{story.pk}/place", {"article": article.pk, "version": 1})
    assert answer.status_code == 410
    assert "in another story" in answer.content.decode()
    assert ArticleStatus.objects.get(article=article).story == other


@pytest.mark.parametrize("deed", ["answer", "decline"])
def test_a_request_about_another_story_is_not_answered_through_this_one(deed: str, max: User, story: Story) -> None:
    other = create_story(by=max, title="Other", description="", key=uuid4())
    asked = request_correction(story=other, message="M", contact="", address="192.0.2.1", key=uuid4())
    form = {"deed": deed, "request_id": asked.pk, "line": "L", "key": uuid4()}
    answer = logged_in(max).post(f"/stories/{story.pk}/answer", form)
    assert answer.status_code == 410
    asked.refresh_from_db()
    assert asked.answered_at is None
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "after",
    [
        "x", "~", "2020-01-01~", "2020-01-01T00:00:00~00000000-0000-0000-0000-000000000000", "\x00~\x00",
        "0001-01-01T00:00:00+23:59~00000000-0000-0000-0000-000000000000",
        "9999-12-31T23:59:59-23:59~00000000-0000-0000-0000-000000000000",
        "2020-01-01T00:00:00+00:00~' OR 1=1", "9" * 5_000,
    ],
)  # fmt: skip
def test_a_place_in_a_list_that_is_none_is_refused(after: str, max: User, story: Story) -> None:
    browser = logged_in(max)
    for url in ("/stories/", "/articles/", f"/stories/{story.pk}/", "/claims/"):
        answer = browser.get(url, {"after": after})
        assert answer.status_code in {200, 400}, url
        assert answer.status_code == 200 or is_told(answer), url


@pytest.mark.parametrize("outlet", ["x", "\x00", "00000000-0000-0000-0000-000000000000", "9" * 5_000, "{}"])
def test_an_outlet_that_is_none_is_refused_or_empty(outlet: str, max: User, story: Story) -> None:
    answer = logged_in(max).get("/articles/", {"outlet": outlet})
    assert answer.status_code in {200, 400}
    assert "Elm" not in answer.content.decode()
