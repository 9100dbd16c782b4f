"""Who a sentence says its statement comes from, by which words, and for what."""

import pytest

from claims.text.sources import Memory, SourceKind
from tests.unit.text.clock import grows_linearly
from tests.unit.text.marked_sentences import marked_sentences, parts_of, read, words_of

SENTENCES = marked_sentences("attribution_sentences.txt")


def spelled(text, one):
    source = None if one.source is None else text[one.source.start : one.source.end]
    return source, text[one.cue[0] : one.cue[1]], [text[start:end] for start, end in one.contents]


def first(text):
    return spelled(text, read(text)[0])


def test_there_are_sentences_enough():
    assert len(SENTENCES) >= 250


@pytest.mark.parametrize(("part", "reach"), [("S", 0.95), ("C", 0.93), ("T", 0.95)])
def test_words_of_each_part_are_found(part, reach):
    right = missed = wrong = 0
    for marked in SENTENCES:
        gold = words_of(marked, list(marked.spans), part)
        found = words_of(marked, parts_of(read(marked.text)), part)
        right += len(gold & found)
        missed += len(gold - found)
        wrong += len(found - gold)
    assert 2 * right / (2 * right + missed + wrong) >= reach


def test_sentences_without_an_attribution_have_none():
    plain = [marked for marked in SENTENCES if not marked.spans]
    assert len(plain) > 25
    assert [marked.text for marked in plain if read(marked.text)] == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "contents"),
    [
        (
            "Robert Hale, a spokesman for the mayor, said in a statement Monday that the bill would fail.",
            "Robert Hale, a spokesman for the mayor",
            "said in a statement Monday",
            ["that the bill would fail"],
        ),
        (
            "A senior official who was not authorized to speak has repeatedly argued that it was over.",
            "A senior official who was not authorized to speak",
            "has repeatedly argued",
            ["that it was over"],
        ),
        ("The bill, Holt said, would fail.", "Holt", "said", ["The bill", "would fail"]),
        (
            "“This is the worst bill,” she added, “that I have ever seen in my life.”",
            "she",
            "added",
            ["“This is the worst bill,”", "“that I have ever seen in my life.”"],
        ),
        (
            "“This is the worst bill we have seen,” said Holt, a Democrat from Ohio.",
            "Holt, a Democrat from Ohio",
            "said",
            ["“This is the worst bill we have seen,”"],
        ),
        ("Holt was accused by Democrats of lying.", "Democrats", "was accused by", ["Holt", "of lying"]),
        ("Trump’s claim that the vote was rigged drew laughter.", "Trump", "’s claim", ["that the vote was rigged"]),
        ("The union expressed concern that jobs would go.", "The union", "expressed concern", ["that jobs would go"]),
        ("Reed has not said whether he will run.", "Reed", "has not said", ["whether he will run"]),
        ("Reed refused to comment.", "Reed", "refused to comment", []),
        ("As Avery put it, the plan is dead.", "Avery", "put it", ["the plan is dead"]),
        ("Per the campaign, 9,000 people attended.", "the campaign", "Per", ["9,000 people attended"]),
        ("Poll: Most voters oppose the tax", "Poll", ":", ["Most voters oppose the tax"]),
        (
            "“They come in clean boots,” is how Don Pruitt puts it.",
            "Don Pruitt",
            "puts it",
            ["“They come in clean boots,”"],
        ),
        ("Hallam has pleaded not guilty to fraud.", "Hallam", "has pleaded not guilty to", ["fraud"]),
        (
            "Reed went further, telling a rally in Tampa, Fla., that the vote was rigged.",
            "Reed",
            "telling a rally in Tampa, Fla.,",
            ["that the vote was rigged"],
        ),
        (
            "He was quoted by the newspaper as saying that he would never resign.",
            "He",
            "was quoted by the newspaper as saying",
            ["that he would never resign"],
        ),
        ("She and her colleagues speculate that it helps.", "She and her colleagues", "speculate", ["that it helps"]),
    ],
)
def test_an_attribution_is_found_whole(text, source, cue, contents):
    assert first(text) == (source, cue, contents)


@pytest.mark.parametrize(
    ("text", "cue", "strength"),
    [
        ("The man was reportedly shot.", "reportedly", 0),
        ("Reed is said to be weighing a run.", "is said", 1),
        ("It is believed that the papers were copied.", "It is believed", 1),
    ],
)
def test_a_cue_without_a_source_has_none(text, cue, strength):
    [found] = read(text)
    assert found.source is None
    assert (spelled(text, found)[1], found.strength) == (cue, strength)


def test_critics_are_a_vague_source():
    [found] = read("Critics say the plan would fail.")
    assert found.source.kind is SourceKind.VAGUE
    assert found.strength == 1


