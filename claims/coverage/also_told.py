"""Where else readers can see that the same was said: claims of a published story that corroborate one."""

from typing import Final

from django.contrib.auth.models import AnonymousUser

from claims.coverage.published_claims import published_claims
from claims.models import Claim, Link, Story
from claims.relations import Relation

MOST: Final = 50


def also_told(claim: Claim) -> list[Claim]:
    """Claims that are confirmed to say the same and are quoted on the page of the published story, as readers see it.

    None where the claim itself is not quoted there. One query where nothing corroborates it, else four more.
    """
    nobody = AnonymousUser()
    links = Link.objects.visible_to(nobody).of_claim(claim.pk).filter(relation=Relation.CORROBORATES)
    others = [link.other(claim.pk) for link in links.order_by("settled_at", "pk")[:MOST]]
    story_id = claim.article.status.story_id
    if not others or story_id is None:
        return []
    story = Story.objects.visible_to(nobody).filter(pk=story_id).first()
    if story is None:
        return []
    quoted = {one.pk: one for article in published_claims(story, nobody) for one in article.claims}
    if claim.pk not in quoted:
        return []
    found = Claim.objects.filter(pk__in=[key for key in others if key in quoted])
    return list(found.select_related("article__outlet", "article__status").order_by("article_id", "start", "pk"))
