"""The form in which somebody says how two claims relate: what it takes, what it holds, and what it suggests."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.db.models import Exists, F, OuterRef
from django.http import QueryDict

from claims.coverage.claim_times import TimeRule, time_rule
from claims.coverage.finding import Finding
from claims.models import Link, LinkRuling, User
from claims.models.link import LinkQuerySet
from claims.relations import (
    DIRECTED,
    INDEPENDENCE_NAMES,
    INDEPENDENCE_TESTS,
    LINK_SETTLED,
    LINK_STATE_NAMES,
    ORIGIN_SIGN_NAMES,
    RELATION_BY_VALUE,
    RELATIONS,
    SUBTYPE_NAMES,
    TIME_BOUND,
    Independence,
    Relation,
    Subtype,
)
from claims.text.edtf import Time
from claims.text.sanitise import MAX_NOTE, for_editing
from claims.text.similarity import Reason, Sign
from claims.text.times import stated_time
from claims.vocabulary import DONE_BY_YOU
from claims.web.claim_side import Side
from claims.web.sent_form import sent, text_field
from claims.web.times_form import published_of

_SUBTYPES: Final = {
    Sign.NUMBER_MISMATCH: Subtype.NUMBER,
    Sign.DATE_MISMATCH: Subtype.DATE,
    Sign.REFERENCE_MISMATCH: Subtype.REFERENCE,
    Sign.NEGATION: Subtype.NEGATION,
    Sign.ANTONYM: Subtype.NEGATION,
    Sign.AGENT_MISMATCH: Subtype.AGENT,
}
_OWN: Final = ("relation", "subtype", "forward", "independence", "signs", "basis", "reason", "version", "updated_at")
CHOICES: Final[dict[str, Any]] = {
    "relations": RELATIONS,
    "subtypes": [(subtype.value, name) for subtype, name in SUBTYPE_NAMES.items()],
    "origins": [(found.value, name, INDEPENDENCE_TESTS[found]) for found, name in INDEPENDENCE_NAMES.items()],
    "signs": [(sign.value, name) for sign, name in ORIGIN_SIGN_NAMES.items()],
    "most": MAX_NOTE,
}


class LinkForm(forms.Form):
    """A finding as a page sends it, its sizes capped; the room checks that its parts fit each other."""

    relation = text_field("relation", 18, required="Choose how the two relate first.")
    subtype = text_field("kind of contradiction", 10)
    origin = forms.UUIDField(required=False)
    independence = text_field("finding about their origin", 14)
    signs = forms.MultipleChoiceField(
        required=False,
        choices=CHOICES["signs"],
        error_messages={"invalid_choice": "Choose signs of a shared origin from those that the form lists."},
    )
    basis = text_field("evidence about their origin", MAX_NOTE)
    reason = text_field("reason", MAX_NOTE)
    version = forms.IntegerField(min_value=0, max_value=2**31)
    key = forms.UUIDField()

    def finding(self) -> Finding:
        """What was found. Raises Invalid with the first thing that is wrong.

        The form comes filled with suggestions for every relation: of kind and direction it takes what the chosen
        relation has. Where the button of an update overrules the relation that was chosen, so does it with what was
        said of the origin of both, which an update is not asked.
        """
        said = sent(self)
        relation = said["relation"]
        is_overruled = isinstance(self.data, QueryDict) and len(self.data.getlist("relation")) > 1
        if is_overruled and relation not in TIME_BOUND:
            said = said | {"independence": "", "signs": [], "basis": ""}
        return Finding(
            relation=relation,
            subtype=said["subtype"] if relation == Relation.CONTRADICTS else "",
            origin=said["origin"] if relation in DIRECTED else None,
            independence=said["independence"] or Independence.UNKNOWN,
            signs=tuple(said["signs"]),
            basis=said["basis"],
            reason=said["reason"],
        )


class RetractForm(forms.Form):
    """Which version of one's finding is taken back."""

    version = forms.IntegerField(min_value=0, max_value=2**31)
    key = forms.UUIDField()


