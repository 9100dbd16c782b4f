"""Who reads what through the API: every address, every role, every scope. An address without a row here fails."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from claims.accounts.manage_account import block_account
from claims.accounts.revoke_token import revoke_token
from claims.api.urls import urlpatterns
from claims.models import ApiToken, User
from claims.transfers import Scope
from tests.api.program import BELOW, Program
from tests.cast import logged_in

pytestmark = pytest.mark.usefixtures("unlimited")

VISITORS = ("anonymous", "eve", "ana", "max", "ada")
OPEN = (200,) * 5
DESK = (401, 403, 200, 200, 200)
MODERATORS = (401, 403, 403, 200, 200)
ACCOUNTS = (401, 200, 200, 200, 200)
NONE_PUBLISHED = (410,) * 5

# {name: what GET gives to each visitor}
TABLE: dict[str, tuple[int, ...]] = {
    "api-schema": OPEN,
    "api-docs": OPEN,
    "api-scheme": OPEN,
    "api-stories": OPEN,
    # Not published: gone for readers.
    "api-story": (410, 410, 200, 200, 200),
    "api-published": (410, 410, 200, 200, 200),
    "api-verdicts": OPEN,
    "api-claim-verdicts": NONE_PUBLISHED,
    "api-me": ACCOUNTS,
    "api-notifications": ACCOUNTS,
    "api-matters": DESK,
    "api-columns": DESK,
    "api-story-progress": DESK,
    "api-story-times": DESK,
    "api-story-routes": DESK,
    "api-story-alone": DESK,
    "api-matrix-csv": DESK,
    # The same for everybody: what is not published is not quoted to anybody.
    "api-published-csv": NONE_PUBLISHED,
    "api-verdict-feed": OPEN,
    "api-articles": DESK,
    "api-claims-csv": DESK,
    "api-claims-lines": DESK,
    "api-links-csv": DESK,
    "api-links-lines": DESK,
    "api-sources-csv": DESK,
    "api-sources-lines": DESK,
    "api-articles-csv": DESK,
    "api-articles-lines": DESK,
    "api-claims-annotations": DESK,
    "api-article": DESK,
    "api-article-claims": DESK,
    "api-article-revisions": DESK,
    "api-revision": DESK,
    "api-text-changes": DESK,
    "api-outlets": DESK,
    "api-outlet": DESK,
    "api-outlet-beside": DESK,
    "api-near-copies": DESK,
    "api-claims": DESK,
    "api-claim": DESK,
    "api-threads": DESK,
    "api-claim-history": DESK,
    "api-candidates": DESK,
    "api-finding": DESK,
    # No answer is known of this one.
    "api-known-answer": (401, 403, 403, 410, 410),
    "api-links": DESK,
    "api-link": DESK,
    "api-link-history": DESK,
    "api-suggestions": DESK,
    "api-sources": DESK,
    "api-source": DESK,
    "api-source-near": DESK,
    "api-source-history": DESK,
    "api-source-suggest": DESK,
    "api-source-duplicates": MODERATORS,
    "api-said": DESK,
    "api-queue": DESK,
    "api-flag-list": ACCOUNTS,
    "api-orphans": DESK,
    "api-assignments": DESK,
    "api-reworded": MODERATORS,
    "api-skips": MODERATORS,
    "api-requests": MODERATORS,
    "api-verdicts-waiting": MODERATORS,
    "api-agreement": MODERATORS,
    # A cell of the table is asked for by its two labels.
    "api-agreement-claims": (401, 403, 403, 400, 400),
    "api-agreement-links": MODERATORS,
    "api-agreement-csv": MODERATORS,
    "api-agreement-links-csv": MODERATORS,
    "api-first-pass": MODERATORS,
    "api-overruled": MODERATORS,
    "api-first-pass-csv": MODERATORS,
    "api-calibration": MODERATORS,
    "api-calibration-mine": DESK,
    "api-jobs": DESK,
    "api-job": DESK,
    "api-job-items": DESK,
    "api-job-report": DESK,
    "api-import-item": DESK,
}
# Without a token; the page and the file of the schema are no readings.
WITHOUT_SCOPE = {"api-schema", "api-docs"}
PATTERNS: dict[str, URLPattern] = {str(pattern.name): pattern for pattern in reversed(urlpatterns)}


def path(name: str, keys: dict[str, Any]) -> str:
    parts = PATTERNS[name].pattern.converters
    return reverse(name, kwargs={part: keys[part] for part in parts}).removeprefix(BELOW)


def reads(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", None)
    return view is None or hasattr(view, "get")


@pytest.fixture
def program(request: pytest.FixtureRequest) -> Any:
    """`program("ana", Scope.READ)`: a program with a token of that visitor's."""

    def of(visitor: str, *scopes: Scope) -> Program:
        return Program(None if visitor == "anonymous" else request.getfixturevalue(visitor), *scopes)

    return of


