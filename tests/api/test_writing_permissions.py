"""Who may change what: every operation that writes, every role. One without a row here fails."""

from typing import Any, Final

import pytest

from claims.api.schema import PREFIX, the_schema
from claims.models import User
from claims.transfers import Scope
from tests.api.desk import one_of_each
from tests.api.program import Program
from tests.cast import MakeArticle
from tests.unit.ledger import dump, tables

READS: Final = {"get", "head"}
VISITORS: Final = ("anonymous", "eve", "ana", "max", "ada")
# Whose token may do it at all: {who: for each of VISITORS whether}.
WHO: Final = {
    "anybody": (1, 1, 1, 1, 1),
    "account": (0, 1, 1, 1, 1),
    "desk": (0, 0, 1, 1, 1),
    "moderators": (0, 0, 0, 1, 1),
}
_CLAIM, _EVIDENCE = "claims/{claim_id}", "claims/{claim_id}/evidence/{evidence_id}"
_PUBLICATION = "claims/{claim_id}/publications/{number}"

# {(method, address): (who, the scope that its token needs)}
TABLE: Final[dict[tuple[str, str], tuple[str, Scope | None]]] = {
    ("put", f"{_CLAIM}/label"): ("desk", Scope.REVIEW),
    ("delete", f"{_CLAIM}/label"): ("desk", Scope.REVIEW),
    ("post", f"{_CLAIM}/label/restore"): ("desk", Scope.REVIEW),
    ("put", f"{_CLAIM}/attribution"): ("desk", Scope.REVIEW),
    ("post", f"{_CLAIM}/evidence"): ("desk", Scope.REVIEW),
    ("put", _EVIDENCE): ("desk", Scope.REVIEW),
    ("delete", _EVIDENCE): ("desk", Scope.REVIEW),
    ("post", f"{_EVIDENCE}/restore"): ("desk", Scope.REVIEW),
    ("put", f"{_CLAIM}/times/{{kind}}"): ("desk", Scope.REVIEW),
    ("put", f"{_CLAIM}/verdict"): ("desk", Scope.REVIEW),
    ("delete", f"{_CLAIM}/verdict"): ("desk", Scope.REVIEW),
    ("post", f"{_CLAIM}/publications"): ("moderators", Scope.MODERATE),
    ("post", f"{_PUBLICATION}/publish"): ("moderators", Scope.MODERATE),
    ("post", f"{_PUBLICATION}/decline"): ("moderators", Scope.MODERATE),
    ("post", f"{_PUBLICATION}/withdraw"): ("moderators", Scope.MODERATE),
    ("put", f"{_CLAIM}/ruling"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/ruling/restore"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/reopen"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/retire"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/hide"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/bring-back"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/confirm-wording"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/place"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/give-up"): ("moderators", Scope.MODERATE),
    ("put", f"{_CLAIM}/known-answer"): ("moderators", Scope.MODERATE),
    ("delete", f"{_CLAIM}/known-answer"): ("moderators", Scope.MODERATE),
    ("post", f"{_CLAIM}/skip"): ("desk", Scope.REVIEW),
    ("post", f"{_CLAIM}/comments"): ("desk", Scope.REVIEW),
    ("post", f"{_CLAIM}/threads/{{thread_id}}/resolve"): ("desk", Scope.REVIEW),
    ("post", f"{_CLAIM}/threads/{{thread_id}}/reopen"): ("desk", Scope.REVIEW),
    ("post", f"{_CLAIM}/flags"): ("account", Scope.REVIEW),
    ("post", "flags/{flag_id}/answer"): ("moderators", Scope.MODERATE),
    ("put", f"{_CLAIM}/links/{{other_id}}"): ("desk", Scope.REVIEW),
    ("delete", "links/{link_id}/finding"): ("desk", Scope.REVIEW),
    ("put", "links/{link_id}/ruling"): ("moderators", Scope.MODERATE),
    ("post", "links/{link_id}/reopen"): ("moderators", Scope.MODERATE),
    ("post", "suggestions/{suggestion_id}/reject"): ("moderators", Scope.MODERATE),
    ("post", "suggestions/{suggestion_id}/reopen"): ("moderators", Scope.MODERATE),
    ("post", "queue/next"): ("desk", Scope.REVIEW),
    ("post", "articles/{article_id}/claims"): ("desk", Scope.REVIEW),
    ("post", "articles/{article_id}/assignments"): ("moderators", Scope.MODERATE),
    ("delete", "assignments/{assignment_id}"): ("moderators", Scope.MODERATE),
    ("put", "articles/{article_id}/story"): ("moderators", Scope.MODERATE),
    ("post", "articles/{article_id}/lock"): ("moderators", Scope.MODERATE),
    ("post", "articles/{article_id}/unlock"): ("moderators", Scope.MODERATE),
    ("post", "articles/{article_id}/withdraw"): ("moderators", Scope.MODERATE),
    ("post", "articles/{article_id}/revisions"): ("moderators", Scope.MODERATE),
    ("put", "outlets/{outlet_id}"): ("moderators", Scope.MODERATE),
    ("post", "stories"): ("moderators", Scope.MODERATE),
    ("put", "stories/{story_id}"): ("moderators", Scope.MODERATE),
    ("post", "stories/{story_id}/publish"): ("moderators", Scope.MODERATE),
    ("post", "stories/{story_id}/take-back"): ("moderators", Scope.MODERATE),
    ("put", "stories/{story_id}/assessments-needed"): ("moderators", Scope.MODERATE),
    ("post", "stories/{story_id}/corrections"): ("moderators", Scope.MODERATE),
    # A reader has no account: no token is needed, and none is looked at for its scopes.
    ("post", "stories/{story_id}/correction-requests"): ("anybody", None),
    ("post", "stories/{story_id}/decline-request"): ("moderators", Scope.MODERATE),
    ("post", "sources"): ("desk", Scope.REVIEW),
    ("put", "sources/{source_id}"): ("desk", Scope.REVIEW),
    ("post", "sources/{source_id}/merge"): ("moderators", Scope.MODERATE),
    ("post", "sources/{source_id}/unmerge"): ("moderators", Scope.MODERATE),
    ("post", "notifications/read"): ("account", Scope.REVIEW),
    ("post", "notifications/{notification_id}/read"): ("account", Scope.REVIEW),
    ("post", "imports"): ("desk", Scope.IMPORT),
    ("patch", "imports/{job_id}/items/{item_id}"): ("desk", Scope.IMPORT),
    ("post", "imports/{job_id}/begin"): ("desk", Scope.IMPORT),
    ("post", "imports/{job_id}/step"): ("desk", Scope.IMPORT),
    ("post", "imports/{job_id}/stop"): ("desk", Scope.IMPORT),
}