@dataclass(frozen=True)
class Fields:
    """What the form of one pair holds, as strings; `version` is that of one's own finding, 0 for none."""

    relation: str = ""
    subtype: str = ""
    origin: str = ""
    independence: str = Independence.UNKNOWN.value
    signs: tuple[str, ...] = ()
    basis: str = ""
    reason: str = ""
    version: int = 0


@dataclass(frozen=True)
class Pair:
    """Two claims and what the viewer may know of what was found of them.

    `own` is one's own finding in words, "" for none; `fields` is what the form holds; `subtype` and `newer` are what it
    suggests for a contradiction and for an update, "" for nothing; `why_newer` says on what the latter rests. `closed`
    says why the viewer can find nothing.
    """

    here: Side
    other: Side
    rule: TimeRule
    own: str
    fields: Fields
    link: Any
    state: str
    settled: str
    closed: str
    subtype: str
    newer: str
    why_newer: str
    key: UUID

    @property
    def here_key(self) -> str:
        """The key of the claim at hand as the form holds it."""
        return str(self.here.claim.pk)

    @property
    def other_key(self) -> str:
        """The key of the other claim as the form holds it."""
        return str(self.other.claim.pk)

    @property
    def reworded(self) -> list[str]:
        """Which of the two had its words changed after the finding, in words."""
        names = ((self.here, "This claim"), (self.other, "The other"))
        return [name for side, name in names if is_reworded(self.link, side)]

    @property
    def time_words(self) -> str:
        """What the times of the two allow, and what to choose where one may be later; "" where they overlap."""
        return time_words(self.rule.sentence, self.rule.overlap)

    def for_script(self) -> dict[str, Any]:
        """What the page's script needs of the pair to fill the form."""
        fields = self.fields.__dict__ | {"signs": list(self.fields.signs)}
        return {
            "other": str(self.other.claim.pk),
            "fields": fields,
            "subtype": self.subtype,
            "newer": self.newer,
            "whyNewer": self.why_newer,
            "time": self.time_words,
            "apart": self.rule.overlap is False,
            "closed": self.closed,
        }


def links_seen(viewer: User) -> LinkQuerySet:
    """The links that the viewer sees, each with what the viewer found of it as `own_…`; None where that is nothing.

    `is_ruled` says whether a moderator ruled on it, which a held ruling tells everybody of the desk.
    """
    ruled = Exists(LinkRuling.objects.filter(link=OuterRef("pk")))
    own = {f"own_{name}": F(f"own__{name}") for name in _OWN}
    return Link.objects.visible_to(viewer).annotate(**own, is_ruled=ruled)


def pair_of(here: Side, other: Side, link: Any, reasons: Iterable[Reason] = ()) -> Pair:
    """A pair with what its form shows; `link` is one of `links_seen` or None, `reasons` are what brought it up."""
    rule = time_rule(here.times, other.times)
    newer, why = _newer(here, other, rule)
    return Pair(
        here=here,
        other=other,
        rule=rule,
        own=RELATION_BY_VALUE[Relation(link.own_relation)].name if _is_found(link) else "",
        fields=_fields_of(link) if _is_found(link) else Fields(),
        link=link,
        state=state_words(link),
        settled=RELATION_BY_VALUE[Relation(link.relation)].name.lower() if link and link.relation else "",
        closed=_why_closed(here, other, link),
        subtype=_suggested_subtype(reasons),
        newer=newer,
        why_newer=why,
        key=uuid4(),
    )


def time_words(sentence: str, overlap: bool | None) -> str:
    """The sentence of the time rule; where the times are not known, with the way out that needs none."""
    if not sentence or overlap is not None:
        return sentence
    updates = RELATION_BY_VALUE[Relation.UPDATES]
    return f"{sentence} If one is later than the other, choose {updates.name} ({updates.key})."


