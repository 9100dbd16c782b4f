"""Annotations of other tools: what they are about and what they say, whichever of the model's spellings they use."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urldefrag

from claims.exchange.annotation_shapes import types_of

Json = dict[str, Any]
MAX_WORDS: Final = 5_000
MOST_BODIES: Final = 50
_PREFIXES: Final = ("", "oa:", "http://www.w3.org/ns/oa#")
# The names that Open Annotation had before the model, and Hypothesis' own.
_OLDER: Final = {
    "target": ("hasTarget",),
    "body": ("hasBody",),
    "source": ("hasSource", "full"),
    "selector": ("hasSelector",),
    "motivation": ("motivatedBy",),
    "value": ("chars", "cnt:chars", "rdf:value", "text"),
    "creator": ("annotatedBy", "user"),
    "created": ("annotatedAt",),
}


def foreign_entry(annotation: Json, place: str) -> Json:
    """What one annotation of another tool says, as claims.exchange.read_annotations describes it.

    Of several targets the first that names words counts: two places at once are two claims, and which of them a tag
    means nobody says.
    """
    targets = [_target(one) for one in _several(_of(annotation, "target"))]
    targets = [one for one in targets if one]
    best = next((one for one in targets if one["quote"] or one["start"] is not None), None)
    if best is None:
        why = "It names no words of a text: neither a quote nor a place." if targets else "It is about nothing."
        return {"kind": "unread", "place": place, "why": why}
    created = _of(annotation, "created")
    return {
        "kind": "foreign",
        "place": place,
        "id": _iri(annotation),
        **best,
        "words": list(_said(annotation)),
        "creator": _name(_of(annotation, "creator")),
        "created": created if isinstance(created, str) else "",
        "other_targets": len(targets) - 1,
    }


def _of(node: Json, name: str) -> Any:
    for spelling in (name, *_OLDER.get(name, ())):
        for prefix in _PREFIXES:
            if (found := node.get(prefix + spelling)) is not None:
                return found
    return None


def _several(value: Any) -> list[Any]:
    if isinstance(value, dict) and types_of(value) & {"Choice", "Composite", "List", "Independents"}:
        value = value.get("items") or value.get("members") or value.get("item") or []
    return value if isinstance(value, list) else [] if value is None else [value]


def _target(target: Any) -> Json:
    """The address and the words of one target; {} for what is none."""
    if isinstance(target, str):
        return _place(target, [])
    if not isinstance(target, dict):
        return {}
    source = _of(target, "source")
    address = source if isinstance(source, str) else _iri(source) if isinstance(source, dict) else _iri(target)
    return _place(address, list(_selectors(_of(target, "selector"))))


def _place(address: str, selectors: list[Json]) -> Json:
    found: Json = {"address": urldefrag(address)[0] if "://" in address else address}
    found |= {"quote": "", "prefix": "", "suffix": "", "start": None, "end": None}
    for selector in selectors:
        if not found["quote"] and isinstance(exact := _of(selector, "exact"), str):
            around = {name: _of(selector, name) for name in ("prefix", "suffix")}
            found |= {"quote": exact} | {name: part if isinstance(part, str) else "" for name, part in around.items()}
        elif found["start"] is None and "TextPositionSelector" in types_of(selector):
            found |= {"start": _count(_of(selector, "start")), "end": _count(_of(selector, "end"))}
    return found


def _selectors(value: Any, depth: int = 0) -> Iterator[Json]:
    """The selectors with those that refine them, outermost first."""
    for selector in _several(value):
        if isinstance(selector, dict) and depth < MOST_BODIES:
            yield selector
            yield from _selectors(selector.get("refinedBy"), depth + 1)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _said(annotation: Json) -> Iterator[str]:
    """What the bodies say, in their order, without those that say nothing in words."""
    body = _of(annotation, "body")
    bodies = [*_several(body if body is not None else annotation.get("bodyValue")), *_several(annotation.get("tags"))]
    # Hypothesis' own lists have the comment beside the tags.
    bodies += [annotation["text"]] if isinstance(annotation.get("text"), str) and body is None else []
    for one in bodies[:MOST_BODIES]:
        words = one if isinstance(one, str) else _of(one, "value") if isinstance(one, dict) else None
        if isinstance(words, dict):
            words = words.get("@value")
        if isinstance(words, str) and words.strip():
            yield words.strip()[:MAX_WORDS]


def _name(creator: Any) -> str:
    for one in _several(creator):
        if isinstance(one, str):
            return one[:200]
        if isinstance(one, dict):
            return str(next((one[name] for name in ("name", "nickname", "id", "@id") if one.get(name)), ""))[:200]
    return ""


def _iri(node: Json) -> str:
    given = node.get("id", node.get("@id", ""))
    return given if isinstance(given, str) else ""
