"""What is no backup, does not fit, or has no room here is refused with a sentence, and nothing is touched."""

import os
import re
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from claims.models import Article, Event, User
from claims.permissions import operator
from claims.refusals import Conflict, NotAllowed
from claims.safekeeping.backup_file import BackupReader
from claims.safekeeping.last_backup import last_backup
from claims.safekeeping.make_backup import note_backup, write_backup
from claims.safekeeping.move_here import move_here
from claims.safekeeping.new_file import digest_of_file, new_private_file
from claims.safekeeping.restore import restore_backup
from claims.vocabulary import EventKind
from tests.safekeeping import backup_in_memory, command, empty_all, hash_now, tampered, with_manifest

pytestmark = pytest.mark.django_db


@pytest.fixture
def backup(article: Article, tmp_path: Path) -> Path:
    """A backup of one article, on a disk; the database is empty again."""
    path = tmp_path / "desk.backup"
    command("backup", str(path))
    empty_all()
    return path


def refused(path: Path, *options: str) -> str:
    """Why it is refused. The database is as it was."""
    before = hash_now()
    with pytest.raises(CommandError) as why:
        command("restore", str(path), *options)
    assert hash_now() == before
    assert not Article.objects.exists()
    return str(why.value)


def test_a_whole_one_is_restored_and_says_what_to_do_next(backup: Path) -> None:
    said = command("restore", str(backup), "--verify")
    assert "read back and the same" in said
    assert "programs need new tokens" in said
    assert "suggest_links" in said
    assert Article.objects.count() == 1


