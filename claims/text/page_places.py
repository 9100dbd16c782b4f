"""Which lines of a page are no part of the article by where they stand: behind a teaser, below its end."""

from collections.abc import Sequence
from itertools import groupby, pairwise, zip_longest
from typing import Final

from claims.text import page_marks as marks
from claims.text.page_comments import first_comment, is_heading, is_mark
from claims.text.page_phrases import is_name
from claims.text.page_rows import BULLETS, PROSE_END, Row
from claims.vocabulary import ZoneKind

_MAX_TITLE: Final = 200
_MOST_TITLES: Final = 5
_COMMENT_INDENT: Final = 2
_SHORT_TITLE: Final = 15
_FEWEST_SENTENCES: Final = 2
_FURNITURE: Final = frozenset({ZoneKind.SITE_CHROME, ZoneKind.CAPTION})
_FEWEST_LABELS: Final = 3
_LONGEST_LABEL: Final = 40
# A list's item or somebody's words are the article's.
_NO_LABEL: Final = BULLETS | frozenset("“\"‘'")


def judge_by_place(rows: Sequence[Row]) -> None:
    """Judge the lines that their own words left undecided."""
    _titles_behind_navigation(rows)
    _captions_above_credits(rows)
    _end_matter(rows)
    _indented_comments(rows)
    _writers_at_the_end(rows)
    _names_beside_furniture(rows)
    if not any(row.prose and row.undecided for row in rows) and any(row.kind for row in rows):
        # No sentence on the whole page but furniture: its short lines are furniture as well.
        for row in rows:
            row.kind = row.kind or ZoneKind.SITE_CHROME


def _titles_behind_navigation(rows: Sequence[Row]) -> None:
    """“Previous Story”, “Read more”: the title of another story follows, under a list's heading several."""
    left = 0
    for row, following in pairwise(rows):
        if row.kind is ZoneKind.SITE_CHROME:
            left = _titles_below(row.words, left)
        if following.undecided and left:
            left = left - 1 if _is_title(following) else 0
            following.kind = ZoneKind.SITE_CHROME if _is_title(following) else None


def _titles_below(words: str, left: int) -> int:
    """How many titles may follow a line of the site's, when `left` were still to come before it."""
    if marks.BEFORE_TITLE.match(words):
        return 1
    if marks.BEFORE_TITLES.match(words):
        return _MOST_TITLES
    return 0 if is_heading(words) else left


def _is_title(row: Row) -> bool:
    if len(row.words) > _MAX_TITLE:
        return False
    return not PROSE_END.search(row.words[-8:]) or (row.words[-1] == "?" and len(row.words.split()) <= _SHORT_TITLE)


def _captions_above_credits(rows: Sequence[Row]) -> None:
    """A line that is nothing but a photographer's name and an agency: the line above it is what the picture shows."""
    for row, following in pairwise(rows):
        credit = following.kind is ZoneKind.CAPTION and marks.CREDIT_ONLY.fullmatch(following.words) is not None
        if credit and row.undecided and len(row.words) < marks.MAX_FURNITURE and not marks.TOLD.search(row.words):
            row.kind = ZoneKind.CAPTION


def _writers_at_the_end(rows: Sequence[Row]) -> None:
    """“Jane Doe covers the statehouse for The Tribune.”: about who wrote it, below all that was written."""
    undecided = [row for row in rows if row.undecided]
    bylines = "\n".join(row.words.lower() for row in rows if not row.prose and len(row.words) < _MAX_TITLE)
    for row in reversed(undecided[_FEWEST_SENTENCES:]):
        writer = marks.WRITER.match(row.words) if len(row.words) <= marks.MAX_FURNITURE else None
        if writer and (writer["name"] is None or writer["name"].strip().lower() in bylines):
            row.kind = ZoneKind.SITE_CHROME
        elif row.prose:
            return


def _end_matter(rows: Sequence[Row]) -> None:
    """After the article: titles under “Related”, readers under “3 Comments”. Most prose came before."""
    total = sum(len(row.words) for row in rows if row.prose and row.undecided)
    start = first_comment(rows)
    before = 0
    comments = ended = False
    for index, row in enumerate(rows):
        heading = bool(before) and is_heading(row.words)
        ends = bool(before) and row.kind is ZoneKind.SITE_CHROME and row.ends
        if heading and (before * 2 >= total or (start is not None and index <= start)):
            comments, row.kind = True, ZoneKind.SITE_CHROME
        elif start is not None and (index == start or (index > start and is_mark(row.words))):
            comments, row.kind = True, row.kind or ZoneKind.READER_COMMENT
        elif ends and (comments or before * 4 >= total * 3):
            comments, ended = False, True
        elif not row.undecided:
            continue
        elif comments:
            row.kind = ZoneKind.READER_COMMENT
        elif ended and (not row.prose or marks.AUTHOR_NOTE.match(rows[index - 1].words)):
            row.kind = ZoneKind.SITE_CHROME
        elif row.prose:
            before += len(row.words)


def _indented_comments(rows: Sequence[Row]) -> None:
    """Comments flattened into the text keep their indent: a last indented block under a longer, flush body."""
    first = len(rows)
    while first > 0 and (rows[first - 1].line.indent >= _COMMENT_INDENT or not rows[first - 1].undecided):
        first -= 1
    block = [row for row in rows[first:] if row.undecided and row.line.indent >= _COMMENT_INDENT]
    flush = [row for row in rows[:first] if row.undecided and row.prose and row.line.indent < _COMMENT_INDENT]
    longer = sum(len(row.words) for row in flush) > sum(len(row.words) for row in block)
    if len(block) > 1 and len(flush) > 1 and longer:
        for row in block:
            row.kind = ZoneKind.READER_COMMENT


def _names_beside_furniture(rows: Sequence[Row]) -> None:
    """Names and labels between the buttons: writers, places, tags. A longer line may be the article's last word."""
    sentences = [index for index, row in enumerate(rows) if row.undecided and row.prose]
    if len(sentences) < _FEWEST_SENTENCES:
        return
    below = rows[sentences[0] :]
    _runs_of_labels(below)
    behind_furniture = False
    for row, following in zip_longest(below, below[1:]):
        beside = behind_furniture or (following is not None and following.kind in _FURNITURE)
        if row.undecided and ((beside and _is_plain_name(row.words)) or _is_shouted(row.words)):
            row.kind = ZoneKind.SITE_CHROME
        behind_furniture = row.kind in _FURNITURE


def _is_plain_name(words: str) -> bool:
    return is_name(words) and words[0] not in _NO_LABEL and not PROSE_END.search(words)


def _is_shouted(words: str) -> bool:
    """“COUNCIL BANS CRATES ON SIDEWALKS”: in capitals throughout, a link to another story."""
    return words.isupper() and len(words.split()) >= _FEWEST_LABELS and not PROSE_END.search(words)


def _runs_of_labels(rows: Sequence[Row]) -> None:
    """Three and more lines of one to three words, one below the other, are tags or a menu."""
    for label, group in groupby(rows, key=_is_label):
        run = list(group)
        if label and len(run) >= _FEWEST_LABELS:
            for row in run:
                row.kind = ZoneKind.SITE_CHROME


def _is_label(row: Row) -> bool:
    few = row.undecided and len(row.words) < _LONGEST_LABEL and len(row.words.split()) <= _FEWEST_LABELS
    return few and row.words[0] not in _NO_LABEL and not PROSE_END.search(row.words)
