"""Accepting a proposal without script: one button, whose value holds the judgement as the page showed it."""

from django.http import QueryDict

from claims.models import Proposal

_PARTS = ("label", "strength", "reason")


def as_sent(proposal: Proposal) -> str:
    """The proposal as the button's value: "UNSOURCED~0~hedge"."""
    return "~".join([proposal.label, "" if proposal.strength is None else str(proposal.strength), proposal.reason])


def judged(sent: QueryDict) -> QueryDict:
    """What was sent, with the proposal in place of what is chosen in the form where the button was pressed.

    No other form of labels has a field of this name; “accept” is one of adjudication. A made-up value is refused like a
    made-up choice: by the form, and by the room.
    """
    if "proposal" not in sent:
        return sent
    full = sent.copy()
    # Digits of other scripts read as numbers too, and no button of ours holds one.
    parts = accepted.split("~", maxsplit=2) if (accepted := str(sent["proposal"])).isascii() else ["?"]
    for name, value in zip(_PARTS, [*parts, "", ""], strict=False):
        full[name] = value
    return full