@pytest.mark.parametrize("part", [0.0, 0.3, 0.999])
def test_a_file_that_was_cut_short(backup: Path, part: float) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * part)])
    assert "no whole backup" in refused(backup)


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy milk.")
    assert "no whole backup" in refused(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refused(tmp_path / "none")


def in_claims(change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: change(content) if name == "tables/claims_claim.jsonl" else content


@pytest.mark.parametrize(
    "change",
    [
        in_claims(lambda content: content.replace(b"bridge", b"abyss!", 1)),
        in_claims(lambda content: content + content),
        in_claims(lambda content: b""),
        in_claims(lambda content: content[:-1]),
        lambda name, content: None if name == "tables/claims_claim.jsonl" else content,
        lambda name, content: None if name == "manifest.json" else content,
        lambda name, content: b"{" if name == "manifest.json" else content,
        lambda name, content: b"[]" if name == "manifest.json" else content,
    ],
    ids=["word", "twice", "empty", "line end", "no table", "no manifest", "broken manifest", "other manifest"],
)
def test_a_file_that_was_changed(backup: Path, tmp_path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    assert "no whole backup" in refused(tampered(backup, tmp_path / "changed", change))


def test_a_byte_that_was_lost_on_the_disk(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 3] ^= 0xFF
    backup.write_bytes(content)
    assert "no whole backup" in refused(backup)


def newer(told: dict[str, Any]) -> None:
    told["migrations"]["claims"].append("9999_of_tomorrow")
    told["software_version"] = "99.0"


def older(told: dict[str, Any]) -> None:
    told["migrations"]["claims"].pop()
    told["software_version"] = "0.1"


def other_format(told: dict[str, Any]) -> None:
    told["format"] = 99
    told["software_version"] = "99.0"


def other_columns(told: dict[str, Any]) -> None:
    told["tables"][0]["columns"].pop()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (newer, "made by version 99.0, which is newer than this one: it knows claims.9999_of_tomorrow. Upgrade"),
        (older, "made by version 0.1, which is older than this one. Restore it with that version"),
        (other_format, "of format 99.*version 99.0"),
        (other_columns, "other tables or columns"),
    ],
)
def test_a_backup_of_another_version(
    backup: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    assert re.search(sentence, refused(with_manifest(backup, tmp_path / "changed", change)))


def test_another_file_than_the_one_that_was_meant(backup: Path) -> None:
    _, digest = digest_of_file(backup)
    assert "is another file: its SHA-256 is" in refused(backup, "--sha256", "0" * 64)
    command("restore", str(backup), "--sha256", f" {digest.upper()}")


def test_what_reads_back_otherwise_is_not_kept(backup: Path, tmp_path: Path) -> None:
    def other_hash(told: dict[str, Any]) -> None:
        told["canonical_hash"] = "0" * 64

    changed = with_manifest(backup, tmp_path / "changed", other_hash)
    assert "reads back otherwise" in refused(changed, "--verify")


def test_nothing_comes_into_a_database_that_holds_work(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "desk.backup"
    command("backup", str(path))
    before = hash_now()
    with pytest.raises(CommandError, match=r"holds work, and nothing .* takes its place\. Make a new, empty one"):
        command("restore", str(path))
    assert hash_now() == before


def test_an_account_is_work(backup: Path) -> None:
    User.objects.create(username="ida")
    assert "holds work" in refused(backup)


def test_a_file_that_is_there_is_never_replaced(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "desk.backup"
    path.write_text("something dear")
    with pytest.raises(CommandError, match=r"is there already.*Give another name"):
        command("backup", str(path))
    assert path.read_text() == "something dear"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_comes_while_the_backup_is_written_is_not_replaced_either(tmp_path: Path) -> None:
    path = tmp_path / "desk.backup"

    def write() -> None:
        with new_private_file(path) as file:
            file.write(b"a backup")
            path.write_text("something dear")

    with pytest.raises(Conflict):
        write()
    assert path.read_text() == "something dear"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_left_of_a_backup_that_failed(tmp_path: Path) -> None:
    def write() -> None:
        with new_private_file(tmp_path / "desk.backup") as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    assert not list(tmp_path.iterdir())


def test_a_file_system_without_links_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_link(*paths: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_link)
    with new_private_file(tmp_path / "desk.backup") as file:
        file.write(b"whole")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("desk.backup", b"whole")]


def test_a_folder_that_is_not_there_is_said(article: Article, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        command("backup", str(tmp_path / "none" / "desk.backup"))


def test_only_its_owner_reads_a_backup(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_the_log_knows_of_each_backup_and_the_page_of_the_last(article: Article, tmp_path: Path) -> None:
    assert last_backup() is None
    for name in ("one.backup", "two.backup"):
        said = command("backup", str(tmp_path / name))
    made, path = last_backup(), tmp_path / "two.backup"
    assert made is not None
    assert (made.name, made.size, made.sha256) == ("two.backup", *digest_of_file(path))
    assert made.sha256 in said
    assert made.canonical_hash in said
    assert Event.objects.filter(kind=EventKind.BACKUP_MADE, by=operator()).count() == 2
    # The folder is the machine's business.
    assert str(tmp_path) not in str(Event.objects.latest("number").after)


def test_nobody_but_the_operator_or_an_administrator_may(ana: User, max: User, ada: User) -> None:
    file, manifest = backup_in_memory()
    reader = BackupReader(file)
    for by in (ana, max):
        with pytest.raises(NotAllowed, match="only an administrator may make a backup"):
            write_backup(file=file, by=by)
        with pytest.raises(NotAllowed, match="only an administrator may make a backup"):
            note_backup(by=by, name="x", size=1, sha256="0" * 64, manifest=manifest)
        with pytest.raises(NotAllowed, match="only an administrator may restore a backup"):
            restore_backup(by=by, reader=reader, verify=False)
        with pytest.raises(NotAllowed, match="only an administrator may move a database"):
            move_here(by=by, source="default")
    with pytest.raises(Conflict, match="holds work"):
        restore_backup(by=ada, reader=reader, verify=False)


def test_a_row_that_the_database_refuses_is_said_and_nothing_is_stored(backup: Path, tmp_path: Path) -> None:
    """Somebody made the manifest anew as well."""
    lines: dict[str, bytes] = {}

    def no_label(name: str, content: bytes) -> bytes:
        if name == "tables/claims_claimstatus.jsonl":
            content = content.replace(b'"open"', b"null")
        lines[name] = content
        return content

    changed = tampered(backup, tmp_path / "one", no_label)

    def fitting(told: dict[str, Any]) -> None:
        for table in told["tables"]:
            table["sha256"] = sha256(lines[f"tables/{table['name']}.jsonl"]).hexdigest()

    assert "A row of claims_claimstatus cannot be stored, so nothing was" in refused(
        with_manifest(changed, tmp_path / "two", fitting)
    )
