import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Article, Claim, ClaimStatus, Story, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule

URL = "/claims/"
CANARY = "what-ben-thinks-7c1f"


def page(viewer: User, **asked: object) -> str:
    response = logged_in(viewer).get(URL, asked)
    assert response.status_code == 200
    return response.content.decode()


def quotes(html: str) -> list[str]:
    return re.findall(r"<q [^>]*>(.*?)</q>", html, re.S)


def count(html: str) -> str:
    found = re.search(r'role="status"><b>([^<]+)</b>', html)
    assert found
    return found[1]


def many(make_article: MakeArticle, number: int, **parts: str) -> list[Claim]:
    text = "\n\n".join(f"The mayor closed bridge number {n} on Friday." for n in range(1, number + 1))
    return list(Claim.objects.filter(article=make_article(text, **parts)).in_reading_order())


def test_somebody_who_is_not_logged_in_is_sent_to_log_in(client: Client, claims: list[Claim]) -> None:
    response = client.get(URL, {"label": "SOURCED"})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))
    assert "label%3DSOURCED" in response["Location"]


def test_an_account_without_a_role_is_refused(eve: User, claims: list[Claim]) -> None:
    response = logged_in(eve).get(URL)
    assert response.status_code == 403
    assert claims[0].exact not in response.content.decode()


def test_every_claim_is_listed_with_its_place(ana: User, claims: list[Claim], article: Article) -> None:
    html = page(ana)
    assert quotes(html) == [claim.exact for claim in claims]
    assert count(html) == "4"
    for claim in claims:
        assert f'href="/articles/{article.pk}/?claim={claim.pk}#here"' in html
    assert "example.org" in html
    assert article.status.title in html


def test_a_claim_of_the_headline_says_so(ana: User, corpus: list[Article]) -> None:
    headline = Claim.objects.filter(zone="headline").first()
    assert headline
    html = page(ana, article=headline.article_id)
    assert len(re.findall(r"<small class=\"zone\">headline</small>", html)) == (
        Claim.objects.filter(article=headline.article_id, zone="headline").count()
    )


def test_ones_own_label_the_settled_one_and_a_proposal_look_different(
    ana: User, max: User, claims: list[Claim]
) -> None:
    assess(claims[0], ana, Label.OPINION)
    rule(claims[0], max, Label.SOURCED, strength=3)
    rule(claims[1], max, Label.UNSOURCED, strength=1)
    rows = re.findall(r'<td class="label">(.*?)</td>', page(ana), re.S)
    assert 'class="tag O"' in rows[0]
    assert "Opinion <small>yours</small>" in rows[0]
    assert "Sourced <small>settled</small>" in rows[0]
    assert 'class="tag U"' in rows[1]
    assert "Unsourced <small>settled</small>" in rows[1]
    assert "strength 1" in rows[1]
    assert "draft" in rows[2]
    assert "proposed:" in rows[2]
    assert "draft" not in rows[0] + rows[1]


def test_a_quote_is_text_and_never_markup(ana: User, make_article: MakeArticle) -> None:
    make_article("The mayor said <script>alert(1)</script> & left on Friday.")
    html = page(ana)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; left" in html


def test_the_filter_is_in_the_address_and_in_the_form(ana: User, claims: list[Claim], article: Article) -> None:
    html = page(ana, q="toll", label="none", article=article.pk)
    assert quotes(html) == [claims[2].exact]
    assert 'name="q" value="toll"' in html
    assert '<option value="none" selected>' in html
    assert f'<option value="{article.pk}" selected>' in html
    assert f'href="/claims.csv?q=toll&amp;label=none&amp;article={article.pk}"' in html


def test_an_empty_result_offers_to_take_each_filter_away(ana: User, claims: list[Claim]) -> None:
    html = page(ana, q="toll", label="OPINION")
    assert count(html) == "0"
    assert quotes(html) == []
    assert "No claim fits all of this at once" in html
    assert '<li><a href="?label=OPINION">without words “<span dir="auto">toll</span>”</a></li>' in html
    assert '<li><a href="?q=toll">without label “<span dir="auto">Opinion</span>”</a></li>' in html


def test_an_empty_workbench_says_how_claims_come_about(ana: User) -> None:
    assert "There are no claims yet" in page(ana)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"article": "not-a-uuid"}, "Article: This is not the key of anything here."),
        ({"opened_after": "2024-99-99"}, "Opened from: This is not a day."),
        ({"label": "<b>"}, "Label: There is no “&lt;b&gt;” to choose here."),
        ({"q": "a" * 201}, "Words: The search is 201 characters long."),
    ],
)
def test_a_value_that_makes_no_sense_is_explained(
    ana: User, claims: list[Claim], asked: dict[str, str], sentence: str
) -> None:
    html = page(ana, **asked)
    assert sentence in html
    assert quotes(html) == []
    assert "Export CSV" not in html


@pytest.mark.parametrize("place", ["x", "2024-01-01~", "2024-01-01T00:00:00~1", "~", "2024-01-01T00:00:00~" + "0" * 32])
def test_a_made_up_place_in_the_list_is_refused(ana: User, claims: list[Claim], place: str) -> None:
    for name in ("after", "before"):
        response = logged_in(ana).get(URL, {name: place})
        assert response.status_code == 400
        assert "This page of the list is not known." in response.content.decode()


