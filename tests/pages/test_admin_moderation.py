"""The moderators' queues: what is disputed, flagged, hidden or locked, and the deeds that settle it."""

from uuid import uuid4

import pytest
from django.test import Client

from claims.admin import article as article_list
from claims.coverage.describe_story import create_story
from claims.models import ArticleStatus, Claim, ClaimStatus, Comment, Event, Flag, Ruling, Story, StoryStatus, User
from claims.refusals import Gone
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import redraw_claims
from claims.vocabulary import Label
from tests.cast import assess, logged_in
from tests.pages.admin_panel import (
    World,
    address,
    do,
    filled,
    flag,
    found,
    hide,
    list_of,
    one_row_of_each,  # noqa: F401
    page_of,
    select,
)

pytestmark = pytest.mark.django_db

RULING = {"label": Label.OPINION.value, "strength": "", "reason": "", "explanation": "A matter of taste."}
WHY = {"reason": "It names a child."}


@pytest.fixture
def client_of_max(max: User) -> Client:
    return logged_in(max)


# Rulings


def test_who_assessed_a_claim_is_told_before_that_somebody_else_rules(
    client_of_max: Client, world: World, claims: list[Claim], max: User, ada: User
) -> None:
    assess(world["claim"], max)
    asked = select(client_of_max, "claim", "rule", [world["claim"], claims[2]])
    assert [line.key for line in asked.context["lines"]] == [str(claims[2].pk)]
    assert "You assessed this claim yourself, so somebody else has to rule on it: ada." in asked.content.decode()
    page = client_of_max.get(address("claims_claim_change", world))
    assert "Rule on claims" not in [title for title, _ in page.context["deeds"]]
    sent = {**filled(asked, **RULING), "row": f"{world['claim'].pk} 0"}
    assert client_of_max.post(page_of("claim", "rule"), sent).status_code == 403
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert len(select(client_of_max, "claim", "rule", [world["claim"]]).context["lines"]) == 1


def test_a_ruling_rests_on_the_assessments_that_the_page_showed(client_of_max: Client, world: World, ben: User) -> None:
    asked = select(client_of_max, "claim", "rule", [world["claim"]])
    assess(world["claim"], ben, Label.NOT_A_CLAIM)
    answer = client_of_max.post(page_of("claim", "rule"), filled(asked, **RULING))
    assert answer.status_code == 409
    assert "A reviewer has changed an assessment since this page was loaded" in answer.content.decode()
    assert "ben: Not a claim" in answer.content.decode()
    assert client_of_max.post(page_of("claim", "rule"), filled(answer, **RULING)).status_code == 302


def test_an_explanation_is_asked_for_only_where_reviewers_are_overridden(client_of_max: Client, world: World) -> None:
    silent = {**RULING, "explanation": ""}
    refused = do(client_of_max, "claim", "rule", [world["claim"]], **{**silent, "label": "SOURCED"})
    assert refused.status_code == 400
    assert "Say in a sentence why you rule so" in refused.content.decode()
    assert do(client_of_max, "claim", "rule", [world["claim"]], **silent).status_code == 302
    assert Ruling.objects.get(claim=world["claim"]).label == Label.OPINION


# Queues


def test_each_queue_lists_what_waits_in_it(client_of_max: Client, world: World, claims: list[Claim], max: User) -> None:
    hide(claims[2], max)
    assert found(client_of_max, "claim", state="disputed") == [claims[0]]
    assert found(client_of_max, "claim", aside="hidden") == [claims[2]]
    assert found(client_of_max, "claim", aside="retired") == [claims[3]]
    assert found(client_of_max, "claim", flagged="yes") == [claims[0]]
    assert set(found(client_of_max, "claim", aside="work")) == set(
        Claim.objects.exclude(pk__in=[c.pk for c in claims[2:]])
    )
    assert set(found(client_of_max, "claim")) == set(Claim.objects.all())


