import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text import sentences, zones
from claims.text.reading import MOST_READ, READER_VERSION, annotate, propose
from claims.vocabulary import COVERAGE_ZONES, STRENGTHS_OF, Label, Reason
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article, worked

words = st.lists(
    st.sampled_from(
        [
            "He said ",
            "that ",
            "“",
            "”",
            '"',
            "Putin ",
            "according to ",
            "reportedly ",
            "I believe ",
            ". ",
            "? ",
            "\n\n",
            ", ",
            "the ",
            "Ministry ",
            "warned ",
            "who ",
            "🙂 ",
            "but ",
            ": ",
            "’",
            "was likened ",
            "Smith",
            "שלום ",
            "\u00a0",
            "sources say ",
            "(",
            ") ",
        ]
    ),
    max_size=40,
).map("".join)


def read_one(text):
    [proposal] = propose(text)
    return proposal


def words_of(text, span):
    return None if span is None else text[span[0] : span[1]]


def overlap(proposal, claim):
    return min(proposal.end, claim["end"]) - max(proposal.start, claim["start"])


def test_reader_has_a_version():
    assert READER_VERSION == 2


@pytest.mark.parametrize("name", NAMES)
def test_each_headline_and_body_sentence_has_one_proposal(name):
    text = article(name)
    expected = [
        (zone.start + start, zone.start + end)
        for zone in zones.read(text)
        if zone.kind in COVERAGE_ZONES
        for start, end in sentences.split(text[zone.start : zone.end])
    ]
    assert [(proposal.start, proposal.end) for proposal in propose(text)] == expected


@given(words)
def test_proposals_hold_the_rules_of_the_scheme(text):
    for proposal in propose(text):
        strengths = STRENGTHS_OF[proposal.label] or (None,)
        assert proposal.strength in strengths
        assert (proposal.reason is None) == (proposal.label is not Label.UNSOURCED)
        assert 0 <= proposal.confidence <= 1
        assert proposal.why.endswith(".")
        for span in (proposal.content, proposal.source, proposal.cue):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_four_of_five_worked_claims_are_labelled_right():
    claims = [claim for claim in worked()["claims"] if not claim["borderline"]]
    right = 0
    for claim in claims:
        best = max(propose(article(claim["file"])), key=lambda proposal: overlap(proposal, claim))
        right += best.label == claim["label"]
    assert right / len(claims) >= 0.85


def test_hedge_is_not_a_source():
    text = article(NAMES[0])
    start = text.index("The Kremlin is also reportedly")
    proposal = next(proposal for proposal in propose(text) if proposal.start == start)
    assert (proposal.label, proposal.strength, proposal.reason) == (Label.UNSOURCED, 0, Reason.HEDGE)
    assert (words_of(text, proposal.cue), proposal.source) == ("reportedly", None)
    assert proposal.why == "“reportedly” is a hedge with no source behind it."


def test_dictionary_form_says_the_same():
    text = "Smith said that the border was open."
    [entry] = annotate(text)
    assert 0 <= entry.pop("confidence") <= 1
    assert 0 <= entry.pop("opinion") <= 1
    assert entry == {
        "start": 0,
        "end": 36,
        "label": "sourced",
        "content": (11, 35),
        "source": (0, 5),
        "cue": (6, 10),
        "strength": 3,
        "reason": None,
        "rule": "said",
        "why": "“said” gives the statement to “Smith”.",
        "mode": "indirect",
        "scope": "same",
        "chain": [{"kind": "source", "start": 0, "end": 5}],
        "proposed": True,
        "attributions": [
            {"source": (0, 5), "cue": (6, 10), "content": (11, 35), "contents": [(11, 35)], "rule": "said"}
        ],
    }


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Interior Minister Jane Doe said the border was open.", "Interior Minister Jane Doe", "said"),
        ("“The border is open for all of us,” said Jane Doe.", "Jane Doe", "said"),
        (
            "“The border is open for all of us”, author and journalist Jane Doe tweeted.",
            "author and journalist Jane Doe",
            "tweeted",
        ),
        ("The border is open, according to Interfax news agency.", "Interfax news agency", "according to"),
        ("According to Jane Doe, the border is open.", "Jane Doe", "According to"),
        (
            "Jane Doe, a member of the committee, told Radio One that it was open.",
            "Jane Doe, a member of the committee",
            "told Radio One",
        ),
        ("Doe on Monday indicated that the border was open.", "Doe", "indicated"),
        (
            "On Tuesday, US State Department spokesman Ned Price blamed Azerbaijan.",
            "US State Department spokesman Ned Price",
            "blamed",
        ),
        ("The ministry has officially announced that it is open.", "The ministry", "has officially announced"),
        ("Turkey would help, Defense Minister Hulusi Akar said.", "Defense Minister Hulusi Akar", "said"),
        ("Jane Doe made remarks on Monday, saying it could open.", "Jane Doe", "saying"),
        ("A senior EU official who attended said it was over.", "A senior EU official who attended", "said"),
    ],
)
def test_source_and_cue_are_found(text, source, cue):
    proposal = read_one(text)
    assert proposal.label is Label.SOURCED
    assert (words_of(text, proposal.source), words_of(text, proposal.cue)) == (source, cue)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Jane Doe said on Friday that it was open.", 4),
        ("Jane Doe said that it was open.", 3),
        ("The Ministry of Defense said that it was open.", 3),
        ("A spokesman said that it was open.", 2),
    ],
)
def test_strength_follows_who_and_where(text, strength):
    assert read_one(text).strength == strength


