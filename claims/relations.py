"""The domain's dictionary, continued: how two claims of different texts relate, and on what their agreement rests.

As in claims.vocabulary, the words here are words that readers see, and nothing knows of Django or of a database.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Relation(StrEnum):
    """How two claims relate, as a reviewer finds."""

    CORROBORATES = "CORROBORATES"
    CONTRADICTS = "CONTRADICTS"
    UPDATES = "UPDATES"
    QUALIFIES = "QUALIFIES"
    FRAMES_DIFFERENTLY = "FRAMES_DIFFERENTLY"
    UNRELATED = "UNRELATED"


@dataclass(frozen=True)
class RelationDefinition:
    """How one relation is named, chosen and told. `verb` stands between the two claims, `key` is the keyboard's.

    `directed` says that it goes from one claim to the other: the newer updates the older, the narrower qualifies the
    wider.
    """

    relation: Relation
    name: str
    verb: str
    key: str
    test: str
    directed: bool = False


RELATIONS: Final = (
    RelationDefinition(
        Relation.CORROBORATES,
        "Corroborates",
        "says the same as",
        "1",
        "Same referents, same predicate, overlapping time: both say it.",
    ),
    RelationDefinition(
        Relation.CONTRADICTS,
        "Contradicts",
        "contradicts",
        "2",
        "Same referents, overlapping time: both cannot hold.",
    ),
    RelationDefinition(
        Relation.UPDATES,
        "Updates",
        "updates",
        "3",
        "A state that can change, told at a later time: both were right when they were written.",
        directed=True,
    ),
    RelationDefinition(
        Relation.QUALIFIES,
        "Qualifies",
        "qualifies",
        "4",
        "One narrows the other or adds a condition; both hold.",
        directed=True,
    ),
    RelationDefinition(
        Relation.FRAMES_DIFFERENTLY,
        "Frames differently",
        "frames differently from",
        "5",
        "The same event, characterised differently; or two opinions.",
    ),
    RelationDefinition(
        Relation.UNRELATED,
        "Unrelated",
        "has nothing to do with",
        "0",
        "Looked at, no relation: remembered, and never suggested again.",
    ),
)
RELATION_BY_VALUE: Final = {definition.relation: definition for definition in RELATIONS}
DIRECTED: Final = frozenset(definition.relation for definition in RELATIONS if definition.directed)
# Two claims agree or clash only about one time: neither relation is confirmed before both times are known to overlap.
TIME_BOUND: Final = frozenset({Relation.CORROBORATES, Relation.CONTRADICTS})
# What joins claims into a matter.
MATTER_RELATIONS: Final = TIME_BOUND


class Subtype(StrEnum):
    """In what two claims contradict each other."""

    NUMBER = "number"
    DATE = "date"
    AGENT = "agent"
    PLACE = "place"
    REFERENCE = "reference"
    NEGATION = "negation"
    CAUSE = "cause"
    SCOPE = "scope"
    MISQUOTE = "misquote"


SUBTYPE_NAMES: Final = {
    Subtype.NUMBER: "different numbers",
    Subtype.DATE: "different dates",
    Subtype.AGENT: "different people or bodies did it",
    Subtype.PLACE: "different places",
    Subtype.REFERENCE: "different references, such as two article numbers of one treaty",
    Subtype.NEGATION: "one denies what the other says",
    Subtype.CAUSE: "different causes or reasons",
    Subtype.SCOPE: "all against some, or everywhere against somewhere",
    Subtype.MISQUOTE: "one misquotes what the other gives",
}


class Independence(StrEnum):
    """Whether two claims that agree rest on different origins."""

    UNKNOWN = "unknown"
    INDEPENDENT = "independent"
    SHARED = "shared_origin"


INDEPENDENCE_NAMES: Final = {
    Independence.UNKNOWN: "unknown",
    Independence.INDEPENDENT: "independent",
    Independence.SHARED: "shared origin",
}
INDEPENDENCE_TESTS: Final = {
    Independence.UNKNOWN: "Nothing shows either. That no sign of copying was found is no sign of independence.",
    Independence.INDEPENDENT: "Each has evidence of its own: different named persons, own documents, own reporters "
    "there. Say which.",
    Independence.SHARED: "Both rest on one origin. Tick the signs of it, or say which.",
}


class OriginSignKind(StrEnum):
    """What shows that two texts rest on one origin."""

    SHARED_PASSAGE = "shared_passage"
    SAME_QUOTATION = "same_quotation"
    CREDIT_LINE = "credit_line"
    SAME_VOICE = "same_voice"
    SAME_ROOT = "same_root"
    CAPTION_REPEAT = "caption_repeat"
    NEAR_COPY = "near_copy"


ORIGIN_SIGN_NAMES: Final = {
    OriginSignKind.SHARED_PASSAGE: "a shared run of eight or more words outside quotations",
    OriginSignKind.SAME_QUOTATION: "identical wording of a quotation",
    OriginSignKind.CREDIT_LINE: "a credit to the other, or to the same agency",
    OriginSignKind.SAME_VOICE: "the same reporting voice or publisher",
    OriginSignKind.SAME_ROOT: "the same first source or utterance",
    OriginSignKind.CAPTION_REPEAT: "a caption or teaser that repeats the text",
    OriginSignKind.NEAR_COPY: "the texts are nearly copies of each other",
}


class LinkState(StrEnum):
    """Where a link stands on its way to being settled."""

    OPEN = "open"
    PROPOSED = "proposed"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


LINK_STATE_NAMES: Final = {
    LinkState.OPEN: "open: nobody's finding stands",
    LinkState.PROPOSED: "proposed",
    LinkState.DISPUTED: "disputed",
    LinkState.CONFIRMED: "confirmed",
    LinkState.REJECTED: "rejected: looked at, unrelated",
}
LINK_SETTLED: Final = (LinkState.CONFIRMED, LinkState.REJECTED)
# How many equal findings settle a link where no moderator rules.
LINK_ASSESSMENTS_NEEDED: Final = 2


class SuggestionState(StrEnum):
    """What became of a pair that the workbench proposed to compare."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


SUGGESTION_STATE_NAMES: Final = {
    SuggestionState.OPEN: "open",
    SuggestionState.CONFIRMED: "confirmed: the two are related",
    SuggestionState.REJECTED: "rejected: never proposed again",
}
