"""Links as data: their list with its filter, one with what was found, and the pairs that are suggested."""

from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import key_in
from claims.api.filtering import asks_of
from claims.api.pages import NOT_KNOWN, asked, page_answer, paged
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.coverage.link_comparison import compare
from claims.coverage.suggestions import open_suggestions
from claims.link_filter import LinkFilter
from claims.models import Link, LinkRuling, Suggestion, User
from claims.models.link import Found, LinkQuerySet
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.relations import LINK_SETTLED, RELATIONS
from claims.text.sanitise import for_editing

GROUP: Final = "Links"
RELATIONS_TOLD: Final = ", ".join(one.relation for one in RELATIONS)
_SIDE: Final = {
    "id": "0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10",
    "article": "9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01",
    "title": "Bridge closed",
    "outlet": "example.org",
    "exact": "The bridge over the Elm was closed on Friday.",
}
EXAMPLE: Final = {
    "id": "77e0c0f2-7f4b-5d2e-9a4a-1b1f0d9c8e77",
    "a": _SIDE,
    "b": _SIDE | {"id": "1e4c9a63-5c8f-5a1f-8b55-4a7a2c2d3e21"},
    "state": "open",
    "settled": None,
    "yours": None,
    "created_at": "2024-04-30T09:00:00Z",
}
_FOUND: Final = ("relation", "subtype", "forward", "independence", "signs")


class SideShape(Shape):
    """One of the two claims."""

    id = serializers.UUIDField()
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField(allow_blank=True)
    exact = serializers.CharField()


class FoundShape(Shape):
    """What was found of a pair."""

    relation = serializers.CharField(help_text=f"One of {RELATIONS_TOLD}.")
    subtype = serializers.CharField(allow_blank=True, help_text="What a contradiction is in.")
    forward = serializers.BooleanField(allow_null=True, help_text="Whether it goes from a to b; null: no direction.")
    independence = serializers.CharField(help_text="independent, shared_origin or unknown.")
    signs = serializers.ListField(child=serializers.CharField(), help_text="Signs of a shared origin.")


class LinkShape(Shape):
    """Two claims side by side, and what you may know of how they relate."""

    id = serializers.UUIDField()
    a = SideShape()
    b = SideShape()
    state = serializers.CharField(help_text="As you may know it: open, or done by you, until it is settled.")
    settled = FoundShape(allow_null=True)
    yours = FoundShape(allow_null=True)
    created_at = serializers.DateTimeField()


class FindingShape(FoundShape):
    """What one reviewer found."""

    reviewer = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    at = serializers.DateTimeField()


class LinkRulingShape(FoundShape):
    """A moderator's ruling on a pair."""

    by = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    at = serializers.DateTimeField()

    class Meta:
        """Named apart from what a ruling is answered with."""

        ref_name = "RulingOfLink"


class WholeLink(LinkShape):
    """A pair with every finding that you may see."""

    findings = FindingShape(many=True)
    ruling = LinkRulingShape(allow_null=True)
    own_version = serializers.IntegerField(help_text="Of your finding; 0 where you gave none.")
    version = serializers.IntegerField(allow_null=True, help_text="Of the link, for moderators: for reopening it.")
    seen = serializers.CharField(allow_blank=True, help_text="The mark of these findings: a ruling can carry it.")


class SuggestedPair(Shape):
    """Two claims that may be worth comparing: a proposal to look, and nothing more."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    a = SideShape()
    b = SideShape()
    score = serializers.FloatField(help_text="0 to 1.")
    signs = serializers.ListField(child=serializers.CharField(), help_text="Why, as codes, strongest first.")


class Links(ApiView):
    """The list of links."""

    @operation(
        "Links, newest first, with the filter of the list", group=GROUP, answers=LinkShape, example=EXAMPLE,
        is_page=True, asks=asks_of(LinkFilter),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Every link of the desk that the filter lets through: findings and states are those that you may know."""
        check_can_see_desk(request.user)
        found = with_findings(asked_links(request))
        return paged(request, found, "created_at", lambda rows: [link_told(row) for row in rows])


class OneLink(ApiView):
    """One link."""

    @operation(
        "One link with its findings", group=GROUP, answers=WholeLink, errors=(410,),
        example=EXAMPLE | {"findings": [], "ruling": None, "own_version": 0, "version": None, "seen": ""},
    )  # fmt: skip
    def get(self, request: Request, link_id: UUID) -> Response:
        """What was found of the pair, as far as the blind rule lets you know it."""
        check_can_see_desk(request.user)
        viewer = person(request)
        found = link_for(viewer, link_id)
        return Response(link_told(found) | _told(found, viewer))


