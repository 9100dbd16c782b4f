"""How the first pass does by the desk's decisions, as data, for moderators."""

from typing import Any, Final

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import key_in
from claims.api.claim_shapes import EXAMPLE as CLAIM
from claims.api.pages import paged
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.models import Outlet, ProposalOutcome
from claims.models.proposal_outcome import ProposalOutcomeQuerySet
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid
from claims.review.proposal_figures import Tally, count, outcomes_of, overruled_of

GROUP: Final = "First pass"
DEED: Final = "see how the first pass does"
OUTLETS, MONTHS = 30, 24
_LONGEST_RULE: Final = 40
_TALLY: Final[dict[str, Any]] = {
    "accepted": 0, "overruled": 0, "share": None, "low": None, "high": None, "is_few": True,
}  # fmt: skip
FIRST_PASS_FILTERS: Final = (
    query("rule", "Decisions about proposals of one rule.", {"type": "string", "maxLength": _LONGEST_RULE}),
    query("outlet", "Those of one outlet, by its id.", {"type": "string", "format": "uuid"}),
)


class TallyShape(Shape):
    """How many proposals the desk accepted and overruled."""

    accepted = serializers.IntegerField()
    overruled = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True, help_text="Of those accepted, 0 to 1; null where none is decided.")
    low = serializers.FloatField(allow_null=True, help_text="Of its 95 % interval.")
    high = serializers.FloatField(allow_null=True)
    is_few = serializers.BooleanField(help_text="Too few to rely on.")


class NamedTally(TallyShape):
    """The same of one rule or month."""

    name = serializers.CharField()


class TallyOfOutlet(TallyShape):
    """The same of one outlet."""

    outlet = serializers.UUIDField(allow_null=True, help_text="null: none is known.")
    host = serializers.CharField(allow_blank=True)


class FirstPassShape(Shape):
    """The page on the first pass."""

    whole = TallyShape()
    rules = NamedTally(many=True)
    outlets = TallyOfOutlet(many=True, help_text=f"The {OUTLETS} with most decisions.")
    months = NamedTally(many=True, help_text=f"The last {MONTHS}.")
    is_cut = serializers.BooleanField(help_text="Whether older decisions were not counted.")


class OverruledShape(Shape):
    """A claim whose proposal the desk overruled."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    rule = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    proposed = serializers.CharField()
    decided = serializers.CharField()
    decided_at = serializers.DateTimeField()


class FirstPassFigures(ApiView):
    """How the first pass does."""

    @operation(
        "How the first pass does", group=GROUP, answers=FirstPassShape, asks=FIRST_PASS_FILTERS, errors=(410,),
        example={"whole": _TALLY, "rules": [_TALLY | {"name": "said"}],
                 "outlets": [_TALLY | {"outlet": None, "host": ""}], "months": [], "is_cut": False},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Proposals by what the desk came to: of all, by rule, by outlet, by month."""
        counted = count(asked_outcomes(request))
        outlets, months = counted.by_outlet[:OUTLETS], counted.by_month[-MONTHS:]
        hosts = dict(Outlet.objects.filter(pk__in=[key for key, _ in outlets if key]).values_list("pk", "host"))
        told = {
            "whole": _tally(counted.whole),
            "rules": [{"name": rule} | _tally(one) for rule, one in counted.by_rule],
            "outlets": [{"outlet": key, "host": hosts[key] if key else ""} | _tally(one) for key, one in outlets],
            "months": [{"name": month} | _tally(one) for month, one in months],
            "is_cut": counted.is_cut,
        }
        return Response(told)


class Overruled(ApiView):
    """The claims that the first pass got wrong."""

    @operation(
        "Claims whose proposal the desk overruled, newest decisions first", group=GROUP, answers=OverruledShape,
        is_page=True, asks=FIRST_PASS_FILTERS, errors=(410,),
        example={"claim": CLAIM["id"], "exact": CLAIM["exact"], "rule": "said", "confidence": 0.93,
                 "proposed": "SOURCED", "decided": "OPINION", "decided_at": "2024-04-30T09:00:00Z"},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What was proposed, and what the desk came to."""
        check_can_moderate(request.user, DEED)
        rows = overruled_of(person(request), *_asked(request))
        return paged(request, rows, "decided_at", lambda found: [_overruled(one) for one in found])


def asked_outcomes(request: Request) -> ProposalOutcomeQuerySet:
    """The decisions that the address asks for. Raises NotAllowed, Invalid for what makes no sense, and Gone."""
    check_can_moderate(request.user, DEED)
    return outcomes_of(person(request), *_asked(request))


def _asked(request: Request) -> tuple[str, Any]:
    """The rule, "" for all, and the key of the outlet, None for all."""
    rule, sent = request.query_params.get("rule", ""), request.query_params.get("outlet", "")
    if len(rule) > _LONGEST_RULE or "\0" in rule:
        raise Invalid("rule: this is not the name of a rule.")
    outlet = key_in("outlet", sent) if sent else None
    if outlet and not Outlet.objects.visible_to(person(request)).filter(pk=outlet).exists():
        raise Gone("There is no such outlet here. Look for it in the list of outlets.")
    return rule, outlet


def _tally(tally: Tally) -> dict[str, Any]:
    low, high = tally.interval or (None, None)
    told = {name: getattr(tally, name) for name in ("accepted", "overruled", "share", "is_few")}
    return told | {"low": low, "high": high}


def _overruled(one: ProposalOutcome) -> dict[str, Any]:
    proposal = getattr(one.claim, "proposal", None)
    told = {name: getattr(one, name) for name in ("rule", "proposed", "decided", "decided_at")}
    confidence = proposal.confidence if proposal else None
    return told | {"claim": one.claim_id, "exact": one.claim.exact, "confidence": confidence}
