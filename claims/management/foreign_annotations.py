"""Annotations of other tools brought in: their words become claims, what they say a comment beside each."""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.html import escape

from claims.exchange.anchoring import Anchored, anchored
from claims.models import Comment, User
from claims.refusals import Refusal
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import redraw_claims
from claims.review.write_comment import write_comment
from claims.text.context import clip
from claims.text.quoted_place import Unplaced
from claims.text.sanitise import sanitise
from claims.vocabulary import LABELS

Json = dict[str, Any]
MOST_WORDS: Final = 1_000
_LABELS: Final = {definition.label.value: definition.name for definition in LABELS}


def bring_in(entries: Iterable[Json], *, by: User) -> Iterator[tuple[str, str]]:
    """Open a claim for each `foreign` entry of claims.exchange.read_annotations; other kinds are passed over.

    Gives for each what became of it, "opened", "known" or "refused", and a sentence that names it. A tag is nobody's
    judgement here: it is kept as a comment of `by`, also where it names one of our labels. Bringing the same file in
    again changes nothing.
    """
    for entry in entries:
        if entry["kind"] == "unread":
            yield "refused", f"{entry['place']}: {entry['why']}"
        elif entry["kind"] == "foreign":
            yield _brought(entry, by)


def _brought(entry: Json, by: User) -> tuple[str, str]:
    name = f"{entry['place']} (“{clip(entry['quote'] or entry['id'] or 'no quote', 60)}”)"
    try:
        place = anchored(entry, by=by)
        outcome = redraw_claims(
            by=by,
            article_id=place.article_id,
            revision_id=place.revision_id,
            old=[],
            spans=[GivenSpan(place.start, place.end, place.exact)],
            key=_key("claim", entry, place),
        )
        claim = outcome["claims"][0]
        is_noted = _note(UUID(claim["id"]), entry, place, by)
    except Unplaced as lost:
        return "refused", f"{name}: {lost}."
    except Refusal as refusal:
        return "refused", f"{name}: {refusal}"
    is_new = claim["is_new"] and is_noted
    return ("opened", f"{name}: a claim was opened.") if is_new else ("known", f"{name}: the claim is here already.")


def _note(claim_id: UUID, entry: Json, place: Anchored, by: User) -> bool:
    """Keep what the annotation says beside the claim; False where it stands there already."""
    body = _sentence(entry)
    if Comment.objects.filter(claim=claim_id, by=by, body=body).exists():
        return False
    write_comment(by=by, claim_id=claim_id, thread_id=None, body=body, key=_key("comment", entry, place))
    return True


def _sentence(entry: Json) -> str:
    """The note, as the discussion stores it: what the annotation said, who said it, and that it judges nothing."""
    words = " · ".join(f"“{clip(' '.join(one.split()), 300)}”" for one in entry["words"])
    who = f" of {entry['creator']}" if entry["creator"] else ""
    said = f"Came in with an annotation{who}"
    said += f": {clip(words, MOST_WORDS)}" if words else " that says nothing in words"
    named = [_LABELS[one] for one in entry["words"] if one in _LABELS]
    said += ". A tag of another tool is no assessment here" + (", whichever label it names." if named else ".")
    # An @ would call somebody of this desk. What comes out is as the discussion stores it, so that it is met again.
    return sanitise(escape(said.replace("@", "＠")))


def _key(what: str, entry: Json, place: Anchored) -> UUID:
    """One key for one annotation at one place, so that a second run is the same request."""
    said = f"{what}\n{entry['id']}\n{place.revision_id}\n{place.start}\n{place.end}\n{_sentence(entry)}"
    return uuid5(NAMESPACE_URL, said)
