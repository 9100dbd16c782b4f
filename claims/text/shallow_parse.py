"""What part of speech each word of a sentence is, as far as word lists, endings and neighbours tell.

A tag is one letter:
    d determiner or possessive pronoun   p subject pronoun     o object pronoun      P possessive (“Holt’s”)
    u name   n noun   a adjective   # number   k time word     w who, which, what    t that
    v finite verb or participle   g verb in -ing   B base form behind “to” or an auxiliary
    e be   h have   m will, can   x do   ! not   T to   r adverb   i preposition   s subordinator
    c and, or   b but   Q quotation   , : ; - ( ) . as they stand   · stop of an abbreviation   " mark of scare quotes
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from claims.text import lexicon
from claims.text.cue_verbs import CUE_FORMS, IRREGULAR_PARTICIPLES, forms_of
from claims.text.lexicons import lexicon as read_lexicon
from claims.text.sources import Memory
from claims.text.words import Sentence, Word

_EN: Final = read_lexicon("en")
# Tags that a noun phrase is made of, from its determiner to its head.
NOMINAL: Final = frozenset('dPun#ak·"')
HEADS: Final = frozenset("un#")
AUXILIARY: Final = frozenset("ehmx!")
FINITE: Final = frozenset("vehmx")
# A noun in a list of verbs (“plans”, “vote”): its neighbours decide.
_EITHER: Final = "?"
_HEADLINE_SHARE: Final = 0.8
_WITHOUT_OBJECT: Final = frozenset(form for base in ("say", "think", "insist", "argue") for form in forms_of(base))


def _other_verb_forms() -> Iterable[tuple[str, str]]:
    for base in _EN.words("other_verbs"):
        forms = forms_of(base)
        yield forms.base, _EITHER
        yield forms.third, _EITHER
        yield from ((forms.past, "v"), (forms.participle, "v"), (forms.ing, "g"))


def _known() -> dict[str, str]:
    """Every word of the lists with its tag; the lists that come later have the last word."""
    tags = dict(_other_verb_forms())
    for word, cue in CUE_FORMS.items():
        tags[word] = {"ing": "g", "past": "v", "participle": "v"}.get(cue.form, _EITHER)
    tags |= dict.fromkeys(_EN.words("tag_verbs"), "v")
    tags |= dict.fromkeys(lexicon.PEOPLE - CUE_FORMS.keys() - {"fund", "judge", "judges", "general"}, "n")
    for tag, words in (
        ("n", _EN.words("tag_nouns_in_ly")),
        ("a", _EN.words("tag_adjectives_in_ly")),
        ("r", _EN.words("tag_adverbs")),
        ("a", _EN.words("tag_adjectives")),
        ("i", _EN.words("tag_prepositions")),
        ("s", _EN.words("tag_subordinators")),
        ("k", _EN.words("tag_time_words")),
        ("d", lexicon.DETERMINERS - {"that", "many", "most", "several"}),
        ("e", lexicon.BE | {"am", "’re", "ain’t"} - {"got", "gets"}),
        ("m", _EN.words("tag_modals")),
        ("h", _EN.words("tag_have")),
        ("x", _EN.words("tag_do")),
        ("!", frozenset(("not", "never", "n’t"))),
        ("o", _EN.words("tag_object_pronouns")),
        ("p", _EN.words("tag_subject_pronouns")),
        ("p", _EN.words("subject_contractions")),
        ("w", frozenset(("who", "whom", "whose", "which", "what", "whoever"))),
        ("q", frozenset(("whether", "how", "why"))),
        ("c", frozenset(("and", "or", "nor", "&"))),
        ("b", frozenset(("but", "yet"))),
        ("#", _EN.words("tag_numbers")),
    ):
        tags |= dict.fromkeys(words, tag)
    return (
        tags
        | {"that": "t", "to": "T", "her": "d", "according": "g", "got": "v", "gets": "v"}
        | dict.fromkeys(("someone", "everyone", "nobody", "anyone", "none"), "n")
    )


_KNOWN: Final = _known()
# A capital inside a sentence makes a name of any word but these.
_NEVER_NAMES: Final = frozenset("dpwtTehx!cbo")
_MARKS: Final = {
    ",": ",",
    ":": ":",
    ";": ";",
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    "–": "-",
    "—": "-",
    "-": "-",
    "…": "-",
    ".": ".",
    "?": ".",
    "!": ".",
    "“": '"',
    "”": '"',
    '"': '"',
    "’": '"',
    "‘": '"',
    "$": "#",
    "€": "#",
    "£": "#",
    "%": "n",
    "&": "c",
    "/": "c",
}


# A mark of quotation behind a comma closes what was said: “… “extremely puzzling,” Holt said”.
_CLOSING: Final = frozenset('”"’')


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence with its words, one tag for each, and whom the text has named before."""

    sentence: Sentence
    words: Sequence[Word]
    tags: str
    memory: Memory

    def lower(self, at: int) -> str:
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def tag(self, at: int) -> str:
        """The tag at an index, or "" outside the sentence."""
        return self.tags[at] if 0 <= at < len(self.tags) else ""


