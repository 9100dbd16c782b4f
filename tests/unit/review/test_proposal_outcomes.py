"""What becomes of proposals: held against what people decided, in the transaction that decides it."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.models import Article, ArticleStatus, Assessment, Claim, ProposalOutcome, User
from claims.review import proposal_figures
from claims.review.attribute_claim import GivenSpan
from claims.review.proposal_figures import Tally, count, outcomes_of, overruled_of, wilson
from claims.review.redraw_claims import redraw_claims
from claims.review.reopen_claim import reopen_claim
from claims.review.require_assessments import require_assessments
from claims.review.retract_assessment import retract_assessment
from claims.review.set_aside import hide_claim, restore_claim
from claims.vocabulary import Label
from tests.cast import assess, rule
from tests.proposing import propose_for_the_cast

OTHER = {"SOURCED": Label.OPINION, "UNSOURCED": Label.SOURCED, "OPINION": Label.UNSOURCED}


@pytest.fixture
def claims(claims: list[Claim]) -> list[Claim]:
    """The cast's four claims with proposals that stay as they are."""
    return propose_for_the_cast(claims)


def proposed(claim: Claim) -> Label:
    return Label(claim.proposal.label)


def other(claim: Claim) -> Label:
    return OTHER[claim.proposal.label]


def outcome(claim: Claim) -> str:
    """What is kept of the claim's proposal: "", "accepted" or "overruled", and what was decided."""
    found = ProposalOutcome.objects.filter(claim=claim).first()
    if found is None:
        return ""
    assert (found.rule, found.proposed) == (claim.proposal.rule, claim.proposal.label)
    assert found.outlet_id == claim.article.outlet_id
    return f"{'accepted' if found.accepted else 'overruled'} as {found.decided}"


def version(claim: Claim) -> int:
    return int(Claim.objects.select_related("status").get(pk=claim.pk).status.version)


def test_a_claim_that_nobody_judged_decides_nothing(claims: list[Claim]) -> None:
    assert ProposalOutcome.objects.count() == 0


def test_the_first_blind_label_counts_until_the_claim_is_settled(claim: Claim, ana: User) -> None:
    assess(claim, ana, proposed(claim))
    assert outcome(claim) == f"accepted as {proposed(claim)}"
    assess(claim, ana, other(claim))
    assert outcome(claim) == f"overruled as {other(claim)}"


def test_taking_the_only_label_back_takes_the_decision_back(claim: Claim, ana: User) -> None:
    own = assess(claim, ana, proposed(claim))
    retract_assessment(by=ana, claim_id=claim.pk, expected_version=own.version, key=uuid4())
    assert outcome(claim) == ""


def test_blind_labels_that_differ_decide_nothing_until_a_moderator_rules(
    claim: Claim, ana: User, ben: User, max: User
) -> None:
    assess(claim, ana, proposed(claim))
    assess(claim, ben, other(claim))
    assert outcome(claim) == ""
    rule(claim, max, proposed(claim))
    assert outcome(claim) == f"accepted as {proposed(claim)}"
    rule(claim, max, other(claim))
    assert outcome(claim) == f"overruled as {other(claim)}"


def test_who_has_seen_the_others_labels_counts_for_nothing(claim: Claim, ana: User, max: User) -> None:
    assess(claim, ana, proposed(claim))
    # A moderator sees ana's label.
    seen = assess(claim, max, other(claim))
    assert not seen.blind
    assert outcome(claim) == f"accepted as {proposed(claim)}"


def test_a_label_given_not_blind_alone_decides_nothing(claim: Claim, ana: User, max: User) -> None:
    own = assess(claim, ana, proposed(claim))
    assess(claim, max, proposed(claim))
    # Two equal ones settled it: reopened, and with ana's taken back, only the one who looked on is left.
    reopen_claim(by=max, claim_id=claim.pk, reason="Doubt.", expected_version=version(claim), key=uuid4())
    retract_assessment(by=ana, claim_id=claim.pk, expected_version=own.version, key=uuid4())
    assert Assessment.objects.get(claim=claim).blind is False
    assert outcome(claim) == ""


