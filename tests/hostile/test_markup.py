"""Markup and script in everything that people, files and addresses can bring: shown as words, on every page."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.coverage.correct_story import post_correction, request_correction
from claims.coverage.describe_story import create_story
from claims.coverage.publish_story import publish_story
from claims.ingest.describe_outlet import describe_outlet
from claims.models import Article, Claim, User
from tests.cast import MakeArticle, assess, logged_in, person, rule
from tests.pages.html import Page, page_of

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\u200bscript:alert(1)">x</a>',
    '<math><mi xlink:href="data:x,<script>alert(1)</script>">',
    '<iframe srcdoc="<script>alert(1)</script>">',
    '<b style="position:fixed" onclick=alert(1)>x</b>',
    "<form action=//evil.example><button>x",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "<base href=//evil.example>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
]


def is_harmless(page: Page) -> list[str]:
    """What is on the page that only an attack can have brought."""
    found = []
    for element in page.elements:
        source = element.attributes.get("src", "")
        if element.tag == "script" and element.attributes.get("type") != "application/json":
            found += [] if source.startswith("/static/") else [f"script {source}"]
        if element.tag in {"img", "iframe", "object", "embed", "math", "base", "style"}:
            found.append(element.tag)
        found += [f"{element.tag} {name}" for name in element.attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            value = element.attributes.get(name, "")
            folded = "".join(value.split()).lower()
            if folded.startswith(("javascript:", "java\u200bscript:", "data:", "//", "https://evil", "http://evil")):
                found.append(f"{element.tag} {name}={value}")
    return found


@pytest.fixture
def infested(max: User, ben: User, make_article: MakeArticle) -> Any:
    """`infested(payload)`: the payload in every field that a room takes; gives every page that shows any of it."""

    def infest(payload: str) -> tuple[list[str], list[str]]:
        story = create_story(by=max, title=payload[:200], description=payload, key=uuid4())
        text = f"{payload} headline\n\n" + "\n\n".join(f"{payload} said {payload} on day {n}." for n in range(8))
        article = make_article(text, f"https://example.org/{uuid4()}", story)
        Article.objects.filter(pk=article.pk).update(
            headline=payload, voice=payload, author=payload, quality=payload, genre=payload[:40], credits=[payload],
            bases={"voice": {"basis": "in_text", "note": payload, "link": "https://example.org/"}},
        )  # fmt: skip
        describe_outlet(by=max, outlet_id=article.outlet_id, kind="unknown", note=payload, expected_version=0) if (
            article.outlet.status.version == 0
        ) else None
        claims = list(Claim.objects.filter(article=article).in_reading_order())
        for claim in claims[:4]:
            assess(claim, ben, note=payload)
        for claim in claims[:3]:
            rule(claim, max, explanation=f"Because: {payload}")
        publish_story(by=max, story_id=story.pk, expected_version=0)
        request_correction(story=story, message=payload, contact=payload, address="192.0.2.1", key=uuid4())
        post_correction(by=max, story=story, line=payload, key=uuid4())
        public = ["/", "/stories/", f"/stories/{story.pk}/"]
        desk = ["/articles/", f"/articles/?outlet={article.outlet_id}", "/claims/", f"/articles/{article.pk}/"]
        desk += [f"/claims/{claim.pk}/" for claim in claims[:4]] + [f"/articles/{article.pk}/?claim={claims[0].pk}"]
        return public, [*public, f"/stories/{story.pk}/?as=reader", f"/stories/{story.pk}/edit", *desk]

    return infest


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_markup_that_anybody_brought_lives_on_any_page(payload: str, infested: Any, max: User, ben: User) -> None:
    public, desk = infested(payload)
    for browser, urls in ((Client(), public), (logged_in(max), desk), (logged_in(ben), desk)):
        for url in urls:
            answer = browser.get(url)
            assert answer.status_code in {200, 403}, url
            assert is_harmless(page_of(answer)) == [], url


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_refused_form_gives_back_is_words(payload: str, ben: User, max: User, claim: Claim, story: Any) -> None:
    fields = [
        "label",
        "strength",
        "reason",
        "note",
        "version",
        "key",
        "title",
        "then",
        "description",
        "message",
        "contact",
        "line",
        "article",
    ]
    sent = dict.fromkeys([*fields, payload], payload)
    urls = [f"/claims/{claim.pk}/{deed}" for deed in ("assess", "retract", "rule")]
    urls += [f"/stories/{story.pk}/{deed}" for deed in ("edit", "publish", "place", "ask", "answer")]
    urls += ["/stories/new", "/password/", "/login/"]
    for browser in (logged_in(max), logged_in(ben), Client(enforce_csrf_checks=True)):
        for url in urls:
            answer = browser.post(url, sent)
            assert answer.status_code < 500, url
            assert is_harmless(page_of(answer)) == [], url


ASKED = ("/claims/", "/articles/", "/stories/", "/", "/login/", "/method/", "/nothing/")


def is_answered_with_words(browser: Client, url: str, name: str, value: str) -> None:
    answer = browser.get(url, {name: value})
    assert answer.status_code < 500, (url, name)
    assert is_harmless(page_of(answer)) == [], (url, name)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_questions_in_an_address_are_words(payload: str, ben: User) -> None:
    browser = logged_in(ben)
    for url in ASKED:
        for name in ("q", payload):
            is_answered_with_words(browser, url, name, payload)


@pytest.mark.parametrize("name", ["after", "outlet", "story", "claim", "next", "as", "label", "reviewer", "since"])
def test_every_question_in_an_address_is_words(name: str, ben: User) -> None:
    """What breaks out of an element, an attribute, a title, a comment: one after the other in one value."""
    browser = logged_in(ben)
    for url in ASKED:
        for value in ("".join(PAYLOADS), "".join(reversed(PAYLOADS))):
            is_answered_with_words(browser, url, name, value)


def test_a_name_with_markup_that_came_by_another_way_is_words(max: User, claim: Claim) -> None:
    mallory = person("<script>alert(1)</script>", "reviewer")  # rooms refuse such a name; a database may hold it
    assess(claim, mallory)
    rule(claim, mallory := person("<img src=x onerror=alert(1)>", "moderator"))
    for browser in (logged_in(max), logged_in(mallory)):
        for url in ("/", f"/claims/{claim.pk}/", "/claims/", "/password/"):
            answer = browser.get(url)
            assert answer.status_code == 200
            assert is_harmless(page_of(answer)) == [], url


def test_a_note_that_came_by_another_way_than_a_room_is_cleaned_on_the_way_out(
    ana: User, max: User, claim: Claim
) -> None:
    own = assess(claim, ana)
    own.note = "<script>alert(1)</script><b onclick=alert(1)>x</b><a href='javascript:alert(1)'>y</a>"
    own.save()
    page = page_of(logged_in(max).get(f"/claims/{claim.pk}/"))
    assert is_harmless(page) == []
    assert [bold.attributes for bold in page.all("b") if bold.text == "x"] == [{}]


def test_what_is_allowed_in_a_note_is_shown_as_markup(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana, note='<b>Bold</b> and <a href="https://example.org/?a=1&amp;b=2">there</a>')
    page = page_of(logged_in(max).get(f"/claims/{claim.pk}/"))
    (link,) = [a for a in page.all("a") if a.text == "there"]
    assert link.attributes == {"href": "https://example.org/?a=1&b=2", "rel": "noopener nofollow"}


def test_the_test_itself_would_notice() -> None:
    for payload in PAYLOADS[:3] + PAYLOADS[6:7] + PAYLOADS[9:12]:
        assert is_harmless(Page(f"<p>{payload}</p>")), payload
