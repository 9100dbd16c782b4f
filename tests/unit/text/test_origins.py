"""Signs that two texts rest on one origin, with their evidence in both; sketches by which near-copies are found."""

import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.relations import OriginSignKind
from claims.text import zones
from claims.text.credit_lines import credits_in, same_outlet
from claims.text.origins import OriginSign, Passage, origin_signs, repeats_within
from claims.text.shared_runs import shared_runs
from claims.text.shingles import resemblance, sketch
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import ARTICLES, NAMES, article

KNOWN = {
    entry["file"]: entry for entry in json.loads((ARTICLES / "known.json").read_text(encoding="utf-8"))["articles"]
}


def passage(name: str, *, known: bool = True) -> Passage:
    """One of the five articles, with what is known of it or only with its words."""
    text, entry = article(name), KNOWN[name] if known else {}
    return Passage(
        text,
        tuple((zone.kind.value, zone.start, zone.end) for zone in zones.read(text)),
        entry.get("voice", ""),
        tuple(entry.get("credits", ())),
        entry.get("outlet", ""),
    )


def shown(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def kinds(a: Passage, b: Passage) -> set[OriginSignKind]:
    return {sign.kind for sign in origin_signs(a, b)}


def the(kind: OriginSignKind, a: Passage, b: Passage) -> OriginSign:
    (sign,) = [sign for sign in origin_signs(a, b) if sign.kind is kind]
    return sign


TOLD = "The bridge over the river was closed on Friday after engineers found cracks in two of its pillars."
MORE = "Traffic was sent through the old town, where shopkeepers complained about the noise of the lorries all day."
ELSE = "Nobody could say when the work would begin, because the council has not yet decided who is to pay for it."
OWN = "Our reporter walked across it in the morning and saw nothing but two policemen and a stray dog."


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)))
def test_the_five_articles_share_no_passage(one: str, other: str) -> None:
    a, b = passage(one), passage(other)
    assert shared_runs(a.text, b.text) == []
    voices = {one[:3], other[:3]} == {"002", "003"}
    assert kinds(a, b) == ({OriginSignKind.SAME_VOICE} if voices else set())


@pytest.mark.parametrize("known", [True, False], ids=["stated", "by-its-notes"])
def test_two_texts_that_speak_as_newsweek_are_one_voice(known: bool) -> None:
    a, b = passage(NAMES[2], known=known), passage(NAMES[3], known=known)
    sign = the(OriginSignKind.SAME_VOICE, a, b)
    assert shown(a.text, sign.a) == ["Newsweek contacted the Russian Ministry of Defense and the CSTO for comments."]
    assert shown(b.text, sign.b) == ["Newsweek has reached out to Pashinyan’s office via email for comment."]
    assert "Newsweek" in sign.why


def test_a_caption_that_repeats_the_body_is_found() -> None:
    page = passage(NAMES[2])
    (sign,) = repeats_within(page)
    assert sign.kind is OriginSignKind.CAPTION_REPEAT
    ((body,), (caption,)) = shown(page.text, sign.a), shown(page.text, sign.b)
    assert body.startswith("The conflict puts Putin in an awkward position, because")
    assert caption.startswith("The conflict puts Putin in an awkward position as he")
    assert [repeats_within(passage(name)) for name in NAMES if name != NAMES[2]] == [[], [], [], []]


def test_a_caption_that_repeats_another_page_is_found() -> None:
    a = Passage(TOLD + "\n" + OWN, (("caption", 0, len(TOLD) + 1), ("body", len(TOLD) + 1, len(TOLD + OWN) + 1)))
    b = Passage(MORE + " " + TOLD.replace("closed", "shut").replace("engineers", "inspectors"))
    sign = the(OriginSignKind.CAPTION_REPEAT, a, b)
    assert shown(a.text, sign.a) == [TOLD]
    assert shown(b.text, sign.b)[0].startswith("The bridge")
    turned = the(OriginSignKind.CAPTION_REPEAT, b, a)
    assert (turned.a, turned.b) == (sign.b, sign.a)