def parse(sentence: Sentence, memory: Memory) -> Parse:
    """Tag the words of a sentence. Costs time linear in its length."""
    words = _unglued(sentence.words, memory)
    return Parse(sentence, words, _tags_of(words), memory)


def _unglued(words: Sequence[Word], memory: Memory) -> Sequence[Word]:
    """Words that ran together at the seam of two clauses come apart: “Bloombergbut neither …”."""
    for at in [at for at, (text, lower, _, _) in enumerate(words) if lower[-3:] == "but" and len(text) > 5]:
        word = words[at]
        if word.named:
            name = word.text[:-3]
            if (
                name in lexicon.BODIES
                or name in lexicon.OUTLET_NAMES
                or name in lexicon.COUNTRIES
                or name in memory.names
            ):
                seam = word.end - 3
                pieces = Word(name, name.lower(), word.start, seam), Word("but", "but", seam, word.end)
                return [*words[:at], *pieces, *words[at + 1 :]]
    return words


def is_title_case(words: Sequence[Word]) -> bool:
    """Whether a line is set as a headline, most of its words with a capital: there a capital names nobody."""
    initials = [text[0] for text, _, _, _ in words if len(text) > 3 and text[0].isalpha()]
    return len(initials) > 3 and sum(map(str.isupper, initials)) > _HEADLINE_SHARE * len(initials)


def _tags_of(words: Sequence[Word]) -> str:
    headline = is_title_case(words)
    tags = [
        _of_small(lower) if "a" <= text[0] <= "z" else _tag_of(words, at, headline=headline)
        for at, (text, lower, _, _) in enumerate(words)
    ]
    for at, tag in enumerate(tags):
        if tag == _EITHER:
            tags[at] = _noun_or_verb(words, tags, at)
        elif tag in "ndiab" and (
            words[at].lower in _SHIFTING or tag == "b" or (tag == "n" and at and tags[at - 1] in "mx!")
        ):
            tags[at] = _by_neighbours(words, tags, at)
    return "".join(tags)


# Words whose tag the words beside them change.
_SHIFTING: Final = frozenset(("like", "her", "some", "both", "all", "any", "those", "these", "at"))


def _by_neighbours(words: Sequence[Word], tags: list[str], at: int) -> str:
    """The tag of a word that a word beside it makes another than its own."""
    tag, lower = tags[at], words[at].lower
    before, after = tags[at - 1] if at else "", tags[at + 1] if at + 1 < len(tags) else ""
    if tag == "n" and before in ("m", "x", "!") and lower not in _KNOWN and words[at].plain:
        return "B" if before != "!" or (at > 1 and tags[at - 2] in "mx") else tag
    if lower == "like" and after == "T":
        return "B" if before == "m" else "v"
    if lower == "her" and after not in tuple("nua#Pgv?k"):
        return "o"
    if lower in ("some", "both", "all", "any") and after in ("i", "v", "m", "e", "h", "x", "w"):
        return "n"
    if lower in ("those", "these") and after in ("v", "w", "i"):
        return "n"
    if lower == "at" and at + 1 < len(words) and words[at + 1].lower in ("least", "most"):
        return "d"
    return "r" if tag == "b" and after == "T" else tag


@lru_cache(maxsize=16_384)
def _of_small(lower: str) -> str:
    """The tag of a word that begins with a small letter, whatever stands beside it."""
    return _KNOWN.get(lower) or _by_ending(lower)


def _tag_of(words: Sequence[Word], at: int, *, headline: bool) -> str:
    word = words[at]
    text = word.text
    first = text[0]
    if not first.isalnum():
        return _mark(words, at)
    if first.isdigit():
        return "n" if "-" in text and text[-1].isalpha() else "#"
    known = _KNOWN.get(word.lower)
    if first.isupper():
        if text.endswith(("’s", "s’")) and known != "p":
            return "P"
        reports = headline and at and word.lower in CUE_FORMS
        if (at and not headline) or known is None or (known in "na?" and headline and not reports):
            if known == "k" and _is_surname(words, at):
                return "u"
            return known if known is not None and known in _NEVER_NAMES and text != "US" else _name(text, known)
        return known
    if known is not None:
        return known
    return _by_ending(word.lower)


def _is_surname(words: Sequence[Word], at: int) -> bool:
    """“Bob Day said”: between a name and a cue, “Day” is no day."""
    return words[at].text == "Day" and words[at - 1].named and at + 1 < len(words) and words[at + 1].lower in CUE_FORMS


def _name(text: str, known: str | None) -> str:
    return "k" if known == "k" and len(text) > 2 else "u"


def _mark(words: Sequence[Word], at: int) -> str:
    word = words[at]
    if word.quoted:
        return "Q"
    if word.text in _CLOSING and at and words[at - 1].text in ",.?!" and words[at - 1].end == word.start:
        return ","
    if word.text == "." and 0 < at < len(words) - 1 and words[at - 1].end == word.start:
        return "." if words[at + 1].quoted else "·"
    if word.text == "," and 0 < at < len(words) - 1 and words[at + 1].start == word.end:
        return "·" if words[at - 1].text.isdigit() and words[at + 1].text[0].isdigit() else ","
    if word.text == "’" and at and words[at - 1].end == word.start and words[at - 1].lower.endswith("s"):
        return "P"
    return _MARKS.get(word.text, '"')


