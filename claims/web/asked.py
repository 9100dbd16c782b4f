"""What a list is asked for in its address: as a query, in words, and with one thing less."""

from dataclasses import dataclass

from django.http import QueryDict
from django_filters import FilterSet


@dataclass(frozen=True)
class Asked:
    """One thing that the filter asks for, and the address of the list without it."""

    name: str
    value: str
    without: str


def query_of(found: FilterSet) -> QueryDict:
    """What is asked, without empty fields and without the place in the list."""
    query = QueryDict(mutable=True)
    for name in found.filters:
        if value := found.data.get(name, "").strip():
            query[name] = value
    return query


def asked_of(found: FilterSet, query: QueryDict) -> list[Asked]:
    """Each thing that the query asks for, by the names that the form has for it."""
    asked = []
    for name, value in query.items():
        field = found.form.fields[name]
        names = {str(key): text for key, text in getattr(field.widget, "choices", [])}
        rest = query.copy()
        del rest[name]
        asked.append(Asked(str(field.label), names.get(str(value), str(value)), address_of(rest)))
    return asked


def address_of(query: QueryDict, **places: str) -> str:
    """The list's address for this query, at a place in the list where one is named."""
    full = query.copy()
    for name, place in places.items():
        full[name] = place
    return f"?{full.urlencode()}"
