"""A story through the API, as its page tells it; its files, and what readers ask to be put right."""

import csv
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.coverage.correct_story import REQUESTS_AN_HOUR
from claims.coverage.place_article import place_article
from claims.coverage.publish_story import publish_story
from claims.models import Claim, CorrectionRequest, Story, User
from claims.relations import Relation
from claims.vocabulary import Label
from tests.api.program import Program, body_of
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.linking import attribute, confirmed, dated
from tests.publishing import judge, propose, publish

pytestmark = pytest.mark.usefixtures("unlimited")


def items(asks: Program, path: str) -> Any:
    answer = asks.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


@pytest.fixture
def out(story: Story, max: User) -> Story:
    publish_story(by=max, story_id=story.pk, expected_version=0)
    return story


def test_how_far_a_story_is_counts_only_what_one_may_know(
    story: Story, claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    assess(claims[0], ana)
    assess(claims[1], ben)
    rule(claims[3], max, Label.OPINION)
    told = Program(ana).get(f"stories/{story.pk}/progress").json()
    assert told == {"articles": 1, "claims": 4, "settled": 1, "done_by_you": 1}


def test_the_timeline_has_the_dated_claims_oldest_first(story: Story, claims: list[Claim], ana: User) -> None:
    dated(claims[0], ana, "2024-04-26")
    dated(claims[1], ana, "2024-04")
    dated(claims[2], ana, "timeless")
    found = items(Program(ana), f"stories/{story.pk}/times")
    assert [(one["claim"], one["begin"], one["end"]) for one in found] == [
        (str(claims[1].pk), "2024-04-01", "2024-04-30"),
        (str(claims[0].pk), "2024-04-26", "2024-04-26"),
        (str(claims[2].pk), None, None),
    ]
    answer = Program(ana).get(f"stories/{story.pk}/times", limit="2").json()
    assert len(answer["items"]) == 2
    assert answer["next"]


def test_routes_are_told_of_what_is_settled(story: Story, claims: list[Claim], ana: User, ben: User, max: User) -> None:
    attribute(claims[0], ana, "Ida Brook", "The Courier")
    assert items(Program(ben), f"stories/{story.pk}/routes") == []
    rule(claims[0], max, Label.SOURCED, strength=4)
    (route,) = items(Program(ben), f"stories/{story.pk}/routes")
    assert [step["name"] for step in route["steps"]] == ["Ida Brook", "The Courier"]
    assert route["claims"] == [str(claims[0].pk)]


def test_settled_claims_that_stand_alone_are_those_in_no_matter(
    story: Story, claims: list[Claim], ana: User, max: User
) -> None:
    for claim in claims[:2]:
        rule(claim, max, Label.OPINION)
    found = items(Program(ana), f"stories/{story.pk}/alone")
    assert {one["id"] for one in found} == {str(claim.pk) for claim in claims[:2]}


def test_the_matrix_is_the_file_of_the_page(story: Story, claims: list[Claim], ana: User, ben: User, max: User) -> None:
    dated(claims[0], ana, "2024-04-26")
    dated(claims[1], ana, "2024-04-26")
    confirmed(claims[0], claims[1], ana, ben, Relation.CONTRADICTS, subtype="date")
    of_api = Program(max).get(f"stories/{story.pk}/matrix.csv")
    of_page = logged_in(max).get(f"/stories/{story.pk}/matrix.csv")
    assert body_of(of_api) == body_of(of_page)
    assert of_api.headers["Content-Disposition"] == of_page.headers["Content-Disposition"]
    assert of_api.headers["X-Event-Log"] == of_page.headers["X-Event-Log"]


def test_what_readers_see_is_one_file_for_everybody(out: Story, make_article: MakeArticle, max: User) -> None:
    text = "\n\n".join(f"It rains on day {n} in Oslo, said the mayor." for n in range(30))
    article = make_article(text, "https://oslo.example/")
    place_article(by=max, article_id=article.pk, story_id=out.pk, expected_version=article.status.version)
    claim = Claim.objects.filter(article=article).in_reading_order()[0]
    rule(claim, max, Label.SOURCED)
    path = f"stories/{out.pk}/claims.csv"
    sent = {body_of(Program(who).get(path)) for who in (None, max)}
    assert sent == {body_of(Client().get(f"/{path}"))}
    rows = list(csv.DictReader(io.StringIO(sent.pop(), newline="")))
    assert [row["claim_id"] for row in rows] == [str(claim.pk)]
    assert "X-Event-Log" not in Program(max).get(path).headers


def test_published_verdicts_are_a_feed_for_everybody(
    out: Story, claims: list[Claim], ana: User, ben: User, max: User, ada: User
) -> None:
    assert json.loads(body_of(Program(None).get("verdicts/feed.json")))["dataFeedElement"] == []
    rule(claims[0], max, Label.OPINION)
    judge(claims[0], max)
    propose(claims[0], max)
    publish(claims[0], ada)
    answer = Program(None).get("verdicts/feed.json")
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    (review,) = json.loads(body_of(answer))["dataFeedElement"]
    assert review["@type"] == "ClaimReview"
    assert body_of(Program(max).get("verdicts/feed.json")) == body_of(Program(None).get("verdicts/feed.json"))


def test_claims_come_as_annotations_with_the_filter_of_their_list(claims: list[Claim], ana: User, max: User) -> None:
    rule(claims[0], max, Label.OPINION)
    answer = Program(ana).get("claims.annotations.json", settled="OPINION")
    *pages, collection = json.loads(body_of(answer))
    assert collection["type"] == "AnnotationCollection"
    assert [one["id"].rsplit("/", 2)[-2:] for page in pages for one in page["items"]]
    assert collection["total"] == 1
    assert Program(ana).get("claims.annotations.json", settled="LIE").status_code == 400


SENT = {"message": "It was the other bank.", "contact": "reader@example.org"}


@pytest.mark.parametrize("who", [None, "eve"])
def test_a_reader_asks_for_a_correction_once_however_often_it_is_sent(
    who: str | None, out: Story, max: User, request: pytest.FixtureRequest
) -> None:
    asks, key = Program(request.getfixturevalue(who) if who else None), uuid4()
    for _ in range(2):
        answer = asks.post(f"stories/{out.pk}/correction-requests", SENT, key=key)
        assert (answer.status_code, answer.json()) == (201, {"asked": True})
    (stored,) = CorrectionRequest.objects.all()
    assert (stored.message, stored.contact, stored.story) == (SENT["message"], SENT["contact"], out)
    told = items(Program(max), f"stories/{out.pk}/correction-requests")
    assert [one["message"] for one in told] == [SENT["message"]]
    assert asks.get(f"stories/{out.pk}/correction-requests").status_code in {401, 403}


def test_nobody_asks_more_often_from_one_address_than_on_the_page(out: Story) -> None:
    path = f"stories/{out.pk}/correction-requests"
    for _ in range(REQUESTS_AN_HOUR):
        assert Program(None).post(path, SENT).status_code == 201
    refused = Program(None).post(path, SENT)
    assert (refused.status_code, refused.json()["title"]) == (429, "Asked too often")
    assert "Wait an hour" in refused.json()["detail"]
    by_form = logged_in(User.objects.create_user("rob")).post(f"/stories/{out.pk}/ask", SENT | {"key": str(uuid4())})
    assert by_form.status_code == 429


def test_no_correction_of_what_is_not_published_is_asked_for(story: Story) -> None:
    assert Program(None).post(f"stories/{story.pk}/correction-requests", SENT).status_code == 410
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"message": ""}, {"message": "x" * 100_000}, SENT | {"name": "Rob"}])
def test_a_request_that_does_not_fit_is_refused_with_a_sentence(sent: dict[str, str], out: Story) -> None:
    answer = Program(None).post(f"stories/{out.pk}/correction-requests", sent)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"]
