"""The process that parses: reads orders from its standard input and answers each with one line of JSON.

An order is a line of JSON (`kind`, `size` and what that parser asks for) and then so many bytes. It sets its own limits
before it imports any parser, and knows nothing of Django, of settings or of a database.
"""

import contextlib
import importlib
import json
import math
import resource
import select
import sys
from typing import Any, BinaryIO, Final

from claims.ingest.readers import limits
from claims.text.decode import Unreadable

# Imported when the first such file comes: each of these libraries takes a fifth of a second and some megabytes.
_PARSERS: Final = {
    "page": "claims.ingest.readers.page",
    "markdown": "claims.ingest.readers.markdown",
    "docx": "claims.ingest.readers.docx_text",
    "pdf": "claims.ingest.readers.pdf_text",
}
_TOO_LARGE: Final = (
    f"The file needs more than {limits.CHILD_MEMORY // (1024 * 1024)} MB of memory to be read: "
    "copy the article’s words and save them as plain text in UTF-8."
)
_BROKEN: Final = "The file is broken or not what its name says: open it where it came from, and save it as plain text."


def main() -> None:
    """Answer until the other side closes the pipe, or asks nothing for a while."""
    _limit(resource.RLIMIT_AS, limits.CHILD_MEMORY)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    _tell(told, {"ready": True})
    while select.select([asked], [], [], limits.CHILD_IDLE_SECONDS)[0]:
        line = asked.readline(100_000)
        if not line:
            return
        order = json.loads(line)
        raw = asked.read(order.pop("size"))
        _allow_processor_time()
        answer = _answer(order, raw)
        _tell(told, answer)
        # What ran out of memory once holds it in pieces: the next document gets a new process.
        if answer.get("ends"):
            return


def _answer(order: dict[str, str], raw: bytes) -> dict[str, Any]:
    """What the parser says, or a sentence why it says nothing: whatever a parser raises is the file's fault."""
    try:
        parser = importlib.import_module(_PARSERS[order.pop("kind")])
        with contextlib.redirect_stdout(sys.stderr):
            answer: dict[str, Any] = parser.parse(raw, **order)
    except Unreadable as refusal:
        return {"why": str(refusal)}
    except MemoryError:
        return {"why": _TOO_LARGE, "ends": True}
    except Exception:
        return {"why": _BROKEN}
    return answer


def _allow_processor_time() -> None:
    """Give so many seconds of the processor from now on: the limit counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + limits.CHILD_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _limit(what: int, most: int) -> None:
    allowed = resource.getrlimit(what)[1]
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(what, (most, most))


def _tell(told: BinaryIO, answer: dict[str, Any]) -> None:
    told.write(json.dumps(answer).encode("ascii") + b"\n")
    told.flush()


if __name__ == "__main__":
    main()
