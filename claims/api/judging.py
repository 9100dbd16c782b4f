"""Labels of one's own, and rulings: given, taken back, put back."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.writing import MAX_VERSION, Sent, WritingView, moderates
from claims.permissions import check_can_assess
from claims.review.assess_claim import assess_claim
from claims.review.restore_judgement import number_of, restore_judgement
from claims.review.retract_assessment import retract_assessment
from claims.review.rule_on_claim import rule_on_claim
from claims.review.state import Judgement
from claims.text.sanitise import MAX_NOTE
from claims.transfers import Scope
from claims.vocabulary import LABELS, REASONS, Label

GROUP: Final = "Labels"
LABEL_CHOICES: Final = [(label.label.value, label.name) for label in LABELS]
REASON_CHOICES: Final = [(reason.value, words) for reason, words in REASONS.items()]
EXAMPLE: Final = {"label": "UNSOURCED", "strength": 0, "reason": "hedge", "note": "“Reportedly”, and nobody behind it."}


class SentJudgement(Sent):
    """A judgement; claims.review checks that its parts fit each other."""

    label = serializers.ChoiceField(choices=LABEL_CHOICES)  # type: ignore[assignment]  # a field called so
    strength = serializers.IntegerField(
        min_value=0, max_value=5, allow_null=True, default=None, help_text="2 to 5 where sourced, 0 or 1 where not."
    )
    reason = serializers.ChoiceField(
        choices=REASON_CHOICES, allow_blank=True, default="", help_text="Why it is unsourced; empty for other labels."
    )


def judgement_of(sent: dict[str, Any]) -> Judgement:
    """The judgement in what was sent."""
    return Judgement(Label(sent["label"]), sent["strength"], sent["reason"])


class SentLabel(SentJudgement):
    """One's label of a claim."""

    note = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, default="")
    revision = serializers.UUIDField(
        allow_null=True, default=None, help_text="The text that you judged it in; refused where the words have changed."
    )


class SentVersion(Sent):
    """Which earlier version is put back."""

    restored = serializers.IntegerField(min_value=1, max_value=MAX_VERSION)


class SentRuling(SentJudgement):
    """A ruling."""

    explanation = serializers.CharField(
        max_length=MAX_NOTE, allow_blank=True, default="",
        help_text="Needed where it is no reviewer's label, or overturns what was settled.",
    )  # fmt: skip
    seen = serializers.CharField(
        max_length=2_000, allow_blank=True, allow_null=True, default=None,
        help_text="The mark of the assessments that you looked at; refused where one has changed since.",
    )  # fmt: skip


class JudgementShape(serializers.Serializer[Any]):
    """A judgement as it is stored."""

    label = serializers.ChoiceField(choices=LABEL_CHOICES, allow_blank=True, help_text="Empty where there is none.")  # type: ignore[assignment]  # a field called so
    strength = serializers.IntegerField(allow_null=True)
    reason = serializers.ChoiceField(choices=REASON_CHOICES, allow_blank=True)
    version = serializers.IntegerField()


class OwnLabelShape(JudgementShape):
    """One's own label, and of the claim what is not blind."""

    note = serializers.CharField(allow_blank=True)
    settled = serializers.ChoiceField(choices=LABEL_CHOICES, allow_blank=True, help_text="What it is settled as.")
    closed = serializers.BooleanField(help_text="Whether it takes no label of yours any more.")


class KeptRulingShape(JudgementShape):
    """A ruling."""

    explanation = serializers.CharField(allow_blank=True)


OWN_EXAMPLE: Final = EXAMPLE | {"version": 1, "settled": "", "closed": False}
RULED: Final = {"label": "OPINION", "strength": None, "reason": "", "explanation": "An evaluation, in its own voice."}
RULED_EXAMPLE: Final = RULED | {"version": 1}


class OwnLabel(WritingView):
    """One's own label of a claim."""

    scopes = {"PUT": Scope.REVIEW, "DELETE": Scope.REVIEW}
    rules = {"PUT": check_can_assess, "DELETE": check_can_assess}

    @operation("Label a claim", group=GROUP, answers=OwnLabelShape, example=OWN_EXAMPLE, takes=SentLabel,
               sent=EXAMPLE, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID) -> Response:
        """Store your label, or another in its place. The version is that of your own label: `"0"` for none."""
        sent = self.sent(SentLabel)
        return self.kept(
            assess_claim, "note",
            claim_id=claim_id, judgement=judgement_of(sent), note=sent["note"], revision_id=sent["revision"],
        )  # fmt: skip

    @operation("Take your label back", group=GROUP, answers=OwnLabelShape,
               example=OWN_EXAMPLE | {"label": "", "strength": None, "reason": "", "note": "", "version": 0},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def delete(self, request: Request, claim_id: UUID) -> Response:
        """The claim is unlabelled by you again; the history keeps what you said."""
        return self.kept(retract_assessment, "note", claim_id=claim_id)


class _RestoredView(WritingView):
    # Of a ruling, or of one's own label.
    of_ruling: bool

    def restored(self, claim_id: UUID) -> Response:
        """Put the version back that was sent."""
        version, kept = self.sent(SentVersion)["restored"], "explanation" if self.of_ruling else "note"
        number = number_of(by=self.by, claim_id=claim_id, version=version, of_ruling=self.of_ruling)
        return self.kept(restore_judgement, kept, claim_id=claim_id, number=number)


class LabelRestored(_RestoredView):
    """An earlier label of one's own."""

    of_ruling = False

    scopes = {"POST": Scope.REVIEW}
    rules = {"POST": check_can_assess}

    @operation("Put an earlier label of yours back", group=GROUP, answers=OwnLabelShape, example=OWN_EXAMPLE,
               takes=SentVersion, sent={"restored": 1}, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Judge again as you did in the version that you name, as a new version."""
        return self.restored(claim_id)


class RulingOnClaim(WritingView):
    """The ruling on a claim."""

    scopes = {"PUT": Scope.MODERATE}
    rules = {"PUT": moderates("rule on claims")}

    @operation("Rule on a claim", group=GROUP, answers=KeptRulingShape, example=RULED_EXAMPLE, takes=SentRuling,
               sent=RULED, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID) -> Response:
        """Settle it, whatever reviewers said, or rule on it anew. The version is the ruling's: `"0"` for none."""
        sent = self.sent(SentRuling)
        told = {name: sent[name] for name in ("explanation", "seen")}
        return self.kept(rule_on_claim, "explanation", claim_id=claim_id, judgement=judgement_of(sent), **told)


class RulingRestored(_RestoredView):
    """An earlier ruling."""

    of_ruling = True

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("rule on claims")}

    @operation("Put an earlier ruling back", group=GROUP, answers=KeptRulingShape, example=RULED_EXAMPLE,
               takes=SentVersion, sent={"restored": 1}, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, claim_id: UUID) -> Response:
        """Rule again as in the version that you name, as a new version."""
        return self.restored(claim_id)
