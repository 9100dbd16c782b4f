"""The OpenAPI file is whole: it is valid, without warnings, and says of each operation what it takes and answers."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular import validation
from rest_framework.utils.encoders import JSONEncoder

from claims.api.schema import the_schema
from claims.models import User
from claims.transfers import Scope
from tests.api.program import Program

# Readers have no account, and may ask for a correction.
FOR_ANYBODY = {("post", "/api/v1/stories/{story_id}/correction-requests")}
META = Path(validation.__file__).parent / "openapi_3_1_schema.json"
VERBS = ("get", "put", "post", "patch", "delete")


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, verb, one) for path, methods in the_schema()["paths"].items() for verb, one in methods.items()]


def test_it_is_made_without_a_warning_and_is_valid_openapi_3_1() -> None:
    written = StringIO()
    call_command("spectacular", "--fail-on-warn", "--format", "openapi-json", stdout=written)
    made = json.loads(written.getvalue())
    assert made["openapi"].startswith("3.1")
    # What `--validate` asks, by a validator that is compiled: the other one takes half a minute.
    faults = jsonschema_rs.validator_for(json.loads(META.read_text(encoding="utf-8"))).iter_errors(made)
    assert [(list(fault.instance_path), fault.message[:200]) for fault in faults] == []


def test_what_is_no_openapi_is_found_to_be_none() -> None:
    broken = json.loads(json.dumps(the_schema(), cls=JSONEncoder)) | {"paths": {"/x": {"get": {"responses": []}}}}
    assert not jsonschema_rs.validator_for(json.loads(META.read_text(encoding="utf-8"))).is_valid(broken)


def test_it_is_served_to_everybody(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Claim workbench"


def test_each_operation_has_words_an_example_and_its_errors() -> None:
    for path, verb, one in operations():
        assert one["summary"], path
        assert one["description"], (verb, path)
        assert {"400", "401", "403", "406", "429", "500", "503"} <= set(one["responses"]), (verb, path)
        good = [answer for code, answer in one["responses"].items() if code.startswith("2")]
        assert len(good) == 1, (verb, path)
        shapes = [content for answer in good for content in answer.get("content", {}).values()]
        assert all(content.get("examples") for content in shapes), (verb, path)
        for code, answer in one["responses"].items():
            assert "RateLimit-Limit" in answer["headers"]
            if not code.startswith("2"):
                assert list(answer["content"]) == ["application/problem+json"], (verb, path, code)


def test_each_change_names_the_scope_that_it_needs_and_the_others_say_that_none_is_needed() -> None:
    for path, verb, one in operations():
        needed = [scope for entry in one["security"] for scope in entry.get("token", [])]
        if verb != "get" and (verb, path) not in FOR_ANYBODY:
            assert needed
            assert set(needed) <= set(Scope), (verb, path)
        assert one["security"] in ([{"token": needed}], [{"token": needed}, {}], [{}])


def test_what_is_gone_conflicts_or_rests_on_a_version_is_declared() -> None:
    for path, verb, one in operations():
        headers = {each["name"] for each in one.get("parameters", []) if each["in"] == "header"}
        if "{" in path and verb == "get":
            assert "410" in one["responses"], path
        if "If-Match" in headers:
            assert {"412", "428"} <= set(one["responses"]), (verb, path)
        if "Idempotency-Key" in headers:
            assert "409" in one["responses"], (verb, path)


def test_names_of_operations_are_told_once() -> None:
    names = [one["operationId"] for _, _, one in operations()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("visitor", [None, "ana"])
def test_the_docs_page_shows_every_operation_and_asks_nobody_else(
    visitor: str | None, request: pytest.FixtureRequest, db: None
) -> None:
    user: User | None = request.getfixturevalue(visitor) if visitor else None
    page = Program(user).client.get("/api/v1/docs/").content.decode()
    for path, verb, one in operations():
        assert f'id="{one["operationId"]}"' in page, (verb, path)
        assert path in page
    assert "<script" not in page
    assert 'src="http' not in page
    assert "style=" not in page
