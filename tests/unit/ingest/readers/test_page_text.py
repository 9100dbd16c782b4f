"""The article's text in pages as publishing systems make them."""

import pytest

from claims.ingest.readers import page as page_reader
from claims.ingest.readers.html import read_page
from claims.text.decode import Unreadable
from tests.unit.ingest.readers.build_pages import Page, pages

EVERY = [*pages("dev"), *pages("held_back")]
PROSE = "The council met on Tuesday evening and voted, by fourteen to six, to close the bridge for a year. "
OTHER = "Traders on the north bank said that they had been told nothing before Monday of that week. "


def read(body: str, head: str = "", **more: str) -> dict[str, object]:
    raw = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return page_reader.parse(raw.encode("utf-8", "surrogatepass"), **more)


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.name)
def test_the_article_is_found_and_nearly_nothing_else(page: Page) -> None:
    text = str(page_reader.parse(page.raw)["text"])
    ours, theirs = text.split(), page.article.split()
    assert text.startswith(page.article.split("\n", 1)[0])
    assert len(set(theirs) - set(ours)) <= len(theirs) * 0.02
    assert abs(len(ours) - len(theirs)) <= max(len(theirs) * 0.05, 8)


def test_a_page_is_read_in_a_process_of_its_own_and_kept_byte_for_byte() -> None:
    page = EVERY[0]
    document = read_page("one.html", page.raw, address="https://courier.example/a")
    assert document.raw == page.raw
    assert document.text == page.article
    assert document.media_type == "text/html"
    assert document.extractor.startswith("trafilatura ")
    assert document.encoding == "utf-8"


def test_the_characters_of_the_page_stay_as_they_are() -> None:
    odd = "“One” ‘two’ 3\u00a0000 \u202eabc\u202c e\u0301 🙂🏽 \u2028x­y…"
    text = str(read(f"<h1>A title here</h1><p>{odd}</p><p>{PROSE * 4}</p>")["text"])
    assert odd in text


def test_white_space_is_collapsed_as_browsers_do_it() -> None:
    text = str(read(f"<p>One\n   two\t three<!-- no --> four</p><p>{PROSE * 4}</p>")["text"])
    assert text.startswith("One two three four\n\nThe council")


def test_what_cannot_be_stored_becomes_one_sign_and_is_listed() -> None:
    told = read(f"<h1>A title here</h1><p>Before\0after \ud800 and more. {PROSE * 4}</p>")
    text = str(told["text"])
    assert "Before\ufffdafter \ufffd and" in text
    assert told["replaced"] == [at for at, one in enumerate(text) if one == "\ufffd"]


def test_a_sign_that_the_page_has_itself_is_not_listed() -> None:
    assert read(f"<p>Before\ufffdafter. {PROSE * 4}</p>")["replaced"] == []


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", ""),
        ("utf-8-sig", "", "windows-1252"),
        ("utf-16", "", ""),
        ("windows-1251", "<meta charset='windows-1251'>", ""),
        ("windows-1251", "<meta http-equiv=Content-Type content='text/html; charset=cp1251'>", ""),
        ("koi8-r", "<meta charset=utf-8>", "koi8-r"),
    ],
)
def test_a_page_is_decoded_as_it_or_its_server_says(encoding: str, declared: str, charset: str) -> None:
    words = "Городской совет проголосовал во вторник вечером за закрытие моста. " * 6
    raw = f"<html><head>{declared}</head><body><p>{words}</p></body></html>".encode(encoding)
    assert page_reader.parse(raw, charset=charset)["text"] == words.strip()


def test_bytes_that_break_the_encoding_a_page_says_are_shown_and_listed() -> None:
    raw = f"<html><meta charset=utf-8><p>A \xe4 here, \x81 there. {PROSE * 4}</p>".encode("latin-1")
    told = page_reader.parse(raw)
    assert str(told["text"]).startswith("A \ufffd here, \ufffd there.")
    assert told["replaced"] == [2, 10]


def test_paragraphs_items_quotations_and_rows_stay_apart() -> None:
    body = (
        f"<p>{PROSE * 3}</p><ul><li>One thing</li><li>Another thing</li></ul><blockquote>So she said.</blockquote>"
        f"<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2020</td><td>14</td></tr></table><p>{OTHER * 3}</p>"
    )
    text = str(read(f"<article>{body}</article>")["text"])
    assert "\n\nOne thing\n\nAnother thing\n\nSo she said.\n\nYear\tSum\n2020\t14\n\nTraders" in text


def test_line_breaks_within_a_paragraph_stay_and_two_make_a_paragraph() -> None:
    text = str(read(f"<div>{PROSE * 3}<br><br>One line<br>and the next<br/> <br/>{OTHER * 3}</div>")["text"])
    assert "\n\nOne line\nand the next\n\nTraders" in text


def test_the_headline_stands_once_and_first() -> None:
    title = "Bridge to be closed for a year"
    told = read(f"<article><h1>{title}</h1><h2>{title}</h2><p>{PROSE * 4}</p></article>", f"<title>{title} | X</title>")
    assert str(told["text"]).count(title) == 1
    assert str(told["text"]).startswith(f"{title}\n\n")


def test_a_body_that_json_ld_states_counts_where_the_page_shows_none() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A title","articleBody":"%s"}</script>'
    assert str(read("<div id=app></div>", head % (PROSE * 4).strip())["text"]).startswith("A title\n\nThe council met")


@pytest.mark.parametrize("body", ["", "<div id=app></div><script>load()</script>", "<p>&amp;&amp;</p>"])
def test_a_page_without_words_is_refused(body: str) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read(body)


def test_an_old_page_whose_fonts_are_never_closed_is_read_to_its_end() -> None:
    body = "".join(
        f"<p><font size=2><b>Paragraph {n} says that the council met on Tuesday evening." for n in range(300)
    )
    assert str(read(f"<h1>A title here</h1>{body}")["text"]).count("council met") == 300
