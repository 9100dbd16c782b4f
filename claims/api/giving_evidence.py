"""Outside material for or against a claim: added, changed, removed, put back."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.view import versioned
from claims.api.writing import Sent, WritingView
from claims.particulars import STANCE_NAMES
from claims.permissions import check_can_assess
from claims.review.add_evidence import add_evidence
from claims.review.change_evidence import change_evidence
from claims.review.given_evidence import MAX_QUOTE, MAX_TITLE, Given
from claims.review.remove_evidence import remove_evidence, restore_evidence
from claims.text.addresses import MAX_ADDRESS
from claims.text.edtf import MAX_TIME
from claims.text.sanitise import MAX_NOTE
from claims.transfers import Scope

GROUP: Final = "Evidence"
SENT: Final = {
    "url": "https://council.example.org/minutes/2024-04-29",
    "stance": "refutes",
    "title": "Minutes of the council",
    "quote": "No toll is planned.",
    "date": "2024-04-29",
    "archived_url": "",
    "note": "",
}
EXAMPLE: Final = {
    "evidence": "5d3d2e5e-1f0b-4c52-9c8e-6a7b1f2c3d4e", "version": 1, "stance": "refutes", "removed": False,
}  # fmt: skip


class SentEvidence(Sent):
    """A piece of evidence; its address is never loaded."""

    url = serializers.CharField(max_length=MAX_ADDRESS, help_text="http:// or https://")
    stance = serializers.ChoiceField(choices=list(STANCE_NAMES.items()), help_text="How it bears on the claim.")
    title = serializers.CharField(max_length=MAX_TITLE, allow_blank=True, default="")
    quote = serializers.CharField(max_length=MAX_QUOTE, allow_blank=True, default="", help_text="Its exact words.")
    date = serializers.CharField(max_length=MAX_TIME, allow_blank=True, default="", help_text="As in EDTF: 2024-04.")
    archived_url = serializers.CharField(max_length=MAX_ADDRESS, allow_blank=True, default="")
    note = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, default="")


class KeptEvidenceShape(serializers.Serializer[Any]):
    """Which piece of evidence it is, and its version."""

    evidence = serializers.UUIDField()
    version = serializers.IntegerField()
    stance = serializers.ChoiceField(choices=list(STANCE_NAMES.items()))
    removed = serializers.BooleanField()


class EvidenceOfClaim(WritingView):
    """The evidence at a claim."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_assess}

    @operation("Add evidence to a claim", group=GROUP, answers=KeptEvidenceShape, example=EXAMPLE, status=201,
               takes=SentEvidence, sent=SENT, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Store a piece of evidence at a claim, settled or not."""
        given = Given(**self.sent(SentEvidence))
        return versioned(add_evidence(by=self.by, claim_id=claim_id, given=given, key=self.key), 201)


class OneEvidence(WritingView):
    """One piece of evidence."""

    scopes = {"PUT": Scope.REVIEW, "DELETE": Scope.REVIEW}
    rules = {"PUT": check_can_assess, "DELETE": check_can_assess}

    @operation("Change evidence", group=GROUP, answers=KeptEvidenceShape, example=EXAMPLE | {"version": 2},
               takes=SentEvidence, sent=SENT, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID, evidence_id: UUID) -> Response:
        """Store a piece of yours as it is given now; moderators change everybody's."""
        outcome = change_evidence(
            by=self.by, claim_id=claim_id, evidence_id=evidence_id, given=Given(**self.sent(SentEvidence)),
            expected_version=self.expected, key=self.key,
        )  # fmt: skip
        return versioned(outcome)

    @operation("Remove evidence", group=GROUP, answers=KeptEvidenceShape,
               example=EXAMPLE | {"version": 2, "removed": True}, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def delete(self, request: Request, claim_id: UUID, evidence_id: UUID) -> Response:
        """Take a piece of yours out of the list; it can be put back."""
        outcome = remove_evidence(
            by=self.by, claim_id=claim_id, evidence_id=evidence_id, expected_version=self.expected, key=self.key
        )
        return versioned(outcome)


class EvidenceRestored(WritingView):
    """A piece of evidence that was removed."""

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_assess}

    @operation("Put removed evidence back", group=GROUP, answers=KeptEvidenceShape, example=EXAMPLE | {"version": 3},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID, evidence_id: UUID) -> Response:
        """It stands in the list again."""
        outcome = restore_evidence(
            by=self.by, claim_id=claim_id, evidence_id=evidence_id, expected_version=self.expected, key=self.key
        )
        return versioned(outcome)
