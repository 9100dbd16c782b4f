"""Search on the desk's pages: words, phrases, beginnings; common words a part at a time; articles by their words."""

import csv
import io
import json
import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from claims import search
from claims.models import Article, Claim, ClaimStatus, User
from claims.vocabulary import Aside, Label
from tests.api.program import Program, body_of
from tests.cast import MakeArticle, assess, logged_in
from tests.pages.test_claim_list import count, quotes


@pytest.fixture
def forty(make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch) -> list[Claim]:
    """Forty claims that hold “ferry”, opened a minute apart, newest first; a search looks through ten at a time."""
    make_article("\n\n".join(f"The ferry number {n} sailed." for n in range(1, 41)), address="https://example.org/f")
    found = list(Claim.objects.filter(folded__contains=" ferry ").in_reading_order())
    begun = ClaimStatus.objects.earliest("opened_at").opened_at - timedelta(days=2)
    for n, claim in enumerate(found):
        ClaimStatus.objects.filter(pk=claim.pk).update(opened_at=begun + timedelta(minutes=n))
    for name in ("READ", "NAMED", "ENOUGH"):
        monkeypatch.setattr(search, name, 10)
    return found[::-1]


def html_of(viewer: User, address: str) -> str:
    answer = logged_in(viewer).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def further(html: str, rel: str = "next") -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', html)
    return found[1].replace("&amp;", "&") if found else ""


def test_a_search_for_common_words_shows_each_claim_once_however_many_looks_it_takes(
    ana: User, forty: list[Claim]
) -> None:
    html, seen, looks = html_of(ana, "/claims/?q=ferry"), [], 1
    assert count(html) == "10+"
    while True:
        seen += quotes(html)
        if not (on := further(html)):
            break
        last, html, looks = html, html_of(ana, f"/claims/{on}"), looks + 1
    assert seen == [claim.exact for claim in forty]
    assert looks >= 4
    back, html = [], html if quotes(html) else last
    while on := further(html, "prev"):
        html = html_of(ana, f"/claims/{on}")
        back = quotes(html) + back
    assert back == seen[: len(back)]
    assert back[0] == seen[0]


def test_a_page_that_other_filters_leave_short_says_so_and_goes_on(ana: User, forty: list[Claim]) -> None:
    assess(forty[25], ana, Label.OPINION)
    html = html_of(ana, "/claims/?q=ferry&label=OPINION")
    assert "none of those looked through fits the other filters" in html
    for _ in range(5):
        if quotes(html):
            break
        html = html_of(ana, f"/claims/{further(html)}")
    assert quotes(html) == [forty[25].exact]


def test_what_is_hidden_is_not_named_as_the_place_to_go_on_from(ana: User, max: User, forty: list[Claim]) -> None:
    ClaimStatus.objects.filter(pk__in=[claim.pk for claim in forty[5:12]]).update(set_aside=Aside.HIDDEN)
    html = html_of(ana, "/claims/?q=ferry")
    assert quotes(html) == [claim.exact for claim in forty[:5]]
    for claim in forty[5:12]:
        assert str(claim.pk) not in html
    assert quotes(html_of(ana, f"/claims/{further(html)}"))[0] == forty[12].exact


def test_the_file_holds_every_claim_of_a_search(ana: User, forty: list[Claim]) -> None:
    file = b"".join(logged_in(ana).get("/claims.csv?q=ferry")).decode()
    assert [line[0] for line in list(csv.reader(io.StringIO(file)))[1:]] == [str(claim.pk) for claim in forty]


def test_the_api_goes_through_a_common_word_page_by_page(ana: User, forty: list[Claim]) -> None:
    program, seen = Program(ana), []
    asked = {"q": "ferry", "limit": "7"}
    while asked:
        page = json.loads(body_of(program.get("claims", **asked)))
        seen += [item["exact"] for item in page["items"]]
        asked = dict(parse_qsl(urlsplit(page["next"]).query)) if page["next"] else {}
    assert seen == [claim.exact for claim in forty]


@pytest.mark.parametrize("query", ['"', "'", "*", "NEAR(", "^a:b* OR", "a" * 200, "%" * 200, "(" * 200, "“" * 199])
@pytest.mark.parametrize("address", ["/claims/", "/links/", "/articles/", "/claims.csv", "/articles.csv"])
def test_no_sign_of_a_database_breaks_a_search(ana: User, claims: list[Claim], address: str, query: str) -> None:
    answer = logged_in(ana).get(f"{address}?{urlencode({'q': query})}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [("toll", True), ("“the bridge”", True), ("brid*", True), ("toll bridge", False), ("zebra", False), ("_", False)],
)
@pytest.mark.parametrize("read", [1, 2_000])
def test_articles_are_found_by_the_words_of_one_sentence(
    ana: User, article: Article, make_article: MakeArticle, query: str, found: bool, read: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name in ("READ", "NAMED", "ENOUGH"):
        monkeypatch.setattr(search, name, read)
    make_article("Something else was said elsewhere on Tuesday.", address="https://other.example/x")
    html = html_of(ana, f"/articles/?{urlencode({'q': query})}")
    assert (f"/articles/{article.pk}/" in html, "other.example" in html) == (found, False)
    assert ("No article that was read has these words" in html) is not found
    if found:
        assert f'href="/articles.csv?{urlencode({"q": query})}"' in html
    assert (str(article.pk) in b"".join(logged_in(ana).get("/articles.csv", {"q": query})).decode()) is found


def test_a_search_for_articles_that_is_too_long_says_so(ana: User, article: Article) -> None:
    answer = logged_in(ana).get("/articles/", {"q": "a" * 201})
    assert answer.status_code == 400
    assert "The search has 201 characters; the most is 200. Shorten it." in answer.content.decode()
