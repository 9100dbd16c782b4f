"""Whether a full stop ends its sentence or belongs to a word: an abbreviation, an initial, a number."""

import re
from typing import Final

from claims.text import abbreviations as short

OPENERS: Final = "\"'“”‘’„«‹¿¡([{*_\ufffd"

# What repeats never gives characters back (possessive), so that time stays linear in the length of the text.
OPENING: Final = re.compile(r"[\s\"'“”‘’„«»‹›¿¡(\[{*_\ufffd]{0,8}+")
_WORD: Final = re.compile(r"\w[\w’'.&-]{0,40}+")
_BEFORE_HYPHEN: Final = re.compile(r".*[-–—/,(\[]", re.DOTALL)
_ACRONYM: Final = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_COUNTRIES: Final = frozenset(("u.s", "u.k", "u.n", "e.u", "u.s.a"))
_CLOCK: Final = frozenset(("a.m", "p.m", "a.m.", "p.m."))
_CLOCK_TIME: Final = re.compile(r"[A-Z][a-z]{2,12} (?:standard |daylight |summer )?time\b")
_LEAD_IN: Final = re.compile(r"(?:At|On|By|Around|About|From|Until|Since|In|Before|After)\s+\S{1,12}\s?\S{0,6}")
_ORDINAL: Final = re.compile(r"\d{1,3}(?:st|nd|rd|th)\b")
_SHARE: Final = re.compile(r"\d[\d.,]*+(?:%| per ?cent\b|,\d{3})")
_YEARS: Final = frozenset("bcdmr")
_SHORT: Final = (
    short.TITLES | short.NEVER_LAST | short.BEFORE_NUMBER | short.IN_NAMES | short.CLOSING | short.STATES | short.DATES
)
_PLURAL: Final = re.compile(r"[A-Z][a-z]{3,20}s")
_SMALL_NEXT: Final = re.compile(r",? ['‘“\"]?[a-z]")
_MARKER: Final = re.compile(r"(?:Fig(?:ure|\.)? |Table |Photo |Step )?\d{1,3}(?:\.\d{1,2}){0,3}|[a-z]")
_HOUSE_NUMBER: Final = re.compile(
    r"(?:\d{1,5}|[NSEW]\.)\s(?:[NSEW]\. )?(?:[A-Z][\w’'-]{1,20} ){1,2}\Z|\d(?:st|nd|rd|th) \Z"
)


def ends_sentence(paragraph: str, sentence: int, match: re.Match[str]) -> bool:
    """Tell whether the full stop that `match` found ends the sentence that began at `sentence`.

    `match` has the groups `stop`, `closers` and `space`, as `claims.text.sentences` finds them.
    """
    word = _bare(word_before(paragraph, match.start()))
    if not word:
        return True
    if _is_list_marker(paragraph, sentence, match.start()):
        return False
    lower = word.lower()
    if lower not in _SHORT and len(word) > 1 and "." not in word:
        return True
    following = word_after(paragraph, match.end())
    before_digit = following[:1].isdigit()
    if lower in short.NEVER_LAST and ("." in word or not word.isupper()):
        return bool(match["closers"])
    if len(word) == 1 and word in _YEARS and (before_digit or following.lower()[:3] in short.MONTHS):
        return False
    if lower in short.BEFORE_NUMBER and before_digit:
        return word == "no" and _SHARE.match(paragraph, match.end()) is not None
    if lower in short.TITLES and _is_title(paragraph, match, word, following):
        return bool(match["closers"])
    if len(word) == 1 and word.isupper():
        return _initial_ends(paragraph, match, following)
    return _abbreviation_ends(paragraph, sentence, match, word, following)


def word_before(paragraph: str, position: int) -> str:
    """The unbroken characters that end at `position`, at most forty of them."""
    window = paragraph[max(0, position - 40) : max(0, position)]
    return "" if not window or window[-1].isspace() else window.rsplit(maxsplit=1)[-1]


def word_after(paragraph: str, position: int) -> str:
    """The word that begins at `position`, behind spaces and opening marks; "" where there is none."""
    opening = OPENING.match(paragraph, position)
    word = _WORD.match(paragraph, opening.end() if opening else position)
    return word[0] if word else ""


