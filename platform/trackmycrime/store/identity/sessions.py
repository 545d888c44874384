"""Signed-in browsers of a force."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.rows import BY_PERSON, SeenRow
from trackmycrime.tx import ForceTx, Pinned


class SessionRow(Struct, frozen=True):
    """A live session, with what its owner is at this moment: a suspended account has none.

    `followed` is the case that a victim looks at: the one they chose, else the newest open one.
    """

    id: UUID
    kind: str
    subject_id: UUID
    csrf: str
    seen_at: datetime
    shared: bool
    role: str
    name: str
    followed: SeenRow | None


class ListedRow(Struct, frozen=True):
    """One of somebody's live sessions, as they know their browsers."""

    id: UUID
    browser: str
    shared: bool
    seen_at: datetime


_OWN = 8  # columns of the session and its owner, before those of the case
# Who it is and what they look at, in one round trip: every page of a victim asks for both.
_FOLLOWED = BY_PERSON.replace("$2", "s.subject_id").replace("$3", "s.case_id").replace("$4", "$8")
_LIVE = Pinned(f"""
select s.id, s.kind, s.subject_id, s.csrf, s.seen_at, s.shared, coalesce(st.role, ''), coalesce(st.name, ''), f.*
from app.session s
left join app.staff st on st.force_id = $1 and st.id = s.subject_id and s.kind = 'staff'
left join lateral ({_FOLLOWED}) f on s.kind = 'victim'
where s.force_id = $1 and s.cookie_hash = $2
  and s.seen_at > now() - case s.kind when 'staff' then $3::interval else $4::interval end
  and (not s.shared or s.seen_at > now() - $7::interval)
  and s.created_at > now() - case s.kind when 'staff' then $5::interval else $6::interval end
  and (s.kind = 'victim' or (st.active and st.role <> ''))
""")
_ADD = """
insert into app.session (force_id, id, cookie_hash, kind, subject_id, csrf, shared, browser)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
# Whoever proved a password gets in only while it is still the one, and nobody has shut the account meanwhile.
_ADD_PROVEN = """
insert into app.session (force_id, id, cookie_hash, kind, subject_id, csrf, shared, browser)
select $1, $2, $3, $4, $5, $6, $7, $8 from app.account
where force_id = $1 and person_id = $5 and state = 'open' and password_hash = $9 for share
"""
_LISTED = """
select id, browser, shared, seen_at from app.session
where force_id = $1 and subject_id = $2 and seen_at > now() - case when shared then $4::interval else $3::interval end
  and created_at > now() - $5::interval
order by seen_at desc, id
"""
_END_OWN = "delete from app.session where force_id = $1 and id = $2 and subject_id = $3"
_END_OTHERS = "delete from app.session where force_id = $1 and subject_id = $2 and id <> $3"
_TOUCH = "update app.session set seen_at = now() where force_id = $1 and id = $2"
_CHOOSE = "update app.session set case_id = $3 where force_id = $1 and id = $2"
_ALIVE = """
select id from app.session where force_id = $1 and id = any($2::uuid[]) and kind = 'victim'
  and seen_at > now() - case when shared then $4::interval else $3::interval end and created_at > now() - $5::interval
"""
# What is removed by signing out is not found, nor is what the sweep has taken, nor anything of an account that is shut.
_ENDED = """
select s.subject_id, s.csrf from app.session s
join app.account a on a.force_id = $1 and a.person_id = s.subject_id and a.state = 'open'
where s.force_id = $1 and s.cookie_hash = $2 and s.kind = 'victim'
"""
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
    """How long a session lives: idle and absolute, for staff and for victims; idle, on a device that others use too."""

    staff_idle: timedelta
    victim_idle: timedelta
    staff: timedelta
    victim: timedelta
    shared_idle: timedelta


async def live(tx: ForceTx, cookie_hash: bytes, lives: Lifetimes, months: int) -> SessionRow | None:
    """Return the live session of a cookie, or None. An unknown cookie is never adopted.

    A victim looks at no case that was closed more than so many months ago.
    """
    times = lives.staff_idle, lives.victim_idle, lives.staff, lives.victim, lives.shared_idle
    return await tx.one(_row, _LIVE, cookie_hash, *times, months)


def _row(*columns: Any) -> SessionRow:  # noqa: ANN401 - whatever the columns hold
    own, followed = columns[:_OWN], columns[_OWN:]
    return SessionRow(*own, followed=SeenRow(*followed) if followed[0] else None)


async def alive(tx: ForceTx, session_ids: Sequence[UUID], lives: Lifetimes) -> set[UUID]:
    """Return which of these victims' sessions still live; asking keeps none alive."""
    return set(await tx.column(_ALIVE, list(session_ids), lives.victim_idle, lives.shared_idle, lives.victim))


async def ended(tx: ForceTx, cookie_hash: bytes) -> EndedRow | None:
    """Return a victim's session by its cookie, also when it has ended by itself."""
    return await tx.one(EndedRow, _ENDED, cookie_hash)


async def had(tx: ForceTx, person_id: UUID, csrf: str) -> bool:
    """Say whether a person had a session with this token, in whatever browser, that is still remembered."""
    return await tx.value(_HAD, person_id, csrf)


async def add(
    tx: ForceTx, cookie_hash: bytes, kind: str, subject_id: UUID, csrf: str, *, shared: bool, browser: str
) -> UUID:
    """Begin a session and return its id."""
    session_id = ids.new()
    await tx.run(_ADD, session_id, cookie_hash, kind, subject_id, csrf, shared, browser)
    return session_id


async def add_proven(
    tx: ForceTx,
    cookie_hash: bytes,
    kind: str,
    subject_id: UUID,
    csrf: str,
    password_hash: str,
    *,
    shared: bool,
    browser: str,
) -> UUID | None:
    """Begin a victim's session as `add` does; None when the password, or who may come in, was changed meanwhile."""
    session_id = ids.new()
    values = (session_id, cookie_hash, kind, subject_id, csrf, shared, browser, password_hash)
    return session_id if await tx.run(_ADD_PROVEN, *values) else None


async def listed(tx: ForceTx, subject_id: UUID, lives: Lifetimes) -> list[ListedRow]:
    """Return a victim's live sessions, the last used first."""
    return await tx.all(ListedRow, _LISTED, subject_id, lives.victim_idle, lives.shared_idle, lives.victim)


async def touch(tx: ForceTx, session_id: UUID) -> None:
    """Note that the session is in use."""
    await tx.run(_TOUCH, session_id)


async def choose(tx: ForceTx, session_id: UUID, case_id: UUID) -> None:
    """Remember which of their cases the person looks at."""
    await tx.run(_CHOOSE, session_id, case_id)


async def end(tx: ForceTx, session_id: UUID) -> None:
    """End one session."""
    await tx.run(_END, session_id)


async def end_own(tx: ForceTx, session_id: UUID, subject_id: UUID) -> bool:
    """End one of somebody's own sessions; False when it is not theirs, or gone."""
    return await tx.run(_END_OWN, session_id, subject_id) == 1


async def end_others(tx: ForceTx, subject_id: UUID, session_id: UUID) -> int:
    """End every session of somebody but this one, and return how many."""
    return await tx.run(_END_OTHERS, subject_id, session_id)


async def end_all(tx: ForceTx, subject_id: UUID) -> int:
    """End every session of a person or member of staff."""
    return await tx.run(_END_ALL, subject_id)


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Remove sessions that began longer ago than any may last."""
    return await tx.run(_SWEEP, older)
