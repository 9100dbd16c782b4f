"""What the Web Annotation Data Model demands: each MUST in our own words, with the number of its section.

https://www.w3.org/TR/2017/REC-annotation-model-20170223/ ; what is only recommended there is not held here, but for
what this project promises (marked "promised").
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}
DATES = {"created", "modified", "generated"}
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
# Every term that the model's context defines and that we use; anything else has to be defined in a context of ours.
TERMS = {
    *("id", "type", "body", "target", "motivation", "purpose", "created", "modified", "creator", "nickname"),
    *(
        "source",
        "selector",
        "state",
        "sourceDate",
        "sourceDateStart",
        "sourceDateEnd",
        "exact",
        "prefix",
        "suffix",
        "start",
        "end",
    ),
    *("value", "format", "items", "partOf", "next", "prev", "first", "last", "total", "startIndex", "label"),
}


def broken_by_annotation(annotation: Json) -> list[str]:
    """The MUSTs that one annotation breaks."""
    found = list(_of_annotation(annotation))
    for body in several(annotation.get("body")):
        found += _of_body(body)
    for target in several(annotation.get("target")):
        found += _of_target(target)
    return found + list(_of_dates(annotation))


def broken_by_page(page: Json) -> list[str]:
    """The MUSTs that a page breaks, its annotations included."""
    found = [*_of_context(page), *_of_terms(page)]
    if not is_iri(page.get("id")):
        found.append("5.2 a page has exactly one IRI")
    if "AnnotationPage" not in several(page.get("type")):
        found.append("5.2 a page is of the type AnnotationPage")
    if not isinstance(page.get("items"), list):
        found.append("5.2 a page has its annotations as a list under items")
    if "startIndex" in page and not is_count(page["startIndex"]):
        found.append("5.2 startIndex is a whole number that is not negative")
    led_to = {name: page[name] for name in ("next", "prev", "partOf") if name in page}
    nameless = [name for name, one in led_to.items() if not is_iri(one.get("id") if isinstance(one, dict) else one)]
    found += [f"5.2 {name} is an IRI, or an object that has one" for name in nameless]
    return found + [rule for annotation in page.get("items", []) for rule in broken_by_annotation(annotation)]


def broken_by_collection(collection: Json, pages: list[Json]) -> list[str]:
    """The MUSTs that a collection breaks, given its pages in their order."""
    found = list(_of_context(collection))
    if not is_iri(collection.get("id")):
        found.append("5.1 a collection has exactly one IRI")
    if "AnnotationCollection" not in several(collection.get("type")):
        found.append("5.1 a collection is of the type AnnotationCollection")
    if "total" in collection and not is_count(collection["total"]):
        found.append("5.1 total is a whole number that is not negative")
    if collection.get("total") and not is_iri(collection.get("first")):
        found.append("5.1 a collection that is not empty has exactly one first page")
    if pages and pages[0]["id"] != collection.get("first"):
        found.append("5.1 first is the first page")
    if pages and pages[-1]["id"] != collection.get("last"):
        found.append("5.1 last is the last page")
    for page, following in zip(pages, [*pages[1:], {}], strict=False):
        if page.get("next") != following.get("id"):
            found.append("5.2 a page that another follows names it under next, and the last names none")
    if sum(len(page["items"]) for page in pages) != collection.get("total"):
        found.append("5.1 total is the number of annotations in all pages")
    return found


def _of_context(node: Json) -> Iterator[str]:
    context = node.get("@context")
    if CONTEXT not in several(context):
        yield "3.1, 5.1, 5.2 the model's context is one of the contexts"
    if isinstance(context, list) and len(context) == 1:
        yield "3.1 a single context is given as a string"


def _of_terms(page: Json) -> Iterator[str]:
    """What JSON-LD does not know of it drops: so each term is the model's or defined beside it (promised)."""
    ours = {name for part in several(page["@context"]) if isinstance(part, dict) for name in part}
    if ours & TERMS:
        yield f"promised: no term of the model gets another meaning: {ours & TERMS}"
    for annotation in page.get("items", []):
        if unknown := set(names(annotation)) - TERMS - ours:
            yield f"promised: every term is defined: {unknown}"


