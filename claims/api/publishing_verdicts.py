"""Verdicts on their way to readers: put forward, let out by a second moderator, declined, withdrawn."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.writing import Sent, WritingView, moderates
from claims.particulars import VERDICT_NAMES
from claims.receipts import Outcome
from claims.review.decide_publication import MAX_REASON, decline_publication, publish_verdict
from claims.review.propose_publication import MAX_CORRECTION, propose_publication
from claims.review.withdraw_publication import withdraw_publication
from claims.transfers import PUBLICATION_STATE_NAMES, Scope

GROUP: Final = "Verdicts"
EXAMPLE: Final = {
    "number": 1, "state": "proposed", "value": "refuted", "verdict_version": 1, "as_of": "2024-04-29",
    "valid_until": "", "evidence": ["5d3d2e5e-1f0b-4c52-9c8e-6a7b1f2c3d4e"], "version": 1,
}  # fmt: skip


class SentProposal(Sent):
    """What readers are told of why it differs from what was published before."""

    correction = serializers.CharField(max_length=MAX_CORRECTION, allow_blank=True, default="")


class SentPublicationReason(Sent):
    """Why it is not published, or not any more."""

    reason = serializers.CharField(max_length=MAX_REASON)


class KeptPublicationShape(serializers.Serializer[Any]):
    """A verdict as it was put forward, and where it stands."""

    number = serializers.IntegerField(help_text="Counts the publications of a claim, from 1.")
    state = serializers.ChoiceField(choices=list(PUBLICATION_STATE_NAMES.items()))
    value = serializers.ChoiceField(choices=list(VERDICT_NAMES.items()))
    verdict_version = serializers.IntegerField()
    as_of = serializers.CharField(allow_blank=True)
    valid_until = serializers.CharField(allow_blank=True)
    evidence = serializers.ListField(child=serializers.UUIDField())
    version = serializers.IntegerField()


class PublicationProposed(WritingView):
    """The verdicts of a claim that were put forward."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("put verdicts forward for readers")}

    @operation("Put a verdict forward for readers", group=GROUP, answers=KeptPublicationShape, example=EXAMPLE,
               takes=SentProposal, sent={"correction": ""}, status=201, changes=True, keyed=True,
               errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """A second moderator lets it out or declines. The version is the verdict's."""
        correction = self.sent(SentProposal)["correction"]
        outcome = propose_publication(
            by=self.by, claim_id=claim_id, correction=correction, expected_version=self.expected, key=self.key
        )
        return Response(outcome, status=201)


class PublicationLetOut(WritingView):
    """A verdict that readers see."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("publish verdicts")}

    @operation("Publish a verdict that another moderator put forward", group=GROUP, answers=KeptPublicationShape,
               example=EXAMPLE | {"state": "published", "version": 2}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID, number: int) -> Response:
        """Let it out; what was out before becomes history."""
        return Response(publish_verdict(by=self.by, claim_id=claim_id, number=number, key=self.key))


class _EndedView(WritingView):
    scopes = {"POST": Scope.MODERATE}

    def ended(self, deed: Callable[..., Outcome], claim_id: UUID, number: int) -> Response:
        """End it, with the reason that was sent."""
        reason = self.sent(SentPublicationReason)["reason"]
        return Response(deed(by=self.by, claim_id=claim_id, number=number, reason=reason, key=self.key))


class PublicationDeclined(_EndedView):
    """A verdict that is kept from readers."""

    rules = {"POST": moderates("decline verdicts that were put forward")}

    @operation("Decline a verdict that was put forward", group=GROUP, answers=KeptPublicationShape,
               example=EXAMPLE | {"state": "declined", "version": 2}, takes=SentPublicationReason,
               sent={"reason": "The second source is missing."}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID, number: int) -> Response:
        """Who put it forward may take it back so."""
        return self.ended(decline_publication, claim_id, number)


class PublicationWithdrawn(_EndedView):
    """A verdict that was out."""

    rules = {"POST": moderates("withdraw published verdicts")}

    @operation("Withdraw a published verdict", group=GROUP, answers=KeptPublicationShape,
               example=EXAMPLE | {"state": "withdrawn", "version": 3}, takes=SentPublicationReason,
               sent={"reason": "The minutes were of another year."}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID, number: int) -> Response:
        """Readers are told that it was withdrawn, and why."""
        return self.ended(withdraw_publication, claim_id, number)
