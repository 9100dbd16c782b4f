"""The suggested strength is that of the scheme's table: for the worked claims as reviewers enter them, and by rule."""

import pytest

from claims.particulars import SourceKind
from claims.text.strength import Entered, Step, suggest_strength
from claims.vocabulary import STRENGTHS_OF, Label, Reason

PERSON, BODY, OUTLET = SourceKind.PERSON, SourceKind.BODY, SourceKind.OUTLET
DOCUMENT, POST, UNNAMED = SourceKind.DOCUMENT, SourceKind.POST, SourceKind.UNNAMED
OCCASION: Step = None

# Every worked claim that has a route: (which, the route by names, as it is entered, whether a day is given, strength).
WORKED: list[tuple[str, tuple[str, ...], tuple[Step, ...], bool, int]] = [
    ("S06", ("the Kremlin",), (BODY,), False, 3),
    # “told the newspaper Izvestia”: an occasion, and not an outlet that relays.
    ("S09", ("Imangali Tasmagambetov", "Izvestia"), (PERSON, OCCASION), False, 4),
    # The day stands in the next sentence: “said on Tuesday”.
    ("S12", ("Nikol Pashinyan",), (PERSON,), True, 4),
    ("S13", ("Nikol Pashinyan",), (PERSON,), True, 4),
    ("S14", ("Nikol Pashinyan", "interview with France 24"), (PERSON, OCCASION), False, 4),
    ("S18", ("Dmitry Peskov",), (PERSON,), True, 4),
    ("S20", ("Mark MacKinnon", "tweet"), (PERSON, OCCASION), False, 4),
    ("S22", ("CSTO treaty, Article 4", "GlobalSecurity.org"), (DOCUMENT, OUTLET), False, 3),
    ("S23a", ("Bloomberg",), (OUTLET,), False, 3),
    ("S31", ("Nikol Pashinyan", "press conference", "Interfax"), (PERSON, OCCASION, OUTLET), False, 4),
    ("S34", ("Dmitry Peskov", "TASS"), (PERSON, OUTLET), False, 3),
    # “told Newsweek”
    ("S35", ("Simon Payaslian", "Newsweek"), (PERSON, OCCASION), False, 4),
    ("S38", ("Armenian Ministry of Defence",), (BODY,), False, 3),
    ("S42b", ("Sergey Lavrov",), (PERSON,), False, 3),
    # “in the summer of 2019” is no day.
    ("S42c", ("Vladimir Putin",), (PERSON,), False, 3),
    ("N1", ("Nikol Pashinyan", "interview with France 24"), (PERSON, OCCASION), False, 4),
    ("N2", ("Simon Payaslian", "Newsweek"), (PERSON, OCCASION), False, 4),
    ("N3", ("Dmitry Peskov",), (PERSON,), True, 4),
]
# Worked claims without a route: (which, what is marked, the reason, strength).
NOWHERE = [
    ("S01", Entered(), 0),
    ("S03a", Entered(reason=Reason.BACKGROUND), 0),
    ("S10", Entered(marks_cue=True, reason=Reason.HEDGE), 0),
    ("S11a", Entered(marks_cue=True), 0),
    ("S32b", Entered(marks_cue=True, reason=Reason.PASSIVE), 1),
    ("S40", Entered(marks_source=True, marks_cue=True, reason=Reason.VAGUE), 1),
]


def strength(*chain: Step, **facts: bool) -> int | None:
    return suggest_strength(Entered(chain, **facts)).strength


@pytest.mark.parametrize(("which", "names", "chain", "is_dated", "expected"), WORKED, ids=[row[0] for row in WORKED])
def test_each_worked_claim_gets_its_strength(
    which: str, names: tuple[str, ...], chain: tuple[Step, ...], is_dated: bool, expected: int
) -> None:
    assert len(names) == len(chain)
    suggestion = suggest_strength(Entered(chain, is_dated=is_dated))
    assert (suggestion.strength, suggestion.label) == (expected, Label.SOURCED)


@pytest.mark.parametrize(("which", "entered", "expected"), NOWHERE, ids=[row[0] for row in NOWHERE])
def test_each_worked_claim_without_a_route_gets_its_strength(which: str, entered: Entered, expected: int) -> None:
    suggestion = suggest_strength(entered)
    assert (suggestion.strength, suggestion.label) == (expected, Label.UNSOURCED)


def test_an_outlet_that_somebody_spoke_to_has_to_be_entered_as_the_occasion() -> None:
    """By names alone “told Izvestia” (strength 4) and “according to TASS” (strength 3) look the same."""
    assert strength(PERSON, OUTLET) == 3
    assert strength(PERSON, OCCASION) == strength(PERSON, OCCASION, OUTLET) == 4


@pytest.mark.parametrize("kind", [DOCUMENT, POST])
def test_what_can_be_opened_is_5_and_what_cannot_is_as_good_as_a_named_body(kind: SourceKind) -> None:
    assert strength(kind, is_openable=True) == 5
    assert strength(kind, OUTLET, is_openable=True) == 5
    assert strength(PERSON, kind, is_openable=True) == 5
    assert strength(kind) == strength(kind, is_dated=True) == 3


def test_only_a_document_or_post_can_be_opened() -> None:
    assert strength(PERSON, is_openable=True) == 3
    assert strength(is_openable=True) == 0


def test_what_the_writer_witnessed_is_5_whoever_else_is_named() -> None:
    assert strength(is_witnessed=True) == strength(UNNAMED, is_witnessed=True) == 5


def test_a_person_needs_a_venue_an_occasion_or_the_day() -> None:
    assert strength(PERSON) == 3
    assert strength(PERSON, is_dated=True) == strength(PERSON, OCCASION) == 4
    assert strength(PERSON, POST) == strength(PERSON, DOCUMENT) == 4


def test_a_relaying_outlet_lowers_nothing_where_the_day_is_given() -> None:
    assert strength(PERSON, OUTLET, is_dated=True) == 4
    assert strength(PERSON, OUTLET, OUTLET) == 3


def test_bodies_and_those_without_a_name_gain_nothing_by_an_occasion() -> None:
    assert strength(BODY, OCCASION, is_dated=True) == strength(OUTLET, OCCASION) == 3
    assert strength(UNNAMED, OCCASION, OUTLET, is_dated=True) == 2


def test_the_first_source_is_the_root_also_behind_an_occasion() -> None:
    assert strength(OCCASION, PERSON) == 4
    assert strength(OCCASION, UNNAMED, PERSON) == 2
    assert strength(OCCASION) == 1


def test_words_that_name_nobody_are_vague_and_a_hedge_is_nothing() -> None:
    assert strength(marks_source=True) == 1
    assert strength(marks_cue=True) == strength() == 0


def test_where_nothing_is_stored_nothing_is_suggested() -> None:
    suggestion = suggest_strength(None)
    assert (suggestion.strength, suggestion.label) == (None, "")
    assert suggestion.why


@pytest.mark.parametrize("root", [*SourceKind, OCCASION])
def test_label_and_reason_go_with_the_strength(root: Step) -> None:
    for dated in (False, True):
        suggestion = suggest_strength(Entered((root, OCCASION), is_dated=dated))
        assert suggestion.strength in STRENGTHS_OF[Label(suggestion.label)]
        assert suggestion.why.endswith(f": strength {suggestion.strength}.")
        assert suggestion.why[0].isupper()


def test_the_reason_is_said_in_plain_words() -> None:
    said = suggest_strength(Entered((PERSON, OCCASION, OUTLET), is_dated=True)).why
    assert said == "A named person, with the occasion and the day: strength 4."
