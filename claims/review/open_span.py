"""The claim at a place of a text: found there, or opened."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.models import ArticleStatus, Claim, ClaimStatus, Proposal, User
from claims.models.keys import named_key, span_key
from claims.refusals import Gone
from claims.review.claim_in_hand import needed_in
from claims.text import opinion_words, reading
from claims.text.context import around
from claims.text.search_words import searchable
from claims.text.worth import worth_of
from claims.vocabulary import ClaimUnit, Label, Reason

Span = tuple[int, int]
_QUOTED: Final = re.compile(r"“([^”]+)”")
# What nobody proposed anything for is weighed by its words alone.
UNSURE = 1.0


@dataclass(frozen=True)
class Place:
    """Where a claim is to be opened: the text with what it belongs to, the borders in code points, and the zone."""

    article_id: UUID
    revision_id: UUID
    text: str
    start: int
    end: int
    zone: str


def hold_article(article_id: UUID) -> ArticleStatus:
    """The article's status, locked, so that of two who open a claim at one place the second finds it.

    The claims at hand are locked before it, as everywhere. Raises Gone where the article was never read.
    """
    status = ArticleStatus.objects.select_for_update(of=("self",)).filter(pk=article_id).first()
    if status is None:
        raise Gone("There is no such article here. It may never have been read, or its address is mistyped.")
    return status


def claims_at(revision_id: UUID, spans: Collection[Span]) -> dict[Span, list[Claim]]:
    """The claims that stand exactly at these places, whatever became of them; those in work first, then sentences."""
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    near = Claim.objects.select_related("status").filter(revision=revision_id, start__in=starts, end__in=ends)
    found: dict[Span, list[Claim]] = defaultdict(list)
    for claim in sorted(near, key=lambda one: (bool(one.status.set_aside), one.unit != ClaimUnit.SENTENCE, one.pk)):
        if (claim.start, claim.end) in spans:
            found[claim.start, claim.end].append(claim)
    return dict(found)


def open_span(
    place: Place, *, marked_by: User | None = None, worth: int | None = None, takes_work: bool = True
) -> Claim:
    """Open a claim at this place, where none stands, with what the first pass proposes for it.

    `worth` is weighed from its words where it is not given. The article is to be held (`hold_article`).
    """
    start, end = place.start, place.end
    prefix, suffix = around(place.text, start, end)
    exact = place.text[start:end]
    claim = Claim.objects.create(
        pk=_free_key(place.revision_id, start, end),
        article_id=place.article_id,
        revision_id=place.revision_id,
        zone=place.zone,
        unit=ClaimUnit.SPAN,
        start=start,
        end=end,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        folded=searchable(exact),
    )
    proposal = _proposal(claim)
    # A version of its own from the start: a newer reader must not take away what a person opened.
    ClaimStatus.objects.create(
        claim=claim,
        needed=needed_in(place.article_id),
        worth=worth_of(exact, _as_read(claim, proposal)).points if worth is None else worth,
        takes_work=takes_work,
        marked_by=marked_by,
        version=1,
    )
    if proposal:
        proposal.save(force_insert=True)
    return claim


def _free_key(revision_id: UUID, start: int, end: int) -> UUID:
    """The key of this span; another one where a claim has it that moved on to another text with it."""
    key, number = span_key(revision_id, start, end, ClaimUnit.SPAN), 0
    while Claim.objects.filter(pk=key).exists():
        number += 1
        key = named_key("span", f"{revision_id}\n{start}\n{end}\n{number}")
    return key


def _proposal(claim: Claim) -> Proposal | None:
    """What was proposed for the sentence around the claim, where all that led to it stands in the claim too."""
    sentence = (
        Claim.objects.filter(revision=claim.revision_id, unit=ClaimUnit.SENTENCE, start__lte=claim.start)
        .select_related("proposal")
        .order_by("-start")
        .first()
    )
    found: Proposal | None = getattr(sentence, "proposal", None)
    if sentence is None or found is None or sentence.end < claim.end:
        return None
    if not all(_lies_in(span, claim) for span in (found.cue, found.source) if span):
        return None
    if found.label == Label.OPINION and not found.cue and (sentence.start, sentence.end) != (claim.start, claim.end):
        # The sentence as a whole reads so, and a part of it may not.
        return None
    content = found.content
    return Proposal(
        claim=claim,
        label=found.label,
        strength=found.strength,
        reason=found.reason,
        rule=found.rule,
        why=_why(found, sentence, claim),
        confidence=found.confidence,
        cue=found.cue,
        source=found.source,
        content=content if content and _lies_in(content, claim) else None,
        mode=found.mode,
        scope=found.scope,
        chain=[hop for hop in found.chain if _is_open_to((hop["start"], hop["end"]), sentence, claim)],
        reader_version=found.reader_version,
    )


def _why(found: Proposal, sentence: Claim, claim: Claim) -> str:
    """The reason as it was given; made anew where it names words of the sentence that stand outside the claim."""
    quoted = [words.removesuffix(" …") for words in _QUOTED.findall(found.why)]
    if all(words in claim.exact or words not in sentence.exact for words in quoted):
        return str(found.why)
    cue = _words(found.cue, claim)
    source = _words(found.source, claim)
    if found.label == Label.OPINION:
        return opinion_words.why(found.rule, [cue] if cue else [])
    if found.label == Label.SOURCED and cue and source:
        return f"{cue} gives the statement to {source}."
    return "The sentence around it was read so."


def _words(span: list[int] | None, claim: Claim) -> str:
    return f"“{claim.exact[span[0] - claim.start : span[1] - claim.start]}”" if span else ""


def _is_open_to(span: Span, sentence: Claim, claim: Claim) -> bool:
    """Whether a place lies in the claim, or in another sentence than the one around it."""
    return _lies_in(list(span), claim) or not (sentence.start < span[1] and span[0] < sentence.end)


def _lies_in(span: list[int], claim: Claim) -> bool:
    return claim.start <= span[0] and span[1] <= claim.end


def _as_read(claim: Claim, proposal: Proposal | None) -> reading.Proposal:
    """The proposal as the first pass would give it, for weighing; one that says nothing where there is none."""
    return reading.Proposal(
        start=claim.start,
        end=claim.end,
        label=Label(proposal.label) if proposal else Label.SOURCED,
        content=None,
        source=None,
        cue=None,
        strength=None,
        reason=Reason(proposal.reason) if proposal and proposal.reason else None,
        confidence=proposal.confidence if proposal else UNSURE,
        rule="",
        why="",
    )