def _of_annotation(annotation: Json) -> Iterator[str]:
    if not is_iri(annotation.get("id")):
        yield "3.1 an annotation has exactly one IRI"
    if "Annotation" not in several(annotation.get("type")):
        yield "3.1 an annotation is of the type Annotation"
    if not several(annotation.get("target")):
        yield "3.1 an annotation has at least one target"
    if not set(several(annotation.get("motivation"))) <= MOTIVATIONS:
        yield "3.3.5 a motivation is one of the model's"
    if annotation.get("motivation") not in {"classifying", "linking"}:
        yield "promised: claims are classified, links linked"


def _of_body(body: Any) -> Iterator[str]:
    if isinstance(body, str):
        return
    if body.get("type") != "TextualBody" or not isinstance(body.get("value"), str):
        yield "3.2.4 a textual body has exactly one value, a string, and says what it is"
    if not set(several(body.get("purpose"))) <= MOTIVATIONS:
        yield "3.3.5 a purpose is one of the model's motivations"
    yield from _of_dates(body)


def _of_target(target: Any) -> Iterator[str]:
    if isinstance(target, str):
        if not is_iri(target):
            yield "3.2.1 a target that is an IRI is one"
        return
    if not is_iri(target.get("source")):
        yield "4 a specific resource has exactly one source, an IRI"
    selectors = several(target.get("selector"))
    kinds = {selector.get("type") for selector in selectors}
    if not {"TextQuoteSelector", "TextPositionSelector"} <= kinds:
        yield "promised: words are quoted and counted"
    for selector in selectors:
        yield from _of_selector(selector)
    for state in several(target.get("state")):
        yield from _of_state(state)


def _of_selector(selector: Json) -> Iterator[str]:
    if selector.get("type") == "TextQuoteSelector":
        if not isinstance(selector.get("exact"), str):
            yield "4.2.4 a quote has exactly one exact, a string"
        if any(not isinstance(selector.get(name, ""), str) for name in ("prefix", "suffix")):
            yield "4.2.4 a quote has at most one prefix and one suffix"
    if selector.get("type") == "TextPositionSelector":
        start, end = selector.get("start"), selector.get("end")
        if not is_count(start) or not is_count(end):
            yield "4.2.5 a position has exactly one start and one end, whole numbers that are not negative"
        elif not start < end:  # type: ignore[operator]
            yield "promised: a position has words in it"


def _of_state(state: Json) -> Iterator[str]:
    if state.get("type") != "TimeState":
        yield "4.3.1 a time state is of the type TimeState"
    dates = several(state.get("sourceDate"))
    if any(not is_moment(one) for one in dates):
        yield "4.3.1 sourceDate is a time of xsd:dateTime in UTC, with a Z"
    if dates and {"sourceDateStart", "sourceDateEnd"} & state.keys():
        yield "4.3.1 a time state has one date or an interval, not both"
    interval = [state[name] for name in ("sourceDateStart", "sourceDateEnd") if name in state]
    if len(interval) == 1 or not all(map(is_moment, interval)):
        yield "4.3.1 an interval has a start and an end, each a time of xsd:dateTime in UTC, with a Z"
    if not dates and not interval and not state.get("cached"):
        yield "promised: a time state says a time or where a copy is"


def _of_dates(node: Json) -> Iterator[str]:
    for name in DATES & node.keys():
        if not is_moment(node[name]):
            yield f"3.3.1 {name} is one time of xsd:dateTime in UTC, with a Z"


def several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from names(part)
    elif isinstance(value, list):
        for part in value:
            yield from names(part)


def is_iri(value: Any) -> bool:
    if not isinstance(value, str) or re.search(r'[\x00-\x20<>"{}|\\^`]', value):
        return False
    parts = urlsplit(value)
    return bool(parts.scheme) and bool(parts.netloc or parts.path)


def is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_moment(value: Any) -> bool:
    return isinstance(value, str) and bool(UTC.fullmatch(value)) and bool(datetime.fromisoformat(value))
