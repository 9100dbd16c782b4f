"""Checked entries as rows: a step of bringing in work."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from claims.exchange.check_line import step_of
from claims.exchange.entries import Entry
from claims.exchange.kinds import Kind
from claims.exchange.known_rows import Known
from claims.exchange.stand_ins import StandIns
from claims.models import (
    ArticleStatus,
    Attribution,
    Claim,
    ClaimStatus,
    Comment,
    Hop,
    Redrawing,
    Retirement,
    SourceWord,
    User,
    Verdict,
)
from claims.models.stored_rows import store_rows
from claims.text import edtf
from claims.text.fold import fold
from claims.text.names import words_of
from claims.text.search_words import searchable

Columns = dict[str, Any]
_OF_UNTOUCHED: Final = ("opened_at", "needed", "reopened_with", "text_changed_at")
# What is kept of a source's folded name.
_LONGEST_FOLDED: Final = 400


def store_entries(kind: Kind, entries: Sequence[Entry], people: StandIns) -> None:
    """Write rows that are not here yet. Constraints hold as for any row: raises IntegrityError."""
    more = _MORE[kind.name](entries) if kind.name in _MORE else [{} for _ in entries]
    firsts: list[Columns] = []
    seconds: list[Columns] = []
    for entry, extra in zip(entries, more, strict=True):
        first, second = _columns(entry, people)
        in_second = {name: value for name, value in extra.items() if name in _OF_STATUS}
        firsts.append(first | {name: value for name, value in extra.items() if name not in _OF_STATUS})
        if second:
            seconds.append(second | in_second)
    _store(kind.model, firsts)
    if seconds:
        _store(kind.second, seconds)
    if after := _AFTER.get(kind.name):
        after(entries, people)


def _store(model: type[Model], rows: list[Columns]) -> None:
    store_rows(model, list(rows[0]), (list(row.values()) for row in rows))


def _columns(entry: Entry, people: StandIns) -> tuple[Columns, Columns]:
    """The columns of the row, and those of its status; no status where the line says nothing of one."""
    kind = entry.kind
    first: Columns = {}
    second: Columns = {}
    for part in kind.parts:
        field, value = kind.field_of(part), entry.values[part.name]
        if field.related_model is User and value is not None:
            value = people.of(value)
        (second if kind.also and part.field.startswith(f"{kind.also}__") else first)[field.attname] = value
    if not kind.also or entry.has_no_second:
        return first, {}
    link = kind.second._meta.pk
    return first, {link.attname: entry.values["id"]} | second


def _claims(entries: Sequence[Entry]) -> Iterable[Columns]:
    articles = {entry.values["article"] for entry in entries}
    there = ArticleStatus.objects.filter(pk__in=articles)
    here = {
        article: None if locked or withdrawn else revision
        for article, revision, locked, withdrawn in there.values_list(
            "article", "revision", "locked_at", "withdrawn_at"
        )
    }
    for entry in entries:
        takes_work = here.get(entry.values["article"]) == entry.values["revision"]
        yield {"folded": searchable(entry.values["quote"]), "takes_work": takes_work}


_OF_STATUS: Final = frozenset({"takes_work"})


def _sources(entries: Sequence[Entry]) -> Iterable[Columns]:
    return ({"folded": fold(entry.values["name"])[:_LONGEST_FOLDED]} for entry in entries)


def _assessments(entries: Sequence[Entry]) -> Iterable[Columns]:
    claims = Claim.objects.filter(pk__in={entry.values["claim"] for entry in entries})
    articles = dict(claims.values_list("pk", "article"))
    return ({"article_id": articles[entry.values["claim"]]} for entry in entries)


def _times(entries: Sequence[Entry]) -> Iterable[Columns]:
    for entry in entries:
        value = entry.values["value"]
        time = edtf.parse(value) if value else None
        yield {"earliest": time and time.earliest, "latest": time and time.latest}


_MORE: Final[Mapping[str, Callable[[Sequence[Entry]], Iterable[Columns]]]] = {
    "claim": _claims,
    "source": _sources,
    "assessment": _assessments,
    "time": _times,
}


def _words(entries: Sequence[Entry], people: StandIns) -> None:
    words = [(entry.values["id"], word) for entry in entries for word in words_of(entry.values["name"])]
    store_rows(SourceWord, ("source_id", "word"), words)


def _hops(entries: Sequence[Entry], people: StandIns) -> None:
    claims = {entry.values["claim"] for entry in entries}
    stored = Attribution.objects.filter(claim__in=claims).values_list("claim", "reviewer", "pk")
    keys = {(claim, reviewer): pk for claim, reviewer, pk in stored}
    rows = [
        (keys[entry.values["claim"], people.of(entry.values["by"])], position, *step_of(step))
        for entry in entries
        for position, step in enumerate(entry.values["chain"])
    ]
    store_rows(Hop, ("attribution_id", "position", "source_id", "occasion"), rows)


def _joined(through: type[Model], owner: str, member: str, name: str) -> Callable[[Sequence[Entry], StandIns], None]:
    def store(entries: Sequence[Entry], people: StandIns) -> None:
        key = entries[0].kind.parts[0].name if entries[0].kind.identity != ("id",) else "id"
        rows = ((entry.values[key], other) for entry in entries for other in entry.values[name])
        store_rows(through, (f"{owner}_id", f"{member}_id"), rows)

    return store


def _mentions(entries: Sequence[Entry], people: StandIns) -> None:
    rows = [(entry.values["id"], people.of(name)) for entry in entries for name in entry.values["mentions"]]
    store_rows(Comment.mentions.through, ("comment_id", "user_id"), rows)


def _redrawn(entries: Sequence[Entry], people: StandIns) -> None:
    _joined(Redrawing.before.through, "redrawing", "claim", "before")(entries, people)
    _joined(Redrawing.after.through, "redrawing", "claim", "after")(entries, people)


_AFTER: Final[Mapping[str, Callable[[Sequence[Entry], StandIns], None]]] = {
    "source": _words,
    "attribution": _hops,
    "verdict": _joined(Verdict.evidence.through, "verdict", "evidence", "evidence"),
    "retirement": _joined(Retirement.parts.through, "retirement", "claim", "parts"),
    "redrawing": _redrawn,
    "comment": _mentions,
}


def open_as(entries: Sequence[Entry], known: Known) -> set[UUID]:
    """Give claims that nobody has touched what a file says of their state beyond the judgements that led to it.

    The time of opening, because lists and files are ordered by it; how many labels settle it; a changed text. Returns
    the claims that somebody elsewhere had worked on by that.
    """
    rows, worked = [], set()
    for entry in entries:
        here = known.meet(entry)[0]
        said = [name for name in _OF_UNTOUCHED if name in entry.said and here.get(name) != entry.said[name]]
        if said and not here.get("version"):
            values = {name: (entry.values if name in said else here)[name] for name in _OF_UNTOUCHED}
            rows.append(ClaimStatus(claim_id=entry.values["id"], **values))
            if said != ["opened_at"]:
                worked.add(entry.values["id"])
    ClaimStatus.objects.bulk_update(rows, _OF_UNTOUCHED, 500)
    return worked
