"""Addresses below the API that are none."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.problems import NOWHERE
from claims.api.view import ApiView
from claims.transfers import Scope


class Nowhere(ApiView):
    """Answers 404 to whatever is asked, as a problem, and counts it."""

    schema = None
    scopes: ClassVar[Mapping[str, Scope]] = {}

    def get(self, request: Request, **parts: Any) -> Response:
        """Nothing is here."""
        raise NotFound(NOWHERE)

    post = put = patch = delete = get
