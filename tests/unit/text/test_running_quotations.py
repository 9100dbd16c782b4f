"""Whose words a sentence is that does not name its speaker itself."""

import pytest

from claims.text.reading import Proposal, propose
from claims.vocabulary import Label, Reason
from tests.unit.text.clock import grows_linearly

BEFORE = "Dana Holt, the mayor, said on Monday that the bridge was closed.\n"


def read(text: str) -> list[tuple[str, str, str | None]]:
    """Each sentence's label, rule, and the words that name its source."""
    return [(one.label.value, one.rule, _source(text, one)) for one in propose(text)]


def _source(text: str, proposal: Proposal) -> str | None:
    return text[slice(*proposal.source)] if proposal.source else None


def sources(text: str) -> list[str | None]:
    return [source for _, _, source in read(text)]


def test_the_sentence_behind_he_said_is_his_too() -> None:
    text = "“The bridge is unsafe,” Dana Holt said. “It will stay closed for a year. We have no money.”"
    assert sources(text) == ["Dana Holt"] * 3
    assert [one.rule for one in propose(text)][1:] == ["running-quotation"] * 2


def test_a_quotation_goes_on_in_paragraphs_that_open_again() -> None:
    text = (
        "Dana Holt told the council: “The bridge is unsafe and has been so for years.\n"
        "“We have no money to mend it.\n"
        "“And we will not get any.”\n"
        "Rain fell on the town."
    )
    assert sources(text) == ["Dana Holt", "Dana Holt", "Dana Holt", None]
    assert propose(text)[3].label is Label.UNSOURCED


def test_a_quotation_stands_before_its_speaker_in_the_next_sentence() -> None:
    text = "“The whole thing was a mess from the start.” That is how Dana Holt describes the project."
    assert sources(text)[0] == "Dana Holt"
    assert propose(text)[0].rule == "named-after"


def test_the_first_of_two_quotations_belongs_to_who_is_named_at_the_second() -> None:
    text = "Rain fell.\n“Nobody told us anything about it at all.” “We read it in the papers,” Dana Holt said."
    assert sources(text) == [None, "Dana Holt", "Dana Holt"]


def test_a_paragraph_of_quotation_is_named_in_the_next_paragraph() -> None:
    text = "“The whole thing was a mess from the start.”\nThat was the verdict of Dana Holt on Monday."
    assert sources(text)[0] == "Dana Holt"
    assert propose(text)[0].rule == "named-after"


def test_an_indirect_statement_gives_its_speaker_to_the_quotation_behind_it() -> None:
    text = BEFORE + "“It will stay closed for a year.”"
    assert sources(text)[1] == "Dana Holt, the mayor" or "Dana Holt" in (sources(text)[1] or "")


def test_a_question_is_answered_by_the_other() -> None:
    text = (
        "“When will the bridge be open again?” Ben Okri asked.\n"
        "“We have not been given any money for it,” said Dana Holt.\n"
        "“But when will it be open?”\n"
        "“That I cannot possibly tell you now.”"
    )
    assert [source and source.split()[0] for source in sources(text)][:2] == ["Ben", "Dana"]
    assert propose(text)[3].rule == "dialogue"


def test_what_stands_under_a_colon_is_the_speakers() -> None:
    text = (
        "Dana Holt said the following in a letter to the council on Monday:\n"
        "The bridge was never safe. It should not have been built.\n"
        "The council meets again in May."
    )
    assert [label for label, _, _ in read(text)] == ["SOURCED", "SOURCED", "SOURCED", "UNSOURCED"]
    assert propose(text)[1].rule == "block-quotation"


def test_a_list_under_a_colon_is_the_speakers_as_long_as_its_items() -> None:
    text = (
        "Dana Holt said on Monday that the town would do three things:\n"
        "- The bridge will be closed.\n- The road will be mended.\n- The tunnel will be dug.\n"
        "The council meets again in May."
    )
    assert [one.rule for one in propose(text)][1:4] == ["block-quotation"] * 3
    assert propose(text)[4].label is Label.UNSOURCED


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“My colleague voted himself two rises,” Dana Holt grumbled.", "Dana Holt"),
        ("Rain fell. Mayor Dana Holt sent a message of thanks: “Damn you all, and well done.”", "Dana Holt"),
    ],
)
def test_a_quotation_is_of_the_name_beside_it_whatever_the_verb(text: str, source: str) -> None:
    proposal = propose(text)[-1]
    assert proposal.label is Label.SOURCED
    assert source in (_source(text, proposal) or "")


def test_quoted_words_without_a_name_are_his_who_spoke_just_before() -> None:
    text = BEFORE + "The town was “left alone with all of the costs” for years."
    assert propose(text)[1].rule == "quoted-words"
    assert propose(text)[1].mode.value == "mixed"


@pytest.mark.parametrize("words", ["“innocent”", "“The Bridge of the Seven Sisters”"])
def test_a_scare_quote_or_a_title_is_nobodys_word(words: str) -> None:
    assert propose(BEFORE + f"The {words} stood near the border.")[1].label is Label.UNSOURCED


def test_a_quotation_without_any_name_is_vague() -> None:
    [proposal] = propose("“The whole thing was a mess from the very start of it.”\n")
    assert (proposal.label, proposal.reason, proposal.strength) == (Label.UNSOURCED, Reason.VAGUE, 1)
    assert proposal.content == (proposal.start, proposal.end)


def test_a_quotation_of_a_crowd_stays_vague_where_it_runs_on() -> None:
    text = BEFORE + "“It is all over,” experts said. “There will be no other bridge.”"
    assert [one.reason for one in propose(text)][1:] == [Reason.VAGUE, Reason.VAGUE]


def test_far_from_any_speaker_a_quotation_is_nobodys() -> None:
    text = BEFORE + "Rain fell on the town.\n" * 8 + "“It will stay closed for a very long year.”"
    assert propose(text)[-1].rule == "quotation-of-nobody"


def test_a_headline_takes_no_speaker_from_elsewhere() -> None:
    text = "Bridge is closed\n\n" + BEFORE
    assert propose(text)[0].label is Label.UNSOURCED


def test_a_running_quotation_says_whose_it_is_and_where_he_was_named() -> None:
    text = "“The bridge is unsafe,” Dana Holt said. “It will stay closed for a year.”"
    why = propose(text)[1].why
    assert "Dana Holt" in why
    assert "“said”" in why


@pytest.mark.parametrize(
    "unit",
    [
        "“A b c d.” ",
        "“Who is it?”\n",
        "X said: “a b\n",
        "X said:\n",
        "- a b c.\n",
        "“a b c d e ",
        "“A b,” he said. “C d e.”\n",
    ],
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    assert grows_linearly(propose, unit * (20_000 // len(unit)))


def test_a_quotation_behind_another_who_laughed_is_not_the_earlier_speakers() -> None:
    text = (
        "“I never saw the letter,” said Tom Reyes, the clerk. The room went quiet. "
        "Asked whether she would go before the vote, Okoye laughed. “Ask me in five years.”"
    )
    assert "Tom Reyes" not in (sources(text)[-1] or "")
