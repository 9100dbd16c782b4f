"""JSON lines: what this software says is told whole, what libraries say without what they were given."""

import json
import logging
import sys
from typing import Any

import pytest

from claims.telemetry.log_lines import MOST_PLACES, JsonLines
from claims.telemetry.request_id import named


def line(logger: str, message: Any, *args: Any, exc_info: Any = None, **extra: Any) -> dict[str, Any]:
    record = logging.getLogger(logger).makeRecord(
        logger, logging.WARNING, "x.py", 1, message, args, exc_info, extra=extra
    )
    said = JsonLines().format(record)
    assert "\n" not in said
    return dict(json.loads(said))


def test_our_own_words_are_told_whole() -> None:
    told = line("claims.jobs", "Job %s broke", "7")
    assert (told["says"], told["level"], told["logger"]) == ("Job 7 broke", "warning", "claims.jobs")


@pytest.mark.parametrize(
    ("logger", "message", "args", "says"),
    [
        ("axes.handlers", "AXES: Repeated login failure by %s.", ("canary",), "AXES: Repeated login failure by %s."),
        ("django.request", "Internal Server Error: %s", ("/canary",), "Internal Server Error: %s"),
        ("django.security.DisallowedHost", "Invalid HTTP_HOST header: 'canary'", (), None),
        ("gunicorn.error", "Worker exiting", (), "Worker exiting"),
        ("gunicorn.error", "Error handling request %s", ("/?q=canary",), "Error handling request %s"),
        ("claimsomething", "of %s", ("canary",), "of %s"),
    ],
)
def test_of_what_libraries_say_only_the_fixed_words_are_told(
    logger: str, message: str, args: tuple[str, ...], says: str | None
) -> None:
    told = line(logger, message, *args)
    assert told.get("says") == says
    assert "canary" not in json.dumps(told)


def test_an_error_is_its_classes_and_its_places() -> None:
    def deep(left: int) -> None:
        if left:
            deep(left - 1)
        raise ValueError("canary")

    try:
        try:
            raise KeyError("canary")
        except KeyError:
            deep(100)
    except ValueError:
        told = line("claims.jobs", "It broke", exc_info=sys.exc_info())
    assert told["error"] == "ValueError from KeyError"
    assert len(told["where"]) == MOST_PLACES
    assert told["where"][-1].endswith(" deep")
    assert "canary" not in json.dumps(told)


def test_fields_take_the_place_of_words_and_the_request_is_named() -> None:
    with named("r1"):
        told = line("claims.web.request_log", "answered", fields={"route": "claim"})
    assert {name: told.get(name) for name in ("request", "route", "says")} == {
        "request": "r1", "route": "claim", "says": None,
    }  # fmt: skip
    assert "request" not in line("claims.jobs", "It rests")
