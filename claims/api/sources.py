"""The registry of sources as data, and what each is said to have said."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.pages import asked, page_answer, paged
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person, versioned
from claims.models import Source, User
from claims.models.source import SourceQuerySet
from claims.particulars import SOURCE_KIND_NAMES
from claims.permissions import check_can_moderate, check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.review.near_duplicates import near_duplicates, suggested_pairs
from claims.review.said_by import Position, Said, said_by
from claims.review.sources import MAX_QUERY, other_names, suggest, with_words

GROUP: Final = "Sources"
EXAMPLE: Final[dict[str, Any]] = {
    "id": "c0a8012e-5a1d-4f0b-9d3c-7e6f5a4b3c2d",
    "name": "Ida Brook",
    "kind": "named_person",
    "role": "mayor",
    "party": "",
    "note": "",
    "other_names": [],
    "merged_into": None,
    "version": 1,
}
_KINDS: Final = [kind.value for kind in SOURCE_KIND_NAMES]
SOURCE_FILTERS: Final = (
    query("q", "Words that begin a word of the name.", {"type": "string", "maxLength": MAX_QUERY}),
    query("kind", "Kind.", {"type": "string", "enum": _KINDS}),
)
_TOLD: Final = ("name", "kind", "role", "party", "note", "version")


class SourceShape(Shape):
    """A person, body or document that claims are attributed to."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField(help_text=f"One of {', '.join(_KINDS)}.")
    role = serializers.CharField(allow_blank=True)
    party = serializers.CharField(allow_blank=True, help_text="Whether it is a party to the conflict.")
    note = serializers.CharField(allow_blank=True)
    other_names = serializers.ListField(child=serializers.CharField())
    merged_into = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()


class PairShape(Shape):
    """Two sources that could be one."""

    one = SourceShape(help_text="The newer.")
    other = SourceShape()
    likeness = serializers.FloatField(help_text="From 0 to 1.")
    why = serializers.CharField(allow_blank=True)


class PairsShape(Shape):
    """Pairs to look at."""

    pairs = PairShape(many=True)


class FittingShape(SourceShape):
    """A source whose name fits."""

    known_as = serializers.CharField(allow_blank=True, help_text="The merged name that fits; empty for its own.")


class FittingSources(Shape):
    """Sources that fit."""

    sources = FittingShape(many=True)


class NearShape(SourceShape):
    """A source that could be the same."""

    likeness = serializers.FloatField(help_text="From 0 to 1.")
    why = serializers.CharField(allow_blank=True)


class NearSources(Shape):
    """Sources that could be the same."""

    sources = NearShape(many=True)


class SaidShape(Shape):
    """One attribution with the source in its route."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    content = serializers.CharField(allow_blank=True, help_text="The words that were marked as what was said.")
    article = serializers.UUIDField()
    title = serializers.CharField()
    reviewer = serializers.CharField(help_text="Who found so.")
    positions = serializers.ListField(child=serializers.CharField(), help_text="root, relay, or both.")
    route = serializers.ListField(child=serializers.CharField(), help_text="The names of its steps, the root first.")
    is_settled = serializers.BooleanField()


class Sources(ApiView):
    """The list of sources."""

    @operation(
        "Sources in force, newest first", group=GROUP, answers=SourceShape, example=EXAMPLE, is_page=True,
        asks=SOURCE_FILTERS,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The registry, without what was merged into another."""
        check_can_see_desk(request.user)
        return paged(request, asked_sources(request), "created_at", sources_told)


class OneSource(ApiView):
    """One source."""

    @operation("One source", group=GROUP, answers=SourceShape, example=EXAMPLE, errors=(410,))
    def get(self, request: Request, source_id: UUID) -> Response:
        """What is known of it; what was merged into another says into which."""
        check_can_see_desk(request.user)
        return versioned(sources_told([source_for(person(request), source_id)])[0])


