"""Evidence: what is taken, who may change it, who sees it, and what the log keeps."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Claim, Evidence, Receipt, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.add_evidence import add_evidence
from claims.review.change_evidence import change_evidence
from claims.review.given_evidence import MAX_QUOTE, MAX_TITLE, MOST_EVIDENCE, Given
from claims.review.remove_evidence import remove_evidence, restore_evidence
from claims.text.addresses import MAX_ADDRESS, host_words
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import EventKind
from tests.cast import assess, rule
from tests.deeds import hide, lock, reopen, retire, status
from tests.unit.ledger import event_count, events

GIVEN = Given(url="https://example.org/page", stance="supports", title="The page", quote="It was shut.", date="2024-02")
HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://example.org",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "blob:https://example.org/1",
    "//example.org/",
    "/claims/",
    "example.org",
    "http:///path",
    "http://",
    "https://:80/",
    "http://user:pw@example.org/",
    "http://user@example.org/",
    "http://example.org@evil.test/",
    "http://@example.org/",
    "http://example.org\\@evil.test/",
    "http:\\\\example.org/",
    "http://example.org/a b",
    "http://example.org/a\u00a0b",
    "http://example.org/a\tb",
    "http://exa\nmple.org/",
    "http://example.org/\u202egpj.exe",
    "http://exam\u200bple.org/",
    "http://example.org/\u2066x\u2069",
    "http://example.org/\ufeff",
    "http://example.org/\x00",
    "http://example.org/\ud800",
    "http://[::1",
    "http://example.org:port/",
    "http://example.org:99999/",
    "http://exa_mple..org/",
    "http://-/",
    "https://example.org/" + "x" * MAX_ADDRESS,
    "https://example.org/" + "x" * 10_000,
]


def give(claim: Claim, by: User, given: Given = GIVEN, key: UUID | None = None, **parts: str) -> Evidence:
    outcome = add_evidence(by=by, claim_id=claim.pk, given=replace(given, **parts), key=key or uuid4())
    return Evidence.objects.get(pk=outcome["evidence"])


def about(evidence: Evidence, by: User, do: Any, **sent: Any) -> Evidence:
    evidence.refresh_from_db()
    sent = {"expected_version": evidence.version, "key": uuid4()} | sent
    do(by=by, claim_id=evidence.claim_id, evidence_id=evidence.pk, **sent)
    evidence.refresh_from_db()
    return evidence


def test_evidence_is_stored_as_it_was_given(ana: User, claim: Claim) -> None:
    stored = give(claim, ana, note="Look <b>here</b><script>x</script>", archived_url=" https://archive.example/1 ")
    assert (stored.url, stored.stance, stored.title, stored.date) == (
        "https://example.org/page",
        "supports",
        "The page",
        "2024-02",
    )
    assert (stored.by, stored.version, stored.removed_at) == (ana, 1, None)
    assert stored.archived_url == "https://archive.example/1"
    assert "<b>here</b>" in stored.note
    assert "<script" not in stored.note
    assert status(claim).version == 1


@pytest.mark.parametrize(
    ("name", "url"),
    [("url", ""), ("url", " "), *((name, url) for url in HOSTILE for name in ("url", "archived_url"))],
)
def test_an_address_that_a_browser_should_not_open_is_refused(name: str, url: str, ana: User, claim: Claim) -> None:
    with pytest.raises(Invalid) as refusal:
        give(claim, ana, **{name: url})
    assert str(refusal.value).endswith(".")
    assert ("archived copy" in str(refusal.value)) == (name == "archived_url")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "HTTPS://Example.org/A?b=c#d",
        "https://example.org:8443/%E2%80%AE",
        "https://пример.рф/страница",
        "https://xn--80ak6aa92e.com/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "https://example.org/" + "x" * (MAX_ADDRESS - 20),
    ],
)
def test_an_address_of_the_web_is_taken_as_it_is(url: str, ana: User, claim: Claim) -> None:
    assert give(claim, ana, url=url).url == url


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/page", "www.example.org"),
        ("https://EXAMPLE.org:8443/", "example.org"),
        ("https://пример.рф/", "xn--e1afmkfd.xn--p1ai (пример.рф)"),
        ("https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai (пример.рф)"),
        # Looks like another host, and is not.
        ("https://аррӏе.com/", "xn--80ak6aa92e.com (аррӏе.com)"),
        ("https://xn--zzzzzzzzzzz.com/", "xn--zzzzzzzzzzz.com"),
    ],
)
def test_a_host_with_letters_beyond_ascii_is_shown_as_it_is_sent_too(url: str, host: str) -> None:
    assert host_words(url) == host


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"stance": "proves"}, "Say how it bears"),
        ({"stance": ""}, "Say how it bears"),
        ({"title": "x" * (MAX_TITLE + 1)}, "The title has 301 characters"),
        ({"title": "a\x00b"}, "The title holds a character"),
        ({"quote": "x" * (MAX_QUOTE + 1)}, "The quote has 4,001 characters"),
        ({"date": "last Tuesday"}, "Date: “last Tuesday” is no time. Write a day"),
        ({"note": "x" * (MAX_NOTE + 1)}, "A note may have 4,000 characters"),
    ],
)
def test_what_is_too_long_or_cannot_be_read_is_refused(
    parts: dict[str, str], sentence: str, ana: User, claim: Claim
) -> None:
    with pytest.raises(Invalid, match=sentence):
        give(claim, ana, **parts)
    assert not Evidence.objects.exists()
    assert not events("claim.evidence_added")


def test_until_a_claim_is_settled_only_who_added_it_and_moderators_see_it(
    ana: User, ben: User, max: User, eve: User, claim: Claim
) -> None:
    of_ana, of_max = give(claim, ana), give(claim, max)
    assert list(Evidence.objects.visible_to(ana)) == [of_ana]
    assert not Evidence.objects.visible_to(ben).exists()
    assert set(Evidence.objects.visible_to(max)) == {of_ana, of_max}
    rule(claim, max)
    assert set(Evidence.objects.visible_to(ben)) == {of_ana, of_max}
    assert not Evidence.objects.visible_to(eve).exists()
    reopen(claim, max)
    assert not Evidence.objects.visible_to(ben).exists()


def test_what_one_cannot_see_is_refused_like_what_is_not_there(ana: User, ben: User, claims: list[Claim]) -> None:
    of_ana, elsewhere = give(claims[0], ana), give(claims[1], ben)
    said = set()
    for evidence_id in (of_ana.pk, elsewhere.pk, uuid4()):
        for do, more in ((change_evidence, {"given": GIVEN}), (remove_evidence, {}), (restore_evidence, {})):
            with pytest.raises(Gone) as refusal:
                do(
                    by=ben,
                    claim_id=claims[0].pk,
                    evidence_id=evidence_id,
                    expected_version=1,
                    key=uuid4(),
                    **more,
                )
            said.add(str(refusal.value))
    assert said == {"There is no such evidence at this claim. Add a piece of your own."}


def test_reviewers_change_their_own_and_moderators_any(ana: User, ben: User, max: User, claim: Claim) -> None:
    evidence = give(claim, ana)
    rule(claim, max)
    with pytest.raises(NotAllowed, match="only a moderator may change evidence that somebody else added"):
        about(evidence, ben, change_evidence, given=GIVEN)
    with pytest.raises(NotAllowed, match="only a moderator may remove"):
        about(evidence, ben, remove_evidence)
    assert about(evidence, ana, change_evidence, given=replace(GIVEN, stance="refutes")).stance == "refutes"
    changed = about(evidence, max, change_evidence, given=replace(GIVEN, title="Another"))
    assert (changed.title, changed.by, changed.version) == ("Another", ana, 3)


def test_removed_evidence_is_kept_and_comes_back(ana: User, claim: Claim) -> None:
    evidence = about(give(claim, ana), ana, remove_evidence)
    assert evidence.removed_at is not None
    assert not Evidence.objects.in_force().exists()
    with pytest.raises(Conflict, match="removed already"):
        about(evidence, ana, remove_evidence)
    with pytest.raises(Conflict, match="Restore it first"):
        about(evidence, ana, change_evidence, given=GIVEN)
    restored = about(evidence, ana, restore_evidence)
    assert (restored.removed_at, restored.version) == (None, 3)
    with pytest.raises(Conflict, match="in the list already"):
        about(evidence, ana, restore_evidence)
    kinds = [event.kind for event in events() if event.kind.startswith("claim.evidence")]
    assert kinds == [EventKind.EVIDENCE_ADDED, EventKind.EVIDENCE_REMOVED, EventKind.EVIDENCE_RESTORED]


def test_a_page_from_before_a_change_meets_what_is_stored(ana: User, claim: Claim) -> None:
    evidence = give(claim, ana)
    about(evidence, ana, change_evidence, given=replace(GIVEN, title="Newer"))
    with pytest.raises(Conflict) as conflict:
        about(evidence, ana, change_evidence, given=replace(GIVEN, title="Older"), expected_version=1)
    assert (conflict.value.current["title"], conflict.value.current["version"]) == ("Newer", 2)
    with pytest.raises(Conflict):
        about(evidence, ana, remove_evidence, expected_version=1)


def test_each_form_sent_twice_has_one_effect(ana: User, claim: Claim) -> None:
    key = uuid4()
    assert give(claim, ana, key=key) == give(claim, ana, key=key)
    evidence = Evidence.objects.get()
    for do, more in ((change_evidence, {"given": GIVEN}), (remove_evidence, {}), (restore_evidence, {})):
        sent = {"claim_id": claim.pk, "evidence_id": evidence.pk, "key": uuid4(), **more}
        evidence.refresh_from_db()
        once = do(by=ana, expected_version=evidence.version, **sent)
        before = event_count()
        assert do(by=ana, expected_version=evidence.version, **sent) == once
        assert event_count() == before
    with pytest.raises(Conflict, match="key was used"):
        give(claim, ana, key=key, title="Something else")
    assert Evidence.objects.count() == 1


def test_one_person_has_at_most_so_many_at_a_claim_whatever_others_have(
    ana: User, ben: User, claims: list[Claim]
) -> None:
    Evidence.objects.bulk_create(
        Evidence(claim=claims[0], by=ana, url="https://example.org/", stance="context") for _ in range(MOST_EVIDENCE)
    )
    with pytest.raises(Invalid, match="You have 50 pieces of evidence at this claim, and that is the most"):
        give(claims[0], ana)
    give(claims[0], ben)
    give(claims[1], ana)
    one = about(Evidence.objects.filter(claim=claims[0], by=ana)[0], ana, remove_evidence)
    give(claims[0], ana)
    with pytest.raises(Invalid, match="that is the most"):
        about(one, ana, restore_evidence)


def test_a_settled_claim_takes_evidence_and_its_state_stays(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ben)
    give(claim, ana)
    assert status(claim).state == "agreed"


def test_a_claim_that_is_locked_hidden_retired_or_withdrawn_takes_none(
    ana: User, max: User, claims: list[Claim]
) -> None:
    evidence = give(claims[0], ana)
    retire(claims[1], max, "Mayor Ida Brook said on Monday", "that the bridge would open again in May.")
    with pytest.raises(Gone, match="gave way to its parts"):
        give(claims[1], ana)
    hide(claims[2], max)
    with pytest.raises(Gone, match="no such claim here"):
        give(claims[2], ana)
    with pytest.raises(Gone, match="has hidden this claim"):
        give(claims[2], max)
    with pytest.raises(Gone, match="no such claim here"):
        give(Claim(pk=uuid4()), ana)
    lock(claims[0].article, max)
    for attempt in (lambda: give(claims[0], ana), lambda: about(evidence, ana, remove_evidence)):
        with pytest.raises(Conflict, match="locked this article"):
            attempt()
    article = claims[0].article
    article.status.refresh_from_db()
    withdraw_article(by=max, article_id=article.pk, reason="Asked to.", expected_version=article.status.version)
    with pytest.raises(Gone):
        give(claims[0], ana)


def test_who_has_no_role_adds_nothing(eve: User, claim: Claim) -> None:
    with pytest.raises(NotAllowed):
        give(claim, eve)


def test_the_log_keeps_what_was_done_and_not_the_words_that_were_quoted(ana: User, claim: Claim) -> None:
    evidence = give(claim, ana, quote="Words of another house.")
    about(evidence, ana, change_evidence, given=replace(GIVEN, quote="Other words of theirs."))
    (added,), (changed,) = (events(kind) for kind in (EventKind.EVIDENCE_ADDED, EventKind.EVIDENCE_CHANGED))
    assert (added.target_id, added.before, added.after["url"]) == (str(claim.pk), None, GIVEN.url)
    assert changed.before == added.after
    assert (changed.after["version"], changed.before["version"]) == (2, 1)
    assert changed.after["quote"] != changed.before["quote"] != ""
    kept = "".join(str((event.before, event.after)) for event in events())
    kept += "".join(str(receipt.outcome) for receipt in Receipt.objects.all())
    assert "another house" not in kept
    assert "words of theirs" not in kept
