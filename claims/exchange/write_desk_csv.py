"""The lists of articles and of sources as CSV: UTF-8, RFC 4180, one header row; docs/csv.md says what they hold."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.urls import reverse

from claims.exchange.as_text import as_key, as_moment, as_text
from claims.exchange.claim_rows import CHUNK, Columns, snapshot
from claims.exchange.csv_cells import encode
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block
from claims.models.article import ArticleQuerySet
from claims.models.source import SourceQuerySet

_OF_ARTICLE: Final[Columns] = {
    "article_id": as_text("pk"),
    "received_at": as_text("received_at"),
    "title": "status__title",
    "address": "address",
    "outlet": "outlet__host",
    "voice": "voice",
    "author": "author",
    "published": "published",
    "updated": "updated",
    "page_date": "page_date",
    "genre": "genre",
    "story": "status__story__status__title",
    "language": "status__language",
    "claims": "status__claims_count",
}
_OF_SOURCE: Final[Columns] = {
    "source_id": as_text("pk"),
    "created_at": as_text("created_at"),
    "name": "name",
    "kind": "kind",
    "role": "role",
    "party": "party",
    "note": "note",
}
ARTICLE_HEADER: Final = (*_OF_ARTICLE, "url")
SOURCE_HEADER: Final = (*_OF_SOURCE, "url")


def article_blocks(articles: ArticleQuerySet, *, base_url: str) -> Iterator[Block]:
    """The articles, newest first, without their texts; the header comes first."""
    rows = articles.newest_first().values_list(*_OF_ARTICLE.values())
    return _blocks(rows, ARTICLE_HEADER, "article", base_url)


def source_blocks(sources: SourceQuerySet, *, base_url: str) -> Iterator[Block]:
    """The sources by name; the header comes first."""
    rows = sources.order_by("folded", "pk").values_list(*_OF_SOURCE.values())
    return _blocks(rows, SOURCE_HEADER, "source", base_url)


def _blocks(rows: "QuerySet[Model, Any]", header: Sequence[str], page: str, base_url: str) -> Iterator[Block]:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(header)
    yield Block(written.getvalue(), 0)
    with snapshot():
        found = iter(rows.iterator(chunk_size=CHUNK))
        while batch := list(islice(found, ROWS_IN_BLOCK)):
            written.seek(0)
            written.truncate()
            writer.writerows(_cells(row, page, base_url) for row in batch)
            yield Block(written.getvalue(), len(batch))


def _cells(row: Iterable[Any], page: str, base_url: str) -> list[Any]:
    """The key, a time, then what people or texts say, and the address of the row's page."""
    key, at, *told = row
    cells = [encode(value) if isinstance(value, str) else value for value in told]
    return [as_key(key), as_moment(at), *cells, base_url.rstrip("/") + reverse(page, args=[as_key(key)])]
