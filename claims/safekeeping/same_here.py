"""Whether what was brought in reads back as what it was."""

from claims import audit
from claims.refusals import Invalid
from claims.safekeeping.canonical_hash import canonical_hashes
from claims.safekeeping.tally import Tell, together


def check_same_here(canonical_hash: str, tell: Tell) -> None:
    """Raise Invalid unless this database comes to the same canonical hash, and its event log is unbroken."""
    here = together(canonical_hashes(tell=tell))
    if here != canonical_hash:
        raise Invalid(
            f"What was stored reads back otherwise: its canonical hash is {here}, and should be {canonical_hash}. "
            "Nothing was stored. Please report this; the backup or the old database is untouched."
        )
    if fault := audit.verify():
        raise Invalid(
            f"The event log that came in is broken: event {fault.number}: {fault.what}. Nothing was stored. "
            "Run verify where it comes from; without --verify it is brought in as it is."
        )
