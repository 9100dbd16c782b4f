"""Keys and times are written alike, whichever database they come from."""

from datetime import UTC, datetime

import pytest

from claims.exchange.as_text import as_moment, as_text
from claims.models import Claim, ClaimStatus

NOON = datetime(2026, 4, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("microsecond", "written"),
    [
        (0, "2026-04-30T12:00:00Z"),
        (100_000, "2026-04-30T12:00:00.1Z"),
        (120, "2026-04-30T12:00:00.00012Z"),
        (123_456, "2026-04-30T12:00:00.123456Z"),
    ],
)
def test_a_time_has_the_same_form_on_both_databases(microsecond: int, written: str, claim: Claim) -> None:
    ClaimStatus.objects.filter(claim=claim).update(opened_at=NOON.replace(microsecond=microsecond))
    (text,) = ClaimStatus.objects.filter(claim=claim).annotate(text=as_text("opened_at")).values_list("text", flat=True)
    assert as_moment(text) == written
