"""Browsers without a screen: they log in, keep their cookies, and send forms over a connection that stays open."""

import json
import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Accept": "application/json"}


class Browser:
    """One connection to a server; `post` and `get` give the status and the body."""

    def __init__(self, url: str, cookies: dict[str, str] | None = None) -> None:
        self.line = HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.cookies = dict(cookies or {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.line.close()

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.line.request(method, path, body, headers | {"Cookie": cookies})
        answer = self.line.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return answer.status, answer.read().decode()

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, object], *, as_script: bool = False) -> tuple[int, str]:
        """Send a form with the token that the server's cookie gave; as the page's script does, or as a plain form."""
        headers = FORM | (JSON if as_script else {}) | {"X-CSRFToken": self.cookies["csrftoken"]}
        return self._ask("POST", path, urlencode(fields), headers)

    def save(self, path: str, fields: dict[str, object]) -> tuple[int, dict[str, Any]]:
        """Send as the page's script does; the answer is JSON."""
        status, body = self.post(path, fields, as_script=True)
        return status, json.loads(body)

    def log_in(self, name: str, password: str) -> Self:
        _, page = self.get("/login/")
        token = TOKEN.search(page)
        assert token, page
        fields: dict[str, object] = {"username": name, "password": password, "csrfmiddlewaretoken": token[1]}
        status, body = self.post("/login/", fields)
        assert (status, "sessionid" in self.cookies) == (302, True), body
        return self
