"""The kinds of lines, in the order in which they stand in a file: what is referred to comes first."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Model

from claims.exchange.as_text import as_key, as_text
from claims.exchange.kinds import Attached, Kind, parts
from claims.exchange.names import author_names
from claims.models import (
    Anchor,
    Article,
    Assessment,
    Attribution,
    Claim,
    ClaimTime,
    Comment,
    Evidence,
    Extraction,
    Hop,
    Link,
    LinkAssessment,
    LinkRuling,
    Outlet,
    Proposal,
    Redrawing,
    Retirement,
    Revision,
    Ruling,
    Source,
    Story,
    Verdict,
    VerdictPublication,
    Zone,
)

Lists = Mapping[Any, list[Any]]


def _hops(attributions: Sequence[Any]) -> Lists:
    found: dict[Any, list[Any]] = defaultdict(list)
    hops = Hop.objects.filter(attribution__in=attributions).order_by("attribution", "position")
    for attribution, key, occasion in hops.values_list("attribution", as_text("source"), "occasion"):
        found[attribution].append({"source": as_key(key)} if key else {"occasion": occasion})
    return found


def _keys(through: type[Model], owner: str, member: str) -> Callable[[Sequence[Any]], Lists]:
    """What gives, under the keys of owners, the sorted keys of what a table between two others joins to them."""

    def of(owners: Sequence[Any]) -> Lists:
        found: dict[Any, list[Any]] = defaultdict(list)
        rows = through._default_manager.filter(**{f"{owner}__in": owners})
        for key, other in rows.values_list(owner, as_text(member)):
            found[key].append(as_key(other))
        return {key: sorted(others) for key, others in found.items()}

    return of


def _mentioned(comments: Sequence[Any]) -> Lists:
    found: dict[Any, list[Any]] = defaultdict(list)
    rows = Comment.mentions.through._default_manager.filter(comment__in=comments)
    names = author_names()
    for comment, user in rows.values_list("comment", "user"):
        found[comment].append(names[user])
    return {key: sorted(people) for key, people in found.items()}


_FOUND: Final = "relation subtype forward independence signs"
_DATED: Final = "version created_at updated_at"

KINDS: Final = (
    Kind("outlet", Outlet, parts("id host kind=status__kind note=status__note version=status__version",
                                 derived="version", untold="version"), also="status"),
    Kind("story", Story, parts(
        "id title description created_at title_in_force=status__title description_in_force=status__description "
        "published_at=status__published_at assessments_needed=status__assessments_needed version=status__version",
        derived="created_at version", untold="version"), also="status"),
    Kind("source", Source, parts(
        f"id name kind role party note merged_into created_by {_DATED}",
        derived=_DATED, untold=f"created_by {_DATED}"), then=("id",)),
    Kind("article", Article, parts(
        "id address outlet first_story headline voice author published updated page_date genre bases credits quality "
        "received_at story=status__story revision=status__revision came_back=status__came_back title=status__title "
        "has_headline=status__has_headline reader_version=status__reader_version read_at=status__read_at "
        "language=status__language language_basis=status__language_basis withdrawn_at=status__withdrawn_at "
        "locked_at=status__locked_at version=status__version",
        derived="received_at came_back title has_headline reader_version read_at language language_basis version",
        untold="version"), also="status"),
    Kind("revision", Revision, parts("id article sha256 raw text encoding replaced received_at",
                                     derived="received_at"), at_once=10),
    Kind("extraction", Extraction, parts("revision name media_type extractor fetched_from fetched_at",
                                         derived="name"), ("revision",)),
    Kind("zone", Zone, parts("revision kind start end"), ("revision", "start"), then=("start",)),
    Kind("claim", Claim, parts(
        "id article revision zone unit start end quote=exact prefix suffix opened_at=status__opened_at "
        "state=status__state settled_label=status__settled_label settled_strength=status__settled_strength "
        "settled_reason=status__settled_reason settled_at=status__settled_at was_settled=status__was_settled "
        "needed=status__needed given=status__given reopened_with=status__reopened_with "
        "reopenings=status__reopenings set_aside=status__set_aside worth=status__worth "
        "text_changed_at=status__text_changed_at marked_by=status__marked_by calibrates=status__calibrates "
        "version=status__version",
        derived="opened_at state settled_label settled_strength settled_reason settled_at was_settled needed given "
        "reopened_with reopenings worth text_changed_at calibrates version",
        untold="was_settled given reopened_with reopenings text_changed_at marked_by calibrates version",
        seen={"state": "seen_state"}), also="status"),
    Kind("proposal", Proposal, parts(
        "claim label strength reason rule why confidence cue source content mode scope chain reader_version",
        derived="label strength reason rule why confidence cue source content mode scope chain reader_version"),
        ("claim",)),
    Kind("anchor", Anchor, parts(
        "claim revision zone start end quote=exact prefix suffix settled_label set_aside confidence",
        derived="settled_label set_aside confidence"),
        ("claim", "revision"), then=("revision",), of_everything=True),
    Kind("retirement", Retirement, parts("claim reason by created_at"), ("claim",),
         attached=(Attached("parts", _keys(Retirement.parts.through, "retirement", "claim")),), of_everything=True),
    Kind("redrawing", Redrawing, parts("id by created_at"),
         attached=(Attached("before", _keys(Redrawing.before.through, "redrawing", "claim")),
                   Attached("after", _keys(Redrawing.after.through, "redrawing", "claim"))), of_everything=True),
    Kind("time", ClaimTime, parts(
        f"claim kind value words against against_note basis by {_DATED}", derived=_DATED, untold=f"by {_DATED}"),
        ("claim", "kind"), then=("kind",)),
    Kind("assessment", Assessment, parts(
        f"claim by=reviewer label strength reason note scheme_version blind {_DATED}",
        derived=_DATED, html="note", untold="blind"), ("claim", "by"), then=("created_at", "by")),
    Kind("attribution", Attribution, parts(
        "claim by=reviewer source cue content words mode scope quote needs_locator content_is_opinion is_dated "
        f"is_openable is_witnessed {_DATED}", derived=_DATED),
        ("claim", "by"), then=("created_at", "by"), attached=(Attached("chain", _hops),)),
    Kind("evidence", Evidence, parts(
        "claim id url title quote date stance archived_url note by created_at updated_at removed_at version",
        derived=_DATED, html="note"), ("id",), then=("id",)),
    Kind("verdict", Verdict, parts(
        f"claim value explanation as_of valid_until by {_DATED}", derived=_DATED, html="explanation"), ("claim",),
        attached=(Attached("evidence", _keys(Verdict.evidence.through, "verdict", "evidence")),)),
    Kind("publication", VerdictPublication, parts(
        "claim id number state verdict_version value explanation as_of valid_until evidence correction proposed_by "
        "proposed_at decided_by decided_at reason ended_at ended_by end_reason version", derived="version",
        html="explanation", untold="proposed_by decided_by reason ended_by version"), ("id",), then=("number",)),
    Kind("ruling", Ruling, parts(
        f"claim label strength reason explanation by scheme_version {_DATED}", derived=_DATED, html="explanation"),
        ("claim",)),
    Kind("comment", Comment, parts(
        "claim id thread by body created_at resolved_at resolved_by version", derived="version", html="body"), ("id",),
        then=("created_at", "id"), attached=(Attached("mentions", _mentioned),)),
    Kind("link", Link, parts(
        f"id a b {_FOUND} state settled_at was_settled held_by_time given reopened_with reopenings created_at version",
        derived=f"{_FOUND} state settled_at was_settled held_by_time given reopened_with reopenings created_at version",
        untold="was_settled held_by_time given reopened_with reopenings version", seen={"state": "seen_state"})),
    Kind("link_assessment", LinkAssessment, parts(
        f"link by=reviewer {_FOUND} reason basis scheme_version blind {_DATED}",
        derived=_DATED, html="reason basis", untold="blind"), ("link", "by"), then=("created_at", "by")),
    Kind("link_ruling", LinkRuling, parts(
        f"link {_FOUND} explanation by scheme_version {_DATED}", derived=_DATED, html="explanation"), ("link",)),
)  # fmt: skip
KIND_BY_NAME: Final = {kind.name: kind for kind in KINDS}
RANK: Final = {kind.name: rank for rank, kind in enumerate(KINDS)}
