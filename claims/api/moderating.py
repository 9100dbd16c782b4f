"""What moderators do to a claim beside ruling: reopen, retire, hide, bring back, confirm its words, place an orphan."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.calibration import KnownAnswerOfClaim
from claims.api.judging import RULED, RULED_EXAMPLE, KeptRulingShape, SentJudgement, judgement_of
from claims.api.schema import Method, operation
from claims.api.view import versioned
from claims.api.writing import MAX_VERSION, Sent, WritingView, as_typed, moderates
from claims.coverage.index_articles import index_claims
from claims.receipts import Outcome
from claims.review.calibrate import end_calibration, set_calibration
from claims.review.confirm_wording import confirm_wording
from claims.review.give_up_orphan import give_up_orphan
from claims.review.place_orphan import place_orphan
from claims.review.redraw_claims import MAX_CLAIM
from claims.review.reopen_claim import MAX_REASON, reopen_claim
from claims.review.retire_claim import MOST_PARTS, retire_claim
from claims.review.set_aside import hide_claim, restore_claim
from claims.text.sanitise import MAX_NOTE
from claims.transfers import Scope

GROUP: Final = "Moderating claims"
PART: Final = "9a1f0c9e-63f5-5a52-8f5f-1f9d6a0b7c21"


class SentReason(Sent):
    """Why."""

    reason = serializers.CharField(max_length=MAX_REASON)


class SentRemark(Sent):
    """Why, where anything is to be said."""

    reason = serializers.CharField(max_length=MAX_REASON, allow_blank=True, default="")


class SentParts(SentReason):
    """The parts that a claim gives way to."""

    parts = serializers.ListField(
        child=serializers.CharField(max_length=MAX_CLAIM), min_length=1, max_length=MOST_PARTS,
        help_text="In the words of the claim and in their order.",
    )  # fmt: skip


class SentPlacing(SentRemark):
    """Where an orphan went."""

    revision = serializers.UUIDField(help_text="The text in force that the borders are of.")
    start = serializers.IntegerField(min_value=0, max_value=MAX_VERSION)
    end = serializers.IntegerField(min_value=0, max_value=MAX_VERSION)
    exact = serializers.CharField(max_length=20_000, allow_null=True, default=None, trim_whitespace=False)


class SentAnswer(SentJudgement):
    """A known answer."""

    explanation = serializers.CharField(max_length=MAX_NOTE, help_text="Shown to who misses it.")


class StandingShape(serializers.Serializer[Any]):
    """The claim's state and version, as moderators see them."""

    state = serializers.CharField(required=False)
    version = serializers.IntegerField()


class PartsShape(serializers.Serializer[Any]):
    """The claims of the parts."""

    parts = serializers.ListField(child=serializers.UUIDField())


class PlacedShape(serializers.Serializer[Any]):
    """An orphan that stands in the text again."""

    claim = serializers.UUIDField()
    reworded = serializers.BooleanField(help_text="Whether its words are others than those that were judged.")


class EndedShape(serializers.Serializer[Any]):
    """That it is ended."""

    ended = serializers.BooleanField()


class _ReasonedView(WritingView):
    """A deed of a moderator's that takes a reason and the version of the claim's status."""

    scopes = {"POST": Scope.MODERATE}
    takes: type[Sent] = SentReason

    def done(self, deed: Callable[..., Outcome], claim_id: UUID) -> Response:
        """Do it."""
        reason = self.sent(self.takes)["reason"]
        outcome = deed(by=self.by, claim_id=claim_id, reason=reason, expected_version=self.expected, key=self.key)
        return versioned(outcome)


def _described(summary: str, takes: type[Sent] = SentReason) -> Callable[[Method], Method]:
    return operation(
        summary, group=GROUP, answers=StandingShape, example={"version": 4}, takes=takes,
        sent={"reason": "A source came to light."}, changes=True, keyed=True, errors=(410,),
    )  # fmt: skip


