"""The list of links and its file: both sides' words, the filter, and what each viewer may know."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Article, Claim, Link, Story, User
from claims.models.link import link_key
from claims.relations import Relation
from tests import deeds
from tests.cast import MakeArticle, logged_in, person
from tests.linking import between, confirmed, dated, link, rule_link

CANARY = "what-ana-found-91ce"
TWIN = (
    "The bridge over the Elm is shut <b>since</b> Friday.\n\nThe mayor is silent.\n\nThe toll is planned.\n\nIt rains."
)


@pytest.fixture
def twins(make_article: MakeArticle, claims: list[Claim]) -> list[Claim]:
    """The claims of another article."""
    article = make_article(TWIN, address="https://example.net/twin")
    return list(Claim.objects.filter(article=article).in_reading_order())


def page(viewer: User, **asked: object) -> str:
    answer = logged_in(viewer).get("/links/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(html: str) -> list[str]:
    return re.findall(r'<tr><td class="side">.*?</tr>', html, re.S)


def shown(viewer: User, **asked: object) -> int:
    html = page(viewer, **asked)
    found = re.search(r'role="status"><b>([^<]+)</b>', html)
    assert found
    assert int(found[1]) == len(rows(html))
    return len(rows(html))


def exported(viewer: User, **asked: object) -> list[dict[str, str]]:
    answer = logged_in(viewer).get("/links.csv", asked)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))  # type: ignore[attr-defined]


def test_each_link_is_a_sentence_of_both_claims_with_outlet_time_relation_and_state(
    ana: User, ben: User, claims: list[Claim], twins: list[Claim]
) -> None:
    dated(claims[0], ana, "2024-04-26")
    dated(twins[0], ana, "2024-04")
    confirmed(claims[0], twins[0], ana, ben, Relation.CONTRADICTS, subtype="date")
    (row,) = rows(page(ana))
    assert claims[0].exact in row
    assert "is shut &lt;b&gt;since&lt;/b&gt; Friday." in row
    for words in ("example.org", "example.net", "happened 26 April 2024", "happened April 2024", "confirmed"):
        assert words in row
    assert "<b>contradicts</b> <span>(date)</span> <small>yours and settled</small>" in row


def test_what_goes_from_one_claim_to_the_other_is_told_from_there(
    ana: User, claims: list[Claim], twins: list[Claim]
) -> None:
    for origin, target in ((claims[0], twins[0]), (twins[1], claims[1])):
        link(origin, target, ana, Relation.UPDATES, origin=origin.pk)
        (row,) = [row for row in rows(page(ana)) if f"claim={origin.pk}" in row]
        assert row.index(f"claim={origin.pk}") < row.index("updates") < row.index(f"claim={target.pk}")


def test_a_moderator_reads_what_each_found_before_it_is_settled(
    ana: User, ben: User, max: User, claims: list[Claim], twins: list[Claim]
) -> None:
    link(claims[0], twins[0], ana, Relation.CONTRADICTS, subtype="date")
    link(claims[0], twins[0], ben, Relation.UPDATES, origin=between(claims[0], twins[0]).b_id)
    (row,) = rows(page(max))
    assert "<b>contradicts</b> <span>(date)</span> <small>ana</small>" in row
    assert "<b>is updated by</b> <small>ben</small>" in row


def test_of_what_another_found_a_reviewer_reads_nothing_until_it_is_settled(
    ana: User, ben: User, max: User, claims: list[Claim], twins: list[Claim]
) -> None:
    link(claims[0], twins[0], max, Relation.UNRELATED)
    before = {asked: (shown(ben, **dict([asked])), exported(ben, **dict([asked]))) for asked in _questions()}
    link(claims[0], twins[0], ana, Relation.CONTRADICTS, subtype="date", reason=CANARY, basis=CANARY)
    after = {asked: (shown(ben, **dict([asked])), exported(ben, **dict([asked]))) for asked in _questions()}
    assert after == before
    assert CANARY not in page(ben) + str(exported(ben)) + logged_in(ben).get(_link_page(claims, twins)).content.decode()
    assert shown(ben, state="open") == 1
    assert shown(max, state="disputed") == 1
    assert CANARY in str(exported(max))
    rule_link(claims[0], twins[0], person("mia", "moderator"), Relation.FRAMES_DIFFERENTLY)
    assert CANARY in str(exported(ben))
    assert shown(ben, reviewer="ana") == 1


def _questions() -> list[tuple[str, str]]:
    return [
        *(("relation", relation) for relation in [*Relation, "none"]),
        *(("state", state) for state in ("open", "done", "confirmed", "rejected")),
        *(("subtype", "date"), ("independence", "unknown"), ("reviewer", "ana"), ("reviewer", "ben"), ("q", "bridge")),
    ]


def _link_page(claims: list[Claim], twins: list[Claim]) -> str:
    return f"/links/{link_key(claims[0].pk, twins[0].pk)}/"


def test_moderators_states_and_the_time_rule_are_not_for_reviewers_to_ask(
    ana: User, claims: list[Claim], twins: list[Claim]
) -> None:
    link(claims[0], twins[0], ana, Relation.CONTRADICTS)
    for asked in ({"state": "disputed"}, {"state": "proposed"}, {"held": "yes"}):
        html = page(ana, **asked)
        assert "to choose here" in html
        assert rows(html) == []
    assert 'name="held"' not in page(ana)


def test_moderators_ask_for_what_only_the_times_hold_back(
    ana: User, ben: User, max: User, claims: list[Claim], twins: list[Claim]
) -> None:
    for who in (ana, ben):
        link(claims[0], twins[0], who, Relation.CONTRADICTS)
    link(claims[1], twins[1], ana, Relation.UNRELATED)
    assert shown(max, held="yes") == 1
    assert shown(max, held="no") == 1
    assert "held by the time rule" in page(max)
    assert "held by the time rule" not in page(ana)


def test_the_filters_ask_for_ones_own_finding_else_the_settled_one(
    ana: User, ben: User, max: User, claims: list[Claim], twins: list[Claim], article: Article, story: Story
) -> None:
    confirmed(
        claims[0], twins[0], ana, ben, Relation.CONTRADICTS, subtype="number", independence="independent", basis="B"
    )
    link(claims[1], twins[1], ana, Relation.UNRELATED)
    assert shown(ana, relation="UNRELATED") == 1
    assert shown(ana, relation="CONTRADICTS", subtype="number", independence="independent") == 1
    assert shown(max, relation="CONTRADICTS") == 1
    assert shown(max, relation="UNRELATED") == 0
    assert (shown(ben, relation="none"), shown(ana, relation="none")) == (1, 0)
    assert (shown(ana, state="done"), shown(ana, state="confirmed"), shown(ana, state="open")) == (1, 1, 0)
    assert shown(ana, q="shut") == 1
    assert shown(ana, q="“over the Elm” shut") == 1
    assert shown(ana, q="silent Elm") == 0
    assert shown(ana, article=article.pk) == 2
    assert shown(ana, outlet=twins[0].article.outlet_id) == 2
    assert shown(ana, story=story.pk) == 2
    assert shown(ben, reviewer="ana") == 1
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    assert (shown(ana, made_after=today), shown(ana, made_after=tomorrow), shown(ana, made_before=today)) == (2, 0, 2)


def test_a_mistyped_filter_shows_nothing_says_why_and_gives_no_file(
    ana: User, claims: list[Claim], twins: list[Claim]
) -> None:
    link(claims[0], twins[0], ana)
    for asked in ({"relation": "LIKES"}, {"article": "x"}, {"made_after": "soon"}, {"q": "x" * 201}):
        html = page(ana, **asked)
        assert 'role="alert"' in html
        assert rows(html) == []
        assert logged_in(ana).get("/links.csv", asked).status_code == 400
    empty = page(ana, relation="UPDATES")
    assert "No link fits all of this at once" in empty


def test_links_of_claims_that_are_hidden_are_in_no_list(
    ana: User, max: User, claims: list[Claim], twins: list[Claim]
) -> None:
    link(claims[0], twins[0], ana)
    deeds.hide(twins[0], max)
    assert (shown(ana), shown(max)) == (0, 0)
    assert exported(max) == []
    assert logged_in(ana).get(_link_page(claims, twins)).status_code == 410


def test_a_long_list_is_read_page_by_page_with_as_many_queries(
    ana: User, make_article: MakeArticle, claim: Claim, django_assert_max_num_queries: object
) -> None:
    many = make_article("\n\n".join(f"The mayor closed bridge number {n} on Friday." for n in range(52)))
    others = list(Claim.objects.filter(article=many))
    now = timezone.now()
    for number, other in enumerate(others):
        a, b = sorted((claim.pk, other.pk))
        Link.objects.create(pk=link_key(a, b), a_id=a, b_id=b, created_at=now - timedelta(minutes=number))
    mine = logged_in(ana)
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        first = mine.get("/links/").content.decode()
    assert len(rows(first)) == 50
    following = re.search(r'rel="next" href="(\?[^"]+)"', first)
    assert following
    second = mine.get("/links/" + following[1].replace("&amp;", "&")).content.decode()
    assert len(rows(second)) == 2
    assert not set(rows(first)) & set(rows(second))
    assert mine.get("/links/", {"after": "x"}).status_code == 400


def test_the_bar_leads_to_the_links(ana: User) -> None:
    assert '<a href="/links/"' in logged_in(ana).get("/claims/").content.decode()
