"""The filters of the lists as parameters of the API: the same that the pages offer."""

from typing import Final

from django_filters import ChoiceFilter, DateFilter, FilterSet, UUIDFilter
from drf_spectacular.utils import OpenApiParameter

from claims.api.schema import query

_KEY: Final = {"type": "string", "format": "uuid"}
_DAY: Final = {"type": "string", "format": "date"}
# What depends on who asks: moderators choose among more.
_STATE: Final = "The state as you may know it: a reviewer asks for open, done, or a settled one."


def asks_of(filters: type[FilterSet]) -> list[OpenApiParameter]:
    """A parameter for each filter of the set."""
    return [_parameter(name, one) for name, one in filters.base_filters.items()]


def _parameter(name: str, one: object) -> OpenApiParameter:
    label = str(getattr(one, "label", "") or name)
    if isinstance(one, UUIDFilter):
        return query(name, f"{label}, by its id.", _KEY)
    if isinstance(one, DateFilter):
        return query(name, f"{label}: a day.", _DAY)
    if isinstance(one, ChoiceFilter):
        choices = [str(value) for value, _ in one.extra.get("choices") or []]
        told = _STATE if name == "state" else f"{label}."
        return query(name, told, {"type": "string", "enum": choices} if choices else str)
    extra = one.extra  # type: ignore[attr-defined]
    told = f"{label}. {extra.get('help_text') or ''}".rstrip()
    return query(name, told, {"type": "string", "maxLength": extra.get("max_length") or 200})