def test_pronoun_stands_for_the_body_named_before():
    text = "The Kremlin issued a threat to Yerevan. It warned Armenia that the US was meddling."
    first, second = propose(text)
    assert first.label is Label.UNSOURCED
    assert second.label is Label.SOURCED
    assert "The Kremlin" in second.why


def test_quotation_runs_on_into_a_paragraph_that_only_continues_it():
    text = (
        "Jane Doe told Izvestia: “It is hard to predict and to calculate.\n"
        "“When we discuss it, we must take care of all.”\n"
        "Rain fell."
    )
    first, second, third = propose(text)
    assert (first.label, second.label, third.label) == (Label.SOURCED, Label.SOURCED, Label.UNSOURCED)
    assert second.rule == "running-quotation"
    assert words_of(text, second.source) == "Jane Doe"


def test_both_sentences_of_a_quotation_belong_to_its_speaker():
    text = "“This works in every situation. It can develop further,” Peskov said."
    assert [proposal.label for proposal in propose(text)] == [Label.SOURCED, Label.SOURCED]


def test_scare_quotes_are_no_quotation():
    assert read_one("The “innocent” missiles stood near the border.").label is Label.UNSOURCED


@pytest.mark.parametrize(
    ("text", "reason", "strength"),
    [
        ("Russian troops left prior to the attack.", Reason.BARE, 0),
        ("The missiles were allegedly aimed at towns.", Reason.HEDGE, 0),
        ("Experts say the war will end soon.", Reason.VAGUE, 1),
        ("Sources told the paper that it was over.", Reason.VAGUE, 1),
        ("Russia keeps saying that there is no need.", Reason.VAGUE, 1),
        ("The bloc has been likened to a smaller NATO.", Reason.PASSIVE, 1),
    ],
)
def test_unsourced_has_its_reason(text, reason, strength):
    proposal = read_one(text)
    assert (proposal.label, proposal.reason, proposal.strength) == (Label.UNSOURCED, reason, strength)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("I believe that he senses it.", "I believe"),
        ("It is the funniest thing of all.", "funniest"),
        ("Is it possible that they changed their minds?", "?"),
        ("They shamelessly fired at towns.", "shamelessly"),
    ],
)
def test_opinion_of_the_article_itself_is_named_by_its_words(text, cue):
    proposal = read_one(text)
    assert proposal.label is Label.OPINION
    assert words_of(text, proposal.cue) == cue


@pytest.mark.parametrize(
    "text", ["There is no doubt that it will fall.", "It\u00a0looks\u00a0like\u00a0this is only the beginning."]
)
def test_spaces_of_any_kind_hide_no_opinion(text):
    assert read_one(text).label is Label.OPINION


def test_an_opinion_of_a_crowd_is_not_the_articles_own():
    assert read_one("Critics say that this is a shameful farce.").reason is Reason.VAGUE


def test_what_is_judged_only_by_the_way_leaves_the_sentence_a_statement():
    text = "Armenia is a member of the treaty, which effectively is Russia’s own Nato."
    assert read_one(text).label is Label.UNSOURCED


