"""Parsing in a process of its own, with caps on processor time, memory and the clock.

Parsers of pages, office documents and PDF files are written in C or can loop: what is thrown at them may take all
memory, crash or never end. So one child does the parsing, is kept for the next document, and is ended and replaced when
it overruns or dies. Over its pipes go one line of JSON and the file's bytes, and back one line of JSON: whatever takes
the child over can give no more than wrong words.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

from claims.ingest.readers import limits
from claims.text.decode import Unreadable

_WORKER: Final = "claims.ingest.readers.page_worker"
_ROOT: Final = Path(__file__).resolve().parents[3]
_TOO_MUCH: Final = (
    "Reading {what} took more than {seconds} seconds of the processor’s time or {memory} MB, so it was given up: "
    "copy the article’s words and save them as plain text in UTF-8."
)
_NOT_STARTED: Final = (
    "The process that reads pages and documents did not start: try again in a minute, "
    "and tell the operator if it stays so."
)
_BUSY: Final = "The workbench is busy reading other files: try again in a minute."
# What the child needs of this process's surroundings: where Python's libraries are, and nothing that is secret.
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ", "TMPDIR")


class Exhausting(Unreadable):
    """A file that took more than a document may, or on which its parser died."""


class _Child:
    """A process that parses, one document after the other."""

    def __init__(self) -> None:
        # This project's own worker, by this very interpreter: nothing of the command comes from outside.
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**kept, "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)]), "PYTHONUTF8": "1"},
        )
        self.left = limits.CHILD_DOCUMENTS
        if not self._timed(limits.CHILD_START_SECONDS, self._read):
            self.end()
            raise Unreadable(_NOT_STARTED)

    def ask(self, order: Mapping[str, str], raw: bytes) -> dict[str, Any] | None:
        """Give the child's answer; None where it was ended or died over it."""
        self.left -= 1
        return self._timed(limits.CHILD_SECONDS, lambda: self._exchange(order, raw))

    def end(self) -> None:
        """End the process and wait for it, so that nothing of it stays."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            _close(pipe)

    def _timed(self, seconds: float, work: Any) -> dict[str, Any] | None:
        # Whatever the child does, its pipes close when it is ended, and so this process never waits longer.
        clock = threading.Timer(seconds, self.process.kill)
        clock.daemon = True
        clock.start()
        try:
            answer: dict[str, Any] | None = work()
        except (OSError, ValueError):
            return None
        finally:
            clock.cancel()
        return answer

    def _exchange(self, order: Mapping[str, str], raw: bytes) -> dict[str, Any] | None:
        pipe = self.process.stdin
        if pipe is None:
            return None
        pipe.write(json.dumps({**order, "size": len(raw)}).encode("ascii") + b"\n" + raw)
        pipe.flush()
        return self._read()

    def _read(self) -> dict[str, Any] | None:
        pipe = self.process.stdout
        line = pipe.readline(limits.MAX_ANSWER) if pipe else b""
        if not line.endswith(b"\n"):
            return None
        answer = json.loads(line)
        return answer if isinstance(answer, dict) else None


class _Kept:
    """The one child of this process, and who may speak to it now."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: _Child | None = None

    def ask(self, order: Mapping[str, str], raw: bytes) -> dict[str, Any] | None:
        if not self.lock.acquire(timeout=limits.CHILD_WAIT_SECONDS):
            raise Unreadable(_BUSY)
        try:
            child = self._fit()
            answer = child.ask(order, raw)
            if answer is None or child.left <= 0:
                self.end()
            return answer
        finally:
            self.lock.release()

    def end(self) -> None:
        if self.child:
            self.child.end()
        self.child = None

    def _fit(self) -> _Child:
        # An idle child ends itself; a document must not be refused for that.
        if self.child and self.child.process.poll() is not None:
            self.end()
        if not self.child:
            try:
                self.child = _Child()
            except OSError as error:
                raise Unreadable(_NOT_STARTED) from error
        return self.child


_kept = _Kept()


def _forget() -> None:
    """After a fork the child belongs to the other process: this one closes its ends of the pipes."""
    if _kept.child:
        _close(_kept.child.process.stdin)
        _close(_kept.child.process.stdout)
        _kept.child.process.returncode = 0
    _kept.lock, _kept.child = threading.Lock(), None


def _close(pipe: IO[bytes] | None) -> None:
    if pipe:
        try:
            pipe.close()
        except OSError:
            return  # what was not yet written is for nobody any more


os.register_at_fork(after_in_child=_forget)
atexit.register(_kept.end)


def parse(kind: str, raw: bytes, *, what: str, **order: str) -> dict[str, Any]:
    """Parse a file in the child: `kind` is one of page_worker's, `what` names it in a sentence ("the page").

    Gives {"text": str, "encoding": str, "replaced": [int], "extractor": str, "facts": {name: {...}}}. Raises Unreadable
    with what the parser says, and Exhausting where the file took too much.
    """
    answer = _kept.ask({"kind": kind, **order}, raw)
    if answer is None:
        memory = limits.CHILD_MEMORY // (1024 * 1024)
        raise Exhausting(_TOO_MUCH.format(what=what, seconds=limits.CHILD_CPU_SECONDS, memory=memory))
    if "why" in answer:
        raise (Exhausting if answer.get("ends") else Unreadable)(str(answer["why"]))
    return answer


def end_child() -> None:
    """End the child that is kept, if there is one; the next document starts another."""
    with _kept.lock:
        _kept.end()
