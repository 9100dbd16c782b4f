"""Lists that stay fast however long the table is: counts with a cap, one order, filters over a handful of choices."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts up to a cap, and pages through that many: who looks for something older narrows the list."""

    CAP = 10_000
    object_list: QuerySet[Any]

    @cached_property
    def found(self) -> int:
        """How many rows there are, or one more than the cap."""
        return self.object_list.order_by().values("pk")[: self.CAP + 1].count()

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.found > self.CAP

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self.found, self.CAP)

    @property
    def count_in_words(self) -> str:
        """The count as it is shown."""
        return f"{self.CAP:,}+" if self.is_capped else f"{self.count:,}"


class PanelChangeList(ChangeList):
    """One order for each list, the one that has an index: an order by any column would sort the whole table."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The panel's order, which is total."""
        return list(self.model_admin.get_ordering(request))


class Choice(SimpleListFilter):
    """A filter over a handful of choices, each a name and a condition."""

    conditions: ClassVar[Mapping[str, tuple[str, Q]]]

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Iterable[tuple[str, str]]:
        """The choices in their order."""
        return [(value, name) for value, (name, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit. What is no choice sends back to the whole list."""
        value = self.value()
        if value is None:
            return queryset
        if value not in self.conditions:
            raise IncorrectLookupParameters
        return queryset.filter(self.conditions[value][1])


def choice(title: str, parameter: str, conditions: Mapping[str, tuple[str, Q]]) -> type[Choice]:
    """A filter with these choices; `parameter` is its name in the address."""
    attributes = {"title": title, "parameter_name": parameter, "conditions": conditions}
    return type(f"{parameter.title()}Choice", (Choice,), attributes)


def choice_of_value(title: str, parameter: str, field: str, names: Mapping[Any, str]) -> type[Choice]:
    """A filter for the values of a field."""
    return choice(title, parameter, {str(value): (name, Q(**{field: value})) for value, name in names.items()})


def parameters(filters: Iterable[Any]) -> set[str]:
    """The names that these filters have in the address."""
    return {str(found.parameter_name) for found in filters if isinstance(found, type) and issubclass(found, Choice)}


def row_key(model: type[Model], text: str) -> Any:
    """A row's key as the database knows it, or None for what cannot be one."""
    try:
        return model._meta.pk.to_python(text)
    except (ValidationError, ValueError):
        return None
