"""What a victim has begun to write: kept under their case's key until it is sent, so that no session that ends loses it."""

import hmac
from uuid import UUID

from trackmycrime.domain import audit, cases
from trackmycrime.domain.cases import Case
from trackmycrime.domain.cases.timeline import draft_place
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.messages.sending import require_open
from trackmycrime.domain.updates import LONGEST
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.store.cases import drafts as rows
from trackmycrime.tx import ForceTx

_LONGEST_DRAFT = 4 * LONGEST  # too long to be sent is not too long to be shortened later


async def keep_draft(tx: ForceTx, case: Case, text: str) -> None:
    """Keep what the victim has written so far on a case, in place of what was kept; an empty text forgets it.

    That a draft was begun is recorded, not each time a browser saves it. Raises NotFound where the force does not take
    messages, CaseClosed, and Invalid for what nobody could send.
    """
    require_open(tx, case)
    if len(text) > _LONGEST_DRAFT:
        raise Invalid({"message": _("Your text must be %(number)s characters or fewer", number=LONGEST)})
    if not text.strip():
        await rows.forget(tx, case.id, tx.actor.id)
        return
    body = case.key(tx).seal(text.encode(), draft_place(case.id, tx.actor.id))
    if await rows.keep(tx, case.id, tx.actor.id, body):
        await audit.record(tx, "draft.begun", subject_id=tx.actor.id, case_id=case.id)


async def keep_unsent(tx: ForceTx, cookie: str, csrf: str, case_id: UUID | None, text: str) -> bool:
    """Keep what was sent in a session that had ended by itself, and say whether that could be done.

    It is theirs whose session it was when the form carries that session's own token as well as its cookie. Signing out,
    leaving in a hurry and a new password remove the session, and nothing can be tied to anybody then. The person is not
    signed in by it and reads nothing: what is kept is there once they have signed in again.
    """
    ended = await sessions.ended(tx, cookie)
    if (
        ended is None
        or case_id is None
        or not text.strip()
        or not hmac.compare_digest(csrf.encode(), ended.csrf.encode())
    ):
        return False
    visitor = tx.actor
    tx.acting(Actor(Kind.VICTIM, ended.person_id, role=Kind.VICTIM))
    try:
        return await _kept(tx, case_id, text)
    finally:
        tx.acting(visitor)


async def keep_of_earlier(tx: ForceTx, csrf: str, case_id: UUID | None, text: str) -> bool:
    """Keep what the signed-in victim sent from a page of a session before this one, and say whether that could be done.

    The page's token has to be of a session of their own: on a shared computer it may be somebody else's page, and what is
    written there is not for them to see.
    """
    if case_id is None or not text.strip() or not await sessions.had(tx, csrf):
        return False
    return await _kept(tx, case_id, text)


async def _kept(tx: ForceTx, case_id: UUID, text: str) -> bool:
    try:
        await keep_draft(tx, await cases.seen_by_actor(tx, case_id), text)
    except Refusal:
        return False
    return True
