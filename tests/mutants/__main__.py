"""`make mutants`: apply each patch to a copy of the tree and see its tests turn red.

    python -m tests.mutants [word …]

tries the mutants whose names have one of the words, or all of them. It ends with 1 where a test that should notice
stays green, a patch no longer applies, or a test is red without any patch.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from tests.architecture.source import ROOT, project_files
from tests.mutants.patches import DoesNotApply, Mutant, everything

PYTEST = ("-m", "pytest", "-x", "-q", "--tb=line", "--no-cov", "-p", "no:cacheprovider")
RED, SECONDS = 1, 600  # pytest's exit code where tests failed; the longest that a run may take
# Compiled files would be taken for the patched ones, which are as old to the second.
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}


def copied(folder: Path) -> Path:
    """A copy of every file that git keeps or would keep."""
    for path in project_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def tested(tree: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """The exit code of these tests in a tree, and what they printed."""
    command = [sys.executable, *PYTEST, *tests]
    try:
        done = subprocess.run(
            command, cwd=tree, env=ENVIRONMENT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return -1, f"not done after {SECONDS} s"
    return done.returncode, done.stdout + done.stderr


def survives(tree: Path, mutant: Mutant) -> str:
    """What is wrong with the mutant or its tests; nothing where each named file turns red."""
    try:
        patched = mutant.applied(tree)
    except DoesNotApply as wrong:
        return str(wrong)
    kept = {path: path.read_text(encoding="utf-8") for path in patched}
    try:
        for path, text in patched.items():
            path.write_text(text, encoding="utf-8")
        for file in mutant.red:
            code, said = tested(tree, (file,))
            if code == 0:
                return f"{file} stays green"
            if code != RED:
                return f"{file} ends with {code} instead of red:\n{said[-1500:]}"
    finally:
        for path, text in kept.items():
            path.write_text(text, encoding="utf-8")
    return ""


def tried(mutants: list[Mutant], trees: "Queue[Path]") -> list[str]:
    """What is wrong with each of them, printed as it comes; as many at a time as there are trees."""

    def attempt(mutant: Mutant) -> str:
        tree, began = trees.get(), time.perf_counter()
        try:
            wrong = survives(tree, mutant)
        finally:
            trees.put(tree)
        print(f"{'SURVIVES' if wrong else 'red':8} {mutant.name} ({time.perf_counter() - began:.0f} s)", flush=True)
        return f"{mutant.name} ({mutant.breaks}): {wrong}" if wrong else ""

    with ThreadPoolExecutor(trees.qsize()) as pool:
        return [wrong for wrong in pool.map(attempt, mutants) if wrong]


def main(words: list[str]) -> int:
    """Try the mutants with one of these words in their name, or all; the exit code."""
    mutants = [one for one in everything() if not words or any(word in one.name for word in words)]
    needed = tuple(sorted({file for mutant in mutants for file in mutant.red}))
    if not mutants:
        print("No mutant has such a name.")
        return 1
    with tempfile.TemporaryDirectory(prefix="workbench-mutants-") as name:
        trees: Queue[Path] = Queue()
        for number in range(os.cpu_count() or 1):
            trees.put(copied(Path(name) / str(number)))
        print(f"{len(mutants)} mutants; first their {len(needed)} test files without any", flush=True)
        code, said = tested(trees.queue[0], needed)
        if code != 0:
            print(said[-3000:])
            print("These tests are not green without a mutant, so they tell nothing about one.")
            return 1
        print(re.sub(r"\x1b\[\d+m", "", said.strip().splitlines()[-1]), flush=True)
        wrong = tried(mutants, trees)
    print("\n".join([*wrong, f"{len(mutants) - len(wrong)} of {len(mutants)} mutants are noticed"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
