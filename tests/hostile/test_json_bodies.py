"""What no well-meaning program sends: JSON that breaks parsers, drivers and databases. Never a server's error."""

import json
from typing import Any, Final

import pytest

from claims.models import User
from tests.api.desk import one_of_each
from tests.api.program import BELOW, JSON, Program
from tests.cast import MakeArticle

BIG: Final = 10**30
NAMES: Final = ("\x00", "a\x00b", "\ud800", "a\udfffb", "\u202e\u2066", "\ufeff", "\r\n\t", "", " ", "x" * 70_000)
ODD: Final[tuple[Any, ...]] = (
    *NAMES, None, True, 0, -1, 1.5, 2**31, 2**63, -(2**63) - 1, BIG, 1e308, [], {}, [[]], {"a": {"b": []}}, ["\x00"],
    ["\ud800"], [None], {"": ""}, {"\x00": "\ud800"},
)  # fmt: skip
# Bodies as bytes, which no encoder of ours would write.
RAW: Final[dict[str, bytes]] = {
    "nothing": b"",
    "no JSON": b"{",
    "no object": b"[]",
    "a text": b'"x"',
    "null": b"null",
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "an encoded surrogate": b'{"a": "\xed\xa0\x80"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a mark before it": b'\xef\xbb\xbf{"a": 1}',
    "NaN": b'{"version": NaN}',
    "Infinity": b'{"strength": -Infinity}',
    "a number beyond floats": b'{"strength": 1e999}',
    "a number of many digits": b'{"strength": ' + b"9" * 5_000 + b"}",
    "deep lists": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep lists, cut": b"[" * 100_000,
    "deep objects": b'{"a":' * 30_000 + b"1" + b"}" * 30_000,
    "one name twice": b'{"label": "SOURCED", "label": "\\u0000"}',
    "many names": json.dumps({f"n{number}": number for number in range(15_000)}).encode(),
}
CLAIM: Final = "claims/{claim_id}"
# {(method, address): a body that would do, each field of which is replaced by what is odd}
DEEDS: Final[dict[tuple[str, str], dict[str, Any]]] = {
    ("PUT", f"{CLAIM}/label"): {"label": "SOURCED", "strength": 3, "reason": "", "note": "See line 3."},
    ("PUT", f"{CLAIM}/ruling"): {"label": "OPINION", "strength": None, "reason": "", "note": "", "seen": ""},
    ("PUT", f"{CLAIM}/attribution"): {"hops": [{"name": "Ida"}], "mode": "", "words": "", "content": "", "cue": ""},
    ("POST", f"{CLAIM}/evidence"): {"url": "https://example.org/", "stance": "refutes", "title": "T", "quote": "Q"},
    ("PUT", f"{CLAIM}/times/event"): {"value": "2024-04-30", "kind": "", "basis": "text"},
    ("PUT", "claims/{ruled_id}/verdict"): {"verdict": "refuted", "explanation": "It says so.", "evidence": []},
    ("POST", f"{CLAIM}/comments"): {"body": "Look, @ben.", "thread": None},
    ("POST", f"{CLAIM}/flags"): {"reason": "Cut in two."},
    ("POST", f"{CLAIM}/retire"): {"parts": ["The bridge"], "reason": "Two in one."},
    ("PUT", f"{CLAIM}/links/{{other_id}}"): {"relation": "agrees", "subtype": "", "reason": "", "independence": ""},
    ("POST", "articles/{article_id}/claims"): {"revision": "{revision_id}", "start": 0, "end": 5, "exact": "The b"},
    ("POST", "articles/{article_id}/revisions"): {"revision": "{revision_id}", "text": "The bridge."},
    ("PUT", "articles/{article_id}/story"): {"story": None},
    ("POST", "stories"): {"title": "A story", "description": ""},
    ("POST", "stories/{story_id}/corrections"): {"line": "It was May.", "request": None},
    ("POST", "sources"): {"name": "Ida Brook", "kind": "named_person", "role": "", "note": ""},
    ("PUT", "outlets/{outlet_id}"): {"kind": "unknown", "note": ""},
    ("POST", "imports"): {"documents": [{"name": "a.txt", "text": "It rained.", "url": "", "title": ""}]},
}


@pytest.fixture
def names(make_article: MakeArticle, ana: User, ben: User, max: User, settings: Any) -> dict[str, Any]:
    settings.API_LIMITS = dict.fromkeys(("token", "address", "failed"), 1_000_000)
    return one_of_each(make_article, ana, ben, max)


def send(program: Program, deed: tuple[str, str], names: dict[str, Any], body: bytes) -> Any:
    """Send the body as it is, as if it rested on the newest version of something that is not there yet."""
    method, path = deed
    headers = program.headers | {"If-Match": '"0"', "Idempotency-Key": "6f1e2d3c-4b5a-4968-8776-655443322110"}
    return program.client.generic(method, BELOW + path.format_map(names), body, content_type=JSON, headers=headers)


def told(answer: Any, what: object) -> None:
    """A refusal with a sentence, or what was done; and never a server's error."""
    assert answer.status_code < 500, what
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json", what
        assert answer.json()["detail"], what


@pytest.mark.parametrize("deed", DEEDS, ids=" ".join)
def test_no_field_that_is_odd_breaks_an_operation(deed: tuple[str, str], names: dict[str, Any], max: User) -> None:
    program = Program(max)
    whole = json.loads(json.dumps(DEEDS[deed]).replace("{revision_id}", str(names["revision_id"])))
    for field in whole:
        for odd in ODD:
            told(send(program, deed, names, json.dumps(whole | {field: odd}).encode()), (deed, field, repr(odd)[:40]))


@pytest.mark.parametrize("deed", DEEDS, ids=" ".join)
def test_no_body_that_is_no_json_breaks_an_operation(deed: tuple[str, str], names: dict[str, Any], max: User) -> None:
    program = Program(max)
    for name, raw in RAW.items():
        answer = send(program, deed, names, raw)
        told(answer, (deed, name))
        # Without a body every field is left out, which some operations take.
        assert name == "nothing" or answer.status_code in {400, 413}, (deed, name)


def test_what_is_odd_deep_inside_breaks_nothing(names: dict[str, Any], max: User) -> None:
    program = Program(max)
    for odd in ODD:
        for deed, body in (
            (("PUT", f"{CLAIM}/attribution"), {"hops": [{"name": odd}]}),
            (("PUT", f"{CLAIM}/attribution"), {"hops": [odd]}),
            (("POST", "imports"), {"documents": [{"name": odd, "text": "It rained."}]}),
            (("POST", "imports"), {"documents": [{"name": "a.txt", "text": odd}]}),
            (("POST", "imports"), {"urls": [odd]}),
            (("PUT", "claims/{ruled_id}/verdict"), {"verdict": "refuted", "explanation": "So.", "evidence": [odd]}),
        ):
            told(send(program, deed, names, json.dumps(body).encode()), (deed, body))


@pytest.mark.parametrize("header", ["If-Match", "Idempotency-Key", "If-None-Match", "Authorization", "Accept"])
def test_no_header_that_is_odd_breaks_an_operation(header: str, names: dict[str, Any], max: User) -> None:
    program = Program(max)
    sent = program.headers | {"If-Match": '"0"', "Idempotency-Key": "6f1e2d3c-4b5a-4968-8776-655443322111"}
    for odd in (
        "",
        '"',
        '"-1"',
        f'"{BIG}"',
        '"0x1"',
        '"1.x"',
        "\x00",
        "é\xff",
        "W/",
        "*",
        "9" * 4_000,
        ",,,",
        "a/b;q=x",
    ):
        path = f"{BELOW}claims/{names['claim_id']}/label"
        body = json.dumps({"label": "SOURCED"})
        told(program.client.put(path, body, content_type=JSON, headers=sent | {header: odd}), (header, odd))
        told(program.client.get(f"{BELOW}stories", headers=program.headers | {header: odd}), (header, odd))