def test_opinion_of_somebody_else_is_sourced():
    assert read_one("“I believe that this is a shameful farce,” Jane Doe said.").label is Label.SOURCED


def test_writer_who_says_so_is_no_source():
    assert read_one("I will add that this is not the only system.").label is not Label.SOURCED


def test_attribution_does_not_cross_but():
    text = "A mission will arrive today, according to reports from Bloombergbut neither side agreed to send troops."
    proposal = read_one(text)
    assert words_of(text, proposal.content) == "A mission will arrive today"
    assert words_of(text, proposal.source) == "Bloomberg"


def test_what_is_longer_than_any_article_is_read_in_part():
    text = "Rain fell on the town. " * (MOST_READ + 5)
    entries = annotate(text)
    assert len(entries) == MOST_READ + 5
    assert {entry["label"] for entry in entries[:MOST_READ]} == {"unsourced"}
    assert [(entry["label"], entry["proposed"]) for entry in entries[MOST_READ:]] == [(None, False)] * 5


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a dit que le pont est fermé et que la ville n’a pas d’argent pour le réparer. Il pleut sur la ville.",
        "Мэр города сказал, что мост закрыт и что денег на ремонт нет. В городе идёт дождь, и это не очень хорошо.",
    ],
)
def test_another_language_is_divided_into_sentences_and_never_gets_an_english_label(text):
    entries = annotate(text)
    assert len(entries) == 2
    assert entries[1]["label"] is None
    assert not entries[1]["proposed"]
    assert not any(entry["rule"] in ("said", "bare") for entry in entries)


def test_a_hedged_feeling_is_a_hedge():
    proposal = read_one("Putin is reportedly furious that drones were launched.")
    assert (proposal.label, proposal.reason, proposal.strength) == (Label.UNSOURCED, Reason.HEDGE, 0)


def test_only_boilerplate_has_no_proposal():
    assert propose("Leave a Reply\n\nYour email address will not be published.\n") == []


@pytest.mark.parametrize(
    "unit",
    [
        "said ",
        "X said ",
        "he said “",
        '"',
        "a. ",
        "“a” ",
        "according to ",
        "who said, ",
        "Ab, ",
        "and ",
        "I believe ",
        "’ ",
    ],
)
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(annotate, unit * (20_000 // len(unit)))


@pytest.mark.parametrize(
    "refusal",
    [
        "The mayor declined to comment.",
        "Ida Brook did not respond to a request for comment.",
        "A spokesman for the mayor did not immediately respond to requests for comment.",
    ],
)
def test_who_refuses_to_say_anything_is_no_source(refusal):
    entry = annotate("The bridge was closed in May. " + refusal)[-1]
    assert (entry["label"], entry["reason"], entry["source"]) == ("unsourced", "bare", None)
    assert entry["attributions"]


def test_who_is_about_to_speak_behind_a_colon_is_one():
    first = annotate("The mayor declined to comment, and then said:\n\nThe bridge is safe.")[0]
    assert (first["label"], first["content"]) == ("sourced", None)


@pytest.mark.parametrize(
    "text",
    [
        "In a brief talk, Mr. Delacroix said he had “nothing to hide” here. “I've got the checks,” he said.",
        "He knew Mr. Hale well. Mr. Hale vowed to press on. “We will vote on it,” he told reporters.",
        "He knew Mr. Hale well. Mr. Iverson's demand was heard. He has promised not to meddle with it.",
    ],
)
def test_a_title_alone_is_never_given_as_the_name_behind_a_pronoun(text):
    assert not [entry["why"] for entry in annotate(text) if "“Mr”" in entry["why"] or "“Mr.”" in entry["why"]]


def test_the_name_behind_a_title_is_what_a_pronoun_stands_for():
    text = "He knew Mr. Hale well. Mr. Hale left in May. He said that the bridge was safe."
    assert annotate(text)[-1]["why"] == "“said” gives the statement to “He”, that is “Mr. Hale”."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Anna Berger, the mayor, said in a statement that the pool would close.", "given in “a statement”"),
        ("Anna Berger, the mayor, said at a rally that the pool would close.", "given at “a rally”"),
        ("Anna Berger, the mayor, said on Facebook that the pool would close.", "given on “Facebook”"),
    ],
)
def test_the_reason_says_in_at_or_on_which_occasion(text: str, why: str) -> None:
    assert why in propose(text)[-1].why
