"""Everything else that programs change: the effect is the room's, once, and in the version that was read."""

from typing import Any
from uuid import uuid4

import pytest

from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    ClaimTime,
    Comment,
    Event,
    Evidence,
    Job,
    Link,
    Skip,
    Source,
    Story,
    StoryStatus,
    User,
    Verdict,
    VerdictPublication,
)
from claims.transfers import Scope
from tests.api.desk import one_of_each
from tests.api.program import Program
from tests.cast import MakeArticle
from tests.unit.ledger import event_count

EVIDENCE = {"url": "https://example.org/minutes", "stance": "refutes"}
NOBODYS = "00000000-0000-8000-8000-000000000000"


@pytest.fixture
def names(make_article: MakeArticle, ana: User, ben: User, max: User) -> dict[str, Any]:
    return one_of_each(make_article, ana, ben, max)


def twice(program: Program, method: str, path: str, body: dict[str, Any] | None = None, **sent: Any) -> dict[str, Any]:
    """Send it, and send it again with the same key: one effect, and the same answer."""
    key = uuid4()
    first = program.send(method, path, body, key=key, **sent)
    assert first.status_code < 300, first.content
    events = event_count()
    again = program.send(method, path, body, key=key, **sent)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert event_count() == events
    return dict(first.json())


def test_evidence_is_added_changed_removed_and_put_back(names: dict[str, Any], ana: User) -> None:
    program, path = Program(ana), f"claims/{names['claim_id']}/evidence"
    added = twice(program, "POST", path, EVIDENCE)
    one = f"{path}/{added['evidence']}"
    twice(program, "PUT", one, EVIDENCE | {"stance": "supports"}, version=1)
    old = program.put(one, EVIDENCE, version=1)
    assert (old.status_code, old.json()["current"]["stance"], old.json()["yours"]) == (412, "supports", EVIDENCE)
    assert twice(program, "DELETE", one, version=2)["removed"]
    assert not twice(program, "POST", f"{one}/restore", version=3)["removed"]
    assert Evidence.objects.get(pk=added["evidence"]).stance == "supports"


def test_a_time_is_given_and_taken_back(names: dict[str, Any], ana: User) -> None:
    program, path = Program(ana), f"claims/{names['claim_id']}/times/event"
    twice(program, "PUT", path, {"value": "2024-04-26", "basis": "inferred"}, version=0)
    assert ClaimTime.objects.get().value == "2024-04-26"
    twice(program, "PUT", path, {"value": ""}, version=1)
    assert ClaimTime.objects.get().value == ""
    assert program.put(path, {"value": "2024", "basis": "inferred"}, version=0).status_code == 412


def test_a_verdict_is_given_on_what_is_settled(names: dict[str, Any], ana: User) -> None:
    program, sent = Program(ana), {"value": "supported", "explanation": "Two minutes say so."}
    assert program.put(f"claims/{names['claim_id']}/verdict", sent, version=0).status_code == 403
    path = f"claims/{names['ruled_id']}/verdict"
    twice(program, "PUT", path, sent, version=1)
    assert Verdict.objects.get().value == "supported"
    assert twice(program, "DELETE", path, version=2)["value"] == ""


def test_a_second_moderator_publishes_a_verdict(names: dict[str, Any], max: User, ada: User) -> None:
    path = f"claims/{names['ruled_id']}/publications/1"
    assert Program(max).post(f"{path}/publish").status_code == 403
    assert twice(Program(ada), "POST", f"{path}/publish")["state"] == "published"
    withdrawn = twice(Program(ada), "POST", f"{path}/withdraw", {"reason": "Another year."})
    assert withdrawn["state"] == VerdictPublication.objects.get().state == "withdrawn"


def test_claims_are_drawn_and_taken_back(names: dict[str, Any], ana: User) -> None:
    program, path = Program(ana), f"articles/{names['article_id']}/claims"
    span = {"start": 4, "end": 10, "exact": "bridge"}
    drawn = twice(program, "POST", path, {"revision": str(names["revision_id"]), "old": [], "spans": [span]})
    assert Claim.objects.get(pk=drawn["claims"][0]["id"]).exact == "bridge"
    undo = drawn["undo"] | {"revision": str(names["revision_id"])}
    twice(program, "POST", path, undo)
    assert ClaimStatus.objects.get(pk=drawn["claims"][0]["id"]).set_aside == "redrawn"


