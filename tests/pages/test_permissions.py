"""Who gets which page: every address, every method, every role. An address without a row here fails."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from claims.models import Claim, Story, User
from claims.review.register_source import register_source
from claims.web.urls import urlpatterns
from tests.cast import logged_in
from tests.importing import offered
from tests.linking import link

VISITORS = ("anonymous", "eve", "ana", "max", "ada")
OPEN = (200,) * 5
DESK = (302, 403, 200, 200, 200)
MODERATORS = (302, 403, 403, 200, 200)
NO = (405,) * 5
# What a form without content gets from those who may send it: refused for what is missing.
DESK_SENDS = (403, 403, 400, 400, 400)
MODERATORS_SEND = (403, 403, 403, 400, 400)

# {name: (what GET gives to each visitor, what an empty POST gives)}
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "front": (OPEN, NO),
    # What machines ask; there are no figures unless the operator wants them: tests/pages/test_health.py.
    "healthz": (OPEN, NO),
    "readyz": (OPEN, NO),
    "metrics": ((404,) * 5, NO),
    "story-list": (OPEN, NO),
    "story-new": (MODERATORS, MODERATORS_SEND),
    # Not published: gone for readers.
    "story": ((410, 410, 200, 200, 200), NO),
    "matrix-export": (DESK, NO),
    # What readers may have as a file: nothing of an unpublished story, for nobody.
    "published-csv": ((410,) * 5, NO),
    "story-report": ((410, 410, 200, 200, 200), NO),
    "story-edit": (MODERATORS, MODERATORS_SEND),
    "story-publish": (NO, MODERATORS_SEND),
    "story-assessments": (NO, MODERATORS_SEND),
    "story-place": (NO, MODERATORS_SEND),
    "correction-ask": (NO, (410, 410, 400, 400, 400)),
    "correction-answer": (NO, MODERATORS_SEND),
    "article-list": (DESK, NO),
    "article": (DESK, NO),
    "spans": (DESK, NO),
    "redraw": (NO, DESK_SENDS),
    "revision-list": (DESK, NO),
    "revision": (DESK, NO),
    "revision-changes": (DESK, NO),
    "revise": (MODERATORS, MODERATORS_SEND),
    "import": (DESK, NO),
    "import-files": (NO, DESK_SENDS),
    "import-text": (NO, DESK_SENDS),
    "import-addresses": (NO, DESK_SENDS),
    # An import of ana's that nobody has begun.
    "import-job": (DESK, NO),
    "import-choose": (NO, DESK_SENDS),
    "import-step": (NO, (403, 403, 409, 409, 409)),
    "import-cancel": (NO, DESK_SENDS),
    "import-report": (DESK, NO),
    "import-document": (DESK, DESK_SENDS),
    "orphan-list": (DESK, NO),
    # The claim stands in the text: it is no orphan.
    "orphan": ((302, 403, 410, 410, 410), NO),
    "orphan-place": (NO, MODERATORS_SEND),
    "orphan-gone": (NO, MODERATORS_SEND),
    "reworded-list": (MODERATORS, NO),
    "confirm-wording": (NO, MODERATORS_SEND),
    "claim-list": (DESK, NO),
    "claim-export": (DESK, NO),
    **dict.fromkeys(("claim-lines", "link-lines", "source-export", "source-lines"), (DESK, NO)),
    **dict.fromkeys(("article-export", "article-lines"), (DESK, NO)),
    "claim": (DESK, NO),
    "assess": (NO, DESK_SENDS),
    "retract": (NO, DESK_SENDS),
    "outlet-list": (DESK, NO),
    "outlet": (DESK, NO),
    "source-list": (DESK, NO),
    "source-new": (DESK, DESK_SENDS),
    "source-suggest": (DESK, NO),
    "source-duplicates": (MODERATORS, NO),
    "source": (DESK, NO),
    "source-describe": (NO, DESK_SENDS),
    "source-merge": (MODERATORS, MODERATORS_SEND),
    "source-unmerge": (NO, MODERATORS_SEND),
    "attribute": (NO, DESK_SENDS),
    "rule": (NO, MODERATORS_SEND),
    "restore": (NO, DESK_SENDS),
    "evidence-add": (NO, DESK_SENDS),
    "evidence-change": (NO, DESK_SENDS),
    "evidence-remove": (NO, DESK_SENDS),
    "evidence-restore": (NO, DESK_SENDS),
    "date-claim": (NO, DESK_SENDS),
    "verdict-give": (NO, DESK_SENDS),
    "verdict-take-back": (NO, DESK_SENDS),
    "verdict-propose": (NO, MODERATORS_SEND),
    "verdict-publish": (NO, MODERATORS_SEND),
    "verdict-decline": (NO, MODERATORS_SEND),
    "verdict-withdraw": (NO, MODERATORS_SEND),
    "verdict-list": (OPEN, NO),
    "verdict-feed": (OPEN, NO),
    "verdict-waiting": (MODERATORS, NO),
    # Nothing is published of the claim's verdict: gone for everybody.
    "verdict-page": ((410,) * 5, NO),
    "claim-annotations": (DESK, NO),
    # The claim is of no published story: gone for somebody without a role.
    "flag": ((302, 410, 200, 200, 200), (403, 410, 400, 400, 400)),
    "details": (DESK, NO),
    "adjudicate": (MODERATORS, NO),
    "reopen": (NO, MODERATORS_SEND),
    "retire": (NO, MODERATORS_SEND),
    "adjudicate-next": (MODERATORS, NO),
    "queue": (DESK, NO),
    # Nothing waits: back to the queue's page, or on to a claim.
    "queue-next": (NO, (403, 403, 302, 302, 302)),
    "queue-skip": (NO, DESK_SENDS),
    "assignments": (MODERATORS, MODERATORS_SEND),
    "assignment-end": (NO, MODERATORS_SEND),
    "discussion": (DESK, NO),
    "comment": (NO, DESK_SENDS),
    "thread-resolve": (NO, DESK_SENDS),
    "notification-list": ((302, 200, 200, 200, 200), NO),
    "notification-read": (NO, (403, 400, 400, 400, 400)),
    "agreement": (MODERATORS, NO),
    # Without a cell of the table there is nothing to list.
    "agreement-claims": ((302, 403, 403, 400, 400), NO),
    "agreement-export": (MODERATORS, NO),
    "agreement-links": (MODERATORS, NO),
    "agreement-links-export": (MODERATORS, NO),
    "first-pass": (MODERATORS, NO),
    "first-pass-overruled": (MODERATORS, NO),
    "first-pass-export": (MODERATORS, NO),
    "calibration": (MODERATORS, NO),
    "calibration-mine": (DESK, NO),
    "calibrate": (MODERATORS, MODERATORS_SEND),
    "linking": (DESK, NO),
    "pair": (DESK, NO),
    "link": (NO, DESK_SENDS),
    "pair-date": (NO, DESK_SENDS),
    "link-retract": (NO, DESK_SENDS),
    "link-list": (DESK, NO),
    "link-export": (DESK, NO),
    "link-page": (DESK, NO),
    "link-rule": (NO, MODERATORS_SEND),
    "link-reopen": (NO, MODERATORS_SEND),
    "suggestion-list": (DESK, NO),
    "method": (OPEN, NO),
    "login": (OPEN, (200,) * 5),
    "logout": (NO, (302,) * 5),
    "password-change": ((302, 200, 200, 200, 200), (403, 400, 400, 400, 400)),
    "tokens": ((302, 200, 200, 200, 200), (403, 400, 400, 400, 400)),
    "token-revoke": (NO, (403, 400, 400, 400, 400)),
}
PATTERNS: dict[str, URLPattern] = {str(pattern.name): pattern for pattern in urlpatterns}
# Answered before everything else, with headers of their own.
PROBES = {"healthz", "readyz", "metrics"}
READABLE = [name for name, (get, _) in TABLE.items() if get != NO and name not in PROBES]


@pytest.fixture
def keys(claim: Claim, claims: list[Claim], story: Story, ana: User, max: User) -> dict[str, Any]:
    """What the addresses' parts stand for."""
    item = offered(ana)
    return {"claim_id": claim.pk, "article_id": claim.article_id, "story_id": story.pk} | {
        "revision_id": claim.revision_id,
        "other_id": claims[1].pk,
        "outlet_id": claim.article.outlet_id,
        "source_id": register_source(by=max, name="The mayor", kind="named_person", key=uuid4()).pk,
        "link_id": link(claim, claims[1], max)["link"],
        "job_id": item.job_id,
        "item_id": item.pk,
    }


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Any:
    """`browser("ana")`: a browser of that visitor's."""

    def of(visitor: str) -> Client:
        return Client() if visitor == "anonymous" else logged_in(request.getfixturevalue(visitor))

    return of