def state_words(link: Any) -> str:
    """The state of a link as its viewer may know it, in words; "" where there is none."""
    if link is None:
        return ""
    return "done by you" if link.seen_state == DONE_BY_YOU else str(LINK_STATE_NAMES[link.seen_state])


def is_reworded(link: Any, side: Side) -> bool:
    """Whether the side's words changed after what the viewer may know of the link was found.

    That the words of a claim changed after a review tells that there was one: it is told to who knows of a label.
    """
    if link is None or side.label is None:
        return False
    found_at, changed_at = link.settled_at or link.own_updated_at, side.claim.status.text_changed_at
    return bool(found_at and changed_at and changed_at > found_at)


def typed_fields(pair: Pair, typed: QueryDict) -> Pair:
    """The pair with the form as it was sent, which stands in no version but the stored one."""
    fields = {
        name: typed.get(name, "") for name in ("relation", "subtype", "origin", "independence", "basis", "reason")
    }
    return replace(pair, fields=Fields(**fields, signs=tuple(typed.getlist("signs")), version=pair.fields.version))


def updates_instead(pair: Pair) -> Pair:
    """The pair with UPDATES chosen in its form, the newer one updating the older; nothing else of it changes."""
    fields = replace(pair.fields, relation=Relation.UPDATES.value, subtype="", origin=pair.newer)
    return replace(pair, fields=fields)


def chosen(pair: Pair, relation: str) -> Pair:
    """The pair with this relation chosen in its form; nothing else of it changes."""
    return replace(pair, fields=replace(pair.fields, relation=relation))


def is_time_bound(pair: Pair) -> bool:
    """Whether what the form holds asks for one time."""
    return pair.fields.relation in TIME_BOUND


def _is_found(link: Any) -> bool:
    """Whether the viewer has found something of the pair."""
    return link is not None and link.own_version is not None


def _fields_of(link: Any) -> Fields:
    origin = "" if link.own_forward is None else str(link.a_id if link.own_forward else link.b_id)
    return Fields(
        link.own_relation,
        link.own_subtype,
        origin,
        link.own_independence,
        tuple(link.own_signs),
        for_editing(link.own_basis),
        for_editing(link.own_reason),
        link.own_version,
    )


def _suggested_subtype(reasons: Iterable[Reason]) -> str:
    return next((_SUBTYPES[reason.code].value for reason in reasons if reason.code in _SUBTYPES), "")


def _newer(here: Side, other: Side, rule: TimeRule) -> tuple[str, str]:
    """The key of the claim that is later, and by what; "" where that is not known."""
    if rule.newer:
        later = here if rule.newer == "a" else other
        return str(later.claim.pk), "by the times of the two"
    ours, theirs = _published(here), _published(other)
    if ours and theirs and ours.earliest and theirs.earliest and ours.latest and theirs.latest:
        for later, first, last in ((here, ours, theirs), (other, theirs, ours)):
            if first.earliest > last.latest:  # type: ignore[operator]  # neither is None
                return str(later.claim.pk), "by the days that the articles state for their publication"
    return "", ""


def _published(side: Side) -> Time | None:
    stated = stated_time(published_of(side.claim)[0])
    return None if stated is None or stated.uncertain else stated


def _why_closed(here: Side, other: Side, link: Any) -> str:
    """Why the viewer can store nothing of the pair; "" where they can. The room decides: this spares a form."""
    for side in (here, other):
        if side.claim.status.set_aside or side.claim.revision_id != side.claim.article.status.revision_id:
            return "One of the two claims is out of work, so they take no findings."
        if side.claim.article.status.locked_at:
            return "A moderator has locked the article of one of the two claims, so they take no findings for now."
    if link is not None and link.is_ruled and link.state not in LINK_SETTLED:
        return (
            "A moderator has ruled on this pair, and the ruling waits until the times are known to overlap. Set the "
            "times below; if the ruling is wrong, tell a moderator."
        )
    if link is not None and link.state in LINK_SETTLED and not _is_found(link):
        return "This pair is settled and takes no further findings."
    return ""
