"""That a token was used, and how often somebody asked: what its owner is shown, and what the rate limit goes by."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from claims.models import ApiToken

# One statement, so that two processes that count at once lose nothing; "window" is a word of SQL's own.
_COUNT = """
    INSERT INTO claims_apiuse AS used (who, "window", count) VALUES (%s, %s, 1)
    ON CONFLICT (who) DO UPDATE SET
        count = CASE WHEN used."window" = excluded."window" THEN used.count + 1 ELSE 1 END,
        "window" = excluded."window"
    RETURNING count
"""


@transaction.atomic
def count_request(*, who: str, window: int) -> int:
    """Count one request more of `who` in this window of time; the number there now is. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [who, window])
        return int(cursor.fetchone()[0])


@transaction.atomic
def note_use(*, token_id: UUID, at: datetime) -> None:
    """Write down when a token was used last."""
    ApiToken.objects.filter(pk=token_id).update(last_used_at=at)
