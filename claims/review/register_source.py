"""A reviewer puts a source into the registry: a person, body or document that claims are attributed to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from claims import audit
from claims.models import Source, User
from claims.particulars import Party, SourceKind
from claims.permissions import check_can_assess
from claims.refusals import Conflict, Invalid
from claims.review.source_words import keep_words
from claims.review.sources import LONGEST_FOLDED, find_named
from claims.text.fold import fold
from claims.text.names import words_of
from claims.text.plain import plain
from claims.vocabulary import EventKind

MAX_NAME = 200
MAX_ROLE = 200
MAX_NOTE = 2_000


@dataclass(frozen=True)
class Description:
    """What is stored of a source, cleaned."""

    name: str
    kind: str
    role: str
    party: str
    note: str

    @property
    def folded(self) -> str:
        """The name as a search sees it, cut to what the registry keeps of it."""
        return fold(self.name)[:LONGEST_FOLDED]


@transaction.atomic
def register_source(
    *, by: User, name: str, kind: str, role: str = "", party: str = "", note: str = "", key: UUID
) -> Source:
    """Give the source of this name and kind: the one that is there already, or a new one whose key is `key`.

    So `source.pk == key` says that it is new, and sending the form twice makes one source. What is there already stays
    as it is described; a name that was merged gives the source that it was merged into. Raises NotAllowed, Invalid,
    and Conflict where the key came before with another name.
    """
    check_can_assess(by)
    described = checked(name, kind, role, party, note)
    if made := Source.objects.filter(pk=key).first():
        if made.created_by_id != by.pk or (made.folded, made.kind) != (described.folded, described.kind):
            raise Conflict("This form made a source already, of another name. Change that one, or load the form anew.")
        return made.merged_into or made
    if there := find_named(described.name, described.kind):
        return there
    source = Source.objects.create(
        pk=key,
        name=described.name,
        folded=described.folded,
        kind=described.kind,
        role=described.role,
        party=described.party,
        note=described.note,
        created_by=by,
    )
    keep_words(source)
    audit.record(EventKind.SOURCE_CREATED, by=by, target=source, after=state(source))
    return source


def checked(name: str, kind: str, role: str, party: str, note: str) -> Description:
    """The description as it is stored. Raises Invalid with what to change."""
    name = plain("name", " ".join(name.split()), MAX_NAME)
    if not words_of(name):
        raise Invalid(
            "Give the source a name, with at least one letter or digit. If the text does not name it, write how the "
            "text describes it."
        )
    if kind not in set(SourceKind):
        raise Invalid("Choose what kind of source it is.")
    if party not in set(Party):
        raise Invalid("Choose from the list whether the source is a party to the conflict.")
    role = plain("role", " ".join(role.split()), MAX_ROLE)
    return Description(name, kind, role, party, plain("note", note, MAX_NOTE))


def state(source: Source) -> dict[str, Any]:
    """A source as the event log keeps it, and as a conflict shows it."""
    return {
        "name": source.name,
        "kind": str(source.kind),
        "role": source.role,
        "party": str(source.party),
        "note": source.note,
        "version": source.version,
    }