def test_the_first_page_counts_what_its_lists_show(client_of_max: Client, world: World, max: User, ana: User) -> None:
    hide(world["claim"], max)
    flag(world["ruled"], ana)
    to_do = client_of_max.get("/admin/").context["to_do"]
    assert {work.name: work.count for work in to_do} == {
        "Disputed claims": "0",
        "Disputed links": "0",
        "Flags without an answer": "2",
        "Hidden claims": "1",
        "Correction requests without an answer": "1",
    }
    for work in to_do:
        assert str(len(client_of_max.get(work.url).context["cl"].result_list)) == work.count


def test_flags_that_wait_come_first_and_the_newest_of_them(
    client_of_max: Client, world: World, ana: User, eve: User
) -> None:
    newer = flag(world["ruled"], ana)
    assert found(client_of_max, "flag") == [newer, world["flag"]]
    do(client_of_max, "flag", "answer", [newer], answer="It stays ruled.")
    assert found(client_of_max, "flag") == [world["flag"]]
    assert found(client_of_max, "flag", answered="yes") == [newer]
    assert found(client_of_max, "flag", answered="all") == [newer, world["flag"]]
    assert found(client_of_max, "flag", answered="all", q="ana") == [newer, world["flag"]]
    assert found(client_of_max, "flag", answered="all", q="eve") == []
    assert found(client_of_max, "flag", answered="all", q=str(world["ruled"].pk)) == [newer]


def test_a_flag_waits_for_its_answer_also_where_its_claim_got_other_borders(
    client_of_max: Client, ana: User, world: World, claims: list[Claim]
) -> None:
    claim = claims[2]
    waiting = flag(claim, ana)
    span = GivenSpan(claim.start, claim.end - 1)
    gone = {"article_id": claim.article_id, "revision_id": claim.revision_id, "old": [claim.pk]}
    assert redraw_claims(by=ana, spans=[span], key=uuid4(), **gone)["set_aside"] == [str(claim.pk)]
    assert waiting in found(client_of_max, "flag")
    assert claim in found(client_of_max, "claim", flagged="yes")
    do(client_of_max, "flag", "answer", [waiting], answer="Look at the new borders.")
    assert waiting not in found(client_of_max, "flag")


def test_an_answer_to_a_flag_reaches_its_claim_and_its_page(client_of_max: Client, world: World) -> None:
    assert do(client_of_max, "flag", "answer", [world["flag"]], answer=" ").status_code == 400
    do(client_of_max, "flag", "answer", [world["flag"]], answer="Looked at <b>twice</b>.")
    answered = Flag.objects.get()
    assert (answered.answered_by, answered.answer) == (User.objects.get(username="max"), "Looked at <b>twice</b>.")
    assert ClaimStatus.objects.get(pk=world["claim"].pk).open_flags == 0
    page = client_of_max.get(address("claims_claim_change", world)).content.decode()
    assert "canary of a flag → max: Looked at &lt;b&gt;twice&lt;/b&gt;." in page
    late = {"row": f"{answered.pk} 0", "key": str(uuid4()), "answer": "No."}
    again = client_of_max.post(page_of("flag", "answer"), late)
    assert again.status_code == 409
    assert "Another moderator has answered this flag since." in again.content.decode()


def test_a_claims_page_tells_what_became_of_it(client_of_max: Client, world: World, max: User) -> None:
    whole = client_of_max.get(f"{list_of('claim')}{world['retired'].pk}/change/").content.decode()
    assert "retired in favour of its parts" in whole
    assert "<strong>max</strong>: Two in one." in whole
    parts = Claim.objects.filter(wholes__claim=world["retired"])
    assert parts.count() == 2
    for part in parts:
        assert f"/admin/claims/claim/{part.pk}/change/" in whole
        assert str(world["retired"].pk) in client_of_max.get(f"{list_of('claim')}{part.pk}/change/").content.decode()
    disputed = client_of_max.get(address("claims_claim_change", world)).content.decode()
    assert "2 of 2" in disputed
    assert f"/admin/claims/comment/?q={world['claim'].pk}" in disputed
    assert len(found(client_of_max, "comment", q=str(world["claim"].pk))) == 1


