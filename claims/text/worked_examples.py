"""Worked examples of the scheme, from the articles that come with the workbench.

The method page shows them, and so does a page of known answers, beside what somebody got wrong. The reviewer's guide
has the same table; a test holds the two in step.
"""

from dataclasses import dataclass
from typing import Final

from claims.vocabulary import Label, Reason


@dataclass(frozen=True)
class WorkedExample:
    """Words of an article, how they are labelled, and why. Opinion has no strength; only "unsourced" has a reason."""

    words: str
    label: Label
    strength: int | None
    reason: Reason | None
    why: str

    @property
    def grade(self) -> str:
        """Strength and reason in words: "0, hedge", "4", or nothing."""
        return ", ".join(str(part) for part in (self.strength, self.reason) if part is not None)


WORKED_EXAMPLES: Final = (
    WorkedExample(
        "The Kremlin is also reportedly drawing up plans to invade Kazakhstan",
        Label.UNSOURCED,
        0,
        Reason.HEDGE,
        "“reportedly” is a cue with no source behind it",
    ),
    WorkedExample(
        "Kremlin press secretary Dmitry Peskov said on Friday that Armenia has not officially notified Moscow …",
        Label.SOURCED,
        4,
        None,
        "a named person on a named day",
    ),
    WorkedExample(
        "Article 4 states that any ‘aggression …’, according to GlobalSecurity.org.",
        Label.SOURCED,
        3,
        None,
        "a document, cited through somebody else's site",
    ),
    WorkedExample(
        "Ever since the conflict escalated, Russia keeps saying that …",
        Label.UNSOURCED,
        1,
        Reason.VAGUE,
        "a country as the speaker, and no utterance that one could look up",
    ),
    WorkedExample(
        "The CSTO is a military alliance … that’s been likened to a smaller version of NATO",
        Label.UNSOURCED,
        1,
        Reason.PASSIVE,
        "likened by whom?",
    ),
    WorkedExample(
        "‘Azerbaijan’s attack … is a nightmare scenario for Putin’, author and journalist Mark MacKinnon tweeted.",
        Label.SOURCED,
        4,
        None,
        "somebody else's opinion is sourced",
    ),
    WorkedExample(
        "It looks like Armenia is only the beginning.",
        Label.OPINION,
        None,
        None,
        "the writer's own speculation",
    ),
    WorkedExample(
        "… but neither Putin nor the CSTO agreed to send troops",
        Label.UNSOURCED,
        0,
        Reason.BARE,
        "attribution does not carry over “but”: only what stands before it is “according to reports from Bloomberg”",
    ),
)


def examples_for(label: str, reason: str = "") -> tuple[WorkedExample, ...]:
    """The examples of this label and reason; where no example has the reason, those of the label."""
    of_label = tuple(example for example in WORKED_EXAMPLES if example.label == label)
    return tuple(example for example in of_label if reason and example.reason == reason) or of_label
