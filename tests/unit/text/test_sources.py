"""Who words name, and whom pronouns, surnames and “the senator” stand for."""

import pytest

from claims.text.sources import Memory, SourceKind, identify
from claims.text.words import Sentence


def words(text):
    return Sentence(text, 0, len(text), ()).words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dana Holt", SourceKind.PERSON),
        ("Attorney General Ruth Kane", SourceKind.PERSON),
        ("the Justice Department", SourceKind.BODY),
        ("NATO", SourceKind.BODY),
        ("a senior EU official", SourceKind.DESCRIBED),
        ("two people familiar with the talks", SourceKind.DESCRIBED),
        ("loyalists", SourceKind.DESCRIBED),
        ("critics", SourceKind.VAGUE),
        ("people", SourceKind.VAGUE),
        ("Russia", SourceKind.COUNTRY),
        ("we", SourceKind.SELF),
    ],
)
def test_words_tell_who_speaks(text, kind):
    assert identify(words(text), Memory()).kind is kind


@pytest.mark.parametrize("text", ["nothing", "this", "the weather"])
def test_what_cannot_speak_is_nobody(text):
    assert identify(words(text), Memory()) is None


def test_whoever_speaks_is_described():
    assert identify(words("the poster"), Memory(), speaks=True).kind is SourceKind.DESCRIBED


def test_he_is_the_person_named_last():
    memory = Memory()
    memory.note(identify(words("Dana Holt"), memory))
    memory.note(identify(words("NATO"), memory))
    assert identify(words("he"), memory).named_at == (0, 9)
    assert identify(words("it"), memory).named_at == (0, 4)


def test_a_surname_is_the_full_name_before_it():
    memory = Memory()
    identify(words("Rep. Dana Holt"), memory)
    assert identify(words("Holt"), memory).named_at == (0, 14)
    assert identify(words("Marsh"), memory).named_at == (0, 5)


def test_the_senator_is_the_senator_named_before():
    memory = Memory()
    identify(words("Sen. Paul Avery"), memory)
    found = identify(words("the senator"), memory)
    assert (found.kind, found.named_at) == (SourceKind.PERSON, (0, 15))


def test_the_company_is_the_body_named_before():
    memory = Memory()
    assert identify(words("the company"), memory).kind is SourceKind.DESCRIBED
    memory.note(identify(words("Brightwater Corporation"), memory))
    assert identify(words("the company"), memory).named_at == (0, 23)
