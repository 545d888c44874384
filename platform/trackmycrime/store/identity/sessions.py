"""Signed-in browsers of a force."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.rows import BY_PERSON, SeenRow
from trackmycrime.tx import ForceTx


class SessionRow(Struct, frozen=True):
    """A live session, with what its owner is at this moment: a suspended account has none.

    `followed` is the case that a victim looks at: the one they chose, else the newest open one.
    """

    id: UUID
    kind: str
    subject_id: UUID
    csrf: str
    seen_at: datetime
    role: str
    name: str
    followed: SeenRow | None


_OWN = 7  # columns of the session and its owner, before those of the case
# Who it is and what they look at, in one round trip: every page of a victim asks for both.
_FOLLOWED = BY_PERSON.replace("$2", "s.subject_id").replace("$3", "s.case_id")
_LIVE = f"""
select s.id, s.kind, s.subject_id, s.csrf, s.seen_at, coalesce(st.role, ''), coalesce(st.name, ''), f.*
from app.session s
left join app.staff st on st.force_id = $1 and st.id = s.subject_id and s.kind = 'staff'
left join lateral ({_FOLLOWED}) f on s.kind = 'victim'
where s.force_id = $1 and s.cookie_hash = $2
  and s.seen_at > now() - case s.kind when 'staff' then $3::interval else $4::interval end
  and s.created_at > now() - case s.kind when 'staff' then $5::interval else $6::interval end
  and (s.kind = 'victim' or (st.active and st.role <> ''))
"""
_ADD = """
insert into app.session (force_id, id, cookie_hash, kind, subject_id, csrf) values ($1, $2, $3, $4, $5, $6)
"""
_TOUCH = "update app.session set seen_at = now() where force_id = $1 and id = $2"
_CHOOSE = "update app.session set case_id = $3 where force_id = $1 and id = $2"
_ALIVE = """
select id from app.session where force_id = $1 and id = any($2::uuid[]) and kind = 'victim'
  and seen_at > now() - $3::interval and created_at > now() - $4::interval
"""
# What is removed by signing out is not found, nor is what the sweep has taken.
_ENDED = "select subject_id, csrf from app.session where force_id = $1 and cookie_hash = $2 and kind = 'victim'"
_HAD = (
    "select exists (select from app.session where force_id = $1 and subject_id = $2 and csrf = $3 and kind = 'victim')"
)
_END = "delete from app.session where force_id = $1 and id = $2"
_END_ALL = "delete from app.session where force_id = $1 and subject_id = $2"
_SWEEP = "delete from app.session where force_id = $1 and created_at < now() - $2::interval"


class EndedRow(Struct, frozen=True):
    """A victim's session, whether it still lives or not."""

    person_id: UUID
    csrf: str


class Lifetimes(Struct, frozen=True):
    """How long a session lives: idle and absolute, for staff and for victims."""

    staff_idle: timedelta
    victim_idle: timedelta
    staff: timedelta
    victim: timedelta


async def live(tx: ForceTx, cookie_hash: bytes, lives: Lifetimes) -> SessionRow | None:
    """Return the live session of a cookie, or None. An unknown cookie is never adopted."""
    return await tx.one(_row, _LIVE, cookie_hash, lives.staff_idle, lives.victim_idle, lives.staff, lives.victim)


def _row(*columns: Any) -> SessionRow:  # noqa: ANN401 - whatever the columns hold
    own, followed = columns[:_OWN], columns[_OWN:]
    return SessionRow(*own, followed=SeenRow(*followed) if followed[0] else None)


async def alive(tx: ForceTx, session_ids: Sequence[UUID], lives: Lifetimes) -> set[UUID]:
    """Return which of these victims' sessions still live; asking keeps none alive."""
    return set(await tx.column(_ALIVE, list(session_ids), lives.victim_idle, lives.victim))


async def ended(tx: ForceTx, cookie_hash: bytes) -> EndedRow | None:
    """Return a victim's session by its cookie, also when it has ended by itself."""
    return await tx.one(EndedRow, _ENDED, cookie_hash)


async def had(tx: ForceTx, person_id: UUID, csrf: str) -> bool:
    """Say whether a person had a session with this token, in whatever browser, that is still remembered."""
    return await tx.value(_HAD, person_id, csrf)


async def add(tx: ForceTx, cookie_hash: bytes, kind: str, subject_id: UUID, csrf: str) -> UUID:
    """Begin a session and return its id."""
    session_id = ids.new()
    await tx.run(_ADD, session_id, cookie_hash, kind, subject_id, csrf)
    return session_id


async def touch(tx: ForceTx, session_id: UUID) -> None:
    """Note that the session is in use."""
    await tx.run(_TOUCH, session_id)


async def choose(tx: ForceTx, session_id: UUID, case_id: UUID) -> None:
    """Remember which of their cases the person looks at."""
    await tx.run(_CHOOSE, session_id, case_id)


async def end(tx: ForceTx, session_id: UUID) -> None:
    """End one session."""
    await tx.run(_END, session_id)


async def end_all(tx: ForceTx, subject_id: UUID) -> int:
    """End every session of a person or member of staff."""
    return await tx.run(_END_ALL, subject_id)


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Remove sessions that began longer ago than any may last."""
    return await tx.run(_SWEEP, older)
