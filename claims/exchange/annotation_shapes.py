"""The shapes in which files hold annotations: one, a list, a page, a collection with its pages inside, a graph."""

from collections.abc import Iterator
from typing import Any, Final

Json = dict[str, Any]
# Pages inside pages: a file that nests deeper is none that anybody wrote for reading.
MOST_PAGES: Final = 100_000
# Where annotations and pages stand, in the model's words and in those of tools that came before it or export lists.
_INSIDE: Final = ("items", "first", "next", "@graph", "graph", "annotations", "rows", "resources", "as:items", "@list")


def annotations_in(value: Any) -> Iterator[Any]:
    """What stands where annotations stand, in the order of the file; what has another type is given too."""
    waiting, pages = [value], 0
    while waiting:
        found = waiting.pop()
        if isinstance(found, list):
            waiting += found[::-1]
        elif isinstance(found, dict) and is_annotation(found):
            yield found
        elif isinstance(found, dict):
            inside = [found[name] for name in _INSIDE if isinstance(found.get(name), list | dict)]
            pages += 1
            if not inside and not is_container(found):
                yield found
            if pages <= MOST_PAGES:
                waiting += inside[::-1]


def is_annotation(value: Any) -> bool:
    """Whether this is an annotation: by its type in any of its spellings, or a target where no type is given."""
    if not isinstance(value, dict):
        return False
    types = types_of(value)
    return "Annotation" in types or (not types and ("target" in value or "oa:hasTarget" in value))


def is_container(value: Json) -> bool:
    """Whether this holds annotations, or is empty and would."""
    return bool(types_of(value) & {"AnnotationCollection", "AnnotationPage", "OrderedCollection", "List"})


def types_of(value: Json) -> set[str]:
    """The types of a node without their prefixes."""
    given = value.get("type", value.get("@type", []))
    types = given if isinstance(given, list) else [given]
    return {one.rpartition(":")[2].rpartition("#")[2].rpartition("/")[2] for one in types if isinstance(one, str)}
