"""Where sentences end in edited news text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from claims.text import abbreviations as short
from claims.text.full_stops import OPENERS, OPENING, ends_sentence, word_after, word_before
from claims.text.lexicon import SAYING
from claims.text.lines import paragraphs_of

_FULL_WIDTH: Final = frozenset("。！？｡")
_GOES_ON: Final = frozenset("-–—―,;:)&")

# What repeats never gives characters back (possessive), so that time stays linear in the length of the text.
_STOP: Final = re.compile(
    r"(?P<stop>[.!?…؟۔।｡。！？](?:[ \u00a0]?[.!?…。！？])*+)"
    r"(?P<closers>(?:[\"'”’»›)\]}*_\ufffd¹²³⁰-⁹]|â€[\x9d\u2122]?|[“«](?=\s)|"
    r"[ \u00a0]?\[(?:\d{1,3}|citation needed)\])*+)(?P<space>\s*+)"
)
_PLAIN_WORD: Final = re.compile(r"[^\W\d_]*[a-zà-ÿ]{2,}")
_NEXT_SENTENCE: Final = re.compile(
    r"(?:(?!(?:Com|Org|Net|Gov|Co|Tv)\b)[A-Z][a-z]{1,20}(?:['’][a-z]{1,2})?|[IA])(?=[\s,;:]|\Z)"
)
_SPEAKER: Final = re.compile(
    r"(?:[A-Z][\w’'.-]{0,30},? ){1,5}+(?:(?:of|from|for|at|in) (?:the )?(?:[A-Z][\w’'.-]{0,30} ){1,4}+|"
    r"[^.!?,;:“”\"]{3,80}, )?(?P<verb>[a-z]{3,12})\b(?! (?:that|he|she|they|it|we|there|if|whether)\b)"
)
_BRAND: Final = re.compile(r"[a-z]{1,5}+[A-Z]\w")
_ASIDE: Final = re.compile(r"\((?!\w+\))")
_FOOTNOTE: Final = re.compile(r"\d{1,3}\s++(?=[\"“‘(]?[A-Z])")
_SCORE: Final = re.compile(r"[\d.,:–-]*\d%?")
_EITHER_MARK: Final = frozenset('"”')
_SPACED_DOTS: Final = re.compile(r"\.[ \u00a0]\.[ \u00a0]\.[ \u00a0]\.")

_CREDIT: Final = re.compile(
    r"(?<=[^\s:;,–—-])\s++(?=(?:Image|Photo|Photograph|Picture|Video|Audio|Graphic|Credit)s?: ?[A-Z])"
)
# “It was late. We left.” – Jane Doe: who is quoted stands outside, so the quotation stays in one piece.
_PULL_QUOTE: Final = re.compile(
    r"[\"“][^\"“”]{1,240}[\"”]\s?[-–—]{1,2}\s?(?:[A-Z][\w’'.-]{0,30},?\s?){1,6}+(?:[^.!?]{0,80})"
)
# A caption that ran into its text: “Jane Doe of the Reds In the north of the town, voters …”. Works are called so too.
_GLUED: Final = re.compile(
    r"(?!(?:He|She|They|It|We|I) )(?:[^\s.!?;:,\"“”‘’]{1,40} ){2,13}?"
    r"(?!(?:said|film|song|album|book|movie|novel|show|series|called|titled|of|and) )"
    r"[^\s.!?;:,\"“”‘’]{1,40}(?P<space> )(?=(?:In|On|At) the [^.!?,\"“”]{3,80}, |According to )"
)
# A tag or an address that ends a quotation takes no stop.
_TAG_END: Final = re.compile(r"(?:#\w{2,60}|://[^\s\"”]{3,200}+)[\"”]\s++(?=[A-Z])")
_BULLET: Final = re.compile(r"(?<=\S)\s++(?=[•⁃‣◦▪●] ?\w)")
_DATE_LINE: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December) \d{1,2}, \d{4}\s++(?=[A-Z])"
)
# A headline with its date behind it: “Ants cure themselves Tuesday, September 1, 2015”.
_DATE_AT_END: Final = re.compile(
    r"(?<![,;:–—-])(?<! on)(?<! of)(?<! by)(?<!since)(?<!until)(?<!dated)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, "
    r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}\Z"
)
_LONGEST_DATE: Final = 32
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
    return split_paragraphs(text, paragraphs_of(text))


def split_paragraphs(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the sentences of a text as `split` does, where its paragraphs are known already: spans, in order."""
    spans: list[tuple[int, int]] = []
    for start, end in paragraphs:
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
    if paragraph[0] in '"“' and _PULL_QUOTE.fullmatch(paragraph):
        return [(0, len(paragraph))]
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
    if date is not None and word_after(paragraph, date.end()) in short.STARTERS:
        yield date.end()
    if paragraph[-1].isdigit():
        dated = _DATE_AT_END.search(paragraph, max(0, len(paragraph) - _LONGEST_DATE))
        if dated is not None:
            yield dated.start() + 1
    glued = _GLUED.match(paragraph) if paragraph.endswith(".") else None
    if glued is not None:
        yield glued.end()
    for pattern in (_CREDIT, _BULLET):
        yield from (match.end() for match in pattern.finditer(paragraph))
    if "#" in paragraph or "://" in paragraph:
        yield from (
            match.end()
            for match in _TAG_END.finditer(paragraph)
            if word_after(paragraph, match.end()) in short.STARTERS
        )
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
        return _border_without_space(paragraph, sentence, match)
    first = OPENING.match(paragraph, after)
    begin = first.end() if first else after
    word = paragraph[begin : begin + 1]
    if word.islower() and not _begins_in_small_letters(paragraph, match, begin):
        return None
    if word in _GOES_ON and paragraph[after : after + 1] == word:
        return None
    if match["closers"] and _CITATION.match(paragraph, after):
        return None
    if len(stop) > 1 or stop == "…":
        return _border_after_run(paragraph, match)
    if stop in "!?":
        return None if _names_speaker(paragraph, match) or _is_emphatic_name(paragraph, match) else after
    return after if ends_sentence(paragraph, sentence, match) else None


