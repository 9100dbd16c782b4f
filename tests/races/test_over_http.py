"""Many browsers at the same claims over HTTP: nothing is lost or doubled, and nobody gets an error of the server."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from pytest_django.live_server_helper import LiveServer

from claims import audit
from claims.models import Assessment, Claim, ClaimStatus, Comment, Event, Flag, Ruling, Skip, User
from claims.vocabulary import EventKind, Label
from tests.cast import assess, person, rule
from tests.deeds import status as status_of
from tests.races.browsers import Browser

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, EDITS_EACH = 8, 50
PASSWORD = "one-Password-for-1-test"
VERSION = re.compile(r'name="version" value="(\d+)"')
# Each account's own label: nobody agrees, so that the claims stay open to all of them.
LABELS = {"ana": Label.SOURCED, "ben": Label.OPINION, "cleo": Label.UNSOURCED}


@pytest.fixture
def db(transactional_db: None) -> None:
    """What these tests write is committed, so that the server sees it."""


@pytest.fixture
def people(ana: User, ben: User, max: User, ada: User) -> dict[str, User]:
    """Five who can log in."""
    everybody = {"ana": ana, "ben": ben, "max": max, "ada": ada, "cleo": person("cleo", "reviewer")}
    for who in everybody.values():
        who.set_password(PASSWORD)
        who.save()
    return everybody


def at_once(browsers: list[Browser], deed: Callable[[int, Browser], object]) -> list[object]:
    """Let each browser do it, all beginning at the same moment."""
    start = Barrier(len(browsers))

    def begin(number: int) -> object:
        start.wait(timeout=30)
        with browsers[number] as browser:
            return deed(number, browser)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(begin, range(len(browsers))))


class Edits:
    """One browser's edits, each tried until it is stored in the version that it was told last."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stored: list[tuple[str, str]] = []  # claim, words
        self.answers: Counter[int] = Counter()

    def labels(self, browser: Browser, claims: list[Claim], mark: str) -> None:
        """Label the same few claims in turn, each time with words of its own."""
        versions = dict.fromkeys((str(claim.pk) for claim in claims), 0)
        for number in range(EDITS_EACH):
            claim = list(versions)[number % len(versions)]
            words = f"{mark} {number}"
            status = 0
            while status != 200:
                fields = {"label": LABELS[self.name], "note": words, "version": versions[claim], "key": uuid4()}
                status, answer = browser.save(f"/claims/{claim}/assess", fields)
                self.answers[status] += 1
                assert status in {200, 409}, answer
                versions[claim] = (answer if status == 200 else answer["current"])["version"]
            self.stored.append((claim, words))

    def rulings(self, browser: Browser, claim: Claim, mark: str) -> None:
        """Rule on one claim over and over."""
        version = 0
        for number in range(EDITS_EACH):
            words = f"{mark} {number}"
            status = 0
            while status != 302:
                fields = {"label": Label.OPINION, "note": words, "version": version, "key": uuid4()}
                status, page = browser.post(f"/claims/{claim.pk}/rule", fields)
                self.answers[status] += 1
                assert status in {302, 409}, page
                if status == 409:
                    version = int(VERSION.findall(page)[0])
            version += 1
            self.stored.append((str(claim.pk), words))