def test_a_shared_run_is_found_whatever_its_typography() -> None:
    a = Passage("It rained. The army’s engineers found long cracks in two of its pillars – again. Rain.")
    b = Passage("Snow fell. THE ARMY‘S engineers found\u00a0long cracks in two of its pillars, again, on Monday.")
    sign = the(OriginSignKind.SHARED_PASSAGE, a, b)
    assert shown(a.text, sign.a) == ["The army’s engineers found long cracks in two of its pillars – again"]
    assert shown(b.text, sign.b) == ["THE ARMY‘S engineers found\u00a0long cracks in two of its pillars, again"]


def test_seven_words_and_rows_of_names_are_no_shared_passage() -> None:
    seven = "engineers found long cracks in two pillars"
    assert kinds(Passage(f"Here {seven} again."), Passage(f"There {seven} lately.")) == set()
    names = "Russian President Vladimir Putin and Armenian Prime Minister Nikol Pashinyan"
    assert kinds(Passage(f"Yesterday {names} met."), Passage(f"Today {names} left.")) == set()


def test_furniture_and_comments_are_nobodys_reporting() -> None:
    form = "Your email address will not be published and required fields are marked with a star."
    pages = [Passage(f"{own}\n{form}", (("body", 0, len(own)), ("site_chrome", len(own), 999))) for own in (TOLD, OWN)]
    assert kinds(*pages) == set()


SPOKEN = "we have never been asked about any of it"


def test_a_quotation_in_the_same_words_is_found_and_no_shared_passage() -> None:
    a = Passage(f"“In truth {SPOKEN},” said the mayor. {TOLD}")
    b = Passage(f"The mayor said: ”{SPOKEN}.” {MORE}")
    sign = the(OriginSignKind.SAME_QUOTATION, a, b)
    assert kinds(a, b) == {OriginSignKind.SAME_QUOTATION}
    assert shown(a.text, sign.a) == shown(b.text, sign.b) == [SPOKEN]
    assert "translation" in sign.why


def test_a_short_quotation_counts_where_it_is_all_that_one_quotes() -> None:
    a = Passage(f"He said that “we have basically frozen our participation.” {TOLD}")
    b = Passage(f"“In practice, we have basically frozen our participation in this,” he said. {MORE}")
    apart = Passage(f"“Nobody here knows why we have basically frozen up,” he said. {MORE}")
    assert kinds(a, b) == {OriginSignKind.SAME_QUOTATION}
    assert kinds(a, apart) == set()


@pytest.mark.parametrize(
    "credit",
    [
        "according to Reuters",
        "according to reports from Reuters",
        "Reuters reported",
        "he told the Reuters news agency",
        "a Reuters article says",
        "(Reuters)",
    ],
)
def test_credits_are_found_in_their_words(credit: str) -> None:
    text = f"It was closed, {credit}. Nothing else is known."
    (found,) = credits_in(text, [(0, len(text))])
    assert found.name == "Reuters"
    assert "Reuters" in text[found.start : found.end]


@pytest.mark.parametrize("words", ["The Reuters building burned.", "Reutersville reported it.", "according to nobody"])
def test_a_name_alone_is_no_credit(words: str) -> None:
    assert credits_in(words, [(0, len(words))]) == []


def test_two_texts_that_credit_one_agency_share_a_credit() -> None:
    a, b = Passage(f"{TOLD} So it was, Interfax reported."), Passage(f"{MORE} He told Interfax that he left.")
    sign = the(OriginSignKind.CREDIT_LINE, a, b)
    assert (shown(a.text, sign.a), shown(b.text, sign.b)) == (["Interfax reported"], ["told Interfax"])
    assert kinds(a, Passage(f"{MORE} He told TASS that he left.")) == set()


def test_a_text_that_credits_the_other_rests_on_it() -> None:
    a, b = Passage(f"{TOLD} It closed, according to the Goris Courier."), Passage(MORE, outlet="Goris Courier")
    sign = the(OriginSignKind.CREDIT_LINE, a, b)
    assert (shown(a.text, sign.a), sign.b) == (["according to the Goris Courier"], ())
    assert sign.why.startswith("The first text credits Goris Courier")
    turned = the(OriginSignKind.CREDIT_LINE, b, a)
    assert (turned.a, turned.b) == (sign.b, sign.a)
    assert turned.why.startswith("The second text credits")


