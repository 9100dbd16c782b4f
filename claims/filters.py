"""The one filter of claims: the list page, the export, the command and the API ask the same questions.

Every answer is one that the viewer may know: a reviewer's filters see one's own judgements and settled ones, so that
neither rows nor their number tell what colleagues think of a claim that is not settled.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Case, Exists, F, OuterRef, PositiveSmallIntegerField, Q, When
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, UUIDFilter

from claims.models import Article, Assessment, Claim, Outlet, Story, User
from claims.models.claim import ClaimQuerySet
from claims.permissions import can_moderate
from claims.search import Holders, Near, Place, holding, near, newest_holders
from claims.text.context import clip
from claims.text.search_words import terms
from claims.vocabulary import DONE_BY_YOU, LABELS, SETTLED, STATE_NAMES, STRENGTHS, ClaimState, Role

NO_LABEL: Final = "none"
# Settled, as whatever it may be.
ANY_LABEL: Final = "any"
MAX_QUERY: Final = 200
HOW_TO_SEARCH: Final = "Whole words in any order, “words side by side”, or the beginning of a word*."
# The choices on a page are those that the newest articles offer; others are reached by a link that names them.
OFFERED: Final = 200
_LONGEST_CHOICE: Final = 70

_LABEL_CHOICES: Final = [(d.label.value, d.name) for d in LABELS] + [(NO_LABEL, "Not labelled")]
_STRENGTH_CHOICES: Final = [(str(number), f"{number}: {clip(text, 60)}") for number, text in STRENGTHS.items()]
_SETTLED_CHOICES: Final = [(ANY_LABEL, "any label")] + [(d.label.value, d.name) for d in LABELS]
_REVIEWERS_SEE: Final = (ClaimState.OPEN, DONE_BY_YOU, *SETTLED)

NO_KEY: Final = {"invalid": "This is not the key of anything here. Choose from the list, or follow a link again."}
NO_DAY: Final = {"invalid": "This is not a day. Write it as year, month and day: 2024-04-30."}
NO_CHOICE: Final = {"invalid_choice": "There is no “%(value)s” to choose here. Take one from the list."}
TOO_LONG: Final = {"max_length": "The search is %(show_value)d characters long. Shorten it to %(limit_value)d."}

# The strength that goes with `seen_label`: one's own where one judged the claim, else the settled one.
SEEN_STRENGTH: Final = Case(
    When(own__isnull=False, then=F("own__strength")),
    default=F("status__settled_strength"),
    output_field=PositiveSmallIntegerField(),
)

Choices = list[tuple[str, str]]


class PlacesFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What the filters of claims and of links have in common: they offer stories, outlets, articles and people."""

    viewer: User

    def faults(self) -> list[str]:
        """What is wrong with the values, a sentence each that names the field."""
        return [f"{self.form.fields[name].label}: {error}" for name, errors in self.errors.items() for error in errors]

    def offer_choices(self) -> None:
        """Fill the lists that a page shows; two queries, and one more for each choice that the newest do not offer."""
        stories: dict[UUID | None, str] = {}
        outlets: dict[UUID | None, str] = {}
        articles: dict[UUID | None, str] = {}
        for article, title, outlet, host, story, story_title in self._newest_articles():
            articles[article], outlets[outlet], stories[story] = title, host, story_title
        everyone = User.objects.filter(groups__name__in=list(Role)).distinct().order_by("username")[:OFFERED]
        self._offer("article", articles, Article.objects.visible_to(self.viewer), "status__title")
        self._offer("outlet", outlets, Outlet.objects.visible_to(self.viewer), "host")
        self._offer("story", stories, Story.objects.visible_to(self.viewer), "status__title")
        names: Choices = [(name, name) for name in everyone.values_list("username", flat=True)]
        self.form.fields["reviewer"].widget.choices = [("", "any"), *names]

    def _newest_articles(self) -> Any:
        return (
            Article.objects.visible_to(self.viewer)
            .filter(status__withdrawn_at__isnull=True)
            .newest_first()
            .values_list(
                "pk", "status__title", "outlet", "outlet__host", "status__story", "status__story__status__title"
            )[:OFFERED]
        )

    def _offer(self, name: str, offered: dict[UUID | None, str], things: Any, title: str) -> None:
        chosen = self.form.cleaned_data.get(name) if self.is_valid() else None
        if chosen and chosen not in offered:
            offered[chosen] = things.filter(pk=chosen).values_list(title, flat=True).first() or "not here"
        choices: Choices = [(str(key), clip(text, _LONGEST_CHOICE)) for key, text in offered.items() if key]
        self.form.fields[name].widget.choices = [("", "any"), *choices]


