"""No way round the time rule by drawing claims anew; and what dating costs."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from claims.coverage.claim_times import time_rule, times_of
from claims.models import Article, Claim, Link, User
from claims.relations import TIME_BOUND, LinkState
from tests.cast import MakeArticle, logged_in
from tests.drawing import SHUT, TWO, drawn, redraw
from tests.linking import between, dated, link, rule_link


def post_redraw(article: Article, by: User, old: Claim, words: str) -> HttpResponse:
    """`by` draws these words in place of the claim, by the page's form."""
    start = article.status.revision.text.index(words)
    sent = {"revision": article.status.revision_id, "key": uuid4(), "old": old.pk, "start": start}
    return logged_in(by).post(f"/articles/{article.pk}/redraw", sent | {"end": start + len(words)})


def confirmed_against_their_times() -> list[str]:
    wrong = []
    for one in Link.objects.in_work().filter(state=LinkState.CONFIRMED, relation__in=list(TIME_BOUND)):
        times = times_of([one.a_id, one.b_id])
        if not time_rule(times[one.a_id], times[one.b_id]).overlap:
            wrong.append(f"{one}: {times[one.a_id].compared.value}, {times[one.b_id].compared.value}")
    return wrong


def test_drawing_a_claim_into_another_does_not_keep_an_agreement_against_its_new_times(
    make_article: MakeArticle, ana: User, ben: User
) -> None:
    article = make_article(TWO)
    whole = article.claims.in_reading_order().first()
    (shut,) = drawn(redraw(article, ana, [], SHUT))
    other = make_article("The bridge was shut.").claims.get()
    dated(shut, ana, "2020", kind="as_of")
    dated(other, ana, "2020")
    link(shut, other, ana)
    link(shut, other, ben)
    assert between(shut, other).state == LinkState.CONFIRMED
    dated(whole, ana, "1999")
    answer = post_redraw(article, ana, whole, SHUT)
    assert answer.status_code == 302
    assert times_of([shut.pk])[shut.pk].compared.value == "1999"
    assert confirmed_against_their_times() == []


def test_a_claim_whose_link_a_moderator_ruled_is_not_drawn_away(
    make_article: MakeArticle, ana: User, max: User
) -> None:
    article = make_article(TWO)
    whole = article.claims.in_reading_order().first()
    other = make_article("The bridge was shut.").claims.get()
    dated(whole, ana, "2020")
    dated(other, ana, "2020")
    link(whole, other, ana)
    rule_link(whole, other, max, "CORROBORATES")
    assert post_redraw(article, ana, whole, SHUT).status_code == 302
    # Its link is settled, so it stays, and the new one is drawn beside it.
    assert between(whole, other).state == LinkState.CONFIRMED
    assert Link.objects.in_work().filter(state=LinkState.CONFIRMED).count() == 1
    assert confirmed_against_their_times() == []


def test_dating_a_claim_costs_few_queries_however_many_links_it_has(
    make_article: MakeArticle, ana: User, django_assert_max_num_queries: Any
) -> None:
    hub = make_article("The hub is red.").claims.get()
    for other in make_article("\n\n".join(f"Number {n} is red." for n in range(12))).claims.in_reading_order():
        link(hub, other, ana)
    before = list(Link.objects.order_by("pk").values_list("version", flat=True))
    with django_assert_max_num_queries(30):
        dated(hub, ana, "2020")
    assert list(Link.objects.order_by("pk").values_list("version", flat=True)) == before
