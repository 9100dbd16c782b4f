"""A small client of the workbench's API, with nothing but Python's own library. Copy it and change it as you like.

    python workbench_client.py load   https://desk.example.org FOLDER     bring in every article of a folder
    python workbench_client.py pull   https://desk.example.org 2024-05-01  claims settled since that day, as JSON Lines
    python workbench_client.py push   https://desk.example.org FILE        evidence from JSON Lines

The token stands in the environment variable WORKBENCH_TOKEN; you make one at /tokens/.
"""

import json
import os
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

Json = dict[str, Any]
TRIES = 5
# The API takes no more texts in one request, and no more than 12 MB.
AT_ONCE, MOST_BYTES = 50, 10_000_000
ENDED = ("done", "cancelled", "failed")


class Refused(Exception):
    """The workbench said no. `problem` is what it said (RFC 9457); str() of this is its sentence."""

    def __init__(self, status: int, problem: Json) -> None:
        """Keep both."""
        errors = "".join(f" {error['pointer']}: {error['detail']}" for error in problem.get("errors", ()))
        super().__init__(f"{problem.get('detail', 'It did not say why.')}{errors}")
        self.status, self.problem = status, problem


class Workbench:
    """The API at an address such as https://desk.example.org, used with a token."""

    def __init__(self, address: str, token: str, *, seconds: float = 60) -> None:
        """Ask nothing yet; `seconds` is how long an answer may take."""
        self.base, self.token, self.seconds = f"{address.rstrip('/')}/api/v1/", token, seconds

    def get(self, path: str, **query: str) -> Json:
        """What stands at this path; `query` narrows a list."""
        return self._ask("GET", f"{self.base}{path}?{urlencode(query)}" if query else f"{self.base}{path}")

    def all(self, path: str, **query: str) -> Iterator[Json]:
        """Every item of a list, page by page."""
        page = self.get(path, **query)
        while True:
            yield from page["items"]
            if not page["next"]:
                return
            if urlsplit(page["next"]).netloc != urlsplit(self.base).netloc:
                raise Refused(0, {"detail": f"The next page is at another host: {page['next']}"})
            page = self._ask("GET", page["next"])

    def send(self, method: str, path: str, body: Json, *, key: uuid.UUID, version: int | None = None) -> Json:
        """Change something: once, however often the same `key` is sent, and only where it is still in `version`."""
        headers = {"Idempotency-Key": str(key), "Content-Type": "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self._ask(method, self.base + path, json.dumps(body, ensure_ascii=False).encode(), headers)

    def _ask(self, method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Json:
        """The answer. Where the network breaks, or it is asked too often, the same is sent again."""
        sent = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"} | (headers or {})
        for attempt in range(1, TRIES + 1):
            try:
                with urlopen(Request(url, body, sent, method=method), timeout=self.seconds) as answer:  # noqa: S310
                    return dict(json.load(answer))
            except HTTPError as refused:
                if refused.code == 429 and attempt < TRIES:
                    time.sleep(float(refused.headers.get("Retry-After", "10")))
                elif refused.code < 500 or attempt == TRIES:
                    raise Refused(refused.code, _problem(refused)) from refused
                else:
                    time.sleep(2**attempt)
            except (URLError, TimeoutError, ConnectionError) as broken:
                if attempt == TRIES:
                    raise Refused(0, {"detail": f"{self.base} cannot be reached: {broken}"}) from broken
                time.sleep(2**attempt)
        raise AssertionError("the last try either answers or raises")


def _problem(refused: HTTPError) -> Json:
    try:
        return dict(json.load(refused))
    except ValueError:
        return {"detail": f"The server answered {refused.code} {refused.reason}."}


def load(workbench: Workbench, folder: Path) -> Iterator[Json]:
    """Bring in every text and page of a folder; what became of each. A second run finds all of them there already."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".md", ".html", ".htm"})
    if not files:
        sys.exit(f"There is no .txt, .md or .html file in {folder}.")
    for texts in _in_parts(files):
        job = workbench.send("POST", "imports", {"documents": texts, "urls": []}, key=uuid.uuid4())
        # Here is the place to look at imports/…/items, and to correct what a page says of itself.
        if any(item["state"] == "ready" for item in workbench.all(f"imports/{job['id']}/items")):
            path = f"imports/{job['id']}"
            job = workbench.send("POST", f"{path}/begin", {}, key=uuid.uuid4(), version=job["version"])
            while job["state"] not in ENDED:
                job = workbench.send("POST", f"{path}/step", {}, key=uuid.uuid4())
        yield from workbench.all(f"imports/{job['id']}/items")


def _in_parts(files: list[Path]) -> Iterator[list[Json]]:
    """The texts of these files, as many at a time as one request may have."""
    texts: list[Json] = []
    held = 0
    for path in files:
        size = path.stat().st_size
        if texts and (len(texts) == AT_ONCE or held + size > MOST_BYTES):
            yield texts
            texts, held = [], 0
        try:
            texts.append({"name": path.name, "text": path.read_text(encoding="utf-8")})
        except UnicodeDecodeError:
            sys.exit(f"{path} is not UTF-8. Save it as UTF-8, or bring it in on the page of imports.")
        held += size
    yield texts


def pull(workbench: Workbench, since: str) -> Iterator[Json]:
    """The claims that were settled on this day (2024-05-01) or later, newest first."""
    yield from workbench.all("claims", settled="any", settled_after=since, limit="200")


def push(workbench: Workbench, pieces: Iterator[Json]) -> Iterator[Json]:
    """Add pieces of evidence, each {"claim": …, "url": …, "stance": …, …}; a second run adds none of them again."""
    for piece in pieces:
        # The same piece has the same key, so that it is stored once whatever happens on the way.
        key = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(piece, sort_keys=True))
        given = {name: value for name, value in piece.items() if name != "claim"}
        yield workbench.send("POST", f"claims/{piece['claim']}/evidence", given, key=key)


def main(deed: str, address: str, what: str) -> None:
    """Do one of the three, and write what comes of it as JSON Lines."""
    if not (token := os.environ.get("WORKBENCH_TOKEN", "")):
        sys.exit("Put your token into the environment variable WORKBENCH_TOKEN; you make one at /tokens/.")
    workbench = Workbench(address, token)
    if deed == "load":
        lines = load(workbench, Path(what))
    elif deed == "pull":
        lines = pull(workbench, what)
    else:
        written = Path(what).read_text(encoding="utf-8").splitlines()
        lines = push(workbench, (json.loads(line) for line in written if line.strip()))
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in {"load", "pull", "push"}:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Refused as refused:
        sys.exit(f"Refused ({refused.status}): {refused}" if refused.status else str(refused))
    except OSError as unread:
        sys.exit(f"{unread.filename} cannot be read: {unread.strerror}.")
