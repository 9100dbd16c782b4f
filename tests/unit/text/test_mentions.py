"""Who is named in a comment, and what only looks like a name."""

import pytest

from claims.text.mentions import MAX_NAME, mentioned, words_of


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("@ana look", ["ana"]),
        ("Look, @ana.", ["ana"]),
        ("(@ana, @ben-k: @ana!)", ["ana", "ben-k"]),
        ("@ana's note, “@ben”", ["ana", "ben"]),
        ("Bread &amp; butter &lt;@ana&gt;", ["ana"]),
        ("<b>@ana</b><br>@ben", ["ana", "ben"]),
        ("@zoë and @Ида", ["zoë", "Ида"]),
        ("@ａｎａ", ["ana"]),  # full-width letters: names of accounts are normalised so too
        ("@first.last+2@desk", ["first.last+2@desk"]),
        ("Write to ana@example.org", []),
        ("Write to first.ana+x@ben.example", []),
        ("https://social.example/@ana", []),
        ("https://example.org/?who=@ana", []),
        ('<a href="https://example.org/@ana" rel="noopener nofollow">there</a>', []),
        ('<a href="mailto:x@ana">mail</a>', []),
        ("@ ana, @@ana, @-ana", []),
        ("", []),
        ("@" + "a" * MAX_NAME, ["a" * MAX_NAME]),
        ("@" + "a" * (MAX_NAME + 1), []),
    ],
)
def test_a_name_behind_an_at_sign_is_a_mention_and_an_address_is_none(html: str, names: list[str]) -> None:
    assert mentioned(html) == names


def test_what_is_said_is_what_stands_outside_the_tags() -> None:
    assert words_of('<p>a &lt;b&gt;</p><a href="https://example.org/?a=>x">c</a>').split() == ["a", "<b>", "c"]


@pytest.mark.parametrize("hostile", ["<" * 24_000, '<"' * 12_000, "@" * 24_000, "@a" * 12_000, "<a " * 8_000])
def test_hostile_words_take_no_time(hostile: str) -> None:
    assert len(mentioned(hostile)) <= 1
