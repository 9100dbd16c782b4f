"""Files that are sent together share what reading may take; whoever waits too long is told so."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.ingest.readers import in_child, limits
from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Document, Unread
from claims.ingest.readers.zip_archive import Room
from claims.text.decode import Unreadable
from claims.web.import_found import from_files


def archive(size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as files:
        files.writestr("a.txt", b"word " * (size // 5))
    return packed.getvalue()


def test_archives_that_are_sent_together_unpack_to_no_more_than_one_may() -> None:
    room = Room(25_000)
    found = [list(read_file(f"{number}.zip", archive(10_000), room)) for number in range(4)]
    assert [type(one[0]) for one in found] == [Document, Document, Unread, Unread]
    assert "send fewer at once" in found[2][0].why  # type: ignore[union-attr]
    assert room.left == 0


def test_what_is_unpacked_and_then_refused_counts_too() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("a.txt", bytes(1_000_000))
    room = Room()
    (refused,) = read_file("bomb.zip", packed.getvalue(), room)
    assert isinstance(refused, Unread)
    assert limits.MAX_UNPACKED - room.left >= 200_000


def test_an_upload_of_many_archives_has_one_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.web.import_found.Room", lambda: Room(15_000))
    files = [SimpleUploadedFile(f"{number}.zip", archive(10_000)) for number in range(3)]
    assert [type(one) for one in from_files(files)] == [Document, Unread, Unread]


def test_who_waits_too_long_for_the_parser_is_told_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_WAIT_SECONDS", 0.01)
    with in_child._kept.lock, pytest.raises(Unreadable, match="busy reading other files: try again"):
        in_child.parse("page", b"<p>Words.</p>", what="the page")
    assert not in_child._kept.lock.locked()
