"""A force's own identity provider: its set-up, sign-ins on their way, whom it knows, and the sessions it began."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class ProviderRow(Struct, frozen=True):
    """The set-up of a provider: all of it sealed."""

    used: bytes | None
    draft: bytes | None
    trial: bytes | None
    revision: int


class PendingRow(Struct, frozen=True):
    """A sign-in that a browser began at the provider; `staff_id` tries it out."""

    id: UUID
    purpose: str
    setup: bytes
    destination: str
    staff_id: UUID | None


class LinkRow(Struct, frozen=True):
    """Whom a provider knows as somebody of ours."""

    id: UUID
    staff_id: UUID


class ProviderSessionRow(Struct, frozen=True):
    """What the provider gave when a session began: sealed, to sign out there too."""

    id: UUID
    id_token: bytes


# A force has one provider at most: the row whose id is the force's own.
_PROVIDER = "select used, draft, trial, revision from app.provider where force_id = $1 and id = $1"
_IS_ON = "select exists (select from app.provider where force_id = $1 and id = $1 and used is not null)"
_SAVE = """
insert into app.provider (force_id, id, draft, revision) select $1, $1, $2, 1 where $3 = 0
on conflict (force_id, id) do nothing
"""
_SAVE_AGAIN = """
update app.provider set draft = $2, revision = revision + 1 where force_id = $1 and id = $1 and revision = $3
"""
_KEEP_TRIAL = "update app.provider set trial = $2 where force_id = $1 and id = $1"
_USE = "update app.provider set used = $2 where force_id = $1 and id = $1 and revision = $3"
_STOP = "update app.provider set used = null where force_id = $1 and id = $1 and revision = $2 and used is not null"
_BEGIN = """
insert into app.provider_sign_in (force_id, id, purpose, bound, setup, destination, staff_id) values ($1, $2, $3, $4, $5, $6, $7)
"""
_TAKE = """
delete from app.provider_sign_in where force_id = $1 and id = $2 and bound = $3 and made_at > now() - $4::interval
returning id, purpose, setup, destination, staff_id
"""
_SWEEP = "delete from app.provider_sign_in where force_id = $1 and made_at < now() - $2::interval"
_BY_SUBJECT = "select id, staff_id from app.provider_link where force_id = $1 and subject = $2"
_LINKED = "select exists (select from app.provider_link where force_id = $1 and staff_id = $2 and issuer = $3)"
_LINK = """
insert into app.provider_link (force_id, id, staff_id, issuer, subject) values ($1, $2, $3, $4, $5) on conflict do nothing
"""
_UNLINK = "delete from app.provider_link where force_id = $1 and staff_id = $2"
_USED = "update app.provider_link set used_at = now() where force_id = $1 and subject = $2"
_ADD_SESSION = """
insert into app.provider_session (force_id, id, session_id, subject, sid, id_token) values ($1, $2, $3, $4, $5, $6)
"""
_SESSION = "select id, id_token from app.provider_session where force_id = $1 and session_id = $2"
_END = """
delete from app.session s using app.provider_session p
where s.force_id = $1 and p.force_id = $1 and p.session_id = s.id and s.created_at < $4
  and ($2::bytea is null or p.subject = $2) and ($3::bytea is null or p.sid = $3) returning s.id
"""


def new_id() -> UUID:
    """Return the id of something that is about to be written, and whose content is sealed for it."""
    return ids.new()


async def provider(tx: ForceTx) -> ProviderRow | None:
    """Return the force's provider, or None while nobody has set one up."""
    return await tx.one(ProviderRow, _PROVIDER)


async def is_on(tx: ForceTx) -> bool:
    """Say whether the force's people sign in with it."""
    return await tx.value(_IS_ON)


async def save(tx: ForceTx, draft: bytes, revision: int) -> bool:
    """Keep a draft; False when somebody else has changed it since `revision`."""
    if revision == 0 and await tx.run(_SAVE, draft, revision):
        return True
    return await tx.run(_SAVE_AGAIN, draft, revision) == 1


async def keep_trial(tx: ForceTx, trial: bytes) -> None:
    """Keep how trying the draft went."""
    await tx.run(_KEEP_TRIAL, trial)


async def use(tx: ForceTx, used: bytes, revision: int) -> bool:
    """Use a set-up; False when the draft is another one by now."""
    return await tx.run(_USE, used, revision) == 1


async def stop(tx: ForceTx, revision: int) -> bool:
    """Use none any more; False when none was, or the draft is another one by now."""
    return await tx.run(_STOP, revision) == 1


async def begin(
    tx: ForceTx, sign_in_id: UUID, purpose: str, bound: bytes, setup: bytes, destination: str, staff_id: UUID | None
) -> None:
    """Note that a browser is on its way to the provider."""
    await tx.run(_BEGIN, sign_in_id, purpose, bound, setup, destination, staff_id)


async def take(tx: ForceTx, sign_in_id: UUID, bound: bytes, lives: timedelta) -> PendingRow | None:
    """Return the sign-in that this browser began, which nobody can end again; None when it is another's, or too old."""
    return await tx.one(PendingRow, _TAKE, sign_in_id, bound, lives)


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Remove what nobody can end any more."""
    return await tx.run(_SWEEP, older)


async def by_subject(tx: ForceTx, subject: bytes) -> LinkRow | None:
    """Return who of the staff is known to the provider by this, or None."""
    return await tx.one(LinkRow, _BY_SUBJECT, subject)


async def is_linked(tx: ForceTx, staff_id: UUID, issuer: bytes) -> bool:
    """Say whether somebody is known to a provider already."""
    return await tx.value(_LINKED, staff_id, issuer)


async def link(tx: ForceTx, staff_id: UUID, issuer: bytes, subject: bytes) -> bool:
    """Note by what a provider knows somebody; False when it knows them, or this, already."""
    return await tx.run(_LINK, ids.new(), staff_id, issuer, subject) == 1


async def unlink(tx: ForceTx, staff_id: UUID) -> int:
    """Forget by what providers know somebody."""
    return await tx.run(_UNLINK, staff_id)


async def used_link(tx: ForceTx, subject: bytes) -> None:
    """Note that somebody came in by it."""
    await tx.run(_USED, subject)


async def add_session(
    tx: ForceTx, row_id: UUID, session_id: UUID, subject: bytes, sid: bytes | None, id_token: bytes
) -> None:
    """Note by which of the provider's sessions one of ours began."""
    await tx.run(_ADD_SESSION, row_id, session_id, subject, sid, id_token)


async def of_session(tx: ForceTx, session_id: UUID) -> ProviderSessionRow | None:
    """Return by which of the provider's sessions one of ours began, or None."""
    return await tx.one(ProviderSessionRow, _SESSION, session_id)


async def end(tx: ForceTx, subject: bytes | None, sid: bytes | None, before: datetime) -> int:
    """End the sessions of a subject, of one of the provider's sessions, or of both, that began before; return how many.

    Ends nothing where neither is said.
    """
    if subject is None and sid is None:
        return 0
    return len(await tx.column(_END, subject, sid, before))
