"""People, what they are to their cases, their accounts and invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.store.cases.links import ENTRY_PART
from trackmycrime.tx import ForceTx


class PersonRow(Struct, frozen=True):
    """A person; who they are and how to reach them is still sealed."""

    id: UUID
    source_id: str
    data_key: bytes | None
    identity: bytes | None
    contact: bytes | None
    pending_contact: bytes | None
    language: str
    contact_by: str
    ordering: list[Any]
    registered: bool
    safe_contact: bytes | None
    safe_contact_at: datetime | None
    pending_by: UUID | None
    own_hours: bytes | None


class Saved(Struct, frozen=True):
    """A person as the newest event about them leaves them."""

    id: UUID
    identity: bytes
    contact: bytes
    pending_contact: bytes | None
    language: str
    ordering: str


class RiskRow(Struct, frozen=True):
    """What is known of somebody over all their cases: their safety, whether the service suits them; and of their account."""

    person_id: UUID
    flagged: bool
    unknown: bool
    unsuitable: bool
    account: str | None


class AccountRow(Struct, frozen=True):
    """An account. `known_as` is what the cookies of its known devices name.

    Where it is `stepped`, an app gives a code that is asked for in a browser that is not known; where it is `texted`, one is
    sent, as long as there is a number for it.
    """

    person_id: UUID
    password_hash: str
    email_on: bool
    text_on: bool
    mobile: bytes | None
    state: str
    known_as: UUID
    language: str
    link_on: bool
    stepped: bool
    texted: bool


class InviteRow(Struct, frozen=True):
    """An invitation to register."""

    id: UUID
    person_id: UUID
    case_id: UUID
    state: str
    tries_left: int
    expires_at: datetime
    code_hash: bytes | None


_COLUMNS = """
p.id, p.source_id, p.data_key, p.identity, p.contact, p.pending_contact, coalesce(p.own_language, p.language), p.contact_by, p.ordering,
exists (select from app.account a where a.force_id = $1 and a.person_id = p.id),
p.safe_contact, p.safe_contact_at, p.pending_by, p.own_hours
"""
_STUBS = """
insert into app.person (force_id, id, source_id, data_key, language, contact_by, ordering)
select $1, id, source_id, data_key, 'en', 'feed', '[]' from unnest($2::uuid[], $3::text[], $4::bytea[]) as t(id, source_id, data_key)
on conflict (force_id, source_id) do nothing
"""
_KNOWN = "select source_id from app.person where force_id = $1 and source_id = any($2::text[])"
_LOCK = f"select {_COLUMNS} from app.person p where p.force_id = $1 and p.source_id = any($2::text[]) order by p.source_id for update of p"
_SAVE = """
update app.person p set identity = t.identity, contact = t.contact, pending_contact = t.pending,
       pending_by = case when p.pending_contact is not distinct from t.pending then p.pending_by end, language = t.language,
       ordering = t.ordering::jsonb
from unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[], $6::text[], $7::text[])
  as t(id, identity, contact, pending, language, ordering)
where p.force_id = $1 and p.id = t.id
"""
_BY_ID = f"select {_COLUMNS} from app.person p where p.force_id = $1 and p.id = any($2::uuid[])"
# What endangers a victim endangers whoever acts for them, and the other way round nobody is told more.
PARTS = """
(select person_id, case_id, safety, suitability from app.case_person where force_id = $1 and person_id = any($2::uuid[])
 union all
 select p.person_id, v.case_id, v.safety, v.suitability from app.case_person p
 join app.case_person v on v.force_id = $1 and v.person_id = p.proxy_for
 where p.force_id = $1 and p.person_id = any($2::uuid[]) and p.proxy_for is not null)
"""
_RISKS = f"""
select cp.person_id, bool_or(coalesce(cardinality(cp.safety), 0) > 0), bool_or(cp.safety is null and (c.risky or not c.known)),
       bool_or(cp.suitability = 'unsuitable'), (select a.state from app.account a where a.force_id = $1 and a.person_id = cp.person_id)