def test_a_pair_is_linked_ruled_on_and_reopened(names: dict[str, Any], ana: User, ben: User, max: User) -> None:
    pair = f"claims/{names['claim_id']}/links/{names['other_id']}"
    twice(Program(ben), "PUT", pair, {"relation": "UNRELATED"}, version=0)
    link = f"links/{names['link_id']}"
    twice(Program(ana), "DELETE", f"{link}/finding", version=1)
    sent = {"relation": "FRAMES_DIFFERENTLY", "explanation": "One event, two pictures."}
    twice(Program(max), "PUT", f"{link}/ruling", sent, version=0)
    version = Link.objects.get(pk=names["link_id"]).version
    assert Program(max).post(f"{link}/reopen", {"reason": "Look again."}, version=version - 1).status_code == 412
    twice(Program(max), "POST", f"{link}/reopen", {"reason": "Look again."}, version=version)


def test_people_talk_about_a_claim(names: dict[str, Any], ana: User, max: User) -> None:
    claim = f"claims/{names['claim_id']}"
    said = twice(Program(ana), "POST", f"{claim}/comments", {"body": "See the note, @nobody."})
    assert said["unknown"] == ["nobody"]
    thread = f"{claim}/threads/{said['comment']}"
    assert twice(Program(ana), "POST", f"{thread}/resolve", version=1)["resolved"]
    assert not twice(Program(ana), "POST", f"{thread}/reopen", version=2)["resolved"]
    twice(Program(max), "POST", f"flags/{names['flag_id']}/answer", {"answer": "It is whole."})
    flagged = twice(Program(ana), "POST", f"{claim}/flags", {"reason": "Cut in two."})
    assert flagged["flag"] != names["flag_id"]
    assert Comment.objects.filter(pk=said["comment"], by=ana).exists()


def test_the_queue_serves_a_claim_until_it_is_skipped(names: dict[str, Any], ana: User) -> None:
    program = Program(ana)
    first, again = (program.post("queue/next").json() for _ in range(2))
    assert first == again
    twice(program, "POST", f"claims/{first['claim']}/skip", {"reason": "unsure"})
    assert Skip.objects.get().reviewer == ana
    assert program.post("queue/next").json()["claim"] != first["claim"]


def test_an_article_is_assigned_and_taken_back(names: dict[str, Any], ben: User, max: User) -> None:
    path = f"articles/{names['article_id']}/assignments"
    assert twice(Program(max), "POST", path, {"reviewer": ben.pk}) == {"reviewer": "ben", "new": True}
    twice(Program(max), "DELETE", f"assignments/{names['assignment_id']}")


def test_a_story_is_made_described_published_and_filled(names: dict[str, Any], max: User) -> None:
    program = Program(max)
    made = twice(program, "POST", "stories", {"title": "The flood", "description": ""})
    path = f"stories/{made['id']}"
    twice(program, "PUT", path, {"title": "The flood of May"}, version=0)
    old = program.put(path, {"title": "A flood"}, version=0)
    assert (old.status_code, old.json()["current"]["title"]) == (412, "The flood of May")
    twice(program, "POST", f"{path}/publish", version=1)
    twice(program, "POST", f"{path}/take-back", version=2)
    twice(program, "PUT", f"{path}/assessments-needed", {"needed": 3}, version=3)
    assert StoryStatus.objects.get(pk=made["id"]).assessments_needed == 3
    article = f"articles/{names['article_id']}/story"
    assert program.put(article, {"story": made["id"]}, version=0).status_code == 412
    twice(program, "PUT", article, {"story": made["id"]}, version=1)
    assert ArticleStatus.objects.get(pk=names["article_id"]).story == Story.objects.get(pk=made["id"])