def address(name: str, keys: dict[str, Any]) -> str:
    parts = PATTERNS[name].pattern.converters
    return reverse(name, kwargs={part: keys[part] for part in parts})


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(PATTERNS) == set(TABLE)


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_visitor_gets_what_the_table_says(visitor: str, keys: dict[str, Any], browser: Any) -> None:
    mine = browser(visitor)
    for name, row in TABLE.items():
        get, post = (answers[VISITORS.index(visitor)] for answers in row)
        url = address(name, keys)
        assert (name, mine.get(url).status_code) == (name, get)
        assert (name, (browser(visitor) if name == "logout" else mine).post(url).status_code) == (name, post)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_no_page_takes_other_methods(method: str, keys: dict[str, Any], browser: Any) -> None:
    administrator = browser("ada")
    for name in TABLE:
        assert (name, getattr(administrator, method)(address(name, keys)).status_code) == (name, 405)


@pytest.mark.parametrize("name", [name for name, (get, _) in TABLE.items() if get[0] == 302])
def test_somebody_not_logged_in_is_led_to_the_login_and_back(name: str, keys: dict[str, Any]) -> None:
    url = address(name, keys) + "?claim=1&a=%C3%A9"
    answer = Client().get(url)
    assert answer.status_code == 302
    login = Client().get(answer.url)
    assert login.status_code == 200
    assert f'name="next" value="{url.replace("&", "&amp;")}"' in login.content.decode()


