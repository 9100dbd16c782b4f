"""Which words are a claim: marked, unmarked, moved, split, merged."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.across_rooms import redraw_and_carry
from claims.api.articles import ClaimsOfArticle
from claims.api.schema import operation
from claims.api.writing import MAX_VERSION, Sent, WritingView
from claims.permissions import check_can_redraw
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import MAX_CLAIM, MOST_CLAIMS
from claims.transfers import Scope

GROUP: Final = "Claims"
CLAIM: Final = "9a1f0c9e-63f5-5a52-8f5f-1f9d6a0b7c21"


class SentPlace(Sent):
    """A place of the text, in code points, with the words that stand there."""

    start = serializers.IntegerField(min_value=0, max_value=MAX_VERSION)
    end = serializers.IntegerField(min_value=0, max_value=MAX_VERSION)
    exact = serializers.CharField(
        max_length=MAX_CLAIM, allow_null=True, default=None, trim_whitespace=False,
        help_text="The words between the borders; refused where other words stand there.",
    )  # fmt: skip


class SentDrawing(Sent):
    """Claims at `spans`, in place of the claims `old`."""

    revision = serializers.UUIDField(help_text="The text in force that the borders are of.")
    old = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_CLAIMS, default=list)
    spans = serializers.ListField(child=SentPlace(), max_length=MOST_CLAIMS, default=list)


class DrawnClaimShape(serializers.Serializer[Any]):
    """A claim that stands at one of the places now."""

    id = serializers.UUIDField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    is_new = serializers.BooleanField()


class BorderShape(serializers.Serializer[Any]):
    """Two borders."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class UndoShape(serializers.Serializer[Any]):
    """What to send to take it back."""

    old = serializers.ListField(child=serializers.UUIDField())
    spans = BorderShape(many=True)


class DrawnShape(serializers.Serializer[Any]):
    """What was done."""

    claims = DrawnClaimShape(many=True)
    restored = serializers.ListField(child=serializers.UUIDField(), help_text="Those that were there before.")
    set_aside = serializers.ListField(child=serializers.UUIDField())
    kept = serializers.ListField(child=serializers.UUIDField(), help_text="Old ones that stay: others worked on them.")
    sentence = serializers.CharField()
    undo = UndoShape()


SENT: Final = {
    "revision": "b5f5a1d8-52a6-5e9b-9f7e-2b6d1a0c9e44",
    "old": [CLAIM],
    "spans": [{"start": 0, "end": 20, "exact": "The bridge was shut "}, {"start": 20, "end": 45, "exact": None}],
}
EXAMPLE: Final = {
    "claims": [{"id": CLAIM, "start": 0, "end": 20, "is_new": True}],
    "restored": [],
    "set_aside": [],
    "kept": [],
    "sentence": "Marked as a claim.",
    "undo": {"old": [CLAIM], "spans": []},
}


class ClaimsDrawn(WritingView, ClaimsOfArticle):
    """The claims of an article's text."""

    scopes = {"GET": Scope.READ, "POST": Scope.REVIEW}
    rules = {"POST": check_can_redraw}

    @operation("Draw claims", group=GROUP, answers=DrawnShape, example=EXAMPLE, takes=SentDrawing, sent=SENT,
               keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, article_id: UUID) -> Response:
        """Mark, unmark, move, split or merge: one symmetric deed, which the same with both swapped takes back."""
        sent = self.sent(SentDrawing)
        outcome = redraw_and_carry(
            by=self.by, article_id=article_id, revision_id=sent["revision"], old=sent["old"],
            spans=[GivenSpan(**span) for span in sent["spans"]], key=self.key,
        )  # fmt: skip
        return Response(outcome)
