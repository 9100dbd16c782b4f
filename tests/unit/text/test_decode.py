import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.decode import MAX_BYTES, UNSTORABLE, Unreadable, cleaned, decode, decodes_to
from tests.unit.text.corpus import ARTICLES, NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_decoded_character_for_character(name):
    raw = (ARTICLES / name).read_bytes()
    decoded = decode(raw)
    assert decoded.text.encode("utf-8") == raw
    assert (decoded.encoding, decoded.replaced) == ("utf-8", ())


def test_line_ends_and_blanks_stay_as_they_are():
    assert decode(b"  One.\r\nTwo.\rThree.\n\n\t").text == "  One.\r\nTwo.\rThree.\n\n\t"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_chooses_the_encoding_and_is_no_text(encoding):
    assert decode("Ärger in Ереван 🙂".encode(encoding)).text == "Ärger in Ереван 🙂"


def test_each_nul_becomes_one_replacement_that_is_listed():
    decoded = decode(b"a word\x00 or two\x00.")
    assert decoded.text == "a word\ufffd or two\ufffd."
    assert decoded.replaced == (6, 14)


def test_each_lone_surrogate_becomes_one_replacement_that_is_listed():
    decoded = decode("one \ud800 two \udfff".encode("utf-8", "surrogatepass"))
    assert (decoded.text, decoded.replaced) == ("one \ufffd two \ufffd", (4, 10))


def test_controls_become_replacements_and_what_only_moves_on_stays():
    decoded = decode("one\x08 two\x9b31m three\uffff; \t a\vb\fc\x85d \u202eend\u2069".encode())
    assert decoded.text == "one\ufffd two\ufffd31m three\ufffd; \t a\vb\fc\x85d \u202eend\u2069"
    assert decoded.replaced == (3, 8, 18)


@pytest.mark.parametrize(
    ("raw", "text", "is_its"),
    [
        (b"a word\x08 here", "a word\ufffd here", True),
        (b"a word\x08 here", "a word\x08 here", True),
        (b"a word\x08 here", "a word here", False),
        (b"a word\x00 here", "a word\x00 here", False),
        (b"a word here", "a word\x08here", False),
    ],
)
def test_a_text_is_known_as_its_bytes_also_from_before_controls_were_replaced(raw, text, is_its):
    assert decodes_to(raw, text) is is_its


def test_replacement_that_was_in_the_file_is_not_listed():
    assert decode("it was \ufffd there".encode()).replaced == ()


def test_windows_text_is_read_with_its_quotation_marks():
    decoded = decode("“Café” – it’s naïve, he said.".encode("windows-1252"))
    assert (decoded.text, decoded.encoding) == ("“Café” – it’s naïve, he said.", "windows-1252")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "no words"),
        (b"\xef\xbb\xbf", "no words"),
        (b"a" * (MAX_BYTES + 1), "may have 2,000,000 bytes"),
        (b"%PDF-1.7 text", "PDF"),
        (b"PK\x03\x04 text", "ZIP"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00\x01\x02\x03" * 500, "binary"),
        ("plain words".encode("utf-16-le"), "binary"),
        ("Привет, мир! Это статья.".encode("cp1251"), "not valid UTF-8"),
        ("It’s damaged ".encode() + b"\xe2\x80 here", "not valid UTF-8"),
        (b"\xff\xfeodd", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_one_sentence_that_says_what_to_do(raw, words):
    with pytest.raises(Unreadable, match=words) as refusal:
        decode(raw)
    message = str(refusal.value)
    assert message.endswith(".")
    assert ":" in message


def test_largest_file_allowed_is_read():
    assert len(decode(b"a" * MAX_BYTES).text) == MAX_BYTES


@given(st.text(min_size=1).filter(lambda text: text.strip() and text[0] != "\ufeff"))
def test_utf8_text_either_comes_back_or_is_refused(text):
    try:
        decoded = decode(text.encode("utf-8"))
    except Unreadable:
        return
    gone = [at for at, char in enumerate(text) if unicodedata.category(char) == "Cc" and char not in "\t\n\v\f\r\x85"]
    gone += [at for at, char in enumerate(text) if ord(char) & 0xFFFE == 0xFFFE]
    assert sorted(gone) == list(decoded.replaced)
    assert decoded.text == "".join("\ufffd" if at in set(gone) else char for at, char in enumerate(text))


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(raw):
    try:
        text = decode(raw).text
    except Unreadable:
        return
    assert text.encode("utf-8")
    assert "\x00" not in text


def test_no_character_that_has_to_be_replaced_counts_as_ordinary():
    for code in range(sys.maxunicode + 1):
        if UNSTORABLE.match(chr(code)):
            assert cleaned(f"Words. {chr(code)}", "utf-8").replaced == (7,)
