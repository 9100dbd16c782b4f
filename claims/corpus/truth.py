"""What is true of a generated corpus, as JSON Lines: docs/guide-operator.md says what stands in each line."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.corpus.linking import Pair
from claims.corpus.rows import Brought


@dataclass(frozen=True)
class Known:
    """An event of which everything is known: the key of its story, its articles, and the pairs of their claims."""

    story: UUID
    articles: Sequence[Brought]
    pairs: Sequence[Pair]


def lines_of(known: Known) -> Iterator[str]:
    """A line for each article and for each pair of claims that tell the same, in order."""
    for one in known.articles:
        yield _line(_article(one, known))
    for pair in known.pairs:
        yield _line(_pair(pair))


def _article(one: Brought, known: Known) -> dict[str, Any]:
    source = next((str(other.key) for other in known.articles if other.article.number == one.article.copy_of), None)
    claims = [
        {"claim": str(claim.key), "label": sentence.label, "strength": sentence.strength, "reason": sentence.reason}
        for claim in one.claims
        for sentence in (claim.place.sentence,)
    ]
    known_by = {"article": str(one.key), "address": one.address, "story": str(known.story)}
    return known_by | {"genre": one.article.genre, "copy_of": source, "claims": claims}


def _pair(pair: Pair) -> dict[str, Any]:
    newer = None if pair.origin is None else str(pair.origin)
    sides = [str(pair.a.claim), str(pair.b.claim)]
    return {"pair": sides, "relation": pair.relation, "subtype": pair.subtype, "newer": newer, "copy": pair.is_copy}


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"
