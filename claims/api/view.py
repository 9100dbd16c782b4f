"""What every address of the API has in common: tokens, scopes, limits, versions, one shape of errors."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.limits import Allowance, count_address, count_failure, count_token
from claims.api.preconditions import etag_of, is_known
from claims.models import ApiToken, User
from claims.refusals import NotAllowed
from claims.transfers import SCOPE_NAMES, Scope

NO_TOKEN = "Send a token: the header “Authorization: Bearer cw_…”. You make one at /tokens/."  # noqa: S105 - a sentence


class HasScope(BasePermission):
    """A token may do what its person may do, and of that only what its scopes name."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the token goes as far as this method. Raises NotAuthenticated or NotAllowed with what to do."""
        method = "GET" if request.method == "HEAD" else str(request.method)
        needed: Scope | None = view.scopes.get(method)  # type: ignore[attr-defined]  # an ApiView
        if needed is None:
            return True
        if request.auth is None:
            if method == "GET" and view.is_open:  # type: ignore[attr-defined]  # an ApiView
                return True
            raise NotAuthenticated(NO_TOKEN)
        token = token_in(request)
        if needed.value not in token.scopes:
            has = ", ".join(f"“{scope}”" for scope in token.scopes)
            raise NotAllowed(
                f"This token may not {SCOPE_NAMES[needed]}: it lacks the scope “{needed.value}” and has {has}. "
                "Make one that has it at /tokens/."
            )
        return True


class ApiView(APIView):
    """One address. A method that `scopes` does not name needs no token, and says so where it does anything.

    Who may is asked by each method, with a `check_…` of claims.permissions, as a page does.
    """

    # What a token has to be allowed for each method: {"GET": Scope.READ, "PUT": Scope.REVIEW}.
    scopes: ClassVar[Mapping[str, Scope]] = {"GET": Scope.READ}
    # Whether somebody without a token may read it: then it shows what readers may see.
    is_open: ClassVar[bool] = False
    permission_classes = (HasScope,)
    # No OPTIONS: what there is to know of an address stands in the schema.
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    allowance: Allowance | None = None

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks, and count it: a token by itself, everything else by address."""
        try:
            token = request.auth
        except AuthenticationFailed:
            self.allowance = count_failure(request)
            raise
        self.allowance = count_token(token) if isinstance(token, ApiToken) else count_address(request)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Say what is left of the limit, and what this representation is called."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self.allowance is not None:
            for name, value in self.allowance.headers().items():
                answer.headers.setdefault(name, value)
        patch_vary_headers(answer, ["Authorization"])
        # A file is sent as it is written: it is not there to be hashed before.
        if not answer.streaming and request.method in {"GET", "HEAD"} and answer.status_code == 200:
            answer.add_post_render_callback(lambda rendered: _tagged(request, rendered))
        return answer


def versioned(data: Mapping[str, Any], status: int = 200) -> Response:
    """An answer whose ETag carries `data["version"]`, which a change of it has to name in If-Match."""
    answer = Response(data, status=status)
    answer.headers["ETag"] = f'"{data["version"]}"'
    return answer


def person(request: Request) -> User:
    """Whose token this is. Raises NotAuthenticated without one."""
    if not isinstance(request.user, User):
        raise NotAuthenticated(NO_TOKEN)
    return request.user


def token_in(request: Request) -> ApiToken:
    """The token that was sent. Raises NotAuthenticated without one."""
    token: object = request.auth
    if not isinstance(token, ApiToken):
        raise NotAuthenticated(NO_TOKEN)
    return token


def _tagged(request: Request, answer: Response) -> Response:
    """The answer with its ETag; nothing but the tag where the sender has it already."""
    version = answer.headers.get("ETag", "").strip('"')
    answer.headers["ETag"] = etag_of(answer.content, int(version) if version else None)
    if is_known(request, answer.headers["ETag"]):
        answer.status_code = 304
        answer.content = b""
        answer.headers.pop("Content-Type", None)
    return answer


def plain_request(request: Request) -> HttpRequest:
    """The request as Django knows it, for what was written for pages."""
    return request._request
