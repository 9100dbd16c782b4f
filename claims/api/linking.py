"""How two claims relate: findings of one's own, rulings, and pairs that are not worth comparing."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.moderating import SentReason, SentRemark
from claims.api.pairs import OnePair
from claims.api.schema import Method, operation
from claims.api.writing import Sent, WritingView, moderates
from claims.coverage.decide_suggestion import reject_suggestion, reopen_suggestion
from claims.coverage.finding import Finding
from claims.coverage.link_claims import link_claims
from claims.coverage.reopen_link import reopen_link
from claims.coverage.retract_link import retract_link
from claims.coverage.rule_on_link import rule_on_link
from claims.permissions import check_can_link
from claims.relations import INDEPENDENCE_NAMES, ORIGIN_SIGN_NAMES, RELATIONS, SUBTYPE_NAMES, Independence
from claims.text.sanitise import MAX_NOTE
from claims.transfers import Scope

GROUP: Final = "Links"
RELATION_CHOICES: Final = [(relation.relation.value, relation.name) for relation in RELATIONS]
SUBTYPE_CHOICES: Final = [(subtype.value, name) for subtype, name in SUBTYPE_NAMES.items() if subtype]
ORIGIN_CHOICES: Final = [(found.value, name) for found, name in INDEPENDENCE_NAMES.items()]
SIGN_CHOICES: Final = [(sign.value, name) for sign, name in ORIGIN_SIGN_NAMES.items()]
LINK: Final = "c1d2e3f4-a5b6-5c7d-8e9f-0a1b2c3d4e5f"


class SentFinding(Sent):
    """How two claims relate."""

    relation = serializers.ChoiceField(choices=RELATION_CHOICES)
    subtype = serializers.ChoiceField(
        choices=SUBTYPE_CHOICES, allow_blank=True, default="", help_text="Of a contradiction alone."
    )
    origin = serializers.UUIDField(
        allow_null=True, default=None, help_text="Of an update or qualification: the claim that it goes from."
    )
    independence = serializers.ChoiceField(choices=ORIGIN_CHOICES, default=Independence.UNKNOWN.value)
    signs = serializers.ListField(
        child=serializers.ChoiceField(choices=SIGN_CHOICES), max_length=len(SIGN_CHOICES), default=list,
        help_text="Of a shared origin.",
    )  # fmt: skip
    basis = serializers.CharField(
        max_length=MAX_NOTE, allow_blank=True, default="", help_text="Evidence of the origin."
    )


class SentOwnFinding(SentFinding):
    """How two claims relate, as one finds."""

    reason = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, default="")


class SentLinkRuling(SentFinding):
    """How two claims relate, as is settled."""

    explanation = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, default="")
    seen = serializers.CharField(
        max_length=4_000, allow_blank=True, allow_null=True, default=None,
        help_text="The mark of the findings that you looked at; refused where one has changed since.",
    )  # fmt: skip


def finding_of(sent: dict[str, Any]) -> Finding:
    """The finding in what was sent."""
    names = ("relation", "subtype", "origin", "independence", "basis")
    return Finding(**{name: sent[name] for name in names}, signs=tuple(sent["signs"]), reason=sent.get("reason", ""))


class OwnFindingShape(serializers.Serializer[Any]):
    """One's own finding, and of the link what is not blind."""

    link = serializers.UUIDField()
    relation = serializers.ChoiceField(choices=RELATION_CHOICES, allow_blank=True)
    relation_name = serializers.CharField(allow_blank=True)
    subtype = serializers.ChoiceField(choices=SUBTYPE_CHOICES, allow_blank=True)
    origin = serializers.CharField(allow_blank=True)
    independence = serializers.ChoiceField(choices=ORIGIN_CHOICES, allow_blank=True)
    signs = serializers.ListField(child=serializers.CharField())
    basis = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    settled = serializers.CharField(allow_blank=True, help_text="What it is settled as.")
    state = serializers.CharField()
    time_rule = serializers.CharField(allow_blank=True, help_text="Why the times hold it back.")
    offers = serializers.CharField(allow_blank=True, help_text="The relation that the times offer instead.")


class KeptLinkRulingShape(serializers.Serializer[Any]):
    """A ruling on a link."""

    relation = serializers.ChoiceField(choices=RELATION_CHOICES)
    subtype = serializers.ChoiceField(choices=SUBTYPE_CHOICES, allow_blank=True)
    forward = serializers.BooleanField(allow_null=True, help_text="Whether it goes from A to B.")
    independence = serializers.ChoiceField(choices=ORIGIN_CHOICES)
    signs = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()
    state = serializers.CharField()


class LinkStandingShape(serializers.Serializer[Any]):
    """A link's state and version."""

    link = serializers.UUIDField()
    state = serializers.CharField()
    version = serializers.IntegerField()


class SuggestionStandingShape(serializers.Serializer[Any]):
    """A suggestion's state and version."""

    suggestion = serializers.IntegerField()
    state = serializers.CharField()
    version = serializers.IntegerField()


