"""Work that takes the processor, done by several processes at once, which end when this one ends, however it does."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from os import cpu_count
from typing import Final, TypeVar

# Who finds nobody at the other end any more ends within seconds.
_PATIENCE: Final = 5
Given = TypeVar("Given")
Made = TypeVar("Made")
Kept = TypeVar("Kept")


def side_by_side(
    make: Callable[[Given], Made],
    tasks: Iterable[tuple[Kept, Given]],
    processes: int | None = None,
) -> Iterator[tuple[Kept, Made]]:
    """Make something of what each task gives, in order; what it keeps stays in this process.

    Each process has one task at a time: as many tasks as there are processes are read ahead. `make` is a function of a
    module that needs no database. A process that dies is done without.
    """
    # New processes, no copies of this one: nobody else holds its connections, or the other ends of its pipes.
    context = get_context("spawn")
    with ExitStack() as stack:
        ends: list[Connection] = []
        for _ in range(processes or cpu_count() or 1):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, make), daemon=True)
            process.start()
            stack.callback(process.join, _PATIENCE)
            theirs.close()
            ends.append(stack.enter_context(closing(ours)))
        begun: deque[tuple[Kept, Given]] = deque()
        for number, (kept, given) in enumerate(tasks):
            end = ends[number % len(ends)]
            made = None
            if len(begun) == len(ends):
                made = _received(end, make, begun.popleft())
            _send(end, given)
            begun.append((kept, given))
            if made is not None:
                yield made
        for at, task in enumerate(begun):
            yield _received(ends[(number + 1 - len(begun) + at) % len(ends)], make, task)


def _serve(end: Connection, make: Callable[[Given], Made]) -> None:
    """What a process does until nobody is at the other end any more."""
    try:
        while True:
            end.send(make(end.recv()))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _send(end: Connection, given: object) -> None:
    try:
        end.send(given)
    except OSError:
        # It died; what it was asked for is made here.
        return


def _received(end: Connection, make: Callable[[Given], Made], task: tuple[Kept, Given]) -> tuple[Kept, Made]:
    kept, given = task
    try:
        return kept, end.recv()
    except (EOFError, OSError):
        return kept, make(given)