def test_eight_browsers_edit_the_same_claims_and_nothing_is_lost_or_doubled(
    live_server: LiveServer, people: dict[str, User], claims: list[Claim]
) -> None:
    names = ["ana", "ben", "cleo", "ana", "ben", "cleo", "max", "ada"]
    everyones = [Edits(name) for name in names]
    browsers = [Browser(live_server.url).log_in(name, PASSWORD) for name in names]

    def edit(number: int, browser: Browser) -> None:
        edits, mark = everyones[number], f"browser {number} says"
        if edits.name in LABELS:
            edits.labels(browser, claims[:3], mark)
        else:
            edits.rulings(browser, claims[3], mark)

    at_once(browsers, edit)
    written = [(claim, words, edits.name) for edits in everyones for claim, words in edits.stored]
    assert len(written) == CLIENTS * EDITS_EACH
    conflicts = sum(edits.answers[409] for edits in everyones)
    assert conflicts > 0, "these browsers never met"
    # Each edit is one event with its words, and no event is without an edit.
    kinds = [EventKind.CLAIM_ASSESSED, EventKind.CLAIM_RULED]
    events = Event.objects.filter(kind__in=kinds).values_list("target_id", "after", "by__username")
    assert Counter((claim, after.get("explanation", after.get("note")), by) for claim, after, by in events) == Counter(
        written
    )
    # Versions count the edits, and what stands is the last event's.
    versions = {
        (str(a.claim_id), a.reviewer.username): a.version for a in Assessment.objects.select_related("reviewer")
    }
    edited = Counter((claim, name) for claim, _, name in written if name in LABELS)
    assert versions == dict(edited)
    assert Ruling.objects.get().version == 2 * EDITS_EACH
    assert dict(ClaimStatus.objects.values_list("pk", "version")) == {
        claim.pk: sum(one == str(claim.pk) for one, _, _ in written) for claim in claims
    }
    assert audit.verify() is None


def labelling(claim: Claim) -> tuple[str, dict[str, object]]:
    return f"/claims/{claim.pk}/assess", {"label": Label.OPINION, "version": 0}


def taking_back(claim: Claim) -> tuple[str, dict[str, object]]:
    assess(claim, User.objects.get(username="ana"))
    return f"/claims/{claim.pk}/retract", {"version": 1}


def flagging(claim: Claim) -> tuple[str, dict[str, object]]:
    return f"/claims/{claim.pk}/flag", {"reason": "The sentence is cut in two."}


def commenting(claim: Claim) -> tuple[str, dict[str, object]]:
    return f"/claims/{claim.pk}/comment", {"note": "Is that so, @ben?"}


def skipping(claim: Claim) -> tuple[str, dict[str, object]]:
    return "/queue/skip", {"claim": claim.pk, "reason": "unsure"}


def ruling(claim: Claim) -> tuple[str, dict[str, object]]:
    return f"/claims/{claim.pk}/rule", {"label": Label.OPINION, "note": "So it is.", "version": 0}


def reopening(claim: Claim) -> tuple[str, dict[str, object]]:
    rule(claim, User.objects.get(username="ada"))
    return f"/claims/{claim.pk}/reopen", {"reason": "A source came to light.", "version": 1}


def retiring(claim: Claim) -> tuple[str, dict[str, object]]:
    parts = "The bridge over the Elm\nwas closed on Friday"
    return f"/claims/{claim.pk}/retire", {"reason": "Two in one.", "parts": parts, "version": 0}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ana", labelling),
        ("ana", taking_back),
        ("ana", flagging),
        ("ana", commenting),
        ("ana", skipping),
        ("max", ruling),
        ("max", reopening),
        ("max", retiring),
    ],
)
def test_a_form_that_is_sent_eight_times_at_once_has_one_effect(
    live_server: LiveServer,
    people: dict[str, User],
    claim: Claim,
    name: str,
    form: Callable[[Claim], tuple[str, dict[str, object]]],
) -> None:
    path, fields = form(claim)
    fields |= {"key": uuid4()}
    tab = Browser(live_server.url).log_in(name, PASSWORD)
    tab.line.close()
    before = Event.objects.count(), status_of(claim).version
    tabs = [Browser(live_server.url, tab.cookies) for _ in range(CLIENTS)]
    answers = at_once(tabs, lambda number, browser: browser.post(path, fields)[0])
    assert answers == [302] * CLIENTS
    assert (Event.objects.count(), status_of(claim).version) == (before[0] + 1, before[1] + 1)
    written = (Assessment, Flag, Comment, Skip, Ruling)
    assert all(model.objects.count() <= 1 for model in written)
    assert audit.verify() is None