from {PARTS} cp join app.case c on c.force_id = $1 and c.id = cp.case_id group by cp.person_id
"""
_ON_CASE = f"""
select {_COLUMNS} from app.case c
join app.case_person cp on cp.force_id = $1 and cp.case_id = c.id and {ENTRY_PART}
join app.person p on p.force_id = $1 and p.id = cp.person_id
where c.force_id = $1 and c.folded_reference = $2 order by p.id
"""
_ACCOUNT = """
select a.person_id, a.password_hash, a.email_on, a.text_on, a.mobile, a.state, coalesce(a.devices, a.person_id),
       coalesce(p.own_language, p.language), a.link_on, exists (select from app.factor f
         where f.force_id = $1 and f.person_id = a.person_id and f.kind = 'authenticator'),
       exists (select from app.factor f where f.force_id = $1 and f.person_id = a.person_id and f.kind = 'text')
from app.account a join app.person p on p.force_id = $1 and p.id = a.person_id where a.force_id = $1 and a.person_id = $2
"""
_ADD_ACCOUNT = """
insert into app.account (force_id, id, person_id, password_hash, email_on, text_on, mobile) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (force_id, person_id) do nothing
"""
_CHOICES = """
update app.account set email_on = $3, text_on = $4, mobile = $5, link_on = $6 where force_id = $1 and person_id = $2
"""
_LANGUAGE = "update app.person set own_language = $3 where force_id = $1 and id = $2"
_HOURS = "update app.person set own_hours = $3 where force_id = $1 and id = $2"
_STOP_EMAIL = "update app.account set email_on = false where force_id = $1 and person_id = $2 and email_on"
_INVITE_COLUMNS = "id, person_id, case_id, state, tries_left, expires_at, code_hash"
_INVITE = f"select {_INVITE_COLUMNS} from app.invite where force_id = $1 and id = $2 for update"
_STILL_OPEN = """
select id, code_hash is not null from app.invite
where force_id = $1 and id = any($2::uuid[]) and state = 'open' and expires_at > now()
"""
_OPEN_INVITE = "select id from app.invite where force_id = $1 and person_id = $2 and state = 'open'"
_ADD_INVITES = """
insert into app.invite (force_id, id, person_id, case_id, state, tries_left, expires_at)
select $1, id, person_id, case_id, 'open', $5, $6 from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as t(id, person_id, case_id)
on conflict (force_id, person_id) where state = 'open' do nothing returning id
"""
_OPEN_INVITES = f"""
select {_INVITE_COLUMNS} from app.invite
where force_id = $1 and state = 'open'
  and person_id = any(array(select person_id from app.case_person where force_id = $1 and case_id = any($2::uuid[])))
order by id for update
"""
_WITHDRAW = "update app.invite set state = 'withdrawn' where force_id = $1 and id = any($2::uuid[])"
_END_INVITE = "update app.invite set state = $3, tries_left = $4 where force_id = $1 and id = $2"
_EXPIRE = """
update app.invite set state = 'expired' where force_id = $1 and state = 'open' and expires_at < now() returning person_id, case_id
"""


async def lock(tx: ForceTx, source_ids: set[str], *, named: set[str]) -> dict[str, PersonRow]:
    """Return the people of these ids of the record system, made if need be, and those of `named` who are known.

    All are locked until the transaction ends.
    """
    if not source_ids | named:
        return {}
    wanted = sorted(source_ids)
    known = set(await tx.column(_KNOWN, wanted))
    await tx.many(_STUBS, [(ids.new(), source, tx.keys.make()) for source in wanted if source not in known])
    return {row.source_id: row for row in await tx.all(PersonRow, _LOCK, sorted(source_ids | named))}


async def save(tx: ForceTx, people: Sequence[Saved]) -> None:
    """Write what the newest events say of people."""
    await tx.many(_SAVE, [(p.id, p.identity, p.contact, p.pending_contact, p.language, p.ordering) for p in people])


async def by_id(tx: ForceTx, person_ids: Sequence[UUID]) -> list[PersonRow]:
    """Return people by id."""
    return await tx.all(PersonRow, _BY_ID, list(person_ids))


async def risks(tx: ForceTx, person_ids: Sequence[UUID]) -> list[RiskRow]:
    """Return what is known of people's safety, over all their cases."""
    return await tx.all(RiskRow, _RISKS, list(person_ids))


