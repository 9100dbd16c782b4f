"""The filter of what agreement is worked out from: its pages, the files and the command share it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q
from django_filters import CharFilter, DateFilter, FilterSet, UUIDFilter

from claims.models import Article, Assessment, LinkAssessment, Story, User
from claims.models.assessment import AssessmentQuerySet
from claims.models.link import LinkAssessmentQuerySet
from claims.text.context import clip
from claims.vocabulary import Role

# The choices on a page are the newest; others are reached by a link that names them.
OFFERED: Final = 200
_LONGEST_CHOICE: Final = 70
_NO_KEY: Final = {"invalid": "This is not the key of anything here. Choose from the list, or follow a link again."}
_NO_DAY: Final = {"invalid": "This is not a day. Write it as year, month and day: 2024-04-30."}
_TOO_LONG: Final = {"max_length": "No name is that long: %(show_value)d characters. Choose one from the list."}


class AgreementFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Assessments that the viewer may see, narrowed by what `data` asks. An empty value asks nothing.

    Days ask for whole claims, by the newest of their blind labels, and so are given by `days`, not by the rows.
    """

    story = UUIDFilter("article__status__story", label="Story", widget=forms.Select, error_messages=_NO_KEY)
    article = UUIDFilter("article", label="Article", widget=forms.Select, error_messages=_NO_KEY)
    reviewer = CharFilter(
        method="with_people", label="Reviewer", max_length=150, widget=forms.Select, error_messages=_TOO_LONG
    )
    other = CharFilter(
        method="with_people", label="And reviewer", max_length=150, widget=forms.Select, error_messages=_TOO_LONG
    )
    labelled_after = DateFilter(
        method="any_day", label="Labelled from", widget=forms.DateInput({"type": "date"}), error_messages=_NO_DAY
    )
    labelled_before = DateFilter(
        method="any_day", label="Labelled to", widget=forms.DateInput({"type": "date"}), error_messages=_NO_DAY
    )

    def __init__(self, data: Mapping[str, Any] | None, *, viewer: User) -> None:
        here = Assessment.objects.visible_to(viewer).filter(article__status__withdrawn_at__isnull=True)
        super().__init__(data or {}, here)
        self.viewer = viewer

    @property
    def assessments(self) -> AssessmentQuerySet:
        """The assessments asked for; none where a value makes no sense. Withdrawn articles have none."""
        found: AssessmentQuerySet = self.qs if self.is_valid() else self.queryset.none()
        return found

    @property
    def findings(self) -> LinkAssessmentQuerySet:
        """The findings about links that are asked for in the same words: of a link either claim may stand there."""
        rows = LinkAssessment.objects.visible_to(self.viewer).filter(
            link__a__article__status__withdrawn_at__isnull=True, link__b__article__status__withdrawn_at__isnull=True
        )
        if not self.is_valid():
            return rows.none()
        asked = self.form.cleaned_data
        for name, place in (("story", "article__status__story"), ("article", "article")):
            if key := asked.get(name):
                rows = rows.filter(Q(**{f"link__a__{place}": key}) | Q(**{f"link__b__{place}": key}))
        if self.pair:
            return rows.filter(reviewer__username__in=self.pair)
        for name in self._people():
            rows = rows.filter(link__in=LinkAssessment.objects.filter(reviewer__username=name).values("link"))
        return rows

    @property
    def pair(self) -> tuple[str, str] | None:
        """The names of the two people who are asked for, where it is two."""
        names = self._people()
        return (names[0], names[1]) if len(names) == 2 else None

    def faults(self) -> list[str]:
        """What is wrong with the values, a sentence each that names the field."""
        return [f"{self.form.fields[name].label}: {error}" for name, errors in self.errors.items() for error in errors]

    def days(self) -> tuple[str, str]:
        """The first and the last day asked for (ISO 8601, UTC); those that nothing lies beyond where none is."""
        first, last = (self.form.cleaned_data.get(f"labelled_{name}") for name in ("after", "before"))
        return (first or date.min).isoformat(), (last or date.max).isoformat()

    def with_people(self, rows: AssessmentQuerySet, name: str, value: str) -> AssessmentQuerySet:
        """Of one person: everybody's labels of the claims that they labelled. Of two: their labels, and no others."""
        names = self._people()
        if len(names) == 2:
            return rows.filter(reviewer__username__in=names)
        return rows.filter(claim__in=Assessment.objects.filter(reviewer__username=value).values("claim"))

    def any_day(self, rows: AssessmentQuerySet, name: str, value: Any) -> AssessmentQuerySet:
        """Keep all: see `days`."""
        return rows

    def offer_choices(self) -> None:
        """Fill the lists that a page shows; three queries, and one more for a choice that the newest do not offer."""
        articles = Article.objects.visible_to(self.viewer).filter(status__withdrawn_at__isnull=True)
        stories = Story.objects.visible_to(self.viewer)
        everyone = User.objects.filter(groups__name__in=list(Role)).distinct().order_by("username")[:OFFERED]
        self._offer("article", articles, "status__title")
        self._offer("story", stories, "status__title")
        names = [("", "any"), *((name, name) for name in everyone.values_list("username", flat=True))]
        self.form.fields["reviewer"].widget.choices = self.form.fields["other"].widget.choices = names

    def _offer(self, name: str, things: Any, title: str) -> None:
        offered: dict[UUID, str] = dict(things.newest_first().values_list("pk", title)[:OFFERED])
        chosen = self.form.cleaned_data.get(name) if self.is_valid() else None
        if chosen and chosen not in offered:
            offered[chosen] = things.filter(pk=chosen).values_list(title, flat=True).first() or "not here"
        self.form.fields[name].widget.choices = [
            ("", "any"),
            *((str(key), clip(text, _LONGEST_CHOICE)) for key, text in offered.items()),
        ]

    def _people(self) -> list[str]:
        asked = (self.form.cleaned_data.get(name, "") for name in ("reviewer", "other"))
        return list(dict.fromkeys(name for name in asked if name))