class ClaimReopened(_ReasonedView):
    """A settled claim that is put back into work."""

    rules = {"POST": moderates("reopen claims")}

    @_described("Reopen a settled claim")
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Its ruling is set aside, or its agreement doubted; the history keeps both."""
        return self.done(reopen_claim, claim_id)


class ClaimHidden(_ReasonedView):
    """A claim that is taken out of all lists and all work."""

    rules = {"POST": moderates("hide claims")}

    @_described("Hide a claim")
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Take it out of all lists and all work."""
        return self.done(hide_claim, claim_id)


class ClaimBroughtBack(_ReasonedView):
    """A claim that was hidden or retired."""

    rules = {"POST": moderates("restore claims")}

    @_described("Bring back a claim that was hidden or retired")
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Its state is the one that it had."""
        return self.done(restore_claim, claim_id)


class WordingConfirmed(_ReasonedView):
    """A claim whose words changed after review."""

    rules = {"POST": moderates("confirm changed words")}
    takes = SentRemark

    @_described("Confirm that what was judged holds for the changed words", SentRemark)
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Take the mark off it."""
        return self.done(confirm_wording, claim_id)


class OrphanGivenUp(_ReasonedView):
    """An orphan that is gone from the article."""

    rules = {"POST": moderates("say that a claim is gone")}

    @_described("Say that an orphan is gone from the text")
    def post(self, request: Request, claim_id: UUID) -> Response:
        """It leaves the list of orphans; the earlier text keeps what was said of it."""
        return self.done(give_up_orphan, claim_id)


class ClaimRetired(WritingView):
    """A claim that gives way to its parts."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("retire claims")}

    @operation("Retire a claim in favour of its parts", group=GROUP, answers=PartsShape, example={"parts": [PART]},
               takes=SentParts, sent={"parts": ["The bridge was shut", "it was repaired"], "reason": "Two in one."},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Open a claim for each part; what was said of the whole stays with it. The version is the claim's status's."""
        outcome = retire_claim(
            by=self.by, claim_id=claim_id, **self.sent(SentParts), expected_version=self.expected, key=self.key
        )
        index_claims(by=self.by, claims=[claim_id, *map(UUID, outcome["parts"])])
        return Response(outcome)


class OrphanPlaced(WritingView):
    """An orphan that stands in the text again."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("say where a claim went")}

    @operation("Say where an orphan went", group=GROUP, answers=PlacedShape, takes=SentPlacing,
               example={"claim": PART, "reworded": False},
               sent={"revision": "b5f5a1d8-52a6-5e9b-9f7e-2b6d1a0c9e44", "start": 0, "end": 20, "reason": ""},
               keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Put it at these borders of the text in force, with all that was said of it."""
        sent = self.sent(SentPlacing)
        outcome = place_orphan(
            by=self.by, claim_id=claim_id, revision_id=sent["revision"], start=sent["start"], end=sent["end"],
            exact=sent["exact"], reason=sent["reason"], key=self.key,
        )  # fmt: skip
        index_claims(by=self.by, claims=[claim_id])
        return Response(outcome)


class KnownAnswer(WritingView, KnownAnswerOfClaim):
    """The known answer of a calibration item."""

    scopes = {"GET": Scope.READ, "PUT": Scope.MODERATE, "DELETE": Scope.MODERATE}
    rules = {"PUT": moderates("set known answers"), "DELETE": moderates("end known answers")}

    @operation("Set a known answer", group=GROUP, answers=KeptRulingShape, example=RULED_EXAMPLE, takes=SentAnswer,
               sent=RULED, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID) -> Response:
        """Make the claim a calibration item, or change its answer. The version is the answer's: `"0"` for none."""
        sent = self.sent(SentAnswer)
        outcome = set_calibration(
            by=self.by, claim_id=claim_id, judgement=judgement_of(sent), explanation=sent["explanation"],
            expected_version=self.expected, key=self.key,
        )  # fmt: skip
        return versioned(as_typed(outcome, "explanation"))

    @operation("End a known answer", group=GROUP, answers=EndedShape, example={"ended": True}, changes=True,
               keyed=True, errors=(410,))  # fmt: skip
    def delete(self, request: Request, claim_id: UUID) -> Response:
        """The claim is one like all others again."""
        return Response(end_calibration(by=self.by, claim_id=claim_id, expected_version=self.expected, key=self.key))
