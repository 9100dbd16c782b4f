"""The page of a link: what each viewer reads there, the ruling, reopening, and the history."""

from uuid import uuid4

import pytest
from django.test import Client

from claims.models import Claim, Link, LinkAssessment, LinkRuling, User
from claims.relations import LinkState, Relation
from tests.cast import MakeArticle, logged_in, person
from tests.linking import between, confirmed, dated, link, reopen, rule_link, unlink
from tests.pages.html import Page
from tests.pages.test_blind_crawl import VOLATILE
from tests.unit.ledger import event_count

CANARY = "what-ana-found-4d7a"
Pair = tuple[Claim, Claim]


@pytest.fixture
def pair(make_article: MakeArticle, claims: list[Claim]) -> Pair:
    article = make_article("The bridge <i>over</i> the Elm is open. It rains.", address="https://example.net/elm")
    return claims[0], Claim.objects.filter(article=article).in_reading_order()[0]


def url_of(pair: Pair, then: str = "") -> str:
    return f"/links/{between(*pair).pk}/{then}"


def page(pair: Pair, viewer: User) -> str:
    answer = logged_in(viewer).get(url_of(pair))
    assert answer.status_code == 200
    return answer.content.decode()


def history(html: str) -> str:
    return html.partition("<h2>History</h2>")[2]


def sent(browser: Client, pair: Pair, then: str = "rule", **typed: object) -> tuple[int, str]:
    """Send a form of the page as it is now, filled in."""
    html = browser.get(url_of(pair)).content.decode()
    fields = {
        element.attributes["name"]: element.attributes["value"]
        for element in Page(html).all("input", type="hidden")
        if element.attributes["name"] in {"version", "seen", "key"}
    }
    version = between(*pair).version if then == "reopen" else _ruled(pair)
    answer = browser.post(url_of(pair, then), fields | {"version": version, "key": uuid4(), **typed})
    return answer.status_code, answer.content.decode()


def _ruled(pair: Pair) -> int:
    ruling = LinkRuling.objects.filter(link=between(*pair)).first()
    return ruling.version if ruling else 0


def test_both_claims_stand_in_their_context_as_text(pair: Pair, ana: User) -> None:
    link(*pair, ana)
    html = page(pair, ana)
    assert f"<mark>{pair[0].exact}</mark>" in html
    assert "<mark>The bridge &lt;i&gt;over&lt;/i&gt; the Elm is open.</mark>" in html
    assert "example.net" in html
    assert "A says the same as B" in html


def test_until_it_is_settled_nobody_but_moderators_reads_what_another_found(
    pair: Pair, ana: User, ben: User, max: User
) -> None:
    link(*pair, ben, Relation.UNRELATED)
    before = page(pair, ben)
    link(*pair, ana, Relation.CONTRADICTS, subtype="negation", reason=CANARY, independence="independent", basis=CANARY)
    now = page(pair, ben)
    assert VOLATILE.sub("", now) == VOLATILE.sub("", before)
    assert "ana" not in now
    told = page(pair, max)
    assert CANARY in told
    assert "Accept ana’s" in told
    assert "found that B contradicts A" in history(told) or "found that A contradicts B" in history(told)
    rule_link(*pair, max, Relation.FRAMES_DIFFERENTLY)
    assert CANARY in page(pair, ben)
    assert "ruled: A frames differently from B" in history(page(pair, ben))


def test_a_ruling_that_the_times_hold_back_is_not_told_before_it_holds(
    pair: Pair, ana: User, ben: User, max: User
) -> None:
    link(*pair, ana, Relation.CONTRADICTS)
    for claim in pair:
        dated(claim, ana, "timeless")
    rule_link(*pair, max, Relation.CONTRADICTS, explanation=CANARY)
    dated(pair[0], ana, "unknown")
    assert between(*pair).state == LinkState.PROPOSED
    assert CANARY not in page(pair, ben)
    assert "dated one of the claims" not in history(page(pair, ana))
    assert "A ruling is held back" in page(pair, max)


