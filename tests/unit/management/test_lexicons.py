"""The command that shows word lists and tries them on a text."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.text import lexicons


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("lexicons", *arguments, stdout=out)
    return out.getvalue()


def test_it_lists_the_languages_that_have_word_lists() -> None:
    assert "de  German, " in said()
    assert "en  English, " in said()


def test_it_reads_a_text_and_says_what_led_to_each_label(tmp_path: Path) -> None:
    text = tmp_path / "bad.txt"
    text.write_text("Der Rat schließt das Bad.\n\nDas Geld fehlt, sagte die Bürgermeisterin Anna Berger.", "utf-8")
    out = said(str(text))
    assert "German, by its frequent words: " in out
    assert "SOURCED (de-verb-name): “sagte” gives the statement to “die Bürgermeisterin Anna Berger”" in out


def test_english_is_left_to_its_own_rules(tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    text.write_text("The mayor said that the bridge was closed on Friday and that it would stay so.", "utf-8")
    assert "by the rules for English" in said(str(text))


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        said(str(tmp_path / "none.txt"))
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(CommandError, match="cannot be read"):
        said(str(picture))


def test_a_broken_file_of_the_desk_ends_it_with_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cy.toml").write_text('code = "cy"\n', "utf-8")
    monkeypatch.setenv(lexicons.DESK_FOLDER, str(tmp_path))
    with pytest.raises(CommandError, match=r"cy\.toml, line 1: name"):
        said()
