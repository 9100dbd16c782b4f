"""A process that imports as often as it is told to, each time in a child that a test can kill.

    python -m tests.unit.ingest.importing_process PATH|jobs [side-by-side|import_claims]

For each line that comes in it starts one, and writes the child's number and, once it has ended, how. Django is loaded
once, so that a try costs no start of Python.
"""

import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "workbench.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - Django is set up first

from claims import jobs  # noqa: E402
from claims.long_work import keep_lease, take_job  # noqa: E402
from claims.management import many_articles  # noqa: E402
from claims.management.commands import import_articles  # noqa: E402


def one_by_one(make: Any, tasks: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """What other processes would do, done here."""
    return ((kept, make(given)) for kept, given in tasks)


def main() -> None:
    """See the module's words."""
    what, *how = sys.argv[1:]
    # Many small transactions: there is more to break.
    many_articles.AT_ONCE, many_articles.READ_AT_ONCE, import_articles.FEW = 5, 5, 1
    command = "import_claims" if "import_claims" in how else "import_articles"
    if "side-by-side" not in how:
        many_articles.side_by_side = one_by_one
    # Nobody waits for the lease of one that was killed.
    take_job.LEASE = keep_lease.LEASE = timedelta(milliseconds=1)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            _import(what, command)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


def _import(what: str, command: str) -> None:
    try:
        if what == "jobs":
            jobs.work(once=True, told=lambda job: None)
        else:
            call_command(command, what, stdout=StringIO(), stderr=sys.stderr)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