class Duplicates(ApiView):
    """Sources that could be one."""

    @operation(
        "Pairs of sources that could be one, the likeliest first", group=GROUP, answers=PairsShape,
        example={"pairs": [{"one": EXAMPLE, "other": EXAMPLE, "likeness": 0.9, "why": "the same family name"}]},
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Of each pair one is among the newest sources; moderators merge them."""
        check_can_moderate(request.user, "merge sources")
        pairs = suggested_pairs()
        both = {source.pk: source for pair in pairs for source in (pair.one, pair.other)}
        told = {one["id"]: one for one in sources_told(list(both.values()))}
        shown = [
            {"one": told[pair.one.pk], "other": told[pair.other.pk]}
            | {"likeness": pair.likeness.score, "why": pair.likeness.why}
            for pair in pairs
        ]
        return Response({"pairs": shown})


class SourcesSuggested(ApiView):
    """Sources for a name that somebody types."""

    @operation(
        "Sources whose names begin so, best first", group=GROUP, answers=FittingSources,
        example={"sources": [EXAMPLE | {"known_as": ""}]},
        asks=[query("q", "The beginning of each word.", {"type": "string", "maxLength": MAX_QUERY})],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """A few, for a field; a name that was merged stands for the source that it was merged into."""
        check_can_see_desk(request.user)
        found = suggest(request.query_params.get("q", ""))
        told = zip(sources_told([one.source for one in found]), found, strict=True)
        return Response({"sources": [one | {"known_as": fitting.known_as} for one, fitting in told]})


class NearSource(ApiView):
    """What a source could be the same as."""

    @operation(
        "Sources that could be the same as one", group=GROUP, answers=NearSources, errors=(410,),
        example={"sources": [EXAMPLE | {"likeness": 0.9, "why": "the same family name"}]},
    )  # fmt: skip
    def get(self, request: Request, source_id: UUID) -> Response:
        """The likeliest; moderators merge them."""
        check_can_see_desk(request.user)
        found = near_duplicates(source_for(person(request), source_id))
        told = zip(sources_told([one.source for one in found]), found, strict=True)
        shown = [one | {"likeness": near.likeness.score, "why": near.likeness.why} for one, near in told]
        return Response({"sources": shown})


class SaidBy(ApiView):
    """What a source said."""

    @operation(
        "What a source is said to have said", group=GROUP, answers=SaidShape, is_page=True, errors=(410,),
        example={
            "claim": "0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10", "exact": "Mayor Ida Brook said …", "content": "",
            "article": "9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01", "title": "Bridge closed", "reviewer": "ana",
            "positions": ["root"], "route": ["Ida Brook"], "is_settled": False,
        },
        asks=[query("position", "Where it stands in the route.", {"type": "string", "enum": list(Position)})],
        description="Pages have a size of their own here; `limit` is not looked at.",
    )  # fmt: skip
    def get(self, request: Request, source_id: UUID) -> Response:
        """Attributions that you may see, newest first, under this name and those merged into it."""
        check_can_see_desk(request.user)
        viewer = person(request)
        position = request.query_params.get("position", "")
        if position and position not in set(Position):
            raise Invalid("position: choose root or relay.")
        source = source_for(viewer, source_id)
        page = said_by(source, viewer, Position(position) if position else None, asked(request).after)
        return page_answer(request, [_said(one) for one in page.rows], page.after)


def asked_sources(request: Request) -> SourceQuerySet:
    """The sources in force that the address asks for. Raises Invalid for what makes no sense."""
    rows = Source.objects.visible_to(person(request)).exclude(merged_into__isnull=False)
    words, kind = request.query_params.get("q", ""), request.query_params.get("kind", "")
    if len(words) > MAX_QUERY or "\x00" in words:
        raise Invalid(f"q: shorten the search to {MAX_QUERY} characters, without a NUL.")
    if kind and kind not in _KINDS:
        raise Invalid(f"kind: choose one of {', '.join(_KINDS)}.")
    rows = rows.filter(pk__in=with_words(words)) if words.strip() else rows
    return rows.filter(kind=kind) if kind else rows


def source_for(viewer: User, source_id: UUID) -> Source:
    """The source. Raises Gone where the viewer cannot see it."""
    found = Source.objects.visible_to(viewer).filter(pk=source_id).first()
    if found is None:
        raise Gone("There is no such source here. Look for it in the list of sources.")
    return found


def sources_told(sources: list[Source]) -> list[dict[str, Any]]:
    """Sources in the form of SourceShape. One query, for their other names."""
    others = other_names(source.pk for source in sources)
    return [
        {name: getattr(one, name) for name in _TOLD}
        | {"id": one.pk, "merged_into": one.merged_into_id}
        | {"other_names": [str(other) for other in others[one.pk]]}
        for one in sources
    ]


def _said(said: Said) -> dict[str, Any]:
    return {
        "claim": said.claim.pk,
        "exact": said.claim.exact,
        "content": said.content,
        "article": said.claim.article_id,
        "title": said.claim.article.status.title,
        "reviewer": said.attribution.reviewer.username,
        "positions": list(said.positions),
        "route": [step.name for step in said.route],
        "is_settled": said.is_settled,
    }
