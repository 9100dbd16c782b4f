"""What a row of a CSV file of claims says beyond its claim, as lines of JSON Lines."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from claims.exchange.claim_details import ARROW, OCCASION, OF_EVIDENCE, OF_SOURCE
from claims.exchange.names import NOT_NAMED
from claims.particulars import TimeKind
from claims.refusals import Invalid
from claims.vocabulary import SCHEME_VERSION, Basis

Row = dict[str, str]
Line = dict[str, Any]
_TICKS: Final = {"yes": True, "": False}
_MOST_LISTED: Final = 1_000


def said_of(number: int, row: Row, sources: set[str], left_out: Counter[str]) -> Iterator[Line]:
    """What the row says of its claim; `sources` are those that are here already. Raises Invalid."""
    of: Line = {"claim": row["claim_id"]}
    for kind, column in ((TimeKind.EVENT, "event_time"), (TimeKind.AS_OF, "as_of")):
        if row[column]:
            basis = {"basis": Basis.NOT_STATED.value, "by": NOT_NAMED}
            yield {"type": "time", **of, "kind": kind.value, "value": row[column]} | basis
    if row["label"]:
        judged = {name: row[name] for name in ("label", "reason", "note")}
        judged |= {"created_at": row["assessed_at"], "updated_at": row["updated_at"], "by": row["reviewer"]}
        scheme = {"scheme_version": whole(row["scheme_version"], number), "strength": whole(row["strength"], number)}
        yield {"type": "assessment", **of, **judged, **scheme}
        yield from _attribution(number, row, sources, left_out)
    if row["ruled_label"]:
        ruled = {"label": row["ruled_label"], "reason": row["settled_reason"], "explanation": row["ruling_explanation"]}
        strength = {"strength": whole(row["settled_strength"], number), "scheme_version": SCHEME_VERSION}
        yield {"type": "ruling", **of, **ruled, **strength, "by": row.get("ruled_by") or NOT_NAMED}
    yield from _evidence(number, row, left_out)
    yield from _verdict(row, left_out)


def whole(text: str, number: int) -> int | None:
    """The whole number in a cell, None where it is empty. Raises Invalid."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid(f"Row {number} has no number where one has to stand: {text[:40]!r}.")
    return int(text)


def _listed(row: Row, column: str, number: int) -> list[Line]:
    """The objects of a list in JSON; none where the cell is empty. Raises Invalid."""
    if not row.get(column):
        return []
    try:
        found = json.loads(row[column])
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list) and len(found) <= _MOST_LISTED and all(isinstance(each, dict) for each in found):
        return found
    raise Invalid(f"Row {number}, column {column}, holds no list in JSON as an export writes it.")


def _attribution(number: int, row: Row, sources: set[str], left_out: Counter[str]) -> Iterator[Line]:
    """Who the reviewer found that the text names, behind the sources that it names and that are not here."""
    words = {
        name: row[column]
        for name, column in (("cue", "cue"), ("source", "source_words"), ("content", "content_words"))
        if row[column]
    }
    chosen = {"mode": row["mode"], "scope": row["scope"], "quote": row["quote_kind"]}
    ticks = {name: _TICKS.get(row[name], False) for name in ("needs_locator", "content_is_opinion")}
    if not (row["chain_ids"] or words or any(chosen.values()) or any(ticks.values())):
        return
    if row.get("route"):
        chain = []
        for step in _listed(row, "route", number):
            if "occasion" not in step:
                yield {"type": "source", "id": step.get("id"), "created_by": NOT_NAMED} | _only(step, OF_SOURCE)
            chain.append({"occasion": step["occasion"]} if "occasion" in step else {"source": step.get("id")})
    elif (former := _former_chain(row, sources)) is not None:
        chain = former
    else:
        left_out["attribution"] += 1
        return
    of = {"type": "attribution", "claim": row["claim_id"], "by": row["reviewer"]}
    yield of | chosen | ticks | {"words": words, "chain": chain}


def _former_chain(row: Row, sources: set[str]) -> list[Line] | None:
    """The route of a file that names its sources by key alone; None where one of them is not here."""
    keys, steps = row["chain_ids"].split(), row["chain"].split(ARROW) if row["chain"] else []
    if len(keys) != len(steps) or not {key for key in keys if key != OCCASION} <= sources:
        return None
    return [{"occasion": step} if key == OCCASION else {"source": key} for key, step in zip(keys, steps, strict=True)]


def _evidence(number: int, row: Row, left_out: Counter[str]) -> Iterator[Line]:
    if "evidence" not in row and row["evidence_count"] not in {"", "0"}:
        left_out["evidence"] += 1
    for piece in _listed(row, "evidence", number):
        yield {"type": "evidence", "claim": row["claim_id"]} | _only(piece, OF_EVIDENCE)


def _verdict(row: Row, left_out: Counter[str]) -> Iterator[Line]:
    if not row["verdict"]:
        return
    if "verdict_by" not in row:
        left_out["verdict"] += 1
        return
    said = {"value": row["verdict"], "as_of": row["verdict_as_of"], "valid_until": row["verdict_valid_until"]}
    said |= {"explanation": row["verdict_explanation"], "by": row["verdict_by"] or NOT_NAMED}
    yield {"type": "verdict", "claim": row["claim_id"], **said, "evidence": row["verdict_evidence"].split()}


def _only(said: Line, names: tuple[str, ...]) -> Line:
    return {name: said[name] for name in names if name in said}