def test_a_comment_is_shown_as_text(client_of_max: Client, world: World) -> None:
    Comment.objects.update(body="<b>bold</b> &amp; <script>alert(1)</script>")
    for page in ("change", "changelist"):
        shown = client_of_max.get(address(f"claims_comment_{page}", world)).content.decode()
        assert "&lt;script&gt;alert(1)" in shown
        assert "<script>alert(1)" not in shown


# Articles and stories


def test_nobody_labels_in_a_locked_article_until_it_is_unlocked(
    client_of_max: Client, world: World, claims: list[Claim], ana: User
) -> None:
    browser, article = logged_in(ana), world["article"]

    def label() -> int:
        form = {"label": "OPINION", "version": 0, "key": str(uuid4())}
        answer = browser.post(f"/claims/{claims[2].pk}/assess", form, headers={"Accept": "application/json"})
        return int(answer.status_code)

    do(client_of_max, "article", "lock", [article], reason="The text is checked first.")
    assert label() >= 400
    assert found(client_of_max, "article", locked="yes") == [article]
    do(client_of_max, "article", "unlock", [article], reason="It is as it was.")
    assert label() == 200
    assert found(client_of_max, "article", locked="yes") == []


def test_an_article_that_was_changed_meanwhile_is_not_locked(client_of_max: Client, world: World, ada: User) -> None:
    asked = select(client_of_max, "article", "lock", [world["article"]])
    do(logged_in(ada), "article", "take-out", [world["article"]])
    answer = client_of_max.post(page_of("article", "lock"), filled(asked, reason="The text is checked first."))
    assert answer.status_code == 409
    assert "The text is checked first." in answer.content.decode()
    assert ArticleStatus.objects.get(pk=world["article"].pk).locked_at is None


def test_claims_take_as_many_assessments_as_the_story_that_they_come_into_says(
    client_of_max: Client, world: World, claims: list[Claim], max: User
) -> None:
    strict = create_story(by=max, title="Strict", description="", key=uuid4())
    do(client_of_max, "story", "require", [strict], needed="4")
    assert StoryStatus.objects.get(pk=strict.pk).assessments_needed == 4
    do(client_of_max, "article", "place", [world["article"]], story=str(strict.pk))
    assert ClaimStatus.objects.get(pk=claims[0].pk).needed == 4
    do(client_of_max, "article", "take-out", [world["article"]])
    assert ClaimStatus.objects.get(pk=claims[0].pk).needed == 2


def test_an_article_does_not_move_without_its_claims(
    client_of_max: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> None:
        raise Gone("The claims could not follow.")

    monkeypatch.setattr(article_list, "follow_story", fails)
    before = Event.objects.count()
    answer = do(client_of_max, "article", "take-out", [world["article"]])
    assert answer.status_code == 410
    assert ArticleStatus.objects.get(pk=world["article"].pk).story == world["story"]
    assert Event.objects.count() == before


def test_a_lower_number_settles_what_has_enough(
    client_of_max: Client, story: Story, claims: list[Claim], ana: User
) -> None:
    assess(claims[0], ana)
    do(client_of_max, "story", "require", [story], needed="1")
    assert ClaimStatus.objects.get(pk=claims[0].pk).state == "agreed"
    for needed in ("0", "10", "x", ""):
        assert do(client_of_max, "story", "require", [story], needed=needed).status_code == 400
    same = do(client_of_max, "story", "require", [story], needed="1")
    assert "This is the number already; nothing was changed." in same.content.decode()
    assert Event.objects.filter(kind="story.assessments_required").count() == 1