async def on_case(tx: ForceTx, folded_reference: str) -> list[PersonRow]:
    """Return the victims, proxies and reporters of a crime reference."""
    return await tx.all(PersonRow, _ON_CASE, folded_reference)


async def account(tx: ForceTx, person_id: UUID) -> AccountRow | None:
    """Return somebody's account, or None."""
    return await tx.one(AccountRow, _ACCOUNT, person_id)


async def add_account(
    tx: ForceTx, person_id: UUID, password_hash: str, *, email_on: bool, text_on: bool, mobile: bytes | None
) -> bool:
    """Make an account that is told so; False when the person has one."""
    return await tx.run(_ADD_ACCOUNT, ids.new(), person_id, password_hash, email_on, text_on, mobile) == 1


async def choose(
    tx: ForceTx, person_id: UUID, *, email_on: bool, text_on: bool, mobile: bytes | None, link_on: bool
) -> None:
    """Write what somebody wants to be told, the number for texts, and whether there is to be a link in it."""
    await tx.run(_CHOICES, person_id, email_on, text_on, mobile, link_on)


async def choose_language(tx: ForceTx, person_id: UUID, language: str) -> None:
    """Write which language somebody chose: it outranks what the record system says."""
    await tx.run(_LANGUAGE, person_id, language)


async def choose_hours(tx: ForceTx, person_id: UUID, hours: bytes | None) -> None:
    """Write when somebody wants to be told, sealed; None for at any time."""
    await tx.run(_HOURS, person_id, hours)


async def stop_email(tx: ForceTx, person_id: UUID) -> bool:
    """Stop emails to somebody; False when they were off."""
    return await tx.run(_STOP_EMAIL, person_id) == 1


async def invite(tx: ForceTx, invite_id: UUID) -> InviteRow | None:
    """Return an invitation and lock it, or None."""
    return await tx.one(InviteRow, _INVITE, invite_id)


async def still_open(tx: ForceTx, invite_ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Return those of these invitations that still open something, and whether they ask for a code."""
    return dict(await tx.pairs(_STILL_OPEN, list(invite_ids)))


async def open_invite(tx: ForceTx, person_id: UUID) -> UUID | None:
    """Return the invitation that waits for somebody, or None."""
    return await tx.value(_OPEN_INVITE, person_id)


async def open_invites(tx: ForceTx, case_ids: Sequence[UUID]) -> list[InviteRow]:
    """Return the open invitations of everybody on these cases, whichever case they are for, and lock them."""
    return await tx.all(InviteRow, _OPEN_INVITES, list(case_ids))


async def withdraw_invites(tx: ForceTx, invite_ids: Sequence[UUID]) -> None:
    """Let these invitations open nothing any more."""
    await tx.run(_WITHDRAW, list(invite_ids))


async def add_invites(
    tx: ForceTx, links: Sequence[tuple[UUID, UUID]], *, tries: int, expires_at: datetime
) -> list[tuple[UUID, UUID]]:
    """Invite people (person, case), each once at a time; return (invitation, person) of the new ones."""
    made = {ids.new(): link for link in links}
    new = await tx.many(_ADD_INVITES, [(invite_id, *link) for invite_id, link in made.items()], tries, expires_at)
    return [(invite_id, made[invite_id][0]) for invite_id in new]


async def end_invite(tx: ForceTx, invite_id: UUID, state: str, tries_left: int) -> None:
    """Write where an invitation stands."""
    await tx.run(_END_INVITE, invite_id, state, tries_left)


async def expire_invites(tx: ForceTx) -> list[tuple[UUID, UUID]]:
    """End invitations whose time has passed, and return (person, case) of each."""
    return await tx.pairs(_EXPIRE)
