"""The domain's dictionary: labels, strengths, relations, states and their moves.

One version of the scheme is in force at a time; every assessment stores the version that it was made under.
The method page is generated from this module, so the words here are words that readers see.
Nothing here knows of Django or of a database.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SCHEME_VERSION: Final = 1


class Label(StrEnum):
    """What a reviewer decides about a claim."""

    SOURCED = "SOURCED"
    UNSOURCED = "UNSOURCED"
    OPINION = "OPINION"
    NOT_A_CLAIM = "NOT_A_CLAIM"


@dataclass(frozen=True)
class LabelDefinition:
    """How one label is named, marked and chosen. `key` is the keyboard's, `letter` the mark in the margin."""

    label: Label
    name: str
    letter: str
    key: str
    definition: str


LABELS: Final = (
    LabelDefinition(
        Label.SOURCED,
        "Sourced",
        "S",
        "1",
        "The text says who or what the statement comes from, precisely enough that somebody could look it up: "
        "strength 2 or more. Sourced is not true: it says where a statement comes from, not whether it holds.",
    ),
    LabelDefinition(
        Label.UNSOURCED,
        "Unsourced",
        "U",
        "2",
        "Evidence could settle the statement, and the text names nobody who could be looked up: strength 0 or 1. "
        "A hedge such as “reportedly” is not a source. An opinion article can hold unsourced facts.",
    ),
    LabelDefinition(
        Label.OPINION,
        "Opinion",
        "O",
        "3",
        "No evidence could ever settle it, and the article says it in its own voice: an evaluation, a rhetorical "
        "question, irony, speculation that draws a conclusion, a loaded comparison. An opinion that somebody else "
        "is said to hold is sourced.",
    ),
    LabelDefinition(
        Label.NOT_A_CLAIM,
        "Not a claim",
        "N",
        "0",
        "Nothing is stated: a heading that only names its topic, a fragment, a greeting. Chosen explicitly, so that "
        "a reading can be finished.",
    ),
)
LABEL_BY_VALUE: Final = {definition.label: definition for definition in LABELS}


class Reason(StrEnum):
    """Why a claim is unsourced."""

    BARE = "bare"
    HEDGE = "hedge"
    VAGUE = "vague"
    PASSIVE = "passive"
    BACKGROUND = "background"
    PRESUPPOSED = "presupposed"


REASONS: Final = {
    Reason.BARE: "a bare assertion: nobody is named and no hedge is used",
    Reason.HEDGE: "only a hedge stands there: “reportedly”, “allegedly”, “seemingly”",
    Reason.VAGUE: "a vague collective: “sources”, “experts say”, a country as the speaker with no utterance",
    Reason.PASSIVE: "a passive without an agent: “has been likened to”",
    Reason.BACKGROUND: "common knowledge, given as background (low priority)",
    Reason.PRESUPPOSED: "presupposed under another clause: “reportedly furious that X” asserts X",
}

STRENGTHS: Final = {
    5: "witnessed by the writer, or a document cited so that it can be opened",
    4: "a named person on the record, with a venue or occasion, or a date to the day",
    3: "a named body; or a named person with neither venue nor day",
    2: "unnamed but described, with standing to know",
    1: "vague: “sources”, “experts say”, a country as the speaker with no utterance",
    0: "nothing, or only a hedge",
}
# Which strengths a label can have; the database holds the same rule as a constraint.
STRENGTHS_OF: Final[dict[Label, tuple[int, ...]]] = {
    Label.SOURCED: (2, 3, 4, 5),
    Label.UNSOURCED: (0, 1),
    Label.OPINION: (),
    Label.NOT_A_CLAIM: (),
}

STEPS: Final = (
    ("Zone", "Not headline or body? Then it is not a claim of this article."),
    ("Split", "If two parts of the sentence would get different answers below, they are two claims."),
    (
        "Could evidence ever settle it?",
        "If not, and the article says it in its own voice, it is opinion. If somebody else is said to hold it, go on: "
        "a quoted opinion is sourced.",
    ),
    (
        "Who does the text say it comes from, and could I look that up?",
        "Strength 2 or more: sourced. Strength 0 or 1: unsourced, with a reason.",
    ),
)