def test_reopening_leaves_what_the_blind_labels_say(claim: Claim, ana: User, max: User) -> None:
    assess(claim, ana, proposed(claim))
    rule(claim, max, other(claim))
    reopen_claim(by=max, claim_id=claim.pk, reason="Doubt.", expected_version=version(claim), key=uuid4())
    assert outcome(claim) == f"accepted as {proposed(claim)}"


def test_a_claim_without_a_proposal_counts_for_nothing(claim: Claim, ana: User) -> None:
    claim.proposal.delete()
    assess(claim, ana)
    assert ProposalOutcome.objects.count() == 0


def test_a_hidden_claim_is_not_counted_and_counts_again_when_it_is_back(claim: Claim, ana: User, max: User) -> None:
    assess(claim, ana, proposed(claim))
    hide_claim(by=max, claim_id=claim.pk, reason="No.", expected_version=version(claim), key=uuid4())
    assert outcome(claim) == ""
    restore_claim(by=max, claim_id=claim.pk, reason="Yes.", expected_version=version(claim), key=uuid4())
    assert outcome(claim) == f"accepted as {proposed(claim)}"


def test_a_judgement_that_goes_along_to_new_borders_counts_once(claim: Claim, ana: User) -> None:
    assess(claim, ana, proposed(claim))
    text = claim.revision.text
    span = GivenSpan(claim.start, claim.end - 1, text[claim.start : claim.end - 1])
    draw = {"by": ana, "article_id": claim.article_id, "revision_id": claim.revision_id}
    redraw_claims(**draw, old=[claim.pk], spans=[span], key=uuid4())  # type: ignore[arg-type]
    assert outcome(claim) == ""
    (counted,) = ProposalOutcome.objects.all()
    back = GivenSpan(claim.start, claim.end, text[claim.start : claim.end])
    redraw_claims(**draw, old=[counted.pk], spans=[back], key=uuid4())  # type: ignore[arg-type]
    assert [one.pk for one in ProposalOutcome.objects.all()] == [claim.pk]


def test_a_claim_that_was_split_is_not_counted(claim: Claim, ana: User) -> None:
    assess(claim, ana, proposed(claim))
    middle, text = claim.start + 10, claim.revision.text
    spans = [GivenSpan(start, end, text[start:end]) for start, end in ((claim.start, middle), (middle, claim.end))]
    redraw_claims(
        by=ana,
        article_id=claim.article_id,
        revision_id=claim.revision_id,
        old=[claim.pk],
        spans=spans,
        key=uuid4(),
    )
    assert Assessment.objects.get(claim=claim).blind
    assert ProposalOutcome.objects.count() == 0


def test_claims_that_a_storys_number_settles_are_decided(claim: Claim, article: Article, ana: User, max: User) -> None:
    assess(claim, ana, proposed(claim))
    story = create_story(by=max, title="Bridge", description="", key=uuid4())
    place_article(
        by=max,
        article_id=article.pk,
        story_id=story.pk,
        expected_version=ArticleStatus.objects.get(pk=article.pk).version,
    )
    before = ProposalOutcome.objects.get(claim=claim).decided_at
    require_assessments(by=max, story_id=story.pk, needed=1, expected_version=0, key=uuid4())
    after = ProposalOutcome.objects.get(claim=claim)
    assert after.accepted
    assert after.decided_at > before


def test_a_proposal_is_never_counted_as_an_assessment(claim: Claim, ana: User) -> None:
    assess(claim, ana, proposed(claim))
    assert Assessment.objects.filter(claim=claim).count() == 1
    assert Claim.objects.select_related("status").get(pk=claim.pk).status.given == 1


def test_accepted_and_overruled_are_what_the_labels_say(claim: Claim, ana: User) -> None:
    assess(claim, ana, proposed(claim))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalOutcome.objects.update(accepted=False)


def test_keeping_an_outcome_costs_two_queries(claims: list[Claim], ana: User) -> None:
    with CaptureQueriesContext(connection) as done:
        assess(claims[0], ana)
    about = [query["sql"] for query in done if "proposal" in query["sql"]]
    assert len(about) == 2


