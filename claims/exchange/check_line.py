"""What a line has to be beyond its single values: words stand where it says, hashes are those of the bytes."""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from claims.exchange.check_value import Wrong, address, cleaned, key, text
from claims.models.link import link_key
from claims.models.verdict_publication import PIECE
from claims.particulars import Stance
from claims.relations import OriginSignKind
from claims.text import edtf
from claims.text.addresses import fault_of
from claims.text.hops import HOP_KINDS
from claims.transfers import PUBLICATIONS_READ, PublicationState
from claims.vocabulary import Basis

Values = dict[str, Any]
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MOST_PIECES: Final = 1_000
_LENGTHS: Final = {"title": 300, "quote": 4_000, "date": 60}
_HOST: Final = re.compile(r"[^\s/\\@]+")


def check_place(values: Values, words: str) -> None:
    """Raise Wrong unless the quote, and what is given around it, stand at the place in the text of the revision."""
    start, end = values["start"], values["end"]
    if not start < end <= len(words):
        raise Wrong("start and end lie outside of the text of the revision")
    if words[start:end] != values["quote"]:
        raise Wrong("quote is not what stands at this place of the revision's text")
    if not words[:start].endswith(values["prefix"]) or not words[end:].startswith(values["suffix"]):
        raise Wrong("prefix or suffix is not what stands around the quote")


def check_line(kind: str, values: Values) -> None:
    """Raise Wrong with what does not fit; the texts that spans lie in are looked at elsewhere."""
    if check := _CHECKS.get(kind):
        check(values)


def _revision(values: Values) -> None:
    if not _SHA256.fullmatch(values["sha256"]):
        raise Wrong("sha256 is no SHA-256 in hex")
    if not values["text"] and not values["raw"]:
        return  # withdrawn: the hash stays
    if hashlib.sha256(values["raw"]).hexdigest() != values["sha256"]:
        raise Wrong("sha256 is not that of the bytes")
    if not isinstance(values["replaced"], list) or not all(type(place) is int for place in values["replaced"]):
        raise Wrong("replaced is no list of places")


def _outlet(values: Values) -> None:
    if not _HOST.fullmatch(values["host"]):
        raise Wrong("host is no name of a host")


def _article(values: Values) -> None:
    if values["story"] is not None and values["revision"] is None:
        raise Wrong("revision is missing")
    bases, credits = values["bases"], values["credits"]
    if not isinstance(bases, dict) or not isinstance(credits, list):
        raise Wrong("bases or credits is not of the right form")
    for credit in credits:
        text(credit, 1_000)
    for basis in bases.values():
        if not isinstance(basis, dict) or basis.get("basis") not in list(Basis):
            raise Wrong("bases holds what is no basis")
        text(basis.get("note", ""), 2_000)
        address(basis.get("link", ""))


def _link(values: Values) -> None:
    if not values["a"] < values["b"] or values["id"] != link_key(values["a"], values["b"]):
        raise Wrong("id is not the key of the link between the two claims")
    _signs(values)


def _signs(values: Values) -> None:
    signs = values["signs"]
    if not isinstance(signs, list) or not all(sign in list(OriginSignKind) for sign in signs):
        raise Wrong("signs holds what is no sign of an origin")


def _time(values: Values) -> None:
    if values["value"]:
        _edtf(values["value"])


def _edtf(value: str) -> None:
    try:
        edtf.parse(value)
    except ValueError as wrong:
        raise Wrong(f"is no time: {wrong}") from wrong


def _evidence(values: Values) -> None:
    if not values["url"]:
        raise Wrong("url is missing")


def _publication(values: Values) -> None:
    pieces = values["evidence"]
    if not isinstance(pieces, list) or len(pieces) > _MOST_PIECES:
        raise Wrong("evidence is no list, or one that is too long")
    for piece in pieces:
        _check_piece(piece)
    decided = values["decided_by"]
    if values["state"] == PublicationState.PROPOSED:
        return
    if decided is None or values["decided_at"] is None:
        raise Wrong("decided_by or decided_at is missing: nothing is decided by nobody")
    if decided == values["proposed_by"] and values["state"] in PUBLICATIONS_READ:
        raise Wrong("decided_by is who put it forward: a second moderator lets a verdict out")


def _check_piece(piece: Any) -> None:
    if not isinstance(piece, dict) or set(piece) != set(PIECE):
        raise Wrong(f"evidence holds what is no piece of evidence; one has {', '.join(PIECE)}")
    key(piece["id"])
    if text(piece["stance"]) not in list(Stance):
        raise Wrong("evidence holds a stance that the scheme does not know")
    for name in ("url", "archived_url"):
        if address(piece[name]) and (fault := fault_of(piece[name])):
            raise Wrong(f"{name} of a piece of evidence {fault}")
    if not piece["url"]:
        raise Wrong("url of a piece of evidence is missing")
    for name in ("title", "quote", "date"):
        text(piece[name], _LENGTHS[name])
    piece["note"] = cleaned(piece["note"])


def _spans(values: Values) -> None:
    for name in ("cue", "source", "content"):
        span = values[name]
        if span is not None and not _is_span(span):
            raise Wrong(f"{name} is no span")


def _is_span(span: Any) -> bool:
    return (
        isinstance(span, list)
        and len(span) == 2
        and all(type(place) is int for place in span)
        and 0 <= span[0] < span[1]
    )


def _attribution(values: Values) -> None:
    _spans(values)
    words = values["words"]
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
        raise Wrong("words is not of the right form")


def _proposal(values: Values) -> None:
    _spans(values)
    steps = values["chain"]
    if not isinstance(steps, list) or not all(
        isinstance(step, dict)
        and step.get("kind") in list(HOP_KINDS)
        and _is_span([step.get("start"), step.get("end")])
        for step in steps
    ):
        raise Wrong("chain is no route")


_CHECKS: Final[Mapping[str, Callable[[Values], None]]] = {
    "outlet": _outlet,
    "article": _article,
    "revision": _revision,
    "proposal": _proposal,
    "time": _time,
    "attribution": _attribution,
    "evidence": _evidence,
    "publication": _publication,
    "link": _link,
    "link_assessment": _signs,
    "link_ruling": _signs,
}


def step_of(step: Any) -> tuple[UUID | None, str]:
    """One step of a route: the key of its source, or the occasion in words. Raises Wrong."""
    if isinstance(step, dict) and set(step) == {"source"} and isinstance(step["source"], str):
        try:
            return UUID(step["source"]), ""
        except ValueError as wrong:
            raise Wrong("chain holds what is no key of a source") from wrong
    if isinstance(step, dict) and set(step) == {"occasion"} and (words := text(step["occasion"], 200)):
        return None, words
    raise Wrong("chain holds what is no step of a route")
