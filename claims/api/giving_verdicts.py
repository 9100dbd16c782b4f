"""Whether a claim holds: given and taken back, apart from where it comes from."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.view import versioned
from claims.api.writing import Sent, WritingView, as_typed
from claims.particulars import VERDICT_NAMES
from claims.permissions import check_can_assess
from claims.review.give_verdict import MOST_PICKED, Finding, give_verdict, take_verdict_back
from claims.text.edtf import MAX_TIME
from claims.text.sanitise import MAX_NOTE
from claims.transfers import Scope

GROUP: Final = "Verdicts"
VALUES: Final = list(VERDICT_NAMES.items())
SENT: Final = {
    "value": "refuted",
    "explanation": "The council's minutes say that no toll is planned.",
    "as_of": "2024-04-29",
    "valid_until": "",
    "evidence": ["5d3d2e5e-1f0b-4c52-9c8e-6a7b1f2c3d4e"],
}
EXAMPLE: Final = SENT | {"version": 1}


class SentVerdict(Sent):
    """A verdict."""

    value = serializers.ChoiceField(choices=VALUES)
    explanation = serializers.CharField(max_length=MAX_NOTE, help_text="What it rests on: readers see it.")
    as_of = serializers.CharField(max_length=MAX_TIME, allow_blank=True, default="")
    valid_until = serializers.CharField(max_length=MAX_TIME, allow_blank=True, default="")
    evidence = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_PICKED, default=list, help_text="Pieces at this claim."
    )


class KeptVerdictShape(serializers.Serializer[Any]):
    """A verdict as it is stored; an empty value where it was taken back."""

    value = serializers.ChoiceField(choices=VALUES, allow_blank=True)
    explanation = serializers.CharField(allow_blank=True)
    as_of = serializers.CharField(allow_blank=True)
    valid_until = serializers.CharField(allow_blank=True)
    evidence = serializers.ListField(child=serializers.UUIDField())
    version = serializers.IntegerField()


class VerdictOnClaim(WritingView):
    """The verdict on a claim."""

    scopes = {"PUT": Scope.REVIEW, "DELETE": Scope.REVIEW}
    rules = {"PUT": check_can_assess, "DELETE": check_can_assess}

    @operation("Give a verdict", group=GROUP, answers=KeptVerdictShape, example=EXAMPLE, takes=SentVerdict, sent=SENT,
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID) -> Response:
        """Say whether it holds: reviewers once it is settled, moderators at any time. `"0"` where there is none."""
        sent = self.sent(SentVerdict)
        evidence = sent.pop("evidence")
        outcome = give_verdict(
            by=self.by, claim_id=claim_id, finding=Finding(**sent), evidence=evidence,
            expected_version=self.expected, key=self.key,
        )  # fmt: skip
        return versioned(as_typed(outcome, "explanation"))

    @operation("Take a verdict back", group=GROUP, answers=KeptVerdictShape,
               example=EXAMPLE | {"value": "", "explanation": "", "as_of": "", "evidence": [], "version": 2},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def delete(self, request: Request, claim_id: UUID) -> Response:
        """The claim has no verdict any more; the history keeps it."""
        outcome = take_verdict_back(by=self.by, claim_id=claim_id, expected_version=self.expected, key=self.key)
        return versioned(as_typed(outcome, "explanation"))