class ClaimFilter(PlacesFilter):
    """Claims that the viewer may see, narrowed by what `data` asks. An empty value asks nothing."""

    q = CharFilter(
        method="with_words", label="Words", max_length=MAX_QUERY, error_messages=TOO_LONG, help_text=HOW_TO_SEARCH
    )
    label = ChoiceFilter(
        method="labelled", label="Label", choices=_LABEL_CHOICES, empty_label="any", error_messages=NO_CHOICE
    )
    strength = ChoiceFilter(
        method="as_strong", label="Strength", choices=_STRENGTH_CHOICES, empty_label="any", error_messages=NO_CHOICE
    )
    state = ChoiceFilter(method="in_state", label="State", empty_label="any", error_messages=NO_CHOICE)
    settled = ChoiceFilter(
        method="settled_as", label="Settled as", choices=_SETTLED_CHOICES, empty_label="any or not",
        error_messages=NO_CHOICE,
    )  # fmt: skip
    settled_strength = ChoiceFilter(
        method="settled_so_strong", label="Settled strength", choices=[*_STRENGTH_CHOICES, (NO_LABEL, "none given")],
        empty_label="any", error_messages=NO_CHOICE,
    )  # fmt: skip
    story = UUIDFilter("article__status__story", label="Story", widget=forms.Select, error_messages=NO_KEY)
    outlet = UUIDFilter("article__outlet", label="Outlet", widget=forms.Select, error_messages=NO_KEY)
    article = UUIDFilter("article", label="Article", widget=forms.Select, error_messages=NO_KEY)
    reviewer = CharFilter(method="judged_by", label="Reviewer", max_length=150, widget=forms.Select)
    opened_after = DateFilter(
        method="opened_from", label="Opened from", widget=forms.DateInput({"type": "date"}), error_messages=NO_DAY
    )
    opened_before = DateFilter(
        method="opened_to", label="Opened to", widget=forms.DateInput({"type": "date"}), error_messages=NO_DAY
    )
    settled_after = DateFilter(
        method="settled_from", label="Settled from", widget=forms.DateInput({"type": "date"}), error_messages=NO_DAY
    )

    def __init__(self, data: Mapping[str, Any] | None, *, viewer: User, queryset: ClaimQuerySet | None = None) -> None:
        super().__init__(data or {}, Claim.objects.visible_to(viewer) if queryset is None else queryset)
        self.viewer = viewer
        self._holders: Holders | None = None
        states = ClaimState if can_moderate(viewer) else _REVIEWERS_SEE
        self.filters["state"].extra["choices"] = [(str(state), STATE_NAMES[state]) for state in states]

    @property
    def claims(self) -> ClaimQuerySet:
        """The claims asked for; none where a value makes no sense, so that a mistyped filter never shows everything."""
        found: ClaimQuerySet = self.qs if self.is_valid() else self.queryset.none()
        # Every claim has a status. Saying so lets the database read claims in the order of their status's index.
        return found.in_work().filter(status__opened_at__isnull=False)

    def with_words(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        """Keep claims that hold every word, every beginning* and every “quoted phrase”. See claims.search."""
        self._holders = newest_holders(terms(value))
        return holding(claims, terms(value), self._holders)

    @property
    def is_search(self) -> bool:
        """Whether words are asked for."""
        return self._holders is not None

    def near(self, after: Place | None = None, before: Place | None = None, *, is_page: bool = False) -> Near:
        """The claims next to a place of the list: where very many hold the words, some of them; see claims.search."""
        found = self.claims
        if self._holders is None:
            return Near(found)
        asked = {name for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        words = terms(self.form.cleaned_data["q"])
        return near(found, words, self._holders, after, before, is_page=is_page and asked == {"q"})

    def labelled(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        """Keep claims of one's own label, else of the settled one; or those that have neither."""
        if value == NO_LABEL:
            return claims.filter(Q(seen_label=""), status__settled_label="")
        return claims.filter(Q(seen_label=value))

    def as_strong(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        """Keep claims of the strength that goes with the label that is seen."""
        return claims.alias(seen_strength=SEEN_STRENGTH).filter(seen_strength=value)

    def in_state(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        """Keep claims in the state that the viewer sees."""
        if value in SETTLED or can_moderate(self.viewer):
            return claims.filter(status__state=value)
        return claims.filter(Q(seen_state=value), status__settled_label="")  # the second half has an index

    def settled_as(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        """Keep claims that are settled, as this or as anything; one's own label makes no difference here."""
        if value == ANY_LABEL:
            return claims.filter(status__settled_label__gt="")
        return claims.filter(status__settled_label=value)

    def settled_so_strong(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        """Keep claims that are settled with this strength, or without one."""
        if value == NO_LABEL:
            return claims.filter(status__settled_label__gt="", status__settled_strength__isnull=True)
        return claims.filter(status__settled_strength=value)

    def judged_by(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        """Keep claims with a judgement by this person that the viewer may see."""
        judged = Assessment.objects.visible_to(self.viewer).filter(reviewer__username=value, claim=OuterRef("pk"))
        return claims.filter(Exists(judged))

    def settled_from(self, claims: ClaimQuerySet, name: str, value: date) -> ClaimQuerySet:
        """Keep claims that were settled on this day or later, as what everybody may know them to be."""
        return claims.filter(status__settled_at__gte=moment(value, time.min))

    def opened_from(self, claims: ClaimQuerySet, name: str, value: date) -> ClaimQuerySet:
        """Keep claims opened on this day or later."""
        return claims.filter(status__opened_at__gte=moment(value, time.min))

    def opened_to(self, claims: ClaimQuerySet, name: str, value: date) -> ClaimQuerySet:
        """Keep claims opened on this day or earlier."""
        return claims.filter(status__opened_at__lte=moment(value, time.max))


def moment(day: date, at: time) -> datetime:
    """This time of this day, where the workbench stands."""
    return timezone.make_aware(datetime.combine(day, at))
