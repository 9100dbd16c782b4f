"""Known answers as data: how people do against them, for moderators; how one does oneself, for the desk."""

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claim_shapes import EXAMPLE as CLAIM
from claims.api.claim_shapes import LABELS_TOLD
from claims.api.claims import claim_for
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, person, versioned
from claims.models import Calibration, User
from claims.permissions import check_can_assess, check_can_moderate
from claims.refusals import Gone
from claims.review.calibration_results import MOST_ITEMS, Answer, Score, Verdict, all_answers, own_answers, score
from claims.text.sanitise import for_editing

GROUP: Final = "Known answers"
_SCORE: Final = {"right": 1, "strength_off": 0, "wrong": 0}
_JUDGED: Final = {"label": "OPINION", "strength": None, "reason": ""}
_KNOWN: Final = {
    "claim": CLAIM["id"], "exact": CLAIM["exact"], **_JUDGED, "explanation": "An evaluation.", "by": "max",
    "at": "2024-04-30T09:00:00Z", "version": 1,
}  # fmt: skip


class JudgedShape(Shape):
    """A label with its strength or reason."""

    label = serializers.CharField(help_text=f"One of {LABELS_TOLD}.")
    strength = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class ScoreShape(Shape):
    """How first labels stand to known answers."""

    right = serializers.IntegerField()
    strength_off = serializers.IntegerField(help_text="Right but for the strength.")
    wrong = serializers.IntegerField()


class PersonsScore(ScoreShape):
    """How one person does."""

    reviewer = serializers.CharField()


class KnownShape(JudgedShape):
    """A known answer."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    version = serializers.IntegerField()


class ScoredShape(KnownShape):
    """A known answer and how people did against it."""

    score = ScoreShape()


class CalibrationShape(Shape):
    """How everybody does."""

    people = PersonsScore(many=True)
    items = ScoredShape(many=True, help_text=f"The newest {MOST_ITEMS}.")


class RightShape(JudgedShape):
    """What would have been right, and why."""

    explanation = serializers.CharField(allow_blank=True)


class OwnAnswerShape(Shape):
    """One's first label of a claim whose answer is known."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    said = JudgedShape(help_text="The first label that you gave: it is what counts.")
    now = serializers.CharField(allow_blank=True, help_text="What you say by now; empty where you took it back.")
    verdict = serializers.ChoiceField(choices=[(one.value, one.value) for one in Verdict])
    known = RightShape(allow_null=True, help_text="Where yours was another label or strength.")


class OwnCalibrationShape(ScoreShape):
    """How one does."""

    answers = OwnAnswerShape(many=True, help_text="Newest first.")


class CalibrationFigures(ApiView):
    """How everybody does."""

    @operation(
        "Known answers, and how everybody does against them", group=GROUP, answers=CalibrationShape,
        example={"people": [{"reviewer": "ana"} | _SCORE], "items": [_KNOWN | {"score": _SCORE}]},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """For moderators. What counts is the first label that somebody gave; nobody is measured by their own answer."""
        check_can_moderate(request.user, "see all known answers")
        by_person, by_claim = defaultdict(list), defaultdict(list)
        for answer in all_answers(person(request)):
            by_person[answer.first.reviewer].append(answer)
            by_claim[answer.first.claim].append(answer)
        names = dict(User.objects.filter(pk__in=by_person).values_list("pk", "username"))
        people = [{"reviewer": names[who]} | _score(score(given)) for who, given in by_person.items()]
        rows = Calibration.objects.select_related("claim", "by")
        items = rows.filter(claim__article__status__withdrawn_at__isnull=True).order_by("-created_at", "pk")[
            :MOST_ITEMS
        ]
        told = [_known(one) | {"score": _score(score(by_claim[one.claim_id]))} for one in items]
        return Response({"people": sorted(people, key=lambda one: str(one["reviewer"])), "items": told})


class OwnCalibration(ApiView):
    """How one does."""

    @operation(
        "How you do against known answers", group=GROUP, answers=OwnCalibrationShape,
        example=_SCORE | {
            "answers": [{"claim": CLAIM["id"], "exact": CLAIM["exact"], "said": _JUDGED, "now": "OPINION",
                         "verdict": "right", "known": None}]
        },
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Those of claims that you have labelled, and of no others."""
        check_can_assess(request.user)
        answers = own_answers(person(request))
        return Response(_score(score(answers)) | {"answers": [_answer(one) for one in answers]})


class KnownAnswerOfClaim(ApiView):
    """The known answer of one claim."""

    @operation("The known answer of a claim", group=GROUP, answers=KnownShape, example=_KNOWN, errors=(410,))
    def get(self, request: Request, claim_id: UUID) -> Response:
        """For moderators; its ETag has the version that a change of it needs."""
        check_can_moderate(request.user, "see all known answers")
        claim = claim_for(person(request), claim_id)
        known = Calibration.objects.select_related("claim", "by").filter(claim=claim).first()
        if known is None:
            raise Gone("This claim has no known answer. Set one on version 0.")
        return versioned(_known(known))


def _judged(said: Any) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ("label", "strength", "reason")}


def _score(found: Score) -> dict[str, int]:
    return {name: getattr(found, name) for name in ("right", "strength_off", "wrong")}


def _known(known: Calibration) -> dict[str, Any]:
    told = {"claim": known.claim_id, "exact": known.claim.exact, "by": known.by.username, "at": known.created_at}
    return _judged(known) | told | {"explanation": for_editing(known.explanation), "version": known.version}


def _answer(answer: Answer) -> dict[str, Any]:
    known = answer.known
    # A right label without a strength can still get one that counts: the right one is not told before.
    is_told = answer.verdict != Verdict.RIGHT
    return {
        "claim": known.claim_id,
        "exact": known.claim.exact,
        "said": _judged(answer.first),
        "now": answer.now,
        "verdict": answer.verdict.value,
        "known": _judged(known) | {"explanation": for_editing(known.explanation)} if is_told else None,
    }
