"""Where sentences end in edited news text."""

import re
from collections.abc import Iterator
from typing import Final

from claims.text import abbreviations as short
from claims.text.lexicon import SAYING
from claims.text.lines import paragraphs_of

_FULL_WIDTH: Final = frozenset("。！？｡")
_GOES_ON: Final = frozenset("-–—―,;:)")
_OPENERS: Final = "\"'“”‘’„«‹¿¡([{*_"

# What repeats never gives characters back (possessive), so that time stays linear in the length of the text.
_STOP: Final = re.compile(
    r"(?P<stop>[.!?…؟۔।｡。！？](?:[ \u00a0]?[.!?…。！？])*+)"
    r"(?P<closers>(?:[\"'”’»›)\]}*_]|\[\d{1,3}\])*+)(?P<space>\s*+)"
)
_OPENING: Final = re.compile(r"[\s\"'“”‘’„«»‹›¿¡(\[{*_]{0,8}+")
_WORD: Final = re.compile(r"\w[\w’'.&-]{0,40}+")
_ACRONYM: Final = re.compile(r"(?:\w{1,2}\.)+\w{1,2}")
_PLAIN_WORD: Final = re.compile(r"[^\W\d_]*[a-zà-ÿ]{2,}")
_NEXT_SENTENCE: Final = re.compile(
    r"(?:(?!(?:Com|Org|Net|Gov|Co|Tv)\b)[A-Z][a-z]{1,20}(?:['’][a-z]{1,2})?|[IA])(?=[\s,;:]|\Z)"
)
_SPEAKER: Final = re.compile(r"(?:[A-Z][\w’'.-]{0,30} ){1,5}(?P<verb>[a-z]{3,12})\b")
_LEAD_IN: Final = re.compile(r"(?:At|On|By|Around|About|From|Until|Since|In|Before|After)\s+\S{1,12}\s?\S{0,6}")
_SPACED_DOTS: Final = re.compile(r"\.[ \u00a0]\.[ \u00a0]\.[ \u00a0]\.")

_CREDIT: Final = re.compile(r"(?<=[^\s:;,–—-])\s++(?=(?:Image|Photo|Photograph|Picture|Video|Credit)s?: ?[A-Z])")
_BULLET: Final = re.compile(r"(?<=\S)\s++(?=[•⁃‣◦▪●] ?\w)")
_DATE_LINE: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December) \d{1,2}, \d{4}\s++(?=[A-Z])"
)
_CITATION: Final = re.compile(r"\(+[^()]{1,40}\)+[.,;]")
_LIST_START: Final = re.compile(r"\(?(?:(?P<number>\d{1,2})|(?P<letter>a))(?P<style>\.\)|\)|\.)\s")
_LIST_ITEM: Final = re.compile(r"(?<=\s)\(?(\d{1,3}|[a-z])(\.\)|\)|\.)(?=\s)")

# The longest sentence that is taken for one, in code points: some fifty times an ordinary one.
LONGEST: Final = 5_000


