"""The worked example as it stands in its file: claims of the five articles, and how they relate."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings

from claims.models.keys import named_key, revision_key

FILE: Final = Path(settings.FIXTURE_DIRS[0]) / "articles" / "example.json"


class Place(NamedTuple):
    """Where a claim of the example stands: article and revision by their keys, code points, end exclusive."""

    article: UUID
    revision: UUID
    start: int
    end: int


@dataclass(frozen=True)
class ExampleClaim:
    """One claim: its words, how it is judged, and who it is attributed to; without a label it is a side of a link.

    `attribution` and `times` are as in the file.
    """

    id: str
    place: Place
    exact: str
    label: str
    strength: int | None
    reason: str
    why: str
    attribution: dict[str, Any] | None
    times: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class ExampleLink:
    """How two claims relate, each by its name in the file, and why each of the two reviewers finds so."""

    id: str
    a: str
    b: str
    relation: str
    subtype: str
    origin: str
    independence: str
    signs: tuple[str, ...]
    basis: str
    reasons: tuple[str, str]


@dataclass(frozen=True)
class Example:
    """All of it. `sources` are descriptions for the registry, by the name that attributions use."""

    sources: dict[str, dict[str, str]]
    claims: tuple[ExampleClaim, ...]
    links: tuple[ExampleLink, ...]


def read_example() -> Example:
    """Read the file."""
    said = json.loads(FILE.read_text(encoding="utf-8"))
    texts = {name: _keys(**article) for name, article in said["articles"].items()}
    return Example(
        sources=said["sources"],
        claims=tuple(_claim(claim, *texts[claim["article"]]) for claim in said["claims"]),
        links=tuple(_link(link) for link in said["links"]),
    )


def _keys(address: str, sha256: str) -> tuple[UUID, UUID]:
    article = named_key("article", address)
    return article, revision_key(article, sha256)


def _claim(said: dict[str, Any], article: UUID, revision: UUID) -> ExampleClaim:
    return ExampleClaim(
        id=said["id"],
        place=Place(article, revision, said["start"], said["end"]),
        exact=said["exact"],
        label=said.get("label", ""),
        strength=said.get("strength"),
        reason=said.get("reason", ""),
        why=said.get("why", ""),
        attribution=said.get("attribution"),
        times=tuple(said.get("times", ())),
    )


def _link(said: dict[str, Any]) -> ExampleLink:
    ana, ben = said["reasons"]
    return ExampleLink(
        id=said["id"],
        a=said["a"],
        b=said["b"],
        relation=said["relation"],
        subtype=said.get("subtype", ""),
        origin=said.get("from", ""),
        independence=said.get("independence", "unknown"),
        signs=tuple(said.get("signs", ())),
        basis=said.get("basis", ""),
        reasons=(ana, ben),
    )