def _begins_in_small_letters(paragraph: str, match: re.Match[str], position: int) -> bool:
    """A brand that is written so (iPhone), or an aside in brackets after a full stop."""
    if _BRAND.match(paragraph, position):
        return True
    return match["stop"] == "." and _ASIDE.match(paragraph, match.end()) is not None


def _border_without_space(paragraph: str, sentence: int, match: re.Match[str]) -> int | None:
    """Two sentences that ran together (“in Tatarstan.Putin said”), as opposed to an address or an abbreviation."""
    after, closers = match.end(), match["closers"]
    before = word_before(paragraph, match.start()).strip(OPENERS)
    plain = _PLAIN_WORD.fullmatch(before) is not None
    if paragraph[after] in "“„«" and (closers or plain):
        return after
    if match["stop"] not in ".!?" or not (plain or _SCORE.fullmatch(before)):
        return None
    footnote = _FOOTNOTE.match(paragraph, after) if len(before) > 2 and plain else None
    if footnote is not None:
        return footnote.end()
    if not _NEXT_SENTENCE.match(paragraph, after):
        return None
    if closers in _EITHER_MARK and closers and not _in_quotation(paragraph, sentence, match.start(), closers):
        return match.start("closers")
    return after


def _in_quotation(paragraph: str, sentence: int, position: int, mark: str) -> bool:
    """Tell whether a mark at `position` can close a quotation, by the marks before it in its sentence."""
    before = paragraph[max(sentence, position - 2_000) : position]
    return before.count('"') % 2 == 1 if mark == '"' else before.rfind("“") > before.rfind("”")


def _border_after_run(paragraph: str, match: re.Match[str]) -> int | None:
    """An ellipsis or a run of marks: three dots before “I” may stand inside a sentence, four dots end one."""
    stop, after = match["stop"], match.end()
    dots = stop.replace(" ", "").replace("\u00a0", "")
    if _SPACED_DOTS.fullmatch(stop) and paragraph[match.start() - 1 : match.start()].isalpha():
        # The stop of the sentence before, then an omission that begins the next one.
        return match.start() + 2
    if dots in ("...", "…", "..") and word_after(paragraph, after).split("’")[0].split("'")[0] == "I":
        return None
    return after


def _names_speaker(paragraph: str, match: re.Match[str]) -> bool:
    """“Is it true?” Smith asked: the words after the mark tell who spoke, they begin no sentence."""
    speaker = _SPEAKER.match(paragraph, match.end()) if match["closers"] else None
    return speaker is not None and speaker["verb"] in SAYING


def _is_emphatic_name(paragraph: str, match: re.Match[str]) -> bool:
    return word_before(paragraph, match.start()).lower() in short.EMPHATIC_NAMES and (
        word_after(paragraph, match.end()) not in short.STARTERS
    )
