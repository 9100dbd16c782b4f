"""A finding about two claims in words, the same wherever it is told: lists, pages, the panel, the history."""

from collections.abc import Mapping
from typing import Any, Final

from claims.models.link import Found, found_state
from claims.relations import (
    INDEPENDENCE_NAMES,
    ORIGIN_SIGN_NAMES,
    RELATION_BY_VALUE,
    Independence,
    OriginSignKind,
    Relation,
    RelationDefinition,
)

# What pages call the two sides of a link: the first has the lower key.
SIDES: Final = ("A", "B")


def definition_of(relation: str | None) -> RelationDefinition | None:
    """The relation of a finding; None where there is none."""
    return RELATION_BY_VALUE[Relation(relation)] if relation else None


def in_words(found: Found | Mapping[str, Any]) -> str:
    """A finding as a row or the event log keeps it: “B updates A”, “A contradicts B (number), shared origin”.

    "" where nothing is found.
    """
    said = found_state(found) if isinstance(found, Found) else found
    if not (relation := definition_of(said.get("relation"))):
        return ""
    first, second = SIDES[::-1] if said.get("forward") is False else SIDES
    subtype = f" ({said['subtype']})" if said.get("subtype") else ""
    independence = said.get("independence") or Independence.UNKNOWN
    origin = "" if independence == Independence.UNKNOWN else f", {INDEPENDENCE_NAMES[Independence(independence)]}"
    return f"{first} {relation.verb} {second}{subtype}{origin}"


def signs_in_words(signs: list[str]) -> str:
    """The signs of a shared origin that a finding rests on."""
    return "; ".join(ORIGIN_SIGN_NAMES[OriginSignKind(sign)] for sign in signs if sign in set(OriginSignKind))