def turned(viewer: User, html: str, rel: str) -> str:
    link = re.search(rf'rel="{rel}" href="([^"]+)"', html)
    return logged_in(viewer).get(URL + link[1].replace("&amp;", "&")).content.decode() if link else ""


def walk(viewer: User, first: str, rel: str) -> list[list[str]]:
    pages, html = [], first
    while html:
        pages.append(quotes(html))
        html = turned(viewer, html, rel)
    return pages


def test_turning_the_pages_shows_every_claim_once_both_ways(ana: User, make_article: MakeArticle) -> None:
    # All claims of one reading have the same time: only the key tells them apart.
    listed = [claim.exact for claim in many(make_article, 120)]
    forwards = walk(ana, page(ana), "next")
    assert [len(some) for some in forwards] == [50, 50, 20]
    assert [quote for some in forwards for quote in some] == listed
    last = page(ana)
    for _ in forwards[1:]:
        last = turned(ana, last, "next")
    assert walk(ana, last, "prev") == forwards[::-1]


def test_pages_go_from_the_newest_to_the_oldest_whatever_the_times(ana: User, make_article: MakeArticle) -> None:
    made = many(make_article, 110)
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    for number, claim in enumerate(made):  # 16 times, in no order, with seven or fewer claims each
        ClaimStatus.objects.filter(claim=claim).update(opened_at=begin + timedelta(microseconds=number * 7 % 16))
    expected = [claim.exact for claim in Claim.objects.order_by("-status__opened_at", "pk")]
    assert [quote for some in walk(ana, page(ana), "next") for quote in some] == expected


def test_turning_a_page_keeps_the_filter(ana: User, make_article: MakeArticle) -> None:
    many(make_article, 60)
    make_article("Quite another sentence about the mayor.")
    html = turned(ana, page(ana, q="bridge number", label="none"), "next")
    assert len(quotes(html)) == 10
    assert 'href="?q=bridge+number&amp;label=none&amp;before=' in html
    assert 'name="q" value="bridge number"' in html


def test_a_claim_that_comes_in_meanwhile_moves_nobody(ana: User, make_article: MakeArticle) -> None:
    many(make_article, 60)
    first = page(ana)
    make_article("A late sentence about the mayor.")
    assert quotes(turned(ana, first, "next")) == [
        f"The mayor closed bridge number {n} on Friday." for n in range(51, 61)
    ]


def test_a_long_list_is_counted_so_far_and_no_further(
    ana: User, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(make_article, 30)
    monkeypatch.setattr("claims.keyset.COUNTED_TO", 20)
    assert count(page(ana)) == "20+"
    assert count(page(ana, q="number 17")) == "1"


def test_what_ben_did_with_an_unsettled_claim_leaves_no_trace(
    ana: User, ben: User, claims: list[Claim], story: Story
) -> None:
    def seen() -> list[str]:
        asked: list[dict[str, object]] = [
            {}, {"label": "OPINION"}, {"label": "none"}, {"strength": 1}, {"state": "open"}, {"state": "done"},
            {"reviewer": "ben"}, {"reviewer": "ben", "label": "OPINION"}, {"q": "bridge"}, {"story": story.pk},
        ]  # fmt: skip
        return [re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page(ana, **one)) for one in asked]

    before = seen()
    assess(claims[0], ben, Label.OPINION, note=CANARY)
    assess(claims[1], ben, Label.UNSOURCED, note=CANARY, strength=1)
    assert seen() == before
    assert CANARY not in "".join(before)


def test_a_reviewer_is_not_told_that_a_claim_is_disputed(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    assert "disputed" not in page(ana)
    assert '<td class="state">done by you</td>' in page(ana)
    assert '<td class="state">disputed</td>' in page(max)


@pytest.mark.parametrize("size", [1, 50, 120])
def test_a_page_asks_the_database_no_more_for_many_claims_than_for_one(
    ana: User, make_article: MakeArticle, size: int, django_assert_num_queries: Callable[..., object]
) -> None:
    many(make_article, size, address="https://example.org/x")
    client = logged_in(ana)
    with django_assert_num_queries(8):  # one of them for the number in the bar
        assert client.get(URL).status_code == 200


def test_a_filtered_page_asks_at_most_eight_times(
    ana: User, story: Story, article: Article, django_assert_max_num_queries: Callable[..., object]
) -> None:
    article.refresh_from_db()
    client = logged_in(ana)
    asked = {
        "q": "bridge", "label": "none", "state": "open", "story": story.pk, "outlet": article.outlet_id,
        "article": article.pk, "opened_after": "2020-01-01", "opened_before": "2100-01-01",
    }  # fmt: skip
    with django_assert_max_num_queries(8):
        assert len(quotes(client.get(URL, asked).content.decode())) == 3


def test_nothing_between_the_desk_and_its_reader_keeps_the_page(ana: User, claims: list[Claim]) -> None:
    assert "no-store" in logged_in(ana).get(URL)["Cache-Control"]


def test_a_list_cannot_be_posted_to(ana: User) -> None:
    assert logged_in(ana).post(URL).status_code == 405


def test_claims_of_a_withdrawn_article_are_gone_from_the_list(ana: User, article: Article) -> None:
    article.status.withdrawn_at = timezone.now()
    article.status.save()
    assert quotes(page(ana)) == []
