"""What a form names in its body: a key of something that the sender may not touch is answered like a key of nothing.

Each address that takes a POST is here, or among those whose forms name nothing.
"""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.models import (
    Assessment,
    Assignment,
    Claim,
    ClaimStatus,
    Notification,
    Receipt,
    User,
)
from claims.review.set_aside import hide_claim
from claims.vocabulary import Label, Notice
from tests.cast import MakeArticle, assess, logged_in, person
from tests.pages.admin_panel import DEEDS, World, ask_for_correction, one_row_of_each, page_of  # noqa: F401
from tests.pages.bodies import (
    CASES,
    JUDGED,
    NO_NUMBER,
    NO_UUID,
    Body,
    Case,
    Desk,
    said,
)
from tests.pages.test_permissions import NO, TABLE
from tests.unit import ledger

pytestmark = pytest.mark.django_db

# What is no key at all.
ODD = ("x", "-1", "0", "1.5", "²", "9" * 30, "\x00", "1 OR 1=1", "[]", "9" * 5_000)
# What differs between two answers that say the same.
VOLATILE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"|value="[0-9a-f-]{36}"')


@pytest.fixture
def desk(world: World, make_article: MakeArticle, ana: User, ben: User, max: User, ada: User, eve: User) -> Desk:
    elsewhere = create_story(by=max, title="Elsewhere", description="", key=uuid4())
    article = make_article("The ferry sank. The harbour closed.", "https://ferry.example/")
    place_article(by=max, article_id=article.pk, story_id=elsewhere.pk, expected_version=article.status.version)
    other, hidden = Claim.objects.filter(article=article).in_reading_order()
    hide_claim(by=max, claim_id=hidden.pk, reason="It names a child.", expected_version=0, key=uuid4())
    assess(other, ben, Label.SOURCED)
    told = Notification.objects.create(to=ben, kind=Notice.ASSIGNED, article=article, by=max)
    return Desk(
        world,
        {"ana": ana, "ben": ben, "max": max, "ada": ada, "eve": eve},
        other,
        hidden,
        told,
        ask_for_correction(elsewhere, "It did not sink."),
        article,
        said(world["claim"], ben),
        said(other, ana),
    )


# They name nothing but what their address names; `queue-next` only compares, and `assignments` answers row by row.
NAMES_NOTHING = {
    *("story-new", "story-edit", "story-publish", "story-assessments", "correction-ask", "assess", "retract", "flag"),
    *("reopen", "retire", "calibrate", "login", "logout", "password-change", "queue-next"),
    *("tokens", "evidence-add", "date-claim", "verdict-take-back", "verdict-propose", "link-reopen"),
    *("source-new", "source-describe", "source-unmerge"),
    # Where a relation starts is one of the two claims of the address, or refused.
    *("link", "link-retract"),
    # What is brought in is nobody's yet.
    *("import-files", "import-text", "import-addresses", "import-document", "import-step", "import-cancel"),
    # The revision in the forms of the first two is only compared with the text in force.
    *("orphan-place", "revise", "orphan-gone", "confirm-wording"),
}
BELOW = {"assignments"}


def test_every_form_is_looked_at() -> None:
    assert {name for name, (_, post) in TABLE.items() if post != NO} == {*CASES, *NAMES_NOTHING, *BELOW}


def everything() -> tuple[int, dict[str, Any]]:
    return ledger.event_count(), ledger.dump(ledger.tables())


def answer_to(client: Client, body: Body, key: Any) -> tuple[int, str]:
    """Status and page, without what differs between two answers that say the same, and without the key in its field."""
    sent = {**body.form, body.named: str(key), "key": str(uuid4())}
    answer = client.post(body.url, sent)
    page = VOLATILE.sub("", answer.content.decode())
    # It stands in a form that comes back, or among what was typed.
    page = re.sub(f'(name="{body.named}"[^>]*) value="{re.escape(str(key))}"', r"\1", page)
    return answer.status_code, page.replace(f">{key}</textarea>", "")


