"""What became of the documents of an import as CSV: a row for each; docs/csv.md says what each column holds."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.urls import reverse

from claims.exchange.csv_cells import encode
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block
from claims.models import ImportItem, Job
from claims.transfers import ITEM_STATE_NAMES

HEADER: Final = ("file", "became", "article", "claims", "said")


def report_blocks(job: Job, base_url: str) -> Iterator[Block]:
    """The report as CSV, a line for each document, in blocks to be sent one after the other."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    yield Block(written.getvalue(), 0)
    fields = ("name", "state", "article", "claims_count", "said")
    rows = ImportItem.objects.filter(job=job).order_by("position").values_list(*fields).iterator(ROWS_IN_BLOCK)
    while batch := list(islice(rows, ROWS_IN_BLOCK)):
        written.seek(0)
        written.truncate()
        for name, state, article, claims, said in batch:
            address = f"{base_url.rstrip('/')}{reverse('article', args=[article])}" if article else ""
            writer.writerow([encode(name), ITEM_STATE_NAMES[state], address, claims, encode(said)])
        yield Block(written.getvalue(), len(batch))
