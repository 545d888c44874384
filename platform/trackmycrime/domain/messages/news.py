"""Whether something new has come for those who have their messages open at this moment."""

from collections.abc import Sequence
from uuid import UUID

from trackmycrime.domain import cases
from trackmycrime.domain.cases import Case
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.store.cases import news as rows
from trackmycrime.store.cases.news import Listening
from trackmycrime.tx import ForceTx

__all__ = ["Listening", "news", "turn_to_news", "unread"]

_EVER = UUID(int=0)


async def news(tx: ForceTx, listening: Sequence[Listening]) -> list[int | None]:
    """Return, for each who listens, how much has come since that they have not read; None where their session has ended.

    Two statements, however many listen. Listening is not using: it never keeps a session alive.
    """
    alive = await sessions.alive(tx, [each.session_id for each in listening])
    there = [each for each in listening if each.session_id in alive]
    unread = dict(zip((each.session_id for each in there), await rows.unread(tx, there), strict=True))
    return [unread.get(each.session_id) for each in listening]


async def unread(tx: ForceTx, case_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how much the victim who acts has not read yet on each of these cases; what is not theirs to read counts nowhere."""
    asked = [Listening(tx.actor.id, case_id, tx.actor.id, _EVER) for case_id in case_ids]
    return dict(zip(case_ids, await rows.unread(tx, asked), strict=True))


async def turn_to_news(tx: ForceTx, session: Session, chosen: Case) -> None:
    """Let the victim look from now on at the case on which the newest thing waits for them: a notification cannot say which."""
    if chosen.of_cases == 1:
        return
    own = [listed.id for listed in await cases.of_actor(tx)]
    newest = await rows.newest(tx, tx.actor.id, own)
    if newest is not None and newest != chosen.id:
        await sessions.choose_case(tx, session, newest)
