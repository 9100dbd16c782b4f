"""What every address that changes something has in common: who may, what is sent, its version, its key."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.preconditions import expected_version, idempotency_key
from claims.api.view import ApiView, person, versioned
from claims.models import User
from claims.permissions import check_can_moderate
from claims.text.sanitise import for_editing

Rule = Callable[[User], None]
MAX_VERSION = 2**31 - 1
# Kept as sanitised HTML, and told as the person typed it.
WRITTEN = ("note", "explanation", "reason", "basis")


class Sent(serializers.Serializer[Any]):
    """What a request holds. A field that is none is refused: what stands under a mistyped name would be lost."""

    def to_internal_value(self, data: Any) -> Any:
        """The fields, checked. Raises ValidationError."""
        if isinstance(data, Mapping) and (unknown := data.keys() - self.fields.keys()):
            raise serializers.ValidationError({str(name)[:100]: ["There is no such field."] for name in unknown})
        return super().to_internal_value(data)


class WritingView(ApiView):
    """An address that changes something; `rules` say who may, for each method, before anything else is looked at."""

    rules: ClassVar[Mapping[str, Rule]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find out who asks, and whether they may. Raises NotAllowed."""
        super().initial(request, *args, **kwargs)
        if rule := self.rules.get(str(request.method)):
            rule(person(request))

    @property
    def by(self) -> User:
        """Whose token it is."""
        return person(self.request)

    @property
    def key(self) -> UUID:
        """The key by which a request that is sent again is known. Raises Invalid where there is none."""
        return idempotency_key(self.request)

    @property
    def expected(self) -> int:
        """The version that the change rests on. Raises VersionNeeded and Invalid."""
        return expected_version(self.request)

    def kept(self, verb: Callable[..., Mapping[str, Any]], *names: str, **given: Any) -> Response:
        """Do it in the version and with the key that were sent; what people wrote (`names`) is told as they typed it.

        Raises VersionNeeded, Invalid, and what the verb raises.
        """
        outcome = verb(by=self.by, **given, expected_version=self.expected, key=self.key)
        return versioned(as_typed(outcome, *names))

    def sent(self, kind: type[Sent]) -> dict[str, Any]:
        """What the body holds. Raises ValidationError with each field that does not fit."""
        form = kind(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)


def moderates(deed: str) -> Rule:
    """The rule of a moderator's deed, named as in the sentence that a reviewer gets to read."""
    return lambda by: check_can_moderate(by, deed)


def as_typed(outcome: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What people wrote (of `names`, else of WRITTEN) as they typed it."""
    return dict(outcome) | {name: for_editing(str(outcome[name])) for name in names or WRITTEN if outcome.get(name)}