class Suggestions(ApiView):
    """Pairs that are suggested."""

    @operation(
        "Pairs worth comparing, best first", group=GROUP, answers=SuggestedPair, is_page=True,
        example={"id": 7, "version": 0, "a": EXAMPLE["a"], "b": EXAMPLE["b"], "score": 0.62, "signs": ["same_numbers"]},
        asks=[query("story", "Those within one story, by its id.", {"type": "string", "format": "uuid"})],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Those that you have not judged."""
        check_can_see_desk(request.user)
        wanted, story = asked(request), request.query_params.get("story")
        rows = open_suggestions(person(request), key_in("story", story) if story else None)
        if wanted.after:
            score, number = _place(wanted.after)
            # Not a plain OR: the first condition is what lets an index find the place.
            rows = rows.filter(Q(score__lte=score) & (Q(score__lt=score) | Q(pk__gt=number)))
        found = list(rows[: wanted.limit + 1])
        shown = found[: wanted.limit]
        told = [_suggested(one) for one in shown]
        return page_answer(request, told, f"{shown[-1].score!r}~{shown[-1].pk}" if len(found) > len(shown) else "")


def asked_links(request: Request) -> LinkQuerySet:
    """The links that the filter in the address lets through. Raises Invalid where it makes no sense."""
    found = LinkFilter(request.query_params, viewer=person(request))
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    return found.links


def link_for(viewer: User, link_id: UUID) -> Link:
    """The link with all that its shape tells. Raises Gone where the viewer cannot see it."""
    found = with_findings(Link.objects.visible_to(viewer).filter(pk=link_id)).first()
    if found is None:
        raise Gone("There is no such link here, or one of its claims is not. Look for it in the list of links.")
    return found


def _suggested(one: Suggestion) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("version", "score", "signs")}
    return told | {"id": one.pk, "a": _side(one.a), "b": _side(one.b)}


def with_findings(links: LinkQuerySet) -> LinkQuerySet:
    """The links with all that their shape tells; one query."""
    own = {f"own_{name}": F(f"own__{name}") for name in _FOUND}
    places = [f"{side}__{place}" for side in "ab" for place in ("article__outlet", "article__status")]
    unshown = [f"{side}__{name}" for side in "ab" for name in ("folded", "prefix", "suffix", "article__bases")]
    return links.annotate(**own).select_related(*places).defer(*unshown)


def link_told(link: Any) -> dict[str, Any]:
    """A link as `with_findings` gives it, in the form of LinkShape."""
    yours = {name: getattr(link, f"own_{name}") for name in _FOUND}
    return {
        "id": link.pk,
        "a": _side(link.a),
        "b": _side(link.b),
        "state": link.seen_state,
        "settled": _found(link) if link.state in LINK_SETTLED else None,
        "yours": yours | {"signs": yours["signs"] or []} if yours["relation"] else None,
        "created_at": link.created_at,
    }


def _side(claim: Any) -> dict[str, Any]:
    article = claim.article
    return {
        "id": claim.pk,
        "article": article.pk,
        "title": article.status.title,
        "outlet": article.outlet.host if article.outlet else "",
        "exact": claim.exact,
    }


def _found(found: Found) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _FOUND}


def _told(link: Link, viewer: User) -> dict[str, Any]:
    comparison = compare(link, viewer)
    may_know = can_moderate(viewer) or link.state in LINK_SETTLED
    ruling = LinkRuling.objects.filter(link=link).select_related("by").first() if may_know else None
    own = next((one for one in comparison.findings if one.reviewer_id == viewer.pk), None)
    findings = [
        _found(one)
        | {"reviewer": one.reviewer.username, "reason": for_editing(one.reason), "basis": for_editing(one.basis)}
        | {"version": one.version, "at": one.updated_at}
        for one in comparison.findings
    ]
    return {
        "findings": findings,
        "ruling": ruling
        and _found(ruling)
        | {"by": ruling.by.username, "explanation": for_editing(ruling.explanation)}
        | {"version": ruling.version, "at": ruling.updated_at},
        "own_version": own.version if own else 0,
        "version": link.version if can_moderate(viewer) else None,
        "seen": comparison.mark if can_moderate(viewer) else "",
    }


def _place(after: str) -> tuple[float, int]:
    score, _, number = after.partition("~")
    try:
        place = float(score), int(number)
    except ValueError as wrong:
        raise Invalid(NOT_KNOWN) from wrong
    if not (0 <= place[0] <= 1 and 0 <= place[1] < 2**63):
        raise Invalid(NOT_KNOWN)
    return place