def test_differences_come_first(pair: Pair, ana: User, ben: User, max: User) -> None:
    link(*pair, ana, Relation.CONTRADICTS, reason="The same.")
    link(*pair, ben, Relation.UNRELATED, reason="The same.")
    html = page(pair, max)
    assert html.index("differs") < html.index("Reason</th>")
    assert html.count("differs</small>") == 1


def test_a_moderator_accepts_one_of_the_findings(pair: Pair, ana: User, ben: User, max: User) -> None:
    link(*pair, ana, Relation.UPDATES, origin=pair[0].pk)
    link(*pair, ben, Relation.UNRELATED)
    accepted = LinkAssessment.objects.get(reviewer=ana)
    assert sent(logged_in(max), pair, accept=accepted.pk)[0] == 302
    now = between(*pair)
    assert (now.state, now.relation, now.forward) == (LinkState.CONFIRMED, Relation.UPDATES, now.a_id == pair[0].pk)


def test_a_ruling_of_ones_own_needs_its_reason_and_nothing_typed_is_lost(pair: Pair, ana: User, max: User) -> None:
    link(*pair, ana, Relation.UNRELATED)
    browser = logged_in(max)
    typed = {"relation": "QUALIFIES", "origin": pair[1].pk, "signs": ["near_copy"], "accept": ""}
    status, html = sent(browser, pair, **typed)
    assert status == 400
    assert "Say in a sentence why you rule so" in html
    assert '<option value="QUALIFIES" selected>' in html
    assert f'<option value="{pair[1].pk}" selected>' in html
    assert 'value="near_copy" checked' in html
    assert sent(browser, pair, **typed, explanation="It narrows it <script>.")[0] == 302
    assert between(*pair).relation == Relation.QUALIFIES
    assert "It narrows it" in page(pair, ana)
    assert "<script>." not in page(pair, ana)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Accept one of the findings, or choose a relation of your own."),
        ({"relation": "LIKES"}, "Choose one of the relations."),
        ({"relation": "UPDATES", "explanation": "E"}, "Say which of the two it goes from"),
        ({"relation": "UNRELATED", "subtype": "number", "explanation": "E"}, "Only a contradiction has a kind"),
        ({"relation": "CONTRADICTS", "explanation": "E"}, "It stays proposed, because the times of both are not known"),
        ({"relation": "UNRELATED", "explanation": "E" * 20_001}, "shorten it"),
        ({"offered": "on"}, "neither is wholly later now"),
    ],
    ids=["nothing", "odd", "undirected", "kind", "untimed", "long", "unoffered"],
)
def test_what_does_not_fit_is_refused_with_what_to_do(
    typed: dict[str, str], sentence: str, pair: Pair, ana: User, max: User
) -> None:
    link(*pair, ana, Relation.UNRELATED)
    events = event_count()
    status, html = sent(logged_in(max), pair, **typed)
    assert status == 400
    assert sentence in html
    assert event_count() == events


def test_where_the_times_lie_apart_the_update_is_offered(pair: Pair, ana: User, max: User) -> None:
    dated(pair[0], ana, "2023-05")
    dated(pair[1], ana, "2024-02-23")
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    newer = "A" if between(*pair).a_id == pair[1].pk else "B"
    assert f"Rule that {newer} updates" in page(pair, max)
    assert sent(logged_in(max), pair, offered="on", explanation="It froze later.")[0] == 302
    now = between(*pair)
    assert (now.relation, now.state) == (Relation.UPDATES, LinkState.CONFIRMED)
    assert (now.a_id if now.forward else now.b_id) == pair[1].pk


def test_sending_a_ruling_twice_has_one_effect_and_an_old_page_is_told_what_stands(
    pair: Pair, ana: User, ben: User, max: User
) -> None:
    link(*pair, ana, Relation.UNRELATED)
    browser, form = logged_in(max), {"relation": "UNRELATED", "version": 0, "key": str(uuid4()), "explanation": ""}
    for _ in range(2):
        assert browser.post(url_of(pair, "rule"), form).status_code == 302
    assert LinkRuling.objects.get().version == 1
    answer = browser.post(url_of(pair, "rule"), form | {"key": str(uuid4())})
    assert answer.status_code == 409
    assert "Another ruling was made since this page was loaded" in answer.content.decode()


