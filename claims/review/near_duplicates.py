"""Sources that could be the same: candidates by the words that they share, judged by the likeness of their names."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from claims.models import Source, SourceWord
from claims.review.sources import begins_with
from claims.text.names import NEAR, Likeness, likeness, telling_words

SHOWN: Final = 8
# The newest sources that the list of pairs looks at, and how many pairs it shows.
RECENT: Final = 60
PAIRS: Final = 50
# What one look costs at most, in a registry of any size.
_WORDS: Final = 3
_CARRIERS: Final = 300
_COMPARED: Final = 150
_CARRIERS_IN_PAIRS: Final = 20
# A word is looked for by its beginning, so that other endings and spellings are found.
_BEGINNING: Final = 5


@dataclass(frozen=True)
class Near:
    """A source that another could be the same as."""

    source: Source
    likeness: Likeness


@dataclass(frozen=True)
class Pair:
    """Two sources that could be one; `one` is the newer."""

    one: Source
    other: Source
    likeness: Likeness


def near_duplicates(source: Source) -> list[Near]:
    """Sources in force that this one could be the same as, the likeliest first, at most SHOWN; four queries.

    A name that was merged counts for the source that it was merged into. Words that very many names have are looked
    through in part.
    """
    shared: Counter[UUID] = Counter()
    for word in telling_words(source.name, source.kind)[:_WORDS]:
        beginning = word[:_BEGINNING] if len(word) > _BEGINNING else word
        carriers = SourceWord.objects.filter(begins_with(beginning)).order_by("word", "source")
        shared.update(set(carriers.values_list("source", flat=True)[:_CARRIERS]))
    wanted = [key for key, _ in shared.most_common(_COMPARED) if key != source.pk]
    best: dict[UUID, Near] = {}
    for other in Source.objects.filter(pk__in=wanted).select_related("merged_into"):
        found = likeness(source.name, source.kind, other.name, other.kind)
        into = other.merged_into or other
        if found.score < NEAR or source.pk == into.pk:
            continue
        if into.pk not in best or best[into.pk].likeness.score < found.score:
            best[into.pk] = Near(into, found)
    return sorted(best.values(), key=lambda near: (-near.likeness.score, near.source.folded, near.source.pk))[:SHOWN]


def suggested_pairs() -> list[Pair]:
    """Pairs of sources in force that could be one, of which one is among the RECENT newest; the likeliest first.

    Three queries; of words that many names have the first _CARRIERS_IN_PAIRS of them count.
    """
    # Not `in_force()`: SQLite would take the index of what is merged, and sort all the rest.
    recent = list(Source.objects.exclude(merged_into__isnull=False).order_by("-created_at", "pk")[:RECENT])
    words = {source.pk: telling_words(source.name, source.kind)[:_WORDS] for source in recent}
    carriers = _carriers({word for some in words.values() for word in some})
    others = Source.objects.in_force().in_bulk({key for keys in carriers.values() for key in keys})
    pairs: dict[frozenset[UUID], Pair] = {}
    for source in recent:
        for key in {key for word in words[source.pk] for key in carriers[word]} & others.keys() - {source.pk}:
            both = frozenset({source.pk, key})
            if both in pairs:
                continue
            found = likeness(source.name, source.kind, others[key].name, others[key].kind)
            if found.score >= NEAR:
                pairs[both] = Pair(source, others[key], found)
    return sorted(pairs.values(), key=lambda pair: (-pair.likeness.score, pair.one.folded, pair.other.folded))[:PAIRS]


def _carriers(words: set[str]) -> dict[str, list[UUID]]:
    """Sources with each of these words, so many of each and no more."""
    numbered = SourceWord.objects.filter(word__in=words).annotate(
        number=Window(RowNumber(), partition_by=F("word"), order_by=F("source").desc())
    )
    found: dict[str, list[UUID]] = defaultdict(list)
    for word, key in numbered.filter(number__lte=_CARRIERS_IN_PAIRS).values_list("word", "source"):
        found[word].append(key)
    return found