@pytest.mark.parametrize(
    "case", [case for cases in CASES.values() for case in cases], ids=lambda case: str(case.__name__)
)
def test_what_is_not_the_senders_is_answered_like_what_is_not_there(case: Case, desk: Desk) -> None:
    body = case(desk)
    client, before = logged_in(desk.people[body.sender]), everything()
    missing = answer_to(client, body, body.nothing)
    assert missing[0] == 410
    for key in body.foreign:
        assert answer_to(client, body, key) == missing, key
    for key in body.known:
        assert answer_to(client, body, key)[0] == 410, key
    odd = {key[:20]: answer_to(client, body, key)[0] for key in ODD}
    assert {key: code for key, code in odd.items() if code not in {400, 410}} == {}
    assert everything() == before


OF_A_CLAIM = {"claim": "/claims/{}/", "comment": "/claims/{}/comment", "thread-resolve": "/claims/{}/thread"} | {
    name: f"/claims/{{}}/{name}"
    for name in (
        *("assess", "attribute", "retract", "restore", "flag", "adjudicate", "rule", "reopen", "retire", "discussion"),
        *("evidence/add", "evidence/change", "evidence/remove", "evidence/restore", "date", "verdict"),
        *("verdict/take-back", "details", "wording", "links"),
    )
}


def test_a_hidden_claim_is_to_a_reviewer_one_that_is_not_there(desk: Desk) -> None:
    client, before = logged_in(desk.people["ana"]), everything()
    form = {**JUDGED, "version": 0, "key": str(uuid4()), "thread": "", "deed": "resolve", "restored": 1}
    for address in OF_A_CLAIM.values():
        urls = [address.format(key) for key in (desk.hidden.pk, uuid4())]
        hidden, missing = ([client.get(url).status_code, client.post(url, form).status_code] for url in urls)
        assert hidden == missing, address
    assert everything() == before


# Assigning answers for each article, on the page


def assigned(client: Client, article: Any, reviewer: Any) -> tuple[int, list[str]]:
    answer = client.post("/assignments/", {"article": [str(article)], "reviewer": str(reviewer), "key": str(uuid4())})
    results = answer.context.get("results") if answer.context else None
    return answer.status_code, [said for _, said in results or []]


def test_nobody_is_assigned_what_is_not_there_nor_by_somebody_who_may_not(desk: Desk, operator: User) -> None:
    cleo, article, ben = person("cleo", "reviewer"), desk.article_elsewhere, desk.people["ben"]
    User.objects.filter(pk=cleo.pk).update(is_active=False)
    client, shut_out = logged_in(desk.people["max"]), [logged_in(desk.people[name]) for name in ("ana", "eve")]
    before = everything()
    gone = (200, ["There is no such article here. It may never have been read."])
    assert assigned(client, uuid4(), ben.pk) == gone
    nobody = (200, ["There is no such account here. Choose one from the list."])
    assert assigned(client, article.pk, 10**9) == nobody
    for account in (cleo, operator, desk.people["eve"]):
        code, results = assigned(client, article.pk, account.pk)
        assert code == 200
        assert "assigned to" not in results[0]
    for odd in ODD:
        assert assigned(client, odd, ben.pk)[0] == 400
        assert assigned(client, article.pk, odd)[0] == 400
    for sender in shut_out:
        assert assigned(sender, article.pk, ben.pk)[0] == 403
    assert everything() == before


# Keys and marks


def test_a_key_is_the_senders_own(desk: Desk) -> None:
    """What another was answered under a key is not told to whoever sends the same key."""
    key, claim = uuid4(), desk.other
    form = {"label": "OPINION", "version": 0, "note": "canary of ana", "key": str(key)}
    for name in ("ana", "max"):
        answer = logged_in(desk.people[name]).post(
            f"/claims/{claim.pk}/assess", {**form, "note": f"of {name}"}, headers={"Accept": "application/json"}
        )
        assert answer.status_code == 200
        assert answer.json()["note"] == f"of {name}"
    assert Receipt.objects.filter(key=key).count() == 2