def split(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Returns (start, end) in code points, end exclusive, in order and without overlap. A span has no surrounding
    space, together they hold every character that is not space, and none leaves its line unless the text is
    obviously hard-wrapped. A lower-case word after a stop goes on with the sentence: a stray stop that breaks one in
    two makes no fragment that could be taken for a claim.
    """
    spans: list[tuple[int, int]] = []
    for start, end in paragraphs_of(text):
        for first, after in _sentences_of(text[start:end]):
            spans.extend(_no_longer_than_anybody_writes(text, start + first, start + after))
    return spans


def _no_longer_than_anybody_writes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what has no stop in LONGEST code points, at a space where there is one: no page and no cell can hold more."""
    while end - start > LONGEST:
        cut = next((at for at in range(start + LONGEST, start, -1) if text[at].isspace()), start + LONGEST)
        kept = len(text[start:cut].rstrip())
        yield start, start + kept
        rest = text[cut:end]
        start = end - len(rest.lstrip())
    yield start, end


def _sentences_of(paragraph: str) -> list[tuple[int, int]]:
    """Cut one paragraph. A piece without letter or digit is no sentence: it stays with its neighbour."""
    sentences: list[tuple[int, int]] = []
    wordless_start: int | None = None
    for start, end in _pieces(paragraph):
        if any(map(str.isalnum, paragraph[start:end])):
            sentences.append((start if wordless_start is None else wordless_start, end))
            wordless_start = None
        elif sentences:
            sentences[-1] = (sentences[-1][0], end)
        elif wordless_start is None:
            wordless_start = start
    if wordless_start is not None:
        sentences.append((wordless_start, len(paragraph)))
    return sentences


def _pieces(paragraph: str) -> Iterator[tuple[int, int]]:
    unmarked = sorted({*_list_items(paragraph), *_unmarked(paragraph)})
    start = 0
    for border in sorted({*unmarked, *_stops(paragraph, unmarked), len(paragraph)}):
        piece = paragraph[start:border]
        words = piece.strip()
        if words:
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(words)
        start = border


def _unmarked(paragraph: str) -> Iterator[int]:
    """Borders without a stop: after a date line, before a picture credit and before a bullet."""
    date = _DATE_LINE.match(paragraph)
    if date is not None and _word_after(paragraph, date.end()) in short.STARTERS:
        yield date.end()
    for pattern in (_CREDIT, _BULLET):
        yield from (match.end() for match in pattern.finditer(paragraph))
    yield from (match.start() for match in re.finditer("⁃", paragraph))


def _list_items(paragraph: str) -> Iterator[int]:
    """Borders before the items of a list that stands in one line: 1) …, 2) …, 3) …."""
    first = _LIST_START.match(paragraph)
    if first is None:
        return
    numbered = first["number"] is not None
    marker = first["number"] or first["letter"]
    for item in _LIST_ITEM.finditer(paragraph, first.end()):
        following = str(int(marker) + 1) if numbered else chr(ord(marker) + 1)
        if item[1] == following and item[2] == first["style"]:
            yield item.start()
            marker = following


def _stops(paragraph: str, known: list[int]) -> Iterator[int]:
    """Borders at a stop. `known` are the sorted borders that other rules found: a sentence begins there as well."""
    sentence = passed = 0
    for match in _STOP.finditer(paragraph):
        while passed < len(known) and known[passed] <= match.start():
            sentence = max(sentence, known[passed])
            passed += 1
        border = _border(paragraph, sentence, match)
        if border is not None:
            yield border
            sentence = border


def _border(paragraph: str, sentence: int, match: re.Match[str]) -> int | None:
    """Decide whether the sentence that began at `sentence` ends at this stop; give the offset of the next one."""
    stop, after = match["stop"], match.end()
    if after == len(paragraph):
        return None
    if stop[0] in _FULL_WIDTH:
        return after
    if not match["space"]:
        return _border_without_space(paragraph, match)
    first = _OPENING.match(paragraph, after)
    word = paragraph[first.end() : first.end() + 1] if first else ""
    if word.islower() or (word in _GOES_ON and paragraph[after : after + 1] == word):
        return None
    if match["closers"] and _CITATION.match(paragraph, after):
        return None
    if len(stop) > 1 or stop == "…":
        return _border_after_run(paragraph, match)
    if stop in "!?":
        return None if _names_speaker(paragraph, match) or _is_emphatic_name(paragraph, match) else after
    return after if _full_stop_ends(paragraph, sentence, match) else None


def _border_without_space(paragraph: str, match: re.Match[str]) -> int | None:
    """Two sentences that ran together (“in Tatarstan.Putin said”), as opposed to an address or an abbreviation."""
    after = match.end()
    if paragraph[after] in "“„«" and match["closers"]:
        return after
    before = _word_before(paragraph, match.start())
    if match["stop"] not in ".!?" or not _PLAIN_WORD.fullmatch(before.strip(_OPENERS)):
        return None
    if not _NEXT_SENTENCE.match(paragraph, after):
        return None
    return after


def _border_after_run(paragraph: str, match: re.Match[str]) -> int | None:
    """An ellipsis or a run of marks: three dots before “I” may stand inside a sentence, four dots end one."""
    stop, after = match["stop"], match.end()
    dots = stop.replace(" ", "").replace("\u00a0", "")
    if _SPACED_DOTS.fullmatch(stop) and paragraph[match.start() - 1 : match.start()].isalpha():
        # The stop of the sentence before, then an omission that begins the next one.
        return match.start() + 2
    if dots in ("...", "…", "..") and _word_after(paragraph, after).split("’")[0].split("'")[0] == "I":
        return None
    return after


def _names_speaker(paragraph: str, match: re.Match[str]) -> bool:
    """“Is it true?” Smith asked: the words after the mark tell who spoke, they begin no sentence."""
    speaker = _SPEAKER.match(paragraph, match.end()) if match["closers"] else None
    return speaker is not None and speaker["verb"] in SAYING


def _is_emphatic_name(paragraph: str, match: re.Match[str]) -> bool:
    return _word_before(paragraph, match.start()).lower() in short.EMPHATIC_NAMES and (
        _word_after(paragraph, match.end()) not in short.STARTERS
    )


def _full_stop_ends(paragraph: str, sentence: int, match: re.Match[str]) -> bool:
    word = _word_before(paragraph, match.start()).strip(_OPENERS + "”»)]—–")
    following = _word_after(paragraph, match.end())
    lower = word.lower()
    if not word:
        return True
    if _is_list_marker(paragraph, sentence, match.start()):
        return False
    if (lower in short.NEVER_LAST and word == lower) or (lower in short.TITLES and following[:1].isupper()):
        return bool(match["closers"])
    if lower in short.BEFORE_NUMBER and following[:1].isdigit():
        return False
    if len(word) == 1 and word.isupper():
        return _initial_ends(paragraph, match, following)
    if lower in short.MAYBE_LAST or _ACRONYM.fullmatch(word):
        return _abbreviation_ends(paragraph, sentence, match, following)
    return True


def _initial_ends(paragraph: str, match: re.Match[str], following: str) -> bool:
    """“you and I. Did” and “vitamin C. The” end; “Albert I. Jones” and “J. K. Rowling” go on."""
    before = _word_before(paragraph, match.start() - 2)
    return following in short.STARTERS and (before[:1].islower() or not before.endswith("."))


def _abbreviation_ends(paragraph: str, sentence: int, match: re.Match[str], following: str) -> bool:
    word = _word_before(paragraph, match.start()).lower()
    if match["closers"].strip("*_") and following[:1].isupper():
        return True
    if word.endswith((".m", "a.m", "p.m")) and following.rstrip(".").lower() in short.TITLES:
        return not _LEAD_IN.fullmatch(paragraph, sentence, min(match.start(), sentence + 30))
    if paragraph[match.end()] in '“"' and following[:1].isupper():
        return True
    return following in short.STARTERS


def _is_list_marker(paragraph: str, sentence: int, stop: int) -> bool:
    """“1. The first item”: nothing but a number, or a bullet and a number, before the stop."""
    if stop - sentence > 8:
        return False
    marker = paragraph[sentence:stop].lstrip("•⁃‣◦▪● \u00a0")
    return len(marker) <= 3 and (marker.isdigit() or (len(marker) == 1 and marker.islower()))


def _word_before(paragraph: str, position: int) -> str:
    """The unbroken characters that end at `position`, at most forty of them."""
    window = paragraph[max(0, position - 40) : max(0, position)]
    return "" if not window or window[-1].isspace() else window.rsplit(maxsplit=1)[-1]


def _word_after(paragraph: str, position: int) -> str:
    opening = _OPENING.match(paragraph, position)
    word = _WORD.match(paragraph, opening.end() if opening else position)
    return word[0] if word else ""
