"""Two claims side by side: passages, differences, signs of one origin, times, and the form of a finding."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Claim, Link, LinkAssessment, User
from claims.relations import LinkState, Relation
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in
from tests.deeds import hide, lock
from tests.linking import attribute, between, confirmed, dated, link
from tests.pages.html import Page, page_of
from tests.pages.test_evidence import alert

COPIED = "Engineers said the old iron beams had rusted through long before the flood came down the valley."
OURS = f"The bridge over the Elm was closed on 3 May by Mayor Brook.\n\n{COPIED}\n\nTwelve people were hurt."
THEIRS = f"It rained.\n\nThe bridge over the Elm was not closed on 4 May.\n\n{COPIED}"
JSON = {"Accept": "application/json"}

Pair = tuple[Claim, Claim]


def two_of(make_article: MakeArticle, one: str, other: str) -> Pair:
    ours, theirs = (make_article(text, f"https://{host}.example/") for text, host in ((one, "ours"), (other, "theirs")))
    return (
        Claim.objects.get(article=ours, exact__contains="Brook"),
        Claim.objects.get(article=theirs, exact__contains="4 May"),
    )


@pytest.fixture
def pair(make_article: MakeArticle) -> Pair:
    return two_of(make_article, OURS, THEIRS)


def url(pair: Pair, deed: str = "") -> str:
    return f"/pairs/{pair[0].pk}/{pair[1].pk}/{deed}"


def shown(by: User, pair: Pair, query: str = "") -> Page:
    answer = logged_in(by).get(url(pair) + query)
    assert answer.status_code == 200
    return page_of(answer)


def send(by: User, pair: Pair, headers: dict[str, str] | None = None, **parts: Any) -> Any:
    form = {"relation": "CONTRADICTS", "version": 0, "key": str(uuid4())} | parts
    return logged_in(by).post(url(pair, "link"), form, headers=headers or {})


def words(page: Page, part: str = "main") -> str:
    return " ".join(page.all(part)[0].text.split())


def marked(page: Page, kind: str) -> list[str]:
    return [element.text for element in page.all("mark") if element.has(kind)]


def held(page: Page) -> dict[str, str]:
    """What the form of the finding holds, with what is chosen in its list."""
    options = [e for e in page.all("option") if any(w.attributes.get("id") == "subtype" for w in e.within)]
    chosen = [e.attributes["value"] for e in options if "selected" in e.attributes]
    return page.fields("link-form") | {"subtype": chosen[0] if chosen else ""}


# Reading


def test_what_differs_is_marked_in_both_texts_and_listed_in_words(ana: User, pair: Pair) -> None:
    page = shown(ana, pair)
    assert {"not"} <= set(marked(page, "negation"))
    assert {"3 May", "4 May"} <= set(marked(page, "differs"))
    assert any("Brook" in name for name in marked(page, "name"))
    (listed, *_) = [part.text for part in page.all("ul") if part.has("found")]
    for said in ("3 May", "4 May", "not", "Brook"):
        assert said in listed
    # Each difference is told once.
    assert listed.count("4 May") == 1
    assert listed.count("negated") == 1
    rows = [row for row in page.all("tr") if row.has("claims")]
    assert len(rows) == 1
    assert pair[0].exact in rows[0].text
    assert pair[1].exact in rows[0].text


def test_a_sentence_that_both_have_stands_opposite_itself_and_is_shown_as_a_sign_of_one_origin(
    ana: User, pair: Pair
) -> None:
    page = shown(ana, pair)
    assert [row for row in page.all("tr") if row.text.count("Engineers said") == 2]
    assert len(marked(page, "evidence")) >= 2
    assert any("rusted through long before" in words for words in marked(page, "evidence"))
    (found,) = [part for part in page.all("ol") if part.has("signs")]
    assert "shared run of eight or more words" in found.text.lower()
    assert page.all("li", **{"data-sign": "shared_passage"})
    part = logged_in(ana).get(url(pair) + "?part=origin").content.decode()
    assert "shared_passage" in part
    assert "<html" not in part


def test_one_root_is_a_sign_only_to_who_may_see_both_attributions(ana: User, ben: User, max: User, pair: Pair) -> None:
    for claim, who in zip(pair, (ana, ben), strict=True):
        assess(claim, who, Label.SOURCED, strength=3)
        attribute(claim, who, "Ida Brook")
    assert "attributed to Ida Brook" not in words(shown(ana, pair))
    assert "attributed to Ida Brook" in words(shown(max, pair))


def test_the_page_needs_fourteen_queries_however_much_was_done(ana: User, ben: User, pair: Pair) -> None:
    browser = logged_in(ana)

    def queries() -> int:
        with CaptureQueriesContext(connection) as done:
            assert browser.get(url(pair)).status_code == 200
        return len(done)

    link(*pair, ana)
    few = queries()
    for claim in pair:
        dated(claim, ben, "2024")
        dated(claim, ben, "2024-02", kind="as_of")
        for who in (ana, ben):
            assess(claim, who, Label.SOURCED, strength=3)
            attribute(claim, who, "Ida Brook")
    assert queries() == few
    assert few <= 14


@pytest.mark.parametrize("deed", ["", "link", "date"])
def test_a_claim_is_not_compared_with_itself(deed: str, ana: User, pair: Pair) -> None:
    same = (pair[0], pair[0])
    browser = logged_in(ana)
    form = {"relation": "UNRELATED", "version": 0, "key": str(uuid4())}
    answer = browser.post(url(same, deed), form) if deed else browser.get(url(same))
    assert answer.status_code == 400
    assert "itself" in answer.content.decode()
    assert not Link.objects.exists()


# Finding


def test_a_finding_is_stored_by_a_plain_form_and_prefilled_with_its_version(ana: User, pair: Pair) -> None:
    page = shown(ana, pair)
    # What differs suggests the kind; nothing is chosen.
    assert held(page)["subtype"] in {"negation", "date"}
    assert "relation" not in held(page)
    answer = send(
        ana, pair, subtype="date", reason="One of the days is wrong <b>somewhere</b>.", origin=str(pair[0].pk)
    )
    assert (answer.status_code, answer.url) == (302, url(pair))
    page = shown(ana, pair)
    fields = held(page)
    assert (fields["relation"], fields["subtype"], fields["version"]) == ("CONTRADICTS", "date", "1")
    assert "<b>somewhere</b>" in fields["reason"]
    assert "It stays proposed, because the times of both are not known" in words(page)
    # The other way round it is the same finding.
    assert held(shown(ana, pair[::-1]))["relation"] == "CONTRADICTS"
    (retract,) = [form for form in page.all("form") if form.attributes.get("action", "").endswith("/retract")]
    sent = page.fields(retract.attributes["action"])
    assert logged_in(ana).post(retract.attributes["action"], sent).status_code == 302
    assert not LinkAssessment.objects.exists()
    assert "relation" not in held(shown(ana, pair))


def test_the_same_form_sent_twice_is_one_finding(ana: User, pair: Pair) -> None:
    key = str(uuid4())
    answers = [send(ana, pair, JSON, key=key, reason="So.") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert LinkAssessment.objects.get().version == 1


def test_an_update_has_its_direction_and_needs_one(ana: User, pair: Pair) -> None:
    refused = send(ana, pair, relation="UPDATES", reason="Half an hour's work")
    page = page_of(refused)
    assert refused.status_code == 400
    assert "Say which of the two it goes from" in alert(page)
    assert held(page)["reason"] == "Half an hour's work"
    assert held(page)["relation"] == "UPDATES"
    assert send(ana, pair, relation="UPDATES", origin=str(pair[1].pk)).status_code == 302
    assert held(shown(ana, pair))["origin"] == str(pair[1].pk)
    for parts in ({"relation": "QUALIFIES", "origin": str(uuid4())}, {"relation": "AGREES"}, {"relation": ""}):
        assert send(ana, pair, version=1, **parts).status_code == 400


def test_what_was_published_later_is_suggested_as_the_newer(ana: User, pair: Pair) -> None:
    assert "origin" not in held(shown(ana, pair))
    for claim, day in zip(pair, ("2024-02-01", "2023-05-22"), strict=True):
        Article.objects.filter(pk=claim.article_id).update(published=day, bases={"published": {"basis": "in_text"}})
    page = shown(ana, pair)
    assert held(page)["origin"] == str(pair[0].pk)
    assert "by the days that the articles state for their publication" in words(page)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"relation": ""}, "Choose how the two relate first."),
        ({"relation": "x" * 19}, "The relation has 19 characters"),
        ({"relation": "AGREES"}, "Choose how the two relate: one of the six relations."),
        ({"reason": "x" * (MAX_NOTE + 1)}, f"and the most is {MAX_NOTE}: shorten it."),
        ({"independence": "independent", "basis": ""}, "Independent needs evidence of its own"),
        ({"independence": "shared_origin", "basis": "", "signs": []}, "A shared origin needs its evidence"),
        ({"signs": ["x"]}, "Choose signs of a shared origin from those that the form lists."),
        ({"version": "-1"}, "Version: "),
        ({"key": "x"}, "Key: "),
    ],
)
def test_a_refused_finding_comes_back_with_all_that_was_typed(
    parts: dict[str, Any], sentence: str, ana: User, pair: Pair
) -> None:
    typed = {"reason": "<b>Both</b> & neither", "basis": "Two cameras.", "signs": ["same_root"]} | parts
    answer = send(ana, pair, **typed)
    page = page_of(answer)
    assert answer.status_code == 400
    assert sentence in alert(page)
    fields = held(page)
    assert (fields["reason"], fields["basis"]) == (typed["reason"], typed["basis"])
    assert not LinkAssessment.objects.exists()


def test_a_shared_origin_is_stored_with_its_signs(ana: User, pair: Pair) -> None:
    answer = send(
        ana, pair, JSON, relation="CORROBORATES", independence="shared_origin", signs=["shared_passage", "same_voice"]
    )
    assert answer.json()["signs"] == ["same_voice", "shared_passage"]
    ticked = [e.attributes["value"] for e in shown(ana, pair).all("input", name="signs") if "checked" in e.attributes]
    assert sorted(ticked) == ["same_voice", "shared_passage"]


def test_a_finding_changed_elsewhere_stands_beside_what_was_typed(ana: User, pair: Pair) -> None:
    link(*pair, ana, Relation.QUALIFIES, origin=pair[0].pk, reason="First thought.")
    answer = send(ana, pair, reason="Second thought.")
    page = page_of(answer)
    assert answer.status_code == 409
    assert "Stored now: qualifies" in alert(page)
    assert "First thought." in alert(page)
    fields = held(page)
    assert (fields["relation"], fields["reason"], fields["version"]) == ("CONTRADICTS", "Second thought.", "1")
    answer = send(ana, pair, JSON)
    assert (answer.status_code, answer.json()["current"]["reason"]) == (409, "First thought.")


def test_nothing_that_another_found_is_on_the_page_until_it_is_settled(ana: User, ben: User, pair: Pair) -> None:
    before = words(shown(ana, pair))
    link(*pair, ben, Relation.CONTRADICTS, subtype="date", reason="canary of a reason")
    page = shown(ana, pair)
    assert "canary" not in words(page)
    assert "relation" not in held(page)
    # That somebody put the two forward is no secret, and all that is told.
    key = between(*pair).pk
    said = words(page).replace(" This pair’s page and history", "").replace(" open: nobody's finding stands", "")
    assert said == before
    assert f"/links/{key}/" in page.links()
    answer = send(ana, pair, JSON, reason="Mine.")
    assert "canary" not in answer.content.decode()
    assert answer.json()["state"] == LinkState.PROPOSED


def test_a_settled_pair_takes_no_form(ana: User, ben: User, max: User, pair: Pair) -> None:
    confirmed(*pair, ben, max, Relation.CONTRADICTS)
    page = shown(ana, pair)
    assert "confirmed: contradicts" in words(page)
    assert not page.all("form", id="link-form")
    answer = send(ana, pair, reason="Too late.")
    assert answer.status_code == 409
    assert held(page_of(answer))["reason"] == "Too late."


def test_a_hidden_claim_and_a_locked_article_take_no_finding(ana: User, max: User, pair: Pair) -> None:
    lock(pair[1].article, max)
    assert "locked the article" in words(shown(ana, pair))
    assert send(ana, pair).status_code == 409
    hide(pair[0], max)
    for deed in ("link", "date"):
        assert logged_in(ana).post(url(pair, deed), {"relation": "UNRELATED"}).status_code == 410
