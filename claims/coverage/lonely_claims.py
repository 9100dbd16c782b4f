"""Settled claims of a story that stand alone: no confirmed agreement or contradiction joins them to another."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from claims.coverage.sayings import NEEDED
from claims.models import Claim, Link, Story, User
from claims.models.claim import ClaimQuerySet
from claims.relations import MATTER_RELATIONS, LinkState
from claims.vocabulary import SETTLED, Label


def lonely_claims(story: Story, viewer: User | AnonymousUser) -> ClaimQuerySet:
    """The settled claims of the story's texts in force that are in no matter of this story, with their statuses."""
    joined = Link.objects.filter(state=LinkState.CONFIRMED, relation__in=list(MATTER_RELATIONS)).in_work()
    within = joined.of_story(story)
    return (
        Claim.objects.visible_to(viewer)
        .in_work()
        .filter(article__status__story=story, status__state__in=SETTLED)
        .exclude(status__settled_label=Label.NOT_A_CLAIM)
        .filter(~Q(Exists(within.filter(a=OuterRef("pk")))), ~Q(Exists(within.filter(b=OuterRef("pk")))))
        .select_related("status")
        .only(*NEEDED, "status__opened_at")
    )
