"""The registry of sources: put there, described, merged, taken apart."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.schema import operation
from claims.api.sources import OneSource, Sources
from claims.api.view import versioned
from claims.api.writing import MAX_VERSION, Sent, WritingView, moderates
from claims.particulars import PARTY_NAMES, SOURCE_KIND_NAMES
from claims.permissions import check_can_assess
from claims.review.describe_source import describe_source
from claims.review.merge_sources import MAX_REASON, merge_sources, unmerge_source
from claims.review.register_source import MAX_NAME, MAX_NOTE, MAX_ROLE, register_source, state
from claims.transfers import Scope

GROUP: Final = "Sources"
KINDS: Final = list(SOURCE_KIND_NAMES.items())
# Empty, for what is not stated, is no choice of its own.
PARTIES: Final = [(party.value, name) for party, name in PARTY_NAMES.items() if party]
SOURCE: Final = "0b0c8b3e-8a39-4b44-9d5f-3a8f5b7c9a10"
SENT: Final = {"name": "Ida Brook", "kind": "named_person", "role": "mayor", "party": "", "note": ""}
EXAMPLE: Final = SENT | {"id": SOURCE, "version": 1}


class SentSource(Sent):
    """What a source is called and what it is."""

    name = serializers.CharField(max_length=MAX_NAME)
    kind = serializers.ChoiceField(choices=KINDS)
    role = serializers.CharField(max_length=MAX_ROLE, allow_blank=True, default="")
    party = serializers.ChoiceField(choices=PARTIES, allow_blank=True, default="")
    note = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, default="")


class SentMerge(Sent):
    """Which source it is the same as, and why."""

    into = serializers.UUIDField()
    into_version = serializers.IntegerField(min_value=0, max_value=MAX_VERSION)
    reason = serializers.CharField(max_length=MAX_REASON)


class SentUnmerge(Sent):
    """Why the two are not one."""

    reason = serializers.CharField(max_length=MAX_REASON)


class KeptSourceShape(serializers.Serializer[Any]):
    """A source as it is stored."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    role = serializers.CharField(allow_blank=True)
    party = serializers.ChoiceField(choices=PARTIES, allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class MergedShape(serializers.Serializer[Any]):
    """What it is another name of; null where it stands for itself."""

    into = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()


class SourcesRegistered(WritingView, Sources):
    """The registry."""

    scopes = {"GET": Scope.READ, "POST": Scope.REVIEW}
    rules = {"POST": check_can_assess}

    @operation("Put a source into the registry", group=GROUP, answers=KeptSourceShape, example=EXAMPLE,
               takes=SentSource, sent=SENT, keyed=True)  # fmt: skip
    def post(self, request: Request) -> Response:
        """Or find the one of this name and kind that is there already; that one stays as it is described."""
        source = register_source(by=self.by, **self.sent(SentSource), key=self.key)
        return versioned({"id": source.pk} | state(source))


class SourceDescribed(WritingView, OneSource):
    """One source."""

    scopes = {"GET": Scope.READ, "PUT": Scope.REVIEW}
    rules = {"PUT": check_can_assess}

    @operation("Describe a source", group=GROUP, answers=KeptSourceShape, example=EXAMPLE | {"version": 2},
               takes=SentSource, sent=SENT, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, source_id: UUID) -> Response:
        """Say anew what it is called and what it is."""
        outcome = describe_source(
            by=self.by, source_id=source_id, **self.sent(SentSource), expected_version=self.expected, key=self.key
        )
        return versioned({"id": source_id} | outcome)


class SourceMerged(WritingView):
    """A source that is another name of another."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("merge sources")}

    @operation("Merge a source into another", group=GROUP, answers=MergedShape, example={"into": SOURCE, "version": 2},
               takes=SentMerge, sent={"into": SOURCE, "into_version": 1, "reason": "A slip of the pen."},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, source_id: UUID) -> Response:
        """The two are one. The version is that of the source that becomes another name."""
        sent = self.sent(SentMerge)
        outcome = merge_sources(
            by=self.by, source_id=source_id, into_id=sent["into"], reason=sent["reason"],
            source_version=self.expected, into_version=sent["into_version"], key=self.key,
        )  # fmt: skip
        return versioned(outcome)


class SourceTakenOut(WritingView):
    """A merge that is taken back."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("take the merge of sources back")}

    @operation("Take a merge back", group=GROUP, answers=MergedShape, example={"into": None, "version": 3},
               takes=SentUnmerge, sent={"reason": "Father and son."}, changes=True, keyed=True,
               errors=(410,))  # fmt: skip
    def post(self, request: Request, source_id: UUID) -> Response:
        """It stands for itself again."""
        reason = self.sent(SentUnmerge)["reason"]
        outcome = unmerge_source(
            by=self.by, source_id=source_id, reason=reason, expected_version=self.expected, key=self.key
        )
        return versioned(outcome)
