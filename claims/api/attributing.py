"""Who the text says a claim comes from, as one finds."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.view import versioned
from claims.api.writing import MAX_VERSION, Sent, WritingView
from claims.particulars import MODE_NAMES, PARTY_NAMES, QUOTE_NAMES, SCOPE_NAMES, SOURCE_KIND_NAMES
from claims.permissions import check_can_assess
from claims.review.attribute_claim import (
    MAX_HOPS,
    MAX_OCCASION,
    MAX_SPAN,
    GivenAttribution,
    GivenHop,
    GivenSpan,
    attribute_claim,
)
from claims.review.attributions import CHOICES, SPANS, TICKS
from claims.review.register_source import MAX_NAME, MAX_ROLE
from claims.transfers import Scope

GROUP: Final = "Labels"
# Empty, for what is not stated, is no choice of its own.
PARTIES: Final = [(party.value, name) for party, name in PARTY_NAMES.items() if party]


class SentSpan(Sent):
    """Words of the claim's text, by their borders in code points."""

    start = serializers.IntegerField(min_value=0, max_value=MAX_VERSION)
    end = serializers.IntegerField(min_value=0, max_value=MAX_VERSION)
    exact = serializers.CharField(
        max_length=MAX_SPAN, allow_null=True, default=None, trim_whitespace=False,
        help_text="The words between them; refused where other words stand there.",
    )  # fmt: skip


class SentHop(Sent):
    """One step of the route: an occasion in words; or a source, by its key or by its name."""

    source = serializers.UUIDField(allow_null=True, default=None)  # type: ignore[assignment]  # a field called so
    name = serializers.CharField(max_length=MAX_NAME, allow_blank=True, default="")
    kind = serializers.ChoiceField(
        choices=list(SOURCE_KIND_NAMES.items()), allow_blank=True, default="",
        help_text="Needed for a name that the registry does not have: it is put there.",
    )  # fmt: skip
    role = serializers.CharField(max_length=MAX_ROLE, allow_blank=True, default="")
    party = serializers.ChoiceField(choices=PARTIES, allow_blank=True, default="")
    occasion = serializers.CharField(max_length=MAX_OCCASION, allow_blank=True, default="")


class SentAttribution(Sent):
    """All that is said of where a claim comes from; what is left out is not stated."""

    source = SentSpan(allow_null=True, default=None)  # type: ignore[assignment]  # a field called so
    cue = SentSpan(allow_null=True, default=None)
    content = SentSpan(allow_null=True, default=None)
    chain = serializers.ListField(child=SentHop(), max_length=MAX_HOPS, default=list, help_text="The root comes first.")
    mode = serializers.ChoiceField(choices=list(MODE_NAMES.items()), allow_blank=True, default="")
    scope = serializers.ChoiceField(choices=list(SCOPE_NAMES.items()), allow_blank=True, default="")
    quote = serializers.ChoiceField(choices=list(QUOTE_NAMES.items()), allow_blank=True, default="")
    needs_locator = serializers.BooleanField(default=False)
    content_is_opinion = serializers.BooleanField(default=False)
    is_dated = serializers.BooleanField(default=False)
    is_openable = serializers.BooleanField(default=False)
    is_witnessed = serializers.BooleanField(default=False)


def given(sent: dict[str, Any]) -> GivenAttribution:
    """What was sent, as the room takes it."""
    spans: dict[str, Any] = {name: GivenSpan(**sent[name]) if sent[name] else None for name in SPANS}
    chosen = {name: sent[name] for name in (*CHOICES, *TICKS)}
    return GivenAttribution(chain=tuple(GivenHop(**hop) for hop in sent["chain"]), **spans, **chosen)


class StepShape(serializers.Serializer[Any]):
    """One step of a route: a source of the registry, or an occasion."""

    source = serializers.UUIDField(required=False)  # type: ignore[assignment]  # a field called so
    occasion = serializers.CharField(required=False, allow_blank=True)


class SuggestionShape(serializers.Serializer[Any]):
    """What strength and label follow from an attribution."""

    strength = serializers.IntegerField(allow_null=True)
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field called so
    why = serializers.CharField(allow_blank=True)


def _span() -> serializers.ListField:
    return serializers.ListField(child=serializers.IntegerField(), allow_null=True, help_text="[start, end]")


class OwnAttributionShape(serializers.Serializer[Any]):
    """One's own attribution as it is stored, without the words of the text."""

    source = _span()  # type: ignore[assignment]  # a field called so
    cue = _span()
    content = _span()
    chain = StepShape(many=True)
    mode = serializers.CharField(allow_blank=True)
    scope = serializers.CharField(allow_blank=True)
    quote = serializers.CharField(allow_blank=True)
    needs_locator = serializers.BooleanField()
    content_is_opinion = serializers.BooleanField()
    is_dated = serializers.BooleanField()
    is_openable = serializers.BooleanField()
    is_witnessed = serializers.BooleanField()
    version = serializers.IntegerField()
    closed = serializers.BooleanField(help_text="Whether the claim takes no attribution of yours any more.")
    suggestion = SuggestionShape(help_text="What follows from it for strength and label.")


SENT: Final = {
    "cue": {"start": 21, "end": 25, "exact": "said"},
    "chain": [{"name": "Ida Brook", "kind": "named_person"}, {"occasion": "a press conference"}],
    "mode": "indirect",
    "scope": "same",
}
EXAMPLE: Final = {
    "source": None, "cue": [21, 25], "content": None,
    "chain": [{"source": "0b0c8b3e-8a39-4b44-9d5f-3a8f5b7c9a10"}, {"occasion": "a press conference"}],
    "mode": "indirect", "scope": "same", "quote": "", "needs_locator": False, "content_is_opinion": False,
    "is_dated": False, "is_openable": False, "is_witnessed": False, "version": 1, "closed": False,
    "suggestion": {"strength": 4, "label": "SOURCED", "why": "A named person, with an occasion."},
}  # fmt: skip


class OwnAttribution(WritingView):
    """One's own attribution of a claim."""

    scopes = {"PUT": Scope.REVIEW}
    rules = {"PUT": check_can_assess}

    @operation("Say where a claim comes from", group=GROUP, answers=OwnAttributionShape, example=EXAMPLE,
               takes=SentAttribution, sent=SENT, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID) -> Response:
        """Store your attribution in place of the one before. The version is that of your own: `"0"` for none."""
        outcome = attribute_claim(
            by=self.by, claim_id=claim_id, given=given(self.sent(SentAttribution)),
            expected_version=self.expected, key=self.key,
        )  # fmt: skip
        return versioned(outcome)
