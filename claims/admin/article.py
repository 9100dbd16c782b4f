"""Articles in the panel: what is known of each, its story, and its withdrawal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from claims.admin.deed import Deed, DeedForm, Order, ReasonForm
from claims.admin.lists import choice
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, moment, named, shortened
from claims.coverage.index_articles import index_articles
from claims.coverage.place_article import place_article
from claims.ingest.withdraw_article import MAX_REASON, withdraw_article
from claims.models import Article, Assignment, Outlet, Revision, Story, User
from claims.refusals import Invalid
from claims.review.lock_article import lock_article, unlock_article
from claims.review.require_assessments import follow_story

# A choice among more stories than this is no choice: older ones are found on their own pages.
STORIES_OFFERED = 200
# How many characters of a title are shown.
LISTED = 160
# How many people with an assignment a page names.
MOST_LISTED = 50


class WithdrawalForm(DeedForm):
    """Why the texts go."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=MAX_REASON,
        help_text="It stays in the log when the text is gone.",
    )


class PlacingForm(DeedForm):
    """Which story the articles go into."""

    story = forms.TypedChoiceField(
        coerce=UUID, help_text=f"The {STORIES_OFFERED} newest stories. Put articles into an older one on its own page."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Story.objects.filter(status__isnull=False).newest_first()[:STORIES_OFFERED]
        offered = [(str(key), title) for key, title in newest.values_list("pk", "status__title")]
        story = self.fields["story"]
        if isinstance(story, forms.TypedChoiceField):
            story.choices = [("", "Choose one"), *offered]


@transaction.atomic
def _withdraw(order: Order) -> object:
    """The index of coverage forgets the article with it: even the hashes of its words go."""
    withdrawn = withdraw_article(
        by=order.by, article_id=order.row.pk, reason=order.said["reason"], expected_version=order.version
    )
    index_articles(by=order.by, articles=[order.row.pk])
    return withdrawn


def _place(order: Order) -> None:
    if order.row.status.story_id == order.said["story"]:
        raise Invalid("It is in this story already; nothing was changed.")
    _put_into(order, order.said["story"])


def _take_out(order: Order) -> None:
    _put_into(order, None)


@transaction.atomic
def _put_into(order: Order, story: UUID | None) -> None:
    """How many assessments its claims take is the story's to say: both verbs happen, or neither."""
    follow_story(by=order.by, article_id=order.row.pk, story_id=story)
    place_article(by=order.by, article_id=order.row.pk, story_id=story, expected_version=order.version)


def _locking(verb: Callable[..., object]) -> Callable[[Order], object]:
    """A verb that takes an article, its version and a reason."""

    def do(order: Order) -> object:
        return verb(by=order.by, article_id=order.row.pk, reason=order.said["reason"], expected_version=order.version)

    return do


def _cannot_be_locked(article: Article) -> str:
    if article.status.withdrawn_at:
        return "It was withdrawn, so there is nothing to lock."
    return "It is locked already." if article.status.locked_at else ""


def _stands(article: Article) -> list[str]:
    status = article.status
    return [
        f"Story: {_story_title(article) or 'none'}",
        f"{status.claims_count} claims, {status.settled_count} of them settled",
        *(["locked"] if status.locked_at else []),
        *(["withdrawn"] if status.withdrawn_at else []),
    ]


def _story_title(article: Article) -> str:
    story = article.status.story
    return story.status.title if story else ""


def _called(article: Article) -> str:
    return article.status.title


def _version(article: Article) -> int:
    return article.status.version


class ArticleAdmin(PanelAdmin):
    """Articles that were read, newest first. Their texts are on their reading pages."""

    list_display = ("title", "outlet", "in_story", "claims_settled", "received_at", "in_force")
    list_select_related = ("outlet", "status__story__status")
    list_filter = (
        choice(
            "story",
            "placed",
            {
                "yes": ("in a story", Q(status__story__isnull=False)),
                "no": ("in none", Q(status__story__isnull=True)),
            },
        ),
        choice(
            "text",
            "text",
            {
                "here": ("here", Q(status__withdrawn_at__isnull=True)),
                "withdrawn": ("withdrawn", Q(status__withdrawn_at__isnull=False)),
            },
        ),
        choice("lock", "locked", {"yes": ("locked", Q(status__locked_at__isnull=False))}),
    )
    ordering = ("-received_at", "pk")
    search_fields = ("outlet__host",)
    search_help_text = "The host of an outlet, in full, or an article's key."
    fields = (
        "title",
        "address",
        "in_story",
        "facts",
        "credited",
        "quality",
        "received_at",
        "read_at",
        "claims_settled",
        "in_force",
        "assigned",
        "revisions",
    )
    deeds = (
        Deed(
            name="place",
            title="Put into a story",
            words="put articles into stories",
            done="put into the story",
            do=_place,
            form=PlacingForm,
            stands=_stands,
            becomes=lambda article: ["in the story chosen below; its claims take as many assessments as that says"],
            version=_version,
            called=_called,
        ),
        Deed(
            name="take-out",
            title="Take out of its story",
            words="take articles out of stories",
            done="taken out of its story",
            do=_take_out,
            stands=_stands,
            becomes=lambda article: ["in no story"],
            version=_version,
            called=_called,
            unfit=lambda article: "" if article.status.story_id else "It is in no story.",
        ),
        Deed(
            name="lock",
            title="Lock",
            words="lock articles",
            done="locked",
            do=_locking(lock_article),
            form=ReasonForm,
            stands=_stands,
            becomes=lambda article: ["locked: nobody labels its claims until it is unlocked"],
            version=_version,
            called=_called,
            unfit=_cannot_be_locked,
        ),
        Deed(
            name="unlock",
            title="Unlock",
            words="unlock articles",
            done="unlocked",
            do=_locking(unlock_article),
            form=ReasonForm,
            stands=_stands,
            becomes=lambda article: ["not locked: reviewers label its claims again"],
            version=_version,
            called=_called,
            unfit=lambda article: "" if article.status.locked_at else "It is not locked.",
        ),
        Deed(
            name="withdraw",
            title="Withdraw",
            words="withdraw articles",
            done="withdrawn",
            do=_withdraw,
            form=WithdrawalForm,
            stands=_stands,
            becomes=lambda article: ["withdrawn: no text, no words of claims"],
            version=_version,
            called=_called,
            unfit=lambda article: "It was withdrawn already." if article.status.withdrawn_at else "",
            caution="The texts of these articles and the words of their claims are removed for good. Hashes, labels "
            "and events stay.",
        ),
    )

    def visible_to(self, viewer: User) -> QuerySet[Article]:
        """Those that were read."""
        return Article.objects.visible_to(viewer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Those of one outlet, or the one with this key."""
        asked = search_term.strip().lower()
        if not asked:
            return queryset, False
        try:
            return queryset.filter(pk=UUID(asked)), False
        except ValueError:
            outlet = Outlet.objects.filter(host=asked).first()
            return (queryset.filter(outlet=outlet) if outlet else queryset.none()), False

    def view_on_site(self, obj: Article) -> str | None:
        """The reading page, while there is a text to read."""
        return None if obj.status.withdrawn_at else reverse("article", args=[obj.pk])

    @admin.display(description="title")
    def title(self, article: Article) -> str:
        """Its headline or first words."""
        return shortened(article.status.title, LISTED)

    @admin.display(description="story")
    def in_story(self, article: Article) -> str:
        """The story that it is in."""
        return _story_title(article) or NOTHING

    @admin.display(description="claims settled")
    def claims_settled(self, article: Article) -> str:
        """How far the desk is."""
        return f"{article.status.settled_count} of {article.status.claims_count}"

    @admin.display(description="text")
    def in_force(self, article: Article) -> str:
        """Whether its text is here, and whether its claims are labelled."""
        gone, locked = article.status.withdrawn_at, article.status.locked_at
        if gone:
            return f"withdrawn {gone:%Y-%m-%d}"
        return f"locked {locked:%Y-%m-%d}" if locked else "here"

    @admin.display(description="assigned to")
    def assigned(self, article: Article) -> str:
        """Who is to label it."""
        given = Assignment.objects.filter(article=article).select_related("reviewer").order_by("pk")[:MOST_LISTED]
        return ", ".join(named(one.reviewer) for one in given) or NOTHING

    @admin.display(description="read")
    def read_at(self, article: Article) -> str:
        """When its claims were found."""
        return moment(article.status.read_at)

    @admin.display(description="what is known")
    def facts(self, article: Article) -> str:
        """Each fact with its basis."""
        lines = [(Article.FACTS[fact.name], fact.value or NOTHING, fact.basis_name) for fact in article.facts()]
        return format_html_join("", "<p>{}: <strong>{}</strong> ({})</p>", lines)

    @admin.display(description="credits")
    def credited(self, article: Article) -> str:
        """Whom the text credits, in its own words."""
        return "; ".join(map(str, article.credits)) or NOTHING

    @admin.display(description="revisions")
    def revisions(self, article: Article) -> str:
        """Each state of the text by its hash."""
        known = Revision.objects.filter(article=article).order_by("-received_at").values_list("received_at", "sha256")
        return format_html_join("", "<p>{} SHA-256 {}</p>", [(moment(at), sha256) for at, sha256 in known])
