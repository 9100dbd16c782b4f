"""Finding sources of the registry: by their exact name, and by the beginnings of its words while somebody types."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Source, SourceWord
from claims.refusals import Invalid
from claims.text.fold import fold
from claims.text.names import words_of

# What is kept of a folded name: folding can make some characters many.
LONGEST_FOLDED: Final = 400
MAX_QUERY: Final = 200
SUGGESTED: Final = 10
OTHER_NAMES: Final = 5
# Words of a search that are looked up; more narrow nothing further.
_MOST_WORDS: Final = 6
# A common word is looked through so far and no further, so that a keystroke costs the same in a registry of any size.
_LOOKED_THROUGH: Final = 500
# Sorts behind every character that a word can hold, whatever the database's order of characters.
_LAST: Final = "\U0010ffff"


@dataclass(frozen=True)
class Suggestion:
    """One source that fits what was typed; `known_as` is the merged name by which it was found, "" for its own."""

    source: Source
    known_as: str
    other_names: list[str]


def find_named(name: str, kind: str = "") -> Source | None:
    """The source of exactly this name, folded, and of this kind ("" for any), or the one that it was merged into.

    Where several have the name, one in force comes before one that was merged, then the oldest.
    """
    named = Source.objects.filter(folded=fold(" ".join(name.split()))[:LONGEST_FOLDED])
    if kind:
        named = named.filter(kind=kind)
    found = list(named.select_related("merged_into").order_by("created_at", "pk")[:50])
    found.sort(key=lambda source: source.merged_into_id is not None)
    return (found[0].merged_into or found[0]) if found else None


def suggest(query: str) -> list[Suggestion]:
    """Sources, best first, at most SUGGESTED, with a name in which every word of the query begins a word.

    Names that were merged stand for the source that they were merged into. Raises Invalid for a query that is too long.
    """
    if len(query) > MAX_QUERY:
        raise Invalid(f"What you look for has {len(query):,} characters; the most is {MAX_QUERY}. Shorten it.")
    words = words_of(query)[:_MOST_WORDS]
    if not words:
        return []
    folded = fold(query).strip()
    fitting = named_like(words).values_list("folded", "name", "pk", "merged_into")[:_LOOKED_THROUGH]
    best: dict[UUID, str] = {}
    for _, name, key, into in sorted(fitting, key=lambda row: (_rank(row[0], folded, words), row[2])):
        best.setdefault(into or key, name if into else "")
        if len(best) == SUGGESTED:
            break
    others, sources = other_names(best), Source.objects.in_bulk(best)
    return [Suggestion(sources[key], known_as, others[key][:OTHER_NAMES]) for key, known_as in best.items()]


def named_like(words: list[str]) -> QuerySet[Source]:
    """Sources, merged ones too, with a name in which each of these folded words begins a word.

    The rarest word leads; of a common one the first hundreds are looked through, whole words before longer ones.
    """
    ranges = {word: SourceWord.objects.filter(begins_with(word)) for word in words}
    numbers = {word: found.values("pk")[: _LOOKED_THROUGH + 1].count() for word, found in ranges.items()}
    rarest = min(ranges, key=lambda word: (numbers[word], -len(word)))
    leading = list(ranges[rarest].order_by("word", "source").values_list("source", flat=True)[:_LOOKED_THROUGH])
    sources = Source.objects.filter(pk__in=leading)
    for word in words:
        if word != rarest:
            sources = sources.filter(Exists(SourceWord.objects.filter(begins_with(word), source=OuterRef("pk"))))
    return sources


def with_words(query: str) -> set[UUID]:
    """The sources in force with a name, own or merged, in which each word of the query begins a word.

    In part, as above, where all of its words are common ones; none for a query without a word.
    """
    words = words_of(query)[:_MOST_WORDS]
    found = named_like(words).values_list("pk", "merged_into")[:_LOOKED_THROUGH] if words else []
    return {into or key for key, into in found}


def begins_with(word: str) -> Q:
    """Words that begin so, by a range of the index; the last condition holds in any order of characters."""
    return Q(word__gte=word, word__lte=word + _LAST, word__startswith=word)


def other_names(sources: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The names of the sources that were merged into each of these, by name."""
    names: dict[UUID, list[str]] = defaultdict(list)
    merged = Source.objects.filter(merged_into__in=list(sources)).order_by("folded", "pk")
    for into, name in merged.values_list("merged_into", "name")[:_LOOKED_THROUGH]:
        if into and name not in names[into]:
            names[into].append(name)
    return names


def _rank(name: str, asked: str, words: list[str]) -> tuple[bool, bool, int, int, str]:
    """The name itself, then names that begin so, then those that hold most of the words whole, then the shortest."""
    whole = len(set(words) & set(name.split()))
    return name != asked, not name.startswith(asked), -whole, len(name), name
