"""Lines become rows, some hundreds at a time: steps of bringing in work. Nothing that is here is ever overwritten."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from claims.exchange.check_line import step_of
from claims.exchange.check_value import Wrong
from claims.exchange.entries import Differing, Entry, entry_of, references
from claims.exchange.fits_here import Places, proves_itself, to_be_settled, withdrawn_among
from claims.exchange.kinds import Kind
from claims.exchange.known_rows import Known, unequal
from claims.exchange.read_json_lines import Numbered
from claims.exchange.stand_ins import StandIns
from claims.exchange.store_entries import open_as, store_entries
from claims.exchange.work_kinds import KINDS
from claims.models import Claim, Evidence, Revision, Source
from claims.refusals import Invalid
from claims.vocabulary import ClaimState

MOST_DIFFERING: Final = 1_000
# Some lines at a time; a text counts as many.
_AT_ONCE: Final = 2_000
_HEAVY: Final = 5_000
# What refers to a row that comes behind it.
_LEADS_ON: Final[dict[str, type[Model]]] = {"article": Revision}
# Whose lists of keys lead where.
_LISTED: Final[dict[str, type[Model]]] = {"evidence": Evidence, "parts": Claim, "before": Claim, "after": Claim}
# A claim that differs in these is another claim: what was said of the one was not said of the other.
_PLACE: Final = frozenset({"article", "revision", "start", "end", "quote"})
# What is said of a claim without changing its state.
_WORK: Final = frozenset({"time", "attribution", "evidence", "verdict", "publication", "comment", "retirement"})


@dataclass
class Taken:
    """What became of the lines: numbers by kind, what differs, and whose states are to be worked out anew."""

    added: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    # At most MOST_DIFFERING of them; `differ` counts all.
    differing: list[Differing] = field(default_factory=list)
    differ: int = 0
    # Claims and links whose state is to be looked at, claims with a new time, claims that somebody worked on, articles
    # with new claims.
    claims: set[UUID] = field(default_factory=set)
    links: set[UUID] = field(default_factory=set)
    dated: set[UUID] = field(default_factory=set)
    worked: set[UUID] = field(default_factory=set)
    articles: set[UUID] = field(default_factory=set)
    # Claims with a new verdict that readers see or saw, with its line: the claim has to be settled once all is in.
    published: dict[UUID, int] = field(default_factory=dict)
    # When new links were settled, as forms say that do not say their state.
    settled_at: dict[UUID, datetime] = field(default_factory=dict)


class TakeIn:
    """Takes lines in whatever order in which what is referred to comes first, or at most some lines later."""

    def __init__(self, origin: str) -> None:
        self.done = Taken()
        self._people = StandIns(origin)
        self._waiting: dict[str, list[Numbered]] = defaultdict(list)
        self._weight = 0
        # Keys of what was not taken, by table: what refers to it is not taken either.
        self._absent: dict[type[Model], set[Any]] = defaultdict(set)
        # References to rows that may come later: of sources and comments to others, of articles to their texts.
        self._later: list[tuple[int, type[Model], Any]] = []
        self._unproved: dict[UUID, int] = {}
        # Claims that are here, of forms that say of a claim no more than where it stands and when it was opened.
        self._opened: list[Entry] = []

    def take(self, numbered: Numbered) -> None:
        """Take one line. Raises Invalid."""
        self._waiting[numbered[1]["type"]].append(numbered)
        raw = numbered[1].get("raw")
        self._weight += 1 + (len(raw) // _HEAVY if isinstance(raw, str) else 0)
        if self._weight >= _AT_ONCE:
            self._flush()

    def end(self) -> None:
        """Take what waits, and look whether everything is there that was referred to. Raises Invalid."""
        self._flush()
        for number, model, key in self._later:
            if not model._default_manager.filter(pk=key).exists():
                raise Invalid(f"Line {number} refers to a row that is neither here nor in the file: {key}.")
        for revision, number in self._unproved.items():
            if not Revision.objects.filter(pk=revision, extraction__isnull=False).exists():
                raise Invalid(f"Line {number}: the text of the revision is not what its bytes say. Nothing was stored.")

    def _flush(self) -> None:
        waiting, self._waiting, self._weight = self._waiting, defaultdict(list), 0
        for kind in KINDS:
            if lines := waiting.get(kind.name):
                self._take(kind, [entry_of(kind, numbered) for numbered in lines])

    def _take(self, kind: Kind, entries: list[Entry]) -> None:
        known, new = Known(kind, entries), []
        for entry in entries:
            here = known.meet(entry)
            if not here:
                if kind.name == "claim" and entry.values["revision"] is None:
                    raise Invalid(
                        f"Line {entry.number} does not say in which text its claim stands, which is not here."
                    )
                new.append(entry)
                known.keep(entry)
            elif (other := unequal(entry, here)) is None:
                self.done.same[kind.name] += 1
                if kind.name == "claim" and "state" not in entry.said:
                    self._opened.append(entry)
            else:
                self._differs(entry, *other)
        if self._opened:
            self._stand_as_said(self._opened, known)
            self._opened = []
        if new := self._fitting(kind, new):
            self._store(kind, new)
            self._touch(kind, new)
            if kind.name == "publication":
                self.done.published |= to_be_settled(new)

    def _differs(self, entry: Entry, here: dict[str, Any], there: dict[str, Any]) -> None:
        self.done.differ += 1
        if len(self.done.differing) < MOST_DIFFERING:
            self.done.differing.append(Differing(entry.number, entry.kind.name, " ".join(entry.identity), here, there))
        if entry.kind.name == "revision" or (entry.kind.name == "claim" and _PLACE & here.keys()):
            self._absent[entry.kind.model].add(entry.values["id"])

    def _leave_out(self, entry: Entry) -> None:
        self.done.left_out[entry.kind.name] += 1
        if entry.kind.identity == ("id",):
            self._absent[entry.kind.model].add(entry.values["id"])

    def _fitting(self, kind: Kind, entries: list[Entry]) -> list[Entry]:
        """Those whose references are here; what hangs on something that was not taken is not taken either."""
        there = _there(entries)
        withdrawn = withdrawn_among(entries) if kind.name == "revision" else set()
        fitting = []
        for entry in entries:
            missing = [(model, key) for model, key in _references(entry) if key not in there[model]]
            absent = any(key in self._absent[model] for model, key in _references(entry))
            if absent or (entry.values.get("article") in withdrawn and entry.values.get("text")):
                self._leave_out(entry)
                continue
            for model, key in missing:
                if model not in {kind.model, _LEADS_ON.get(kind.name)}:
                    raise Invalid(
                        f"Line {entry.number} ({kind.name}) refers to a {model._meta.verbose_name} that is neither "
                        f"here nor before it in the file: {key}. Bring in the file with it first."
                    )
                self._later.append((entry.number, model, key))
            fitting.append(entry)
        return self._in_their_places(kind, fitting)

    def _in_their_places(self, kind: Kind, entries: list[Entry]) -> list[Entry]:
        if kind.name == "revision":
            self._unproved |= {entry.values["id"]: entry.number for entry in entries if not proves_itself(entry)}
        if kind.name == "link":
            self._wait_for_findings(entries)
        if kind.name not in {"claim", "anchor", "zone"}:
            return entries
        places, standing = Places(entries), []
        for entry in entries:
            if kind.name == "claim" and not places.is_in_force(entry):
                self._differs(entry, *places.other_text(entry))
                self._absent[Claim].add(entry.values["id"])
            else:
                places.check(entry)
                standing.append(entry)
        return standing

    def _wait_for_findings(self, links: Iterable[Entry]) -> None:
        """A link is settled by what was found of it, which comes behind it; when that was is kept until then."""
        for link in links:
            if "state" not in link.said and (at := link.values["settled_at"]):
                self.done.settled_at[link.values["id"]], link.values["settled_at"] = at, None

    def _stand_as_said(self, claims: Sequence[Entry], known: Known) -> None:
        try:
            with transaction.atomic():
                self.done.worked |= open_as(claims, known)
        except IntegrityError as broken:
            raise Invalid(
                f"Between lines {claims[0].number} and {claims[-1].number} a claim says what cannot be stored "
                f"({str(broken).splitlines()[0][:120]}). Nothing of the file was brought in."
            ) from broken

    def _store(self, kind: Kind, entries: Sequence[Entry]) -> None:
        try:
            with transaction.atomic():
                store_entries(kind, entries, self._people)
        except IntegrityError as broken:
            raise Invalid(
                f"Between lines {entries[0].number} and {entries[-1].number} a {kind.name} says what cannot be stored "
                f"({str(broken).splitlines()[0][:120]}). Nothing of the file was brought in."
            ) from broken
        except Wrong as wrong:
            raise Invalid(
                f"Between lines {entries[0].number} and {entries[-1].number} of kind {kind.name}: {wrong}. Nothing of "
                "the file was brought in."
            ) from wrong
        self.done.added[kind.name] += len(entries)

    def _touch(self, kind: Kind, entries: Iterable[Entry]) -> None:
        done = self.done
        for entry in entries:
            values = entry.values
            if kind.name == "claim":
                done.articles.add(values["article"])
                if values["state"] != ClaimState.OPEN:
                    done.claims.add(values["id"])
            elif kind.name in {"assessment", "ruling"}:
                done.claims.add(values["claim"])
            elif kind.name in _WORK:
                done.worked.add(values["claim"])
                if kind.name == "time":
                    done.dated.add(values["claim"])
            elif kind.name == "link":
                done.links.add(values["id"])
                done.worked |= {values["a"], values["b"]}
            elif kind.name in {"link_assessment", "link_ruling"}:
                done.links.add(values["link"])


def _references(entry: Entry) -> list[tuple[type[Model], Any]]:
    found = [(model, key) for _, model, key in references(entry)]
    for more in entry.kind.attached:
        if more.name == "chain":
            steps = [step_of(step) for step in entry.values["chain"]]
            found += [(Source, key) for key, _ in steps if key]
        elif model := _LISTED.get(more.name):
            found += [(model, key) for key in entry.values[more.name]]
    return found


def _there(entries: Sequence[Entry]) -> dict[type[Model], set[Any]]:
    """Which of the rows that are referred to are here, by table."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for entry in entries:
        for model, key in _references(entry):
            wanted[model].add(key)
    there: dict[type[Model], set[Any]] = defaultdict(set)
    for model, keys in wanted.items():
        there[model] = set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
    return there
