"""Deeds on many rows: what the page says before, a result for each row after, and what the log keeps."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimStatus, Event, User
from claims.review.reopen_claim import reopen_claim
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.pages.admin_panel import (
    World,
    do,
    filled,
    hide,
    list_of,
    one_row_of_each,  # noqa: F401
    page_of,
    retire,
    select,
    words_of,
)

pytestmark = pytest.mark.django_db

RULING = {"label": Label.OPINION.value, "strength": "", "reason": "", "explanation": "A matter of taste."}
WHY = {"reason": "It names a child."}


@pytest.fixture
def client_of_max(max: User) -> Client:
    return logged_in(max)


@pytest.fixture
def many(make_article: MakeArticle) -> list[Claim]:
    """A hundred claims: as many as a page takes."""
    article = make_article(" ".join(f"Bridge number {number} is closed." for number in range(100)))
    return list(Claim.objects.filter(article=article).in_reading_order())


# Many rows at once


def test_each_of_a_hundred_rows_has_its_result_and_none_is_lost(
    client_of_max: Client, many: list[Claim], max: User
) -> None:
    asked = select(client_of_max, "claim", "hide", many)
    for claim in many[:3]:
        hide(claim, max)
    answer = client_of_max.post(page_of("claim", "hide"), filled(asked, **WHY))
    assert answer.status_code == 409
    refused = {line.key: line.refusal for line in answer.context["lines"]}
    assert set(refused) == {str(claim.pk) for claim in many[:3]}
    assert set(refused.values()) == {"Something was done with this claim since this page was loaded. Look at it again."}
    page = answer.content.decode()
    assert "97 claims: hidden." in page
    assert [claim.exact for claim in many[3:] if f"{claim.exact}: hidden." not in page] == []
    assert "It names a child." in page, "what was typed is kept for the rest"
    assert ClaimStatus.objects.filter(set_aside="hidden").count() == 100
    assert Event.objects.filter(kind="claim.hidden", reason="It names a child.").count() == 97


def test_results_are_words_and_no_markup(client_of_max: Client, make_article: MakeArticle) -> None:
    article = make_article("\n\n".join(f"The <b>bold</b> bridge {number} is closed." for number in range(11)))
    answer = do(client_of_max, "claim", "hide", list(Claim.objects.filter(article=article)), **WHY)
    page = words_of(client_of_max, answer)
    assert "11 claims: hidden." in page
    assert "The &lt;b&gt;bold&lt;/b&gt; bridge 1 is closed.: hidden." in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("deed", ["rule", "hide"])
def test_a_page_about_many_rows_asks_the_database_no_more_than_one_about_few(
    deed: str, client_of_max: Client, many: list[Claim], ana: User, max: User, ada: User
) -> None:
    for claim in many[:30]:
        assess(claim, ana)
        assess(claim, max, Label.OPINION)
    counts = []
    for rows in (many[:2], many[:30] + many[60:], many):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert select(client_of_max, "claim", deed, rows).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 12


def test_a_page_that_was_sent_twice_says_twice_what_was_done(client_of_max: Client, claims: list[Claim]) -> None:
    sent = filled(select(client_of_max, "claim", "hide", claims), **WHY)
    answers = [client_of_max.post(page_of("claim", "hide"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Event.objects.filter(kind="claim.hidden").count() == len(claims)


@pytest.mark.parametrize("row", ["{pk} 0 " + "9" * 5_000, "{pk} 0\x00", "{pk}  0"])
def test_a_row_that_no_page_sends_is_refused(row: str, client_of_max: Client, claim: Claim) -> None:
    before = Event.objects.count()
    sent = {"row": row.format(pk=claim.pk), "key": str(uuid4()), **WHY}
    assert client_of_max.post(page_of("claim", "hide"), sent).status_code == 400
    assert Event.objects.count() == before


# What a page says before


@pytest.mark.parametrize(
    ("deed", "row", "now", "then"),
    [
        ("rule", "claim", "disputed", "ruled as chosen below; as opinion or unsourced without an explanation too"),
        ("rule", "ruled", "Ruling of max: Unsourced. So it is.", "ruled as chosen below; this needs an explanation"),
        ("reopen", "ruled", "ruled", "open"),
        ("hide", "claim", "disputed", "its state stays: disputed"),
        ("restore", "retired", "retired in favour of its parts", "in lists and in work again: open"),
    ],
)
def test_the_page_of_a_deed_shows_what_stands_and_what_will(
    deed: str, row: str, now: str, then: str, client_of_max: Client, world: World
) -> None:
    asked = client_of_max.get(page_of("claim", deed), {"row": str(world[row].pk)})
    (line,) = asked.context["lines"]
    assert now in line.stands
    assert then in line.becomes
    assert "As it will be" in asked.content.decode()


def test_the_state_that_a_reopening_promises_is_the_one_that_comes(
    client_of_max: Client, claims: list[Claim], ana: User, ben: User
) -> None:
    assess(claims[0], ana)
    assess(claims[0], ben)
    asked = select(client_of_max, "claim", "reopen", claims[:1])
    assert asked.context["lines"][0].becomes == ["in review", "equal labels that settle it then: 3"]
    client_of_max.post(page_of("claim", "reopen"), filled(asked, reason="Both overlooked the last clause."))
    assert ClaimStatus.objects.get(pk=claims[0].pk).state == "in_review"
    assert (
        "2 of 2; reopened when there were 2"
        in client_of_max.get(f"{list_of('claim')}{claims[0].pk}/change/").content.decode()
    )


def test_rows_that_a_deed_does_not_fit_say_why(client_of_max: Client, world: World, claims: list[Claim]) -> None:
    hide(claims[2], User.objects.get(username="max"))
    left_out = {
        deed: [why for _, why in select(client_of_max, "claim", deed, claims).context["left_out"]]
        for deed in ("rule", "reopen", "hide", "restore")
    }
    hidden, retired = "It is hidden by a moderator", "It is retired in favour of its parts"
    nothing = "It is not settled, so there is nothing to reopen."
    assert sorted(left_out["rule"]) == [f"{hidden}. Restore it first.", f"{retired}. Restore it first."]
    assert sorted(left_out["reopen"]) == sorted([*left_out["rule"], nothing])
    assert sorted(left_out["hide"]) == [f"{hidden} already.", f"{retired} already."]
    assert left_out["restore"] == ["It is neither hidden nor retired."] * 2


# The log

SAID = {
    ("claim", "rule"): ("claim.ruled", "A matter of taste.", None, {"label": "OPINION"}),
    ("claim", "reopen"): ("claim.reopened", "Why.", {"state": "ruled", "label": "UNSOURCED"}, {"state": "open"}),
    ("claim", "hide"): ("claim.hidden", "Why.", {"set_aside": ""}, {"set_aside": "hidden"}),
    ("claim", "restore"): ("claim.restored", "Why.", {"set_aside": "retired"}, {"set_aside": ""}),
    ("flag", "answer"): ("claim.flag_answered", "Why.", None, {}),
    ("article", "lock"): ("article.locked", "Why.", {"locked": False}, {"locked": True}),
    ("article", "take-out"): ("article.placed", "", {}, {"story": None}),
    ("article", "withdraw"): ("article.withdrawn", "Why.", None, {}),
    ("story", "require"): ("story.assessments_required", "", {"assessments_needed": 2}, {"assessments_needed": 5}),
    ("story", "publish"): ("story.published", "", None, {}),
    ("outlet", "describe"): ("outlet.described", "", {"kind": "unknown"}, {"kind": "republisher"}),
    ("user", "change-role"): ("account.role_changed", "Why.", {"role": "reader"}, {"role": "moderator"}),
    ("user", "block"): ("account.blocked", "Why.", {"active": True}, {"active": False}),
    ("correctionrequest", "decline"): ("correction.answered", "Why.", None, {}),
}
TYPED = {
    **{deed: {"reason": "Why."} for deed in ("reopen", "hide", "restore", "lock", "withdraw", "block", "decline")},
    "rule": RULING,
    "answer": {"answer": "Why."},
    "require": {"needed": "5"},
    "change-role": {"role": "moderator", "reason": "Why."},
    "describe": {"kind": "republisher", "note": ""},
}
DONE_TO = {"reopen": "ruled", "restore": "retired"}


@pytest.mark.parametrize(("noun", "deed"), SAID)
def test_the_log_keeps_who_did_what_why_and_what_was_before(noun: str, deed: str, world: World, ada: User) -> None:
    kind, reason, before, after = SAID[noun, deed]
    client, row = logged_in(ada), world[DONE_TO.get(deed, noun)]
    asked = client.get(page_of(noun, deed), {"row": str(row.pk)})
    client.post(page_of(noun, deed), filled(asked, **TYPED.get(deed, {})))
    event = Event.objects.order_by("-number")[0]
    assert (event.by, event.kind, event.reason) == (ada, kind, reason)
    for said, kept in ((before, event.before), (after, event.after)):
        assert (said is None) == (kept is None)
        assert (said or {}).items() <= (kept or {}).items()


def test_a_reopened_claim_keeps_its_history(client_of_max: Client, world: World, max: User) -> None:
    version = ClaimStatus.objects.get(pk=world["ruled"].pk).version
    reopen_claim(by=max, claim_id=world["ruled"].pk, reason="In doubt.", expected_version=version, key=uuid4())
    rule(world["ruled"], max, Label.OPINION, "Now it is.")
    entries = client_of_max.get(f"{list_of('claim')}{world['ruled'].pk}/history/").context["entries"]
    assert [entry.event.kind for entry in entries] == ["claim.ruled", "claim.reopened", "claim.ruled"]


def test_a_claim_retired_a_second_time_is_gone_for_deeds(client_of_max: Client, world: World, max: User) -> None:
    answer = do(client_of_max, "claim", "restore", [world["retired"]], **WHY)
    assert answer.status_code == 302
    retire(world["retired"], max, ["It is", "the ugliest bridge in the country"])
    sent = {"row": f"{world['retired'].pk} 0", "key": str(uuid4()), **RULING}
    assert client_of_max.post(page_of("claim", "rule"), sent).status_code == 410
