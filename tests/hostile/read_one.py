"""Read one file in a process that may have 512 MB: `python -m tests.hostile.read_one NAME < FILE` says what came."""

import json
import resource
import sys

from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Unread
from claims.ingest.readers.limits import CHILD_MEMORY


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    found, refused, last = 0, 0, ""
    for one in read_file(sys.argv[1], sys.stdin.buffer.read()):
        found += 1
        if isinstance(one, Unread):
            refused += 1
            last = one.why
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"found": found, "refused": refused, "why": last, "seconds": used.ru_utime + used.ru_stime}))


if __name__ == "__main__":
    main()
