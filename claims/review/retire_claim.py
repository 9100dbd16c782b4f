"""A moderator retires a claim in favour of its parts: what was said of the whole stays with it."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims import audit, receipts
from claims.models import ArticleStatus, Claim, Retirement, Revision, User
from claims.permissions import check_can_moderate
from claims.refusals import Invalid
from claims.review.claim_in_hand import answered_before, check_in_work, take
from claims.review.open_span import Place, Span, claims_at, hold_article, open_span
from claims.text.parts import NotThere, locate
from claims.text.plain import plain
from claims.vocabulary import SETTLED, Aside, EventKind

MAX_REASON = 1_000
MOST_PARTS = 20


@transaction.atomic
def retire_claim(
    *, by: User, claim_id: UUID, parts: list[str], reason: str, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Retire the claim and open one for each part, named by its words, in their order.

    `expected_version` is the version of the claim's status that the page showed. Raises NotAllowed, Gone, Invalid (no
    reason, no parts, or words that are not in the claim), and Conflict where the claim changed since.
    """
    check_can_moderate(by, "retire claims")
    if not (reason := plain("reason", reason, MAX_REASON)):
        raise Invalid("Say why the claim is retired: those who judged it will read it.")
    claim = take(claim_id, set_aside_too=True)
    request = {"verb": "retire", "claim": claim_id, "version": expected_version, "parts": parts, "reason": reason}
    if before := answered_before(claim, expected_version, by=by, key=key, request=request):
        return before
    check_in_work(claim)
    spans = _spans(claim, parts)
    retirement = Retirement.objects.create(claim=claim, reason=reason, by=by)
    hold_article(claim.article_id)
    text = Revision.objects.values_list("text", flat=True).get(pk=claim.revision_id)
    there = claims_at(claim.revision_id, spans)
    opened = [_open(claim, start, end, text, there.get((start, end), [])) for start, end in spans]
    retirement.parts.set([part for part, _ in opened])
    claim.status.set_aside = Aside.RETIRED
    claim.status.version += 1
    claim.status.save()
    new = sum(is_new for _, is_new in opened)
    ArticleStatus.objects.filter(pk=claim.article_id).update(
        claims_count=F("claims_count") + new - 1,
        settled_count=F("settled_count") - int(claim.status.state in SETTLED),
    )
    keys = [str(part.pk) for part, _ in opened]
    audit.record(EventKind.CLAIM_RETIRED, by=by, target=claim, after={"parts": keys, "spans": spans}, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"parts": keys})


def _spans(claim: Claim, parts: list[str]) -> list[Span]:
    """Where the parts stand, in code points of the revision."""
    asked = [part.strip() for part in parts if part.strip()]
    if not 1 <= len(asked) <= MOST_PARTS:
        raise Invalid(f"Write each part on a line of its own, 1 to {MOST_PARTS} of them, in the words of the claim.")
    try:
        found = locate(claim.exact, asked)
    except NotThere as missing:
        raise Invalid(
            f"“{missing.words[:80]}” does not stand in the claim after the part before it. Take the parts over word "
            "by word, in their order."
        ) from missing
    if found == [(0, len(claim.exact))]:
        raise Invalid("This part is the whole claim. Put a line break where one statement ends and the next begins.")
    return [(claim.start + start, claim.start + end) for start, end in found]


def _open(whole: Claim, start: int, end: int, text: str, there: list[Claim]) -> tuple[Claim, bool]:
    """The claim of this part, and whether it is new: a part may have been opened before."""
    if there:
        if there[0].status.set_aside:
            raise Invalid(
                f"The part “{there[0].exact[:80]}” was opened before and is {there[0].status.set_aside} now. A "
                "moderator can bring it back in the panel; then retire the claim again."
            )
        return there[0], False
    place = Place(whole.article_id, whole.revision_id, text, start, end, whole.zone)
    return open_span(place, worth=whole.status.worth, takes_work=whole.status.takes_work), True
