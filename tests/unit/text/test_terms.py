from itertools import pairwise

import pytest

from claims.text.stems import families, stem
from claims.text.terms import DENIED, FAMILY, MOST_TERMS, NAME, PERHAPS, score, terms


@pytest.mark.parametrize(
    "forms",
    [
        "member members membership",
        "suspend suspends suspended suspending",
        "participate participated participation",
        "organise organised organization organisations",
        "deploy deploys deployed deployment",
        "win wins won winning",
        "company companies",
        "labour labor",
        "stop stopped stopping",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("word", ["building", "king", "news", "red", "spring"])
def test_what_looks_like_an_ending_is_none(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [("fighting", "war"), ("suspended", "frozen"), ("membership", "participation"), ("killed", "deaths")],
)
def test_words_for_one_sort_of_event_are_of_one_family(one: str, other: str) -> None:
    assert set(families(stem(one))) & set(families(stem(other)))


@pytest.mark.parametrize(("one", "other"), [("rose", "fell"), ("convicted", "acquitted"), ("signed", "vetoed")])
def test_opposites_stand_on_two_sides_of_one_family(one: str, other: str) -> None:
    assert {(family, -side) for family, side in families(stem(one))} & set(families(stem(other)))


def test_a_body_is_found_under_its_letters_and_under_its_name() -> None:
    written_out = terms("Armenia left the Collective Security Treaty Organization.")
    assert written_out["csto"] == NAME
    short = terms("Armenia left the CSTO.")
    assert short["csto"] == NAME
    assert short[stem("treaty")] == PERHAPS


def test_peoples_are_their_countries_and_capitals_perhaps() -> None:
    assert terms("the Armenians")["armenia"] == NAME
    assert terms("Yerevan agreed")["armenia"] == PERHAPS


def test_number_words_are_numbers_also_within_a_hyphen() -> None:
    assert {"6", stem("war"), f"{FAMILY}conflict"} <= terms("a six-week war").keys()
    assert "1500" in terms("1,500 houses")


def test_what_is_denied_is_a_term_of_its_own() -> None:
    assert f"{DENIED}{FAMILY}belonging" in terms("Azerbaijan isn’t a member")
    assert f"{DENIED}{FAMILY}belonging" not in terms("Armenia is a member")


@pytest.mark.parametrize(
    "text", ["中国军队在边境", "Дмитрий Песков заявил", "सेना ने हमला किया", "قتل الجيش", "İSTANBUL’da"]
)
def test_every_script_has_terms(text: str) -> None:
    found = terms(text)
    assert found
    assert found == terms(text)


@pytest.mark.parametrize("text", ["", " ", "…", "\x00", "👩‍👩‍👧‍👦", "'’'", "the of and"])
def test_what_says_nothing_has_no_terms(text: str) -> None:
    assert terms(text) == {}


def test_terms_are_few_however_long_the_text() -> None:
    assert len(terms(" ".join(f"word{number}" for number in range(50_000)))) == MOST_TERMS


def test_a_score_lies_between_nothing_and_one_and_does_not_depend_on_the_side() -> None:
    texts = ["", "Armenia left the CSTO.", "Armenia quits the Treaty Organization", "Rain in Oslo", "Armenia"]
    for one, other in pairwise(map(terms, texts)):
        assert 0.0 <= score(one, other) <= 1.0
        assert score(one, other) == pytest.approx(score(other, one))
    assert score(terms(texts[0]), terms(texts[1])) == 0.0


def test_terms_may_be_anything_that_tells_them_apart() -> None:
    one, other = terms("Armenia suspended its membership."), terms("Yerevan froze its participation.")
    hashed = [{hash(term): weight for term, weight in each.items()} for each in (one, other)]
    assert score(*hashed) == score(one, other) > 0


def test_names_alone_count_for_less_than_names_with_an_event() -> None:
    asked = terms("Russia shelled Kazakhstan")
    assert score(asked, terms("Russia and Kazakhstan")) < score(asked, terms("Russia shelled a village"))


def test_what_is_rare_counts_for_more() -> None:
    def rarity(term: str) -> float:
        return 4.0 if term == stem("oblast") else 1.0

    asked = terms("the village in the oblast")
    assert score(asked, terms("an oblast"), rarity) > score(asked, terms("a village"), rarity)