def _by_ending(lower: str) -> str:
    if lower.endswith(("’s", "s’")):
        return "P"
    if lower.endswith("n’t"):
        return "x"
    if lower.endswith("ly") and len(lower) > 4:
        return "r"
    if lower.endswith("ing") and len(lower) > 5:
        return "g"
    if (lower.endswith("ed") and len(lower) > 4) or lower in IRREGULAR_PARTICIPLES:
        return "v"
    if lower.endswith(("ous", "ful", "able", "ible", "ic", "ive", "less", "ish", "ian")):
        return "a"
    return "n"


def _marks_speech(words: Sequence[Word], tags: Sequence[str], at: int) -> bool:
    """“…, Holt notes.” and “Holt notes, “…””: a mark behind, and a comma or a quotation beside it."""
    behind = tags[at + 1] if at + 1 < len(tags) else "."
    if behind not in ",.":
        return False
    if tags[at - 1] in ",Q" or (behind == "," and at + 2 < len(words) and words[at + 2].quoted):
        return True
    closed = next((index for index in range(at + 2, min(at + 8, len(tags) - 1)) if tags[index] == ","), 0)
    if behind == "," and closed and (tags[closed + 1] == "t" or words[closed + 1].quoted):
        return True
    parenthetic = at > 1 and tags[at - 2] == ","
    return parenthetic if behind == "," else "," in tags[max(0, at - 8) : at]


def _has_plural_head(words: Sequence[Word], tags: Sequence[str], at: int) -> bool:
    """“Supporters of the measure contend it …”: the verb goes with the noun before the preposition."""
    for back in range(at - 1, max(0, at - 7), -1):
        if tags[back] == "i":
            head = words[back - 1].lower
            opens = back < 2 or tags[back - 2] in "da,sbtr" or (tags[back - 2] in "n" and back == 2)
            return opens and head.endswith("s") and head.removesuffix("s") in lexicon.PEOPLE
        if tags[back] not in NOMINAL:
            return False
    return False


def _is_modified_noun(words: Sequence[Word], tags: Sequence[str], at: int) -> bool:
    """“of former Soviet states”, “certain Novichok reasons”: one name between an adjective and a plural."""
    if at < 2 or tags[at - 1] != "u" or not words[at].lower.endswith("s") or _marks_speech(words, tags, at):
        return False
    return (tags[at - 2] == "a" and words[at - 2].plain and not words[at - 2].named) or (
        words[at].lower == "states" and words[at - 2].lower == "of"
    )


def _ends_bare_clause(words: Sequence[Word], tags: Sequence[str], at: int) -> bool:
    """“say the drug works.”: a noun with its article behind a verb that takes no object, and then the last word."""
    if at < 3 or words[at].lower[-1] != "s" or tags[at - 2] != "d" or tags[at - 1] != "n":
        return False
    behind = words[at + 1].text if at + 1 < len(words) else "."
    return behind == "." and words[at - 3].lower in _WITHOUT_OBJECT and not words[at - 1].lower.endswith("s")


def _noun_or_verb(words: Sequence[Word], tags: Sequence[str], at: int) -> str:
    """Decide a word such as “plans” by the words beside it."""
    before = tags[at - 1] if at else ""
    after = tags[at + 1] if at + 1 < len(tags) else "."
    word = words[at].lower
    if before in ("T", "m", "x") or (before == "!" and not word.endswith("s")):
        return "n" if word.endswith("s") and not word.endswith("ss") and before == "T" else "B"
    if before == "r" and at > 1 and tags[at - 2] in "Tmxp!":
        return "v" if tags[at - 2] == "p" else "B"
    if before in ("p", "w"):
        return "v"
    if (
        before in ("n", "u", "P")
        and after in ("p", "t", "d")
        and word in CUE_FORMS
        and _has_plural_head(words, tags, at)
    ):
        return "v"
    if before in ("d", "P", "a", "i", "#", "g", "v", "B", "e", "h") or (before == "" and not words[at].named):
        return "n"
    if word == "press" and after == "n":
        return "n"
    if _is_modified_noun(words, tags, at):
        return "n"
    if _ends_bare_clause(words, tags, at):
        return "v"
    third = word.endswith("s")
    if word in CUE_FORMS and _marks_speech(words, tags, at) and before not in ("n", ","):
        return "v"
    subject = words[at - 1].lower if at else ""
    plural = subject.endswith("s") or subject in lexicon.PEOPLE
    if before in ("n", "u") and third and not plural and _marks_speech(words, tags, at) and word in CUE_FORMS:
        return "v"
    if before in ("n", "?") and (third == plural) and subject not in lexicon.PEOPLE:
        return "n"
    if before == "u" and not third and not plural:
        return "n"
    if before == "":
        return "n"
    return "v" if after in 'dptTQuoiwqsgran#P":kB?' or _marks_speech(words, tags, at) else "n"