def begins_sentence(paragraph: str, position: int, following: str) -> bool:
    """Tell by its first word whether what stands at `position` is the beginning of a sentence rather than a name."""
    if following in short.STARTERS:
        return True
    end = paragraph.find(following, position) + len(following)
    return following in short.STARTING_NOUNS and _SMALL_NEXT.match(paragraph, end) is not None


def _bare(word: str) -> str:
    """A word without the marks around it, and what stands behind its last hyphen: “non-U.S”, “(D-Calif”."""
    if word.isalpha():
        return word
    word = word.strip(OPENERS + "»)]—–")
    cut = _BEFORE_HYPHEN.match(word)
    return word[cut.end() :] if cut and cut.end() < len(word) else word


def _shortens(word: str, lower: str) -> bool:
    return lower in short.IN_NAMES or lower in short.CLOSING or _ACRONYM.fullmatch(word) is not None


def _is_title(paragraph: str, match: re.Match[str], word: str, following: str) -> bool:
    """“Gen. Milley” and “Sgt. 1st Class”; “the Main St. Officials” and “one more rep. Then” have no title."""
    if not word[0].isupper() and following in short.STARTERS:
        return False
    if _ORDINAL.match(following):
        return True
    if not following[:1].isupper() or (word == "ft"):
        return False
    if word == "St":
        address = _HOUSE_NUMBER.search(paragraph, max(0, match.start() - 50), match.start() - 2)
        return address is None and following not in short.STARTERS
    return True


def _initial_ends(paragraph: str, match: re.Match[str], following: str) -> bool:
    """“you and I. Did” and “vitamin C. The” end; “Albert I. Jones” and “J. K. Rowling” go on."""
    before = word_before(paragraph, match.start() - 2)
    if before.lower() in short.LETTERED and following[:1].isupper():
        return before[:1].islower() or following in short.STARTERS or paragraph[match.start() - 1] != "I"
    return following in short.STARTERS and (before[:1].islower() or not before.endswith("."))


def _abbreviation_ends(paragraph: str, sentence: int, match: re.Match[str], word: str, following: str) -> bool:
    lower = word.lower()
    capital = following[:1].isupper()
    if lower in _CLOCK:
        return capital and _clock_ends(paragraph, sentence, match, following)
    if word[0].isupper() and lower in short.DATES:
        return capital and following.lower().rstrip(".")[:3] not in short.MONTHS
    if word[0].isupper() and lower in short.STATES and _behind_comma(paragraph, match, word):
        # “HELENA, Mont. (AP) —” goes on.
        return capital and paragraph[match.end()] != "("
    if word[0].isupper() and (lower in short.DATES or lower in short.STATES):
        return following in short.STARTERS
    if not _shortens(word, lower):
        return True
    if capital and (match["closers"].strip("*_") or lower in short.CLOSING or paragraph[match.end()] in '“"'):
        return True
    if begins_sentence(paragraph, match.end(), following):
        return True
    return lower not in _COUNTRIES and _begins_with_plural(paragraph, match.end(), following)


def _clock_ends(paragraph: str, sentence: int, match: re.Match[str], following: str) -> bool:
    """“until 8 p.m. Fans left” ends; “8 p.m. Eastern” and “At 8 p.m. Mr. Smith left” go on."""
    if following.rstrip(".") in short.AFTER_CLOCK or _CLOCK_TIME.match(paragraph, match.end()):
        return False
    return not _LEAD_IN.fullmatch(paragraph, sentence, min(match.start(), sentence + 30))


def _behind_comma(paragraph: str, match: re.Match[str], word: str) -> bool:
    start = match.start() - len(word)
    return paragraph[max(0, start - 2) : start].rstrip().endswith(",")


def _begins_with_plural(paragraph: str, position: int, following: str) -> bool:
    """“Hale & Sons Ltd. Colleagues remember”: a plural before a small letter, where a name would go on in capitals."""
    if _PLURAL.fullmatch(following) is None or following in short.PLURALS_IN_NAMES:
        return False
    end = paragraph.find(following, position) + len(following)
    return _SMALL_NEXT.match(paragraph, end) is not None


def _is_list_marker(paragraph: str, sentence: int, stop: int) -> bool:
    """“1. The first item”, “2.1. Results”, “Figure 3. A map”: nothing but a number, with its bullet or its kind."""
    if stop - sentence > 10:
        return False
    return _MARKER.fullmatch(paragraph[sentence:stop].lstrip("•⁃‣◦▪● \u00a0")) is not None
