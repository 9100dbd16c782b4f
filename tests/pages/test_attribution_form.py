"""What the section “attribution” of a claim's details shows, to whom, and what it asks for which label."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Attribution, Claim, Proposal, Source, User
from claims.review.attribute_claim import GivenHop, GivenSpan
from claims.review.register_source import register_source
from claims.vocabulary import Label
from claims.web.attribution_form import attribution_context
from claims.web.claim_page import claim_for
from tests.cast import TEXT, MakeArticle, assess, logged_in
from tests.pages.html import Page
from tests.pages.test_attribution import (
    attribute,
    chosen,
    details,
    form,
    names,
    offered,
    page,
    rows,
    span,
    url,
)
from tests.pages.test_export import exported


def test_what_the_first_reading_found_can_be_taken_over(said: Claim, ana: User) -> None:
    found = said.proposal
    assert found.source
    assert found.cue
    plain, used = page(said, ana), page(said, ana, "?use=proposal")
    for name, borders in (("source", found.source), ("cue", found.cue), ("content", found.content)):
        if borders:
            assert chosen(plain, f"{name}_start") == ""
            assert [chosen(used, f"{name}_start"), chosen(used, f"{name}_end")] == [str(border) for border in borders]
    marked = plain.all("q", **{"data-found": "source"})[0]
    assert marked.text == TEXT[slice(*found.source)]
    assert [marked.attributes["data-start"], marked.attributes["data-end"]] == [str(one) for one in found.source]
    assert not Attribution.objects.exists()


def routed(shown: Page) -> list[str]:
    """The names and occasions in the rows of the form."""
    return [row.attributes["value"] for row in shown.all("input", name="hop_name") if row.attributes.get("value")]


def test_the_route_mode_and_scope_that_the_first_reading_found_are_taken_over_too(said: Claim, ana: User) -> None:
    found = said.proposal
    used = page(said, ana, "?use=proposal")
    assert (chosen(used, "mode"), chosen(used, "scope")) == (found.mode, found.scope)
    assert (found.mode, found.scope) == ("indirect", "same")
    assert routed(used) == [TEXT[hop["start"] : hop["end"]] for hop in found.chain]
    (link,) = page(said, ana).all("a", **{"data-mode": "indirect"})
    assert link.attributes["data-scope"] == "same"
    attribute(said, ana, chain=(GivenHop(occasion="kept from before"),))
    assert routed(page(said, ana, "?use=proposal")) == ["kept from before"]


def test_the_scope_is_suggested_from_where_the_source_stands_and_not_applied(claims: list[Claim], ana: User) -> None:
    start, end, _ = span("source", "Mayor Ida Brook").values()
    for claim, scope in ((claims[1], "in the same sentence"), (claims[2], "beside it"), (claims[3], "elsewhere")):
        attribute(claim, ana, source=GivenSpan(start, end))
        shown = page(claim, ana)
        (section,) = shown.all("section", id="attribution")
        assert re.search(f"suggested: [a-z ]*{scope}", section.text)
        assert chosen(shown, "scope") == ""


@pytest.mark.parametrize("label", [Label.OPINION, Label.NOT_A_CLAIM])
def test_nothing_is_asked_for_opinion_and_what_is_stored_stays_in_sight(said: Claim, ana: User, label: Label) -> None:
    attribute(said, ana, chain=(GivenHop(occasion="kept from before"),))
    assess(said, ana, label)
    shown = page(said, ana)
    (section,) = shown.all("section", id="attribution")
    assert "Nothing is asked here: your label is" in section.text
    assert "kept from before" in section.text
    assert not shown.all("form", id="attribution-form")


@pytest.fixture
def said(claims: list[Claim]) -> Claim:
    return claims[1]


def within(shown: Page, name: str, tag: str) -> bool:
    field = next(element for element in shown.elements if element.attributes.get("name") == name)
    return any(element.tag == tag for element in field.within)


def test_an_unsourced_claim_is_asked_for_cue_and_vague_source_and_the_rest_is_folded_away(
    said: Claim, ana: User
) -> None:
    assess(said, ana, Label.UNSOURCED)
    shown = page(said, ana)
    for name in ("source_start", "cue_start", "content_start", "hop_name", "content_is_opinion"):
        assert not within(shown, name, "details")
    for name in ("mode", "scope", "quote"):
        assert within(shown, name, "details")
    assert len(shown.all("input", name="hop_name")) == 4


def test_a_sourced_claim_is_asked_for_everything(said: Claim, ana: User) -> None:
    assess(said, ana, Label.SOURCED)
    shown = page(said, ana)
    for name in ("source_start", "cue_start", "content_start", "hop_name", "mode", "scope", "quote", "is_dated"):
        assert not within(shown, name, "details")


def test_without_a_label_it_is_said_that_it_is_kept_with_the_label(said: Claim, ana: User) -> None:
    (section,) = page(said, ana).all("section", id="attribution")
    assert "You have not labelled this claim. What you store here is kept" in section.text
    assert "Sourced is not true:" in section.text
    assert "An opinion article can hold unsourced facts." in section.text


def test_an_opinion_that_is_only_proposed_can_be_attributed_all_the_same(claims: list[Claim], ana: User) -> None:
    opinion = claims[3]
    Proposal.objects.filter(claim=opinion).update(label=Label.OPINION, strength=None, reason="")
    shown = page(opinion, ana)
    assert within(shown, "source_start", "details")
    assert logged_in(ana).post(url(opinion), form(**rows(("a walk", "occasion")))).status_code == 302


def test_only_what_can_matter_for_the_root_is_prominent(said: Claim, ana: User) -> None:
    assess(said, ana, Label.SOURCED)
    attribute(said, ana, chain=(GivenHop(name="The report", kind="document"),))
    shown = page(said, ana)
    assert not within(shown, "is_openable", "details")
    assert within(shown, "is_dated", "details")
    attribute(said, ana, chain=(GivenHop(name="Ida Brook", kind="named_person"),))
    shown = page(said, ana)
    assert within(shown, "is_openable", "details")
    assert not within(shown, "is_dated", "details")


def test_others_attributions_are_shown_once_the_claim_is_settled_and_not_before(
    said: Claim, ana: User, ben: User, max: User
) -> None:
    attribute(said, ben, chain=(GivenHop(occasion="what ben thinks"),))
    for section in ("", "?part=1", "?use=proposal"):
        assert "what ben thinks" not in logged_in(ana).get(details(said, section)).content.decode()
    # Without a label nobody is shown it, not even a moderator: it is part of a judgement that is not there.
    assert "what ben thinks" not in logged_in(max).get(details(said)).content.decode()
    assess(said, ben, Label.SOURCED)
    assert "what ben thinks" not in logged_in(ana).get(details(said)).content.decode()
    assert "what ben thinks" in logged_in(max).get(details(said)).content.decode()
    assess(said, ana, Label.SOURCED)
    attribute(said, ana, chain=(GivenHop(occasion="what ana thinks"),))
    (section,) = page(said, ana).all("section", id="attribution")
    assert "what ben thinks" in section.text
    assert names(page(said, ana))[0] == "what ana thinks"


def test_the_page_of_a_claim_is_the_same_whether_others_attributed_it_or_not(said: Claim, ana: User, ben: User) -> None:
    def seen() -> str:
        answer = logged_in(ana).get(details(said)).content.decode()
        return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"', "", answer)

    before = seen()
    attribute(said, ben, chain=(GivenHop(name="Ida Brook", kind="named_person"),))
    assert seen() == before


def test_a_source_that_was_merged_is_shown_as_the_one_it_was_merged_into(said: Claim, ana: User) -> None:
    attribute(said, ana, chain=(GivenHop(name="Brook", kind="named_person"),))
    whole = register_source(by=ana, name="Ida Brook", kind="named_person", key=uuid4())
    Source.objects.filter(name="Brook").update(merged_into=whole)
    shown = page(said, ana)
    assert names(shown)[0] == "Ida Brook"
    assert shown.all("input", name="hop_source")[0].attributes["value"] == str(whole.pk)
    assess(said, ana, Label.SOURCED)
    (row,) = [row for row in exported(ana) if row["label"]]
    assert (row["source_name"], row["chain_ids"]) == ("Ida Brook", str(whole.pk))


def test_what_people_typed_is_escaped(said: Claim, ana: User) -> None:
    attribute(
        said,
        ana,
        chain=(
            GivenHop(name='<script>alert("1")</script>', kind="document", role='"><b>'),
            GivenHop(occasion="<i>here</i>"),
        ),
    )
    html = logged_in(ana).get(details(said)).content.decode()
    assert "<script>alert" not in html
    assert "<i>here" not in html


def test_hostile_words_of_a_text_are_escaped_where_they_are_offered(ana: User, make_article: MakeArticle) -> None:
    made = make_article('The mayor said <b onclick="x()">no</b> & went away.')
    claim = Claim.objects.get(article=made)
    assert "<b onclick" not in logged_in(ana).get(details(claim)).content.decode()


@pytest.mark.parametrize("near", ["x", "-1", "9" * 40, "²", "999999"])
def test_an_odd_place_to_offer_words_from_offers_those_of_the_claim(said: Claim, ana: User, near: str) -> None:
    assert offered(page(said, ana, f"?near={near}"), "cue_start") == offered(page(said, ana), "cue_start")


def test_words_further_off_can_be_offered(ana: User, make_article: MakeArticle) -> None:
    text = "\n\n".join(f"Paragraph {number} says nothing much." for number in range(20))
    claim = Claim.objects.filter(article=make_article(text)).in_reading_order()[0]
    shown, seen = page(claim, ana), set[str]()
    for _ in range(20):
        seen |= set(offered(shown, "cue_start"))
        onward = re.findall(r"\?near=(\d+)#attribution\">Offer the words after", shown_html(claim, ana, shown))
        if not onward:
            break
        shown = page(claim, ana, f"?near={onward[0]}")
    assert str(text.index("Paragraph 19")) in seen


def shown_html(claim: Claim, ana: User, shown: Page) -> str:
    links = [one.attributes["href"] for one in shown.all("a") if "words after" in one.text]
    return "".join(f'{link}">Offer the words after' for link in links)


def test_the_section_takes_three_queries_however_many_attributions_there_are(
    said: Claim, ana: User, ben: User, max: User
) -> None:
    for person in (ana, ben, max):
        attribute(said, person, chain=(GivenHop(name=f"Source of {person}", kind="document"), GivenHop(occasion="x")))
    for person in (ana, ben):
        assess(said, person, Label.SOURCED)
    claim = claim_for(max, said.pk)
    with CaptureQueriesContext(connection) as queries:
        context = attribution_context(claim, max)
        assert len(context["others"]) == 2
    assert len(queries) == 3


def test_a_withdrawn_article_has_no_such_page(said: Claim, ana: User, max: User, article: Article) -> None:
    article.status.withdrawn_at = article.status.read_at
    article.status.save()
    assert logged_in(ana).get(details(said)).status_code == 410
    assert logged_in(ana).post(url(said), form()).status_code == 410
    assert not Attribution.objects.exists()
