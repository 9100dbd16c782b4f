"""Verdicts on their way to readers, in the order in which a desk does it."""

from uuid import UUID, uuid4

from claims.models import Claim, User, Verdict, VerdictPublication
from claims.receipts import Outcome
from claims.review.add_evidence import add_evidence
from claims.review.decide_publication import decline_publication, publish_verdict
from claims.review.give_verdict import Finding, give_verdict
from claims.review.given_evidence import Given
from claims.review.propose_publication import propose_publication
from claims.review.withdraw_publication import withdraw_publication


def evidence(claim: Claim, by: User, url: str = "https://council.example/minutes", **parts: str) -> UUID:
    """A piece of evidence that refutes the claim."""
    given = Given(**{"url": url, "stance": "refutes", "title": "Minutes of the council"} | parts)
    return UUID(str(add_evidence(by=by, claim_id=claim.pk, given=given, key=uuid4())["evidence"]))


def judge(
    claim: Claim,
    by: User,
    value: str = "refuted",
    explanation: str = "The minutes say so.",
    on: tuple[UUID, ...] = (),
    **parts: str,
) -> Verdict:
    """`by` says whether the settled claim holds."""
    old = Verdict.objects.filter(claim=claim).first()
    give_verdict(
        by=by, claim_id=claim.pk, finding=Finding(value, explanation, **parts), evidence=on,
        expected_version=old.version if old else 0, key=uuid4(),
    )  # fmt: skip
    return Verdict.objects.get(claim=claim)


def propose(claim: Claim, by: User, correction: str = "", **sent: object) -> VerdictPublication:
    """`by` puts the verdict in force forward."""
    version = Verdict.objects.get(claim=claim).version
    sent = {"expected_version": version, "key": uuid4()} | sent
    propose_publication(by=by, claim_id=claim.pk, correction=correction, **sent)  # type: ignore[arg-type]
    return newest(claim)


def publish(claim: Claim, by: User, **sent: object) -> VerdictPublication:
    """`by` lets the newest publication out."""
    sent = {"number": newest(claim).number, "key": uuid4()} | sent
    publish_verdict(by=by, claim_id=claim.pk, **sent)  # type: ignore[arg-type]
    return newest(claim)


def decline(claim: Claim, by: User, reason: str = "The minutes are a draft.", **sent: object) -> Outcome:
    """`by` keeps the newest publication from readers."""
    sent = {"number": newest(claim).number, "key": uuid4()} | sent
    return decline_publication(by=by, claim_id=claim.pk, reason=reason, **sent)  # type: ignore[arg-type]


def withdraw(claim: Claim, by: User, reason: str = "The minutes were forged.", **sent: object) -> Outcome:
    """`by` takes the newest publication back."""
    sent = {"number": newest(claim).number, "key": uuid4()} | sent
    return withdraw_publication(by=by, claim_id=claim.pk, reason=reason, **sent)  # type: ignore[arg-type]


def newest(claim: Claim) -> VerdictPublication:
    """The newest publication of the claim's verdict."""
    return VerdictPublication.objects.filter(claim=claim).order_by("-number")[0]
