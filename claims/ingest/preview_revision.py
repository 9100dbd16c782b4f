"""What would become of an article's claims if a changed text of it came into force. Nothing is written."""

from dataclasses import dataclass

from claims.ingest.bring_into_force import sentences_of
from claims.ingest.keep_text import readable, revision_of
from claims.ingest.plan_carrying import Course, plan
from claims.ingest.revise_article import SAME
from claims.models import ArticleStatus
from claims.refusals import Invalid
from claims.text import zones


@dataclass(frozen=True)
class Preview:
    """The changed text, its hash, and what would become of claims: how many, and those that somebody would look at.

    `counts` has moved, reworded, orphaned and returned; `changed` are the courses of claims that would not simply move.
    """

    text: str
    sha256: str
    counts: dict[str, int]
    changed: list[Course]


def preview_revision(status: ArticleStatus, raw: bytes) -> Preview:
    """Compare the bytes with the article's text in force; `status` comes with its revision.

    Raises Invalid with what is wrong with the bytes, and where they say nothing new: line ends apart, the same text.
    """
    text = readable(raw).text
    key, sha256 = revision_of(status.article_id, raw)
    if key == status.revision_id or _with_plain_line_ends(text) == _with_plain_line_ends(status.revision.text):
        raise Invalid(SAME)
    found = zones.read(text)
    course = plan(status.article_id, key, text, found, sentences_of(text, found))
    changed = [one for one in course.found if one.reworded or one.returns]
    changed += [one for one in course.lost if one.is_orphaned]
    changed.sort(key=lambda one: (one.claim.start, one.claim.pk))
    return Preview(text, sha256, course.count(), changed)


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