def test_every_address_that_is_read_has_a_row_and_every_row_an_address() -> None:
    assert {name for name, pattern in PATTERNS.items() if reads(pattern)} == {*TABLE, "api-nowhere"}


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_visitor_reads_what_the_table_says(visitor: str, keys: dict[str, Any], program: Any) -> None:
    asks = program(visitor)
    place = VISITORS.index(visitor)
    got = {name: asks.get(path(name, keys)).status_code for name in TABLE}
    assert got == {name: row[place] for name, row in TABLE.items()}


@pytest.mark.parametrize("scope", [Scope.REVIEW, Scope.IMPORT, Scope.MODERATE])
def test_a_token_reads_only_where_its_scopes_say_so(scope: Scope, keys: dict[str, Any], program: Any) -> None:
    asks = program("ada", scope)
    for name in TABLE.keys() - WITHOUT_SCOPE:
        answer = asks.get(path(name, keys))
        assert (name, answer.status_code) == (name, 403)
        assert "lacks the scope “read”" in answer.json()["detail"]


@pytest.mark.parametrize("name", TABLE)
def test_a_session_of_a_browser_opens_nothing(name: str, keys: dict[str, Any], ada: User) -> None:
    answer = logged_in(ada).get(f"{BELOW}{path(name, keys)}")
    assert answer.status_code == TABLE[name][0]


def test_what_is_not_there_is_gone(program: Any) -> None:
    asks = program("max")
    for name, pattern in PATTERNS.items():
        if name in TABLE and (parts := pattern.pattern.converters):
            answer = asks.get(path(name, {part: uuid4() for part in parts}))
            assert (name, answer.status_code) == (name, 410)
            assert answer.json()["status"] == 410


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_what_is_only_read_takes_no_other_method(method: str, keys: dict[str, Any], program: Any) -> None:
    asks = program("ada")
    for name in TABLE:
        view = getattr(PATTERNS[name].callback, "view_class", None)
        if view is not None and not hasattr(view, method):
            answer = asks.client.generic(method.upper(), BELOW + path(name, keys), headers=asks.headers)
            assert (name, answer.status_code) == (name, 405)
            assert "GET" in answer.headers["Allow"]


def spoiled(token: str) -> dict[str, str]:
    return {
        "another": f"cw_{'x' * 43}",
        "cut": token[:-1],
        "longer": f"{token}x",
        "in capitals": token.upper(),
        "with a NUL": f"{token}\x00",
        "very long": f"cw_{'x' * 5_000}",
        "nothing": "",
    }


@pytest.mark.parametrize("name", ["api-claims", "api-stories", "api-me"])
def test_a_wrong_token_is_refused_everywhere_and_all_wrong_ones_alike(name: str, ana: User) -> None:
    asks, said = Program(ana), set()
    token = asks.headers["Authorization"].removeprefix("Bearer ")
    for wrong in spoiled(token).values():
        answer = Client().get(reverse(name), headers={"Authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="workbench"'
        said.add(answer.content)
    assert len(said) == 1


@pytest.mark.parametrize("sent", ["Basic YW5hOmFuYQ==", "Token abc", "Bearer", "bearer-ish x"])
def test_another_way_to_log_in_is_refused_with_the_way_that_works(sent: str, ana: User) -> None:
    answer = Client().get("/api/v1/stories", headers={"Authorization": sent})
    assert answer.status_code == 401
    assert "token" in answer.json()["detail"]


def test_a_token_that_was_revoked_says_so(ana: User) -> None:
    asks = Program(ana)
    revoke_token(by=ana, token_id=ApiToken.objects.get().pk)
    answer = asks.get("me")
    assert (answer.status_code, answer.json()["detail"]) == (
        401,
        "This token has been revoked. Make another at /tokens/.",
    )


def test_a_token_that_ran_out_says_so(ana: User) -> None:
    asks = Program(ana)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = asks.get("me")
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith("This token ran out on ")


def test_the_token_of_a_blocked_account_opens_nothing_any_more(ana: User, ada: User) -> None:
    asks = Program(ana)
    block_account(by=ada, user_id=ana.pk, reason="Left the desk.", expected_version=ana.version)
    answer = asks.get("me")
    assert answer.status_code == 401
    assert "blocked" in answer.json()["detail"]


def test_the_minute_of_the_last_use_is_written_down_once(ana: User) -> None:
    asks = Program(ana)
    asks.get("me")
    first = ApiToken.objects.get().last_used_at
    asks.get("me")
    assert first is not None
    assert ApiToken.objects.get().last_used_at == first


def test_nothing_is_told_of_a_token_where_it_is_not_needed(ana: User) -> None:
    asks = Program(ana, Scope.READ)
    told = asks.get("me").json()
    assert (told["username"], told["role"], told["scopes"]) == ("ana", "reviewer", ["read"])
