"""Every way in for words: NUL, halves of pairs and control characters end in a clean value or in a clear refusal."""

import inspect
import json
import re
import sys
from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_filters import FilterSet

from claims import agreement_filter, filters, link_filter
from claims.models import User
from claims.refusals import Invalid
from claims.text.plain import plain, storable
from claims.text.sanitise import sanitise
from tests.hostile.test_bad_requests import is_told
from tests.pages.test_permissions import NO, READABLE, TABLE, address, browser, keys  # noqa: F401
from tests.unit.ledger import dump, tables

# Each stands in the middle of a word, so that no stripping takes it away.
HOSTILE = {
    "nul": "a\x00b",
    "half of a pair": "a\ud800b\udfff",
    "controls": "a" + "".join(map(chr, [*range(1, 9), *range(11, 32), *range(0x7F, 0xA0)])) + "\u2028\u2029b",
    "no characters": "a\ufffe\uffff\U0001fffe\U0010ffff\ue000\U000e0001\U0003fffdb\u202e\u2066\u061c\u200f",
    "only controls": "\x01\x1b\x02",
}
# What a form holds where it is not asked about this field: enough for many of them to be stored.
USUAL: dict[str, Any] = {
    "label": "OPINION", "version": 0, "into_version": 0, "strength": "", "note": "Because.", "title": "T",
    "message": "M", "line": "L", "deed": "answer", "relation": "UNRELATED", "needed": 2, "restored": 1, "parts": "One",
    "start": 0, "end": 3, "url": "https://example.org/", "stance": "context", "value": "refuted",
    "explanation": "So.", "reason": "Because.", "name": "A name", "kind": "named_person", "party": "no",
    "which": "event", "basis": "in_text",
}  # fmt: skip
# They choose what is meant, and are hostile in the other tests of this folder.
CHOOSING = {"version", "into_version", "key", "revision", "csrfmiddlewaretoken"}
STORED_BADLY = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
READ = re.compile(r"(?:POST|GET)\.(?:get|getlist)\(\s*\"(\w+)\"")


def modules() -> list[Any]:
    """Those of the pages: all that their addresses bring in."""
    return [module for name, module in sorted(sys.modules.items()) if name.startswith("claims.web.")]


def fields_read() -> set[str]:
    """Every name of a field that a page reads: of its forms, and those it takes on its own."""
    found: set[str] = set()
    for module in modules():
        found |= set(READ.findall(inspect.getsource(module)))
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, forms.Form):
                found |= set(thing.base_fields)
    return (found | {f"hop_{column}" for column in ("name", "kind", "source", "role")}) - CHOOSING


def questions_read() -> set[str]:
    """Every name in an address that a list reads."""
    found = fields_read()
    for module in (filters, link_filter, agreement_filter):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, FilterSet):
                found |= set(thing.base_filters)
    return found


FIELDS, QUESTIONS = sorted(fields_read()), sorted(questions_read())
SENDS = [name for name, (_, post) in TABLE.items() if post != NO and name not in {"logout"}]


def body(**parts: Any) -> dict[str, Any]:
    return USUAL | {"key": str(uuid4())} | parts


def nothing_bad_is_stored() -> None:
    for table, rows in dump(tables()).items():
        for row in rows:
            for value in row:
                if isinstance(value, str | list | dict):
                    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                    assert not STORED_BADLY.search(written), (table, ascii(written))


def test_the_fields_are_found() -> None:
    assert {"note", "title", "reason", "message", "contact", "spans", "text", "hop_name"} <= set(FIELDS)
    assert {"q", "after", "label", "outlet", "reviewer"} <= set(QUESTIONS)
    assert len(SENDS) > 40


@pytest.mark.parametrize("name", SENDS)
def test_no_form_breaks_or_stores_them(name: str, keys: dict[str, Any], browser: Any) -> None:  # noqa: F811
    max_, url = browser("max"), address(name, keys)
    for words in HOSTILE.values():
        typed = {field: words for field in FIELDS if field not in USUAL}
        for sent in (body(**typed), body(note=words, reason=words, title=words, name=words, message=words)):
            # A browser cannot send half of a pair: it sends U+FFFD. Other programs send its three bytes.
            answer = max_.post(url, {field: _sendable(value) for field, value in sent.items()})
            assert answer.status_code < 500, ascii(words)
            if answer.status_code in {400, 409} and answer.headers["Content-Type"].startswith("text/html"):
                assert is_told(answer), ascii(words)
    nothing_bad_is_stored()


