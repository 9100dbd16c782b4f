"""Whatever people do with a claim, its status, the counters and the log say the same."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import audit
from claims.models import ArticleStatus, Assessment, Claim, ClaimStatus, Event, Ruling, User
from claims.refusals import Refusal
from claims.review.retract_assessment import retract_assessment
from claims.review.state import Judgement, state_of
from claims.vocabulary import SETTLED, Label
from tests.cast import assess, rule

WALK = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(["ana", "ben", "max"]), st.none() | st.sampled_from(Label)),
    max_size=12,
)


def deed(claim: Claim, by: User, label: Label | None) -> None:
    if by.username == "max":
        rule(claim, by, label or Label.OPINION)
    elif label is None:
        own = Assessment.objects.filter(claim=claim, reviewer=by).first()
        version = own.version if own else 1  # nothing to take back: refused, because the version is wrong
        retract_assessment(by=by, claim_id=claim.pk, expected_version=version, key=uuid4())
    else:
        assess(claim, by, label)


def is_told_alike(claim: Claim) -> bool:
    status = ClaimStatus.objects.get(claim=claim)
    given_to = [Judgement(Label(one.label)) for one in Assessment.objects.filter(claim=claim)]
    ruling = Ruling.objects.filter(claim=claim).first()
    state = state_of(given_to, Judgement(Label(ruling.label)) if ruling else None)
    settled = (ruling.label if ruling else given_to[0].label) if state in SETTLED else ""
    deeds = Event.objects.filter(target_type="claim", target_id=str(claim.pk)).count()
    return (status.state, status.settled_label, status.version) == (state, settled, deeds)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALK)
def test_each_write_is_one_event_and_each_refusal_none(
    ana: User, ben: User, max: User, claims: list[Claim], walk: list[tuple[int, str, Label | None]]
) -> None:
    people = {"ana": ana, "ben": ben, "max": max}
    for number, name, label in walk:
        before = Event.objects.count()
        try:
            deed(claims[number], people[name], label)
        except Refusal:
            assert Event.objects.count() == before
        else:
            assert Event.objects.count() == before + 1
    for claim in claims[:2]:
        assert is_told_alike(claim)
    settled = ClaimStatus.objects.filter(state__in=SETTLED, claim__article=claims[0].article).count()
    assert ArticleStatus.objects.get(article=claims[0].article).settled_count == settled
    assert audit.verify() is None
