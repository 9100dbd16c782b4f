"""The domain's dictionary, continued: the terms for a claim's sources, their route, its evidence, times and verdict.

As in claims.vocabulary, the words here are words that readers see, and nothing knows of Django or of a database.
"""

from enum import StrEnum
from typing import Final


class SourceKind(StrEnum):
    """What a source is, as far as the text says."""

    PERSON = "named_person"
    BODY = "named_body"
    DOCUMENT = "document"
    OUTLET = "other_outlet"
    UNNAMED = "unnamed_described"
    POST = "social_post"


SOURCE_KIND_NAMES: Final = {
    SourceKind.PERSON: "named person",
    SourceKind.BODY: "named body",
    SourceKind.DOCUMENT: "document",
    SourceKind.OUTLET: "other outlet",
    SourceKind.UNNAMED: "unnamed but described",
    SourceKind.POST: "social post",
}


class Party(StrEnum):
    """Whether a source takes part in the conflict that it speaks about."""

    NOT_STATED = ""
    PARTY = "party"
    NOT_PARTY = "not_party"


PARTY_NAMES: Final = {
    Party.NOT_STATED: "not stated",
    Party.PARTY: "a party to the conflict",
    Party.NOT_PARTY: "not a party to it",
}


class Mode(StrEnum):
    """How the text gives what a source said."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    NONE = "none"


MODE_NAMES: Final = {
    Mode.DIRECT: "in the source's own words, quoted",
    Mode.MIXED: "paraphrased, with words of the source in quotation marks",
    Mode.INDIRECT: "paraphrased",
    Mode.NONE: "no attribution",
}


class Scope(StrEnum):
    """Where the text names the source, seen from the claim."""

    SAME = "same"
    ADJACENT = "adjacent"
    ELSEWHERE = "elsewhere"


SCOPE_NAMES: Final = {
    Scope.SAME: "in the same sentence",
    Scope.ADJACENT: "in the sentence or paragraph beside it",
    Scope.ELSEWHERE: "elsewhere in the article",
}


class Quote(StrEnum):
    """What is known of a quotation's wording."""

    VERBATIM = "verbatim"
    TRANSLATED = "translated"
    UNVERIFIED = "unverified"


QUOTE_NAMES: Final = {
    Quote.VERBATIM: "word for word",
    Quote.TRANSLATED: "translated",
    Quote.UNVERIFIED: "not verified",
}


class Stance(StrEnum):
    """How outside material bears on a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    QUALIFIES = "qualifies"
    CONTEXT = "context"


STANCE_NAMES: Final = {
    Stance.SUPPORTS: "supports it",
    Stance.REFUTES: "refutes it",
    Stance.QUALIFIES: "qualifies it",
    Stance.CONTEXT: "gives context",
}


class TimeKind(StrEnum):
    """Which of a claim's two times is meant."""

    EVENT = "event"
    AS_OF = "as_of"


TIME_KIND_NAMES: Final = {
    TimeKind.EVENT: "When it happened",
    TimeKind.AS_OF: "As of when it was said to hold",
}
# Besides these two words a time is a day, month, year or interval as in ISO 8601-2 (EDTF, level 0).
UNKNOWN_TIME: Final = "unknown"
TIMELESS: Final = "timeless"


class VerdictValue(StrEnum):
    """Whether a claim holds, as far as evidence shows: apart from sourcing, and optional."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH = "not_enough"
    OUTDATED = "outdated"


VERDICT_NAMES: Final = {
    VerdictValue.SUPPORTED: "supported",
    VerdictValue.REFUTED: "refuted",
    VerdictValue.CONFLICTING: "conflicting evidence",
    VerdictValue.NOT_ENOUGH: "not enough evidence",
    VerdictValue.OUTDATED: "outdated",
}
