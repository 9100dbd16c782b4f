"""What pages say of how far the first pass read a text."""

from django import template

from claims.models import ArticleStatus, Claim
from claims.text.reading import MOST_READ
from claims.vocabulary import ClaimUnit

register = template.Library()

READ_IN_PART = f"Only the first {MOST_READ:,} sentences of this text were read for proposals."


@register.simple_tag
def read_in_part(status: ArticleStatus) -> str:
    """The sentence that says that the text is longer than what is read for proposals; "" for almost every text."""
    # Counted only where it can be so: the count that is kept takes in spans that people drew.
    if status.withdrawn_at or status.claims_count <= MOST_READ:
        return ""
    sentences = Claim.objects.filter(revision=status.revision_id, unit=ClaimUnit.SENTENCE).count()
    return READ_IN_PART if sentences > MOST_READ else ""
