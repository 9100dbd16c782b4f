"""Work that comes in from a file: its rows, and the states that follow from them, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from claims.coverage.restate_links import restate_links
from claims.exchange.fits_here import check_settled
from claims.exchange.import_work import File, import_work, some
from claims.exchange.read_json_lines import Numbered
from claims.exchange.take_in import Taken
from claims.models import User
from claims.review.restate_claims import restate_claims


@dataclass(frozen=True)
class BroughtIn:
    """What became of a file: its lines, and how many claims and links got another state than they had or said."""

    taken: Taken
    restated: int


def bring_in(*, by: User, lines: Iterable[Numbered], file: File, origin: str = "", check: bool = False) -> BroughtIn:
    """Bring in a whole file, or with `check` see what would become of it and store nothing. Raises Refusal."""
    with transaction.atomic():
        taken = import_work(by=by, lines=lines, file=file, origin=origin)
        restated = sum(restate_claims(by=by, claims=claims) for claims in some(taken.claims))
        restated += sum(restate_links(by=by, links=links, settled_at=taken.settled_at) for links in some(taken.links))
        restated += sum(restate_links(by=by, dated=claims) for claims in some(taken.dated))
        check_settled(taken.published)
        if check:
            transaction.set_rollback(True)
    return BroughtIn(taken, restated)
