"""Web Annotations as the lines of JSON Lines that say the same, so that they can be brought in."""

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from claims.exchange.anchoring import Anchored, anchored
from claims.exchange.names import NOT_NAMED
from claims.exchange.read_annotations import read_annotations
from claims.exchange.read_json_lines import Numbered
from claims.models import Claim, Revision, User
from claims.models.keys import named_key, span_key
from claims.text.context import clip
from claims.text.quoted_place import Unplaced
from claims.text.standing import words_at
from claims.vocabulary import SCHEME_VERSION, ClaimUnit

Line = dict[str, Any]
_OF_CLAIM: Final = ("zone", "unit", "start", "end", "quote", "prefix", "suffix", "opened_at")
_LONGEST_NOTE: Final = 3_500
_LONGEST_NAME: Final = 150
_SHOWN: Final = 60
MOST_REASONS: Final = 1_000


def lines_of_annotations(
    file: Iterable[str], left_out: Counter[str], *, by: User, reasons: list[str]
) -> Iterator[Numbered]:
    """Give what each annotation says, with its number, from 1; `left_out` counts those that say nothing to us.

    `reasons` gets a sentence for each of these, MOST_REASONS at most: which one it is, and why it is left out.
    Annotations of other tools become claims with a comment in the name of who wrote them, never labels. Raises Invalid
    for a file that holds no annotations.
    """
    for number, entry in enumerate(read_annotations(file), start=1):
        match entry["kind"]:
            case "claim":
                lines = _claim(entry)
            case "link":
                lines = _link(entry)
            case "foreign":
                try:
                    place = anchored(entry, by=by)
                except Unplaced as lost:
                    left_out["annotation of another tool"] += 1
                    _tell(reasons, f"{_name_of(entry)}: {lost}.")
                    continue
                lines = _foreign(entry, place)
            case _:
                left_out["annotation"] += 1
                _tell(reasons, f"{entry['place']}: {entry['why']}")
                continue
        yield from ((number, line) for line in lines)


def _tell(reasons: list[str], reason: str) -> None:
    if len(reasons) < MOST_REASONS:
        reasons.append(reason)


def _name_of(entry: Line) -> str:
    """Which annotation it is: its place in the file, and its key or else its words."""
    called = clip(entry["id"], 2 * _SHOWN) or f"“{clip(entry['quote'], _SHOWN)}”"
    return f"{entry['place']} ({called})"


def _claim(entry: Line) -> Iterator[Line]:
    keys = {"id": entry["claim_id"], "article": entry["article_id"], "revision": entry["revision_id"]}
    yield {"type": "claim", **keys} | {name: entry[name] for name in _OF_CLAIM}
    of = {"claim": entry["claim_id"]}
    for given in entry["assessments"]:
        judged = {name: given[name] for name in ("label", "strength", "reason", "note", "scheme_version")}
        yield {"type": "assessment", **of, **judged, **_who(given)}
    if ruling := entry["ruling"]:
        settled = entry["settled"] or {"strength": None, "reason": ""}
        parts = {"strength": settled["strength"], "reason": settled["reason"], "explanation": ruling["explanation"]}
        yield {"type": "ruling", **of, **parts, "label": ruling["label"]} | _nobody()


def _link(entry: Line) -> Iterator[Line]:
    a = entry["a_claim_id"]
    keys = {"id": entry["link_id"], "a": a, "b": entry["b_claim_id"], "created_at": entry["created_at"]}
    settled = {"settled_at": entry["settled_at"]} if entry["settled_at"] else {}
    yield {"type": "link", **keys, **settled}
    of = {"link": entry["link_id"]}
    for given in entry["findings"]:
        words = {name: given[name] for name in ("reason", "basis", "scheme_version")}
        yield {"type": "link_assessment", **of, **_found(given, a), **words, **_who(given)}
    if ruling := entry["ruling"]:
        settled = _found(entry["settled"] or {"subtype": "", "independence": "", "from_claim_id": "", "signs": ""}, a)
        found = settled | {"relation": ruling["relation"], "explanation": ruling["explanation"]}
        yield {"type": "link_ruling", **of, **found, **_nobody(), "by": ruling["by"]}


def _found(given: Line, a: str) -> Line:
    origin, signs = given["from_claim_id"], given["signs"]
    return {
        "relation": given.get("relation", ""),
        "subtype": given["subtype"],
        "forward": origin == a if origin else None,
        "independence": given["independence"] or "unknown",
        "signs": signs.split() if isinstance(signs, str) else signs,
    }


def _who(given: Line) -> Line:
    return {"by": given["reviewer"], "created_at": given["assessed_at"], "updated_at": given["updated_at"]}


def _nobody() -> Line:
    return {"by": NOT_NAMED, "scheme_version": SCHEME_VERSION}


def _foreign(entry: Line, place: Anchored) -> Iterator[Line]:
    claim = Claim.objects.filter(revision=place.revision_id, start=place.start, end=place.end).first()
    if claim is None:
        yield (drawn := _drawn(place))
    key = str(claim.pk) if claim else drawn["id"]
    if words := "\n".join(entry["words"]).strip():
        who = " ".join((entry["creator"] or NOT_NAMED).split())[:_LONGEST_NAME]
        comment = {"id": str(named_key("comment", f"{entry['id']}\n{key}\n{words}")), "claim": key, "by": who}
        yield {"type": "comment", **comment, "body": f"<p>{escape(words[:_LONGEST_NOTE], quote=False)}</p>"}


def _drawn(place: Anchored) -> Line:
    revision = Revision.objects.only("text").get(pk=place.revision_id)
    words = words_at(revision.text, place.start, place.end)
    zone = revision.zones.filter(start__lte=place.start, end__gte=place.end).values_list("kind", flat=True)[0]
    key = span_key(place.revision_id, place.start, place.end, ClaimUnit.SPAN)
    keys = {"id": str(key), "article": str(place.article_id), "revision": str(place.revision_id)}
    borders = {"start": place.start, "end": place.end, "zone": zone, "unit": ClaimUnit.SPAN.value}
    return {"type": "claim", **keys, **borders, "quote": words.exact, "prefix": words.prefix, "suffix": words.suffix}
