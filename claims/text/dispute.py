"""What a dispute between two statements is: one thing that both cannot be right about."""

from dataclasses import dataclass
from enum import StrEnum

from claims.text.statement import Span


class Kind(StrEnum):
    """What is disputed."""

    NUMBER = "number"
    REFERENCE = "reference"
    DATE = "date"
    NEGATION = "negation"
    ANTONYM = "antonym"
    AGENT = "agent"


@dataclass(frozen=True)
class Dispute:
    """One thing that cannot hold in both, with its words in each."""

    kind: Kind
    words_a: tuple[Span, ...]
    words_b: tuple[Span, ...]
