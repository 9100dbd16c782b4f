"""A publication ends: a step of the verbs that let a verdict out, or take one back."""

from django.utils import timezone

from claims.models import User, VerdictPublication
from claims.transfers import PublicationState


def end(publication: VerdictPublication, how: PublicationState, by: User, why: str) -> None:
    """Take a publication from readers' eyes; its history stays."""
    publication.state, publication.ended_by, publication.end_reason = how, by, why
    publication.ended_at = timezone.now()
    publication.version += 1
    publication.save()
