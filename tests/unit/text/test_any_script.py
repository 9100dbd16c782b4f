"""Reading, comparing and weighing leave no text of any script without an answer: what is English only finds nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text import by_lexicon, sentences, zones
from claims.text.comparing import compare
from claims.text.languages import language_of
from claims.text.quantities import quantities
from claims.text.reading import annotate, propose
from claims.text.terms import terms
from claims.text.times import suggest_times
from claims.text.words import Sentence
from claims.text.worth import worth_of
from claims.vocabulary import COVERAGE_ZONES
from tests.unit.text.clock import grows_linearly
from tests.unit.text.paragraphs import PARAGRAPHS

ENGLISH = "Mayor Ida Brook said on Monday that the bridge, “a disgrace to us all,” would open again in May."
SPOKEN = {
    "fr": "« Nous n’avons pas le choix », a déclaré la maire Anne Petit.",
    "ja": "首相は「もう続けられないと思う」と述べた。",
    "ar": "وقال الوزير: «لن نتراجع عن هذا القرار».",
    "he": "“לא ניסוג מההחלטה הזאת,” אמר ראש העיר.",
    "hi": "महापौर ने कहा, “हम इस फैसले से पीछे नहीं हटेंगे।”",
    "th": "“เราจะไม่ถอย” นายกเทศมนตรีกล่าว ๑๒,๐๐๐ บาท",
    "zh": "市长说：“我们不会退缩。”耗资3.5亿元。",
}
# Marks of many habits, joiners, marks that turn the direction, combining signs, digits of other scripts, letters that
# change their length in lower case.
PIECES = [
    *(paragraph + " " for paragraph in PARAGRAPHS.values()),
    *(spoken + "\n\n" for spoken in SPOKEN.values()),
    ENGLISH + " ",
    *"«»„“”‘’「」『』‹›؟،؛।॥۔。！？、…—–-\u200f\u200e\u202e\u2066\u2069\u200d\u200c\u0301\u0327\u094d٣৪३İıßﬁǅ🙂🇦🇲\u00a0\u3000\t\r",
    "\n",
    "\n\n",
]
mixed = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).map("".join)


def spans_of(entry):
    yield from (entry[name] for name in ("content", "source", "cue") if entry[name] is not None)
    yield from ((hop["start"], hop["end"]) for hop in entry["chain"])
    for found in entry["attributions"]:
        yield from (found[name] for name in ("source", "cue", "content") if found[name] is not None)


@given(mixed)
def test_every_span_of_a_reading_lies_in_the_text(text):
    read = annotate(text)
    for entry in read:
        assert text[entry["start"] : entry["end"]].strip()
        assert all(0 <= start < end <= len(text) for start, end in spans_of(entry))
        assert 0 <= entry["confidence"] <= 1
        assert 0 <= entry["opinion"] <= 1
        assert len(entry["rule"]) <= 40
    assert all(before["end"] <= after["start"] for before, after in pairwise(read))


@given(mixed, mixed)
def test_what_compares_and_weighs_claims_answers_in_any_script(text, other):
    terms(text)
    quantities(text)
    compare(text[:500], other[:500])
    suggest_times(text[:500], None, "")
    for proposal in propose(text):
        assert worth_of(text[proposal.start : proposal.end], proposal).points >= 0


@pytest.mark.parametrize("code", [code for code in PARAGRAPHS if code != "en"])
def test_no_paragraph_of_another_language_is_labelled_without_its_word_lists(code):
    text = PARAGRAPHS[code]
    language = language_of(text)
    for entry in annotate(text):
        assert not entry["proposed"] or (language.lexicon is not None and entry["rule"].startswith(f"{code}-"))


@pytest.mark.parametrize("code", SPOKEN)
def test_quotation_marks_of_every_habit_are_found(code):
    text = SPOKEN[code]
    parts = [Sentence(text, start, end, []) for start, end in sentences.split(text)]
    assert any(found and found.content for found in by_lexicon.read(parts, None))


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph_of_any_language_is_body_text(code):
    text = "\n\n".join([PARAGRAPHS[code]] * 3)
    assert all(zone.kind in COVERAGE_ZONES for zone in zones.read(text)), zones.read(text)


@pytest.mark.parametrize("code", ["de", "ja", "ar", "th"])
def test_reading_another_language_takes_time_as_its_length(code):
    assert grows_linearly(annotate, (PARAGRAPHS[code] + SPOKEN.get(code, "") + "\n\n") * 100)
