import json
from html import unescape
from xml.etree import ElementTree

import pytest
from bleach._vendor import html5lib
from hypothesis import given
from hypothesis import strategies as st

from claims.text.sanitise import MAX_NOTE, TooLong, for_editing, sanitise
from tests.unit.text.corpus import DATA

PAYLOADS = [entry["payload"] for entry in json.loads((DATA / "payloads.json").read_text(encoding="utf-8"))]
SHORT = list(dict.fromkeys(payload for payload in PAYLOADS if len(payload) <= MAX_NOTE))
ALLOWED = {"a", "b", "strong", "i", "em", "code", "br", "p", "ul", "ol", "li", "blockquote"}
markup = st.lists(
    st.sampled_from(
        [
            "<b>",
            "</b>",
            "<a href=",
            '"javascript:x"',
            "'https://x.org/?a=1&b=2'",
            ">",
            "<",
            "&",
            "&amp;",
            "&lt",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<svg>",
            "<p>",
            "<li>",
            "<math>",
            "\x00",
            "\r\n",
            "&#0;",
            "\ud800",
            '"',
            "'",
            "<style>",
            "<![CDATA[",
            "]]>",
            "<br/>",
            "words ",
            "\u00a0",
            "<i",
            "/",
            "<textarea>",
            "<noscript>",
            "<a",
        ]
    ),
    max_size=25,
).map("".join)


def assert_harmless(cleaned):
    """What an HTML5 parser sees in the result, told independently of the code that cleaned it."""
    fragment = html5lib.parseFragment(cleaned, namespaceHTMLElements=False)
    for element in fragment.iter():
        if element is fragment:
            continue
        assert element.tag is not ElementTree.Comment
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href", "rel", "title"}
        assert element.attrib.get("href", "https://").startswith(("http://", "https://", "mailto:"))


@pytest.mark.parametrize("payload", SHORT, ids=range(len(SHORT)))
def test_hostile_input_comes_out_harmless_and_at_rest(payload):
    cleaned = sanitise(payload)
    assert_harmless(cleaned)
    assert sanitise(cleaned) == cleaned


def test_payload_list_is_there():
    assert len(SHORT) > 200


@given(markup)
def test_mixed_up_markup_comes_out_harmless_and_at_rest(written):
    cleaned = sanitise(written)
    assert_harmless(cleaned)
    assert sanitise(cleaned) == cleaned


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_comes_out_harmless_and_at_rest(written):
    cleaned = sanitise(written)
    assert_harmless(cleaned)
    assert sanitise(cleaned) == cleaned


def test_few_tags_and_words_stay():
    written = "<p>A <b>bold</b> <em>word</em>, <code>x &lt; y</code></p><ul><li>one</li></ul>"
    assert sanitise(written) == written


def test_link_keeps_its_address_and_gets_a_rel():
    cleaned = sanitise('<a href="https://example.org/?a=1&amp;b=2" onclick="x()" title="t">there</a>')
    assert cleaned == '<a href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow">there</a>'


@pytest.mark.parametrize("address", ["/admin/", "//evil.org", "javascript:x", "java\u200bscript:x", "data:text/html,x"])
def test_other_addresses_go(address):
    assert "href" not in sanitise(f'<a href="{address}">there</a>')


def test_forbidden_markup_stays_readable_as_text():
    assert unescape(sanitise("if a < b, write <script>")) == "if a < b, write <script>"


def test_control_characters_and_lone_surrogates_go():
    assert sanitise("a\x00b\x08c\ud800d\r\ne") == "abcd\ne"


def test_long_note_is_refused_with_a_sentence():
    assert sanitise("x" * MAX_NOTE) == "x" * MAX_NOTE
    with pytest.raises(TooLong, match="4,000 characters and this one has 4,001"):
        sanitise("x" * (MAX_NOTE + 1))


def test_huge_note_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr("claims.text.sanitise.bleach.clean", None)
    with pytest.raises(TooLong):
        sanitise("<a " * 100_000)


def test_note_of_ampersands_is_not_longer_for_being_escaped():
    cleaned = sanitise("&" * MAX_NOTE)
    assert sanitise(cleaned) == cleaned == "&amp;" * MAX_NOTE


def test_plain_words_are_edited_as_they_were_typed():
    assert for_editing(sanitise("Smith & Sons < 5")) == "Smith & Sons < 5"


def test_words_that_would_become_markup_are_edited_as_stored():
    assert for_editing("&lt;b&gt;not bold&lt;/b&gt;") == "&lt;b&gt;not bold&lt;/b&gt;"


@given(markup)
def test_saving_what_the_text_box_shows_changes_nothing(written):
    stored = sanitise(written)
    shown = for_editing(stored)
    assert sanitise(shown) == stored
    plain = unescape(stored)
    assert shown == (plain if sanitise(plain) == stored else stored)
