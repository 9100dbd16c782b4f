"""What holds for the project as a whole: few dependencies, and not a word of the machine that it was written on."""

import re

from tests.architecture.source import ROOT, project_files, where

TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".json", ".svg", ".cfg", ".ini", ".yml", ".sh", ""}
# Folders where people keep their own copies. Addresses (`/articles/…`) and the system's own folders are none.
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.:/-])/(root|home|Users|work|mnt)/[\w.-]+")
CLIMBING = re.compile(r"(?<![\w./])((?:\.\./)+)")


def texts() -> dict[str, str]:
    """Give what people wrote, by file: not the articles, which are other people's."""
    own = [path for path in project_files() if path.suffix in TEXT and "fixtures" not in path.relative_to(ROOT).parts]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in own}


def requirements(name: str) -> list[str]:
    listed = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in listed if line and not line.startswith(("#", "-r"))]


def test_there_are_at_most_fifteen_direct_dependencies() -> None:
    assert len(requirements("requirements.txt")) <= 15


def test_each_dependency_is_pinned_and_says_who_uses_it() -> None:
    pinned = re.compile(r"[\w.\[\]-]+==[\w.]+\s+# \S")
    lines = requirements("requirements.txt") + requirements("requirements-extra.txt")
    assert not [line for line in lines if not pinned.match(line)]


def test_each_tool_is_pinned() -> None:
    assert not [line for line in requirements("requirements-dev.txt") if not re.match(r"[\w.\[\]-]+==[\w.]+", line)]


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert not {name: found.group() for name, text in texts().items() if (found := SOMEBODYS_FOLDER.search(text))}


def test_no_file_points_outside_the_project() -> None:
    outside = [
        name
        for name, text in texts().items()
        for match in CLIMBING.finditer(text)
        if match.group(1).count("../") > name.count("/")
    ]
    assert not outside


def test_every_page_of_the_docs_links_to_files_that_are_there() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    dead = [
        f"{where(path)} {target}"
        for path in project_files()
        if path.suffix == ".md"
        for target in link.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not dead