def test_credits_that_are_known_of_a_text_count_without_their_words() -> None:
    a, b = Passage(TOLD, credits=("Izvestia (his words)",)), Passage(f"{MORE} So Izvestia said.")
    sign = the(OriginSignKind.CREDIT_LINE, a, b)
    assert (sign.a, shown(b.text, sign.b)) == ((), ["Izvestia said"])


def test_one_publisher_is_one_voice() -> None:
    a, b = Passage(TOLD, outlet="www.example.org"), Passage(MORE, outlet="example.org")
    assert the(OriginSignKind.SAME_VOICE, a, b).why == "Both texts were published by www.example.org."
    assert same_outlet("The Guardian", "Guardian")
    assert not same_outlet("", "")


def test_near_copies_are_found() -> None:
    a = Passage(" ".join([TOLD, MORE, ELSE]))
    b = Passage(" ".join([TOLD, MORE.replace("noise", "din"), ELSE, OWN]))
    assert {OriginSignKind.NEAR_COPY, OriginSignKind.SHARED_PASSAGE} <= kinds(a, b)
    assert OriginSignKind.NEAR_COPY not in kinds(a, Passage(f"{TOLD} {OWN} {OWN} {OWN}"))
    assert resemblance(sketch(a.text), sketch(b.text)) > 0.5
    assert resemblance(sketch(a.text), sketch(OWN)) == 0.0


def test_a_sketch_is_the_same_on_every_machine() -> None:
    assert sketch("The bridge was closed on Friday.") == sketch("the BRIDGE\u00a0was closed – on “Friday”")
    assert sketch("The bridge was closed on Friday.") == (897_852_537_769_331_035, 2_025_354_582_162_867_233)
    assert sketch("") == sketch("… – !") == ()
    assert len(sketch("Two words")) == 1


WORDS = st.lists(
    st.sampled_from(["the", "Army", "of", "a", "river", "“so", "then”", "5", "Ä", "x’s", "–"]), max_size=60
)


@given(WORDS, WORDS)
def test_resemblance_is_a_share_and_the_same_both_ways(a: list[str], b: list[str]) -> None:
    ours, theirs = sketch(" ".join(a)), sketch(" ".join(b))
    assert 0.0 <= resemblance(ours, theirs) == resemblance(theirs, ours) <= 1.0
    assert resemblance(ours, ours) == (1.0 if ours else 0.0)
    assert all(0 <= one < 2**63 for one in ours)
    assert list(ours) == sorted(set(ours))


def plain(text: str) -> list[str]:
    """The words of such a text as they are compared."""
    return text.casefold().translate({ord("–"): " ", ord("“"): None, ord("”"): None, ord("ä"): "a"}).split()


@given(WORDS, WORDS, st.integers(1, 4))
def test_shared_runs_are_all_there_are(a: list[str], b: list[str], least: int) -> None:
    one, other = " ".join(a), " ".join(b)
    found = shared_runs(one, other, least, quoted=True)
    for (start, end), (first, after) in found:
        assert plain(one[start:end]) == plain(other[first:after])
        assert len(plain(one[start:end])) >= least
    ours, theirs = plain(one), plain(other)
    grams = {tuple(ours[at : at + least]) for at in range(len(ours) - least + 1)}
    shared = any(tuple(theirs[at : at + least]) in grams for at in range(len(theirs) - least + 1))
    assert bool(found) == shared


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_every_sign_points_into_both_texts(a: str, b: str) -> None:
    for sign in origin_signs(Passage(a, voice="Courier"), Passage(b, voice="The Courier", credits=("Courier",))):
        for text, spans in ((a, sign.a), (b, sign.b)):
            assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read(a: str, b: str) -> None:
    for sign in origin_signs(Passage(a), Passage(b)):
        assert sign.why.endswith(".")
    repeats_within(Passage(a, (("caption", 0, len(a) // 2), ("body", len(a) // 2, len(a)))))


@pytest.mark.parametrize("text", ["word ", "“a ", "x\n", "A. ", "' ", "Reuters said (", "according to the "])
def test_time_grows_with_length_however_a_text_repeats_itself(text: str) -> None:
    long = text * (20_000 // len(text))
    assert grows_linearly(lambda one: origin_signs(Passage(one), Passage(one)), long)
    assert grows_linearly(sketch, long)
