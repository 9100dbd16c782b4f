"""Whether somebody judges the words that stand in the article now: their page may be older than the text."""

from uuid import UUID

from claims.models import Anchor, Claim
from claims.refusals import Gone
from claims.text.fold import fold

CHANGED = (
    "The words of this claim have changed in the article since the page was loaded. Reload it, look at the new words, "
    "and judge again; what you chose is kept until then."
)


def check_seen(claim: Claim, revision_id: UUID | None) -> None:
    """Raise Gone where the text that the page showed had other words for this claim; None is not said.

    Kinds of space and glyphs are no other words. One query, and none where the page showed the text in force.
    """
    if revision_id is None or revision_id == claim.revision_id:
        return
    stood = Anchor.objects.filter(claim=claim, revision=revision_id).values_list("exact", flat=True).first()
    stands = Claim.objects.values_list("exact", flat=True).get(pk=claim.pk)
    if stood is None or fold(stood) != fold(stands):
        raise Gone(CHANGED)
