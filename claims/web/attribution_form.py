"""What the section “attribution” of a claim's details shows."""

from typing import Any, Final
from uuid import uuid4

from django.db.models import Subquery
from django.utils.html import format_html_join

from claims.models import Assessment, Attribution, Claim, Proposal, Revision, Source, User
from claims.particulars import MODE_NAMES, PARTY_NAMES, QUOTE_NAMES, SCOPE_NAMES, SOURCE_KIND_NAMES, SourceKind
from claims.review.attributions import attributions_of, steps_of, suggestion_for
from claims.text.context import clip
from claims.text.surroundings import Choice, choices, suggest_scope, window
from claims.vocabulary import SETTLED, ClaimState, Label
from claims.web.attribution_fields import OCCASION, Filled, Row, from_proposal, from_stored, from_typed, proposed_rows

SPAN_WORDS: Final = (
    ("source", "Source", "who it is said to come from: “press secretary Dmitry Peskov”, “experts”"),
    ("cue", "Cue", "what attributes or hedges it: “said”, “according to”, “reportedly”"),
    ("content", "Content", "what is stated, without source and cue"),
)
TICK_WORDS: Final = {
    "is_dated": "The text gives the day on which it was said",
    "is_openable": "The document or post is cited so that it can be opened",
    "is_witnessed": "The writer witnessed it",
    "needs_locator": "Needs a locator: named, and nothing says where to look it up",
    "content_is_opinion": "The content is the source's opinion, and no fact",
}
CHOICES: Final[dict[str, Any]] = {
    "kinds": (*((kind.value, name) for kind, name in SOURCE_KIND_NAMES.items()), (OCCASION, "an occasion, no source")),
    "parties": tuple((party.value, name) for party, name in PARTY_NAMES.items()),
    "max_name": Source._meta.get_field("name").max_length,
    "max_role": Source._meta.get_field("role").max_length,
}
_STEP_WORDS: Final = (
    ("mode", "Mode", MODE_NAMES),
    ("scope", "Scope", SCOPE_NAMES),
    ("quote", "Quotation", QUOTE_NAMES),
)
# What a strength can rest on beside the route, by the kind of the root; the rest is folded away.
_RESTS_ON: Final = ("is_dated", "is_openable", "is_witnessed")
_MATTERS: Final[dict[SourceKind | None, tuple[str, ...]]] = {
    None: _RESTS_ON,
    SourceKind.PERSON: ("is_dated",),
    SourceKind.DOCUMENT: ("is_openable",),
    SourceKind.POST: ("is_openable",),
}
_ALWAYS: Final = ("needs_locator", "content_is_opinion")
_ROWS: Final = 4
_LONGEST: Final = 60


def asked_of(query: Any) -> dict[str, Any]:
    """What an address asks of the section: `use=proposal` fills the form in, `near` says where words are offered."""
    return {name: query[name] for name in ("use", "near") if query.get(name)}


