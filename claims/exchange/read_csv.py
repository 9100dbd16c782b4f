"""A CSV file of claims as the lines of JSON Lines that say the same, so that it can be brought in.

CSV carries claims, labels, rulings, times, attributions with their sources, evidence in force and verdicts. A file of a
version that had fewer columns only counts evidence, and gives a verdict without its explanation: what is left out so
is counted.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final
from uuid import UUID

from claims.exchange.claim_details import FURTHER, OCCASION
from claims.exchange.csv_cells import decode_row
from claims.exchange.lines_of_rows import Row, said_of, whole
from claims.exchange.read_json_lines import Numbered
from claims.exchange.write_csv import HEADER
from claims.models import ArticleStatus, Claim, Source
from claims.refusals import Invalid

_LONGEST_CELL: Final = 4_000_000
_AT_ONCE: Final = 500
# The columns of files that were written before there were the further ones.
_FORMER: Final = HEADER[: -len(FURTHER)]
_OF_CLAIM: Final = ("zone", "unit", "prefix", "suffix", "quote", "opened_at")


def read_csv(file: Iterable[str], left_out: Counter[str]) -> Iterator[Numbered]:
    """Give what each row says, with the number of its row, the header being 1; `left_out` counts what cannot come back.

    `file` is opened with `newline=""`. Raises Invalid for a file of another form.
    """
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(file, strict=True)
    try:
        header = tuple(next(rows, []))
        if header not in {HEADER, _FORMER}:
            raise Invalid("The first row is not the one that an export of claims has. docs/csv.md lists the columns.")
        numbered = enumerate(rows, start=2)
        while some := list(islice(numbered, _AT_ONCE)):
            yield from _lines([(number, _row(number, cells, header)) for number, cells in some], left_out)
    except (csv.Error, UnicodeDecodeError) as wrong:
        raise Invalid(f"The file is no CSV in UTF-8 as it is exported: {wrong}.") from wrong


def _lines(rows: list[tuple[int, Row]], left_out: Counter[str]) -> Iterator[Numbered]:
    keys = {_key(row["claim_id"], number) for number, row in rows}
    known = set(Claim.objects.filter(pk__in=keys).values_list("pk", flat=True))
    articles = {_key(row["article_id"], number) for number, row in rows}
    texts = dict(ArticleStatus.objects.filter(pk__in=articles).values_list("article", "revision"))
    named = {key for _, row in rows for key in row["chain_ids"].split() if key != OCCASION}
    sources = set(map(str, Source.objects.filter(pk__in=[_key(key, 0) for key in named]).values_list("pk", flat=True)))
    for number, row in rows:
        claim = _claim(number, row)
        if UUID(row["claim_id"]) not in known:
            # A claim that somebody drew: it stands in the text that the article has.
            revision = texts.get(UUID(row["article_id"]))
            if revision is None:
                raise Invalid(f"Row {number}: its article is not here. Bring in the article first.")
            claim["revision"] = str(revision)
        yield number, claim
        yield from ((number, line) for line in said_of(number, row, sources, left_out))


def _row(number: int, cells: Sequence[str], header: Sequence[str]) -> Row:
    if len(cells) != len(header):
        raise Invalid(
            f"Row {number} has {len(cells)} cells and not {len(header)}. Was the file saved by another program?"
        )
    return dict(zip(header, decode_row(cells), strict=True))


def _key(text: str, number: int) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Invalid(f"Row {number} has no key where one has to stand: {text[:40]!r}.") from wrong


def _claim(number: int, row: Row) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "claim", "id": row["claim_id"], "article": row["article_id"]}
    places = {"start": whole(row["start"], number), "end": whole(row["end"], number)}
    if row["text_changed"]:
        # When its words changed no column says; it was not before its last judgement began.
        said["text_changed_at"] = row["assessed_at"] or row["opened_at"]
    for name in ("needed", "reopened_with"):
        if row.get(name):
            said[name] = whole(row[name], number)
    return said | places | {name: row[name] for name in _OF_CLAIM}