def test_two_verbs_share_a_subject():
    text = "He praised the plan and said it would work."
    assert sorted(spelled(text, one) for one in read(text)) == [
        ("He", "praised", ["the plan"]),
        ("He", "said", ["it would work"]),
    ]


def test_attribution_does_not_cross_but():
    text = "Avery said the plan was dead, but Nolan kept working on it."
    assert first(text)[2] == ["the plan was dead"]
    text = "Avery said the plan was bad but necessary."
    assert first(text)[2] == ["the plan was bad but necessary"]


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("Smith told Newsweek that the war was over, according to Interfax.", ["Smith", "Newsweek", "Interfax"]),
        ("The New York Times reported that Smith said the war was over.", ["Smith", "The New York Times"]),
        ("Smith said at a news conference that the war was over.", ["Smith", "a news conference"]),
        ("Smith wrote on Twitter that the war was over.", ["Smith", "Twitter"]),
        ("The Post, citing two officials, reported that the war was over.", ["two officials", "The Post"]),
    ],
)
def test_the_first_source_is_the_root_of_the_route(text, hops):
    assert [text[hop.start : hop.end] for hop in read(text)[0].hops] == hops


def test_who_passes_it_on_comes_behind_who_said_it():
    text = "Smith told Newsweek that the war was over, according to Interfax."
    assert [spelled(text, one)[0] for one in read(text)] == ["Smith", "Interfax"]


def test_the_writer_is_no_source():
    assert read("I think the plan would fail.") == []


def test_a_surname_stands_for_the_full_name_before_it():
    text = "Rep. Dana Holt said it would fail. Holt said so twice."
    memory = Memory()
    read(text[:35], memory)
    again = read("Holt said it would fail.", memory)[0]
    assert text[slice(*again.source.named_at)] == "Rep. Dana Holt"


@pytest.mark.parametrize(
    "unit",
    [
        "said ",
        "said said, ",
        "Smith ",
        ", ",
        "“a” ",
        "that ",
        "Smith said ",
        "who said, ",
        "according to ",
        "of the ",
        "reportedly ",
        "claim that ",
        "fears ",
        "( ",
        "Smith, a man, ",
        "but he said ",
    ],
)
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(read, unit * (20_000 // len(unit)))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It is a bloc of former Baltic states that pledged to trade.", "a bloc of former Baltic states"),
        ("The clerk made similar comments on Monday, saying the lake was shut.", "The clerk"),
        (
            "Warden Amy Lund, a farmer who runs the east ward, said the books “do not balance”.",
            "Warden Amy Lund, a farmer who runs the east ward",
        ),
        ("Officials in Oslo, Malmo and Turku said the ferry would sail.", "Officials in Oslo, Malmo and Turku"),
        ("But the police say otherwise.", "the police"),
        ("Nurses say the ward works.", "Nurses"),
        ("😀 Ann Day said the lake was shut.", "Ann Day"),
        ("Elysee press secretary Luc Blanc said the visit would go on.", "Elysee press secretary Luc Blanc"),
    ],
)
def test_a_source_is_the_whole_subject_of_its_verb(text, source):
    assert first(text)[0] == source


@pytest.mark.parametrize(
    "text",
    [
        "They left the port due to certain Arctic reasons that the book did not explain.",
        "Georgia has attacked Armenia with drones.",
        "The long war has shown that bridges matter.",
        "The situation proves that the fleet was old.",
        "Oslo didn’t object to this.",
    ],
)
def test_events_and_deeds_are_no_speech(text):
    assert read(text) == []


def test_a_time_before_a_name_is_no_part_of_it():
    assert first("Some time ago Norway decided to leave the port.")[0] == "Norway"


@pytest.mark.parametrize("text", ["Some doctors had warned that it was weak.", "Doctors say it works."])
def test_doctors_by_themselves_are_nobody_to_look_up(text):
    assert read(text)[0].strength == 1


def test_reporters_told_at_a_place_are_an_occasion():
    assert read("Okoye told reporters outside city hall that she would stay.")[0].strength == 4


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("“It is over,” Lund said, according to Norwegian news agency AFP.", ["Lund", "Norwegian news agency AFP"]),
        ("“It is over,” Lund said, according to Public Radio of Tuva.", ["Lund", "Public Radio of Tuva"]),
        ("“It is over for us,” Lund told CNN’s Amy Roe.", ["Lund", "CNN"]),
        ("Lund said the port was shut in a Reuters report.", ["Lund", "Reuters"]),
    ],
)
def test_an_outlet_is_one_step_behind_the_speaker(text, hops):
    assert [text[hop.start : hop.end] for hop in read(text)[0].hops] == hops


def test_they_are_not_one_person():
    memory = Memory()
    text = "Amy Lund said it was over. They said it was not."
    read(text[:26], memory)
    assert read(text[27:], memory)[0].source.kind is SourceKind.DESCRIBED
