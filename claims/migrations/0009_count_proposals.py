"""What the desk has decided so far is held against the proposals, as claims.review.proposal_outcomes does from now on."""

from itertools import groupby, islice

from django.db import migrations

AT_ONCE = 1_000
NOT_COUNTED = ("hidden", "redrawn")


def count(apps, schema_editor):
    outcome = apps.get_model("claims", "ProposalOutcome")
    rows = (
        outcome(
            claim_id=claim, rule=rule, outlet_id=outlet, proposed=proposed, decided=decided,
            accepted=proposed == decided, decided_at=moment,
        )
        for found in (settled(apps), begun(apps))
        for claim, rule, outlet, proposed, decided, moment in found
    )
    while some := list(islice(rows, AT_ONCE)):
        outcome.objects.bulk_create(some)


def settled(apps):
    found = apps.get_model("claims", "Proposal").objects.exclude(claim__status__settled_label="")
    yield from found.exclude(claim__status__set_aside__in=NOT_COUNTED).values_list(
        "claim", "rule", "claim__article__outlet", "label", "claim__status__settled_label", "claim__status__settled_at"
    ).iterator(AT_ONCE)


def begun(apps):
    """Claims that are not settled and whose blind assessments all say the same."""
    given = apps.get_model("claims", "Assessment").objects.filter(
        blind=True, claim__status__settled_label="", claim__proposal__isnull=False
    ).exclude(claim__status__set_aside__in=NOT_COUNTED)
    rows = given.order_by("claim", "updated_at").values_list(
        "claim", "claim__proposal__rule", "claim__article__outlet", "claim__proposal__label", "label", "updated_at"
    )
    for _, of_claim in groupby(rows.iterator(AT_ONCE), key=lambda row: row[0]):
        told = list(of_claim)
        if len({label for *_, label, _ in told}) == 1:
            yield told[-1]


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_proposal_outcomes'),
    ]

    operations = [
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
