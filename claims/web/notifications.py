"""What a person is told of in the workbench."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from claims.keyset import page_of
from claims.models import Article, Claim, Notification, User
from claims.refusals import Invalid
from claims.review.read_notifications import mark_read
from claims.vocabulary import Notice
from claims.web.person import person

# What happened, before and after the words that it is about; "{by}" is who did it.
SENTENCES = {
    Notice.ASSIGNED: ("{by} assigned you the article", ""),
    Notice.MENTIONED: ("{by} mentioned you in a comment on", ""),
    Notice.DISPUTED: ("Reviewers differ on", ": it waits for a ruling"),
    Notice.RULED: ("{by} ruled on", ", which you assessed"),
    Notice.REOPENED: ("{by} reopened", ", which you assessed"),
    Notice.ANSWERED: ("{by} answered your flag at", ""),
    Notice.TO_PUBLISH: ("{by} put the verdict forward for readers on", ": it waits for a second moderator"),
    Notice.PUBLISHED: ("{by} published the verdict on", ""),
    Notice.DECLINED: ("{by} declined to publish the verdict on", ""),
    Notice.WITHDRAWN: ("{by} withdrew the published verdict on", ""),
}
# Where the link leads, if not to the claim's page.
PAGES = {Notice.ANSWERED: "flag"} | dict.fromkeys(
    (Notice.TO_PUBLISH, Notice.PUBLISHED, Notice.DECLINED, Notice.WITHDRAWN), "details"
)
NO_MORE = "something that is not here any more"
NO_MOMENT = "This is no moment of the page. Load it again and send its form."


class ReadForm(forms.Form):
    """One notification, or the moment up to which all were read."""

    notification = forms.UUIDField(required=False)
    upto = forms.DateTimeField(
        required=False,
        error_messages={"invalid": NO_MOMENT},
    )

    def clean_upto(self) -> datetime | None:
        """The moment in UTC. Raises ValidationError for one that is beyond the calendar there."""
        moment: datetime | None = self.cleaned_data["upto"]
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError as beyond:
            raise forms.ValidationError(NO_MOMENT) from beyond


@dataclass(frozen=True)
class Line:
    """One notification as a sentence: what stands before, in and after the link. Without an address no link."""

    notification: Notification
    before: str
    words: str
    after: str
    url: str


@require_safe
def notification_list(request: HttpRequest) -> HttpResponse:
    """One page of what the viewer was told, newest first; `?unread=on` only what they have not looked at."""
    viewer = person(request)
    only_unread = bool(request.GET.get("unread"))
    rows = Notification.objects.visible_to(viewer).select_related("by")
    rows = rows.unread() if only_unread else rows
    page = page_of(rows, "created_at", request.GET.get("after", ""), request.GET.get("before", ""))
    context = {
        "lines": _lines(page.rows, viewer),
        "previous": page.before,
        "following": page.after,
        "only_unread": only_unread,
        "asked": "unread=on&" if only_unread else "",
        "upto": timezone.now(),
    }
    return render(request, "notifications/list.html", context)


@require_POST
def notification_read(request: HttpRequest) -> HttpResponseBase:
    """Mark one notification as read, or all that the page could show."""
    by = person(request)
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise Invalid(str(next(iter(form.errors.values()))[0]))
    mark_read(by=by, notification_id=form.cleaned_data["notification"], upto=form.cleaned_data["upto"])
    return redirect("notification-list")


def _lines(rows: list[Notification], viewer: User) -> list[Line]:
    """The notifications as sentences; two queries. Words of what the viewer may not see any more are not shown."""
    claims = dict(
        Claim.objects.visible_to(viewer).filter(pk__in={row.claim_id for row in rows}).values_list("pk", "exact")
    )
    articles = dict(
        Article.objects.visible_to(viewer)
        .filter(pk__in={row.article_id for row in rows})
        .values_list("pk", "status__title")
    )
    return [_line(row, claims, articles) for row in rows]


def _line(row: Notification, claims: dict[UUID, str], articles: dict[UUID, str]) -> Line:
    before, after = SENTENCES[Notice(row.kind)]
    words, url = NO_MORE, ""
    if row.claim_id in claims:
        words = claims[row.claim_id]
        page = PAGES.get(Notice(row.kind), "claim")
        url = reverse(page, args=[row.claim_id]) + (f"#comment-{row.comment_id}" if row.comment_id else "")
    elif row.article_id in articles:
        words, url = articles[row.article_id], reverse("article", args=[row.article_id])
    return Line(row, before.format(by=row.by.username if row.by else "Somebody"), words, after, url)
