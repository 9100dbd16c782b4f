"""Which part of a page each stretch of a text is: the article, or what stands around it.

Works line by line. Each line is first judged by its own words (`page_marks`), then by where it stands: after the
article's end, under a heading for comments, behind “Previous Story”. In doubt a line is body: a page furniture line
that is read as a claim costs a reviewer one key, a claim that is lost is never seen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.text import page_marks as marks
from claims.text.lines import lines_of
from claims.text.page_headlines import find_headline
from claims.text.page_phrases import ends_article, is_byline, is_date, is_furniture, is_navigation, is_number, is_spoken
from claims.text.page_places import judge_by_place
from claims.text.page_rows import PROSE_END, Row
from claims.vocabulary import ZoneKind

# Paragraphs of these run on over blank lines; of the others, each block is one thing: a headline, a button, a caption.
_RUNNING: Final = frozenset({ZoneKind.BODY, ZoneKind.READER_COMMENT})
_LONGEST_DATE: Final = 110
_MAX_CAPTION: Final = 900
_MAX_SUBJECT: Final = 120
_SENTENCE_INSIDE: Final = re.compile(r"[a-z][.!?]['\"’”]? ['\"‘“]?[A-Z]")
_NAVIGATION: Final = re.compile(r"\s(?:[|»>•·∙]|::)\s")


@dataclass(frozen=True)
class Zone:
    """A stretch of a text, `text[start:end]` in code points, and what part of the page it is."""

    start: int
    end: int
    kind: ZoneKind


def read(text: str) -> list[Zone]:
    """Divide a text into zones: together they cover it without gap, and none ends inside a line.

    Neighbouring lines of one kind are one zone, and so are the paragraphs of the body and of reader comments.
    Separators belong to the zone before them, leading ones to the first zone. A text without a headline gets none,
    and a text that is all page furniture has neither headline nor body.
    """
    rows = [Row(line, text[line.start : line.end]) for line in lines_of(text) if not line.blank]
    _by_words(rows)
    judge_by_place(rows)
    find_headline(text, rows)
    return _merged(text, rows)


def _by_words(rows: Sequence[Row]) -> None:
    """Judge each line by its own words."""
    for row in rows:
        row.kind = _kind_of(row.words)
        row.ends = row.kind is ZoneKind.SITE_CHROME and (
            ends_article(row.words) or marks.END_MATTER.match(row.words) is not None
        )
    if rows and marks.TEASER.match(rows[0].words):
        # “WATCH: …” at the top of a page is its headline.
        rows[0].kind = None


def _kind_of(words: str) -> ZoneKind | None:
    if len(words) < _LONGEST_DATE and is_date(words):
        return ZoneKind.SITE_CHROME
    if marks.UPDATE_NOTE.match(words[: marks.MAX_FURNITURE]):
        return ZoneKind.UPDATE_NOTE
    if _is_caption(words):
        return ZoneKind.CAPTION
    if len(words) > marks.MAX_FURNITURE:
        return None
    prose = PROSE_END.search(words[-8:]) is not None
    spoken = prose and is_spoken(words)
    if not spoken and marks.ASKING.search(words) and marks.REPLY_NOTE.match(words):
        return ZoneKind.REPLY_NOTE
    if is_furniture(words, prose=prose) or marks.TEASER.match(words) or marks.DATE_LINE.match(words):
        return ZoneKind.SITE_CHROME
    if "our " in words and not is_spoken(words) and marks.APPEAL.search(words):
        return ZoneKind.SITE_CHROME
    if not spoken and (marks.FURNITURE.match(words) or marks.CONTACT.match(words)):
        return ZoneKind.SITE_CHROME
    if prose:
        return None
    if is_number(words) or is_navigation(words) or ends_article(words):
        return ZoneKind.SITE_CHROME
    if marks.SHORT_FURNITURE.match(words) or marks.BYLINE.match(words) or is_byline(words):
        return ZoneKind.SITE_CHROME
    if len(_NAVIGATION.findall(words)) > 1 or marks.BREADCRUMB.match(words):
        return ZoneKind.SITE_CHROME
    return None


def _is_caption(words: str) -> bool:
    """A picture's caption: it says so, ends in an agency's credit, points at people, or dates a present-tense pose."""
    if len(words) > _MAX_CAPTION or not (words[0].isupper() or words[0] in "(["):
        return False
    if marks.CAPTION_LABEL.match(words) or _ends_in_credit(words):
        return True
    first = _SENTENCE_INSIDE.split(words, maxsplit=1)[0]
    dated = marks.DATED.search(first) if "on " in first else None
    if any(word in first for word in marks.POINTING) and marks.PICTURED.search(first):
        return dated is not None or len(words) < marks.MAX_FURNITURE
    if dated is None or marks.TOLD.search(first, 0, _MAX_SUBJECT):
        return False
    # News tells past events in the past tense and captions in the present: a date beside the present is a caption's.
    if dated["year"] is not None and marks.SHOWING.search(first, 0, dated.start()):
        return True
    return marks.POSING.search(first, 0, dated.start()) is not None


def _ends_in_credit(words: str) -> bool:
    if words[-1] in '!?”"’' or (words[-1] == "." and not words[:-1].endswith(marks.AGENCY_ENDS)):
        return False
    return marks.CREDIT_END.search(words[-80:]) is not None


def _merged(text: str, rows: Sequence[Row]) -> list[Zone]:
    if not text:
        return []
    if not rows:
        return [Zone(0, len(text), ZoneKind.SITE_CHROME)]
    begins: list[tuple[int, ZoneKind]] = []
    for before, row in zip((None, *rows), rows, strict=False):
        kind = row.kind or ZoneKind.BODY
        apart = before is None or before.line.stop != row.line.begin
        if not begins or begins[-1][1] is not kind or (apart and kind not in _RUNNING):
            begins.append((row.line.begin if begins else 0, kind))
    ends = [begin for begin, _ in begins[1:]] + [len(text)]
    return [Zone(begin, end, kind) for (begin, kind), end in zip(begins, ends, strict=True)]
