"""The rows of what generated reviewers did: exactly what the rooms would have made of the same deeds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from claims.corpus.learned import Spans
from claims.corpus.linking import Linked, Told
from claims.corpus.reviewing import Work
from claims.corpus.rows import Brought, Opened, Rows
from claims.corpus.stories import Happening
from claims.models import (
    Assessment,
    Attribution,
    ClaimStatus,
    ClaimTime,
    Hop,
    Link,
    LinkAssessment,
    LinkRuling,
    ProposalOutcome,
    Ruling,
    Source,
    SourceWord,
)
from claims.models.keys import named_key
from claims.particulars import SourceKind, TimeKind
from claims.review.sources import LONGEST_FOLDED
from claims.text.fold import fold
from claims.text.names import words_of
from claims.vocabulary import SCHEME_VERSION, Basis

_KINDS: Final = {"who": SourceKind.PERSON, "body": SourceKind.BODY, "agency": SourceKind.OUTLET}
_OCCASION: Final = "news conference"
_EXPLANATION: Final = "Who is named in the sentence decides."
_FOUND: Final = ("relation", "subtype", "forward", "independence", "signs", "created_at")
_LINK: Final = (
    *("id", "a_id", "b_id", *_FOUND, "state", "settled_at", "was_settled", "held_by_time", "given", "version"),
)
_LINK_ASSESSMENT: Final = ("link_id", *_FOUND, "scheme_version", "updated_at")
_LINK_RULING: Final = (*_LINK_ASSESSMENT, "explanation")

COLUMNS: Final[dict[type[Model], tuple[str, ...]]] = {
    ClaimStatus: (
        *("claim_id", "state", "opened_at", "settled_label", "settled_strength", "settled_reason", "settled_at"),
        *("was_settled", "needed", "given", "worth", "version"),
    ),
    Assessment: (
        *("claim_id", "article_id", "reviewer_id", "label", "strength", "reason", "scheme_version", "created_at"),
        "updated_at",
    ),
    Ruling: (
        *("claim_id", "label", "strength", "reason", "explanation", "by_id", "scheme_version", "created_at"),
        "updated_at",
    ),
    ProposalOutcome: ("claim_id", "rule", "outlet_id", "proposed", "decided", "accepted", "decided_at"),
    Source: ("id", "name", "folded", "kind", "role", "created_by_id", "created_at", "updated_at"),
    SourceWord: ("source_id", "word"),
    Attribution: (
        *("claim_id", "reviewer_id", "source", "cue", "content", "words", "mode", "scope", "created_at", "updated_at"),
    ),
    # The attribution is named by its claim until it has a number.
    Hop: ("attribution_id", "position", "source_id", "occasion"),
    ClaimTime: ("claim_id", "kind", "value", "earliest", "latest", "basis", "by_id", "created_at", "updated_at"),
    Link: _LINK,
    LinkAssessment: ("reviewer_id", *_LINK_ASSESSMENT),
    LinkRuling: ("by_id", *_LINK_RULING),
}


@dataclass(frozen=True)
class Staff:
    """The accounts that the generated work is of."""

    reviewers: tuple[int, ...]
    moderators: tuple[int, ...]


def add_work(rows: Rows, brought: Brought, works: Sequence[Work], staff: Staff) -> None:
    """The assessments and rulings of an article's claims, and what became of their proposals."""
    for opened, work in zip(brought.claims, works, strict=True):
        for given in work.given:
            judged = (given.judgement.label, given.judgement.strength, given.judgement.reason)
            who = (opened.key, brought.key, staff.reviewers[given.reviewer])
            rows.add(Assessment, (*who, *judged, SCHEME_VERSION, given.at, given.at))
        if work.ruling is not None:
            ruled = work.ruling.judgement
            by, at = staff.moderators[work.ruling.reviewer], work.ruling.at
            judged = (ruled.label, ruled.strength, ruled.reason)
            rows.add(Ruling, (opened.key, *judged, _EXPLANATION, by, SCHEME_VERSION, at, at))
        if opened.proposed is not None and work.decided is not None:
            label, at = work.decided
            proposed = opened.proposed.label
            rule = opened.proposed.rule
            rows.add(ProposalOutcome, (opened.key, rule, brought.outlet, proposed, label, proposed == label, at))
        if work.attributed is not None:
            _add_attribution(rows, opened, work, staff)


def add_statuses(rows: Rows, brought: Brought, works: Sequence[Work], needed: int, further: Counter[UUID]) -> None:
    """Where each claim of an article stands; `further` counts the deeds about claims beside their own work."""
    for opened, work in zip(brought.claims, works, strict=True):
        settled = work.settled
        label, strength, reason = (settled.label, settled.strength, settled.reason) if settled else ("", None, "")
        version = work.writes + further[opened.key]
        stands = (opened.key, work.state, brought.at, label, strength, reason, work.settled_at, settled is not None)
        rows.add(ClaimStatus, (*stands, needed, len(work.given), opened.worth, version))


def _add_attribution(rows: Rows, opened: Opened, work: Work, staff: Staff) -> None:
    sentence, found = opened.place.sentence, opened.proposed
    if sentence.speaker is None or work.attributed is None:
        return
    by, at = staff.reviewers[work.attributed], work.given[0].at + timedelta(minutes=2)
    source = _add_source(rows, sentence.speaker.name, _KINDS[sentence.speaker_kind], sentence.speaker.role, by, at)
    read = found.spans(sentence, opened.place.start) if found else Spans()
    spans = {"source": read.source, "cue": read.cue, "content": read.content}
    words = {name: opened.text[slice(*span)] for name, span in spans.items() if span}
    how = (found.mode, found.scope) if found else ("", "")
    rows.add(Attribution, (opened.key, by, *spans.values(), words, *how, at, at))
    rows.add(Hop, (opened.key, 0, source, ""))
    if _OCCASION in sentence.words:
        rows.add(Hop, (opened.key, 1, None, f"the {_OCCASION}"))


def _add_source(rows: Rows, name: str, kind: SourceKind, role: str, by: int, at: datetime) -> UUID:
    """Whoever is cited is in the registry once, however many articles name them."""
    folded = fold(name)[:LONGEST_FOLDED]
    key = named_key("source", f"{kind}\n{folded}")
    rows.add(Source, (key, name, folded, kind, role, by, at, at))
    rows.add(SourceWord, *[(key, word) for word in words_of(name)])
    return key


def add_times(rows: Rows, dated: dict[UUID, Told], happening: Happening, by: int, at: datetime) -> None:
    """When what these claims say happened: on the event's day, or on that of its later figures."""
    for key, told in dated.items():
        day = happening.later if told.sentence.stage else happening.day
        rows.add(ClaimTime, (key, TimeKind.EVENT, day.isoformat(), day, day, Basis.INFERRED, by, at, at))


def add_link(rows: Rows, linked: Linked, staff: Staff) -> None:
    """A link with its findings and its ruling."""
    rows.add(Link, _values(linked.link, _LINK))
    for reviewer, finding in linked.given:
        rows.add(LinkAssessment, (staff.reviewers[reviewer], *_values(finding, _LINK_ASSESSMENT)))
    if linked.ruling is not None:
        moderator, ruling = linked.ruling
        rows.add(LinkRuling, (staff.moderators[moderator], *_values(ruling, _LINK_RULING)))


def _values(row: Model, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)
