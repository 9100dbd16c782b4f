"""Links: found blind by one, confirmed by a second, disputed, rejected, ruled on; and never against the times."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from claims.models import Article, Claim, Link, LinkAssessment, User
from claims.models.link import in_order, link_key
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.relations import Independence, LinkState, OriginSignKind, Relation
from claims.vocabulary import EventKind
from tests import deeds
from tests.cast import MakeArticle
from tests.linking import between, confirmed, dated, finding, link, reopen, rule_link, unlink
from tests.unit.ledger import event_count, events

OTHER = "The bridge over the Elm is open.\n\nMayor Ida Brook said that the bridge would open again in June."


@pytest.fixture
def other_article(make_article: MakeArticle) -> Article:
    return make_article(OTHER, address="https://example.net/elm")


@pytest.fixture
def pair(claims: list[Claim], other_article: Article) -> tuple[Claim, Claim]:
    """“… would open again in May” here, “… in June” there."""
    return claims[1], list(Claim.objects.filter(article=other_article).in_reading_order())[1]


Pair = tuple[Claim, Claim]


def seen(pair: Pair, viewer: User) -> tuple[str, str | None]:
    row = Link.objects.visible_to(viewer).get(pk=link_key(pair[0].pk, pair[1].pk))
    return row.seen_state, row.seen_relation  # type: ignore[attr-defined]


def test_one_proposes_and_a_second_person_confirms(pair: Pair, ana: User, ben: User) -> None:
    for claim in pair:
        dated(claim, ana, "timeless")
    first = link(*pair, ana, Relation.CONTRADICTS, subtype="date", reason="May against June.")
    assert (first["state"], first["version"], first["time_rule"]) == (LinkState.PROPOSED, 1, "")
    assert between(*pair).state == LinkState.PROPOSED
    link(pair[1], pair[0], ben, Relation.CONTRADICTS, subtype="date")
    now = between(*pair)
    assert (now.state, now.relation, now.subtype, now.given) == (LinkState.CONFIRMED, Relation.CONTRADICTS, "date", 2)
    assert Link.objects.count() == 1


def test_the_same_person_does_not_confirm_their_own(pair: Pair, ana: User) -> None:
    dated(pair[0], ana, "timeless")
    dated(pair[1], ana, "timeless")
    link(*pair, ana, Relation.CONTRADICTS)
    link(*pair, ana, Relation.CONTRADICTS, reason="Once more.")
    assert between(*pair).state == LinkState.PROPOSED


def test_what_another_found_is_not_seen_before_it_is_settled(pair: Pair, ana: User, ben: User, max: User) -> None:
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY, reason="canary")
    assert seen(pair, ben) == (LinkState.OPEN, "")
    assert seen(pair, ana) == ("done", Relation.FRAMES_DIFFERENTLY)
    assert seen(pair, max)[0] == LinkState.PROPOSED
    assert not LinkAssessment.objects.visible_to(ben).exists()
    link(*pair, ben, Relation.FRAMES_DIFFERENTLY)
    assert seen(pair, ben) == (LinkState.CONFIRMED, Relation.FRAMES_DIFFERENTLY)
    assert LinkAssessment.objects.visible_to(ben).count() == 2


def test_who_comes_second_is_told_no_more_than_who_comes_first(pair: Pair, ana: User, ben: User) -> None:
    link(*pair, ana, Relation.QUALIFIES, origin=pair[0].pk)
    told = link(*pair, ben, Relation.FRAMES_DIFFERENTLY)
    assert (told["state"], told["settled"]) == (LinkState.PROPOSED, "")
    assert between(*pair).state == LinkState.DISPUTED


def test_a_direction_the_other_way_round_is_a_dispute(pair: Pair, ana: User, ben: User) -> None:
    link(*pair, ana, Relation.UPDATES, origin=pair[0].pk)
    link(*pair, ben, Relation.UPDATES, origin=pair[1].pk)
    assert between(*pair).state == LinkState.DISPUTED
    link(*pair, ben, Relation.UPDATES, origin=pair[0].pk)
    now = between(*pair)
    assert now.state == LinkState.CONFIRMED
    assert now.forward is (now.a_id == pair[0].pk)


def test_unrelated_by_two_is_rejected_and_remembered(pair: Pair, ana: User, ben: User) -> None:
    link(*pair, ana, Relation.UNRELATED)
    link(*pair, ben, Relation.UNRELATED)
    assert between(*pair).state == LinkState.REJECTED


@pytest.mark.parametrize("relation", [Relation.CORROBORATES, Relation.CONTRADICTS])
def test_no_agreement_or_contradiction_is_confirmed_while_times_are_unknown(
    relation: str, pair: Pair, ana: User, ben: User
) -> None:
    told = link(*pair, ana, relation)
    assert "not known" in told["time_rule"]
    link(*pair, ben, relation)
    assert (between(*pair).state, between(*pair).held_by_time) == (LinkState.PROPOSED, True)
    dated(pair[0], ana, "2024-05")
    assert between(*pair).state == LinkState.PROPOSED
    assert dated(pair[1], ben, "2024-05-03/2024-06") == 1
    assert (between(*pair).state, between(*pair).held_by_time) == (LinkState.CONFIRMED, False)
    assert dated(pair[1], ben, "2024-07") == 1
    assert (between(*pair).state, between(*pair).relation) == (LinkState.PROPOSED, "")


@pytest.mark.parametrize("relation", [Relation.CORROBORATES, Relation.CONTRADICTS])
def test_times_that_lie_apart_refuse_it_and_the_sentence_offers_an_update(relation: str, pair: Pair, ana: User) -> None:
    dated(pair[0], ana, "2023-05-22")
    dated(pair[1], ana, "2024-02", kind="as_of")
    before = event_count()
    with pytest.raises(Invalid, match="the newer one updates the older one"):
        link(*pair, ana, relation)
    assert (event_count(), Link.objects.count()) == (before, 0)
    link(*pair, ana, Relation.UPDATES, origin=pair[1].pk)


def test_a_moderator_is_held_by_the_times_too(pair: Pair, ana: User, max: User) -> None:
    link(*pair, ana, Relation.CONTRADICTS)
    with pytest.raises(Invalid, match="not known"):
        rule_link(*pair, max, Relation.CONTRADICTS)
    dated(pair[0], ana, "timeless")
    dated(pair[1], ana, "timeless")
    rule_link(*pair, max, Relation.CONTRADICTS)
    assert between(*pair).state == LinkState.CONFIRMED
    dated(pair[1], ana, "unknown")
    assert (between(*pair).state, between(*pair).held_by_time) == (LinkState.PROPOSED, True)


def test_a_ruling_settles_a_dispute_and_reopening_takes_one_finding_more(
    pair: Pair, ana: User, ben: User, max: User, ada: User
) -> None:
    link(*pair, ana, Relation.UNRELATED)
    link(*pair, ben, Relation.FRAMES_DIFFERENTLY)
    with pytest.raises(Invalid, match="Say in a sentence"):
        rule_link(*pair, max, Relation.QUALIFIES, explanation=" ", origin=pair[0].pk)
    rule_link(*pair, max, Relation.FRAMES_DIFFERENTLY)
    assert between(*pair).state == LinkState.CONFIRMED
    with pytest.raises(Conflict, match="settled"):
        link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    with pytest.raises(Conflict, match="ruled"):
        unlink(*pair, ana)
    reopen(*pair, ada)
    assert between(*pair).state == LinkState.DISPUTED
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    assert between(*pair).state == LinkState.PROPOSED
    assert not LinkAssessment.objects.get(reviewer=ana).blind


def test_who_judged_a_pair_does_not_rule_on_it_where_another_moderator_exists(
    pair: Pair, max: User, ada: User, ana: User
) -> None:
    link(*pair, max, Relation.UNRELATED)
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    with pytest.raises(NotAllowed, match="somebody else has to rule on it: ada"):
        rule_link(*pair, max, Relation.UNRELATED)
    rule_link(*pair, ada, Relation.UNRELATED)


def test_a_finding_is_taken_back_and_its_versions_go_on(pair: Pair, ana: User) -> None:
    link(*pair, ana, Relation.UNRELATED)
    unlink(*pair, ana)
    assert (between(*pair).state, between(*pair).given) == (LinkState.OPEN, 0)
    assert link(*pair, ana, Relation.UNRELATED)["version"] == 2


def test_a_settled_pair_is_closed_to_who_did_not_settle_it(pair: Pair, ana: User, ben: User, max: User) -> None:
    link(*pair, ana, Relation.UNRELATED)
    link(*pair, ben, Relation.UNRELATED)
    with pytest.raises(Conflict, match="settled"):
        link(*pair, max, Relation.UNRELATED)


def test_a_request_that_comes_twice_counts_once(pair: Pair, ana: User) -> None:
    key = uuid4()
    first = link(*pair, ana, Relation.UNRELATED, key=key, expected_version=0)
    again = link(*pair, ana, Relation.UNRELATED, key=key, expected_version=0)
    assert first == again
    assert len(events(EventKind.LINK_ASSESSED)) == 1
    with pytest.raises(Conflict, match="used for another"):
        link(*pair, ana, Relation.QUALIFIES, origin=pair[0].pk, key=key, expected_version=0)
    with pytest.raises(Conflict, match="changed this finding elsewhere") as refused:
        link(*pair, ana, Relation.QUALIFIES, origin=pair[0].pk, expected_version=0)
    assert refused.value.current["relation"] == Relation.UNRELATED


def test_a_claim_is_never_linked_to_itself_and_a_pair_stands_once(pair: Pair, ana: User) -> None:
    with pytest.raises(Invalid, match="not linked to itself"):
        link(pair[0], pair[0], ana)
    a, b = in_order(pair[0].pk, pair[1].pk)
    for one, other in ((b, a), (a, a)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.create(pk=uuid4(), a_id=one, b_id=other)


REFUSED = {
    "no relation": (finding("LOVES"), "one of the six"),
    "a kind without a contradiction": (finding(Relation.UNRELATED, subtype="date"), "Only a contradiction"),
    "an unknown kind": (finding(Relation.CONTRADICTS, subtype="mood"), "kinds of contradiction"),
    "an update from nowhere": (finding(Relation.UPDATES), "which of the two"),
    "an update from a third claim": (finding(Relation.UPDATES, origin=uuid4()), "which of the two"),
    "a direction where there is none": (finding(Relation.UNRELATED, origin=uuid4()), "Leave the direction empty"),
    "independence of an update": (finding(Relation.UNRELATED, independence=Independence.SHARED), "Leave it unknown"),
    "independence without evidence": (
        finding(Relation.CORROBORATES, independence=Independence.INDEPENDENT),
        "evidence of its own",
    ),
    "a shared origin without a sign": (
        finding(Relation.CORROBORATES, independence=Independence.SHARED),
        "needs its evidence",
    ),
    "an unknown sign": (finding(Relation.CORROBORATES, signs=("smell",)), "signs of a shared origin"),
    "too long a reason": (finding(Relation.UNRELATED, reason="x" * 4001), "4,000"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_finding_whose_parts_do_not_fit_is_refused_with_what_to_do(what: str, pair: Pair, ana: User) -> None:
    parts, sentence = REFUSED[what]
    with pytest.raises(Invalid, match=sentence):
        link(*pair, ana, **vars(parts))
    assert not Link.objects.exists()


def test_findings_of_the_origin_settle_only_where_they_are_the_same(pair: Pair, ana: User, ben: User) -> None:
    shared = {"independence": Independence.SHARED, "signs": (OriginSignKind.SAME_VOICE,)}
    confirmed(*pair, ana, ben, Relation.CORROBORATES, **shared)
    assert (between(*pair).independence, between(*pair).signs) == (Independence.SHARED, ["same_voice"])
    link(*pair, ben, Relation.CORROBORATES)
    assert (between(*pair).state, between(*pair).independence) == (LinkState.CONFIRMED, Independence.UNKNOWN)


def test_who_may_not_link(pair: Pair, eve: User, ana: User) -> None:
    with pytest.raises(NotAllowed):
        link(*pair, eve)
    link(*pair, ana, Relation.UNRELATED)
    with pytest.raises(NotAllowed):
        rule_link(*pair, ana, Relation.UNRELATED)
    with pytest.raises(NotAllowed):
        reopen(*pair, ana)


def test_hidden_locked_and_withdrawn_claims_take_no_findings(
    pair: Pair, article: Article, other_article: Article, ana: User, max: User
) -> None:
    deeds.lock(article, max)
    with pytest.raises(Conflict, match="locked"):
        link(*pair, ana, Relation.UNRELATED)
    deeds.unlock(article, max)
    link(*pair, ana, Relation.UNRELATED)
    deeds.hide(pair[0], max)
    with pytest.raises(Gone):
        unlink(*pair, ana)
    assert not Link.objects.visible_to(ana).exists()
    assert Link.objects.visible_to(max).exists()
    assert not Link.objects.visible_to(max).in_work().exists()


def test_no_words_of_the_texts_go_into_the_log(pair: Pair, ana: User, ben: User, max: User) -> None:
    confirmed(*pair, ana, ben, Relation.CONTRADICTS)
    reopen(*pair, max)
    written = " ".join(f"{event.before} {event.after} {event.reason}" for event in events())
    assert "would open" not in written
    assert [event.kind for event in events(EventKind.LINK_ASSESSED, EventKind.LINK_REOPENED)] == [
        EventKind.LINK_ASSESSED,
        EventKind.LINK_ASSESSED,
        EventKind.LINK_REOPENED,
    ]


def test_a_claim_that_another_linked_keeps_its_borders(pair: Pair, ana: User, ben: User) -> None:
    from claims.review.others_work import worked_on_by_others

    link(*pair, ana, Relation.UNRELATED)
    assert worked_on_by_others([pair[0].pk, pair[1].pk], ben) == {pair[0].pk, pair[1].pk}
    assert worked_on_by_others([pair[0].pk, pair[1].pk], ana) == set()
