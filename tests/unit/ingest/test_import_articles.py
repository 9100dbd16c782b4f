"""The command that brings in files: one line a file says what became of it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, Revision, User


@pytest.fixture
def said(db: None) -> tuple[StringIO, StringIO]:
    return StringIO(), StringIO()


def bring_in(said: tuple[StringIO, StringIO], *paths: Path, **options: str) -> None:
    call_command("import_articles", *map(str, paths), stdout=said[0], stderr=said[1], **options)


def written(folder: Path, **texts: bytes) -> list[Path]:
    paths = []
    for name, raw in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_bytes(raw)
    return paths


def test_each_file_gets_its_line_and_bad_ones_do_not_stop_the_others(
    said: tuple[StringIO, StringIO], tmp_path: Path
) -> None:
    paths = written(tmp_path, rain=b"It rains.", empty=b"", chrome=b"Read More\n", snow=b"It snows. It is cold.")
    with pytest.raises(CommandError, match="Refused: 2 of 5 documents; nothing else was kept back"):
        bring_in(said, *paths, tmp_path / "missing.txt")
    assert said[0].getvalue().splitlines() == [
        "rain.txt: stored, 1 claim.",
        "chrome.txt: stored, nothing to label: no headline and no body was found.",
        "snow.txt: stored, 2 claims.",
        "5 documents: 3 stored, 2 refused.",
    ]
    refused = said[1].getvalue()
    assert "empty.txt: refused. The file is empty" in refused
    assert "missing.txt: refused." in refused
    assert "No such file" in refused
    assert Article.objects.count() == 3


def test_what_is_stored_is_read_at_once(said: tuple[StringIO, StringIO], tmp_path: Path) -> None:
    bring_in(said, *written(tmp_path, rain=b"It rains. It snows."))
    assert Claim.objects.count() == 2


def test_the_same_file_again_is_here_already(said: tuple[StringIO, StringIO], tmp_path: Path) -> None:
    paths = written(tmp_path, rain=b"It rains.", copy=b"It rains.")
    bring_in(said, *paths)
    bring_in(said, *paths)
    assert said[0].getvalue().count(": already here.") == 3
    assert Revision.objects.count() == 1


def test_a_changed_file_at_the_same_address_is_a_new_revision(said: tuple[StringIO, StringIO], tmp_path: Path) -> None:
    for text in (b"It rains.", b"It snows."):
        bring_in(said, *written(tmp_path, weather=text), address="https://example.org/weather")
    assert (Article.objects.count(), Revision.objects.count(), Claim.objects.count()) == (1, 2, 2)


def test_it_says_what_came_of_the_claims_of_the_text_before(said: tuple[StringIO, StringIO], tmp_path: Path) -> None:
    first = b"The ferry sank on Friday.\n\nTwo dogs bark at the harbour of the town every night."
    second = first + b"\n\nThe mayor of the town has been in office since 2019."
    for text in (first, second, second.replace(b"every night", b"each and every night"), second[27:], first):
        bring_in(said, *written(tmp_path, harbour=text), address="https://example.org/harbour")
    assert said[0].getvalue().splitlines() == [
        "harbour.txt: stored, 2 claims.",
        "harbour.txt: new revision, 3 claims; 2 moved along, 1 new.",
        "harbour.txt: new revision, 3 claims; 3 moved along, 1 of them reworded, 0 new.",
        "harbour.txt: new revision, 2 claims; 2 moved along, 1 of them reworded, 1 not found any more, 0 new.",
        "harbour.txt: an earlier text came back, 2 claims; 1 moved along, 1 found again, 1 not found any more, 0 new.",
    ]


def test_one_address_belongs_to_one_file(said: tuple[StringIO, StringIO], tmp_path: Path) -> None:
    paths = written(tmp_path, one=b"It rains.", two=b"It snows.")
    with pytest.raises(CommandError, match="An address belongs to one text"):
        bring_in(said, *paths, address="https://example.org/")
    assert not Article.objects.exists()


@pytest.mark.parametrize("address", ["nonsense", "javascript:alert(1)"])
def test_a_bad_address_is_refused(said: tuple[StringIO, StringIO], tmp_path: Path, address: str) -> None:
    with pytest.raises(CommandError, match="Refused: 1 of 1"):
        bring_in(said, *written(tmp_path, one=b"It rains."), address=address)
    assert "starts with http:// or https://" in said[1].getvalue()


def test_a_huge_file_is_refused_without_being_read_whole(said: tuple[StringIO, StringIO], tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)  # sparse: ten gigabytes that take no room
    with pytest.raises(CommandError):
        bring_in(said, path)
    assert "may have 2,000,000" in said[1].getvalue()


def test_a_folder_gives_the_files_in_it_and_in_its_folders_but_not_hidden_ones(
    said: tuple[StringIO, StringIO], tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    written(tmp_path, rain=b"It rains.", snow=b"It snows.")
    written(tmp_path / "more", fog=b"It is foggy.")
    (tmp_path / ".DS_Store").write_bytes(b"no text")
    bring_in(said, tmp_path)
    *lines, summary = said[0].getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == ["rain.txt", "snow.txt", "fog.txt"]
    assert summary == "3 documents: 3 stored."


def test_an_empty_folder_is_an_error(said: tuple[StringIO, StringIO], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no files to bring in"):
        bring_in(said, tmp_path)


def test_a_withdrawn_article_does_not_come_back_by_import(
    said: tuple[StringIO, StringIO], tmp_path: Path, max: User
) -> None:
    paths = written(tmp_path, rain=b"It rains.")
    bring_in(said, *paths)
    withdraw_article(by=max, article_id=Article.objects.get().pk, reason="Asked for.", expected_version=0)
    with pytest.raises(CommandError):
        bring_in(said, *paths)
    assert "rain.txt: refused. This article was withdrawn" in said[1].getvalue()
