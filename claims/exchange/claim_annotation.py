"""Claims as annotations that classify words of an article: who labelled it how, as the viewer may know it."""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Final
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
    places_of,
    target_of,
    words_body,
)
from claims.exchange.claim_rows import COLUMNS, claim_rows
from claims.models import User
from claims.models.claim import ClaimQuerySet

_AT_ONCE: Final = 500


def claim_annotations(claims: ClaimQuerySet, viewer: User | AnonymousUser, names: Names) -> Iterator[Json]:
    """An annotation for each of these claims, newest first. Memory does not grow with their number."""
    grouped = groupby((row for row, _ in claim_rows(claims, viewer)), key=itemgetter(0))
    found = ((key, [dict(zip(COLUMNS, row, strict=True)) for row in rows]) for key, rows in grouped)
    while chunk := list(islice(found, _AT_ONCE)):
        places = places_of(UUID(key) for key, _ in chunk)
        # What was read away between the two queries has no place any more.
        yield from (_annotation(rows, places[key], names) for key, rows in chunk if key in places)


def _annotation(rows: list[Json], place: Place, names: Names) -> Json:
    claim = rows[0]
    bodies = [body for row in rows if row["label"] for body in _assessed(row)] + list(_settled(claim))
    return {
        "id": names.claim(claim["claim_id"]),
        "type": "Annotation",
        "motivation": "classifying",
        "created": claim["opened_at"],
        "claim": URN + claim["claim_id"],
        "unit": claim["unit"],
        "zone": claim["zone"],
        "reviewState": claim["state"],
        **({"body": bodies} if bodies else {}),
        "target": target_of(place),
    }


def _assessed(row: Json) -> Iterator[Json]:
    """One reviewer's label, and behind it their note."""
    said = label_body(row["label"], ASSESSMENT, strength=row["strength"], reason=row["reason"])
    return judgement(said, row, row["note"])


def _settled(claim: Json) -> Iterator[Json]:
    if claim["settled_label"]:
        parts = {"strength": claim["settled_strength"], "reason": claim["settled_reason"]}
        yield label_body(claim["settled_label"], SETTLED_LABEL, **parts)
    if claim["ruled_label"]:
        yield words_body(claim["ruling_explanation"], RULING) | {"ruled": claim["ruled_label"]}
