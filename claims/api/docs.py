"""The page that shows the API to people: the schema, drawn by our own template, with nothing from elsewhere."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.api.problems import KINDS
from claims.api.schema import the_schema
from claims.transfers import SCOPE_NAMES, Scope

_DEEPEST: Final = 3
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a body or an answer, or one parameter; `path` names it with what it stands in."""

    path: str
    kind: str
    words: str
    is_needed: bool


@dataclass(frozen=True)
class Shown:
    """One operation as the page shows it."""

    name: str
    verb: str
    path: str
    summary: str
    words: str
    scope: str
    is_open: bool
    parameters: list[Field]
    body: list[Field]
    sent: str
    answer: list[Field]
    example: str
    statuses: list[tuple[str, str]]
    curl: str


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation, by group."""
    context = {
        "groups": groups(),
        "scopes": [(scope.value, SCOPE_NAMES[scope]) for scope in Scope],
        "problems": [(status, name, title) for status, (name, title) in KINDS.items()],
        "limits": settings.API_LIMITS,
        "base": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/docs.html", context)


@cache
def groups() -> list[tuple[str, list[Shown]]]:
    """The operations by their group, in the order of the schema."""
    schema = the_schema()
    found: dict[str, list[Shown]] = {}
    for path, methods in schema["paths"].items():
        for verb, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_shown(path, verb.upper(), operation, schema))
    return sorted(found.items())


def _shown(path: str, verb: str, operation: Json, schema: Json) -> Shown:
    needed = [one["token"][0] for one in operation.get("security", []) if one.get("token")]
    body_type, body = _content(operation.get("requestBody", {}))
    status, answer = next((code, one) for code, one in operation["responses"].items() if code.startswith("2"))
    sent, example = _example(body), _example(_content(answer)[1])
    parameters = [_parameter(one) for one in operation.get("parameters", [])]
    return Shown(
        name=operation["operationId"],
        verb=verb,
        path=path,
        summary=operation.get("summary", ""),
        words=operation.get("description", ""),
        scope=next(iter(needed), ""),
        is_open={} in operation.get("security", [{}]),
        parameters=parameters,
        body=list(_fields(body.get("schema", {}), schema)),
        sent=sent,
        answer=list(_fields(_content(answer)[1].get("schema", {}), schema)),
        example=example,
        statuses=[(status, answer.get("description", "")), *_refusals(operation["responses"])],
        curl=_curl(verb, path, {one.path for one in parameters if one.is_needed}, sent, body_type),
    )


def _content(part: Json) -> tuple[str, Json]:
    return next(iter(part.get("content", {}).items()), ("", {}))


def _example(part: Json) -> str:
    first = next(iter(part.get("examples", {}).values()), None)
    return json.dumps(first["value"], indent=2, ensure_ascii=False) if first else ""


def _refusals(responses: Json) -> list[tuple[str, str]]:
    return [(code, one.get("description", "")) for code, one in responses.items() if not code.startswith("2")]


def _parameter(one: Json) -> Field:
    place = "" if one["in"] == "query" else f", in the {one['in']}"
    return Field(one["name"], f"{_kind(one['schema'])}{place}", one.get("description", ""), one.get("required", False))


def _fields(part: Json, schema: Json, before: str = "", depth: int = 0) -> Iterator[Field]:
    """The fields of a shape with those of the shapes in it, as far as a page is read."""
    found = _resolved(part, schema)
    for name, one in found.get("properties", {}).items():
        whole = _resolved(one, schema)
        yield Field(f"{before}{name}", _kind(whole), one.get("description", ""), name in found.get("required", []))
        inner = whole.get("items", whole)
        mark = "[]." if "items" in whole else "."
        if depth < _DEEPEST:
            yield from _fields(inner, schema, f"{before}{name}{mark}", depth + 1)


def _resolved(part: Json, schema: Json) -> Json:
    """The schema itself where it is named, or is one that may be null or has words of its own."""
    for name in ("allOf", "oneOf", "anyOf"):
        real = [one for one in part.get(name, []) if one.get("type") != "null"]
        if len(real) == 1:
            return _resolved(real[0], schema)
    if "$ref" in part:
        found: Json = schema["components"]["schemas"][part["$ref"].rpartition("/")[2]]
        return found
    return part


def _kind(part: Json) -> str:
    """What a value is, in a few words."""
    kind = part.get("type", "")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if choices := [str(choice) for choice in part.get("enum", []) if choice not in {"", None}]:
        return " | ".join(choices)
    if "items" in part:
        return "list"
    return f"{words} ({part['format']})" if "format" in part else words or "any"


def _curl(verb: str, path: str, needed: set[str], sent: str, media_type: str) -> str:
    """A line that does it, with the token in a variable."""
    filled = re.sub(r"\{(\w+)\}", lambda found: f"${found[1].upper()}", path)
    parts = ["curl" if verb == "GET" else f"curl -X {verb}", '-H "Authorization: Bearer $TOKEN"']
    parts += ["-H 'If-Match: \"1\"'"] if "If-Match" in needed else []
    parts += ['-H "Idempotency-Key: $(uuidgen)"'] if "Idempotency-Key" in needed else []
    if sent and media_type == "application/json":
        line = json.dumps(json.loads(sent), ensure_ascii=False).replace("'", "'\\''")
        parts += ["-H 'Content-Type: application/json'", f"-d '{line}'"]
    return " ".join([*parts, f'"$WORKBENCH{filled}"'])