@pytest.fixture
def names(make_article: MakeArticle, ana: User, ben: User, max: User) -> dict[str, Any]:
    return one_of_each(make_article, ana, ben, max)


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation of the OpenAPI file that changes something."""
    return {
        (method, path.removeprefix(PREFIX)): described
        for path, methods in the_schema()["paths"].items()
        for method, described in methods.items()
        if method not in READS
    }


def test_every_operation_that_writes_has_a_row_and_every_row_an_operation() -> None:
    assert set(operations()) == set(TABLE)


def test_the_file_names_the_scope_of_each() -> None:
    for name, described in operations().items():
        scope = TABLE[name][1]
        assert (name, described["security"]) == (name, [{"token": [scope.value]} if scope else {}])


def test_the_file_says_of_each_which_headers_it_needs_and_how_it_refuses() -> None:
    for name, described in operations().items():
        needed = {parameter["name"] for parameter in described.get("parameters", ()) if parameter.get("required")}
        assert (name, {"400", "401", "403", "429"} - described["responses"].keys()) == (name, set())
        if "If-Match" in needed:
            assert (name, "Idempotency-Key" in needed, {"412", "428"} - described["responses"].keys()) == (
                name,
                True,
                set(),
            )


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.usefixtures("unlimited")
def test_each_visitor_may_do_what_the_table_says(
    visitor: str, names: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    who = None if visitor == "anonymous" else request.getfixturevalue(visitor)
    program = Program(who)
    for (method, path), (allowed, _) in TABLE.items():
        may = WHO[allowed][VISITORS.index(visitor)]
        # Reviewers give verdicts on what is settled.
        claim = names["ruled_id"] if path.endswith("/verdict") else names["claim_id"]
        address = path.format_map(Names(names | {"claim_id": claim}))
        status = program.send(method.upper(), address, version=7).status_code
        assert (method, path, status < 500 and status not in {401, 403, 404, 405}) == (method, path, bool(may))
        if not may:
            assert (method, path, status) == (method, path, 401 if who is None else 403)


def test_a_token_with_every_other_scope_changes_nothing(names: dict[str, Any], ada: User) -> None:
    programs = {scope: Program(ada, *(other for other in Scope if other != scope)) for scope in Scope}
    before = dump(tables())
    for (method, path), (_, scope) in TABLE.items():
        if scope is None:
            continue
        answer = programs[scope].send(method.upper(), path.format_map(Names(names)), version=0)
        assert (method, path, answer.status_code) == (method, path, 403)
        assert f"lacks the scope “{scope}”" in answer.json()["detail"]
    assert unused(dump(tables())) == unused(before)


def test_what_is_refused_for_its_role_changes_nothing(names: dict[str, Any], eve: User, ana: User) -> None:
    programs = {"desk": Program(eve), "moderators": Program(ana)}
    before = dump(tables())
    for (method, path), (allowed, _) in TABLE.items():
        if allowed in programs:
            assert programs[allowed].send(method.upper(), path.format_map(Names(names)), version=0).status_code == 403
    assert unused(dump(tables())) == unused(before)


class Names(dict[str, Any]):
    """What an address names; a number or key that nothing has where the desk has no such thing."""

    def __missing__(self, name: str) -> str:
        return "00000000-0000-8000-8000-000000000000"


def unused(rows: dict[str, Any]) -> dict[str, Any]:
    """Everything but how often tokens were used."""
    return {
        table: found
        for table, found in rows.items()
        if "apiuse" not in table.lower() and "apitoken" not in table.lower()
    }
