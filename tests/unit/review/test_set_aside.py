"""A moderator hides a claim from everybody else, and brings it back as it was."""

from itertools import permutations
from uuid import uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Assessment, Claim, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.retract_assessment import retract_assessment
from claims.vocabulary import Aside, ClaimState, Label
from tests.cast import MakeArticle, assess, rule
from tests.deeds import counted, hide, reopen, restore, retire, status
from tests.unit.ledger import event_count, events


def sees(viewer: User, claim: Claim) -> bool:
    return Claim.objects.visible_to(viewer).filter(pk=claim.pk).exists()


def test_a_hidden_claim_is_for_moderators_alone(ana: User, ben: User, max: User, ada: User, claim: Claim) -> None:
    assess(claim, ana)
    hide(claim, max, "It names a child.")
    assert [sees(who, claim) for who in (ana, ben, max, ada)] == [False, False, True, True]
    assert not Claim.objects.visible_to(max).in_work().filter(pk=claim.pk).exists()
    (event,) = events("claim.hidden")
    assert (event.by, event.reason, event.after) == (max, "It names a child.", {"set_aside": "hidden"})


def test_a_hidden_claim_takes_no_work(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    hide(claim, max)
    before = event_count()
    deeds = [
        lambda: assess(claim, ben),
        lambda: assess(claim, ana, Label.OPINION),
        lambda: retract_assessment(by=ana, claim_id=claim.pk, expected_version=1, key=uuid4()),
        lambda: rule(claim, max),
        lambda: reopen(claim, max),
    ]
    for deed in deeds:
        with pytest.raises(Gone, match="A moderator has hidden this claim"):
            deed()
    assert event_count() == before
    assert Assessment.objects.get().label == "UNSOURCED"


@pytest.mark.parametrize("labels", [(), ("OPINION",), ("OPINION", "OPINION"), ("OPINION", "SOURCED")])
@pytest.mark.parametrize("ruled", [False, True])
def test_every_state_comes_back_as_it_was(
    ana: User, ben: User, max: User, claim: Claim, labels: tuple[str, ...], *, ruled: bool
) -> None:
    for who, label in zip((ana, ben), labels, strict=False):
        assess(claim, who, Label(label))
    if ruled:
        rule(claim, max)
    before, count = status(claim), counted(claim.article)
    hide(claim, max)
    assert status(claim).state == before.state
    assert counted(claim.article) == (3, 0)
    restore(claim, max)
    after = status(claim)
    for name in ("state", "settled_label", "settled_at", "given", "needed", "set_aside"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.version == before.version + 2
    assert counted(claim.article) == count
    (event,) = events("claim.restored")
    assert (event.before, event.reason) == ({"set_aside": "hidden"}, "It does not.")


@pytest.mark.parametrize("order", [*permutations(["hide", "settle", "retire"])])
def test_counters_are_right_whatever_comes_first(max: User, claims: list[Claim], order: tuple[str, ...]) -> None:
    """Three claims are each hidden, settled and retired where that can be, in any order, and brought back."""
    article = claims[0].article

    def true() -> tuple[int, int]:
        here = Claim.objects.filter(article=article).in_work()
        return here.count(), here.exclude(status__settled_label="").count()

    deeds = {
        "hide": lambda claim: hide(claim, max),
        "settle": lambda claim: rule(claim, max),
        "retire": lambda claim: retire(claim, max, claim.exact[:10]),
    }
    for claim in claims[:3]:
        for name in order:
            if status(claim).set_aside:
                restore(claim, max)
                assert counted(article) == true()
            deeds[name](claim)
            assert counted(article) == true()
    for claim in claims[:3]:
        if status(claim).set_aside:
            restore(claim, max)
            assert counted(article) == true()
    assert counted(article) == (7, 3)


def test_hiding_what_is_set_aside_and_restoring_what_is_not_is_refused(max: User, claims: list[Claim]) -> None:
    with pytest.raises(Conflict, match="neither hidden nor retired"):
        restore(claims[0], max)
    hide(claims[0], max)
    with pytest.raises(Conflict, match="This claim is hidden already"):
        hide(claims[0], max)
    retire(claims[1], max, claims[1].exact[:10])
    with pytest.raises(Conflict, match="This claim is retired already"):
        hide(claims[1], max)
    assert status(claims[1]).set_aside == Aside.RETIRED


def test_only_moderators_hide_and_restore(ana: User, eve: User, max: User, claims: list[Claim]) -> None:
    hide(claims[1], max)
    for who in (ana, eve):
        with pytest.raises(NotAllowed, match="only a moderator may hide claims"):
            hide(claims[0], who)
        with pytest.raises(NotAllowed, match="only a moderator may restore claims"):
            restore(claims[1], who)
    assert [status(claim).set_aside for claim in claims[:2]] == ["", "hidden"]


@pytest.mark.parametrize("reason", ["", " \n", "x" * 1_001])
def test_a_reason_is_needed_and_has_a_limit(max: User, claims: list[Claim], reason: str) -> None:
    hide(claims[1], max)
    before = event_count()
    with pytest.raises(Invalid, match=r"Say why the claim is hidden|1,000"):
        hide(claims[0], max, reason)
    with pytest.raises(Invalid, match=r"Say why the claim is restored|1,000"):
        restore(claims[1], max, reason)
    assert event_count() == before


def test_an_old_page_hides_and_restores_nothing(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    with pytest.raises(Conflict, match="Something was done with this claim"):
        hide(claim, max, expected_version=0)
    hide(claim, max)
    with pytest.raises(Conflict, match="Something was done with this claim"):
        restore(claim, max, expected_version=1)
    assert status(claim).set_aside == "hidden"


def test_the_same_key_has_one_effect(max: User, ada: User, claim: Claim) -> None:
    hiding = {"expected_version": 0, "key": uuid4()}
    first = hide(claim, max, **hiding)
    assert hide(claim, max, **hiding) == first == {"version": 1}
    restoring = {"expected_version": 1, "key": uuid4()}
    second = restore(claim, max, **restoring)
    assert restore(claim, max, **restoring) == second == {"version": 2}
    assert hide(claim, max, **hiding) == first
    assert (status(claim).set_aside, status(claim).version) == ("", 2)
    assert counted(claim.article) == (4, 0)
    assert len(events("claim.hidden", "claim.restored")) == 2
    with pytest.raises(Conflict):
        hide(claim, ada, **hiding)


def test_claims_that_are_gone_are_neither_hidden_nor_restored(
    max: User, make_article: MakeArticle, claims: list[Claim]
) -> None:
    hide(claims[0], max)
    retire(claims[2], max, claims[2].exact[:20])
    make_article("Another text.", address="https://example.org/bridge")
    for deed, claim in ((hide, claims[1]), (restore, claims[2])):
        with pytest.raises(Gone, match="text of this sentence has changed"):
            deed(claim, max)
        with pytest.raises(Gone, match="This claim is gone"):
            deed(claim, max, claim_id=uuid4())
    withdraw_article(by=max, article_id=claims[0].article_id, reason="Asked for.", expected_version=0)
    with pytest.raises(Gone, match="withdrawn"):
        restore(claims[0], max)
    assert counted(claims[0].article) == (1, 0)


def test_a_claim_settled_while_it_was_hidden_can_not_be(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    hide(claim, max)
    with pytest.raises(Gone):
        assess(claim, ben)
    restore(claim, max)
    assess(claim, ben)
    assert status(claim).state == ClaimState.AGREED
    assert counted(claim.article) == (4, 1)
