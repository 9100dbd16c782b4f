"""The API against its own OpenAPI file: whatever fits the file, and much that does not, asked as each role.

Every answer has to be one that the file names, in its shape and type; none may be a server's error; what needs a token
is refused without one. 50 examples an operation; `make test-long` takes 300.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.utils.encoders import JSONEncoder
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
)

from claims.api.schema import PREFIX, the_schema
from claims.models import User
from tests.api.desk import one_of_each
from tests.api.program import Program
from tests.cast import MakeArticle

ROLES: Final = ("anonymous", "eve", "ana", "max", "ada")
# Operations are dealt out so that processes side by side have as much to do each.
PARTS: Final = 12
EXAMPLES, MANY_EXAMPLES = 50, 300
CHECKS: Final = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance
]  # fmt: skip
# What is compressed is compressed as for a browser, and schemathesis does not unpack it.
PLAIN: Final = {"Accept-Encoding": "identity"}
Headers = dict[str, str]
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


@cache
def api() -> Any:
    """The API as schemathesis knows it, asked without a network."""
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(the_schema(), cls=JSONEncoder)))
    schema.app = get_wsgi_application()
    return schema


def operations(part: int) -> Iterator[Any]:
    """The operations of one part."""
    found = [result.ok() for result in api().get_all_operations() if isinstance(result, Ok)]
    assert len(found) > 50
    return iter(found[part::PARTS])


@pytest.fixture
def names(make_article: MakeArticle, ana: User, ben: User, max: User, settings: Any) -> Iterator[dict[str, Any]]:
    settings.API_LIMITS = {"token": 10**9, "address": 10**9, "failed": 10**9}
    # A request would close the connection, and with it the transaction that the test runs in; Django's client does so.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield one_of_each(make_article, ana, ben, max)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_one_that_the_file_names(part: int, names: dict[str, Any], tokens: dict[str, Headers]) -> None:
    for operation in operations(part):
        asked_of(operation, names, tokens, EXAMPLES)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_one_that_the_file_names_asked_many_times(
    part: int, names: dict[str, Any], tokens: dict[str, Headers]
) -> None:
    for operation in operations(part):
        asked_of(operation, names, tokens, MANY_EXAMPLES)


@pytest.fixture
def tokens(request: pytest.FixtureRequest, db: None) -> dict[str, Headers]:
    """What the program of each role sends."""
    people = {role: None if role == "anonymous" else request.getfixturevalue(role) for role in ROLES}
    return {role: Program(who).headers | PLAIN for role, who in people.items()}


def asked_of(operation: Any, names: dict[str, Any], tokens: dict[str, Headers], examples: int) -> None:
    """Ask so many things of one operation, each as every role and of the same desk: nothing that is done stays."""

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(case=cases(operation, names))
    def asking(case: Any) -> None:
        for role, headers in tokens.items():
            # Whether a token is needed is a property of the operation; the administrator's opens all of them.
            checks = [*CHECKS, ignored_auth] if role == "ada" else CHECKS
            with transaction.atomic():
                case.call_and_validate(headers=headers, checks=checks)
                transaction.set_rollback(True)

    asking()


def cases(operation: Any, names: dict[str, Any]) -> Any:
    """Requests about what is there in versions that it may have; about anything at all; and such as make no sense."""
    parts = {parameter.name for parameter in operation.path_parameters}
    there = {name: str(names[name]) for name in parts & names.keys()}
    in_version = [{"If-Match": f'"{version}"'} for version in (0, 1)]
    known = [operation.as_strategy(path_parameters=there, headers=one) for one in in_version]
    return st.one_of(*known, operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))


def test_no_address_takes_a_method_that_the_file_does_not_name(names: dict[str, Any], ada: User) -> None:
    program = Program(ada)
    for path, methods in the_schema()["paths"].items():
        for method in METHODS:
            if method.lower() not in methods:
                answer = program.send(method, path.removeprefix(PREFIX).format_map(Anything(names)))
                assert (method, path, answer.status_code) == (method, path, 405)
                assert {one.lower() for one in answer.headers["Allow"].split(", ")} >= set(methods)


class Anything(dict[str, Any]):
    """What an address names; a key that nothing has where the desk has no such thing."""

    def __missing__(self, name: str) -> str:
        return "00000000-0000-8000-8000-000000000000"
