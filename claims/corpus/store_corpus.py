"""A generated corpus comes in: begun once, with one event, then stored in parts."""

from dataclasses import asdict
from secrets import token_urlsafe
from typing import Final

from django.db import transaction

from claims import audit
from claims.accounts.manage_account import create_account
from claims.corpus.parts import COLUMNS, Asked, Part
from claims.corpus.work_rows import Staff
from claims.long_work.open_job import open_job
from claims.models import Article, Attribution, Hop, Job, Outlet, OutletStatus, Source, SourceWord, User
from claims.models.stored_rows import store_rows
from claims.permissions import OPERATOR, check_is_operator
from claims.refusals import Conflict
from claims.transfers import JobState
from claims.vocabulary import EventKind, Role

KIND: Final = "corpus"
STAFF: Final = {
    **{f"generated-reviewer-{number}": Role.REVIEWER for number in range(1, 7)},
    **{f"generated-moderator-{number}": Role.MODERATOR for number in range(1, 3)},
}
# Who is cited and where articles stood may be here from before.
_MAY_BE_HERE: Final = frozenset({Outlet, OutletStatus, Source, SourceWord})


@transaction.atomic
def begin_corpus(*, by: User, asked: Asked, beside: bool = False, among_people: bool = False) -> Job:
    """The job of this corpus: the one that was stopped, or a new one with the accounts that the work will be of.

    Raises NotAllowed; and Conflict where the corpus of this seed is here already, where there are articles and not
    `beside`, or accounts of people and not `among_people`.
    """
    check_is_operator(by, "generate a corpus")
    begun = Job.objects.filter(kind=KIND)
    stopped = begun.filter(state=JobState.RUNNING)
    if any(job.arguments == asdict(asked) for job in stopped):
        return open_job(by=by, kind=KIND, arguments=asdict(asked))
    if any(job.arguments.get("seed") == asked.seed for job in begun):
        raise Conflict("A corpus of this seed is here already, or a part of it. Take another --seed.")
    if Article.objects.exists() and not beside:
        raise Conflict(
            "There are articles here already, and a corpus is for measuring: take an empty database, or say --beside."
        )
    if User.objects.exclude(username__in=[OPERATOR, *STAFF]).exists() and not among_people:
        raise Conflict(
            "People have accounts here, so this may be a desk at work, where nobody could tell invented articles from "
            "others. Take an empty database, or say --yes."
        )
    there = set(User.objects.filter(username__in=STAFF).values_list("username", flat=True))
    for name, role in STAFF.items():
        if name not in there:
            # Nobody is told the password: these accounts are for no one.
            create_account(by=by, username=name, password=token_urlsafe(30), role=role)
    job = open_job(by=by, kind=KIND, arguments=asdict(asked))
    audit.record(EventKind.CORPUS_GENERATED, by=by, target=job, after=asdict(asked))
    return job


def staff() -> Staff:
    """The accounts that the work of a corpus is of, in the order of their names."""
    numbers = dict(User.objects.filter(username__in=STAFF).values_list("username", "pk"))
    of_role = {role: tuple(numbers[name] for name in STAFF if STAFF[name] == role) for role in set(STAFF.values())}
    return Staff(of_role[Role.REVIEWER], of_role[Role.MODERATOR])


@transaction.atomic
def store_corpus(*, by: User, part: Part) -> None:
    """Store a part of a corpus that was begun, a few statements for all of it. Raises NotAllowed."""
    check_is_operator(by, "generate a corpus")
    waiting = part.rows.waiting
    for model, columns in COLUMNS.items():
        rows = waiting[model]
        if model in _MAY_BE_HERE:
            # One row of each: whatever comes again in a part is the same.
            store_rows(model, columns, dict.fromkeys(rows), "DO NOTHING")
        elif model is Hop:
            numbers = _numbers([claim for claim, *_ in waiting[Attribution]])
            store_rows(model, columns, ((numbers[claim], *rest) for claim, *rest in rows))
        else:
            store_rows(model, columns, rows)


def _numbers(claims: list[object]) -> dict[object, int]:
    """The attribution of each of these claims, which have one at most."""
    return dict(Attribution.objects.filter(claim__in=claims).values_list("claim", "pk"))
