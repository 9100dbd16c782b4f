"""A program that uses the API with a token of somebody's."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from claims.accounts.make_token import make_token
from claims.models import User
from claims.transfers import Scope

BELOW = "/api/v1/"
JSON = "application/json"


def body_of(answer: Any) -> str:
    """What was sent, also where it was sent block by block."""
    sent: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return sent.decode()


class Program:
    """Asks as `user`, with a token of these scopes; without a user, with none."""

    def __init__(self, user: User | None, *scopes: Scope) -> None:
        self.client = Client()
        self.headers: dict[str, str] = {}
        if user is not None:
            until = timezone.now() + timedelta(days=30)
            made = make_token(by=user, name="a program", scopes=scopes or tuple(Scope), expires_at=until)
            self.headers = {"Authorization": f"Bearer {made.plain}"}

    def get(self, path: str, **query: str) -> HttpResponse:
        """What stands there."""
        return self.client.get(BELOW + path, query, headers=self.headers)

    def send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        version: int | str | None = None,
        key: UUID | str | None = None,
    ) -> HttpResponse:
        """Change something; `version` is what it rests on (None sends no header), `key` a new one where not given."""
        headers = self.headers | {"Idempotency-Key": str(uuid4() if key is None else key)}
        if version is not None:
            headers["If-Match"] = version if isinstance(version, str) else f'"{version}"'
        sent = json.dumps({} if body is None else body)
        return self.client.generic(method, BELOW + path, sent, content_type=JSON, headers=headers)

    def post(self, path: str, body: dict[str, Any] | None = None, **sent: Any) -> HttpResponse:
        return self.send("POST", path, body, **sent)

    def put(self, path: str, body: dict[str, Any] | None = None, **sent: Any) -> HttpResponse:
        return self.send("PUT", path, body, **sent)

    def delete(self, path: str, **sent: Any) -> HttpResponse:
        return self.send("DELETE", path, **sent)
