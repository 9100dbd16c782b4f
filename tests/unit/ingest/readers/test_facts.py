"""What a page says of itself, each with the tag that says it; and nothing that it does not say."""

import json

from claims.ingest.readers.document import Fact
from claims.ingest.readers.facts import as_json, facts_of, from_json
from claims.ingest.readers.page_blocks import blocks_of
from claims.ingest.readers.page_metadata import Metadata
from claims.ingest.readers.page_source import elements
from claims.vocabulary import Basis


def facts(head: str, body: str = "<p>words</p>", address: str = "") -> dict[str, Fact]:
    tree = elements(f"<html><head>{head}</head><body>{body}</body></html>", "\ufdd0")
    page = Metadata(tree)
    page.lines = [block.text for block in blocks_of(tree)]
    return facts_of(page, address)


def json_ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **said})}</script>'


def said(found: dict[str, Fact], name: str) -> tuple[str, str]:
    return found[name].value, found[name].note


def test_a_page_that_states_nothing_has_no_facts() -> None:
    assert facts("", "<p class=byline>By Jane Doe</p><p>3 May 2024</p>", "") == {}


def test_no_date_is_taken_from_an_address() -> None:
    found = facts("", address="https://paper.example/2024/05/03/story")
    assert set(found) == {"address"}
    assert found["address"].basis is Basis.FOUND_ELSEWHERE


def test_json_ld_comes_before_open_graph_and_that_before_meta() -> None:
    open_graph = '<meta property="article:published_time" content="2024-05-04"><meta name="date" content="2024-05-05">'
    assert said(facts(json_ld(datePublished="2024-05-03T10:00:00Z")), "published") == (
        "2024-05-03T10:00:00Z",
        "JSON-LD datePublished",
    )
    assert said(facts(open_graph), "published") == ("2024-05-04", "article:published_time")


def test_a_date_that_another_tag_gives_otherwise_is_noted() -> None:
    head = (
        json_ld(datePublished="2024-05-03T10:00:00Z") + '<meta property="article:published_time" content="2024-06-01">'
    )
    assert facts(head)["published"].note == "JSON-LD datePublished; article:published_time says 2024-06-01"


def test_the_marked_time_of_the_text_counts_and_a_plain_one_does_not() -> None:
    marked = '<time itemprop="datePublished" datetime="2024-05-03">3 May</time>'
    assert said(facts("", marked), "published") == ("2024-05-03", "<time>")
    assert "published" not in facts("", '<time datetime="2024-05-03">3 May</time>')


def test_authors_are_those_that_the_page_names_as_such() -> None:
    several = json_ld(author=[{"@type": "Person", "name": "Ana Gray"}, {"name": "Ben Holt"}])
    assert facts(several)["author"].value == "Ana Gray, Ben Holt"
    assert said(facts("", '<a rel="author" href="/a">Ana Gray</a>'), "author") == ("Ana Gray", "link rel=author")
    assert "author" not in facts('<meta property="article:author" content="https://social.example/ana">')


def test_a_relative_canonical_address_needs_the_address_of_the_page() -> None:
    link = '<link rel="canonical" href="/news/story">'
    assert "address" not in facts(link)
    assert facts(link, address="https://paper.example/x?y=1")["address"].value == "https://paper.example/news/story"


def test_a_canonical_address_on_another_host_is_noted() -> None:
    found = facts('<link rel="canonical" href="https://other.example/a">', address="https://paper.example/a")
    assert said(found, "address") == (
        "https://other.example/a",
        "link rel=canonical; on another host than paper.example, where it was read",
    )


def test_an_address_that_is_none_is_passed_over() -> None:
    head = '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="https://a.example/1">'
    assert said(facts(head), "address") == ("https://a.example/1", "og:url")


def test_of_several_described_articles_the_one_with_the_headline_of_the_page_counts() -> None:
    both = json_ld(headline="Another story", datePublished="2020") + json_ld(
        headline="This story", datePublished="2024"
    )
    assert facts(both, "<h1>This story</h1>")["published"].value == "2024"
    assert "published" not in facts(both, "<h1>A third one</h1>")


def test_broken_json_ld_is_as_none() -> None:
    assert facts('<script type="application/ld+json">{"@type": "NewsArticle", </script>') == {}


def test_the_name_of_the_site_is_no_headline() -> None:
    found = facts(
        "<title>Valley Notes: Fire in the market hall</title>", "<h1>Valley Notes</h1><h3>Fire in the market hall</h3>"
    )
    assert found["headline"].value == "Fire in the market hall"


def test_facts_go_over_the_pipe_and_back() -> None:
    given = {"author": Fact("Ana", Basis.IN_TEXT, "meta author", "")}
    assert from_json(as_json(given)) == given