def test_what_was_decided_before_the_table_was_there_is_counted_by_the_migration(
    claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    assess(claims[0], ana, proposed(claims[0]))
    rule(claims[1], max, other(claims[1]))
    assess(claims[2], ana, proposed(claims[2]))
    assess(claims[2], ben, other(claims[2]))
    assess(claims[3], ana)
    hide_claim(by=max, claim_id=claims[3].pk, reason="No.", expected_version=version(claims[3]), key=uuid4())
    kept = list(ProposalOutcome.objects.order_by("claim").values())
    assert len(kept) == 2
    ProposalOutcome.objects.all().delete()
    import_module("claims.migrations.0009_count_proposals").count(apps, None)
    assert list(ProposalOutcome.objects.order_by("claim").values()) == kept


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    # Newcombe, Stat. Med. 17 (1998), table I, method 3; the last two by its formula.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_intervals_are_those_of_the_literature(hits: int, tries: int, low: float, high: float) -> None:
    assert list(wilson(hits, tries)) == pytest.approx([low, high], abs=5e-5)


def test_figures_are_by_rule_outlet_and_month(claims: list[Claim], ana: User, max: User) -> None:
    for claim in claims[:3]:
        assess(claim, ana, proposed(claim))
    assess(claims[3], ana, other(claims[3]))
    counted = count(outcomes_of(max))
    assert counted.whole == Tally(3, 1)
    rules = dict(counted.by_rule)
    assert rules[claims[3].proposal.rule].overruled == 1
    assert [tally for _, tally in counted.by_outlet] == [Tally(3, 1)]
    assert [(len(month), tally) for month, tally in counted.by_month] == [(7, Tally(3, 1))]
    assert [one.pk for one in overruled_of(max)] == [claims[3].pk]
    assert not overruled_of(max, claims[0].proposal.rule).exclude(rule=claims[0].proposal.rule)
    assert outcomes_of(max, outlet=claims[0].article.outlet_id).count() == 4
    assert outcomes_of(max, outlet=uuid4()).count() == 0


def test_few_decisions_are_marked_as_few() -> None:
    assert Tally(20, 9).is_few
    assert not Tally(20, 10).is_few
    assert Tally().share is None
    assert Tally().interval is None


def test_outcomes_are_for_moderators_alone(claim: Claim, ana: User, ben: User, eve: User, max: User) -> None:
    assess(claim, ana)
    for viewer in (ana, ben, eve):
        assert not outcomes_of(viewer)
        assert not overruled_of(viewer)
    assert outcomes_of(max)


def test_a_page_counts_the_newest_and_says_that_there_are_more(
    claims: list[Claim], ana: User, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for claim in claims[:3]:
        assess(claim, ana)
    monkeypatch.setattr(proposal_figures, "MOST_COUNTED", 2)
    counted = count(outcomes_of(max))
    assert (counted.whole.decided, counted.is_cut) == (2, True)
    ((_, month),) = counted.by_month
    assert month.decided == 3
    monkeypatch.setattr(proposal_figures, "MOST_COUNTED", 3)
    assert not count(outcomes_of(max)).is_cut


def test_where_it_is_cut_each_of_the_last_months_is_told_by_a_part_of_it(
    claims: list[Claim], ana: User, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    moments = [now, first, first - timedelta(microseconds=1), first - timedelta(days=400)]
    for claim, moment in zip(claims, moments, strict=True):
        assess(claim, ana, proposed(claim))
        ProposalOutcome.objects.filter(claim=claim).update(decided_at=moment)
    whole = [(f"{(first - timedelta(days=1)):%Y-%m}", Tally(1, 0)), (f"{now:%Y-%m}", Tally(2, 0))]
    assert count(outcomes_of(max)).by_month[1:] == whole
    monkeypatch.setattr(proposal_figures, "MOST_COUNTED", 1)
    assert count(outcomes_of(max)).by_month == whole
    monkeypatch.setattr(proposal_figures, "MOST_OF_MONTH", 1)
    assert [tally.decided for _, tally in count(outcomes_of(max)).by_month] == [1, 1]
