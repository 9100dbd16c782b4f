"""What a line of a page says when it is no part of the article: phrases, dates and by-lines, told by their words.

The phrases are in `lexicons/en_pages.toml`, so that a desk can add those of its own sites.
"""

import re
from collections import defaultdict
from typing import Final

from claims.text.lexicons import lexicon

_EN: Final = lexicon("en")
_LINES: Final = frozenset(_EN.phrases("page_lines"))
_ENDINGS: Final = frozenset(_EN.phrases("page_endings"))
_DATE_WORDS: Final = _EN.words("page_date_words")
_NAVIGATION: Final = _EN.words("page_navigation_words")
_MASTHEADS: Final = _EN.words("page_mastheads")
_LONGEST: Final = 300
_LONGEST_MENU: Final = 120
_LONGEST_DATE: Final = 110
_MARKS: Final = " \t\u00a0.,:;!?…*|•·∙»«›‹<>→←↑↓▼►▶★☆+-–—()[]#\u200b"
# Whoever says something in a line makes it a sentence of the article.
_SPOKEN: Final = re.compile(r"\b(?:said|says|say|told|asked|added|wrote|ruled|warned|warns|warn|according)\b|[“”]")
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+")
_BY: Final = re.compile(r"(?:[Bb]y|BY|Words by|Story by|Text by|Author:|Analysis by|Opinion by):? (?=[A-ZÀ-Þ])")
_ADDED_BY: Final = re.compile(r"(?i:\s(?:by|•|\|)\s)[\w.'’-]{1,30}(?: [\w.'’-]{1,30}){0,3}$")
_DATE_FIRST: Final = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4},? "
    r"(?:by|at|[^\sa-z.!?][^\s.!?]{0,20})(?: [^\s.!?]{1,20}){0,6}$"
)
_SMALL: Final = re.compile(r"(?<![@\w])[a-zà-ÿ]\w*")
_SMALL_IN_BYLINES: Final = _EN.words("page_byline_words")
_NUMBERS: Final = re.compile(r"\W*(?:\d{1,3}(?:[,.:]\d{1,3}){0,2}[kKmM]?(?:\W+|$)){1,3}$")


def _by_first_word(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        grouped[phrase.split(maxsplit=1)[0]].append(phrase)
    return {first: tuple(those) for first, those in grouped.items()}


_BEGINNINGS: Final = _by_first_word(_EN.phrases("page_beginnings"))
_LABELS: Final = _by_first_word(_EN.phrases("page_label_beginnings"))


def is_furniture(words: str, *, prose: bool) -> bool:
    """Tell whether a whole stripped line is a known phrase of a page, or begins with one that no article has.

    `prose` tells that it ends as a sentence does: then fewer beginnings count.
    """
    if len(words) > _LONGEST:
        return False
    small = words.lower().replace("’", "'")
    if small.strip(_MARKS) in _LINES:
        return True
    first = small.split(maxsplit=1)[0]
    beginnings = _BEGINNINGS.get(first, ()) + (() if prose else _LABELS.get(first, ()))
    return bool(beginnings) and small.startswith(beginnings) and not is_spoken(words)


def is_spoken(words: str) -> bool:
    """Tell whether a line says that somebody said something, which no button and no notice does."""
    return _SPOKEN.search(words) is not None


def ends_article(words: str) -> bool:
    """Tell whether a line is a heading after which only other stories, forms and footers stand."""
    return len(words) <= _LONGEST and words.lower().replace("’", "'").strip(_MARKS) in _ENDINGS


def is_navigation(words: str) -> bool:
    """“News Opinion Sport Culture”: nothing but the names of a site's sections."""
    if len(words) > _LONGEST_MENU:
        return False
    tokens = _TOKEN.findall(words.lower())
    return len(tokens) > 1 and all(token in _NAVIGATION for token in tokens)


def is_masthead(words: str) -> bool:
    """“The Valley Ledger”: the name of a paper, in capitals throughout."""
    return is_name(words) and words.lower().rsplit(maxsplit=1)[-1] in _MASTHEADS


def is_number(words: str) -> bool:
    """“214”, “0:04”, “1.2K”: a counter, no words."""
    return len(words) < 24 and _NUMBERS.match(words) is not None


def is_date(words: str) -> bool:
    """Tell whether a line says only when something appeared: “Updated 11 May 2022, 4:15 pm”, “Jan 21 • 4 min read”."""
    if len(words) > _LONGEST_DATE or not any(map(str.isdigit, words)):
        return False
    tokens = _TOKEN.findall(words.lower())
    if all(token.isdigit() or token in _DATE_WORDS for token in tokens):
        return True
    if _DATE_FIRST.match(words):
        return True
    who = _ADDED_BY.search(words)
    return who is not None and who.start() > 5 and is_date(words[: who.start()])


def is_byline(words: str) -> bool:
    """“By Jane Doe and John Roe, Staff Writers | June 3”: no small letters but those of titles and dates."""
    if len(words) > _LONGEST_DATE or _BY.match(words) is None:
        return False
    small = _SMALL.findall(words, words.index(" "))
    return all(word in _SMALL_IN_BYLINES or word in _DATE_WORDS for word in small)


def is_name(words: str) -> bool:
    """Tell whether a short line is nothing but names, as of a writer, a paper, a place: “Rae Simmons”, “NEW YORK”."""
    parts = words.split(maxsplit=5)
    if len(parts) > 5 or len(words) > 60 or any(map(str.isdigit, words)):
        return False
    return all(not part[0].islower() or part in ("of", "the", "and", "for", "de", "van", "von", "by") for part in parts)
