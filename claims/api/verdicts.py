"""Verdicts that readers may see, as data and as ClaimReview."""

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.pages import paged
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.exchange.claim_review import claim_review_of, for_feed
from claims.models import VerdictPublication
from claims.permissions import check_can_moderate
from claims.refusals import Gone
from claims.text.sanitise import for_editing
from claims.transfers import PublicationState

GROUP: Final = "Verdicts"
EXAMPLE: Final = {
    "id": "1a2b3c4d-5e6f-4708-9a0b-c1d2e3f40516",
    "claim": "0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10",
    "exact": "The bridge over the Elm was closed on Friday.",
    "number": 1,
    "state": "published",
    "words_changed": False,
    "value": "refuted",
    "explanation": "It was closed on Thursday.",
    "as_of": "2024-04-30",
    "valid_until": "",
    "evidence": [],
    "correction": "",
    "decided_at": "2024-05-02T09:00:00Z",
    "ended_at": None,
    "claim_review": None,
}
_TOLD: Final = (*("number", "state", "value", "as_of", "valid_until", "correction", "decided_at", "ended_at"),)
# Notes of the desk stay with the desk.
_OF_EVIDENCE: Final = ("url", "title", "quote", "date", "stance", "archived_url")


class PublicationShape(Shape):
    """A verdict as it was published."""

    id = serializers.UUIDField()
    claim = serializers.UUIDField()
    exact = serializers.CharField(allow_blank=True, help_text="Its words; empty for readers where they have changed.")
    number = serializers.IntegerField(help_text="Counts the publications of the claim, from 1.")
    state = serializers.CharField(help_text=f"One of {', '.join(PublicationState)}.")
    words_changed = serializers.BooleanField(
        help_text="The article says something else since, so the verdict does not stand until the desk has looked."
    )
    value = serializers.CharField()
    explanation = serializers.CharField()
    as_of = serializers.CharField(allow_blank=True)
    valid_until = serializers.CharField(allow_blank=True)
    evidence = serializers.ListField(child=serializers.DictField(), help_text="What it rests on, as it was then.")
    correction = serializers.CharField(allow_blank=True, help_text="Why it differs from the one before.")
    decided_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    claim_review = serializers.DictField(allow_null=True, help_text="schema.org's ClaimReview, where it is out now.")


class ProposedShape(PublicationShape):
    """A verdict that waits for a second moderator."""

    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class PublicationsShape(Shape):
    """Every state of a verdict that readers were told of."""

    publications = PublicationShape(many=True)


class Verdicts(ApiView):
    """The verdicts that are out."""

    is_open = True

    @operation(
        "Published verdicts, newest first", group=GROUP, answers=PublicationShape, is_page=True, example=EXAMPLE,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Those that are out now, for everybody, each with its ClaimReview."""
        rows = for_feed(VerdictPublication.objects.visible_to(AnonymousUser()))
        return paged(request, rows, "decided_at", lambda found: [_told(request, one) for one in found])


class VerdictsOfClaim(ApiView):
    """The published verdicts of a claim."""

    is_open = True

    @operation(
        "The published verdicts of a claim, newest first", group=GROUP, answers=PublicationsShape, errors=(410,),
        example={"publications": [EXAMPLE]},
    )  # fmt: skip
    def get(self, request: Request, claim_id: UUID) -> Response:
        """The one that is out, and those that were before it, with what was corrected."""
        rows = VerdictPublication.objects.visible_to(AnonymousUser()).filter(claim=claim_id)
        rows = rows.select_related("claim__article__outlet", "claim__article__status", "claim__status")
        found = list(rows.order_by("-number"))
        if not found:
            raise Gone("No verdict on this claim was published. /api/v1/verdicts lists those that are.")
        return Response({"publications": [_told(request, one) for one in found]})


class WaitingVerdicts(ApiView):
    """The verdicts that wait for a second moderator."""

    @operation(
        "Verdicts that wait for a second moderator", group=GROUP, answers=ProposedShape, is_page=True,
        example=EXAMPLE | {"state": "proposed", "decided_at": None, "proposed_by": "max",
                           "proposed_at": "2024-05-01T09:00:00Z", "version": 1},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Those that were put forward, newest first, for moderators."""
        check_can_moderate(request.user, "see the verdicts that wait")
        rows = VerdictPublication.objects.visible_to(person(request)).filter(state=PublicationState.PROPOSED)
        rows = rows.select_related("claim__status", "proposed_by")
        return paged(request, rows, "proposed_at", lambda found: [_proposed(request, one) for one in found])


def _told(request: Request, publication: VerdictPublication) -> dict[str, Any]:
    changed = publication.claim.status.text_changed_at is not None
    is_out = publication.state == PublicationState.PUBLISHED and not changed
    base = request.build_absolute_uri("/")
    return {name: getattr(publication, name) for name in _TOLD} | {
        "id": publication.pk,
        "claim": publication.claim_id,
        # The page does not quote them either, until the desk has looked.
        "exact": "" if changed else publication.claim.exact,
        "words_changed": changed,
        "evidence": [{name: one[name] for name in _OF_EVIDENCE} for one in publication.pieces()],
        "explanation": for_editing(publication.explanation),
        "claim_review": claim_review_of(publication, base_url=base) if is_out else None,
    }


def _proposed(request: Request, publication: VerdictPublication) -> dict[str, Any]:
    return _told(request, publication) | {
        "exact": publication.claim.exact,
        "evidence": publication.pieces(),
        "proposed_by": publication.proposed_by.username,
        "proposed_at": publication.proposed_at,
        "version": publication.version,
    }