def test_the_mark_of_another_claim_settles_nothing(desk: Desk) -> None:
    other = Assessment.objects.get(claim=desk.other)
    client, before = logged_in(desk.people["max"]), everything()
    for mark in (f"{other.pk}.{other.version}", "", "x", "9" * 2_000):
        form = {**JUDGED, "version": 0, "seen": mark, "key": str(uuid4())}
        assert client.post(f"/claims/{desk.world['claim'].pk}/rule", form).status_code == 409
    assert everything() == before


def test_all_notifications_are_only_ones_own(desk: Desk) -> None:
    later = (timezone.now() + timedelta(days=1)).isoformat()
    logged_in(desk.people["ana"]).post("/notifications/read", {"upto": later, "key": str(uuid4())})
    assert not Notification.objects.filter(to=desk.people["ben"], read_at__isnull=False).exists()


# The panel


# What fills in any deed's form.
TYPED = {
    **{"label": "OPINION", "explanation": "So.", "strength": "", "kind": "unknown", "note": "", "answer": "So."},
    **{"line": "So.", "needed": "3", "role": "moderator"},
}
ODD_ROWS = ("x", "-1", "²", "9" * 30, "\x00")


def test_a_deed_knows_no_row_but_those_of_its_list(desk: Desk) -> None:
    client, before = logged_in(desk.people["ada"]), everything()
    answers: dict[tuple[str, str, str], int] = {}
    for noun, deed in DEEDS:
        url, is_number = page_of(noun, deed), noun in {"flag", "correctionrequest", "suggestion", "user"}
        typed = {**TYPED, "story": str(desk.world["story"].pk), "reason": "" if deed == "rule" else "So."}
        foreign = [row.pk for name, row in desk.world.rows.items() if name not in {noun, "ruled", "retired"}]
        unlike = [f"{key} 0" for key in foreign if isinstance(key, int) != is_number]
        no_version = [f"{desk.world[noun].pk} {version}" for version in ("", "x", "-1", "9" * 12)]
        for row in (
            *unlike,
            f"{NO_NUMBER if is_number else NO_UUID} 0",
            *(f"{key} 0" for key in ODD_ROWS),
            *no_version,
        ):
            sent = {**typed, "row": row, "key": str(uuid4())}
            answers[noun, deed, row] = client.post(url, sent).status_code
        for key in ODD_ROWS:
            assert client.get(url, {"row": key}).status_code == 404
        assert answers[noun, deed, f"{NO_NUMBER if is_number else NO_UUID} 0"] == 410
    assert {asked: code for asked, code in answers.items() if code not in {400, 410}} == {}
    assert everything() == before


def test_a_moderator_gets_at_no_account_by_any_list(desk: Desk) -> None:
    eve, client, before = desk.people["eve"], logged_in(desk.people["max"]), everything()
    for noun, deed in DEEDS:
        form = {"row": f"{eve.pk} 0", "key": str(uuid4()), "role": "administrator", "reason": "So."}
        assert client.post(page_of(noun, deed), form).status_code in {400, 403, 410}
    assert everything() == before


def test_an_assignment_that_was_ended_is_gone(desk: Desk) -> None:
    client, assignment = logged_in(desk.people["max"]), Assignment.objects.get()
    form = {"assignment": str(assignment.pk), "key": str(uuid4())}
    assert client.post("/assignments/end", form).status_code == 302
    before = everything()
    assert client.post("/assignments/end", {**form, "key": str(uuid4())}).status_code == 410
    assert everything() == before
    assert ClaimStatus.objects.get(pk=desk.hidden.pk).set_aside == "hidden"
