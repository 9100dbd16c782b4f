"""Pages of a list of claims, whatever it is narrowed by: the list of the pages, of the API and of Web Annotation."""

from collections.abc import Callable
from dataclasses import dataclass

from claims.filters import ClaimFilter
from claims.keyset import SIZE, Page, counted, page_of, place_of
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.search import Place

TIME, KEY = "status__opened_at", "status__claim"


@dataclass(frozen=True)
class ClaimPage(Page[Claim]):
    """One page; `is_part` where it is shorter than it may be, because a look through very many claims ended there."""

    is_part: bool = False


def claim_page(
    found: ClaimFilter,
    after: str = "",
    before: str = "",
    *,
    shown: Callable[[ClaimQuerySet], ClaimQuerySet] = lambda claims: claims,
    size: int = SIZE,
) -> ClaimPage:
    """The claims of the list after one place or up to another; `shown` adds what is shown of each.

    Where very many claims hold the words that are asked for, some of them are looked through at a time, and a page that
    they do not fill names the place to go on from. Raises Invalid for a made-up place.
    """
    near = found.near(_place(after), _place(before), is_page=size <= SIZE)
    page = page_of(shown(near.claims), TIME, after, before, key=KEY, size=size)
    if near.named is None or (page.before if before else page.after):
        return ClaimPage(page.rows, page.before, page.after)
    on = near.goes_on(found.queryset)
    further = f"{on.opened_at.isoformat()}~{on.claim}" if on else ""
    if before:
        return ClaimPage(page.rows, further, page.after, is_part=True)
    return ClaimPage(page.rows, page.before, further, is_part=True)


def counted_claims(found: ClaimFilter, first: ClaimPage | None = None) -> str:
    """How many claims the list has, counted no further than a thousand, or the newest with the words: "17", "80+".

    `first` is the list's first page, where that is known: of a search it may be all there is.
    """
    if found.is_search and first and not first.after:
        return str(len(first.rows))
    near = found.near()
    count = counted(near.claims)
    return count if near.named is None or count.endswith("+") else f"{count}+"


def _place(written: str) -> Place | None:
    return Place(*place_of(written)) if written else None
