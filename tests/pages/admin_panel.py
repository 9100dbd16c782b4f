"""What the tests of the moderators' panel share: one row of every kind, and how a deed is done in a browser."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from claims.accounts.make_token import make_token
from claims.coverage.correct_story import post_correction, request_correction
from claims.models import (
    ApiToken,
    Article,
    Assessment,
    Assignment,
    Calibration,
    Claim,
    ClaimStatus,
    Comment,
    Correction,
    CorrectionRequest,
    Event,
    Flag,
    Outlet,
    Retirement,
    Ruling,
    Story,
    Suggestion,
    User,
)
from claims.models.link import in_order
from claims.relations import Relation
from claims.review.assign_article import assign_article
from claims.review.calibrate import set_calibration
from claims.review.flag_claim import flag_claim
from claims.review.register_source import register_source
from claims.review.retire_claim import retire_claim
from claims.review.set_aside import hide_claim
from claims.review.state import Judgement
from claims.review.write_comment import write_comment
from claims.transfers import Scope
from claims.vocabulary import Label
from tests.cast import assess, rule
from tests.importing import offered
from tests.linking import between, link

NOUNS = [model._meta.model_name for model in admin.site._registry]
DEEDS = [(model._meta.model_name, deed.name) for model, page in admin.site._registry.items() for deed in page.deeds]


@dataclass
class World:
    """One row of every kind that the panel lists, by the name of its model; a ruled and a retired claim too."""

    rows: dict[str, Any]

    def __getitem__(self, noun: str) -> Any:
        return self.rows[noun]


@pytest.fixture(name="world")
def one_row_of_each(ana: User, ben: User, max: User, ada: User, eve: User, story: Story, claims: list[Claim]) -> World:
    disputed, ruled, retired = claims[0], claims[1], claims[3]
    assess(disputed, ana, Label.UNSOURCED, note="canary of a note")
    assess(disputed, ben, Label.OPINION)
    rule(ruled, max)
    requests = [ask_for_correction(story, f"Number {number} is wrong.") for number in range(2)]
    post_correction(by=max, story=story, line="It was the other bank.", key=uuid4(), request_id=requests[1].pk)
    flag(disputed, ana)
    write_comment(by=ana, claim_id=disputed.pk, thread_id=None, body="canary of a comment", key=uuid4())
    assign_article(by=max, article_id=disputed.article_id, reviewer_id=ben.pk, key=uuid4())
    retire(retired, max, ["It is the ugliest", "in the country"])
    known(disputed, max)
    link(disputed, ruled, ana, Relation.FRAMES_DIFFERENTLY, reason="canary of a link")
    return World(
        {
            "claim": disputed,
            "ruled": ruled,
            "retired": retired,
            "flag": Flag.objects.first(),
            "comment": Comment.objects.first(),
            "assignment": Assignment.objects.first(),
            "retirement": Retirement.objects.first(),
            "calibration": Calibration.objects.first(),
            "assessment": Assessment.objects.first(),
            "ruling": Ruling.objects.first(),
            "article": Article.objects.first(),
            "outlet": Outlet.objects.first(),
            "story": story,
            "correctionrequest": requests[0],
            "correction": Correction.objects.first(),
            "event": Event.objects.first(),
            "user": eve,
            "apitoken": token_of(eve),
            "link": between(disputed, ruled),
            "suggestion": suggested(disputed, claims[2]),
            "source": register_source(by=max, name="The mayor", kind="named_person", key=uuid4()),
            "importitem": (item := offered(ana)),
            "job": item.job,
        }
    )


def token_of(user: User) -> ApiToken:
    until = timezone.now() + timedelta(days=30)
    return make_token(by=user, name="nightly pull", scopes=[Scope.READ], expires_at=until).token


def suggested(one: Claim, other: Claim, score: float = 0.5, **parts: Any) -> Suggestion:
    """The pair as the workbench would suggest it."""
    a, b = in_order(one.pk, other.pk)
    return Suggestion.objects.create(a_id=a, b_id=b, score=score, suggester_version=1, **parts)


def ask_for_correction(story: Story, message: str) -> CorrectionRequest:
    return request_correction(story=story, message=message, contact="", address=str(uuid4()), key=uuid4())


def flag(claim: Claim, by: User, reason: str = "canary of a flag") -> Flag:
    flag_claim(by=by, claim_id=claim.pk, reason=reason, key=uuid4())
    return Flag.objects.get(claim=claim, by=by, answered_at=None)


def retire(claim: Claim, by: User, parts: list[str]) -> None:
    version = ClaimStatus.objects.get(pk=claim.pk).version
    retire_claim(by=by, claim_id=claim.pk, parts=parts, reason="Two in one.", expected_version=version, key=uuid4())


def known(claim: Claim, by: User) -> None:
    """Make the claim a calibration item."""
    set_calibration(
        by=by,
        claim_id=claim.pk,
        judgement=Judgement(Label.OPINION),
        explanation="As the guide says.",
        expected_version=0,
        key=uuid4(),
    )


def list_of(noun: str) -> str:
    return reverse(f"admin:claims_{noun}_changelist")


def page_of(noun: str, deed: str) -> str:
    return reverse(f"admin:claims_{noun}_{deed}")


def select(client: Client, noun: str, deed: str, rows: list[Any], query: str = "") -> Any:
    """Select rows in a list and choose a deed: the page that asks."""
    keys = [str(row.pk) for row in rows]
    return client.post(list_of(noun) + query, {"action": deed, "index": "0", "_selected_action": keys})


def filled(asked: Any, **typed: Any) -> dict[str, Any]:
    """The form of a page that asks, filled in."""
    form = asked.context["form"]
    return {
        "row": [line.sent for line in asked.context["lines"]],
        "key": str(form["key"].value()),
        "back": form["back"].value() or "",
        **typed,
    }


def names(patterns: list[Any] | None = None) -> list[tuple[str, bool]]:
    """Every named address of the panel, and whether it takes an argument."""
    found = []
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            found += names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append((pattern.name, pattern.pattern.regex.groups > 0))
    return found


def noun_of(name: str) -> str:
    """The model that an address is about, "" for an address of the whole panel."""
    return name.split("_")[1] if name.startswith("claims_") else ""


def address(name: str, world: World) -> str:
    """The address of this name, about the row of this kind where it takes one."""
    if name == "app_list":
        return reverse("admin:app_list", args=["claims"])
    return reverse(f"admin:{name}", args=[world[noun_of(name)].pk] if TAKES_A_ROW[name] else [])


TAKES_A_ROW = dict(names())


def hide(claim: Claim, by: User) -> None:
    version = ClaimStatus.objects.get(pk=claim.pk).version
    hide_claim(by=by, claim_id=claim.pk, reason="For the test.", expected_version=version, key=uuid4())


def do(client: Client, noun: str, deed: str, rows: list[Any], **typed: Any) -> Any:
    """Select the rows, read the page and send it."""
    return client.post(page_of(noun, deed), filled(select(client, noun, deed, rows), **typed))


def words_of(client: Client, answer: Any) -> str:
    """The page that an answer is, or leads to."""
    return client.get(answer["Location"]).content.decode() if answer.status_code == 302 else answer.content.decode()


def found(client: Client, noun: str, **query: str) -> list[Any]:
    return list(client.get(list_of(noun), query).context["cl"].result_list)
