"""What the database itself refuses, whoever writes: rooms are not the only way in."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from claims.models import Article, Assessment, Claim, ClaimStatus, OutletStatus, Ruling, User, Zone
from claims.vocabulary import Label
from tests.cast import assess, rule

MISFITS = [
    {"label": "SOURCED", "strength": 1},
    {"label": "SOURCED", "strength": 6},
    {"label": "UNSOURCED", "strength": 2},
    {"label": "OPINION", "strength": 0},
    {"label": "NOT_A_CLAIM", "strength": 5},
    {"label": "SOURCED", "strength": 3, "reason": "hedge"},
    {"label": "UNSOURCED", "strength": 0, "reason": "because"},
    {"label": "TRUE"},
    {"label": ""},
]


def refused(write: Any, name: str | None = None) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


@pytest.mark.parametrize("parts", MISFITS)
def test_an_assessment_whose_parts_do_not_fit(ana: User, claim: Claim, parts: dict[str, Any]) -> None:
    row = Assessment(claim=claim, article=claim.article, reviewer=ana, scheme_version=1, **parts)
    refused(row.save, "assessment_(label|strength|reason)")


@pytest.mark.parametrize("parts", MISFITS)
def test_a_ruling_whose_parts_do_not_fit(max: User, claim: Claim, parts: dict[str, Any]) -> None:
    row = Ruling(claim=claim, by=max, explanation="So.", scheme_version=1, **parts)
    refused(row.save, "ruling_(label|strength|reason)")


def test_a_second_assessment_of_one_claim_by_one_person(ana: User, claim: Claim) -> None:
    assess(claim, ana)
    refused(Assessment(claim=claim, article=claim.article, reviewer=ana, label="OPINION", scheme_version=1).save)


@pytest.mark.parametrize(
    "parts",
    [
        {"state": "agreed"},
        {"state": "agreed", "settled_label": "OPINION"},
        {"state": "ruled", "settled_at": timezone.now()},
        {"state": "open", "settled_label": "OPINION"},
        {"state": "disputed", "settled_label": "OPINION", "settled_at": timezone.now()},
        {"state": "open", "settled_at": timezone.now()},
        {"state": "finished"},
    ],
)
def test_a_claim_settled_without_a_label_or_labelled_without_being_settled(claim: Claim, parts: dict[str, Any]) -> None:
    refused(lambda: ClaimStatus.objects.filter(claim=claim).update(**parts), "claim_(settled|state)")


def test_a_claim_outside_headline_and_body_or_without_length(claim: Claim) -> None:
    here = Claim.objects.filter(pk=claim.pk)
    refused(lambda: here.update(zone="caption"), "claim_zone")
    refused(lambda: here.update(end=claim.start), "claim_span")


def test_a_zone_that_is_none(claim: Claim) -> None:
    here = Zone.objects.filter(revision=claim.revision)
    refused(lambda: here.update(kind="advert"), "zone_kind")
    refused(lambda: here.update(end=0), "zone_span")


def test_an_outlet_of_no_kind(article: Article) -> None:
    refused(lambda: OutletStatus.objects.update(kind="good"), "outlet_kind")


def test_work_cannot_be_deleted_with_what_it_is_about(ana: User, max: User, claims: list[Claim]) -> None:
    assess(claims[0], ana)
    rule(claims[1], max, Label.OPINION)
    for row in (claims[0], claims[1], claims[0].article, claims[0].revision, ana, max):
        with pytest.raises(ProtectedError):
            row.delete()


def test_foreign_keys_are_held_by_the_database(ana: User, claim: Claim) -> None:
    nowhere = "0" * 32

    def point_nowhere() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE claims_claim SET article_id = %s", [nowhere])
        connection.check_constraints()

    refused(point_nowhere)
