"""The plain reading of other languages, on sentences of our own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.particulars import Mode
from claims.text.by_lexicon import joined, read
from claims.text.confidence import THRESHOLD
from claims.text.lexicons import Lexicon, lexicon
from claims.text.plain_rules import CONFIDENCE_PLAIN, CONFIDENCE_QUOTED
from claims.text.sentences import split
from claims.text.words import Sentence
from claims.vocabulary import Label, Reason
from tests.unit.text.clock import grows_linearly


def sentences(text):
    return [Sentence(text, start, end, []) for start, end in split(text)]


def findings(text, code):
    words = lexicon(code) if code else None
    return read(joined(sentences(text), words), words)


def shown(text, code):
    """Of the last sentence: rule, source, cue and content in words."""
    found = findings(text, code)[-1]
    return found and (found.rule, *(span and text[slice(*span)] for span in (found.source, found.cue, found.content)))


SOURCED = [
    (
        "de",
        "„Wir haben keine andere Wahl“, sagte Bürgermeisterin Anna Berger am Montag.",
        ("de-verb-name", "Bürgermeisterin Anna Berger", "sagte", "„Wir haben keine andere Wahl“"),
    ),
    (
        "de",
        "Die Polizei teilte am Abend mit, dass niemand verletzt wurde.",
        ("de-name-verb", "Die Polizei", "teilte am Abend mit", "dass niemand verletzt wurde"),
    ),
    (
        "de",
        "Nach Angaben von Peter Klein fehlen der Stadt 12 Mio. Euro.",
        ("de-phrase", "Peter Klein", "Nach Angaben von", "fehlen der Stadt 12 Mio. Euro"),
    ),
    (
        "es",
        "«No tenemos otra opción», dijo la alcaldesa Ana Ruiz el lunes.",
        ("es-verb-name", "la alcaldesa Ana Ruiz", "dijo", "«No tenemos otra opción»"),
    ),
    (
        "es",
        "El portavoz del sindicato, Pedro Gil, ha afirmado que nadie los consultó.",
        ("es-name-verb", "El portavoz del sindicato, Pedro Gil", "ha afirmado", "que nadie los consultó"),
    ),
    (
        "es",
        "El coste llegó a 3,5 millones, según el Sr. García.",
        ("es-phrase", "el Sr. García", "según", "El coste llegó a 3,5 millones"),
    ),
    (
        "fr",
        "« Nous n’avons pas le choix », a déclaré la maire Anne Petit lundi.",
        ("fr-verb-name", "la maire Anne Petit", "a déclaré", "« Nous n’avons pas le choix »"),
    ),
    (
        "fr",
        "D'après l'économiste Jean Roux, le coût a doublé.",
        ("fr-phrase", "l'économiste Jean Roux", "D'après", "le coût a doublé"),
    ),
    (
        "ru",
        "«У нас нет другого выбора», — сказала мэр Анна Иванова.",
        ("ru-verb-name", "мэр Анна Иванова", "сказала", "«У нас нет другого выбора»"),
    ),
    (
        "ru",
        "Представитель профсоюза Пётр Гилев заявил, что жителей не спрашивали.",
        ("ru-name-verb", "Представитель профсоюза Пётр Гилев", "заявил", "что жителей не спрашивали"),
    ),
]


@pytest.mark.parametrize(("code", "text", "expected"), SOURCED)
def test_a_name_beside_a_cue_is_a_source(code, text, expected):
    assert shown(text, code) == expected
    found = findings(text, code)[-1]
    assert found.label is Label.SOURCED
    assert found.strength in (2, 3)
    assert 0.5 <= found.confidence <= 0.65
    assert "not measured" in found.why


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        ("de", "Angeblich gibt es schon einen Käufer.", Reason.HEDGE),
        ("de", "Experten warnen, dass Schulen keinen Ersatz finden.", Reason.VAGUE),
        ("de", "Medienberichten zufolge tritt der Minister zurück.", Reason.VAGUE),
        ("es", "Presuntamente hay ya un comprador.", Reason.HEDGE),
        ("es", "Fuentes del partido aseguran que el plan está roto.", Reason.VAGUE),
        ("fr", "Il y aurait apparemment un acheteur.", Reason.HEDGE),
        ("fr", "Des experts estiment que les écoles resteront sans cours.", Reason.VAGUE),
        ("ru", "Якобы уже есть покупатель.", Reason.HEDGE),
        ("ru", "Источники сообщают, что план сорван.", Reason.VAGUE),
    ],
)
def test_a_hedge_and_a_vague_source_are_no_source(code, text, reason):
    [found] = findings(text, code)
    assert (found.label, found.reason) == (Label.UNSOURCED, reason)
    assert found.strength == (0 if reason is Reason.HEDGE else 1)
    assert found.cue is not None


def test_a_phrase_of_judgement_is_opinion():
    [found] = findings("Es ist höchste Zeit, dass jemand handelt.", "de")
    assert (found.label, found.rule, found.strength) == (Label.OPINION, "de-opinion", None)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Das Bad war 1911 eröffnet worden."),
        ("es", "La piscina abrió en 1911."),
        ("fr", "La piscine avait ouvert en 1911."),
        ("ru", "Бассейн открылся в 1911 году."),
        ("de", "Am Montag sagte niemand etwas."),
    ],
)
def test_what_the_lists_do_not_show_stays_without_a_proposal(code, text):
    assert findings(text, code) == [None]


def test_a_quotation_runs_on_with_its_speaker():
    text = "„Niemand hat das so gewollt“, sagte Anna Berger. „Aber das Geld fehlt uns allen.“"
    first, second = findings(text, "de")
    assert second.rule == "de-running"
    assert second.source == first.source
    assert text[slice(*second.content)] == "„Aber das Geld fehlt uns allen.“"


def test_a_pronoun_and_a_surname_stand_for_whom_the_text_has_named():
    text = "Bürgermeisterin Anna Berger sagte, es sei Zeit.\n\nSie sagte, es eile.\n\nBerger sagte, es reiche."
    assert [found.strength for found in findings(text, "de")] == [3, 3, 3]
    assert findings("Sie sagte, es eile.", "de") == [None]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Am 3. Oktober kommt Dr. Weber z. B. mit Prof. Klein. Die Kosten stiegen um 3 Mio. Euro."),
        ("es", "Llegó la Dra. Ruiz con el Sr. García. El tren no."),
        ("fr", "M. Dupont est venu avec Mme. Petit. Le train non."),
        ("ru", "Так говорит ст. 12 закона. Это знает А. С. Иванов."),
    ],
)
def test_abbreviations_and_ordinals_end_no_sentence(code, text):
    assert len(joined(sentences(text), lexicon(code))) == 2


def test_a_line_break_is_never_joined():
    assert len(joined(sentences("Das kostet 3 Mio.\n\nEuro gibt es nicht."), lexicon("de"))) == 2


def test_without_a_lexicon_nothing_is_joined():
    text = "Llegó la Dra. Ruiz."
    assert len(joined(sentences(text), None)) == len(split(text))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Hän sanoi: ”Emme voi enää jatkaa näin.”", "”Emme voi enää jatkaa näin.”"),
        ("Hun sagde »vi kan ikke blive ved« til avisen.", "»vi kan ikke blive ved«"),
        ("Powiedziała: „Nie możemy tak dalej”.", "„Nie możemy tak dalej”"),
        ("首相は「もう続けられないと思う」と述べた。", "「もう続けられないと思う」"),
        ("وقال الوزير: «لن نتراجع عن هذا القرار».", "«لن نتراجع عن هذا القرار»"),
        ("Είπε: «Δεν θα υποχωρήσουμε ποτέ».", "«Δεν θα υποχωρήσουμε ποτέ»"),
        ('Bakan "bunu asla kabul etmeyeceğiz" dedi.', '"bunu asla kabul etmeyeceğiz"'),
    ],
)
def test_without_a_lexicon_only_the_quotation_marks_are_shown(text, quoted):
    [found] = read([Sentence(text, 0, len(text), [])], None)
    assert found.label is None
    assert found.mode in (Mode.DIRECT, Mode.MIXED)
    assert text[slice(*found.content)] == quoted


def test_a_term_in_marks_is_no_quotation():
    assert read([Sentence("Der „große Plan“ scheiterte.", 0, 28, [])], None) == [None]


def test_a_language_without_spaces_finds_its_phrases_all_the_same():
    words = Lexicon("zh", "Chinese", {"words_have_spaces": False, "hedges": ["据传", "据说"]})
    text = "他据说已经离开北京。"
    [found] = read([Sentence(text, 0, len(text), [])], words)
    assert text[slice(*found.cue)] == "据说"


def test_a_phrase_of_two_words_may_stand_behind_the_source():
    words = Lexicon("sv", "Swedish", {"source_phrases": ["… enligt uppgift", "…"], "determiners": "en"})
    text = "Anna Berg enligt uppgift: bron är stängd."
    [found] = read([Sentence(text, 0, len(text), [])], words)
    assert (text[slice(*found.source)], text[slice(*found.cue)]) == ("Anna Berg", "enligt uppgift")


def test_nothing_to_read_gives_nothing():
    assert read([], lexicon("de")) == read([], None) == joined([], lexicon("de")) == []


PIECES = """
sagte teilte mit laut zufolge , . : — „ “ » « ’ - Berger Der Dr. z. 3. experten angeblich dit-il a-t-il dijo сказал
«Да», 「はい」 שלום ؟ قال é İ e\u0301 🙂 \ue000
"""
MIXED = st.lists(st.one_of(st.sampled_from([*PIECES.split(), "\n"]), st.text(max_size=5)), max_size=40).map(" ".join)


@given(MIXED, st.sampled_from(["de", "es", "fr", "ru", None]))
def test_any_text_gives_spans_inside_its_sentences(text, code):
    words = lexicon(code) if code else None
    parts = joined(sentences(text), words)
    assert all(before.end <= after.start for before, after in pairwise(parts))
    found = read(parts, words)
    assert len(found) == len(parts)
    for part, one in zip(parts, found, strict=True):
        if one is not None:
            assert len(one.rule) <= 40
            assert (one.label is None) is (one.strength is None and one.cue is None)
            spans = [one.content] if one.rule.endswith("running") else [one.content, one.source, one.cue]
            assert all(part.start <= span[0] < span[1] <= part.end for span in spans if span is not None)


def plainly(code):
    return lambda text: findings(text, code)


@pytest.mark.parametrize("code", ["de", "fr", None])
@pytest.mark.parametrize("unit", ["sagte ", "„a", "teilte x ", "Der, ", "nach Angaben von ", "z. ", "l’", "a-", "« "])
def test_time_grows_with_length_and_no_faster(code, unit):
    assert grows_linearly(plainly(code), unit * 4_000)


def test_what_the_plain_rules_find_is_sure_enough_to_be_proposed():
    assert min(CONFIDENCE_PLAIN, CONFIDENCE_QUOTED) >= THRESHOLD


@pytest.mark.parametrize(
    ("code", "text", "source"),
    [
        ("de", "Wie die Behörde mitteilte, bleibt die Straße gesperrt.", "die Behörde"),
        ("de", "„Das ist nicht mehr zu halten“, so Anna Berger.", "Anna Berger"),
        ("de", "Er wolle nicht, dass die Leute reden, schrieb die Zeitung.", "die Zeitung"),
        ("de", "„Nein“, antwortete Olaf Scholz.", "Olaf Scholz"),
        ("de", "Laut der Nachrichtenagentur AFP starben drei Menschen.", "der Nachrichtenagentur AFP"),
        ("es", "Como dijo el alcalde, no hay dinero.", "el alcalde"),
        ("es", "El plan, según explicó Ruiz, costará dos millones.", "Ruiz"),
        ("fr", "Comme l’a dit le maire, il n’y a plus d’argent.", "le maire"),
        ("fr", "Le juge a admis sa faute.", "Le juge"),
        ("ru", "Как сообщает «Интерфакс», дорога закрыта.", "Интерфакс"),
        ("ru", "Агентство «Рейтер» сообщило, что погибли трое.", "Агентство «Рейтер»"),
        ("ru", "Жители говорят, что воды нет.", "Жители"),
    ],
)
def test_the_source_is_the_whole_phrase_that_names_somebody(code, text, source):
    assert shown(text, code)[1] == source


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Minister sagte ab."),
        ("de", "In der Stadt sagte niemand etwas dazu."),
        ("de", "Der Film „Die Welle“ läuft im Kino."),
        ("es", "Nadie dijo nada."),
        ("es", "Dijo que no sabía nada."),
        ("fr", "Personne n’a rien dit."),
        ("fr", "On dit qu’il est malade."),
        ("ru", "В городе никто ничего не сказал."),
        ("ru", "Город считается красивым."),
    ],
)
def test_a_verb_of_saying_without_a_speaker_gives_none(code, text):
    assert findings(text, code) == [None]
