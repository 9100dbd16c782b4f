"""Which part of a page each stretch of a text is: the article, or what stands around it.

Works line by line. Each line is first judged by its own words (`page_marks`), then by where it stands: after the
article's end, under a heading for comments, behind “Previous Story”. In doubt a line is body: a page furniture line
that is read as a claim costs a reviewer one key, a claim that is lost is never seen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claims.text import page_marks as marks
from claims.text.fold import fold
from claims.text.lines import Line, hard_wrapped, lines_of
from claims.vocabulary import ZoneKind

# Paragraphs of these run on over blank lines; of the others, each block is one thing: a headline, a button, a caption.
_RUNNING: Final = frozenset({ZoneKind.BODY, ZoneKind.READER_COMMENT})
_MAX_HEADLINE: Final = 200
_MAX_TITLE: Final = 200
_MAX_CAPTION: Final = 900
_MAX_SUBJECT: Final = 120
_TOP_LINES: Final = 12
_COMMENT_INDENT: Final = 2
_PROSE_END: Final = re.compile(r"[.!?…。！？]['\"’”»)\]]*$")
_SENTENCE_INSIDE: Final = re.compile(r"[a-z][.!?]['\"’”]? ['\"‘“]?[A-Z]")
_TOLD: Final = re.compile(
    r"\b(?:said|told|will|would|was|were|had|has|have|who|that|plans|due|set|expected|scheduled)\b"
)
_NAVIGATION: Final = re.compile(r"\s(?:[|»>•·]|::)\s")


@dataclass(frozen=True)
class Zone:
    """A stretch of a text, `text[start:end]` in code points, and what part of the page it is."""

    start: int
    end: int
    kind: ZoneKind


@dataclass
class _Row:
    """A line with words while it is being judged: `kind` is None until a rule speaks."""

    line: Line
    words: str
    kind: ZoneKind | None = None

    @property
    def prose(self) -> bool:
        return len(self.words.split(maxsplit=5)) > 4 and _PROSE_END.search(self.words[-8:]) is not None


def read(text: str) -> list[Zone]:
    """Divide a text into zones: together they cover it without gap, and none ends inside a line.

    Neighbouring lines of one kind are one zone, and so are the paragraphs of the body and of reader comments.
    Separators belong to the zone before them, leading ones to the first zone. A text without a headline gets none,
    and a text that is all page furniture has neither headline nor body.
    """
    rows = [_Row(line, text[line.start : line.end]) for line in lines_of(text) if not line.blank]
    _by_words(rows)
    _by_place(text, rows)
    _headline(text, rows)
    return _merged(text, rows)


def _by_words(rows: Sequence[_Row]) -> None:
    """Judge each line by its own words."""
    for row in rows:
        row.kind = _kind_of(row.words)
    if rows and marks.TEASER.match(rows[0].words):
        # “WATCH: …” at the top of a page is its headline.
        rows[0].kind = None


def _kind_of(words: str) -> ZoneKind | None:
    if marks.UPDATE_NOTE.match(words[: marks.MAX_FURNITURE]):
        return ZoneKind.UPDATE_NOTE
    if _is_caption(words):
        return ZoneKind.CAPTION
    if len(words) > marks.MAX_FURNITURE:
        return None
    if marks.ASKING.search(words) and marks.REPLY_NOTE.match(words):
        return ZoneKind.REPLY_NOTE
    if marks.FURNITURE.match(words) or marks.TEASER.match(words) or marks.DATE_LINE.match(words):
        return ZoneKind.SITE_CHROME
    if _PROSE_END.search(words[-8:]):
        return None
    if marks.SHORT_FURNITURE.match(words) or marks.BYLINE.match(words) or len(_NAVIGATION.findall(words)) > 1:
        return ZoneKind.SITE_CHROME
    return None


def _is_caption(words: str) -> bool:
    """A picture's caption: it says so, ends in an agency's credit, points at people, or dates a present-tense pose."""
    if len(words) > _MAX_CAPTION or not (words[0].isupper() or words[0] in "(["):
        return False
    if marks.CAPTION_LABEL.match(words) or marks.CREDIT_END.search(words[-80:]):
        return True
    first = _SENTENCE_INSIDE.split(words, maxsplit=1)[0]
    dated = marks.DATED.search(first)
    if marks.PICTURED.search(first):
        return dated is not None or len(words) < marks.MAX_FURNITURE
    if dated is None or _TOLD.search(first, 0, _MAX_SUBJECT):
        return False
    # News tells past events in the past tense and captions in the present: a date beside the present is a caption's.
    if dated["year"] is not None and marks.SHOWING.search(first, 0, dated.start()):
        return True
    return marks.POSING.search(first, 0, dated.start()) is not None


def _by_place(text: str, rows: Sequence[_Row]) -> None:
    """Judge lines by where they stand."""
    _titles_behind_navigation(rows)
    _end_matter(rows)
    _indented_comments(rows)
    if not any(row.prose and row.kind is None for row in rows) and any(row.kind for row in rows):
        # No sentence on the whole page but furniture: its short lines are furniture as well.
        for row in rows:
            row.kind = row.kind or ZoneKind.SITE_CHROME


def _titles_behind_navigation(rows: Sequence[_Row]) -> None:
    for row, following in pairwise(rows):
        if row.kind is ZoneKind.SITE_CHROME and marks.BEFORE_TITLE.match(row.words) and following.kind is None:
            title = len(following.words) <= _MAX_TITLE and not _PROSE_END.search(following.words[-8:])
            following.kind = ZoneKind.SITE_CHROME if title else None


def _end_matter(rows: Sequence[_Row]) -> None:
    """After the article: titles under “Related”, readers under “3 Comments”. Most prose came before."""
    total = sum(len(row.words) for row in rows if row.prose and row.kind is None)
    before = 0
    comments = ended = False
    for index, row in enumerate(rows):
        short = row.words if before and len(row.words) <= marks.MAX_FURNITURE else ""
        if before * 2 >= total and marks.COMMENT_HEADING.match(short):
            comments, row.kind = True, ZoneKind.SITE_CHROME
        elif before * 4 >= total * 3 and row.kind is ZoneKind.SITE_CHROME and marks.END_MATTER.match(short):
            comments, ended = False, True
        elif row.kind is not None:
            continue
        elif comments:
            row.kind = ZoneKind.READER_COMMENT
        elif ended and (not row.prose or marks.AUTHOR_NOTE.match(rows[index - 1].words)):
            row.kind = ZoneKind.SITE_CHROME
        elif row.prose:
            before += len(row.words)


def _indented_comments(rows: Sequence[_Row]) -> None:
    """Comments flattened into the text keep their indent: a last indented block under a longer, flush body."""
    first = len(rows)
    while first > 0 and (rows[first - 1].line.indent >= _COMMENT_INDENT or rows[first - 1].kind is not None):
        first -= 1
    block = [row for row in rows[first:] if row.kind is None and row.line.indent >= _COMMENT_INDENT]
    flush = [row for row in rows[:first] if row.kind is None and row.prose and row.line.indent < _COMMENT_INDENT]
    longer = sum(len(row.words) for row in flush) > sum(len(row.words) for row in block)
    if len(block) > 1 and len(flush) > 1 and longer:
        for row in block:
            row.kind = ZoneKind.READER_COMMENT


def _headline(text: str, rows: Sequence[_Row]) -> None:
    """Find the headline among the short lines before the first sentence, with the copy of it that often follows."""
    first_prose = next((index for index, row in enumerate(rows) if row.prose and row.kind is None), 0)
    indexes = [index for index in range(min(first_prose, _TOP_LINES)) if rows[index].kind is None]
    candidates = [index for index in indexes if _could_be_headline(text, rows, index)]
    if not candidates:
        return
    chosen = next((index for index in candidates if len(rows[index].words.split()) > 2), candidates[0])
    same = fold(rows[chosen].words)
    for index in indexes:
        if fold(rows[index].words) == same:
            rows[index].kind = ZoneKind.HEADLINE
        elif index < chosen and len(rows[index].words.split()) < 3:
            # A section's name above the headline.
            rows[index].kind = ZoneKind.SITE_CHROME


def _could_be_headline(text: str, rows: Sequence[_Row], index: int) -> bool:
    words = rows[index].words
    if len(words) > _MAX_HEADLINE or len(words.split()) < 2 or words[-1] in ".,:;" or words[0].islower():
        return False
    paragraph = [rows[index].line]
    for row in rows[index + 1 : index + _TOP_LINES]:
        if row.line.begin != paragraph[-1].stop:
            break
        paragraph.append(row.line)
    return not hard_wrapped(text, paragraph)


def _merged(text: str, rows: Sequence[_Row]) -> list[Zone]:
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