def test_sources_are_registered_described_and_merged(names: dict[str, Any], ana: User, max: User) -> None:
    sent = {"name": "Ida Brooke", "kind": "named_person"}
    made = twice(Program(ana), "POST", "sources", sent)
    twice(Program(ana), "PUT", f"sources/{made['id']}", sent | {"role": "mayor"}, version=made["version"])
    merge = {"into": str(names["source_id"]), "into_version": 1, "reason": "One and the same."}
    merge["into_version"] = Source.objects.get(pk=names["source_id"]).version
    version = Source.objects.get(pk=made["id"]).version
    twice(Program(max), "POST", f"sources/{made['id']}/merge", merge, version=version)
    twice(Program(max), "POST", f"sources/{made['id']}/unmerge", {"reason": "Two."}, version=version + 1)
    assert Source.objects.get(pk=made["id"]).merged_into is None


def test_an_article_is_locked_revised_and_withdrawn(names: dict[str, Any], max: User) -> None:
    program, path = Program(max), f"articles/{names['article_id']}"
    version = ArticleStatus.objects.get(pk=names["article_id"]).version
    assert twice(program, "POST", f"{path}/lock", {"reason": "Wait."}, version=version)["locked"]
    assert not twice(program, "POST", f"{path}/unlock", {"reason": "Go on."}, version=version + 1)["locked"]
    text = "The bridge over the Elm was closed on Thursday.\n\nIt is the ugliest bridge in the country."
    revised = twice(program, "POST", f"{path}/revisions", {"revision": str(names["revision_id"]), "text": text})
    assert revised["moved"] > 0
    version = ArticleStatus.objects.get(pk=names["article_id"]).version
    assert twice(program, "POST", f"{path}/withdraw", {"reason": "Asked for."}, version=version)["withdrawn"]
    assert Article.objects.get(pk=names["article_id"]).headline == ""


def test_texts_are_offered_corrected_and_brought_in(names: dict[str, Any], ana: User) -> None:
    program = Program(ana, Scope.IMPORT, Scope.READ)
    sent = {
        "documents": [{"name": "a.txt", "text": "The toll was lifted on Monday."}, {"text": "It rained on Sunday."}]
    }
    job = twice(program, "POST", "imports", sent)
    path = f"imports/{job['id']}"
    items = program.get(f"{path}/items").json()["items"]
    assert [(item["name"], item["state"]) for item in items] == [("a.txt", "ready"), ("text.txt", "ready")]
    one = f"{path}/items/{items[1]['id']}"
    assert program.send("PATCH", one, {"left_out": True}, version=0).json()["state"] == "left_out"
    assert program.send("PATCH", one, {"left_out": False}, version=0).status_code == 412
    begun = twice(program, "POST", f"{path}/begin", version=Job.objects.get(pk=job["id"]).version)
    assert begun["state"] == "waiting"
    while (now := program.post(f"{path}/step").json())["state"] not in {"done", "failed"}:
        assert now["state"] in {"waiting", "running"}
    assert now["counts"] == {"left_out": 1, "stored": 1}
    assert Claim.objects.filter(exact="The toll was lifted on Monday.").exists()


def test_addresses_are_not_read_where_that_is_off(ana: User) -> None:
    answer = Program(ana).post("imports", {"urls": ["https://example.org/"]})
    assert (answer.status_code, "FETCH_PAGES" in answer.json()["detail"]) == (400, True)
    assert not Job.objects.exists()


def test_what_is_blind_is_answered_as_what_is_not_there(names: dict[str, Any], ben: User) -> None:
    """Ana's evidence, thread, notification and import are nobody's to ben."""
    program, claim = Program(ben), f"claims/{names['claim_id']}"
    for path, deed, body in (
        (f"{claim}/evidence/{{}}", ("DELETE", names["evidence_id"]), None),
        (f"{claim}/evidence/{{}}", ("PUT", names["evidence_id"]), EVIDENCE),
        (f"{claim}/threads/{{}}/resolve", ("POST", names["thread_id"]), None),
        ("notifications/{}/read", ("POST", names["notification_id"]), None),
    ):
        method, key = deed
        there, nothing = (program.send(method, path.format(one), body, version=1) for one in (key, NOBODYS))
        assert (path, there.status_code) == (path, 410)
        assert there.json() == nothing.json()
        assert there.headers.get("ETag") == nothing.headers.get("ETag")
    assert not Event.objects.filter(by=ben).exclude(kind="account.token_made").exists()
