"""Read one file in a process that may have 512 MB: `python -m tests.hostile.read_one NAME < FILE` says what came."""

import json
import resource
import sys

from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Unread
from claims.ingest.readers.in_child import end_child
from claims.ingest.readers.limits import CHILD_MEMORY


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    found, refused, last = 0, 0, ""
    for one in read_file(sys.argv[1], sys.stdin.buffer.read()):
        found += 1
        if isinstance(one, Unread):
            refused += 1
            last = one.why
    end_child()
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime
    said = {"found": found, "refused": refused, "why": last, "seconds": seconds, "kilobytes": theirs.ru_maxrss}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
