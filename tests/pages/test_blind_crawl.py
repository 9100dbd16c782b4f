"""Nothing that another reviewer does can be told from any page, before the claim is settled."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from django.test import Client

from claims.coverage.publish_story import publish_story
from claims.models import Article, Claim, User
from claims.vocabulary import Label
from tests.cast import assess, logged_in, rule
from tests.pages.html import Page

CANARY = "CANARY-5b1f"
# What differs from one answer to the next without anybody having done anything.
VOLATILE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"|\d{1,2} \w+ \d{4}(, \d\d:\d\d)?|'
    r"claims-\d{4}-\d\d-\d\d[^\"]*"
)
# Following every page of every list would show the same again.
MOST_PAGES = 400


def crawl(browser: Client, *starts: str, follow: bool = True) -> dict[str, str]:
    """Every page that links lead to from the starts (or the starts alone), by address, without what is volatile."""
    waiting, seen = list(starts), {}
    while waiting:
        url = waiting.pop(0)
        # The details again with a few more of the article's words to choose from: hundreds of them, and nothing new.
        offers_words = "/details?near=" in url
        if url in seen or url.startswith("/admin/") or offers_words:
            continue
        answer = browser.get(url)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen[url] = f"{answer.status_code} {answer.headers.get('Location', '')}\n" + VOLATILE.sub("", content.decode())
        assert len(seen) < MOST_PAGES, "the crawl does not end"
        if follow and answer.headers["Content-Type"].startswith("text/html"):
            waiting += sorted(urljoin(url, href) for href in Page(content.decode()).links())
    return seen


def questions(article: Article, claims: list[Claim], ben: User) -> Iterator[str]:
    """Addresses that nobody links to, and that somebody curious would try."""
    yield from ("/", "/stories/", "/articles/", "/claims/", "/claims.csv", "/method/", "/password/")
    yield from ("/import/", "/verdicts/", "/verdicts/feed.json", "/verdicts/waiting", "/tokens/")
    yield from (f"/{rows}.jsonl" for rows in ("articles", "claims", "links", "sources"))
    yield from ("/articles.csv", "/sources.csv", "/links.csv", "/claims.annotations.json")
    yield f"/articles/{article.pk}/"
    if story := article.status.story_id:
        yield from (f"/stories/{story}/report", f"/stories/{story}/claims.csv", f"/stories/{story}/matrix.csv")
    for claim in claims:
        yield f"/claims/{claim.pk}/"
        yield f"/verdicts/{claim.pk}/"
        yield f"/articles/{article.pk}/?claim={claim.pk}"
    for question in (
        f"reviewer={ben.pk}",
        "reviewer=ben",
        *(f"label={label}" for label in Label),
        *(f"state={state}" for state in ("open", "done", "in_review", "disputed", "agreed", "ruled")),
        *(f"strength={strength}" for strength in range(6)),
        f"q={CANARY}",
        "reviewed=2020-01-01",
        "state=disputed&label=OPINION",
    ):
        yield f"/claims/?{question}"
        yield from (f"/claims{form}?{question}" for form in (".csv", ".jsonl", ".annotations.json"))


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    assert set(before) == set(after)
    return [url for url in before if before[url] != after[url]]


@pytest.fixture
def desk(story: object, claims: list[Claim], max: User) -> list[Claim]:
    """A published story of four claims, of which the last is settled."""
    rule(claims[3], max, Label.OPINION)
    publish_story(by=max, story_id=story.pk, expected_version=0)  # type: ignore[attr-defined]
    return claims


@pytest.mark.parametrize("visitor", ["ana", "eve", None])
def test_nobody_can_tell_from_any_page_what_another_reviewer_did(
    visitor: str | None, request: pytest.FixtureRequest, desk: list[Claim], ben: User
) -> None:
    browser = logged_in(request.getfixturevalue(visitor)) if visitor else Client()
    asked = list(questions(desk[0].article, desk, ben))
    if visitor == "ana":
        assess(desk[1], request.getfixturevalue("ana"), Label.SOURCED)  # ben will dispute this one
    before = crawl(browser, *asked)
    assess(desk[0], ben, Label.OPINION, note=CANARY)
    assess(desk[1], ben, Label.NOT_A_CLAIM, note=CANARY)
    assess(desk[2], ben, Label.SOURCED, note=CANARY, strength=5)
    assess(desk[2], ben, Label.UNSOURCED, note=CANARY, reason="vague")
    after = crawl(browser, *asked)
    assert [url for url, page in after.items() if CANARY in page and CANARY not in url] == []
    assert differences(before, after) == []


def test_the_crawl_would_notice(desk: list[Claim], ana: User, ben: User, max: User) -> None:
    """The same crawl by a moderator, or after a settlement, does find differences: it is not blind itself."""
    claim_page = f"/claims/{desk[0].pk}/"
    moderators, reviewers = logged_in(max), logged_in(ana)
    assess(desk[0], ana, Label.OPINION)
    before = [crawl(browser, claim_page, follow=False) for browser in (moderators, reviewers)]
    assess(desk[0], ben, Label.OPINION, note=CANARY)
    after = [crawl(browser, claim_page, follow=False) for browser in (moderators, reviewers)]
    for known, now in zip(before, after, strict=True):
        assert differences(known, now) == [claim_page]
        assert CANARY in now[claim_page]


def test_the_answer_to_a_label_is_the_same_whatever_others_did(desk: list[Claim], ana: User, ben: User) -> None:
    assess(desk[0], ben, Label.OPINION, note=CANARY)
    browser = logged_in(ana)
    answers = []
    for claim in desk[:2]:
        form = {"label": "SOURCED", "version": 0, "key": str(claim.pk), "note": "", "reason": "", "strength": ""}
        answer = browser.post(f"/claims/{claim.pk}/assess", form, headers={"Accept": "application/json"})
        answers.append((answer.status_code, answer.content, answer.headers.get("Content-Type")))
    assert answers[0] == answers[1]
