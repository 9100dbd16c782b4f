"""Links as annotations that link the words of two claims: who found what, as the viewer may know it."""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims.exchange.annotation_parts import (
    ASSESSMENT,
    RULING,
    SETTLED_LABEL,
    URN,
    Json,
    Names,
    Place,
    judgement,
    label_body,
    person,
    places_of,
    target_of,
    words_body,
)
from claims.exchange.link_rows import LINK_COLUMNS, link_rows
from claims.models import User
from claims.models.link import LinkQuerySet

_AT_ONCE: Final = 500
_SIDES: Final = ("a_claim_id", "b_claim_id")


def link_annotations(links: LinkQuerySet, viewer: User | AnonymousUser, names: Names) -> Iterator[Json]:
    """An annotation for each of these links, newest first. Memory does not grow with their number."""
    grouped = groupby(link_rows(links, viewer), key=itemgetter(0))
    found = ([dict(zip(LINK_COLUMNS, row, strict=True)) for row in rows] for _, rows in grouped)
    while chunk := list(islice(found, _AT_ONCE)):
        places = places_of({UUID(rows[0][side]) for rows in chunk for side in _SIDES})
        # What was read away between the two queries has no place any more.
        there = (rows for rows in chunk if {rows[0][side] for side in _SIDES} <= places.keys())
        yield from (_annotation(rows, places, names) for rows in there)


def _annotation(rows: list[Json], places: dict[str, Place], names: Names) -> Json:
    link = rows[0]
    bodies = [body for row in rows if row["found_relation"] for body in _found(row)] + list(_settled(link))
    dates = {"settledAt": link["settled_at"]} if link["settled_at"] else {}
    targets = [target_of(places[link[side]]) | {"claim": URN + link[side]} for side in _SIDES]
    return {
        "id": names.link(link["link_id"]),
        "type": "Annotation",
        "motivation": "linking",
        "created": link["created_at"],
        "link": URN + link["link_id"],
        "reviewState": link["state"],
        **dates,
        **({"body": bodies} if bodies else {}),
        "target": targets,
    }


def _found(row: Json) -> Iterator[Json]:
    """What one reviewer found, and behind it why."""
    said = label_body(row["found_relation"], ASSESSMENT, "linking", **_parts(row, "found_"), basis=row["found_basis"])
    return judgement(said, row, row["reason"])


def _settled(link: Json) -> Iterator[Json]:
    if link["relation"]:
        yield label_body(link["relation"], SETTLED_LABEL, "linking", **_parts(link, ""))
    if link["ruled_relation"]:
        by = {"creator": person(link["ruled_by"])}
        yield words_body(link["ruling_explanation"], RULING) | {"ruled": link["ruled_relation"]} | by


def _parts(row: Json, prefix: str) -> dict[str, Any]:
    origin = row[f"{prefix}from_claim_id"]
    said = {name: row[f"{prefix}{name}"] for name in ("subtype", "independence", "signs")}
    return said | {"from": URN + origin if origin else ""}
