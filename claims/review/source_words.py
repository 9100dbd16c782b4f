"""The words by which a source is found, kept whenever its name is written."""

from claims.models import Source, SourceWord
from claims.text.names import words_of


def keep_words(source: Source) -> None:
    """Write the words by which the source is found, in place of those that it had."""
    SourceWord.objects.filter(source=source).delete()
    SourceWord.objects.bulk_create([SourceWord(source=source, word=word) for word in words_of(source.name)])
