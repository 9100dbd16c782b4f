"""Lists come whole, each row once, in pages of one cost; what has not changed is not sent again."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.coverage.describe_story import create_story
from claims.models import Claim, Story, User
from claims.review.register_source import register_source
from tests.api.program import BELOW, Program
from tests.cast import MakeArticle, assess, rule
from tests.linking import link

pytestmark = pytest.mark.usefixtures("unlimited")


def sentences(count: int, town: str = "Oslo") -> str:
    return "\n\n".join(f"It rains on day {n} in {town}, said the mayor." for n in range(count))


def pages(asks: Program, url: str) -> Iterator[dict[str, Any]]:
    while url:
        answer = asks.client.get(url, headers=asks.headers)
        assert answer.status_code == 200, answer.content
        told = answer.json()
        yield told
        if told["next"]:
            assert answer.headers["Link"] == f'<{told["next"]}>; rel="next"'
        url = told["next"]


def keys_of(asks: Program, url: str) -> list[str]:
    return [item["id"] for page in pages(asks, url) for item in page["items"]]


@pytest.mark.parametrize("limit", ["1", "7", "200"])
def test_every_claim_comes_once_whatever_the_size_of_a_page(limit: str, ana: User, make_article: MakeArticle) -> None:
    for town in ("Oslo", "Rome", "Bern"):
        make_article(sentences(9, town), f"https://{town}.example/")
    found = keys_of(Program(ana), f"{BELOW}claims?limit={limit}")
    assert len(found) == len(set(found)) == Claim.objects.count()
    assert set(found) == {str(key) for key in Claim.objects.values_list("pk", flat=True)}


def test_thousands_of_stories_come_whole(ana: User) -> None:
    Story.objects.bulk_create(Story(title=f"Story {number}") for number in range(2_500))
    status = Story._meta.get_field("status").related_model
    status.objects.bulk_create(status(story=story, title=story.title) for story in Story.objects.all())
    found = keys_of(Program(ana), f"{BELOW}stories?limit=200")
    assert len(found) == len(set(found)) == 2_500


def test_other_lists_come_whole(ana: User, max: User, claims: list[Claim]) -> None:
    for number in range(5):
        register_source(by=max, name=f"Mayor {number}", kind="named_person", key=uuid4())
        create_story(by=max, title=f"Story {number}", description="", key=uuid4())
    link(claims[0], claims[1], max)
    link(claims[1], claims[2], max)
    for path, count in (("sources", 5), ("stories", 5), ("links", 2), ("articles", 1), ("outlets", 1)):
        assert len(set(keys_of(Program(ana), f"{BELOW}{path}?limit=1"))) == count, path
    article = claims[0].article_id
    in_order = keys_of(Program(ana), f"{BELOW}articles/{article}/claims?limit=3")
    assert in_order == [str(claim.pk) for claim in claims]


def test_the_filter_stays_asked_on_the_next_page(ana: User, claims: list[Claim]) -> None:
    assess(claims[0], ana)
    rest = list(pages(Program(ana), f"{BELOW}claims?label=none&limit=1"))
    assert [item["label"] for page in rest for item in page["items"]] == [""] * 3


def test_the_filters_are_those_of_the_page(ana: User, claims: list[Claim]) -> None:
    asks = Program(ana)
    for query, count in (("q=bridge", 3), ("q=toll", 1), (f"article={claims[0].article_id}", 4), ("state=ruled", 0)):
        assert len(keys_of(asks, f"{BELOW}claims?{query}")) == count, query


def test_no_list_says_how_many_there_are(ana: User, claims: list[Claim]) -> None:
    assert set(Program(ana).get("claims").json()) == {"items", "next"}


LISTS = ("stories", "articles", "outlets", "claims", "links", "sources", "suggestions", "notifications", "queue")


@pytest.mark.parametrize("who", ["ana", "max"])
def test_lists_need_as_many_queries_for_many_rows_as_for_few(
    who: str, request: pytest.FixtureRequest, ana: User, max: User, make_article: MakeArticle
) -> None:
    asks = Program(request.getfixturevalue(who))

    def grow(count: int, begin: int) -> None:
        for number in range(begin, begin + count):
            story = create_story(by=max, title=f"Story {number}", description="", key=uuid4())
            article = make_article(sentences(6, f"Town {number}"), f"https://outlet{number}.example/", story)
            register_source(by=max, name=f"Mayor {number}", kind="named_person", key=uuid4())
            first, second, third = Claim.objects.filter(article=article)[:3]
            assess(first, ana)
            rule(second, max)
            link(first, third, ana)

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as done:
            assert asks.get(path).status_code == 200
        return len(done)

    grow(2, 0)
    asks.get("me")  # the minute of the token's last use is written down
    few = {path: queries(path) for path in LISTS}
    grow(6, 2)
    many = {path: queries(path) for path in LISTS}
    assert many == few
    # Token, groups, the counting with its transaction, and what the page itself needs.
    assert {path: count for path, count in many.items() if count > 14} == {}


def test_a_claim_with_much_work_needs_no_more_queries(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    asks = Program(max)
    asks.get("me")

    def queries(claim: Claim) -> int:
        with CaptureQueriesContext(connection) as done:
            assert asks.get(f"claims/{claim.pk}").status_code == 200
        return len(done)

    assess(claims[0], ana)
    few = queries(claims[0])
    assess(claims[0], ben)
    for other in claims[1:]:
        link(claims[0], other, ana)
    assert queries(claims[0]) == few
    assert few <= 22


def test_what_has_not_changed_is_not_sent_again(ana: User, claims: list[Claim]) -> None:
    asks = Program(ana)
    for path in ("claims", f"claims/{claims[0].pk}", "me", "scheme"):
        first = asks.get(path)
        headers = asks.headers | {"If-None-Match": f'"other", W/{first.headers["ETag"]}'}
        again = asks.client.get(BELOW + path, headers=headers)
        assert (path, again.status_code, again.content) == (path, 304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    path = f"claims/{claims[0].pk}"
    before = asks.get(path).headers["ETag"]
    assess(claims[0], ana)
    assert asks.client.get(BELOW + path, headers=asks.headers | {"If-None-Match": before}).status_code == 200


def test_the_tag_of_what_can_be_changed_has_its_version(ana: User, story: Story) -> None:
    answer = Program(ana).get(f"stories/{story.pk}")
    assert answer.headers["ETag"].startswith(f'"{answer.json()["version"]}.')


def test_head_is_answered_like_get_without_a_body(ana: User, claim: Claim) -> None:
    asks = Program(ana)
    answer = asks.client.head(f"{BELOW}claims/{claim.pk}", headers=asks.headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"] == asks.get(f"claims/{claim.pk}").headers["ETag"]


def test_answers_with_a_token_are_kept_by_nothing_in_between(ana: User, claim: Claim) -> None:
    answer = Program(ana).get(f"claims/{claim.pk}")
    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))
    assert "Authorization" in answer.headers["Vary"]
