"""What moderators do to claims in the panel: rule, reopen, hide, restore."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms

from claims.admin.deed import Deed, DeedForm, Order, ReasonForm
from claims.admin.words import WITHDRAWN, judged, named, note_in_words
from claims.models import Assessment, Claim, Ruling, User
from claims.permissions import check_can_rule
from claims.receipts import Outcome
from claims.refusals import NotAllowed
from claims.review.reopen_claim import reopen_claim
from claims.review.rule_on_claim import mark_of, rule_on_claim
from claims.review.set_aside import hide_claim, restore_claim
from claims.review.state import Judgement, enough, state_of
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import ASIDE_NAMES, LABELS, REASONS, SETTLED, STATE_NAMES, STRENGTHS, Aside, Label

LABEL_NAMES = {definition.label.value: definition.name for definition in LABELS}


class RulingForm(DeedForm):
    """The judgement that settles each of the claims. The room checks that its parts fit each other."""

    label = forms.ChoiceField(choices=[("", "Choose one"), *LABEL_NAMES.items()])
    strength = forms.TypedChoiceField(
        choices=[("", "None"), *((value, f"{value}: {meaning}") for value, meaning in STRENGTHS.items())],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Sourced takes 2 to 5, unsourced 0 or 1, the others none.",
    )
    reason = forms.ChoiceField(
        choices=[("", "None"), *((reason.value, meaning) for reason, meaning in REASONS.items())],
        required=False,
        help_text="For unsourced only.",
    )
    explanation = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=MAX_NOTE,
        required=False,
        help_text="Why you rule so; it is needed where the ruling takes no reviewer's label, or overturns what was "
        "settled. Readers and reviewers are shown it with each of the claims.",
    )


def ruling_of(claim: Claim) -> Ruling | None:
    """The claim's ruling, if there is one."""
    return getattr(claim, "ruling", None)


def is_withdrawn(claim: Claim) -> bool:
    """Whether the words of the claim are gone."""
    return claim.article.status.withdrawn_at is not None


def _given(claim: Claim) -> list[Assessment]:
    return sorted(claim.assessments.all(), key=lambda assessment: assessment.pk)


def _rule(order: Order) -> Outcome:
    said = order.said
    return rule_on_claim(
        by=order.by,
        claim_id=order.row.pk,
        judgement=Judgement(Label(said["label"]), said["strength"], said["reason"]),
        explanation=said["explanation"],
        expected_version=order.version,
        key=order.key,
        seen=order.mark,
    )


def _doing(verb: Callable[..., Outcome]) -> Callable[[Order], Outcome]:
    """A verb that takes a claim, the version of its status and a reason."""

    def do(order: Order) -> Outcome:
        return verb(
            by=order.by,
            claim_id=order.row.pk,
            reason=order.said["reason"],
            expected_version=order.version,
            key=order.key,
        )

    return do


def _stands(claim: Claim) -> list[str]:
    status, ruling = claim.status, ruling_of(claim)
    return [
        STATE_NAMES[status.state],
        *([ASIDE_NAMES[Aside(status.set_aside)]] if status.set_aside else []),
        *([f"flags that wait for an answer: {status.open_flags}"] if status.open_flags else []),
        *(f"{named(assessment.reviewer)}: {judged(assessment)}" for assessment in _given(claim)),
        *([f"Ruling of {named(ruling.by)}: {judged(ruling)}. {note_in_words(ruling.explanation)}"] if ruling else []),
    ]


def _is_ruled(claim: Claim) -> list[str]:
    labels = {LABEL_NAMES[assessment.label] for assessment in _given(claim)}
    if claim.status.state in SETTLED or not labels:
        return ["ruled as chosen below; this needs an explanation"]
    return [f"ruled as chosen below; as {' or '.join(sorted(labels)).lower()} without an explanation too"]


