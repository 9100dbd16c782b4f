"""When a claim holds: one of its two times, given or taken back."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.across_rooms import date_and_recheck
from claims.api.schema import operation
from claims.api.view import versioned
from claims.api.writing import Sent, WritingView
from claims.particulars import TIME_KIND_NAMES
from claims.permissions import check_can_assess
from claims.review.date_claim import MAX_WORDS
from claims.text.edtf import MAX_TIME
from claims.transfers import Scope
from claims.vocabulary import BASIS_NAMES

GROUP: Final = "Times"
SENT: Final = {
    "value": "2024-04-26",
    "words": "on Friday",
    "against": "2024-04-29",
    "against_note": "The update note of the page.",
    "basis": "in_text",
}
EXAMPLE: Final = {"kind": "event", "value": "2024-04-26", "against": "2024-04-29", "basis": "in_text", "version": 1}


class SentTime(Sent):
    """One of the two times of a claim."""

    value = serializers.CharField(
        max_length=MAX_TIME, allow_blank=True,
        help_text="A day, month, year or interval as in EDTF, “unknown” or “timeless”; empty takes the time back.",
    )  # fmt: skip
    words = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, default="", help_text="The text's own.")
    against = serializers.CharField(
        max_length=MAX_TIME, allow_blank=True, default="", help_text="The day that “on Friday” was counted from."
    )
    against_note = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, default="")
    basis = serializers.ChoiceField(choices=list(BASIS_NAMES.items()), allow_blank=True, default="")


class KeptTimeShape(serializers.Serializer[Any]):
    """A time as it is stored, without words."""

    kind = serializers.ChoiceField(choices=list(TIME_KIND_NAMES.items()))
    value = serializers.CharField(allow_blank=True)
    against = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class TimeOfClaim(WritingView):
    """One of the two times of a claim."""

    scopes = {"PUT": Scope.REVIEW}
    rules = {"PUT": check_can_assess}

    @operation("Date a claim", group=GROUP, answers=KeptTimeShape, example=EXAMPLE, takes=SentTime, sent=SENT,
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID, kind: str) -> Response:
        """Say when it happened (`event`), or as of when it was said to hold (`as_of`); its links follow."""
        outcome = date_and_recheck(
            by=self.by, claim_id=claim_id, kind=kind, **self.sent(SentTime),
            expected_version=self.expected, key=self.key,
        )  # fmt: skip
        return versioned(outcome)
