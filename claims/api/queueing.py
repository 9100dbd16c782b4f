"""The queue, assignments, and what somebody is told of."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.writing import Sent, WritingView, moderates
from claims.models import User
from claims.permissions import check_can_assess, check_has_account
from claims.review.assign_article import assign_article, end_assignment
from claims.review.read_notifications import mark_read
from claims.review.skip_claim import skip_claim
from claims.review.take_next import take_next
from claims.transfers import Scope
from claims.vocabulary import SKIP_REASONS

GROUP: Final = "Queue"
CLAIM: Final = "9a1f0c9e-63f5-5a52-8f5f-1f9d6a0b7c21"
ARTICLE: Final = "2b5c7e10-4f3d-5d6a-8b1e-0c9d8e7f6a5b"
SKIPPED: Final = {"claim": CLAIM, "reason": "unsure"}


def _check_is_told(by: User) -> None:
    check_has_account(by, "mark notifications as read")


class SentSkip(Sent):
    """Why a claim is passed."""

    reason = serializers.ChoiceField(choices=list(SKIP_REASONS.items()))


class SentReviewer(Sent):
    """Who is to label an article."""

    reviewer = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="The number of the account.")


class SentMoment(Sent):
    """Up to when notifications were read."""

    upto = serializers.DateTimeField()


class NextShape(serializers.Serializer[Any]):
    """The claim that is served; null where nothing waits."""

    claim = serializers.UUIDField(allow_null=True)
    article = serializers.UUIDField(allow_null=True)


class PassedShape(serializers.Serializer[Any]):
    """What was passed, and why."""

    claim = serializers.UUIDField()
    reason = serializers.CharField()


class AssignedShape(serializers.Serializer[Any]):
    """Whose it is or was."""

    reviewer = serializers.CharField()
    new = serializers.BooleanField(help_text="Whether they had it not.")


class ReadShape(serializers.Serializer[Any]):
    """How many were new."""

    read = serializers.IntegerField()


class NextClaim(WritingView):
    """The claim that is most worth one's time."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_assess}

    @operation("Take the next claim of the queue", group=GROUP, answers=NextShape,
               example={"claim": CLAIM, "article": ARTICLE})  # fmt: skip
    def post(self, request: Request) -> Response:
        """It is held for you for ten minutes, and served again as long as you have not labelled or skipped it."""
        found = take_next(by=self.by)
        return Response({"claim": found.pk if found else None, "article": found.article_id if found else None})


class ClaimSkipped(WritingView):
    """A claim that one passes."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_assess}

    @operation("Skip a claim", group=GROUP, answers=PassedShape, example=SKIPPED, takes=SentSkip,
               sent={"reason": "unsure"}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Keep it out of your queue; you can still label it."""
        reason = self.sent(SentSkip)["reason"]
        return Response(skip_claim(by=self.by, claim_id=claim_id, reason=reason, key=self.key))


class AssignmentsOfArticle(WritingView):
    """Who is to label an article."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("assign articles")}

    @operation("Assign an article", group=GROUP, answers=AssignedShape, example={"reviewer": "ana", "new": True},
               takes=SentReviewer, sent={"reviewer": 3}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, article_id: UUID) -> Response:
        """Put it at the head of a reviewer's queue, and tell them."""
        reviewer = self.sent(SentReviewer)["reviewer"]
        return Response(assign_article(by=self.by, article_id=article_id, reviewer_id=reviewer, key=self.key))


class OneAssignment(WritingView):
    """One assignment."""

    scopes = {"DELETE": Scope.MODERATE}
    rules = {"DELETE": moderates("take assignments back")}

    @operation("Take an article back from a reviewer", group=GROUP, answers=AssignedShape,
               example={"reviewer": "ana", "new": False}, keyed=True, errors=(410,))  # fmt: skip
    def delete(self, request: Request, assignment_id: int) -> Response:
        """What they labelled stays."""
        return Response(end_assignment(by=self.by, assignment_id=assignment_id, key=self.key))


class NotificationRead(WritingView):
    """A notification of one's own."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": _check_is_told}

    @operation("Mark a notification as read", group=GROUP, answers=ReadShape, example={"read": 1},
               errors=(410,))  # fmt: skip
    def post(self, request: Request, notification_id: UUID) -> Response:
        """Marking what is marked changes nothing."""
        return Response({"read": mark_read(by=self.by, notification_id=notification_id)})


class NotificationsRead(WritingView):
    """All notifications of one's own."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": _check_is_told}

    @operation("Mark notifications as read up to a moment", group=GROUP, answers=ReadShape, example={"read": 3},
               takes=SentMoment, sent={"upto": "2024-04-30T09:00:00Z"}, errors=(413, 415))  # fmt: skip
    def post(self, request: Request) -> Response:
        """All that you could see at that moment."""
        return Response({"read": mark_read(by=self.by, upto=self.sent(SentMoment)["upto"])})
