"""Where on a page its readers begin to speak: under a heading for comments, or at lines that only comments have."""

import re
from collections.abc import Sequence
from typing import Final

from claims.text import page_marks as marks
from claims.text.page_rows import Row

_LONGEST_MARK: Final = 120
_NEAR: Final = 14
_MOST_BEFORE_MARK: Final = 6

# What stands above a comment: its writer, often with the time.
_DAY: Final = r"(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4})"
_ABOVE: Final = re.compile(
    r"(?:[^.!?]{1,60}\s(?:says|said|wrote|writes)(?:\.\.\.|…|:)"
    r"|[\w.@'’ -]{1,50}\s?[•·]\s?(?:about )?(?:\d{1,3}|an?) (?:year|month|week|day|hour|min|minute|hr)s? ago.{0,20}"
    r"|\S{1,40} \d{1,4} ?pts.{0,20}"
    rf"|[\w.'’-]{{1,30}}(?: [\w.'’-]{{1,30}}){{0,2}},? {_DAY} at \d{{1,2}}[:.]\d\d.{{0,12}})$"
)
# A forum's second post and those after it.
_POST: Final = re.compile(r"(?:Re: .{1,100}|.{4,40} #(?:[2-9]|\d{2,4}))$")
# What stands below one: the buttons of its page, with their counters.
_BELOW: Final = re.compile(
    r"(?:(?:\d{1,5}\s?[•·]\s?)?(?:Like|Reply|Upvote|Share)s?\s?+(?:[•·|]\s?+(?:Like|Reply|Share|Report|Flag|Edited|"
    r"\d{1,4}\s?+[a-z]{0,6}+)\s?+›?+\s?+)++"
    r"|\d{1,5} (?:Recommend|Upvote|Thumbs up)s?(?:ed)?"
    r"|Like Reply|Reply Share|Expand full comment|Liked by .{1,60})$"
)


def is_mark(words: str) -> bool:
    """Tell whether a line is one that stands above or below a comment and nowhere else."""
    return len(words) <= _LONGEST_MARK and (_stands_above(words) or _BELOW.match(words) is not None)


def _stands_above(words: str) -> bool:
    return _ABOVE.match(words) is not None or _POST.match(words) is not None


def first_comment(rows: Sequence[Row]) -> int | None:
    """The index of the row at which comments begin that have marks of their own; None where there are none.

    One mark may be chance, as in “The minister said:”; two are not, nor is one under a heading for comments.
    """
    found = [index for index, row in enumerate(rows) if is_mark(row.words)]
    if not found:
        return None
    first = found[0]
    heading = any(is_heading(row.words) for row in rows[max(0, first - _NEAR) : first])
    before = sum(len(row.words) for row in rows[:first] if row.prose and row.undecided)
    after = sum(len(row.words) for row in rows[first:] if row.prose and row.undecided)
    if (
        not before
        or (len(found) < 2 and not heading and not _POST.match(rows[first].words))
        or (before * 4 < after and not heading)
    ):
        return None
    return first if _stands_above(rows[first].words) else _writer_above(rows, first)


def is_heading(words: str) -> bool:
    """“3 Comments”, “2 thoughts on …”: a line over what readers wrote."""
    return len(words) <= marks.MAX_FURNITURE and marks.COMMENT_HEADING.match(words) is not None


def _writer_above(rows: Sequence[Row], mark: int) -> int:
    """Go back from the buttons below a comment to the first line of it, at most so many."""
    start = mark
    while start > max(0, mark - _MOST_BEFORE_MARK) and (rows[start - 1].undecided or not rows[start - 1].ends):
        if rows[start - 1].kind is not None and not rows[start - 1].words[-1:].isdigit():
            break
        start -= 1
    return start
