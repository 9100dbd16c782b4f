"""A claim that is drawn anew keeps what its reviewer found of it and others."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from claims.models import Claim, LinkAssessment, User
from claims.models.link import link_key
from claims.relations import Relation
from tests.cast import MakeArticle
from tests.linking import link


@pytest.fixture
def other(make_article: MakeArticle) -> Claim:
    article = make_article("The bridge is open.", address="https://example.net/elm")
    return Claim.objects.get(article=article)


def drawn(client: Client, claim: Claim, end: int) -> Claim:
    """The claim that takes this one's place, from its start to `end`, drawn by who is logged in."""
    spans = f'[{{"start": {claim.start}, "end": {end}, "exact": null}}]'
    sent = {"revision": claim.revision_id, "key": uuid4(), "old": [claim.pk], "spans": spans}
    answer = client.post(f"/articles/{claim.article_id}/redraw", sent, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.content
    return Claim.objects.get(pk=UUID(answer.json()["claims"][0]["id"]))


def test_a_finding_goes_along_with_its_direction(claim: Claim, other: Claim, ana: User, client: Client) -> None:
    link(claim, other, ana, Relation.UPDATES, origin=claim.pk, reason="It is later.")
    client.force_login(ana)
    shorter = drawn(client, claim, claim.end - 1)
    found = LinkAssessment.objects.select_related("link").get(link=link_key(shorter.pk, other.pk))
    assert (found.relation, found.reason, found.blind) == (Relation.UPDATES, "It is later.", True)
    assert found.forward is (found.link.a_id == shorter.pk)
    assert LinkAssessment.objects.filter(link=link_key(claim.pk, other.pk)).exists()


def test_a_step_back_keeps_what_stands_there(claim: Claim, other: Claim, ana: User, client: Client) -> None:
    link(claim, other, ana, Relation.UNRELATED)
    client.force_login(ana)
    shorter = drawn(client, claim, claim.end - 1)
    link(shorter, other, ana, Relation.FRAMES_DIFFERENTLY)
    back = drawn(client, shorter, claim.end)
    assert back.pk == claim.pk
    assert LinkAssessment.objects.get(link=link_key(claim.pk, other.pk)).relation == Relation.UNRELATED


def test_a_claim_that_somebody_else_linked_stays_and_nothing_moves(
    claim: Claim, other: Claim, ana: User, ben: User, client: Client
) -> None:
    link(claim, other, ana, Relation.UNRELATED)
    link(claim, other, ben, Relation.QUALIFIES, origin=claim.pk)
    client.force_login(ana)
    beside = drawn(client, claim, claim.end - 1)
    claim.status.refresh_from_db()
    assert claim.status.set_aside == ""
    assert not LinkAssessment.objects.filter(link=link_key(beside.pk, other.pk)).exists()