def _is_open(claim: Claim) -> list[str]:
    given = _given(claim)
    judgements = [Judgement(Label(one.label), one.strength, one.reason) for one in given]
    state = state_of(judgements, None, claim.status.needed, len(given))
    return [STATE_NAMES[state], f"equal labels that settle it then: {enough(claim.status.needed, len(given))}"]


def _is_hidden(claim: Claim) -> list[str]:
    return [ASIDE_NAMES[Aside.HIDDEN], f"its state stays: {STATE_NAMES[claim.status.state]}"]


def _is_back(claim: Claim) -> list[str]:
    parts = ["its parts stay beside it"] if claim.status.set_aside == Aside.RETIRED else []
    return [f"in lists and in work again: {STATE_NAMES[claim.status.state]}", *parts]


def _gone(claim: Claim) -> str:
    if is_withdrawn(claim):
        return "Its article was withdrawn, so it takes no more work."
    return "A newer text has taken its place." if claim.article.status.revision_id != claim.revision_id else ""


def _out_of_work(claim: Claim) -> str:
    aside = claim.status.set_aside
    return _gone(claim) or (f"It is {ASIDE_NAMES[Aside(aside)]}. Restore it first." if aside else "")


def _not_settled(claim: Claim) -> str:
    settled = claim.status.state in SETTLED
    return _out_of_work(claim) or ("" if settled else "It is not settled, so there is nothing to reopen.")


def _already_aside(claim: Claim) -> str:
    aside = claim.status.set_aside
    return _gone(claim) or (f"It is {ASIDE_NAMES[Aside(aside)]} already." if aside else "")


def _not_aside(claim: Claim) -> str:
    return _gone(claim) or ("" if claim.status.set_aside else "It is neither hidden nor retired.")


def _own(claims: Sequence[Claim], viewer: User) -> dict[UUID, str]:
    """The claims that the viewer assessed and so may not rule on. The rule is asked once: it is the same for all."""
    own = [claim for claim in claims if any(one.reviewer_id == viewer.pk for one in claim.assessments.all())]
    if not own:
        return {}
    try:
        check_can_rule(viewer, own[0])
    except NotAllowed as barred:
        return {claim.pk: str(barred) for claim in own}
    return {}


def _ruling_version(claim: Claim) -> int:
    ruling = ruling_of(claim)
    return ruling.version if ruling else 0


def _deed(**parts: Any) -> Deed:
    """What the deeds on claims have in common."""
    return Deed(
        stands=_stands,
        called=lambda claim: claim.exact or WITHDRAWN,
        prefetch=("assessments__reviewer",),
        knows_keys=True,
        **parts,
    )


def _deed_with_reason(**parts: Any) -> Deed:
    return _deed(form=ReasonForm, version=lambda claim: claim.status.version, **parts)


DEEDS = (
    _deed(
        name="rule",
        title="Rule on claims",
        words="rule on claims",
        done="ruled",
        do=_rule,
        form=RulingForm,
        becomes=_is_ruled,
        version=_ruling_version,
        mark=lambda claim: mark_of(claim, claim.assessments.all()),
        unfit=_out_of_work,
        barred=_own,
        caution="Each of these claims is settled with the same ruling, whatever its reviewers said.",
    ),
    _deed_with_reason(
        name="reopen",
        title="Reopen",
        words="reopen claims",
        done="reopened",
        do=_doing(reopen_claim),
        becomes=_is_open,
        unfit=_not_settled,
        caution="Their rulings are set aside, and readers see these claims no longer. The history keeps both.",
    ),
    _deed_with_reason(
        name="hide",
        title="Hide",
        words="hide claims",
        done="hidden",
        do=_doing(hide_claim),
        becomes=_is_hidden,
        unfit=_already_aside,
        caution="Nobody but moderators sees these claims any more, and they take no more work.",
    ),
    _deed_with_reason(
        name="restore",
        title="Restore",
        words="restore claims",
        done="restored",
        do=_doing(restore_claim),
        becomes=_is_back,
        unfit=_not_aside,
    ),
)
