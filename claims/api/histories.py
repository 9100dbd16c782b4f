"""What was done with a link and with a source, as sentences, as far as one may read it."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.links import GROUP as LINKS
from claims.api.links import link_for
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.sources import GROUP as SOURCES
from claims.api.sources import source_for
from claims.api.view import ApiView, person
from claims.coverage.link_history import history_of
from claims.permissions import check_can_see_desk
from claims.review.source_history import Entry, source_history

_ENTRY: Final = {"at": "2024-04-30T09:00:00Z", "by": "max", "sentence": "reopened the link", "why": ""}


class ToldShape(Shape):
    """One event, told."""

    at = serializers.CharField(help_text="The moment; the day alone where the moment would tell of blind work.")
    by = serializers.CharField(allow_blank=True, help_text="Empty where that would tell of blind work.")
    sentence = serializers.CharField()
    why = serializers.CharField(allow_blank=True)


class ToldHistoryShape(Shape):
    """The newest events, the oldest of them first."""

    entries = ToldShape(many=True)
    has_older = serializers.BooleanField()


class LinkHistory(ApiView):
    """What was done with a link."""

    @operation(
        "What was done with a link", group=LINKS, answers=ToldHistoryShape, errors=(410,),
        example={"entries": [_ENTRY], "has_older": False},
    )  # fmt: skip
    def get(self, request: Request, link_id: UUID) -> Response:
        """Findings, rulings and reopenings; before it is settled you read your own part."""
        check_can_see_desk(request.user)
        viewer = person(request)
        found = history_of(link_for(viewer, link_id), viewer)
        entries = [
            {"at": one.at.isoformat(), "by": one.by, "sentence": one.sentence, "why": one.why} for one in found.entries
        ]
        return Response({"entries": entries, "has_older": found.has_older})


class SourceHistory(ApiView):
    """What was done with a source."""

    @operation(
        "What was done with a source", group=SOURCES, answers=ToldHistoryShape, errors=(410,),
        example={"entries": [_ENTRY | {"sentence": "put it into the registry as “Ida Brook”, a named person"}],
                 "has_older": False},
    )  # fmt: skip
    def get(self, request: Request, source_id: UUID) -> Response:
        """Who described it how, and what it was merged with."""
        check_can_see_desk(request.user)
        viewer = person(request)
        entries, has_older = source_history(source_for(viewer, source_id), viewer)
        return Response({"entries": [_told(one) for one in entries], "has_older": has_older})


def _told(one: Entry) -> dict[str, Any]:
    at = one.at.isoformat() if one.to_the_minute else one.at.date().isoformat()
    return {"at": at, "by": one.by, "sentence": one.sentence, "why": one.why}
