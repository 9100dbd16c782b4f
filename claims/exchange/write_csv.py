"""Claims as CSV: UTF-8, RFC 4180, one header row, columns in a fixed order; docs/csv.md says what each holds."""

import csv
import io
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from claims.exchange.claim_details import DETAIL_COLUMNS, UNTOUCHED
from claims.exchange.claim_rows import COLUMNS, claim_rows
from claims.exchange.csv_cells import encode
from claims.models import User
from claims.models.claim import ClaimQuerySet

HEADER: Final = (*COLUMNS, "url", *DETAIL_COLUMNS)
ROWS_IN_BLOCK: Final = 500
# What people or texts say. The other columns hold keys, times, numbers and words of the scheme, which are safe.
_FREE_TEXT: Final = tuple(map(COLUMNS.index, ("quote", "prefix", "suffix", "note", "ruling_explanation")))
# The same, where rows beside each other say the same.
_COMMON_TEXT: Final = tuple(
    map(COLUMNS.index, ("article_title", "outlet", "voice", "story", "reviewer", "proposal_why"))
)
_encode_common: Final = lru_cache(maxsize=1_000)(encode)
_FREE_DETAILS: Final = tuple(
    DETAIL_COLUMNS.index(name)
    for name in (
        "source_name", "chain", "cue", "source_words", "content_words", "event_time", "as_of", "verdict_as_of",
        "route", "evidence", "verdict_explanation", "verdict_valid_until", "verdict_by", "ruled_by",
    )
)  # fmt: skip
_ANY_CLAIM: Final = UUID(int=0)


class Block(NamedTuple):
    """Some lines of the file, and how many rows of claims they hold."""

    text: str
    rows: int


def csv_blocks(
    claims: ClaimQuerySet, *, viewer: User | AnonymousUser, base_url: str = "", page: str = ""
) -> Iterator[Block]:
    """Write these claims as the viewer may see them, in blocks to be sent one after the other; the header comes first.

    `base_url` is the address of this workbench, for the links in the last column to the desk's page of each claim;
    `page` is the address where all of these claims stand instead, each under its key.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    yield Block(written.getvalue(), 0)
    before, after = (f"{page}#claim-", "") if page else _page_address(base_url)
    rows = claim_rows(claims, viewer)
    while batch := list(islice(rows, ROWS_IN_BLOCK)):
        written.seek(0)
        written.truncate()
        for row, details in batch:
            for column in _FREE_TEXT:
                if text := row[column]:
                    row[column] = encode(text)
            for column in _COMMON_TEXT:
                if text := row[column]:
                    row[column] = _encode_common(text)
            row.append(f"{before}{row[0]}{after}")
            if details is not UNTOUCHED:
                for column in _FREE_DETAILS:
                    details[column] = encode(details[column])
            row += details
        writer.writerows(row for row, _ in batch)
        yield Block(written.getvalue(), len(batch))


def _page_address(base_url: str) -> tuple[str, str]:
    """What stands before and after the key in the address of a claim's page."""
    before, _, after = reverse("claim", args=[_ANY_CLAIM]).partition(str(_ANY_CLAIM))
    return base_url.rstrip("/") + before, after
