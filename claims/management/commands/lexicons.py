"""Show the word lists of languages, and what they find in a text."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.text import by_lexicon, lexicons
from claims.text.decode import Unreadable, decode
from claims.text.languages import language_of
from claims.text.sentences import split
from claims.text.words import Sentence


class Command(BaseCommand):
    """`manage.py lexicons [FILE]`: the languages with word lists, and how the text in a file is read with them."""

    help = "List the word lists of languages and what is wrong with a desk's own; read a text file with them."

    def add_arguments(self, parser: CommandParser) -> None:
        """A text to try them on."""
        parser.add_argument("file", nargs="?", type=Path, help="a plain-text file to read, not stored anywhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print both. Raises CommandError where one of the desk's files is broken."""
        for code in sorted(lexicons.codes()):
            found = lexicons.lexicon(code)
            self.stdout.write(f"{code}  {found.name}, {len(found.lists)} lists")
        if options["file"] is not None:
            self._read(options["file"])
        if broken := lexicons.problems():
            raise CommandError("\n".join(map(str, broken)))

    def _read(self, path: Path) -> None:
        try:
            text = decode(path.read_bytes()).text
        except (OSError, Unreadable) as error:
            raise CommandError(f"{path} cannot be read: {error}") from None
        language = language_of(text)
        self.stdout.write(f"\n{path}: {language.name or 'language not told'}, {language.basis}\n")
        if language.read_as_english:
            self.stdout.write("It is read by the rules for English, not by plain rules on word lists.")
            return
        sentences = [Sentence(text, start, end, ()) for start, end in split(text)]
        sentences = by_lexicon.joined(sentences, language.lexicon)
        for sentence, found in zip(sentences, by_lexicon.read(sentences, language.lexicon), strict=True):
            self.stdout.write(f"\n{text[sentence.start : sentence.end]}")
            if found is not None:
                self.stdout.write(f"    {found.label or 'no label'} ({found.rule}): {found.why}")