def test_a_finding_that_changed_since_the_page_was_loaded_is_not_ruled_over_unseen(
    pair: Pair, ana: User, max: User
) -> None:
    link(*pair, ana, Relation.UNRELATED)
    seen = Page(page(pair, max)).all("input", name="seen")[0].attributes["value"]
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    form = {"relation": "UNRELATED", "version": 0, "key": uuid4(), "explanation": "E", "seen": seen}
    answer = logged_in(max).post(url_of(pair, "rule"), form)
    assert answer.status_code == 409
    assert "A reviewer has changed a finding" in answer.content.decode()


def test_who_judged_the_pair_is_not_offered_the_ruling(pair: Pair, max: User) -> None:
    other = person("mia", "moderator")
    link(*pair, max, Relation.UNRELATED)
    html = page(pair, max)
    assert "another moderator has to rule on it" in html
    assert 'name="relation"' not in html
    assert sent(logged_in(max), pair, relation="UNRELATED")[0] == 403
    assert 'name="relation"' in page(pair, other)


def test_a_settled_link_is_reopened_with_a_reason_and_tells_of_it(pair: Pair, ana: User, ben: User, max: User) -> None:
    confirmed(*pair, ana, ben, Relation.CORROBORATES)
    browser = logged_in(max)
    status, html = sent(browser, pair, "reopen")
    assert status == 400
    assert "Say why." in html
    assert sent(browser, pair, "reopen", reason="A source came to light.")[0] == 302
    now: Link = between(*pair)
    assert (now.state, now.reopened_with) == (LinkState.PROPOSED, 2)
    assert "reopened the link, which was confirmed as" in history(browser.get(url_of(pair)).content.decode())
    cleo = person("cleo", "reviewer")
    assert "reopened the link." in history(page(pair, cleo))
    assert "A source came to light." not in page(pair, cleo)


def test_ones_own_part_of_the_history_is_always_ones_own_to_read(pair: Pair, ana: User, ben: User) -> None:
    link(*pair, ben, Relation.CONTRADICTS)
    link(*pair, ana, Relation.UNRELATED)
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY, reason="Once more.")
    unlink(*pair, ana)
    told = history(page(pair, ana))
    assert "found that A has nothing to do with B" in told
    assert (
        "now finds that A frames differently from B, before “A has nothing to do with B” and changed the reason" in told
    )
    assert "took back “A frames differently from B”" in told
    assert "ben" not in told
    assert told.count("<li>") == 3


def test_the_history_of_a_settled_link_is_told_in_full(pair: Pair, ana: User, ben: User, max: User) -> None:
    confirmed(*pair, ana, ben, Relation.CORROBORATES)
    reopen(*pair, max)
    rule_link(*pair, max, Relation.UNRELATED)
    rule_link(*pair, max, Relation.FRAMES_DIFFERENTLY)
    told = history(page(pair, ana))
    for sentence in (
        "found that A says the same as B; the link is confirmed.",
        "reopened the link, which was confirmed as “A says the same as B”.",
        "A source came to light.",
        "ruled anew: A frames differently from B, where the ruling was “A has nothing to do with B”.",
    ):
        assert sentence in told


def test_a_link_that_is_not_there_is_gone(ana: User, max: User) -> None:
    assert logged_in(ana).get(f"/links/{uuid4()}/").status_code == 410
    form = {"relation": "UNRELATED", "version": 0, "key": uuid4(), "offered": "on"}
    assert logged_in(max).post(f"/links/{uuid4()}/rule", form).status_code == 410


def test_ones_own_finding_is_taken_back_from_the_page(pair: Pair, ana: User) -> None:
    link(*pair, ana, Relation.UNRELATED)
    browser = logged_in(ana)
    (form,) = [one for one in Page(page(pair, ana)).all("form") if one.attributes["action"].endswith("/retract")]
    answer = browser.post(form.attributes["action"], {"version": 1, "key": uuid4()})
    assert answer.status_code == 302
    assert not LinkAssessment.objects.exists()
    assert "/retract" not in page(pair, ana)