class ZoneKind(StrEnum):
    """What part of a page a stretch of text is. Every character of a revision is in exactly one zone."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    UPDATE_NOTE = "update_note"
    REPLY_NOTE = "reply_note"
    READER_COMMENT = "reader_comment"
    SITE_CHROME = "site_chrome"


ZONE_NAMES: Final = {
    ZoneKind.HEADLINE: "Headline",
    ZoneKind.BODY: "Body",
    ZoneKind.CAPTION: "Caption, not coverage",
    ZoneKind.UPDATE_NOTE: "Update note, not coverage",
    ZoneKind.REPLY_NOTE: "Reply note, not coverage",
    ZoneKind.READER_COMMENT: "Reader comment, not coverage",
    ZoneKind.SITE_CHROME: "Page furniture, not coverage",
}
COVERAGE_ZONES: Final = frozenset({ZoneKind.HEADLINE, ZoneKind.BODY})


class Basis(StrEnum):
    """What a stated fact about an article rests on."""

    NOT_STATED = "not_stated"
    IN_TEXT = "in_text"
    FOUND_ELSEWHERE = "found_elsewhere"
    INFERRED = "inferred"


BASIS_NAMES: Final = {
    Basis.NOT_STATED: "not stated",
    Basis.IN_TEXT: "in the text",
    Basis.FOUND_ELSEWHERE: "found elsewhere",
    Basis.INFERRED: "inferred",
}


class OutletKind(StrEnum):
    """What is known of the place where a text was published."""

    PUBLISHER = "original_publisher"
    REPUBLISHER = "republisher"
    OPINION_SITE = "opinion_site"
    STATE_MEDIA = "state_media"
    UNKNOWN = "unknown"


OUTLET_KIND_NAMES: Final = {
    OutletKind.PUBLISHER: "original publisher",
    OutletKind.REPUBLISHER: "republisher",
    OutletKind.OPINION_SITE: "opinion site",
    OutletKind.STATE_MEDIA: "state media",
    OutletKind.UNKNOWN: "unknown",
}


class ClaimState(StrEnum):
    """Where a claim stands on its way to being settled."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    AGREED = "agreed"
    DISPUTED = "disputed"
    RULED = "ruled"


SETTLED: Final = (ClaimState.AGREED, ClaimState.RULED)
# A claim is blind until it is settled: a reviewer sees these three words and no others for the states before that.
DONE_BY_YOU: Final = "done"
STATE_NAMES: Final = {
    ClaimState.OPEN: "open",
    ClaimState.IN_REVIEW: "in review",
    ClaimState.AGREED: "agreed",
    ClaimState.DISPUTED: "disputed",
    ClaimState.RULED: "ruled",
    DONE_BY_YOU: "done by you",
}
# Reviewers change and take back their own assessments until a moderator rules: who agreed can still add strength,
# reason and note, or see that it was a slip of the finger. A ruled claim moves when it is reopened.
# Staying where one is is no move. docs/architecture.md draws this table.
TRANSITIONS: Final[dict[ClaimState, frozenset[ClaimState]]] = {
    ClaimState.OPEN: frozenset({ClaimState.IN_REVIEW, ClaimState.AGREED, ClaimState.RULED}),
    ClaimState.IN_REVIEW: frozenset({ClaimState.OPEN, ClaimState.DISPUTED, ClaimState.AGREED, ClaimState.RULED}),
    ClaimState.DISPUTED: frozenset({ClaimState.IN_REVIEW, ClaimState.AGREED, ClaimState.RULED}),
    ClaimState.AGREED: frozenset({ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.RULED}),
    ClaimState.RULED: frozenset({ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.DISPUTED}),
}
# How many assessments a claim takes before equal labels settle it, where its story says nothing else.
ASSESSMENTS_NEEDED: Final = 2
MOST_ASSESSMENTS_NEEDED: Final = 9


class Aside(StrEnum):
    """Why a claim is out of all work and all lists. Its state stays what it is, and comes back with it."""

    HIDDEN = "hidden"
    RETIRED = "retired"
    REDRAWN = "redrawn"
    ORPHANED = "orphaned"


ASIDE_NAMES: Final = {
    Aside.HIDDEN: "hidden by a moderator",
    Aside.RETIRED: "retired in favour of its parts",
    Aside.REDRAWN: "redrawn: other borders took its place",
    Aside.ORPHANED: "orphaned: its words are not found in the text any more",
}


class Notice(StrEnum):
    """What somebody is notified of in the workbench."""

    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    DISPUTED = "disputed"
    RULED = "ruled"
    REOPENED = "reopened"
    ANSWERED = "answered"
    TO_PUBLISH = "to_publish"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


NOTICE_NAMES: Final = {
    Notice.ASSIGNED: "An article was assigned to you",
    Notice.MENTIONED: "You were mentioned",
    Notice.DISPUTED: "Reviewers differ",
    Notice.RULED: "A moderator ruled",
    Notice.REOPENED: "A moderator reopened a claim",
    Notice.ANSWERED: "A moderator answered your flag",
    Notice.TO_PUBLISH: "A verdict waits for a second moderator",
    Notice.PUBLISHED: "A verdict was published",
    Notice.DECLINED: "A verdict was not published",
    Notice.WITHDRAWN: "A published verdict was withdrawn",
}


# About work that moderators do among themselves.
NOTICES_OF_MODERATORS: Final = (Notice.DISPUTED, Notice.TO_PUBLISH, Notice.DECLINED)


class SkipReason(StrEnum):
    """Why a reviewer passes a claim that the queue served."""

    CONTEXT = "context"
    LANGUAGE = "language"
    INVOLVED = "involved"
    UNSURE = "unsure"
    BROKEN = "broken"


