"""What may show that two claims rest on one origin: signs of their articles and of their routes, with the passages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.models import Attribution, Claim, Hop, User, Zone
from claims.relations import ORIGIN_SIGN_NAMES, OriginSignKind
from claims.review.attributions import standing
from claims.text.context import clip, whole_words
from claims.text.origins import OriginSign, Passage, origin_signs

Span = tuple[int, int]

# Of each sign so many passages are shown on each side, each no longer than so many code points.
MOST_SHOWN: Final = 3
LONGEST: Final = 400
_AROUND: Final = 60


@dataclass(frozen=True)
class Quoted:
    """A passage in which evidence stands: the words before it, itself, the words after it."""

    before: str
    exact: str
    after: str


@dataclass(frozen=True)
class Evidence:
    """One sign: its kind and name, what was found, and the passages in both articles, where it has some."""

    kind: str
    name: str
    sentence: str
    here: list[Quoted]
    other: list[Quoted]
    left_out: int


@dataclass(frozen=True)
class Origin:
    """All signs, their kinds, and their spans in the text of each article."""

    found: list[Evidence]
    kinds: frozenset[str]
    spans: tuple[list[Span], list[Span]]


def evidence_between(here: Claim, other: Claim, text: str, other_text: str, viewer: User) -> Origin:
    """The signs of one origin of two claims, as the viewer may know them; the texts are their articles'. Two queries.

    Of the routes only attributions that the viewer may see count.
    """
    zones = _zones([here.revision_id, other.revision_id])
    ours, theirs = (
        _passage(claim, words, zones[claim.revision_id]) for claim, words in ((here, text), (other, other_text))
    )
    signs = origin_signs(ours, theirs) if here.article_id != other.article_id else []
    found = [_evidence(sign, text, other_text) for sign in signs] + _same_root(here.pk, other.pk, viewer)
    spans = [span for sign in signs for span in sign.a], [span for sign in signs for span in sign.b]
    return Origin(found, frozenset(one.kind for one in found), spans)


def _zones(revisions: list[UUID]) -> dict[UUID, list[tuple[str, int, int]]]:
    found: dict[UUID, list[tuple[str, int, int]]] = {key: [] for key in revisions}
    zones = Zone.objects.filter(revision__in=revisions).values_list("revision", "kind", "start", "end")
    for revision, kind, start, end in zones:
        found[revision].append((kind, start, end))
    return found


def _passage(claim: Claim, text: str, zones: list[tuple[str, int, int]]) -> Passage:
    article = claim.article
    outlet = article.outlet.host if article.outlet else ""
    return Passage(text, tuple(zones), article.voice, tuple(article.credits), outlet)


def _evidence(sign: OriginSign, text: str, other_text: str) -> Evidence:
    left_out = max(0, len(sign.a) - MOST_SHOWN) + max(0, len(sign.b) - MOST_SHOWN)
    here, other = _quoted(text, sign.a), _quoted(other_text, sign.b)
    return Evidence(sign.kind.value, ORIGIN_SIGN_NAMES[sign.kind], sign.why, here, other, left_out)


def _quoted(text: str, spans: Sequence[Span]) -> list[Quoted]:
    shown = []
    for start, end in spans[:MOST_SHOWN]:
        before, after = whole_words(text[max(0, start - _AROUND) : start], text[end : end + _AROUND], _AROUND)
        exact = text[start:end]
        shown.append(Quoted(before, clip(exact, LONGEST), after if len(exact) <= LONGEST else ""))
    return shown


def _same_root(here: UUID, other: UUID, viewer: User) -> list[Evidence]:
    """That both claims were attributed to the same first source, where the viewer may know it."""
    seen = Attribution.objects.visible_to(viewer).filter(claim__in=[here, other])
    hops = (
        Hop.objects.filter(attribution__in=seen, source__isnull=False)
        .select_related("attribution", "source__merged_into")
        .order_by("attribution", "position")
    )
    first = _first_sources(hops)
    shared = first.get(here, {}).keys() & first.get(other, {}).keys()
    kind = OriginSignKind.SAME_ROOT
    return [
        Evidence(kind.value, ORIGIN_SIGN_NAMES[kind], f"Both are attributed to {first[here][key]} first.", [], [], 0)
        for key in sorted(shared)
    ]


def _first_sources(hops: Iterable[Hop]) -> dict[UUID, dict[UUID, str]]:
    """The first source of each attribution, by claim: its key and name, under the source that it was merged into."""
    found: dict[UUID, dict[UUID, str]] = {}
    seen: set[int] = set()
    for hop in hops:
        if hop.attribution_id not in seen and hop.source is not None:
            seen.add(hop.attribution_id)
            root = standing(hop.source)
            found.setdefault(hop.attribution.claim_id, {})[root.pk] = root.name
    return found
