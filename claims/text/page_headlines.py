"""The headline of a page, and the short lines around it that belong to the site: sections, names, places."""

from collections.abc import Sequence
from typing import Final

from claims.text.fold import fold
from claims.text.lines import hard_wrapped
from claims.text.page_phrases import is_byline, is_date, is_masthead, is_name
from claims.text.page_rows import BULLETS, PROSE_END, Row
from claims.vocabulary import ZoneKind

_MAX_HEADLINE: Final = 200
_TOP_LINES: Final = 40
_NEXT_LINES: Final = 12
_LONG_HEADLINE: Final = 5
_NEAR: Final = 3


def find_headline(text: str, rows: Sequence[Row]) -> None:
    """Find the headline among the short lines before the first sentence, with the copy of it that often follows."""
    top = _top(rows)
    candidates = [index for index in top if _could_be_headline(text, rows, index)]
    if not candidates:
        return
    chosen = _chosen(rows, candidates)
    same = fold(rows[chosen].words)
    later = chosen != _first_long(rows, candidates)
    for index in top:
        words = rows[index].words
        given_way = index < chosen and index in candidates and (later or _gives_way(rows, index, chosen))
        if fold(words) == same:
            rows[index].kind = ZoneKind.HEADLINE
        elif given_way or _is_beside(words, above=index < chosen) or _names_page(words, same):
            rows[index].kind = ZoneKind.SITE_CHROME


def _is_beside(words: str, *, above: bool) -> bool:
    """A section's name above the headline, or below it a name of a writer, a paper or a place."""
    if above:
        return len(words.split()) < 4
    return is_name(words) and not PROSE_END.search(words)


def _top(rows: Sequence[Row]) -> list[int]:
    """The undecided lines before the first sentence, at most so many.

    A question may be the headline itself, and a notice of the site may stand above it: a by-line below tells so.
    """
    top: list[int] = []
    headed = False
    for index, row in enumerate(rows):
        if not row.undecided:
            continue
        if len(top) == _TOP_LINES:
            return top
        if row.prose and not (row.asks and not headed):
            if headed or not _byline_follows(rows, index):
                return top
            continue
        headed = headed or _long(row)
        top.append(index)
    # No sentence follows: there is nothing that a line could be the headline of.
    return []


def _byline_follows(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a line long enough for a headline and then a by-line or a date come soon after a sentence."""
    below = rows[index + 1 : index + 1 + _NEXT_LINES]
    first = next((at for at, row in enumerate(below) if row.undecided), len(below))
    if first == len(below) or below[first].prose or not _long(below[first]):
        return False
    return any(is_byline(row.words) or is_date(row.words) for row in below[first + 1 : first + 1 + _NEAR])


def _long(row: Row) -> bool:
    return len(row.words.split(maxsplit=4)) > 3


def _chosen(rows: Sequence[Row], candidates: Sequence[int]) -> int:
    """The first line that is long enough, or a later one below the site's buttons with a date or a by-line under it."""
    first = _first_long(rows, candidates)
    dated = next((index for index in candidates if _stands_above_date(rows, index)), first)
    between = rows[first + 1 : dated]
    return dated if any(row.kind is ZoneKind.SITE_CHROME for row in between) else first


def _first_long(rows: Sequence[Row], candidates: Sequence[int]) -> int:
    """The first line that is long enough for a headline: a section's or a paper's name may stand above it."""
    counts = {index: len(rows[index].words.split()) for index in candidates}
    for least in (_LONG_HEADLINE, _LONG_HEADLINE - 1):
        found = next((index for index in candidates if counts[index] >= least), None)
        earlier = [index for index in candidates if 2 < counts[index] < least and (found is None or index < found)]
        if found is not None and all(_gives_way(rows, index, found) for index in earlier):
            return found
    return next((index for index in candidates if counts[index] > 2), candidates[0])


def _stands_above_date(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a longer line has a date or a by-line close below it, with at most a standfirst between."""
    if len(rows[index].words.split()) < _LONG_HEADLINE - 1 or is_masthead(rows[index].words):
        return False
    below = rows[index + 1 : index + 1 + _NEAR]
    return any(row.kind is ZoneKind.SITE_CHROME and (is_date(row.words) or is_byline(row.words)) for row in below)


def _gives_way(rows: Sequence[Row], short: int, long: int) -> bool:
    """Tell whether a short line is no headline beside a longer one below it, with the site's buttons between them."""
    words = rows[short].words
    if "&" in words or words.isupper() or is_masthead(words):
        return True
    between = [row.words for row in rows[short + 1 : long] if row.kind is ZoneKind.SITE_CHROME]
    return is_name(words) and any(not (is_date(each) or is_byline(each)) for each in between)


def _names_page(words: str, headline: str) -> bool:
    """“U.S.|A Town Without a Doctor”: the section and the headline once more, in one line."""
    return "|" in words and fold(words.rsplit("|", 1)[-1]).strip() == headline.strip()


def _could_be_headline(text: str, rows: Sequence[Row], index: int) -> bool:
    words = rows[index].words
    if (
        len(words) > _MAX_HEADLINE
        or len(words.split()) < 2
        or words[-1] in ".,:;"
        or words[0].islower()
        or "|" in words
    ):
        return False
    if words[0] in BULLETS or is_date(words.split(",", 1)[-1]):
        # “TASS, September 14”
        return False
    paragraph = [rows[index].line]
    for row in rows[index + 1 : index + _NEXT_LINES]:
        if row.line.begin != paragraph[-1].stop:
            break
        paragraph.append(row.line)
    return not hard_wrapped(text, paragraph)
