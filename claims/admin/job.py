"""Long work in the panel: what waits, how far it is, why it failed; and it can be stopped."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from claims.admin.deed import Deed, Order
from claims.admin.lists import choice
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, moment, named
from claims.long_work.cancel_job import cancel_job
from claims.models import Job, User
from claims.permissions import OPERATOR
from claims.transfers import JOB_STATE_NAMES, JOBS_ENDED, JobState

# No index finds jobs by how they ended, so those that ended are looked for among so many of the newest.
NEWEST = 5_000


def _cancel(order: Order) -> object:
    return cancel_job(by=order.by, job_id=order.row.pk, key=order.key)


def called(job: Job) -> str:
    """What a job is called: what is done, for whom, since when."""
    return f"{job.kind} of {asked_by(job)}, {moment(job.created_at)}"


def asked_by(job: Job) -> str:
    """Who asked for it; commands do so as an account that nobody can log in to, and that is no news."""
    return OPERATOR if job.by.username == OPERATOR else named(job.by)


def progress(job: Job) -> str:
    """How far a job is: "3 of 10", "3" where nobody knows yet of how many."""
    if job.total:
        return f"{job.done:,} of {job.total:,}"
    return f"{job.done:,}" if job.done else NOTHING


def state_of(job: Job) -> str:
    """Its state in words, and that it was asked to end."""
    name = JOB_STATE_NAMES[JobState(job.state)]
    return f"{name}, ends after the step in hand" if job.cancel_asked and job.state not in JOBS_ENDED else name


def _ended(job: Job) -> str:
    return "It has ended already." if job.state in JOBS_ENDED else ""


def _of_the_newest(state: JobState) -> Q:
    return Q(state=state, pk__in=Job.objects.newest_first().values("pk")[:NEWEST])


class JobAdmin(PanelAdmin):
    """Long work, newest first."""

    list_display = ("kind", "whose", "stands", "reached", "created_at", "error")
    list_select_related = ("by",)
    list_filter = (
        choice(
            f"state, of the {NEWEST:,} newest",
            "state",
            {state.value: (name, _of_the_newest(state)) for state, name in JOB_STATE_NAMES.items()},
        ),
    )
    ordering = ("-created_at", "id")
    search_fields = ("by__username",)
    search_help_text = "The name of who asked for it, in full."
    fields = (
        *("kind", "whose", "stands", "reached", "came", "error", "attempts", "priority"),
        *("created_at", "run_after", "started_at", "in_hand", "ended_at"),
    )
    deeds = (
        Deed(
            name="cancel",
            title="Stop",
            words="stop other people's work",
            done="stopped",
            do=_cancel,
            stands=lambda job: [f"{state_of(job)}; {progress(job)} done"],
            becomes=lambda job: ["stopped, after the step in hand; what is done stays"],
            called=called,
            unfit=_ended,
            knows_keys=True,
            caution="What is done stays. What is not done is left, and has to be asked for again.",
        ),
    )

    def visible_to(self, viewer: User) -> QuerySet[Job]:
        """All of them, for moderators."""
        return Job.objects.visible_to(viewer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Job], search_term: str
    ) -> tuple[QuerySet[Job], bool]:
        """What one person asked for."""
        asked = search_term.strip()
        return (queryset.filter(by__username=asked) if asked else queryset), False

    @admin.display(description="of")
    def whose(self, job: Job) -> str:
        """Who asked for it."""
        return asked_by(job)

    @admin.display(description="state")
    def stands(self, job: Job) -> str:
        """Its state in words."""
        return state_of(job)

    @admin.display(description="done")
    def reached(self, job: Job) -> str:
        """How far it is."""
        return progress(job)

    @admin.display(description="what came of it")
    def came(self, job: Job) -> str:
        """How many of what."""
        return (
            ", ".join(f"{word.replace('_', ' ')}: {count:,}" for word, count in sorted(job.counts.items())) or NOTHING
        )

    @admin.display(description="in hand of")
    def in_hand(self, job: Job) -> str:
        """Which process has it, and until when it need not say that it goes on."""
        return f"{job.lease_owner}, until {moment(job.lease_until)}" if job.lease_owner else NOTHING
