"""What a claim is as data, as one viewer may know it."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import F
from rest_framework import serializers

from claims.api.shape import Shape
from claims.models import ClaimStatus, Proposal
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import LABELS, SETTLED

LABELS_TOLD: Final = ", ".join(definition.label for definition in LABELS)

PLACE: Final = ("zone", "unit", "start", "end", "exact", "prefix", "suffix")

EXAMPLE: Final = {
    "id": "0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10",
    "article": "9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01",
    "revision": "1b2c3d4e-5f60-5a7b-8c9d-0e1f2a3b4c5d",
    "title": "Bridge closed",
    "outlet": "example.org",
    "story": None,
    "zone": "body",
    "unit": "sentence",
    "start": 46,
    "end": 117,
    "exact": "Mayor Ida Brook said on Monday that the bridge would open again in May.",
    "prefix": "closed on Friday.\n\n",
    "suffix": "\n\nThe council is",
    "state": "open",
    "label": "",
    "strength": None,
    "settled": None,
    "proposal": {
        "label": "SOURCED",
        "strength": 4,
        "reason": "",
        "why": "“said” has a named source with a date.",
        "confidence": 0.93,
        "rule": "said",
    },
    "set_aside": "",
    "opened_at": "2024-04-30T09:00:00Z",
}


class SettledShape(Shape):
    """What a claim is settled as."""

    label = serializers.CharField(help_text=f"One of {LABELS_TOLD}.")
    strength = serializers.IntegerField(allow_null=True, help_text="0 to 5.")
    reason = serializers.CharField(allow_blank=True, help_text="Why it is unsourced.")
    at = serializers.DateTimeField(allow_null=True)


class ProposalShape(Shape):
    """What the first pass proposes: never a judgement."""

    label = serializers.CharField(help_text=f"One of {LABELS_TOLD}.")
    strength = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    why = serializers.CharField(help_text="On which words it rests.")
    confidence = serializers.FloatField(help_text="How often such proposals were right, 0 to 1.")
    rule = serializers.CharField()


class ClaimShape(Shape):
    """A claim: its words and place, and what you may know of its labels."""

    id = serializers.UUIDField()
    article = serializers.UUIDField()
    revision = serializers.UUIDField()
    title = serializers.CharField(help_text="The article's headline, or its first words.")
    outlet = serializers.CharField(allow_blank=True, help_text="The host that it was found at; empty: not stated.")
    story = serializers.UUIDField(allow_null=True)
    zone = serializers.CharField(help_text="headline or body.")
    unit = serializers.CharField(help_text="sentence, or span for words that somebody drew the borders of.")
    start = serializers.IntegerField(help_text="In Unicode code points of the revision's text.")
    end = serializers.IntegerField(help_text="Behind the last one.")
    exact = serializers.CharField()
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    state = serializers.CharField(help_text="As you may know it: open, or done by you, until it is settled.")
    label = serializers.CharField(allow_blank=True, help_text=f"Yours, one of {LABELS_TOLD}; empty for none.")
    strength = serializers.IntegerField(allow_null=True, help_text="Of your label.")
    settled = SettledShape(allow_null=True, help_text="null before it is settled.")
    proposal = ProposalShape(allow_null=True)
    set_aside = serializers.CharField(allow_blank=True, help_text="Why it takes no more work; empty where it does.")
    opened_at = serializers.DateTimeField()


def with_labels(claims: ClaimQuerySet) -> ClaimQuerySet:
    """The claims with all that their shape tells; one query."""
    return (
        claims.annotate(own_label=F("own__label"), own_strength=F("own__strength"))
        .select_related("status", "article__outlet", "article__status", "proposal")
        .defer("folded", "article__bases", "article__credits", "article__quality")
    )


def claim_told(claim: Any) -> dict[str, Any]:
    """A claim as `with_labels` gives it, in the form of ClaimShape."""
    status, article = claim.status, claim.article
    return {
        "id": claim.pk,
        "article": claim.article_id,
        "revision": claim.revision_id,
        "title": article.status.title,
        "outlet": article.outlet.host if article.outlet else "",
        "story": article.status.story_id,
        **{name: getattr(claim, name) for name in PLACE},
        "state": claim.seen_state,
        "label": claim.own_label or "",
        "strength": claim.own_strength,
        "settled": _settled(status) if claim.seen_state in SETTLED else None,
        "proposal": proposal_told(getattr(claim, "proposal", None)),
        "set_aside": status.set_aside,
        "opened_at": status.opened_at,
    }


def claims_told(claims: Iterable[Any]) -> list[dict[str, Any]]:
    """These claims, each as `claim_told` gives it."""
    return [claim_told(claim) for claim in claims]


def _settled(status: ClaimStatus) -> dict[str, Any]:
    return {
        "label": status.settled_label,
        "strength": status.settled_strength,
        "reason": status.settled_reason,
        "at": status.settled_at,
    }


def proposal_told(proposal: Proposal | None) -> dict[str, Any] | None:
    """What the first pass proposes for a claim, in the form of ProposalShape."""
    if proposal is None:
        return None
    return {name: getattr(proposal, name) for name in ("label", "strength", "reason", "why", "confidence", "rule")}
