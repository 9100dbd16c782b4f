"""What the workbench answers when it will not do something: a class for each kind, a sentence for the user in each."""


class Refusal(Exception):
    """A write or a read that was refused. `str()` of it is a sentence that says why and what to do."""

    status = 400


class Invalid(Refusal):
    """What was sent cannot be stored as it is."""


class NotAllowed(Refusal):
    """Who asked may not do this."""

    status = 403


class Gone(Refusal):
    """What was asked for is not here any more."""

    status = 410


class Conflict(Refusal):
    """What was sent rests on a state that has changed since. `current` is the state now, for the user to compare."""

    status = 409

    def __init__(self, sentence: str, current: dict[str, object] | None = None) -> None:
        super().__init__(sentence)
        self.current = current or {}


class Outdated(Conflict):
    """What was sent names a version that is not the one in force any more."""


class TooMany(Refusal):
    """Asked too often."""

    status = 429


class Busy(Refusal):
    """Somebody else's writing took too long to wait for."""

    status = 503


# In seconds, for programs that were told to come again.
BUSY_FOR = 5
_LOCKED = ("database is locked", "database table is locked", "deadlock detected", "lock timeout")


def busy(error: Exception) -> Busy | None:
    """What to answer where the database could not be had in time; None for every other error of it."""
    if any(words in str(error) for words in _LOCKED):
        return Busy("Somebody else is writing just now, so nothing was stored. Send it again in a few seconds.")
    return None
