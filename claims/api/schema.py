"""What the API says of itself: OpenAPI 3.1, made from the views by drf-spectacular, and served by ourselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Final, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.problems import KINDS, MEDIA_TYPE
from claims.api.shape import Shape
from claims.api.view import ApiView
from claims.transfers import Scope

PREFIX: Final = "/api/v1/"
# What every address may answer besides, each for its reason.
ALWAYS: Final = (400, 401, 403, 406, 429, 500, 503)
Method = TypeVar("Method", bound=Callable[..., Any])
Serializer = type[serializers.Serializer[Any]]

INTRODUCTION: Final = """\
Everything that a person can read and do in the workbench, with the same rules.

**Tokens.** Make one at `/tokens/` and send it as `Authorization: Bearer cw_…`. A token may do what its person may do,
and of that only what its scopes name. Without a token you read what is published.

**Versions.** What can be changed comes with an `ETag`. A change names it in `If-Match`: without, the answer is 428;
where somebody changed the thing meanwhile, with 412, with both states.

**Keys.** A change has the header `Idempotency-Key` with a new UUID. Sent again with the same key, it is done once.

**Lists** come in pages: `items`, and `next` with the address of the next page, or null.

**Errors** are `application/problem+json` (RFC 9457), with a sentence that says what to do.

**Limits** are told in `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds). Over them:
429.

**Blind.** What other people think of a claim or a pair is told when it is settled, as on the pages."""


class FieldError(Shape):
    """One thing that is wrong in the body."""

    detail = serializers.CharField(help_text="What is wrong, as a sentence.")
    pointer = serializers.CharField(help_text="Where, as a JSON pointer (RFC 6901).", allow_blank=True)


class Problem(Shape):
    """What went wrong, after RFC 9457."""

    type = serializers.CharField(help_text="The address of what is said about this kind of problem.")
    title = serializers.CharField(help_text="What kind of problem it is.")
    status = serializers.IntegerField(help_text="The same as the answer's status.")
    detail = serializers.CharField(help_text="What is wrong and what to do, as a sentence.")
    errors = FieldError(many=True, required=False, help_text="What is wrong with single fields.")
    current = serializers.DictField(required=False, help_text="The state that stands, where yours rests on another.")
    yours = serializers.DictField(required=False, help_text="What you sent, beside the state that stands.")


IF_MATCH: Final = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="The version that the change rests on: the ETag of what you read, `\"0\"` for what is not there yet.",
    examples=[OpenApiExample("version", '"1"')],
)  # fmt: skip
IF_NONE_MATCH: Final = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="An ETag that you have: 304 where nothing changed since.",
)
KEY: Final = OpenApiParameter(
    "Idempotency-Key", {"type": "string", "format": "uuid"}, OpenApiParameter.HEADER, required=True,
    description="A new UUID for each change, and the same when you send it again.",
)  # fmt: skip
PAGE: Final = (
    OpenApiParameter("after", str, description="Where the page begins: take the whole address from `next`."),
    OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, description="Rows of a page."
    ),
)


def query(name: str, description: str, schema: Any = str, *, required: bool = False) -> OpenApiParameter:
    """A parameter of an address."""
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, required=required, description=description)


@cache
def page_shape(item: Serializer) -> Serializer:
    """The shape of a page of these."""
    fields = {
        "__doc__": "One page of a list.",
        "items": item(many=True),
        "next": serializers.URLField(allow_null=True, help_text="The address of the next page; null on the last one."),
    }
    return type(f"{item.__name__}Page", (Shape,), fields)


def operation(
    summary: str,
    *,
    group: str,
    answers: Serializer | None = None,
    example: object = None,
    is_page: bool = False,
    status: int = 200,
    takes: Serializer | Mapping[str, Serializer] | None = None,
    sent: object = None,
    asks: Iterable[OpenApiParameter] = (),
    changes: bool = False,
    keyed: bool = False,
    errors: Sequence[int] = (),
    description: str = "",
    name: str | None = None,
) -> Callable[[Method], Method]:
    """Describe one method of a view, in the words of its docs page.

    `example` is what an answer may hold (one item of a page), `sent` what a body may; `changes` says that If-Match is
    needed, `keyed` that Idempotency-Key is. `errors` are statuses beside those of every address.
    """
    parameters = [*asks, *(PAGE if is_page else ()), *((IF_MATCH,) if changes else ()), *((KEY,) if keyed else ())]
    shape = page_shape(answers) if is_page and answers else answers
    shown = {"items": [example], "next": None} if is_page else example
    further = (409, 412, 413, 415, 428) if changes else (409, 412, 413, 415) if keyed else ()
    examples = [OpenApiExample("Answer", shown, response_only=True, status_codes=[str(status)])] if shown else []
    if sent is not None:
        examples.append(OpenApiExample("Body", sent, request_only=True))
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=description or None,
        tags=[group],
        parameters=parameters,
        request=takes,
        examples=examples,
        responses={status: OpenApiResponse(shape, description="Done." if shape is None else "What was asked for.")}
        | refusals((*errors, *further)),
    )


