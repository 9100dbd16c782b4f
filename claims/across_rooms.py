"""What takes two rooms, whichever door asks for it: rooms do not know of each other, and both write, or none."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from claims.coverage.carry_links import carry_links
from claims.coverage.hold_linked import hold_linked
from claims.coverage.index_articles import index_claims
from claims.coverage.place_article import place_article
from claims.coverage.recheck_links import recheck_links
from claims.models import Article, ArticleStatus, Claim, User
from claims.receipts import Outcome
from claims.refusals import Gone
from claims.review.attribute_claim import GivenSpan
from claims.review.date_claim import date_claim
from claims.review.redraw_claims import redraw_claims
from claims.review.require_assessments import follow_story


@transaction.atomic
def date_and_recheck(*, by: User, claim_id: UUID, **given: Any) -> Outcome:
    """Date a claim as `date_claim` does, and bring its links in line with the time: both or neither."""
    hold_linked([claim_id])
    outcome = date_claim(by=by, claim_id=claim_id, **given)
    recheck_links(by=by, claims=[claim_id])
    return outcome


def redraw_and_carry(
    *, by: User, article_id: UUID, revision_id: UUID, old: list[UUID], spans: list[GivenSpan], key: UUID
) -> Outcome:
    """Draw claims as `redraw_claims` does; their links follow, and the index of coverage takes the new claims in.

    Links go along in a transaction of their own, because they lock other claims than those that were drawn: a request
    that is sent again goes on where the first copy stopped.
    """
    outcome = _redraw(by, article_id, revision_id, old, spans, key)
    _carry(by, outcome, key)
    index_claims(by=by, claims=[*old, *(UUID(claim["id"]) for claim in outcome["claims"])])
    return outcome


@transaction.atomic
def _redraw(
    by: User, article_id: UUID, revision_id: UUID, old: list[UUID], spans: list[GivenSpan], key: UUID
) -> Outcome:
    """Draw the claims, and bring their links in line with the times that go along: both or neither."""
    places = Q()
    for span in spans:
        places |= Q(start=span.start, end=span.end)
    standing = Claim.objects.filter(places, revision=revision_id) if places else Claim.objects.none()
    hold_linked([*old, *standing.values_list("pk", flat=True)])
    outcome = redraw_claims(by=by, article_id=article_id, revision_id=revision_id, old=old, spans=spans, key=key)
    recheck_links(by=by, claims=[UUID(claim["id"]) for claim in outcome["claims"]])
    return outcome


def _carry(by: User, outcome: Mapping[str, Any], key: UUID) -> None:
    """Where one claim took the place of one other, or was drawn beside it, what `by` found of that one goes along."""
    old = outcome["set_aside"] or outcome["kept"]
    if len(old) == len(outcome["claims"]) == 1:
        before, after = UUID(old[0]), UUID(outcome["claims"][0]["id"])
        carry_links(by=by, before=before, after=after, key=key, is_beside=not outcome["set_aside"])


@transaction.atomic
def place_in_story(*, by: User, article_id: UUID, story_id: UUID | None, expected_version: int) -> ArticleStatus:
    """Put the article into the story, or into none; its claims take as many assessments as that story says.

    Raises what `place_article` raises.
    """
    follow_story(by=by, article_id=article_id, story_id=story_id)
    return place_article(by=by, article_id=article_id, story_id=story_id, expected_version=expected_version)


@transaction.atomic
def take_out_of_story(*, by: User, article_id: UUID, story_id: UUID, expected_version: int) -> ArticleStatus:
    """Take the article out of this story. Raises Gone where it is in another, and what `place_article` raises."""
    elsewhere = Article.objects.visible_to(by).exclude(status__story=None).exclude(status__story=story_id)
    if elsewhere.filter(pk=article_id).exists():
        raise Gone("This article is in another story. Take it out there.")
    return place_in_story(by=by, article_id=article_id, story_id=None, expected_version=expected_version)