SENT: Final = {"relation": "CONTRADICTS", "subtype": "date", "reason": "Friday against Thursday."}
EXAMPLE: Final = {
    "link": LINK, "relation": "CONTRADICTS", "relation_name": "Contradicts", "subtype": "date", "origin": "",
    "independence": "unknown", "signs": [], "basis": "", "reason": "Friday against Thursday.", "version": 1,
    "settled": "", "state": "proposed", "time_rule": "", "offers": "",
}  # fmt: skip
RULED: Final = {"relation": "CONTRADICTS", "subtype": "date", "explanation": "They give two days."}
RULED_EXAMPLE: Final[dict[str, Any]] = {
    "relation": "CONTRADICTS", "subtype": "date", "forward": None, "independence": "unknown", "signs": [],
    "version": 1, "state": "confirmed",
}  # fmt: skip


class FindingOnPair(WritingView, OnePair):
    """Two claims side by side, and how they relate, as one finds."""

    scopes = {"GET": Scope.READ, "PUT": Scope.REVIEW}
    rules = {"PUT": check_can_link}

    @operation("Link two claims", group=GROUP, answers=OwnFindingShape, example=EXAMPLE, takes=SentOwnFinding,
               sent=SENT, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, claim_id: UUID, other_id: UUID) -> Response:
        """Store what you find of the two. The version is that of your own finding: `"0"` for none."""
        finding = finding_of(self.sent(SentOwnFinding))
        return self.kept(link_claims, "reason", "basis", claim_id=claim_id, other_id=other_id, finding=finding)


class OwnFinding(WritingView):
    """One's own finding of a link."""

    scopes = {"DELETE": Scope.REVIEW}
    rules = {"DELETE": check_can_link}

    @operation("Take your finding of a pair back", group=GROUP, answers=OwnFindingShape,
               example=EXAMPLE | {"relation": "", "relation_name": "", "subtype": "", "reason": "", "version": 0,
                                  "independence": "", "state": "open"},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def delete(self, request: Request, link_id: UUID) -> Response:
        """The history keeps it."""
        return self.kept(retract_link, "reason", "basis", link_id=link_id)


class RulingOnLink(WritingView):
    """The ruling on a link."""

    scopes = {"PUT": Scope.MODERATE}
    rules = {"PUT": moderates("rule on links")}

    @operation("Rule on a link", group=GROUP, answers=KeptLinkRulingShape, example=RULED_EXAMPLE, takes=SentLinkRuling,
               sent=RULED, changes=True, keyed=True, errors=(410,))  # fmt: skip
    def put(self, request: Request, link_id: UUID) -> Response:
        """Settle it, whatever reviewers found. The version is the ruling's: `"0"` for none."""
        sent = self.sent(SentLinkRuling)
        told = {name: sent[name] for name in ("explanation", "seen")}
        return self.kept(rule_on_link, link_id=link_id, finding=finding_of(sent), **told)


class LinkReopened(WritingView):
    """A settled link that takes findings again."""

    scopes = {"POST": Scope.MODERATE}
    rules = {"POST": moderates("reopen links")}

    @operation("Reopen a link", group=GROUP, answers=LinkStandingShape, takes=SentReason,
               example={"link": LINK, "state": "open", "version": 5}, sent={"reason": "A source came to light."},
               changes=True, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, link_id: UUID) -> Response:
        """The history keeps what it was settled as. The version is the link's."""
        reason = self.sent(SentReason)["reason"]
        return self.kept(reopen_link, link_id=link_id, reason=reason)


class _DecidedView(WritingView):
    scopes = {"POST": Scope.MODERATE}

    def decided(self, deed: Any, suggestion_id: int) -> Response:
        """Do it, with the reason that was sent."""
        reason = self.sent(SentRemark)["reason"]
        return self.kept(deed, suggestion_id=suggestion_id, reason=reason)


def _described(summary: str, state: str) -> Callable[[Method], Method]:
    return operation(
        summary, group=GROUP, answers=SuggestionStandingShape, takes=SentRemark, sent={"reason": ""},
        example={"suggestion": 12, "state": state, "version": 1}, changes=True, keyed=True, errors=(410,),
    )  # fmt: skip


class SuggestionRejected(_DecidedView):
    """A suggested pair that is not worth comparing."""

    rules = {"POST": moderates("reject suggestions")}

    @_described("Reject a suggested pair", "rejected")
    def post(self, request: Request, suggestion_id: int) -> Response:
        """It is remembered, and never suggested again."""
        return self.decided(reject_suggestion, suggestion_id)


class SuggestionReopened(_DecidedView):
    """A rejected pair that is suggested again."""

    rules = {"POST": moderates("reopen suggestions")}

    @_described("Suggest a rejected pair again", "open")
    def post(self, request: Request, suggestion_id: int) -> Response:
        """Or it is what its link was settled as since."""
        return self.decided(reopen_suggestion, suggestion_id)
