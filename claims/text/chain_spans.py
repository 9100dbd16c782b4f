"""The spans of a stored route, so that they can move with the text that they stand in."""

from collections.abc import Sequence
from typing import Any

Chain = list[dict[str, Any]]
Span = tuple[int, int]


def spans_of(chain: Chain) -> list[Span]:
    """Where each step of the route stands, in the route's order; offsets in code points."""
    return [(hop["start"], hop["end"]) for hop in chain]


def moved(chain: Chain, places: Sequence[Span | None]) -> Chain:
    """The route with each step at its new place; empty where one has none: a route with a gap tells another story."""
    if any(place is None for place in places):
        return []
    return [
        hop | {"start": place[0], "end": place[1]}
        for hop, place in zip(chain, places, strict=True)
        if place is not None
    ]