SKIP_REASONS: Final = {
    SkipReason.CONTEXT: "I do not know enough about the subject",
    SkipReason.LANGUAGE: "I do not read this language well enough",
    SkipReason.INVOLVED: "I know the people or the outlet too well to judge",
    SkipReason.UNSURE: "I looked, and cannot decide",
    SkipReason.BROKEN: "The sentence is cut wrongly or garbled",
}


class Role(StrEnum):
    """What a person may do, each role with all that the one before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


ROLE_RANK: Final = {role: rank for rank, role in enumerate(Role)}


class ClaimUnit(StrEnum):
    """How a claim's span came about."""

    SENTENCE = "sentence"
    SPAN = "span"


class EventKind(StrEnum):
    """What the event log can say: noun, then verb in the past."""

    ARTICLE_STORED = "article.stored"
    ARTICLE_READ = "article.read"
    IMPORT_BEGUN = "job.import_begun"
    IMPORT_CANCELLED = "job.import_cancelled"
    WORK_IMPORTED = "job.work_imported"
    CORPUS_GENERATED = "job.corpus_generated"
    ARTICLE_WITHDRAWN = "article.withdrawn"
    OUTLET_DESCRIBED = "outlet.described"
    CLAIM_ASSESSED = "claim.assessed"
    ASSESSMENT_RETRACTED = "assessment.retracted"
    CLAIM_RULED = "claim.ruled"
    CLAIM_AGREED = "claim.agreed"
    CLAIM_REOPENED = "claim.reopened"
    CLAIM_RESTATED = "claim.restated"
    CLAIM_RETIRED = "claim.retired"
    CLAIM_HIDDEN = "claim.hidden"
    CLAIM_RESTORED = "claim.restored"
    CLAIM_REDRAWN = "claim.redrawn"
    CLAIM_MOVED = "claim.moved"
    CLAIM_ORPHANED = "claim.orphaned"
    CLAIM_PLACED = "claim.placed"
    WORDING_CONFIRMED = "claim.wording_confirmed"
    CLAIM_ATTRIBUTED = "claim.attributed"
    CLAIM_DATED = "claim.dated"
    EVIDENCE_ADDED = "claim.evidence_added"
    EVIDENCE_CHANGED = "claim.evidence_changed"
    EVIDENCE_REMOVED = "claim.evidence_removed"
    EVIDENCE_RESTORED = "claim.evidence_restored"
    VERDICT_GIVEN = "claim.verdict_given"
    VERDICT_TAKEN_BACK = "claim.verdict_taken_back"
    PUBLICATION_PROPOSED = "claim.publication_proposed"
    PUBLICATION_DECLINED = "claim.publication_declined"
    VERDICT_PUBLISHED = "claim.verdict_published"
    VERDICT_WITHDRAWN = "claim.verdict_withdrawn"
    SOURCE_CREATED = "source.created"
    SOURCE_DESCRIBED = "source.described"
    SOURCE_MERGED = "source.merged"
    SOURCE_UNMERGED = "source.unmerged"
    ARTICLE_REVISED = "article.revised"
    CLAIM_FLAGGED = "claim.flagged"
    FLAG_ANSWERED = "claim.flag_answered"
    CLAIM_SKIPPED = "claim.skipped"
    CALIBRATION_SET = "claim.calibration_set"
    CALIBRATION_ENDED = "claim.calibration_ended"
    COMMENT_WRITTEN = "claim.comment_written"
    THREAD_RESOLVED = "claim.thread_resolved"
    THREAD_REOPENED = "claim.thread_reopened"
    ARTICLE_LOCKED = "article.locked"
    ARTICLE_UNLOCKED = "article.unlocked"
    ARTICLE_ASSIGNED = "article.assigned"
    ASSIGNMENT_ENDED = "article.assignment_ended"
    ASSESSMENTS_REQUIRED = "story.assessments_required"
    LINK_ASSESSED = "link.assessed"
    LINK_RETRACTED = "link.retracted"
    LINK_RULED = "link.ruled"
    LINK_REOPENED = "link.reopened"
    LINK_RECHECKED = "link.rechecked"
    SUGGESTION_REJECTED = "suggestion.rejected"
    SUGGESTION_REOPENED = "suggestion.reopened"
    EXAMPLE_LOADED = "example.loaded"
    EXAMPLE_REMOVED = "example.removed"
    BACKUP_MADE = "backup.made"
    STORY_CREATED = "story.created"
    STORY_DESCRIBED = "story.described"
    STORY_PUBLISHED = "story.published"
    STORY_UNPUBLISHED = "story.unpublished"
    ARTICLE_PLACED = "article.placed"
    CORRECTION_REQUESTED = "correction.requested"
    CORRECTION_ANSWERED = "correction.answered"
    ACCOUNT_CREATED = "account.created"
    ROLE_CHANGED = "account.role_changed"
    ACCOUNT_BLOCKED = "account.blocked"
    ACCOUNT_UNBLOCKED = "account.unblocked"
    TOKEN_MADE = "account.token_made"  # noqa: S105 - the name of an event
    TOKEN_REVOKED = "account.token_revoked"  # noqa: S105 - the name of an event
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - the name of an event, not a password
