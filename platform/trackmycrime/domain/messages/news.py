"""Whether something new has come for those who have their messages open at this moment."""

from collections.abc import Sequence

from trackmycrime.domain.identity import sessions
from trackmycrime.store.cases import news as rows
from trackmycrime.store.cases.news import Listening
from trackmycrime.tx import ForceTx

__all__ = ["Listening", "news"]


async def news(tx: ForceTx, listening: Sequence[Listening]) -> list[int | None]:
    """Return, for each who listens, how much has come since that they have not read; None where their session has ended.

    Two statements, however many listen. Listening is not using: it never keeps a session alive.
    """
    alive = await sessions.alive(tx, [each.session_id for each in listening])
    there = [each for each in listening if each.session_id in alive]
    unread = dict(zip((each.session_id for each in there), await rows.unread(tx, there), strict=True))
    return [unread.get(each.session_id) for each in listening]
