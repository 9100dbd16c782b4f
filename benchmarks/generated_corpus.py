"""How fast `manage.py generate_corpus` fills an empty database, and what memory it takes.

    python -m benchmarks.generated_corpus                   2,000 articles on SQLite
    python -m benchmarks.generated_corpus 40000
    python -m tests.throwaway_postgres -- python -m benchmarks.generated_corpus

With DATA_DIR set the database stays there, for other measurements.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import Figure, show

ROOT = Path(__file__).resolve().parents[1]
ARTICLES, ALL = 2_000, 40_000
# The peak is read where the command ends, in its own process.
COMMAND = (
    "import resource, sys; from django.core.management import execute_from_command_line as execute; "
    "execute(sys.argv); used = resource.getrusage(resource.RUSAGE_SELF); "
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
)


def measure(count: int = ARTICLES) -> list[Figure]:
    """Generate so many articles into an empty database."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        where = os.environ.get("DATA_DIR", folder)
        settings = {"DATA_DIR": where, "SECRET_KEY": "x" * 60, "DJANGO_SETTINGS_MODULE": "workbench.settings"}
        environment = os.environ | settings | {"DEBUG": "", "ALLOWED_HOSTS": "127.0.0.1"}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=environment, cwd=ROOT, check=True)
        begun = time.perf_counter()
        generate = [sys.executable, "-c", COMMAND, "generate_corpus", "--articles", str(count)]
        done = subprocess.run(generate, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        took = time.perf_counter() - begun
    said, digest, used = done.stdout.splitlines()[-3:]
    claims = int(re.findall(r"([\d,]+) claims", said)[0].replace(",", ""))
    worked, peak = map(float, used.split())
    database = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    return [
        Figure(
            f"corpus of {count:,} articles ({claims:,} claims), {database}",
            f"{took:.1f} s, {worked:.1f} s of the processor, {claims / took:,.0f} claims/s",
            f"{took * ALL / count:.0f} s for {ALL:,} articles; reach: minutes",
        ),
        Figure("  memory at its peak", f"{peak:.0f} MB", digest),
    ]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))
