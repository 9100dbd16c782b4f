"""Proposals as tests want them, whatever the first pass makes of a text today."""

from claims.models import Claim, Proposal
from claims.vocabulary import Label

# What is proposed for the four claims of the cast's article, in reading order: rule, label, strength, reason.
OF_THE_CAST = (
    ("bare", Label.UNSOURCED, 0, "bare"),
    ("said", Label.SOURCED, 4, ""),
    ("hedge", Label.UNSOURCED, 0, "hedge"),
    ("evaluation", Label.OPINION, None, ""),
)
HEDGE = "“reportedly” is a hedge with no source behind it."


def propose(claim: Claim, rule: str, label: Label, strength: int | None = None, reason: str = "") -> None:
    """Propose this for the claim, in place of what was proposed."""
    Proposal.objects.filter(claim=claim).delete()
    place = claim.exact.find("reportedly")
    cue = [claim.start + place, claim.start + place + len("reportedly")] if place >= 0 else None
    claim.proposal = Proposal.objects.create(
        claim=claim,
        rule=rule,
        label=label,
        strength=strength,
        reason=reason,
        why=HEDGE if cue else "Nobody is named as the source.",
        confidence=0.83,
        cue=cue,
        reader_version=1,
    )


def propose_for_the_cast(claims: list[Claim]) -> list[Claim]:
    """Give the four claims what OF_THE_CAST says."""
    for claim, proposed in zip(claims, OF_THE_CAST, strict=True):
        propose(claim, *proposed)
    return claims