@pytest.mark.parametrize("name", [name for name, (_, post) in TABLE.items() if post[0] == 403])
def test_what_somebody_not_logged_in_typed_stays_on_the_page(name: str, keys: dict[str, Any]) -> None:
    answer = Client().post(address(name, keys), {"note": "Half an hour's work <b>", "key": uuid4(), "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Half an hour&#x27;s work &lt;b&gt;" in page
    assert "log in" in page.lower()


def test_a_reviewer_is_told_what_role_the_page_needs(ana: User, keys: dict[str, Any]) -> None:
    page = logged_in(ana).get(address("story-edit", keys)).content.decode()
    assert "Your role is reviewer, and only a moderator may change stories." in page


@pytest.mark.parametrize("name", [name for name, pattern in PATTERNS.items() if pattern.pattern.converters])
def test_what_is_not_there_is_gone_for_the_desk_and_hidden_from_others(name: str, browser: Any) -> None:
    nowhere = dict.fromkeys(
        [
            *("claim_id", "article_id", "story_id", "source_id", "revision_id", "link_id", "outlet_id", "other_id"),
            *("job_id", "item_id"),
        ],
        uuid4(),
    )
    form = {
        "label": "OPINION", "version": 0, "key": uuid4(), "note": "Because.", "title": "T", "message": "M",
        "line": "L", "article": uuid4(), "into": "on", "relation": "UNRELATED",
        "needed": 3, "restored": 1, "parts": "One", "revision": uuid4(), "start": 0, "end": 3, "number": 1,
    }  # fmt: skip
    if name not in {"assess", "rule"}:  # there a reason is one of the scheme's
        form["reason"] = "Because."
    url = address(name, nowhere)
    get, post = TABLE[name]
    if get != NO:
        assert browser("max").get(url).status_code == 410
        assert browser("anonymous").get(url).status_code in {302, 410}
    if post != NO:
        assert browser("max").post(url, form).status_code == 410


def test_an_address_that_is_none_is_a_page_and_not_a_word_about_what_there_is(ana: User) -> None:
    for url in ("/nothing", "/articles/1/", "/claims/x/assess"):
        answer = logged_in(ana).get(url)
        assert answer.status_code == 404
        assert "There is no such page" in answer.content.decode()


def test_pages_of_the_desk_are_kept_by_nobody_in_between(keys: dict[str, Any], browser: Any) -> None:
    administrator = browser("ada")
    for name in READABLE:
        answer = administrator.get(address(name, keys))
        assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", ")), name


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_page_has_the_security_headers(visitor: str, keys: dict[str, Any], browser: Any) -> None:
    mine = browser(visitor)
    for name in READABLE:
        has_them(mine.get(address(name, keys)))


def test_refusals_and_missing_pages_have_them_too(ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    for answer in (browser.get("/nothing"), browser.get("/stories/new"), browser.post(f"/claims/{claim.pk}/assess")):
        assert answer.status_code >= 400
        has_them(answer)


def has_them(answer: Any) -> None:
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_not_for_scripts_or_other_sites(ana: User) -> None:
    browser = Client()
    ana.set_password("correct horse")
    ana.save()
    browser.get("/login/")
    browser.post("/login/", {"username": "ana", "password": "correct horse"})
    session, token = browser.cookies["sessionid"], browser.cookies["csrftoken"]
    assert session["httponly"]
    assert {session["samesite"], token["samesite"]} == {"Lax"}
    assert session["secure"]
    assert token["secure"]