def refusals(errors: Iterable[int]) -> dict[Any, OpenApiResponse]:
    """The problems that an operation may answer with: these, and those that each may."""
    return {(code, MEDIA_TYPE): _error(code) for code in sorted({*ALWAYS, *errors})}


def _error(status: int) -> OpenApiResponse:
    example = OpenApiExample(KINDS[status][0], problem_example(status), response_only=True, status_codes=[str(status)])
    return OpenApiResponse(Problem, description=f"{KINDS[status][1]}.", examples=[example])


def problem_example(status: int) -> dict[str, Any]:
    """A problem of this status as it may come."""
    name, title = KINDS[status]
    return {"type": f"{PREFIX}docs/#problem-{name}", "title": title, "status": status, "detail": f"{title}."}


class Operation(AutoSchema):
    """One method of an address, with who may use it as its view says."""

    def get_operation_id(self) -> str:
        """The method and the view's name: each view stands at one address."""
        return f"{self.method.lower()}{type(self.view).__name__}"

    def get_auth(self) -> list[dict[str, Any]]:
        """The token that is needed, with its scope as OpenAPI 3.1 names roles; {} where none is."""
        needs = super().get_auth()
        if not isinstance(self.view, ApiView):
            return needs
        needed = self.view.scopes.get(self.method)
        if needed is None:
            return [{}]
        wanted: list[dict[str, Any]] = [{"token": [needed.value]}]
        return [*wanted, {}] if self.method == "GET" and self.view.is_open else wanted


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema says that tokens are sent."""

    target_class = "claims.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A bearer token."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of one person's, made at /tokens/. It may do what its scopes name.",
        }


def only_the_api(endpoints: list[tuple[Any, ...]], **unused: object) -> list[tuple[Any, ...]]:
    """Which addresses the schema is of: those that `operation` describes, without the one for what is not there."""
    own = [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX) and "{nowhere}" not in endpoint[0]]
    # The first, as Django takes it: an address that is written to as well comes again as one that is read.
    return _first(own)


def _first(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for endpoint in endpoints:
        found.setdefault((endpoint[0], endpoint[2]), endpoint)
    return list(found.values())


def finished(result: dict[str, Any], **unused: object) -> dict[str, Any]:
    """The schema with what it says of itself, and with headers that every answer has."""
    result["info"]["description"] = INTRODUCTION
    limits = {
        name: {"schema": {"type": "integer"}, "description": text}
        for name, text in (
            ("RateLimit-Limit", "Requests a minute."),
            ("RateLimit-Remaining", "Requests that are left of them."),
            ("RateLimit-Reset", "Seconds until there are as many again."),
        )
    }
    for path, methods in result["paths"].items():
        for described in methods.values():
            if "{" in path:
                # What cannot stand in an address makes another one of it.
                described["responses"].setdefault("404", _nowhere())
            for status, answer in described.get("responses", {}).items():
                told = {name: dict(header) for name, header in limits.items()}
                if status in {"429", "503"}:
                    told["Retry-After"] = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
                answer["headers"] = answer.get("headers", {}) | told
    return result


def _nowhere() -> dict[str, Any]:
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": problem_example(404)}
    return {"content": {MEDIA_TYPE: shape}, "description": f"{KINDS[404][1]}."}


@cache
def the_schema() -> Mapping[str, Any]:
    """The whole schema; made when it is first asked for, and the same until the server starts anew."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema: Mapping[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


class Schema(ApiView):
    """The OpenAPI file."""

    scopes: ClassVar[Mapping[str, Scope]] = {}
    schema = None

    def get(self, request: Request) -> Response:
        """OpenAPI 3.1 as JSON."""
        return Response(the_schema())