def _sendable(value: Any) -> Any:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_no_question_in_an_address_breaks_a_page(words: str, keys: dict[str, Any], browser: Any) -> None:  # noqa: F811
    max_ = browser("max")
    asked = words.encode("utf-8", "surrogatepass")
    for name in READABLE:
        url = address(name, keys)
        for few in (QUESTIONS[::2], QUESTIONS[1::2]):
            answer = max_.get(url, dict.fromkeys(few, asked))
            assert answer.status_code < 500, (name, few)
            b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize("field", ["q", "after", "outlet", "reviewer"])
def test_no_list_breaks_by_one_question_alone(field: str, keys: dict[str, Any], browser: Any) -> None:  # noqa: F811
    max_ = browser("max")
    lists = [name for name in READABLE if "list" in name or "export" in name]
    for words, name in product(HOSTILE.values(), [*lists, "agreement", "first-pass", "linking", "source-new", "queue"]):
        answer = max_.get(address(name, keys), {field: words.encode("utf-8", "surrogatepass")})
        assert answer.status_code < 500, name
        b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize(
    "header",
    ["HTTP_ACCEPT", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_X_FORWARDED_FOR", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE",
     "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ORIGIN", "QUERY_STRING", "REMOTE_ADDR"],
)  # fmt: skip
def test_no_header_breaks_a_page(header: str, settings: Any, keys: dict[str, Any], browser: Any) -> None:  # noqa: F811
    settings.BEHIND_PROXY = True
    max_ = browser("max")
    for words in ("\x00\x01\x1b", "a\rbÿ\x80\x9b", "a" * 9_000):
        for url in (address("claim", keys), address("claim-list", keys), "/"):
            assert max_.get(url, **{header: words}).status_code < 500, ascii(words)
        for url in (address("correction-ask", keys), "/login/"):
            sent = body(message="It is wrong.", username="ana", password="x")
            assert Client().post(url, sent, **{header: words}).status_code < 500, ascii(words)
    nothing_bad_is_stored()


@pytest.mark.parametrize("words", [words for name, words in HOSTILE.items() if name != "only controls"], ids=ascii)
def test_the_name_of_a_file_breaks_nothing(words: str, keys: dict[str, Any], browser: Any) -> None:  # noqa: F811
    max_ = browser("max")
    for name in SENDS:
        if name == "revise" or "import" in name:
            file = SimpleUploadedFile("x.txt", b"The bridge was closed on Friday.\n", content_type="text/plain")
            file._name = f"{words}.txt".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            answer = max_.post(address(name, keys), body(file=file, files=file))
            assert answer.status_code < 500, name
    nothing_bad_is_stored()


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_what_a_script_writes_as_json_breaks_nothing(words: str, keys: dict[str, Any], browser: Any) -> None:  # noqa: F811
    """JSON can name half of a pair, which no form can."""
    url, claim = address("redraw", keys), keys["claim_id"]
    for spans in ([{"start": 0, "end": 3, "exact": words}], [{words: words}], words, [words]):
        sent = {"revision": keys["revision_id"], "key": uuid4(), "old": claim, "spans": json.dumps(spans)}
        assert browser("max").post(url, sent).status_code in {400, 409, 410}
    nothing_bad_is_stored()


def cleaned(words: str) -> str:
    if re.search("[\x00\ud800-\udfff]", words):
        with pytest.raises(Invalid, match="The title holds a character that cannot be stored"):
            plain("title", words, 100)
        return ""
    return plain("title", words, 100)


@pytest.mark.parametrize("clean", [cleaned, sanitise, storable])
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_each_cleaner_leaves_nothing_bad_and_cleans_once(words: str, clean: Callable[[str], str]) -> None:
    found = clean(words)
    assert not STORED_BADLY.search(found)
    assert clean(found) == found


def test_what_is_no_control_stays() -> None:
    assert (
        plain("title", "a\tb\nc\u202e \u200b\xad\ufeff é😀 \ue000", 100) == "a\tb\nc\u202e \u200b\xad\ufeff é😀 \ue000"
    )
    assert plain("title", "a\vb\x85c", 100) == "a\nb\nc"


@pytest.fixture(autouse=True)
def _quiet(max: User) -> None:
    """The cast is there before the first request."""
