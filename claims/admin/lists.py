"""Lists that stay fast however long the table is: counts with a cap, one order, filters over a handful of choices."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

LARGEST_KEY = 2**63 - 1
# A number that is only read is not counted further than this.
COUNTED = 1_000


def counted(rows: QuerySet[Any]) -> str:
    """How many rows there are, up to a cap, as it is shown."""
    found = rows.values("pk")[: COUNTED + 1].count()
    return f"{COUNTED:,}+" if found > COUNTED else f"{found:,}"


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """Counts up to a cap, and pages through that many: who looks for something older narrows the list."""

    CAP = 2_000
    object_list: QuerySet[Any]

    @cached_property
    def keys(self) -> list[Any]:
        """The keys of the rows in their order, up to one more than the cap.

        Keys alone come straight from an index. They give the count and every page, so a search reads its claims once.
        """
        return list(self.object_list.values_list("pk", flat=True)[: self.CAP + 1])

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return len(self.keys) > self.CAP

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(len(self.keys), self.CAP)

    @property
    def count_in_words(self) -> str:
        """The count as it is shown."""
        return f"{self.CAP:,}+" if self.is_capped else f"{self.count:,}"


class PanelChangeList(ChangeList):
    """One order for each list, the one that has an index: an order by any column would sort the whole table."""

    paginator: CappedPaginator

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the rows of the page by their keys: the neighbours that they show are joined to those rows alone."""
        super().get_results(request)
        first = (self.page_num - 1) * self.list_per_page if self.multi_page else 0
        keys = self.paginator.keys[first : first + self.list_per_page]
        rows = self.root_queryset.filter(pk__in=keys)
        self.result_list = rows.order_by(*self.get_ordering(request, rows))

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The panel's order, which is total."""
        return list(self.model_admin.get_ordering(request))


class Choice(SimpleListFilter):
    """A filter over a handful of choices, each a name and a condition."""

    conditions: ClassVar[Mapping[str, tuple[str, Q]]]
    # The choice in force where none was made; without one that is the whole list.
    standard: ClassVar[str | None] = None

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Iterable[tuple[str, str]]:
        """The choices in their order."""
        return [(value, name) for value, (name, _) in self.conditions.items()]

    def value(self) -> str | None:
        """What was chosen."""
        return super().value() or self.standard

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """What is offered; a filter with a standard names the whole list among its choices."""
        offered = super().choices(changelist)
        return islice(offered, 1 if self.standard else 0, None)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit. What is no choice sends back to the whole list."""
        value = self.value()
        if value is None:
            return queryset
        if value not in self.conditions:
            raise IncorrectLookupParameters
        return queryset.filter(self.conditions[value][1])


def choice(
    title: str, parameter: str, conditions: Mapping[str, tuple[str, Q]], standard: str | None = None
) -> type[Choice]:
    """A filter with these choices; `parameter` is its name in the address, `standard` the choice where none is made."""
    attributes = {"title": title, "parameter_name": parameter, "conditions": conditions, "standard": standard}
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
        key = model._meta.pk.to_python(text)
    except (ValidationError, ValueError):
        return None
    return None if isinstance(key, int) and key > LARGEST_KEY else key
