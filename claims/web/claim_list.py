"""The list of claims, filtered in its address, and the same claims as a file."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.claim_pages import claim_page, counted_claims
from claims.exchange.write_csv import csv_blocks
from claims.filters import SEEN_STRENGTH, ClaimFilter
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.permissions import check_can_see_desk
from claims.refusals import Invalid
from claims.vocabulary import LABEL_BY_VALUE, SETTLED, STATE_NAMES, Label, LabelDefinition, ZoneKind
from claims.web.asked import address_of, asked_of, query_of
from claims.web.csv_answer import csv_answer
from claims.web.person import person

# Shown first; the others are folded away until one of them is asked for.
FIRST_FILTERS = ("q", "label", "state", "story")


@dataclass(frozen=True)
class Line:
    """One claim of the list, with what the viewer may know of it."""

    claim: Claim
    yours: LabelDefinition | None
    settled: LabelDefinition | None
    proposed: LabelDefinition | None
    strength: int | None
    state: str

    @property
    def mark(self) -> str:
        """The classes of the claim's mark: the letter seen, `draft` for what is only proposed."""
        seen = self.yours or self.settled
        if seen:
            return seen.letter
        return f"{self.proposed.letter} draft" if self.proposed else "none"

    @property
    def in_headline(self) -> bool:
        """Whether the claim stands in the headline."""
        return self.claim.zone == ZoneKind.HEADLINE


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """One page of the claims that the filter in the address lets through."""
    check_can_see_desk(request.user)
    found = ClaimFilter(request.GET, viewer=person(request))
    found.offer_choices()
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = claim_page(found, after, before, shown=_with_labels)
    query = query_of(found)
    fields = list(found.form)
    context = {
        "lines": [line_of(claim) for claim in page.rows],
        "count": counted_claims(found, None if after or before else page),
        "is_part": page.is_part,
        "faults": found.faults(),
        "first_fields": [field for field in fields if field.name in FIRST_FILTERS],
        "more_fields": [field for field in fields if field.name not in FIRST_FILTERS],
        "more_asked": any(name not in FIRST_FILTERS for name in query),
        "asked": asked_of(found, query),
        "query": query.urlencode(),
        "previous": page.before and address_of(query, before=page.before),
        "following": page.after and address_of(query, after=page.after),
    }
    return render(request, "claims/list.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same claims as CSV. Raises Invalid where the filter makes no sense: half a filter is not what was asked."""
    check_can_see_desk(request.user)
    viewer = person(request)
    found = ClaimFilter(request.GET, viewer=viewer)
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    blocks = csv_blocks(found.claims, viewer=viewer, base_url=request.build_absolute_uri("/"))
    return csv_answer(blocks, f"claims-{timezone.localdate():%Y-%m-%d}", viewer)


def _with_labels(claims: ClaimQuerySet) -> ClaimQuerySet:
    return (
        claims.annotate(own_label=F("own__label"), seen_strength=SEEN_STRENGTH)
        .select_related("status", "article__outlet", "article__status", "proposal")
        .defer("folded", "prefix", "suffix", "article__bases", "article__credits", "article__quality")
    )


def line_of(claim: Any) -> Line:
    """A claim as `_with_labels` gives it, in the words of the list."""
    proposal = getattr(claim, "proposal", None)
    state = claim.seen_state
    return Line(
        claim=claim,
        yours=_definition(claim.own_label),
        settled=_definition(claim.status.settled_label) if state in SETTLED else None,
        proposed=_definition(proposal.label) if proposal else None,
        strength=claim.seen_strength,
        state=STATE_NAMES[state],
    )


def _definition(label: str | None) -> LabelDefinition | None:
    return LABEL_BY_VALUE[Label(label)] if label else None
