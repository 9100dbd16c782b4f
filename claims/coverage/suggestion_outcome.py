"""What becomes of a suggestion when its pair is settled as a link."""

from claims.models import Link, Suggestion
from claims.relations import LinkState, SuggestionState

_OUTCOME = {LinkState.CONFIRMED: SuggestionState.CONFIRMED, LinkState.REJECTED: SuggestionState.REJECTED}


def follow_link(link: Link) -> None:
    """Bring the suggestion of the link's pair, if there is one, in line with the link's state."""
    state = _OUTCOME.get(LinkState(link.state), SuggestionState.OPEN)
    # What a moderator decided of the suggestion itself stands.
    Suggestion.objects.filter(a=link.a_id, b=link.b_id, decided_by=None).exclude(state=state).update(state=state)
