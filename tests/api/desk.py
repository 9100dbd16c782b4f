"""A desk with one of each thing that the API's addresses name, and what those names stand for."""

from typing import Any
from uuid import uuid4

from claims.coverage.correct_story import request_correction
from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.models import Assignment, Claim, Comment, Notification, Suggestion, User
from claims.models.link import in_order
from claims.review.add_evidence import add_evidence
from claims.review.assign_article import assign_article
from claims.review.give_verdict import Finding, give_verdict
from claims.review.given_evidence import Given
from claims.review.propose_publication import propose_publication
from claims.review.register_source import register_source
from claims.review.write_comment import write_comment
from claims.vocabulary import Label
from tests.cast import MakeArticle, rule
from tests.deeds import flag
from tests.linking import link

OTHER = "The bridge was shut on Thursday, the mayor said.\n\nNobody was hurt when the bridge over the Elm gave way."


def one_of_each(make_article: MakeArticle, ana: User, ben: User, max: User) -> dict[str, Any]:
    """{part of an address: what stands there}; everything is ana's where it is somebody's."""
    article, other = make_article(address="https://example.org/bridge"), make_article(OTHER)
    claims = list(Claim.objects.filter(article=article).in_reading_order())
    second = Claim.objects.filter(article=other).in_reading_order()[0]
    claim, ruled = claims[0], claims[1]
    story = create_story(by=max, title="The bridge", description="", key=uuid4())
    place_article(by=max, article_id=article.pk, story_id=story.pk, expected_version=article.status.version)
    rule(ruled, max, Label.UNSOURCED, strength=0)
    finding = Finding("refuted", "The minutes say otherwise.")
    give_verdict(by=max, claim_id=ruled.pk, finding=finding, evidence=[], expected_version=0, key=uuid4())
    published = propose_publication(by=max, claim_id=ruled.pk, correction="", expected_version=1, key=uuid4())
    given = Given(url="https://example.org/minutes", stance="refutes")
    evidence = add_evidence(by=ana, claim_id=claim.pk, given=given, key=uuid4())["evidence"]
    write_comment(by=ana, claim_id=claim.pk, thread_id=None, body="Look at the date, @ben.", key=uuid4())
    a, b = in_order(claim.pk, claims[2].pk)
    request = request_correction(story=story, message="It was May.", contact="", address="127.0.0.1", key=uuid4())
    assign_article(by=max, article_id=article.pk, reviewer_id=ana.pk, key=uuid4())
    return {
        "claim_id": claim.pk,
        "ruled_id": ruled.pk,
        "other_id": second.pk,
        "article_id": article.pk,
        "revision_id": claim.revision_id,
        "outlet_id": article.outlet_id,
        "story_id": story.pk,
        "evidence_id": evidence,
        "thread_id": Comment.objects.get().pk,
        "flag_id": flag(claim, ana),
        "link_id": link(claim, second, ana)["link"],
        "suggestion_id": Suggestion.objects.create(a_id=a, b_id=b, score=0.5, suggester_version=1).pk,
        "source_id": register_source(by=ana, name="The mayor", kind="named_person", key=uuid4()).pk,
        "assignment_id": Assignment.objects.get().pk,
        "notification_id": Notification.objects.filter(to=ana)[0].pk,
        "number": published["number"],
        "request": request.pk,
        "kind": "event",
    }
