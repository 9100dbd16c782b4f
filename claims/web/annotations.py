"""The claims of a list as W3C Web Annotations, page by page."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.claim_pages import claim_page
from claims.exchange.annotation_parts import CONTEXT, MEDIA_TYPE, Names
from claims.exchange.claim_annotation import claim_annotations
from claims.exchange.json_blocks import as_json
from claims.exchange.web_annotation import collection
from claims.filters import ClaimFilter
from claims.models import Claim, User
from claims.permissions import check_can_see_desk
from claims.refusals import Invalid
from claims.web.asked import query_of
from claims.web.person import person

IN_PAGE: Final = 200


@require_safe
def annotations(request: HttpRequest) -> HttpResponse:
    """One page of the claims that the filter in the address lets through, newest first.

    `?after=` is the place in the list, `?from=` how many annotations came before it; the answer's `next` has both.
    """
    check_can_see_desk(request.user)
    viewer = person(request)
    found = _asked(request, viewer)
    begun = _count(request.GET.get("from", "0"))
    page = claim_page(found, request.GET.get("after", ""), size=IN_PAGE)
    names = Names(request.build_absolute_uri("/"))
    shown = Claim.objects.visible_to(viewer).filter(pk__in=[claim.pk for claim in page.rows])
    query = query_of(found).dict()
    answer: dict[str, Any] = {
        "@context": CONTEXT,
        "id": request.build_absolute_uri(),
        "type": "AnnotationPage",
        "partOf": _collection(names, query),
        "startIndex": begun,
    }
    if page.after:
        answer["next"] = _address(names, query | {"after": page.after, "from": str(begun + len(page.rows))})
    answer["items"] = list(claim_annotations(shown, viewer, names))
    return HttpResponse(as_json(answer), content_type=MEDIA_TYPE)


def _asked(request: HttpRequest, viewer: User) -> ClaimFilter:
    """The filter in the address. Raises Invalid where it makes no sense: half a filter is not what was asked."""
    found = ClaimFilter(request.GET, viewer=viewer)
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    return found


def _collection(names: Names, query: dict[str, Any]) -> dict[str, Any]:
    """The whole list; counting it takes too long where it is long, and the model does not ask for that."""
    named = {name: value for name, value in collection(names).items() if name != "@context"}
    first = _address(names, query)
    return named | {"id": f"{first}#all", "first": first}


def _address(names: Names, query: dict[str, Any]) -> str:
    return names.collection() + (f"?{urlencode(query)}" if query else "")


def _count(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 12):
        raise Invalid("This page of the list is not known. Start again from its first page.")
    return int(written)