def attribution_context(claim: Claim, viewer: User, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the section shows; `typed` is what a refused form held, shown instead of what is stored. Three queries."""
    typed = typed or {}
    text, judged, reason = _text_and_label(claim, viewer)
    seen = list(attributions_of(claim, viewer))
    own = next((one for one in seen if one.reviewer_id == viewer.pk), None)
    proposal = _proposal_of(claim)
    filled = _filled(typed, own, proposal, text)
    hops = list(own.hops.all()) if own else []
    label = judged or claim.status.settled_label
    closed = _why_closed(claim, judged)
    return {
        "typed": typed,
        "refused": "rows" in typed,
        "key": uuid4(),
        "version": typed["version"] if "rows" in typed and "stored" not in typed else (own.version if own else 0),
        "own": shown(own) if own else None,
        "others": [shown(one) for one in seen if one is not own and one.label],  # type: ignore[attr-defined]  # annotated
        "labelled": bool(judged),
        "label": label,
        "asks": _asks(label or getattr(proposal, "label", "")),
        "closed": closed,
        "suggestion": suggestion_for(own, steps_of(hops), reason),
        "proposal": _proposed(text, proposal),
        "proposed_route": proposed_rows(proposal, text) if proposal else [],
        "choices": CHOICES,
    } | ({} if closed and "rows" not in typed else _fields(text, claim, filled, typed, steps_of(hops)))


def _proposal_of(claim: Claim) -> Proposal | None:
    return getattr(claim, "proposal", None)


def _text_and_label(claim: Claim, viewer: User) -> tuple[str, str, str]:
    """The text that the claim stands in, and the viewer's own label and reason; one query for the three."""
    own = Assessment.objects.filter(claim=claim.pk, reviewer=viewer.pk)
    of_claim = Revision.objects.filter(pk=claim.revision_id)
    found = of_claim.annotate(label=Subquery(own.values("label")[:1]), reason=Subquery(own.values("reason")[:1]))
    text, label, reason = found.values_list("text", "label", "reason").get()
    return text, label or "", reason or ""


def _filled(typed: dict[str, Any], own: Attribution | None, proposal: Proposal | None, text: str) -> Filled:
    if "rows" in typed:
        return from_typed(typed)
    if typed.get("use") == "proposal" and proposal:
        return from_proposal(proposal, own, text)
    return from_stored(own)


def _asks(label: str) -> str:
    """How much of the form matters for a label: all of it where there is none."""
    if label == Label.UNSOURCED:
        return "some"
    return "nothing" if label in {Label.OPINION, Label.NOT_A_CLAIM} else "all"


def _why_closed(claim: Claim, judged: str) -> str:
    """Why the viewer can store nothing, in a sentence; "" where they can. The room decides: this spares a form."""
    if claim.status.set_aside or claim.revision_id != claim.article.status.revision_id:
        return "This claim is out of work, so it takes no attribution."
    if claim.article.status.locked_at:
        return "A moderator has locked this article, so its claims take no attributions for now."
    if claim.status.state == ClaimState.RULED or (claim.status.state in SETTLED and not judged):
        return "This claim is settled, so it takes no attribution by you."
    return ""


def shown(attribution: Attribution) -> dict[str, Any]:
    """An attribution for reading: its reviewer with label and strength, its words, its route, what was chosen."""
    seen: Any = attribution
    hops = list(attribution.hops.all())
    return {
        "reviewer": attribution.reviewer,
        "label": seen.label or "",
        "strength": seen.strength,
        "words": [(title, attribution.words[name]) for name, title, _ in SPAN_WORDS if attribution.words.get(name)],
        "route": from_stored(attribution).rows,
        "chosen": [
            (title, names[getattr(attribution, name)])
            for name, title, names in _STEP_WORDS
            if getattr(attribution, name)
        ],
        "ticks": [words for name, words in TICK_WORDS.items() if getattr(attribution, name)],
        "suggestion": suggestion_for(attribution, steps_of(hops), seen.reason or ""),
    }


def _fields(text: str, claim: Claim, filled: Filled, typed: dict[str, Any], steps: list[Any]) -> dict[str, Any]:
    """What the form's fields offer and hold."""
    matters = _MATTERS.get(next((step for step in steps if step), None), ())
    near, words = _offered(text, claim, typed.get("near", ""))
    rows = [*filled.rows, *[Row()] * max(0, _ROWS - len(filled.rows))]
    return {
        "spans": [_span(text, filled, *span) for span in SPAN_WORDS],
        "words": words,
        "near": near,
        "rows": rows,
        "lists": [(name, title, filled.chosen[name], list(names.items())) for name, title, names in _STEP_WORDS],
        "ticks": [(name, TICK_WORDS[name], filled.ticks[name]) for name in (*matters, *_ALWAYS)],
        "more_ticks": [(name, TICK_WORDS[name], filled.ticks[name]) for name in _RESTS_ON if name not in matters],
        "scope": _suggested_scope(text, claim, filled),
    }


def _span(text: str, filled: Filled, name: str, title: str, meaning: str) -> dict[str, Any]:
    """One span as its two selects show it: the borders, and the words that they stand for."""
    start, end = filled.spans.get(name, ("", ""))
    words = _between(text, start, end)
    return {
        "name": name,
        "title": title,
        "meaning": meaning,
        "start": start,
        "end": end,
        "words": words,
        "first": clip(words, _LONGEST // 2) if words else f"character {start}",
        "last": _ending(words, _LONGEST // 2) if words else f"character {end}",
    }


def _ending(words: str, limit: int) -> str:
    """The last words, with “…” where some are left out before them."""
    if len(words) <= limit:
        return words
    kept = words[-limit:]
    return "… " + (kept.partition(" ")[2] or kept)


def _between(text: str, start: str, end: str) -> str:
    """The words between two borders as a form holds them; "" where they are no borders."""
    if not (start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10):
        return ""
    return text[int(start) : int(end)]


def _offered(text: str, claim: Claim, asked: str) -> tuple[dict[str, int], dict[str, str]]:
    """The words that borders can be chosen from, as options, and where the words before and after those stand."""
    at = int(asked) if asked.isdecimal() and len(asked) < 10 else -1
    here = (at, at + 1) if 0 <= at < len(text) else (claim.start, claim.end)
    start, end = window(text, *here)
    first, last = choices(text, start, end)
    near = {"before": start - 1} if start > 0 else {}
    near |= {"after": end + 1} if end + 1 < len(text) else {}
    return near, {"first": _options(first), "last": _options(last)}


def _options(words: list[Choice]) -> str:
    return format_html_join("", '<option value="{}">{}</option>', [(word.border, word.words) for word in words])


def _suggested_scope(text: str, claim: Claim, filled: Filled) -> str:
    """Where the marked source stands, seen from the claim, in words; "" where none is marked."""
    start, end = filled.spans.get("source", ("", ""))
    if not _between(text, start, end):
        return ""
    return SCOPE_NAMES[suggest_scope(text, (claim.start, claim.end), (int(start), int(end)))]


def _proposed(text: str, proposal: Proposal | None) -> list[dict[str, Any]]:
    """What the first pass marked, for taking it over: each span with its borders and words."""
    found = [(name, title, getattr(proposal, name, None)) for name, title, _ in SPAN_WORDS]
    return [
        {"name": name, "title": title, "start": span[0], "end": span[1], "words": text[slice(*span)]}
        for name, title, span in found
        if span
    ]
