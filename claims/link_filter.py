"""The one filter of links: the list page, the export and the command ask the same questions.

Every answer is one that the viewer may know: a reviewer's filters see one's own findings and settled ones, so that
neither rows nor their number tell what colleagues find of two claims before that is settled.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, DateFilter, UUIDFilter

from claims.filters import HOW_TO_SEARCH, MAX_QUERY, NO_CHOICE, NO_DAY, NO_KEY, TOO_LONG, PlacesFilter, moment
from claims.models import Link, LinkAssessment, Outlet, User
from claims.models.link import LinkQuerySet
from claims.permissions import can_moderate
from claims.relations import INDEPENDENCE_NAMES, LINK_SETTLED, RELATIONS, SUBTYPE_NAMES, LinkState, Relation
from claims.search import holds, newest_holders
from claims.text.context import clip
from claims.text.search_words import terms
from claims.vocabulary import DONE_BY_YOU

NO_RELATION: Final = "none"
HELD, FREE = "yes", "no"
# So many links are named by their keys.
FEW: Final = 5_000
# What can have a kind, and what an origin.
_HAVE: Final = {"subtype": [Relation.CONTRADICTS], "independence": list(Relation)}

# A state in the few words that lists and filters have room for.
STATE_WORDS: Final = {
    LinkState.OPEN.value: "open",
    DONE_BY_YOU: "done by you",
    LinkState.PROPOSED.value: "proposed",
    LinkState.DISPUTED.value: "disputed",
    LinkState.CONFIRMED.value: "confirmed",
    LinkState.REJECTED.value: "rejected: unrelated",
}
_REVIEWERS_SEE: Final = (LinkState.OPEN.value, DONE_BY_YOU, *(state.value for state in LINK_SETTLED))
_MODERATORS_SEE: Final = tuple(state.value for state in LinkState)

_RELATION_CHOICES: Final = [(d.relation.value, d.name) for d in RELATIONS] + [(NO_RELATION, "No finding")]
_SUBTYPE_CHOICES: Final = [
    (subtype.value, f"{subtype.value}: {clip(name, 50)}") for subtype, name in SUBTYPE_NAMES.items()
]
_INDEPENDENCE_CHOICES: Final = [(found.value, name) for found, name in INDEPENDENCE_NAMES.items()]
_HELD_CHOICES: Final = [(HELD, "Held: times are not known to overlap"), (FREE, "Not held")]


class LinkFilter(PlacesFilter):
    """Links that the viewer may see, narrowed by what `data` asks. An empty value asks nothing."""

    q = CharFilter(
        method="with_words", label="Words of either claim", max_length=MAX_QUERY, error_messages=TOO_LONG,
        help_text=HOW_TO_SEARCH,
    )  # fmt: skip
    relation = ChoiceFilter(
        method="related", label="Relation", choices=_RELATION_CHOICES, empty_label="any", error_messages=NO_CHOICE
    )
    state = ChoiceFilter(method="in_state", label="State", empty_label="any", error_messages=NO_CHOICE)
    story = UUIDFilter(method="beside", label="Story", widget=forms.Select, error_messages=NO_KEY)
    subtype = ChoiceFilter(
        method="found_so", label="Contradiction in", choices=_SUBTYPE_CHOICES, empty_label="any",
        error_messages=NO_CHOICE,
    )  # fmt: skip
    independence = ChoiceFilter(
        method="found_so", label="Origin", choices=_INDEPENDENCE_CHOICES, empty_label="any", error_messages=NO_CHOICE
    )
    settled = ChoiceFilter(
        "relation", label="Settled as", choices=_RELATION_CHOICES[:-1], empty_label="any or not",
        error_messages=NO_CHOICE,
    )  # fmt: skip
    held = ChoiceFilter(method="held_back", label="Time rule", empty_label="any", error_messages=NO_CHOICE)
    outlet = UUIDFilter(method="beside", label="Outlet", widget=forms.Select, error_messages=NO_KEY)
    other = UUIDFilter(method="against", label="Other outlet", widget=forms.Select, error_messages=NO_KEY)
    article = UUIDFilter(method="beside", label="Article", widget=forms.Select, error_messages=NO_KEY)
    reviewer = CharFilter(
        method="found_by", label="Reviewer", max_length=150, widget=forms.Select, error_messages=TOO_LONG
    )
    made_after = DateFilter(
        method="made_from", label="Put forward from", widget=forms.DateInput({"type": "date"}), error_messages=NO_DAY
    )
    made_before = DateFilter(
        method="made_to", label="Put forward to", widget=forms.DateInput({"type": "date"}), error_messages=NO_DAY
    )

    def __init__(self, data: Mapping[str, Any] | None, *, viewer: User) -> None:
        super().__init__(data or {}, Link.objects.visible_to(viewer))
        self.viewer = viewer
        self._named: set[UUID] | None = None
        states = _MODERATORS_SEE if can_moderate(viewer) else _REVIEWERS_SEE
        self.filters["state"].extra["choices"] = [(state, STATE_WORDS[state]) for state in states]
        # Whether the times hold it back tells that somebody found what the times bind.
        self.filters["held"].extra["choices"] = _HELD_CHOICES if can_moderate(viewer) else []

    @property
    def links(self) -> LinkQuerySet:
        """The links asked for; none where a value makes no sense, so that a mistyped filter never shows everything."""
        found: LinkQuerySet = self.qs if self.is_valid() else self.queryset.none()
        return (found if self._named is None else found.filter(pk__in=self._named)).in_work()

    def with_words(self, links: LinkQuerySet, name: str, value: str) -> LinkQuerySet:
        """Keep links of which every word and every “quoted phrase” stands in one of the claims or the other."""
        for term in terms(value):
            found = newest_holders([term])
            if found.are_all:
                self._narrow(*(_keys(Link.objects.filter(**{f"{side}__in": found.claims})) for side in "ab"))
            links = links.filter(holds([term], "a__") | holds([term], "b__"))
        return links if terms(value) else links.none()

    def related(self, links: LinkQuerySet, name: str, value: str) -> LinkQuerySet:
        """Keep links of one's own relation, else of the settled one; or those that have neither."""
        if value == NO_RELATION:
            return links.filter(Q(("own__isnull", True)), relation="")  # the second half has an index
        self._narrow(_keys(Link.objects.filter(relation=value)), self._own(relation=value))
        return links.filter(Q(own__isnull=True, relation=value) | Q(own__relation=value))

    def in_state(self, links: LinkQuerySet, name: str, value: str) -> LinkQuerySet:
        """Keep links in the state that the viewer sees."""
        if value in LINK_SETTLED or can_moderate(self.viewer):
            return links.filter(state=value)
        if value == DONE_BY_YOU:
            self._narrow(self._own(link__relation=""))
        return links.filter(Q(("own__isnull", value != DONE_BY_YOU)), relation="")

    def found_so(self, links: LinkQuerySet, name: str, value: str) -> LinkQuerySet:
        """Keep links whose finding, one's own or else the settled one, has this; without a finding nothing does."""
        settled = Link.objects.filter(relation__in=_HAVE[name], **{name: value})
        self._narrow(_keys(settled), self._own(**{name: value}))
        found = Q(**{"own__isnull": True, name: value}) & ~Q(relation="")
        return links.filter(found | Q(**{f"own__{name}": value}))

    def held_back(self, links: LinkQuerySet, name: str, value: str) -> LinkQuerySet:
        """Keep links that only the times keep from being confirmed, or all others."""
        held = links.filter(held_by_time=True, state=LinkState.PROPOSED)  # the second half has an index
        return held if value == HELD else links.filter(held_by_time=False)

    def beside(self, links: LinkQuerySet, name: str, value: UUID) -> LinkQuerySet:
        """Keep links of which one claim or the other stands in this story, outlet or article."""
        place = {"story": "article__status__story", "outlet": "article__outlet", "article": "article"}[name]
        self._narrow(*(_keys(Link.objects.filter(**{f"{side}__{place}": value})) for side in "ab"))
        return links.filter(Q(**{f"a__{place}": value}) | Q(**{f"b__{place}": value}))

    def against(self, links: LinkQuerySet, name: str, value: UUID) -> LinkQuerySet:
        """Keep links with a claim of this outlet on the side that is not the outlet's asked for, or on either side."""
        if not (outlet := self.form.cleaned_data.get("outlet")):
            return self.beside(links, "outlet", value)
        a, b = "a__article__outlet", "b__article__outlet"
        return links.filter(Q(**{a: outlet, b: value}) | Q(**{a: value, b: outlet}))

    def offer_choices(self) -> None:
        """Fill the lists that a page shows; the other outlet is chosen from the same ones, with a query at most."""
        super().offer_choices()
        outlets: dict[UUID | None, str] = {
            UUID(key): name for key, name in self.form.fields["outlet"].widget.choices if key
        }
        self._offer("other", outlets, Outlet.objects.visible_to(self.viewer), "host")

    def found_by(self, links: LinkQuerySet, name: str, value: str) -> LinkQuerySet:
        """Keep links with a finding of this person that the viewer may see."""
        found = LinkAssessment.objects.visible_to(self.viewer).filter(reviewer__username=value)
        self._narrow(found.values_list("link", flat=True))
        return links.filter(Exists(found.filter(link=OuterRef("pk"))))

    def _narrow(self, *keys: QuerySet[Any]) -> None:
        """Ask only for links with these keys, where there are few: a list by time would pass by all others.

        Where there are many the list meets them soon; the conditions themselves are asked in any case.
        """
        found: set[UUID] = set()
        for some in keys:
            few = list(some.order_by()[: FEW + 1])
            if len(few) > FEW:
                return
            found.update(few)
        self._named = found if self._named is None else self._named & found

    def _own(self, **of: Any) -> QuerySet[Any]:
        """The keys of the links that the viewer has such a finding of."""
        return LinkAssessment.objects.filter(reviewer=self.viewer.pk, **of).values_list("link", flat=True)

    def made_from(self, links: LinkQuerySet, name: str, value: date) -> LinkQuerySet:
        """Keep links put forward on this day or later."""
        return links.filter(created_at__gte=moment(value, time.min))

    def made_to(self, links: LinkQuerySet, name: str, value: date) -> LinkQuerySet:
        """Keep links put forward on this day or earlier."""
        return links.filter(created_at__lte=moment(value, time.max))


def _keys(links: QuerySet[Link]) -> QuerySet[Any]:
    return links.values_list("pk", flat=True)
