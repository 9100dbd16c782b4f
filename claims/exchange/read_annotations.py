"""Files of W3C Web Annotations, read back: our own as they were written, those of other tools as far as they say.

Nothing is looked up here and nothing is stored: what comes out are plain entries, each a dict whose `kind` says which:

`claim` (ours): claim_id, article_id, revision_id, address, unit, zone, start, end, quote, prefix, suffix, opened_at,
state; `assessments`, each with label, strength, reason, note, reviewer, assessed_at, updated_at,
scheme_version; `settled` {label, strength, reason} or None; `ruling` {label, explanation} or None.
`link` (ours): link_id, a_claim_id, b_claim_id, created_at, settled_at, state; `findings`, each with relation, subtype,
from_claim_id, independence, signs, basis, reason, reviewer, assessed_at, updated_at, scheme_version; `settled`,
`ruling` (with by).
`foreign` (another tool's): id, address, quote, prefix, suffix, start, end (None where it does not say), `words` (what
its bodies say), creator, created. They become claims with a note, never assessments (see claims.exchange.anchoring).
`unread`: place, why.

Times are texts in ISO 8601; a value that the file does not have is "" or None.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from claims.exchange.annotation_parts import NOTE, RULING, SETTLED_LABEL, URN
from claims.exchange.annotation_shapes import annotations_in, is_annotation
from claims.exchange.foreign_annotation import foreign_entry
from claims.refusals import Invalid

MAX_FILE: Final = 50_000_000
MAX_LINE: Final = 2_000_000
Json = dict[str, Any]
_NO_JSON: Final = "This is no JSON, or it is nested too deeply: export it again and send the file as it came."


def read_annotations(lines: Iterable[str]) -> Iterator[Json]:
    """The entries of a file, in its order; `lines` is the open file, or its lines with their line ends.

    A file that we wrote is read line by line, in constant memory; any other whole, up to MAX_FILE characters. Raises
    Invalid where it is no JSON or holds no annotation at all.
    """
    left = iter(lines)
    first = next(left, "").removeprefix("\ufeff")
    second = next(left, "") if first == "[\n" else ""
    if second.endswith('"items":[\n'):
        yield from _of_lines(left)
        return
    value = _parsed(_whole(chain([first, second], left)))
    is_any = False
    for number, annotation in enumerate(annotations_in(value), 1):
        is_any = True
        yield entry_of(annotation, f"annotation {number}")
    if not is_any:
        raise Invalid("There is no annotation in this file: it takes those of the W3C's Web Annotation Data Model.")


def entry_of(annotation: Any, place: str) -> Json:
    """What one annotation says; `place` names it where it cannot be read."""
    if not is_annotation(annotation):
        return {"kind": "unread", "place": place, "why": "It is not of the type Annotation."}
    try:
        if _key(annotation.get("link")) and _words(annotation.get("motivation")) == "linking":
            return _link(annotation)
        if _key(annotation.get("claim")):
            return _claim(annotation)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return {"kind": "unread", "place": place, "why": "It looks like one of ours, and parts of it are missing."}
    return foreign_entry(annotation, place)


def _of_lines(lines: Iterator[str]) -> Iterator[Json]:
    number = 0
    for line in lines:
        if line.startswith('{"id":'):
            number += 1
            if len(line) > MAX_LINE:
                yield {"kind": "unread", "place": f"annotation {number}", "why": f"It is longer than {MAX_LINE:,}."}
            else:
                yield entry_of(_parsed(line.rstrip("\n").removesuffix(",")), f"annotation {number}")


def _whole(lines: Iterable[str]) -> str:
    parts, length = [], 0
    for line in lines:
        length += len(line)
        if length > MAX_FILE:
            raise Invalid(f"The file is longer than {MAX_FILE:,} characters. Split it into several.")
        parts.append(line)
    return "".join(parts)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise Invalid(_NO_JSON) from wrong


def _claim(annotation: Json) -> Json:
    target = annotation["target"]
    quote, position = target["selector"]
    bodies = annotation.get("body", [])
    said: Json = {
        "kind": "claim",
        "claim_id": _key(annotation["claim"]),
        "article_id": _key(target["article"]),
        # Files of before had it in the state.
        "revision_id": _key(target["revision"] if "revision" in target else target["state"]["revision"]),
        "address": "" if target["source"].startswith(URN) else target["source"],
        "unit": annotation["unit"],
        "zone": annotation["zone"],
        "start": int(position["start"]),
        "end": int(position["end"]),
        "quote": quote["exact"],
        "prefix": quote["prefix"],
        "suffix": quote["suffix"],
        "opened_at": annotation["created"],
        "state": annotation["reviewState"],
    }
    settled = _only(bodies, SETTLED_LABEL)
    ruling = _only(bodies, RULING)
    return said | {
        "assessments": [_judged(body, note, "label") for body, note in _with_notes(bodies)],
        "settled": _label(settled, "label") if settled else None,
        "ruling": {"label": ruling["ruled"], "explanation": ruling["value"]} if ruling else None,
    }


def _link(annotation: Json) -> Json:
    a, b = annotation["target"]
    bodies = annotation.get("body", [])
    settled, ruling = _only(bodies, SETTLED_LABEL), _only(bodies, RULING)
    ruled = ruling and {"relation": ruling["ruled"], "explanation": ruling["value"], "by": _by(ruling)}
    return {
        "kind": "link",
        "link_id": _key(annotation["link"]),
        "a_claim_id": _key(a["claim"]),
        "b_claim_id": _key(b["claim"]),
        "created_at": annotation["created"],
        "settled_at": annotation.get("settledAt", ""),
        "state": annotation["reviewState"],
        "findings": [_found(body, note) for body, note in _with_notes(bodies)],
        "settled": _related(settled) if settled else None,
        "ruling": ruled,
    }


def _with_notes(bodies: list[Json]) -> Iterator[tuple[Json, str]]:
    """Each label that somebody gave, with the note that stands right behind it."""
    for number, body in enumerate(bodies):
        if body["standing"] == "assessment":
            behind = bodies[number + 1] if number + 1 < len(bodies) else {}
            yield body, behind["value"] if behind.get("standing") == NOTE else ""


def _judged(body: Json, note: str, name: str) -> Json:
    return _label(body, name) | {"note": note} | _when_and_who(body)


def _found(body: Json, note: str) -> Json:
    return _related(body) | {"basis": body.get("basis", ""), "reason": note} | _when_and_who(body)


def _when_and_who(body: Json) -> Json:
    dates = {"assessed_at": body["created"], "updated_at": body["modified"]}
    return {"reviewer": _by(body), **dates, "scheme_version": int(body["schemeVersion"])}


def _label(body: Json, name: str) -> Json:
    return {name: body["value"], "strength": body.get("strength"), "reason": body.get("reason", "")}


def _related(body: Json) -> Json:
    said = {name: body.get(name, "") for name in ("subtype", "independence", "signs")}
    return {"relation": body["value"], "from_claim_id": _key(body.get("from")), **said}


def _by(body: Json) -> str:
    return str(body["creator"]["nickname"])


def _only(bodies: list[Json], standing: str) -> Json | None:
    return next((body for body in bodies if body["standing"] == standing), None)


def _key(iri: object) -> str:
    return iri.removeprefix(URN) if isinstance(iri, str) and iri.startswith(URN) else ""


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""
