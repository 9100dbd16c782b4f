"""A CSV file of claims as the lines of JSON Lines that say the same, so that it can be brought in.

CSV carries claims, labels, rulings, times and attributions to sources that are here. It only counts evidence, and
gives a verdict without its explanation: neither can come back from it. What is left out so is counted.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final
from uuid import UUID

from claims.exchange.claim_details import ARROW, OCCASION
from claims.exchange.csv_cells import decode_row
from claims.exchange.read_json_lines import Numbered
from claims.exchange.write_csv import HEADER
from claims.models import ArticleStatus, Claim, Source
from claims.particulars import TimeKind
from claims.refusals import Invalid
from claims.vocabulary import SCHEME_VERSION, Basis

# Who ruled, dated or gave a verdict, a file of this form does not say.
NOT_NAMED: Final = "not named in the file"
_LONGEST_CELL: Final = 4_000_000
_AT_ONCE: Final = 500
Row = dict[str, str]
_OF_CLAIM: Final = ("zone", "unit", "prefix", "suffix", "quote", "opened_at")
_TICKS: Final = {"yes": True, "": False}


def read_csv(file: Iterable[str], left_out: Counter[str]) -> Iterator[Numbered]:
    """Give what each row says, with the number of its row, the header being 1; `left_out` counts what cannot come back.

    `file` is opened with `newline=""`. Raises Invalid for a file of another form.
    """
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(file, strict=True)
    try:
        if next(rows, []) != list(HEADER):
            raise Invalid("The first row is not the one that an export of claims has. docs/csv.md lists the columns.")
        numbered = enumerate(rows, start=2)
        while some := list(islice(numbered, _AT_ONCE)):
            yield from _lines(some, left_out)
    except (csv.Error, UnicodeDecodeError) as wrong:
        raise Invalid(f"The file is no CSV in UTF-8 as it is exported: {wrong}.") from wrong


def _lines(some: list[tuple[int, list[str]]], left_out: Counter[str]) -> Iterator[Numbered]:
    rows = [(number, _row(number, cells)) for number, cells in some]
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
        yield from ((number, line) for line in _said(number, row, sources, left_out))


def _row(number: int, cells: Sequence[str]) -> Row:
    if len(cells) != len(HEADER):
        raise Invalid(
            f"Row {number} has {len(cells)} cells and not {len(HEADER)}. Was the file saved by another program?"
        )
    return dict(zip(HEADER, decode_row(cells), strict=True))


def _key(text: str, number: int) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Invalid(f"Row {number} has no key where one has to stand: {text[:40]!r}.") from wrong


def _number(text: str, number: int) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid(f"Row {number} has no number where one has to stand: {text[:40]!r}.")
    return int(text)


def _claim(number: int, row: Row) -> dict[str, Any]:
    said: dict[str, Any] = {"type": "claim", "id": row["claim_id"], "article": row["article_id"]}
    places = {"start": _number(row["start"], number), "end": _number(row["end"], number)}
    return said | places | {name: row[name] for name in _OF_CLAIM}


def _said(number: int, row: Row, sources: set[str], left_out: Counter[str]) -> Iterator[dict[str, Any]]:
    of: dict[str, Any] = {"claim": row["claim_id"]}
    for kind, column in ((TimeKind.EVENT, "event_time"), (TimeKind.AS_OF, "as_of")):
        if row[column]:
            basis = {"basis": Basis.NOT_STATED.value, "by": NOT_NAMED}
            yield {"type": "time", **of, "kind": kind.value, "value": row[column]} | basis
    if row["label"]:
        judged = {name: row[name] for name in ("label", "reason", "note")}
        judged |= {"created_at": row["assessed_at"], "updated_at": row["updated_at"], "by": row["reviewer"]}
        scheme = {
            "scheme_version": _number(row["scheme_version"], number),
            "strength": _number(row["strength"], number),
        }
        yield {"type": "assessment", **of, **judged, **scheme}
        if attribution := _attribution(row, sources):
            yield attribution
        elif row["chain_ids"]:
            left_out["attribution"] += 1
    if row["ruled_label"]:
        ruled = {"label": row["ruled_label"], "reason": row["settled_reason"], "explanation": row["ruling_explanation"]}
        strength = {"strength": _number(row["settled_strength"], number), "scheme_version": SCHEME_VERSION}
        yield {"type": "ruling", **of, **ruled, **strength, "by": NOT_NAMED}
    if row["evidence_count"] not in {"", "0"}:
        left_out["evidence"] += 1
    if row["verdict"]:
        left_out["verdict"] += 1


def _attribution(row: Row, sources: set[str]) -> dict[str, Any] | None:
    """Who the reviewer found that the text names; None where nothing is said, or a source is not here."""
    keys, steps = row["chain_ids"].split(), row["chain"].split(ARROW) if row["chain"] else []
    words = {
        name: row[column]
        for name, column in (("cue", "cue"), ("source", "source_words"), ("content", "content_words"))
        if row[column]
    }
    chosen = {"mode": row["mode"], "scope": row["scope"], "quote": row["quote_kind"]}
    ticks = {name: _TICKS.get(row[name], False) for name in ("needs_locator", "content_is_opinion")}
    if not (keys or words or any(chosen.values()) or any(ticks.values())):
        return None
    if len(keys) != len(steps) or not {key for key in keys if key != OCCASION} <= sources:
        return None
    chain = [{"occasion": step} if key == OCCASION else {"source": key} for key, step in zip(keys, steps, strict=True)]
    of = {"type": "attribution", "claim": row["claim_id"], "by": row["reviewer"]}
    return of | chosen | ticks | {"words": words, "chain": chain}
