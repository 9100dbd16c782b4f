"""Links as CSV: UTF-8, RFC 4180, one header row, columns in a fixed order; docs/csv.md says what each holds."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from claims.exchange.csv_cells import encode
from claims.exchange.link_rows import LINK_COLUMNS, link_rows
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block
from claims.models import User
from claims.models.link import LinkQuerySet

LINK_HEADER: Final = (*LINK_COLUMNS, "url")
# What people or texts say. The other columns hold keys, times, numbers and words of the scheme, which are safe.
_FREE: Final = tuple(
    LINK_COLUMNS.index(name)
    for name in (
        *(
            f"{side}_{part}"
            for side in "ab"
            for part in ("article_title", "outlet", "voice", "story", "quote", "event_time", "as_of")
        ),
        *("found_basis", "reason", "reviewer", "ruled_by", "ruling_explanation"),
    )
)
_ANY_LINK: Final = UUID(int=0)


def link_blocks(links: LinkQuerySet, *, viewer: User | AnonymousUser, base_url: str = "") -> Iterator[Block]:
    """Write these links as the viewer may see them, in blocks to be sent one after the other; the header comes first.

    `base_url` is the address of this workbench, for the addresses in the last column.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(LINK_HEADER)
    yield Block(written.getvalue(), 0)
    before, _, after = reverse("link-page", args=[_ANY_LINK]).partition(str(_ANY_LINK))
    before = base_url.rstrip("/") + before
    rows = link_rows(links, viewer)
    while batch := list(islice(rows, ROWS_IN_BLOCK)):
        written.seek(0)
        written.truncate()
        for row in batch:
            for column in _FREE:
                if text := row[column]:
                    row[column] = encode(text)
            row.append(f"{before}{row[0]}{after}")
        writer.writerows(batch)
        yield Block(written.getvalue(), len(batch))
