"""Sentences of other languages: their own stops, closing marks, abbreviations and ordinals."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text import lexicons
from claims.text.sentence_borders import joined
from claims.text.sentences import LONGEST, split
from claims.text.words import Sentence
from tests.unit.text.clock import grows_linearly
from tests.unit.text.paragraphs import PARAGRAPHS

WHOLE = [
    ("ja", "首相は火曜日に辞任した。|「もう続けられない。」と述べた。|次は誰か？|まだ分からない。"),
    ("ja", "彼は「行きます。必ず行きます。」と言った。|会議は終わった。"),
    ("zh", "总理周二表示，政府不会让步。|谁来付钱？|没有人知道！"),
    ("ar", "قال الوزير إن الطريق مغلق. |هل سيفتح غدا؟ |لا أحد يعرف. |وأضاف: «سننتظر»."),
    ("ur", "وزیر نے کہا کہ سڑک بند ہے۔ |کیا وہ کل کھلے گی؟ |کوئی نہیں جانتا۔"),
    ("hi", "मंत्री ने कहा कि सड़क बंद है। |क्या वह कल खुलेगी? |कोई नहीं जानता।|पुल खुला है।"),
    ("he", "השר אמר שהכביש סגור. |האם ייפתח מחר? |איש אינו יודע."),
    ("hy", "Նախարարը ասաց, որ ճանապարհը փակ է։ |Ոչ ոք չգիտի։"),
    ("am", "ሚኒስትሩ መንገዱ ተዘግቷል አሉ። |ማንም አያውቅም።"),
    ("my", "ဝန်ကြီးက လမ်းပိတ်ထားသည်ဟု ပြောသည်။ |မည်သူမျှ မသိပါ။"),
    ("km", "រដ្ឋមន្ត្រីបាននិយាយថាផ្លូវត្រូវបានបិទ។ |គ្មាននរណាដឹងទេ។"),
    ("ko", "장관은 도로가 폐쇄됐다고 말했다. |내일 열릴까? |아무도 모른다."),
    ("es", "¿Quién paga? |¡Nadie lo sabe! |«No pagaremos», dijo el alcalde."),
    ("es", "El Sr. García llegó con la Dra. Ruiz. |Después, EE. UU. respondió. |No dijo nada."),
    ("de", "„Wir bleiben hier.“ |Das sagte Anna Berger am 3. Oktober in Köln. |„Kommt er?“, fragte sie."),
    ("de", "Am 12. Mai kommt Dr. Weber, z. B. mit Prof. Klein. |Die Kosten stiegen um 3,5 Mio. Euro."),
    ("de", "»Wir bleiben hier.« |Das sagte sie. |König Friedrich II. kam nicht."),
    (
        "fr",
        "« Nous restons. » |Le maire l’a dit. |M. Dupont était là. |« Qui paie ? » dit-il. |Personne ne sait !",
    ),
    (
        "ru",
        "«Мы остаёмся». |Об этом сообщил А. С. Иванов в 2023 г. в Москве. |Ст. 12 закона. |И т. д. |Никто.",
    ),
    ("tr", 'Bakan, 29 Ekim\'de konuştu. |"Kalıyoruz." dedi. |Kim ödeyecek?'),
]


def parts(text, code):
    sentences = [Sentence(text, start, end, []) for start, end in split(text)]
    return joined(sentences, lexicons.find(code) if code else None)


@pytest.mark.parametrize(("code", "marked"), WHOLE)
def test_sentences_end_where_the_language_ends_them(code, marked):
    text = marked.replace("|", "")
    assert [text[part.start : part.end] for part in parts(text, code)] == [one.strip() for one in marked.split("|")]


def test_a_line_break_is_never_joined():
    assert len(parts("Das kostet 3 Mio.\n\nEuro gibt es nicht.", "de")) == 2
    assert len(parts("「もう続けられない。\n\n」と述べた。", "ja")) == 2


def test_nothing_is_joined_to_more_than_a_page_can_hold():
    assert all(part.end - part.start <= LONGEST for part in parts("Dr. A" * 4_000 + "「a。" * 4_000 + "」", "de"))


def test_without_a_lexicon_no_abbreviation_is_known():
    text = "Llegó la Dra. Ruiz."
    assert len(parts(text, None)) == len(split(text))


PIECES = [
    *PARAGRAPHS.values(),
    *"«»„“”‘’「」『』（）‹›.?!。！？؟।։።။។ \n",
    "Dr. ",
    "z. B. ",
    "3. Mai ",
]


@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join),
    st.sampled_from(["de", "fr", None]),
)
def test_nothing_is_lost_or_said_twice(text, code):
    found = parts(text, code)
    assert "".join("".join(text[part.start : part.end].split()) for part in found) == "".join(text.split())
    assert all(part.start < part.end for part in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(text[part.start : part.end] == text[part.start : part.end].strip() for part in found)


@pytest.mark.parametrize("unit", ["「a。", "」。", "« A. »", "。」", "3. Mai ", "Dr. A", "»", "„A?“, b. ", "։ա"])
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(lambda text: parts(text, "de"), unit * 4_000)
